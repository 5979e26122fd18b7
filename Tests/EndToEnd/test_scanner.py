"""The antivirus daemon itself: a hit is refused by name, a dead daemon holds files until it is back."""

import os
import shutil
import signal
import subprocess
import time

import pytest

from test_evidence import attach, call, read
from test_uploads import document, office  # noqa: F401  (a fixture)

CELL, REQUIREMENT = "platform-revenue", "audit-report"
# The test file of the European Institute for Computer Antivirus Research, in two halves so that no scanner stops this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")

pytestmark = pytest.mark.skipif(
    CLAMD is None, reason="SKIPPED LOUDLY: clamd is not installed (Debian: clamav-daemon), the real daemon is not tested")


class Daemon:
    """clamd on a signature of our own: nothing is downloaded."""

    def __init__(self, folder):
        self.folder, self.socket, self.process = folder, folder / "clamd.sock", None
        signatures = folder / "signatures"
        signatures.mkdir()
        (signatures / "test.ndb").write_text(f"Heng.Test.Eicar:0:*:{EICAR.hex()}\n")
        (folder / "clamd.conf").write_text(
            f"DatabaseDirectory {signatures}\nLocalSocket {self.socket}\nForeground yes\nLogFile {folder}/clamd.log\n"
            f"PidFile {folder}/clamd.pid\nTemporaryDirectory {folder}\nMaxThreads 2\n"
            "OfficialDatabaseOnly no\nSelfCheck 0\n")

    def start(self):
        self.process = subprocess.Popen(
            [CLAMD, "--config-file", self.folder / "clamd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            if self.socket.exists():
                return self
            assert self.process.poll() is None, (self.folder / "clamd.log").read_text()[-2000:]
            time.sleep(0.1)
        raise AssertionError("clamd did not start")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        self.socket.unlink(missing_ok=True)


@pytest.fixture
def daemon(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("clamd")
    os.chmod(folder, 0o777)
    daemon = Daemon(folder).start()
    monkeypatch.setenv("HENG_CLAMD", str(daemon.socket))
    yield daemon
    daemon.stop()


def infected(seed):
    clean = document(seed, 4000)
    return clean.replace(b"\n%%EOF", b"\n%" + EICAR + b"\n%%EOF")


def page(server, token):
    status, body = call(server, token, "GET", "/rounds/r1/platforms/p1/evidence")
    assert status == 200
    return body.decode()


def test_a_hit_is_refused_by_name_and_a_clean_file_passes(daemon, office):  # noqa: F811
    server, tokens = office
    clean = attach(server, tokens["manager"], document(1, 4000), "干净.pdf", CELL, REQUIREMENT)
    read(server, tokens["manager"], clean)
    assert call(server, tokens["operator"], "GET", f"/api/v1/evidence/{clean}")[0] == 200
    bad = attach(server, tokens["manager"], infected(2), "带毒.pdf", CELL, REQUIREMENT)
    deadline = time.monotonic() + 120
    while "Heng.Test.Eicar" not in page(server, tokens["operator"]):
        assert time.monotonic() < deadline
        time.sleep(0.5)
    status, body = call(server, tokens["operator"], "GET", f"/api/v1/evidence/{bad}")
    assert status == 409 and "Heng.Test.Eicar" in body.decode() and "带毒.pdf" in body.decode()


def test_a_dead_daemon_is_told_in_words_and_files_are_held_until_it_is_back(daemon, office):  # noqa: F811
    server, tokens = office
    daemon.stop()
    held = attach(server, tokens["manager"], document(3, 4000), "待查.pdf", CELL, REQUIREMENT)
    deadline = time.monotonic() + 60
    while "病毒扫描服务暂时无法连接" not in page(server, tokens["manager"]):
        assert time.monotonic() < deadline, page(server, tokens["manager"])
        time.sleep(0.5)
    for _ in range(20):
        status, body = call(server, tokens["operator"], "GET", f"/api/v1/evidence/{held}")
        assert status == 409 and "等待病毒扫描" in body.decode(), body
        time.sleep(0.05)
    daemon.start()
    deadline = time.monotonic() + 120
    while call(server, tokens["operator"], "GET", f"/api/v1/evidence/{held}")[0] != 200:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert "病毒扫描服务暂时无法连接" not in page(server, tokens["manager"])
