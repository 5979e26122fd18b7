"""Servers and browsers for the end-to-end tests: the real binary, real files, Debian's Chromium."""

import os
import pathlib
import re
import shutil
import subprocess
import time
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HENG = ROOT / ".build/release/heng"
PASSWORD = "heng-demo-2025"


class Server:
    """`heng serve` on a data folder; may be killed and started again on the same port."""

    def __init__(self, data, port=0, registry=None):
        self.data, self.port, self.registry = pathlib.Path(data), port, registry
        self.process = None

    def start(self):
        environment = dict(os.environ, HENG_ADMIN_PASSWORD=PASSWORD, SWIFT_BACKTRACE="enable=no")
        log = open(f"{self.data}.log", "ab")
        offset = log.tell()
        command = [HENG, "serve", "--data", self.data, "--port", str(self.port), "--schemes", ROOT / "Schemes"]
        if self.registry:
            command += ["--registry", self.registry]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        for _ in range(200):
            text = pathlib.Path(f"{self.data}.log").read_bytes()[offset:].decode()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", text)
            if found:
                self.port = int(found.group(1))
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError("the server did not start: " + pathlib.Path(f"{self.data}.log").read_text()[-2000:])

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def get(self, path):
        return urllib.request.urlopen(self.url + path, timeout=30)


@pytest.fixture(scope="session")
def heng():
    assert HENG.exists(), "build first: make test"
    return HENG
