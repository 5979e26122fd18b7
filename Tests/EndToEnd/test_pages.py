"""Every page of the server: opened by a person who may see it, with something on it, wide and narrow, in both languages.

The list of pages is the route table of the Swift tests, which holds every registered route; a page that stands there and
is not visited here fails.
"""

import functools
import hashlib
import json
import os
import re
import urllib.parse

import pytest
import yaml

import page_stages
from conftest import PASSWORD, ROOT, Server
from page_checks import FOCUSABLE, GENERAL, WALKED, WATCH
from page_stages import PLATFORM, ROUND
from round_drive import PEOPLE

# Where pictures of every page are kept for people to look at; none without it.
SHOTS = os.environ.get("SHOTS_TO")
GIVEN = {
    "round": ROUND, "platform": PLATFORM, "indicator": "companies-served", "section": "foundation", "index": "3",
    "account": "city", "code": "web.not_found", "objection": "1", "correction": "1",
}
DEMO = {"round": "demo-2025", "platform": "P01"}

# Stage, who opens it (nobody: the public), route; then what differs in the address, and a query.
VISITS = [
    ("demonstration", "", "/sign-in"),
    ("demonstration", "", "/problems/{code}"),
    ("demonstration", "", "/rounds/{round}/result", DEMO),
    ("demonstration", "", "/rounds/{round}/method", DEMO),
    ("demonstration", "", "/rounds/{round}/platforms/{platform}", DEMO),
    ("demonstration", "operator", "/authority/rounds/{round}", DEMO),
    ("demonstration", "operator", "/authority/rounds/{round}/queue", DEMO),
    ("demonstration", "operator", "/authority/rounds/{round}/signals", DEMO),
    ("demonstration", "p01-manager", "/company/rounds/{round}", DEMO),
    ("demonstration", "p01-manager", "/company/rounds/{round}/port", DEMO),
    ("demonstration", "", "/log"),
    ("demonstration", "", "/log/{index}"),
    ("filling", "admin", "/accounts"),
    ("filling", "admin", "/accounts/import"),
    ("filling", "security", "/accounts/{account}"),
    ("filling", "manager", "/company/rounds/{round}"),
    ("filling", "reporter", "/company/rounds/{round}/sections/{section}"),
    ("filling", "reporter", "/company/rounds/{round}/sections/{section}", {"section": "service"}),
    ("filling", "reporter", "/company/rounds/{round}/sections/{section}", {"section": "operation"}),
    ("filling", "reporter", "/company/rounds/{round}/sections/{section}", {"section": "bonus"}),
    ("filling", "manager", "/company/rounds/{round}/evidence"),
    ("filling", "manager", "/company/rounds/{round}/papers"),
    ("filling", "manager", "/company/rounds/{round}/port"),
    ("filling", "manager", "/account"),
    ("review", "manager", "/company/rounds/{round}"),
    ("review", "manager2", "/company/rounds/{round}/queries"),
    ("review", "manager", "/inbox"),
    ("review", "city", "/inbox"),
    ("review", "province", "/authority/rounds/{round}"),
    ("review", "city", "/authority/rounds/{round}/queue"),
    ("review", "city", "/authority/rounds/{round}/queue", {}, f"item={PLATFORM}.scenarios"),
    ("review", "province", "/authority/rounds/{round}/signals"),
    ("review", "city", "/authority/rounds/{round}/submissions"),
    ("review", "city", "/authority/rounds/{round}/submissions/{platform}"),
    ("review", "province", "/authority/rounds/{round}/submissions/{platform}/checklist"),
    ("review", "", "/confirm/{token}"),
    ("review", "city", "/authority/rounds/{round}/windows"),
    ("review", "province", "/authority/rounds/{round}/windows"),
    ("review", "cityhead", "/authority/rounds/{round}/papers"),
    ("review", "city", "/rounds/{round}/platforms/{platform}/evidence"),
    ("review", "city", "/evidence/{digest}"),
    ("review", "city", "/authority/rounds/{round}/privacy/{platform}/{indicator}", {"indicator": "core-talent"}),
    ("review", "audit", "/authority/rounds/{round}/privacy"),
    ("review", "approver", "/authority/rounds/{round}/burden"),
    ("sampling", "province", "/authority/rounds/{round}/sampling"),
    ("sampling", "verifier1", "/authority/rounds/{round}/sampling/judge"),
    ("sampling", "verifier1", "/authority/rounds/{round}/sampling/import"),
    ("sampling", "province", "/authority/rounds/{round}/sampling/verifiers"),
    ("sampling", "province", "/authority/rounds/{round}/sampling/{platform}/{indicator}"),
    ("sampling", "manager", "/company/rounds/{round}/sampling"),
    ("sampling", "verifier1", "/authority/rounds/{round}/site-checks"),
    ("sampling", "verifier2", "/authority/rounds/{round}/site-checks/{platform}"),
    ("experts", "province", "/authority/experts"),
    ("experts", "province", "/authority/rounds/{round}/experts"),
    ("experts", "province", "/authority/rounds/{round}/experts/{indicator}", {"indicator": "scenarios"}),
    ("experts", "seat", "/expert/rounds/{round}"),
    ("experts", "seat", "/expert/rounds/{round}/cases/{indicator}/{platform}", {"indicator": "scenarios"}),
    ("panel", "panelist", "/authority/rounds/{round}/experts/agreement"),
    ("panel", "panelist", "/authority/rounds/{round}/panel"),
    ("panel", "panelist", "/authority/rounds/{round}/panel/{platform}"),
    ("panel", "panelist", "/authority/rounds/{round}/panel/preview", {}, f"platform.{PLATFORM}=1"),
    ("told", "manager", "/company/rounds/{round}/telling"),
    ("told", "province", "/authority/rounds/{round}/panel/{platform}"),
    ("notice", "", "/rounds/{round}/notice"),
    ("notice", "", "/rounds/{round}/objections/new"),
    ("notice", "", "/rounds/{round}/objections/{objection}", {"objection": "receipt"}),
    ("notice", "province", "/authority/rounds/{round}/notice"),
    ("notice", "province", "/authority/rounds/{round}/objections"),
    ("notice", "province", "/authority/rounds/{round}/objections/{objection}"),
    ("published", "inspector", "/authority/rounds/{round}/comparison"),
    ("published", "approver2", "/authority/rounds/{round}/corrections"),
    ("published", "approver2", "/authority/rounds/{round}/corrections/{correction}", {"correction": "2"}),
    ("published", "", "/rounds/{round}/corrections"),
    ("published", "", "/rounds/{round}/result"),
    ("published", "manager", "/rounds/{round}/platforms/{platform}"),
]
# These send the reader on to another page.
ONWARD = {"/": "/rounds/", "/rounds/{round}": "/rounds/"}
# These answer with a file or data and never with a page.
FILES = {
    "/accounts/import/template.xlsx", "/assets/vendor/{file}", "/assets/{file}", "/authority/experts/template",
    "/authority/rounds/{round}/burden.xlsx", "/authority/rounds/{round}/decisions.xlsx",
    "/authority/rounds/{round}/experts/panels.xlsx", "/authority/rounds/{round}/objections/list.xlsx",
    "/authority/rounds/{round}/queue.xlsx", "/authority/rounds/{round}/signals.xlsx",
    "/authority/rounds/{round}/submissions/{platform}/checklist.xlsx",
    "/authority/rounds/{round}/summary/{city}/scan", "/port/v1/challenges",
    "/authority/rounds/{round}/experts/sheets.xlsx",
    "/authority/rounds/{round}/papers/{file}", "/authority/rounds/{round}/sampling/rows.csv",
    "/authority/rounds/{round}/sampling/rows.xlsx", "/authority/rounds/{round}/submissions-list.xlsx",
    "/evidence/{digest}/pages/{page}", "/expert/rounds/{round}/cases/{indicator}/{platform}/evidence/{digest}",
    "/port/v1/batches/{batch}", "/port/v1/batches/{batch}/rejects", "/port/v1/connection",
    "/rounds/{round}/papers/{platform}/scans/{kind}", "/rounds/{round}/papers/{platform}/{file}",
    "/uploads/states", "/uploads/texts",
}


