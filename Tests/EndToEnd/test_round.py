"""A whole round with nine people in nine browsers at once, in Chinese, from the first field to publication."""

import os
import urllib.parse

import pytest
import yaml

from conftest import PASSWORD, ROOT, Server
from round_drive import (
    COMPANY, COUNTY, PLATFORM, ROUND, Person, accept_all, check_formally, compute, draw_experts, fill_in, pdf, people,
    print_and_stamp, sample, submission, verify_rest,
)

# Where pictures of every page are kept for people to look at; none without it.
SHOTS = os.environ.get("SHOTS_TO")
AUTHORITY = f"/authority/rounds/{ROUND}"
NINE = ["reporter", "manager", "county", "city", "cityhead", "province", "approver", "expert", "panelist"]


@pytest.fixture(scope="module")
def server(tmp_path_factory, heng):
    server = Server(tmp_path_factory.mktemp("round") / "data").start()
    yield server
    server.stop()


class Hall:
    """Nine people, each in a browser context of their own, and what their consoles said."""

    def __init__(self, browser, server, accounts):
        self.faults, self.pages, self.seen = [], {}, set()
        for name, account in accounts.items():
            context = browser.new_context(locale="zh-CN", base_url=server.url, viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.on("console", lambda message, name=name: message.type == "error" and self.faults.append(
                f"{name} {message.location.get('url')}: {message.text}"))
            page.on("pageerror", lambda error, name=name: self.faults.append(f"{name}: {error}"))
            page.goto("/sign-in")
            page.fill("input[name=account]", account)
            page.fill("input[name=password]", PASSWORD)
            page.click("form[action='/sign-in'] button[type=submit]")
            page.wait_for_load_state("networkidle")
            assert page.locator("form[action='/sign-out']").count() == 1, f"{name} is not signed in"
            self.pages[name] = page

    def look(self, name, path):
        """Opens a page as its reader, wide and narrow, and runs axe over it."""
        from axe_playwright_python.sync_playwright import Axe

        page = self.pages[name]
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(path)
            assert answer.status == 200, f"{name} {path}: {answer.status}"
            text = page.locator("body").inner_text()
            assert "[web." not in text and "[message." not in text, f"{name} {path} lacks a text"
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width + 1, f"{name} {path} scrolls sideways at {width}: {wide}"
            if SHOTS and (path, width) not in self.seen:
                self.seen.add((path, width))
                place = path.strip("/").replace("/", "_")
                page.screenshot(path=f"{SHOTS}/{place}-{name}-{width}.png", full_page=True)
        if path not in self.seen:
            self.seen.add(path)
            found = Axe().run(page).response["violations"]
            grave = [
                f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found
                if one["impact"] in ("serious", "critical")
            ]
            assert grave == [], f"{name} {path}: {grave}"

    def act(self, name, action, reason="", letter=""):
        """Does one act by the form of the submission's page."""
        page = self.pages[name]
        page.goto(f"{AUTHORITY}/submissions/{PLATFORM}")
        form = page.locator(f"form:has(input[name=action][value={action}])")
        form.locator("xpath=ancestor::details").evaluate("one => { one.open = true }")
        if reason:
            form.locator("textarea[name=reason]").fill(reason)
        if letter:
            form.locator("input[name=letter]").fill(letter)
        form.locator("button[type=submit]").click()
        page.wait_for_load_state("networkidle")

    def round_action(self, who, action):
        who["approver" if action == "publish" else "province"].json(
            "POST", f"/api/v1/rounds/{ROUND}/actions", {"action": action, "reason": "演练通知"})


def value_ids():
    scheme = yaml.safe_load((ROOT / "Schemes/jiangsu-2025.yaml").read_text())
    every = [one for section in scheme["sections"] for group in section["groups"] for one in group["indicators"]]
    return {one["id"]: [f"{one['id']}.{part['id']}" for part in one.get("parts", [])] or [one["id"]] for one in every}


def test_nine_people_in_nine_browsers_bring_a_round_from_the_first_field_to_publication(browser, server):
    who = people(server)
    base = f"/api/v1/rounds/{ROUND}"
    who["province"].json("POST", "/api/v1/rounds", {
        "id": ROUND, "scheme": "jiangsu-2025", "kind": "rehearsal", "cutOff": "2099-12-15",
        "title": {"zh": "2025 年度评价演练", "en": "Rehearsal 2025"}})
    process = who["province"].json("GET", f"{base}/process")
    who["province"].json("PUT", f"{base}/process", {name: 0 for name in process["periods"]}, tag=process["version"])
    hall = Hall(browser, server, {name: "expert1" if name == "expert" else name for name in NINE})
    hall.round_action(who, "open")
    who["manager"].json("POST", f"{base}/platforms", {
        "id": PLATFORM, "name": "云枢工业互联网平台", "type": "specialist",
        "operator": {"code": COMPANY, "name": "昆山云枢数字科技有限公司", "region": COUNTY}})
    hall.look("reporter", f"/company/rounds/{ROUND}/sections/foundation")
    fill_in(who["manager"])
    print_and_stamp(who["manager"])
    hall.look("manager", f"/company/rounds/{ROUND}")
    hall.look("manager", f"/company/rounds/{ROUND}/papers")
    page = hall.pages["manager"]
    page.goto(f"/company/rounds/{ROUND}")
    form = page.locator(f"form[action='/company/rounds/{ROUND}/submission']").first
    form.evaluate("one => { const fold = one.closest('details'); if (fold) fold.open = true }")
    form.locator("button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    assert submission(who["manager"])["state"] == "county-review"

    hall.look("county", f"{AUTHORITY}/queue")
    accept_all(who["county"])
    hall.act("county", "pass")
    assert submission(who["county"])["state"] == "city-review"
    hall.look("city", f"{AUTHORITY}/queue")
    hall.look("city", f"{AUTHORITY}/submissions")
    hall.look("city", f"{AUTHORITY}/windows")
    accept_all(who["city"])
    hall.look("cityhead", f"{AUTHORITY}/papers")
    status, _, summary = who["cityhead"].ask("GET", f"{AUTHORITY}/papers/summary.pdf")
    assert status == 200
    who["cityhead"].form(f"{AUTHORITY}/summary/scan", {}, {"file": ("summary.pdf", summary)})
    hall.act("cityhead", "recommend", letter="苏工信推〔2026〕12号")
    assert submission(who["cityhead"])["state"] == "recommended"
    hall.act("province", "take-in")
    hall.look("province", f"{AUTHORITY}/submissions/{PLATFORM}/checklist")
    check_formally(who["province"])
    hall.act("province", "pass")
    assert submission(who["province"])["state"] == "verification"
    hall.round_action(who, "review")

    rows = sample(who)
    assert {name: len(numbers) for name, numbers in rows.items()} == {
        "core-talent": 2, "companies-served": 35, "parks-served": 1}
    hall.look("province", f"{AUTHORITY}/sampling")
    hall.look("city", f"{AUTHORITY}/sampling/judge")
    verify_rest(who["province"], value_ids())
    hall.look("province", f"{AUTHORITY}/submissions/{PLATFORM}")
    hall.act("province", "finish", "核验完毕，建议通过")
    hall.act("approver", "finish", "同意")
    assert submission(who["approver"])["state"] == "expert-review"
    customers = who["province"].json("GET", f"{base}/platforms/{PLATFORM}/cells/companies-served")
    assert customers["verified"]["values"]["companies-served"] == 34

    hall.round_action(who, "evaluate")
    seats = draw_experts(who)
    hall.look("province", f"{AUTHORITY}/experts")
    for number, seat in enumerate(seats):
        who[seat].json("POST", f"{base}/experts/pledge", {"agreed": True})
        who[seat].json("PUT", f"{base}/platforms/{PLATFORM}/marks/scenarios", {"mark": 76 + 2 * number, "reason": ""}, tag=0)
    hall.look("expert", f"/expert/rounds/{ROUND}")
    settled = who["province"].json("POST", f"{base}/experts/settlement", {})
    assert settled["waiting"] == 0
    hall.act("province", "skip-site")
    hall.round_action(who, "panel")
    assert compute(who["province"]) == "finished"
    hall.look("panelist", f"{AUTHORITY}/panel")
    hall.look("panelist", f"{AUTHORITY}/panel/{PLATFORM}")
    hall.look("province", AUTHORITY)
    present = urllib.parse.quote("吴芳、周敏、郑岚")
    who["panelist"].upload(
        f"{base}/panel/minutes?number=HS-2026-1&heldOn=2026-11-20&present={present}&name=minutes.pdf", pdf("minutes"))
    told = who["panelist"].json("POST", f"{base}/panel/settlements", {"platforms": [PLATFORM], "reason": "会审通过"})
    assert told["items"][0]["settled"], told
    hall.look("manager", f"/company/rounds/{ROUND}/telling")
    who["manager"].json("POST", f"{base}/platforms/{PLATFORM}/telling/acceptance", {})
    who["province"].json("PUT", f"{base}/notice/contacts", {
        "office": "省工信厅信息化推进处", "officePhone": "025-86660000", "inspection": "派驻纪检监察组",
        "inspectionPhone": "025-86661111"}, tag=0)
    who["province"].json("POST", f"{base}/platforms/{PLATFORM}/submission/actions", {"action": "lapse"})
    hall.round_action(who, "notice")
    hall.look("province", f"/rounds/{ROUND}/notice")
    hall.look("approver", f"{AUTHORITY}/objections")
    who["province"].json("POST", f"{base}/notice/end", {})
    hall.round_action(who, "publish")
    assert submission(who["approver"])["state"] == "published"
    public = Person(server, "nobody")
    assert public.ask("GET", f"/rounds/{ROUND}/result")[0] == 200
    for name in NINE:
        hall.look(name, "/inbox")
        hall.look(name, f"/rounds/{ROUND}/result")
        hall.look(name, "/account")
    hall.look("approver", f"{AUTHORITY}/burden")
    hall.look("approver", f"{AUTHORITY}/privacy")
    hall.look("approver", f"{AUTHORITY}/corrections")
    assert hall.faults == []
