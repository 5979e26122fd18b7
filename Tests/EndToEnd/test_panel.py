"""The panel, the public notice and objections, clicked in Chromium; with a mail relay that does not answer at first."""

import base64
import email
import re
import socket
import threading
import time

import pytest
from aiosmtpd.controller import Controller

from conftest import PASSWORD, Server, free_port_pair
from panel_drive import AUTHORITY, BASE, to_company, to_panel
from round_drive import PLATFORM, ROUND, cell_path, compute, pdf, submission

NOTICE = f"/rounds/{ROUND}/notice"
ADDRESS = "zhang@example.com"
IDENTITY = "11010519491231002X"


class SilentRelay:
    """Takes connections and says nothing, as a relay behind a broken firewall does."""

    def __init__(self):
        self.port = free_port_pair()
        self.socket = socket.create_server(("127.0.0.1", self.port))
        self.held = []
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        while True:
            try:
                self.held.append(self.socket.accept()[0])
            except OSError:
                return

    def give_up(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        for one in self.held:
            one.close()


class Mailbox:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 taken"

    def code(self):
        for receivers, letter in self.letters:
            text = base64.b64decode(letter.get_payload()).decode()
            found = re.search(r"\b(\d{6})\b", text)
            if receivers == [ADDRESS] and found:
                return found.group(1)
        return None


@pytest.fixture(scope="module")
def hall(tmp_path_factory, heng):
    relay = SilentRelay()
    patch = pytest.MonkeyPatch()
    patch.setenv("HENG_SMTP", f"smtp://127.0.0.1:{relay.port}")
    patch.setenv("HENG_MAIL_FROM", "heng@example.com")
    server = Server(tmp_path_factory.mktemp("panel") / "data").start()
    who = to_panel(to_company(server, notice=7))
    yield server, who, relay
    server.stop()
    patch.undo()


@pytest.fixture
def people(browser, hall):
    """Opens a browser context for an account, or for nobody; their consoles must stay silent."""
    server, contexts, faults = hall[0], [], []

    def enter(account=None):
        context = browser.new_context(locale="zh-CN", base_url=server.url)
        contexts.append(context)
        page = context.new_page()
        # A refused form answers 4xx, which Chromium notes; everything else is a fault.
        page.on("console", lambda message: message.type == "error" and "status of 4" not in message.text
                and faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        if account:
            page.goto("/sign-in")
            page.fill("input[name=account]", account)
            page.fill("input[name=password]", PASSWORD)
            go(page, page.locator("form[action='/sign-in'] button[type=submit]"))
        return page

    yield enter
    for context in contexts:
        context.close()
    assert faults == []


def send(page, form, files=None, **fields):
    """Fills one form of the page and sends it; answers the page's text afterwards."""
    place = page.locator(f"form#{form}")
    place.evaluate("one => { for (let up = one; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true }")
    for name, value in fields.items():
        field = place.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    for name, file in (files or {}).items():
        place.locator(f"[name={name}]").set_input_files(file)
    go(page, place.locator("button[type=submit]"))
    return page.locator("main").inner_text()


def go(page, button):
    """Presses a button that leads to another page; some pages keep a connection open, so that none is ever idle."""
    with page.expect_navigation(wait_until="load"):
        button.click()


def file(name):
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": pdf(name)}


def settle(page, number):
    page.goto(f"{AUTHORITY}/panel")
    text = send(page, "keep-minutes", {"file": file(f"minutes{number}")}, number=number, heldOn="2026-11-20",
                present="吴芳、周敏、郑岚", note="逐项讨论，无异议")
    assert number in text
    page.locator(f"input[name='platform.{PLATFORM}']").check()
    go(page, page.locator("form#settle button[type=submit]"))
    assert "将定分" in page.locator("main").inner_text()
    page.locator("form#settle textarea[name=reason]").fill("会审通过")
    go(page, page.locator("form#settle button[type=submit]"))


def test_from_the_panel_to_an_objection_that_changes_the_result(hall, people):
    server, who, relay = hall

    # The panel settles with minutes, the company is told and accepts.
    panelist = people("panelist")
    panelist.goto(f"{AUTHORITY}/panel/{PLATFORM}")
    assert "逐项得分" in panelist.locator("main").inner_text() or panelist.locator("#sheet").count()
    settle(panelist, "HS-2026-1")
    assert submission(who["province"])["state"] == "settled"
    manager = people("manager")
    manager.goto(f"/company/rounds/{ROUND}/telling")
    send(manager, "accept")

    # Without telephones there is no notice; with them it starts and runs the round's seven working days.
    operator = people("province")
    operator.goto(f"{AUTHORITY}/notice")
    send(operator, "lapse")
    operator.goto(f"{AUTHORITY}/notice")
    send(operator, "contacts-form", office="省工信厅信息化推进处", officePhone="025-86660000",
         inspection="派驻纪检监察组", inspectionPhone="025-86661111")
    operator.goto(f"{AUTHORITY}/notice")
    send(operator, "act-notice", reason="按程序公示")
    public = people()
    public.goto(NOTICE)
    text = public.locator("main").inner_text()
    assert "7 个工作日" in text and "025-86660000" in text and "025-86661111" in text

    # Objecting: what is wrong is said at its field, and what was typed stays.
    public.goto(f"/rounds/{ROUND}/objections/new")
    assert "025-86661111" in public.locator("main").inner_text()
    claim = dict(platform=PLATFORM, indicator="companies-served", facts="所列企业有两家已经注销", name="张三丰",
                 identityKind="identity-card", identity="110105194912310021", contactKind="mail", contact=ADDRESS)
    text = send(public, "objection", **claim)
    assert "身份证" in text, text
    assert public.locator("form#objection [name=facts]").input_value() == claim["facts"]
    claim["identity"] = IDENTITY
    before = time.monotonic()
    text = send(public, "objection", {"file": file("evidence")}, **claim)
    assert time.monotonic() - before < 20, "a relay that does not answer holds nobody"
    assert "异议已提交" in text and "验证码已排队" in text, text
    assert IDENTITY not in text and ADDRESS not in text
    receipt = public.url.split("?")[0]
    text = send(public, "again")
    assert "刚刚发送过" in text

    # Meanwhile the operator sees it, masked, and cannot accept it before the contact is proven.
    operator.goto(f"{AUTHORITY}/objections/1")
    text = operator.locator("main").inner_text()
    assert "张三丰" not in text and "****" in text and "待核实" in text
    text = send(operator, "decision", refusal="accept", reason="有事实依据")
    assert "核实" in text and "受理异议" not in text
    text = send(operator, "person", reason="核对身份")
    assert "张三丰" in text and IDENTITY in text and "已记入日志" in text
    operator.goto(f"{AUTHORITY}/objections/1")
    assert "张三丰" not in operator.locator("main").inner_text()

    # The relay comes back, and with it the code.
    relay.give_up()
    mailbox = Mailbox()
    mail = Controller(mailbox, hostname="127.0.0.1", port=relay.port)
    mail.start()
    end = time.monotonic() + 50
    while mailbox.code() is None:
        assert time.monotonic() < end, "the code did not come"
        time.sleep(0.3)
    public.goto(receipt)
    assert "24 小时内有效" in public.locator("main").inner_text()
    wrong = "000000" if mailbox.code() != "000000" else "000001"
    text = send(public, "code", code=wrong)
    assert "已用验证码核实" not in text
    text = send(public, "code", code=mailbox.code())
    assert "联系方式已核实" in text
    mail.stop()

    # A second one only differs from the experts: refused, with the reason in writing.
    public.goto(f"/rounds/{ROUND}/objections/new")
    send(public, "objection", **{**claim, "indicator": "scenarios", "facts": "专家打分偏低", "contactKind": "phone",
                                 "contact": "13800138000"})
    second = public.url.split("?")[0]
    operator.goto(f"{AUTHORITY}/objections/2")
    assert "由专家评分" in operator.locator("main").inner_text()
    send(operator, "decision", refusal="expert-judgement", reason="未指出程序或事实问题")
    public.goto(second)
    text = public.locator("main").inner_text()
    assert "未指出程序或事实问题" in text and "仅对专家的专业判断" in text

    # The first is accepted, the company heard, upheld in writing, recomputed; the file shows who moves.
    operator.goto(f"{AUTHORITY}/objections/1")
    send(operator, "decision", refusal="accept", reason="有事实依据")
    assert submission(who["province"])["state"] == "objection"
    manager.goto(f"/company/rounds/{ROUND}/telling")
    text = send(manager, "hear-1", heard="两家企业确已注销，同意核减")
    assert "张三丰" not in text
    operator.goto(f"{AUTHORITY}/objections/1")
    send(operator, "answer", verdict="uphold", number="苏工信函〔2026〕18号", letter="经核查，异议成立，核减两家。")
    assert submission(who["province"])["state"] == "panel"
    public.goto(receipt)
    assert "经核查，异议成立，核减两家。" in public.locator("main").inner_text()
    who["province"].json("POST", f"{BASE}/actions", {"action": "panel", "reason": "异议成立"})
    verified = who["province"].json("GET", cell_path("companies-served"))["verified"]
    who["province"].json("PUT", cell_path("companies-served") + "/verified", {
        "values": {"companies-served": 12}, "reason": "异议成立，核减"}, tag=verified["version"])
    assert compute(who["province"]) == "finished"
    operator.goto(f"{AUTHORITY}/objections/1")
    text = operator.locator("#effect").inner_text()
    assert "谁的名次或得分有变化" in text and "云枢工业互联网平台" in text
    settle(panelist, "HS-2026-2")
    manager.goto(f"/company/rounds/{ROUND}/telling")
    send(manager, "accept")
    operator.goto(f"{AUTHORITY}/notice")
    send(operator, "lapse")
    operator.goto(f"{AUTHORITY}/notice")
    send(operator, "act-notice", reason="重新公示")
    public.goto(NOTICE)
    assert "重新公示" in public.locator("main").inner_text()
