"""The review desk in a browser, by keys: a clerk's queue with papers beside the form, a single row sent back, the formal
check line by line."""

import os

import pytest

from conftest import PASSWORD, Server
from round_drive import (
    COMPANY, COUNTY, PLATFORM, ROUND, accept_all, act, cell_path, check_formally, fill_in, people, print_and_stamp,
    submission,
)

# Where pictures of the pages are kept for people to look at; none without it.
SHOTS = os.environ.get("SHOTS_TO")
QUEUE = f"/authority/rounds/{ROUND}/queue"
CHECKLIST = f"/authority/rounds/{ROUND}/submissions/{PLATFORM}/checklist"


@pytest.fixture(scope="module")
def server(tmp_path_factory, heng):
    server = Server(tmp_path_factory.mktemp("desk") / "data").start()
    yield server
    server.stop()


def pages(*texts):
    """A small real PDF with a page for every text."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(texts)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>".encode()]
    font = 3 + 2 * len(texts)
    for n, text in enumerate(texts):
        content = f"BT /F1 24 Tf 60 700 Td ({text}) Tj ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * n} 0 R"
            f" /Resources << /Font << /F1 {font} 0 R >> >> >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


class Desk:
    """One person in a browser of their own."""

    def __init__(self, browser, server, account):
        context = browser.new_context(locale="zh-CN", base_url=server.url, viewport={"width": 1440, "height": 900})
        self.faults, self.page = [], context.new_page()
        self.page.on("console", lambda message: message.type == "error" and self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto("/sign-in")
        self.page.fill("input[name=account]", account)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("form[action='/sign-in'] button[type=submit]")
        self.page.wait_for_load_state("networkidle")

    def go(self, path):
        answer = self.page.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        text = self.page.locator("body").inner_text()
        assert "[web." not in text and "[desk." not in text, f"{path} lacks a text"

    def press(self, key):
        """A key on the page as a whole, and the page that it may lead to."""
        self.page.locator("body").press(key)
        self.page.wait_for_load_state("networkidle")

    def current(self):
        return self.page.locator(".review-list a[aria-current]").get_attribute("href").split("cell=")[-1]

    def shoot(self, name):
        """Wide and narrow; neither scrolls sideways."""
        for width in (390, 1440):
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width + 1, f"{name} scrolls sideways at {width}: {wide}"
            if SHOTS:
                self.page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)

    def axe(self):
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        grave = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found
                 if one["impact"] in ("serious", "critical")]
        assert grave == [], grave


@pytest.fixture(scope="module")
def who(server):
    who = people(server)
    base = f"/api/v1/rounds/{ROUND}"
    who["province"].json("POST", "/api/v1/rounds", {
        "id": ROUND, "scheme": "jiangsu-2025", "kind": "rehearsal", "cutOff": "2099-12-15",
        "title": {"zh": "2025 年度评价演练", "en": "Rehearsal 2025"}})
    process = who["province"].json("GET", f"{base}/process")
    who["province"].json("PUT", f"{base}/process", {name: 0 for name in process["periods"]}, tag=process["version"])
    who["province"].json("POST", f"{base}/actions", {"action": "open", "reason": "演练通知"})
    who["manager"].json("POST", f"{base}/platforms", {
        "id": PLATFORM, "name": "云枢工业互联网平台", "type": "specialist",
        "operator": {"code": COMPANY, "name": "昆山云枢数字科技有限公司", "region": COUNTY}})
    fill_in(who["manager"])
    who["manager"].upload(
        cell_path("platform-revenue") + "/evidence?name=audit-two.pdf&requirement=audit-report",
        pages("Audit report, page one", "Audit report, page two"))
    print_and_stamp(who["manager"])
    act(who["manager"], "submit")
    return who


def test_a_clerk_works_the_queue_by_keys_with_the_papers_beside_the_form(browser, server, who):
    desk = Desk(browser, server, "county")
    desk.go(QUEUE)
    first = desk.current()
    desk.press("j")
    second = desk.current()
    assert second != first
    desk.press("k")
    assert desk.current() == first
    keys = desk.page.locator("[data-desk-keys]")
    desk.press("?")
    assert keys.get_attribute("open") is not None
    desk.press("?")
    assert keys.get_attribute("open") is None
    desk.press("Enter")
    assert desk.page.evaluate("document.activeElement.id") == "desk-item"
    desk.press("x")
    assert desk.page.locator("[data-desk-chosen]").inner_text() == "1"
    desk.press("x")
    desk.press("r")
    assert desk.page.evaluate("document.activeElement.id") == "return-reason"
    before = desk.page.locator(".review-list li").count()
    desk.go(QUEUE)
    desk.press("a")
    assert desk.page.locator(".review-list li").count() == before - 1
    assert desk.current() == second
    desk.press("u")
    assert desk.page.locator(".review-list li").count() == before

    desk.go(f"{QUEUE}?cell={PLATFORM}/platform-revenue")
    desk.page.get_by_role("link", name="audit-two.pdf").click()
    desk.page.wait_for_load_state("networkidle")
    image = desk.page.locator("[data-sheet-image]")
    assert image.get_attribute("src").endswith("/pages/1.png")
    assert image.evaluate("one => one.complete && one.naturalWidth > 100")
    desk.press("]")
    assert image.get_attribute("src").endswith("/pages/2.png")
    assert "2 / 2" in desk.page.locator("[data-page-title]").inner_text()
    assert desk.page.locator("[data-turn='1']").is_hidden()
    desk.page.locator("[data-turn='-1']").click()
    assert image.get_attribute("src").endswith("/pages/1.png")
    desk.page.reload()
    assert desk.page.locator("[data-sheet-image]").get_attribute("src").endswith("/pages/1.png")
    wide = desk.page.viewport_size["width"]
    form = desk.page.locator(".review-form").bounding_box()
    papers = desk.page.locator(".review-evidence").bounding_box()
    assert wide == 1440 and papers["x"] >= form["x"] + form["width"], "side by side"
    desk.press("e")
    assert desk.page.evaluate("document.activeElement.id") == "desk-evidence"
    desk.axe()
    desk.shoot("desk")
    desk.page.set_viewport_size({"width": 390, "height": 900})
    form = desk.page.locator(".review-form").bounding_box()
    assert desk.page.locator(".review-evidence").bounding_box()["y"] >= form["y"] + form["height"], "stacked"
    assert desk.faults == []


def test_a_single_row_goes_back_and_nothing_else_opens(browser, server, who):
    accept_all(who["county"])
    path = f"/api/v1/rounds/{ROUND}/desk/batches"
    rows = who["manager"].json("GET", cell_path("companies-served") + "/items/rows")["rows"]
    row = rows[2]["number"]
    who["county"].json("POST", path, {
        "action": "return", "items": [{"platform": PLATFORM, "indicator": "companies-served"}],
        "reasonCode": "evidence-mismatch", "reason": "合同上的企业名称与清单不符", "rows": [row]})
    assert act(who["county"], "return", "见单行意见") == "returned"
    desk = Desk(browser, server, "manager")
    desk.go(f"/company/rounds/{ROUND}")
    links = desk.page.locator("a[href*='/sections/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for link in sorted({link.split("#")[0] for link in links}):
        desk.go(link)
        if desk.page.locator(f"#row-companies-served-{row}").count():
            break
    card = desk.page.locator(f"#row-companies-served-{row}")
    assert "合同上的企业名称与清单不符" in card.inner_text()
    assert desk.page.locator(".returned-row").count() == 1
    sheet = desk.page.locator("[data-sheet][data-indicator='companies-served']")
    sheet.locator(".listing-row").first.wait_for()
    assert sheet.locator(".listing-row.is-returned").count() == 1
    assert sheet.locator(".listing-row.is-locked").count() > 10
    locked = sheet.locator(".listing-row.is-locked [role=gridcell]").first
    locked.click()
    locked.press("x")
    assert sheet.locator("input.listing-input").count() == 0
    assert "没有被退回" in sheet.locator(".listing-status").inner_text()
    card.locator("input[name=name]").fill("苏州更名后有限公司")
    desk.axe()
    desk.shoot("returned-row")
    card.locator("button[value=save]").click()
    desk.page.wait_for_load_state("networkidle")
    now = who["manager"].json("GET", cell_path("companies-served") + "/items/rows")["rows"]
    changed = [new["number"] for old, new in zip(rows, now) if old["cells"] != new["cells"]]
    assert changed == [row]
    assert desk.faults == []


def test_the_formal_check_is_done_line_by_line(browser, server, who):
    print_and_stamp(who["manager"])
    assert act(who["manager"], "resubmit") == "county-review"
    accept_all(who["county"])
    act(who["county"], "pass")
    accept_all(who["city"])
    _, _, summary = who["cityhead"].ask("GET", f"/authority/rounds/{ROUND}/papers/summary.pdf")
    who["cityhead"].form(f"/authority/rounds/{ROUND}/summary/scan", {}, {"file": ("summary.pdf", summary)})
    act(who["cityhead"], "recommend", details={"letter": "苏工信推〔2026〕12号"})
    act(who["province"], "take-in")
    desk = Desk(browser, server, "province")
    desk.go(CHECKLIST)
    desk.axe()
    desk.shoot("checklist")
    line = desk.page.locator("#line-eligibility-identity")
    line.get_by_role("button", name="符合", exact=True).click()
    desk.page.wait_for_load_state("networkidle")
    assert "省工信周敏" in desk.page.locator("#line-eligibility-identity").inner_text()
    line = desk.page.locator("#line-evidence-legible")
    line.locator("input[name=reason]").fill("审计报告第 2 页缺签字页")
    line.get_by_role("button", name="不符合").click()
    desk.page.wait_for_load_state("networkidle")
    assert "审计报告第 2 页缺签字页" in desk.page.locator("#supplement-text").input_value()
    desk.go(f"/authority/rounds/{ROUND}/submissions/{PLATFORM}")
    assert "形式审查清单还有" in desk.page.locator("#acts").text_content()
    status, head, book = who["province"].ask("GET", CHECKLIST + ".xlsx")
    assert status == 200 and book[:2] == b"PK" and "spreadsheetml" in head["content-type"]
    check_formally(who["province"])
    desk.go(CHECKLIST)
    desk.shoot("checklist-done")
    assert act(who["province"], "pass") == "verification"
    assert submission(who["province"])["state"] == "verification"
    assert desk.faults == []