def routes():
    """Every address of the table that a browser may open: all but the API's."""
    found = set()
    for file in (ROOT / "Tests/WebTests/RouteTable").glob("*.swift"):
        found |= set(re.findall(r'"GET (/[^"]*)"', file.read_text()))
    return {path for path in found if not path.startswith("/api/")}


def names_of(visit):
    stage, account, path = visit[:3]
    return f"{stage}-{account or 'public'}-{path.strip('/').replace('/', '_') or 'start'}" + "".join(
        f"-{value}" for value in (visit[3].values() if len(visit) > 3 else [])) + ("-query" if len(visit) > 4 else "")


# MARK: The stages and their readers


class Stages:
    """Servers by stage, started when they are first asked for, and one browser context a reader."""

    def __init__(self, folder, browser, demonstration):
        self.folder, self.browser, self.demonstration = folder, browser, demonstration
        self.servers, self.pages = {}, {}

    def server(self, stage):
        if stage not in self.servers:
            is_shared = stage == "demonstration" and not (self.folder / stage).exists()
            self.servers[stage] = self.demonstration() if is_shared else Server(self.folder / stage).start()
        return self.servers[stage]

    def account(self, account):
        return json.loads((self.folder / "seats.json").read_text())[0] if account == "seat" else account

    def page(self, stage, account, locale):
        key = (stage, account, locale)
        if key not in self.pages:
            context = self.browser.new_context(
                locale=locale, base_url=self.server(stage).url, reduced_motion="reduce")
            page = context.new_page()
            page.faults = []
            page.on("console", lambda message: message.type in ("error", "warning") and page.faults.append(message.text))
            page.on("pageerror", lambda error: page.faults.append(str(error)))
            if account:
                page.goto("/sign-in")
                page.fill("input[name=account]", self.account(account))
                page.fill("input[name=password]", PASSWORD)
                page.click("form[action='/sign-in'] button[type=submit]")
                page.wait_for_load_state()
                assert page.locator("form[action='/sign-out']").count() == 1, f"{account} is not signed in"
            self.pages[key] = page
        page = self.pages[key]
        page.faults.clear()
        return page

    def close(self):
        for page in self.pages.values():
            page.context.close()
        for stage, server in self.servers.items():
            # The demonstration that other tests share is stopped where it was started.
            if (self.folder / stage).exists():
                server.stop()

    def path(self, visit):
        stage, account, path = visit[:3]
        given = dict(GIVEN, **(visit[3] if len(visit) > 3 else {}))
        if given["objection"] == "receipt":
            given["objection"] = json.loads((self.folder / "objections.json").read_text())[0]["id"]
        if "{digest}" in path:
            given["digest"] = self.evidence(stage)
        if "{token}" in path:
            given["token"] = self.token(stage)
        path = re.sub(r"\{(\w+)\}", lambda name: given[name.group(1)], path)
        return path + (f"?{visit[4]}" if len(visit) > 4 else "")

    @functools.cache
    def token(self, stage):
        """The owner's link for the one device of an inventory that was committed to and drawn."""
        from round_drive import Person

        manager, province = (Person(self.server(stage), name).sign_in() for name in ("manager", "province"))
        key = manager.json("POST", f"{page_stages.OWN}/port-keys", {"name": "x"})["key"]
        program = Person(self.server(stage), "program")
        program.token = key
        root = hashlib.sha256(b"\0HL-CNC-0012345").hexdigest()
        program.json("POST", "/port/v1/inventories", {"size": 1, "root": root})
        drawn = province.json("POST", f"{page_stages.OWN}/challenges", {})
        link = province.json("POST", f"{page_stages.OWN}/challenges/{drawn['id']}/leaves/0/links", {})
        return link["href"].rsplit("/", 1)[1]

    @functools.cache
    def evidence(self, stage):
        from round_drive import Person

        files = Person(self.server(stage), "province").sign_in().json(
            "GET", f"{page_stages.OWN}/cells/revenue-share/evidence")["items"]
        return files[0]["digest"]


