"""Messages leave the system: a real SMTP server and a real HTTP server take them from the real binary."""

import base64
import email
import email.header
import hashlib
import hmac
import http.server
import json
import threading
import time

import pytest
from aiosmtpd.controller import Controller

from conftest import PASSWORD, Server, free_port_pair
from test_contract import credit_code, send, sign_in

SECRET = "a shared secret"


class Mailbox:
    """Takes letters; refuses the first one for now, as a busy relay does."""

    def __init__(self):
        self.letters, self.refused = [], 0

    async def handle_DATA(self, server, session, envelope):
        if not self.refused:
            self.refused += 1
            return "451 try again later"
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 taken"


class Robot(http.server.BaseHTTPRequestHandler):
    posts = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Robot.posts.append((dict(self.headers), body))
        answer = b'{"errcode":0,"errmsg":"ok"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def outside(tmp_path_factory, heng):
    mailbox = Mailbox()
    mail = Controller(mailbox, hostname="127.0.0.1", port=free_port_pair())
    mail.start()
    robot = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Robot)
    threading.Thread(target=robot.serve_forever, daemon=True).start()
    patch = pytest.MonkeyPatch()
    patch.setenv("HENG_SMTP", f"smtp://127.0.0.1:{mail.port}")
    patch.setenv("HENG_MAIL_FROM", "heng@example.com")
    patch.setenv("HENG_WEBHOOK", f"http://127.0.0.1:{robot.server_address[1]}/robot")
    patch.setenv("HENG_WEBHOOK_SECRET", SECRET)
    patch.setenv("HENG_SITE", "https://heng.example.com")
    server = Server(tmp_path_factory.mktemp("messages") / "data").start()
    yield server, mailbox
    server.stop()
    patch.undo()
    robot.shutdown()
    mail.stop()


def test_a_withdrawal_reaches_the_city_by_inbox_mail_and_work_chat(outside):
    server, mailbox = outside
    admin = sign_in(server, "admin")
    company = credit_code(server)
    for role, more in [("operator", {}), ("manager", {"company": company}), ("city-clerk", {"region": "320500"})]:
        account = {"id": role, "displayName": role, "password": PASSWORD, "roles": [role], **more}
        send(server, "POST", "/api/v1/accounts", account, admin)
    operator, manager, clerk = (sign_in(server, role) for role in ("operator", "manager", "city-clerk"))
    send(server, "PUT", "/api/v1/me/contact", {"mail": "clerk@example.com", "phone": "13800000000"}, clerk)
    round_ = {"id": "r1", "scheme": "jiangsu-2025", "title": {"zh": "试", "en": "Trial"}, "kind": "rehearsal",
              "cutOff": "2027-12-15"}
    send(server, "POST", "/api/v1/rounds", round_, operator)
    owner = {"code": company, "name": "苏州云枢科技有限公司", "region": "320500"}
    send(server, "POST", "/api/v1/rounds/r1/platforms",
         {"id": "p1", "name": "云枢平台", "type": "comprehensive", "operator": owner}, operator)
    send(server, "POST", "/api/v1/rounds/r1/actions", {"action": "open", "reason": "x"}, operator)
    send(server, "POST", "/api/v1/rounds/r1/platforms/p1/submission/actions",
         {"action": "withdraw", "reason": "今年不报"}, manager)

    # The relay refused the first try; the letter comes on the second, after the pause.
    until(lambda: Robot.posts and mailbox.letters, seconds=90)
    assert mailbox.refused == 1 and len(mailbox.letters) == 1
    sender, receivers, content = mailbox.letters[0]
    assert (sender, receivers) == ("heng@example.com", ["clerk@example.com"])
    letter = email.message_from_bytes(content)
    subject = "".join(part.decode(code or "ascii") if isinstance(part, bytes) else part
                      for part, code in email.header.decode_header(letter["Subject"]))
    assert "新消息" in subject
    text = base64.b64decode(letter.get_payload()).decode()
    assert "云枢平台" in text and "https://heng.example.com/authority/rounds/r1/submissions/p1" in text

    headers, body = Robot.posts[0]
    expected = hmac.new(SECRET.encode(), headers["X-Heng-Timestamp"].encode() + b"." + body, hashlib.sha256)
    assert headers["X-Heng-Signature"] == "v1=" + expected.hexdigest()
    post = json.loads(body)
    assert post["msgtype"] == "text" and "云枢平台" in post["text"]["content"]
    assert post["at"]["atMobiles"] == ["13800000000"]
    assert len(Robot.posts) == 1
