"""Resumable uploads with somebody else's client (tuspy) against the real server, cut and killed at random places."""

import io
import os
import random
import urllib.error
import urllib.request

import pytest
from tusclient import client as tus
from tusclient.exceptions import TusCommunicationError

from conftest import Server
from test_contract import PASSWORD, credit_code, send, sign_in

REVENUE = "/api/v1/rounds/r1/platforms/p1/cells/platform-revenue"


def document(seed, size):
    """A PDF of a given size whose filling no two seeds share."""
    body = random.Random(seed).randbytes(size - 64)
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%" + body.replace(b"/", b"-") + b"\n%%EOF\n"


@pytest.fixture
def office(tmp_path, heng):
    """A server with an open round and one platform; `tokens["manager"]` is its company's."""
    server = Server(tmp_path / "data").start()
    tokens = {"admin": sign_in(server, "admin")}
    company = credit_code(server)
    for role, more in [("operator", {}), ("manager", {"company": company})]:
        account = {"id": role, "displayName": role, "password": PASSWORD, "roles": [role], **more}
        send(server, "POST", "/api/v1/accounts", account, tokens["admin"])
        tokens[role] = sign_in(server, role)
    round_ = {"id": "r1", "scheme": "jiangsu-2025", "title": {"zh": "上传", "en": "Uploads"}, "kind": "rehearsal", "cutOff": "2027-12-15"}
    send(server, "POST", "/api/v1/rounds", round_, tokens["operator"])
    owner = {"code": company, "name": "苏州云枢科技有限公司", "region": "320500"}
    platform = {"id": "p1", "name": "云枢平台", "type": "comprehensive", "operator": owner}
    send(server, "POST", "/api/v1/rounds/r1/platforms", platform, tokens["operator"])
    send(server, "POST", "/api/v1/rounds/r1/actions", {"action": "open", "reason": "x"}, tokens["operator"])
    yield server, tokens
    server.stop()


class CutFile(io.BytesIO):
    """A file whose line breaks once a given number of bytes has been read."""

    def __init__(self, content):
        super().__init__(content)
        self.left = None

    def read(self, size=-1):
        if self.left is not None:
            if self.left <= 0:
                raise ConnectionResetError("cut")
            size = self.left if size < 0 else min(size, self.left)
        found = super().read(size)
        if self.left is not None:
            self.left -= len(found)
        return found


def uploader(server, tokens, content, address=None, chunk=64 * 1024, checksum=False):
    client = tus.TusClient(server.url + REVENUE + "/uploads", headers={"Authorization": f"Bearer {tokens['manager']}"})
    metadata = {"filename": "审计报告.pdf", "requirement": "audit-report"}
    return client.uploader(file_stream=content, url=address, chunk_size=chunk, metadata=metadata, upload_checksum=checksum)


def attached(server, tokens):
    request = urllib.request.Request(server.url + REVENUE + "/evidence")
    request.add_header("Authorization", f"Bearer {tokens['manager']}")
    import json

    return json.load(urllib.request.urlopen(request))["items"]


def stored(server, tokens, digest):
    request = urllib.request.Request(f"{server.url}/api/v1/evidence/{digest}")
    request.add_header("Authorization", f"Bearer {tokens['manager']}")
    return urllib.request.urlopen(request).read()