@pytest.fixture(scope="module")
def stages(tmp_path_factory, heng, browser, request):
    folder = page_stages.prepare(tmp_path_factory.mktemp("stages"))
    found = Stages(folder, browser, lambda: request.getfixturevalue("finished_round"))
    yield found
    found.close()


@functools.cache
def chinese_texts():
    """What our own texts say in Chinese, in pieces that no name or datum contains by chance."""
    texts = []
    for file in (ROOT / "Sources/Wording/Catalogues").glob("zh-Hans.*.json"):
        texts += json.loads(file.read_text()).values()

    def walk(node):
        if isinstance(node, dict):
            if "zh" in node and "en" in node:
                texts.append(str(node["zh"]))
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(yaml.safe_load((ROOT / "Schemes/jiangsu-2025.yaml").read_text()))
    pieces = {piece.strip() for text in texts for piece in re.split(r"\{[^}]*\}|\n", text)}
    return {piece for piece in pieces if len(re.findall(r"[\u4e00-\u9fff]", piece)) >= 4}


def nameless(line):
    """The line without names and what is on record in Chinese, which contain words of ours."""
    # Invented names and reasons of the demonstration; a reason that the sample's settlement wrote into the record; what
    # somebody gave as a reason; a language named in itself, as in every choice of languages.
    if re.search("工业互联网平台|设备远程运维平台|（演示）|公司|^清单 |^演练：|^Reason: |^简体中文$", line):
        return ""
    for text in [*(person[1] for person in [*PEOPLE, *page_stages.MORE]), *page_stages.WRITTEN]:
        line = line.replace(text, "")
    return line


