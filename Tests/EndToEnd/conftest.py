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
HENG = pathlib.Path(os.environ.get("HENG_BINARY") or ROOT / ".build/release/heng")
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


def free_port_pair():
    """A port whose successor is free too: the demonstration's registry answers there."""
    import socket

    for _ in range(100):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise RuntimeError("no two neighbouring ports are free")


def demonstrate(server, platforms=40, seed=2025, check=True, more=()):
    """Drives the demonstration round through the server's public interfaces."""
    environment = dict(os.environ, HENG_ADMIN_PASSWORD=PASSWORD, SWIFT_BACKTRACE="enable=no")
    command = [HENG, "demo", "--server", server.url, "--platforms", str(platforms), "--seed", str(seed), "--lang", "en", *more]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=check)


@pytest.fixture(scope="session")
def finished_round(tmp_path_factory, heng):
    """A server on which the whole demonstration of forty platforms, seed 2025, has been driven to its end."""
    port = free_port_pair()
    data = tmp_path_factory.mktemp("finished") / "data"
    server = Server(data, port=port, registry=f"http://127.0.0.1:{port + 1}").start()
    started = time.monotonic()
    driven = demonstrate(server, check=False)
    assert driven.returncode == 0, driven.stderr[-3000:]
    server.demonstration_seconds = time.monotonic() - started
    yield server
    server.stop()


@pytest.fixture(scope="session")
def round_to_compute(tmp_path_factory, heng):
    """A server with a round of six platforms, reviewed and marked, that a person has yet to compute."""
    port = free_port_pair()
    server = Server(tmp_path_factory.mktemp("compute") / "data", port=port).start()
    driven = demonstrate(server, platforms=6, check=False, more=["--leave-computing"])
    assert driven.returncode == 0, driven.stderr[-3000:]
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


def watched_page(browser, server):
    """A fresh Chinese browser context; what its console says against us fails the test."""
    context = browser.new_context(locale="zh-CN", base_url=server.url, accept_downloads=True)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    context.close()
    assert page.faults == []


@pytest.fixture
def page(browser, finished_round):
    yield from watched_page(browser, finished_round)


@pytest.fixture
def working_page(browser, round_to_compute):
    yield from watched_page(browser, round_to_compute)