@pytest.mark.parametrize("seed", range(1, 6))
def test_cuts_at_random_places_lose_nothing(office, seed):
    server, tokens = office
    chance = random.Random(seed)
    content = document(seed, chance.randrange(300_000, 3_000_000))
    address, cuts = None, 0
    while True:
        file = CutFile(content)
        upload = uploader(server, tokens, file, address, chunk=chance.choice([7_001, 65_536, 500_000]), checksum=seed % 2 == 0)
        if address is None:
            upload.set_url(upload.create_url())
            address = upload.url
        upload.offset = upload.get_offset()
        if cuts < 6:
            file.left = chance.randrange(1, len(content) // 3)
        try:
            upload.upload()
            break
        except (ConnectionResetError, TusCommunicationError, OSError):
            cuts += 1
    assert cuts >= 1
    files = attached(server, tokens)
    assert len(files) == 1 and files[0]["name"] == "审计报告.pdf"
    assert stored(server, tokens, files[0]["digest"]) == content


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_killed_server_keeps_every_acknowledged_byte(office, seed):
    server, tokens = office
    chance = random.Random(seed)
    content = document(seed, 2_000_000)
    upload = uploader(server, tokens, io.BytesIO(content), chunk=50_000)
    upload.set_url(upload.create_url())
    kills, acknowledged = 0, 0
    while upload.offset < len(content):
        upload.upload_chunk()
        acknowledged = upload.offset
        if kills < 4 and chance.random() < 0.2 and acknowledged < len(content):
            server.kill()
            server.start()
            kills += 1
            offset = upload.get_offset()
            assert offset == acknowledged
    assert kills >= 1
    files = attached(server, tokens)
    assert len(files) == 1 and stored(server, tokens, files[0]["digest"]) == content


def test_the_server_killed_in_the_middle_of_a_piece_goes_on_where_the_disk_is(office):
    """Half a request is written raw, then the server dies; what it says afterwards is a prefix of the file."""
    import http.client

    server, tokens = office
    content = document(21, 1_000_000)
    upload = uploader(server, tokens, io.BytesIO(content))
    upload.set_url(upload.create_url())
    path = upload.url.split("/", 3)[3]
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    line.putrequest("PATCH", "/" + path)
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    for name, value in {**headers, "Authorization": f"Bearer {tokens['manager']}", "Content-Length": str(len(content))}.items():
        line.putheader(name, value)
    line.endheaders()
    line.send(content[:400_000])
    import time

    time.sleep(0.5)
    server.kill()
    server.start()
    upload.offset = upload.get_offset()
    assert 0 <= upload.offset <= 400_000
    upload.upload()
    files = attached(server, tokens)
    assert stored(server, tokens, files[0]["digest"]) == content


def test_a_line_that_breaks_in_a_piece_keeps_what_came(office):
    """Without a kill: what arrived before the break is kept, and the next client need not send it again."""
    import http.client
    import time

    server, tokens = office
    content = document(22, 1_000_000)
    upload = uploader(server, tokens, io.BytesIO(content))
    upload.set_url(upload.create_url())
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    line.putrequest("PATCH", "/" + upload.url.split("/", 3)[3])
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    for name, value in {**headers, "Authorization": f"Bearer {tokens['manager']}", "Content-Length": str(len(content))}.items():
        line.putheader(name, value)
    line.endheaders()
    line.send(content[:300_000])
    time.sleep(0.3)
    line.close()
    for _ in range(50):
        upload.offset = upload.get_offset()
        if upload.offset == 300_000:
            break
        time.sleep(0.1)
    assert upload.offset == 300_000
    upload.upload()
    assert stored(server, tokens, attached(server, tokens)[0]["digest"]) == content


def test_a_full_disk_is_told_and_what_came_stays(tmp_path, heng):
    """A data folder on a file system of a few MiB: 507, and the offset is still a prefix of the file."""
    import subprocess

    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("mounting a small file system is not allowed here")
    server = None
    try:
        (disk / "uploads").mkdir()
        data = tmp_path / "data"
        data.mkdir()
        os.symlink(disk / "uploads", data / "uploads")
        server = Server(data).start()
        tokens = {"admin": sign_in(server, "admin")}
        company = credit_code(server)
        for role, more in [("operator", {}), ("manager", {"company": company})]:
            account = {"id": role, "displayName": role, "password": PASSWORD, "roles": [role], **more}
            send(server, "POST", "/api/v1/accounts", account, tokens["admin"])
            tokens[role] = sign_in(server, role)
        round_ = {"id": "r1", "scheme": "jiangsu-2025", "title": {"zh": "满", "en": "Full"}, "kind": "rehearsal", "cutOff": "2027-12-15"}
        send(server, "POST", "/api/v1/rounds", round_, tokens["operator"])
        owner = {"code": company, "name": "苏州云枢科技有限公司", "region": "320500"}
        platform = {"id": "p1", "name": "云枢平台", "type": "comprehensive", "operator": owner}
        send(server, "POST", "/api/v1/rounds/r1/platforms", platform, tokens["operator"])
        send(server, "POST", "/api/v1/rounds/r1/actions", {"action": "open", "reason": "x"}, tokens["operator"])
        content = document(31, 8_000_000)
        upload = uploader(server, tokens, io.BytesIO(content), chunk=1_000_000)
        with pytest.raises(TusCommunicationError) as refused:
            upload.upload()
        assert refused.value.status_code == 507
        offset = upload.get_offset()
        assert 0 < offset < len(content)
        subprocess.run(["mount", "-o", "remount,size=32m", disk], check=True)
        upload.offset = offset
        upload.upload()
        assert stored(server, tokens, attached(server, tokens)[0]["digest"]) == content
    finally:
        if server:
            server.stop()
        subprocess.run(["umount", disk], check=False)


def test_a_program_is_refused_at_the_end_with_its_reason(office):
    server, tokens = office
    with pytest.raises(TusCommunicationError) as refused:
        uploader(server, tokens, io.BytesIO(b"MZ" + bytes(5000))).upload()
    assert refused.value.status_code == 415
    assert attached(server, tokens) == []