def general(page, path, width, locale):
    """Opens a page and looks at what holds for every page."""
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(path)
    assert answer.status == 200, f"{path}: {answer.status}"
    assert "text/html" in answer.headers["content-type"], path
    found = page.evaluate(GENERAL, width)
    wrong = [f"{path} at {width}: {one}" for one in found["wrong"]]
    if found["lang"] != ("zh-Hans" if locale == "zh-CN" else "en"):
        wrong.append(f"lang is {found['lang']}")
    lacking = re.findall(r"\[[a-z]+(?:\.[a-z0-9_-]+)+\]|\{\{|\{[a-z][A-Za-z]*\}", found["text"])
    wrong += [f"lacks a text: {one}" for one in lacking]
    wrong += [f"console: {fault}" for fault in page.faults]
    return found, wrong


def keep(page, visit, width, locale):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{names_of(visit)}.{width}.{locale[:2]}.png", full_page=True)


# MARK: The tests


def test_no_page_of_the_route_table_is_left_unvisited():
    visited = {visit[2] for visit in VISITS}
    assert routes() - visited - FILES - set(ONWARD) == set(), "visit these pages"
    assert (visited | FILES | set(ONWARD)) - routes() == set(), "these pages are gone"


def test_addresses_that_lead_on_lead_to_a_page(stages):
    for path, target in ONWARD.items():
        page = stages.page("demonstration", "", "zh-CN")
        answer = page.goto(re.sub(r"\{round\}", "demo-2025", path))
        assert answer.status == 200 and target in urllib.parse.urlparse(page.url).path


@pytest.mark.parametrize("visit", VISITS, ids=names_of)
def test_a_page_holds_wide_and_narrow_for_assistive_tools_and_in_both_languages(stages, visit):
    from axe_playwright_python.sync_playwright import Axe

    path, wrong = stages.path(visit), []
    page = stages.page(visit[0], visit[1], "zh-CN")
    for width in (1440, 390):
        wrong += general(page, path, width, "zh-CN")[1]
        keep(page, visit, width, "zh-CN")
    for one in Axe().run(page).response["violations"]:
        if one["impact"] in ("moderate", "serious", "critical"):
            wrong.append(f"axe {one['impact']} {one['id']}: {one['nodes'][0]['html'][:200]} (×{len(one['nodes'])})")
    page = stages.page(visit[0], visit[1], "en-GB")
    found, more = general(page, path, 390, "en-GB")
    keep(page, visit, 390, "en-GB")
    wrong += [f"English: {one}" for one in more]
    # A name or a datum may be Chinese; our own words may not.
    left = {line for line in map(nameless, found["chinese"]) if any(piece in line for piece in chinese_texts())}
    wrong += [f"English page says {line[:80]}" for line in sorted(left)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("visit", VISITS, ids=names_of)
def test_a_page_is_walked_with_the_tab_key_alone(stages, visit):
    path = stages.path(visit)
    page = stages.page(visit[0], visit[1], "zh-CN")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main", "the skip link does not lead into the page"
    # Folds open, so that what lies in them is walked too.
    page.goto(path)
    expected = page.evaluate(FOCUSABLE)
    page.evaluate(WATCH)
    # Once around: a page may gain controls while it is walked; who never comes around is trapped.
    for step in range(2 * expected["stops"] + 60):
        page.keyboard.press("Tab")
        if step >= expected["stops"] and page.evaluate("document.activeElement.matches('body, .skip')"):
            break
    else:
        raise AssertionError("the Tab key is trapped")
    wrong = page.evaluate(WALKED)
    wrong += [f"a mouse alone reaches {what}" for what in expected["mouseOnly"]]
    wrong += [f"positive tabindex: {what}" for what in expected["jumps"]]
    assert not wrong, "\n".join(wrong)
