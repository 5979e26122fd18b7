"""Four people who never touch a mouse; and an expert on a train, whose line comes and goes."""

import re
import shutil

import pytest
from playwright.sync_api import expect

import page_stages
from conftest import PASSWORD, Server
from page_stages import OWN, ROUND
from round_drive import PLATFORM, Person, pdf, print_and_stamp, submission

AUTHORITY = f"/authority/rounds/{ROUND}"
CASE = f"/expert/rounds/{ROUND}/cases/scenarios/{PLATFORM}"


@pytest.fixture(scope="module")
def stages(tmp_path_factory, heng):
    return page_stages.prepare(tmp_path_factory.mktemp("stages"))


@pytest.fixture
def stage(stages, tmp_path):
    """Starts a copy of a stage, so that what a test does there stays its own."""
    started = []

    def start(name):
        copy = tmp_path / name
        shutil.copytree(stages / name, copy)
        shutil.copy(f"{stages / name}.personal-key", f"{copy}.personal-key")
        started.append(Server(copy).start())
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def reader(browser):
    """A page whose console fails the test, but for what a lost line says."""
    contexts = []

    def open_(server, context=None):
        if context is None:
            context = browser.new_context(
                locale="zh-CN", base_url=server.url, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            contexts.append(context)
            context.faults = []
        page = context.new_page()
        page.on("console", lambda message: message.type == "error"
                and not re.search("ERR_INTERNET_DISCONNECTED|412", message.text) and context.faults.append(message.text))
        page.on("pageerror", lambda error: context.faults.append(str(error)))
        return page

    yield open_
    for context in contexts:
        faults = context.faults
        context.close()
        assert faults == []


def tab_to(page, selector, most=400):
    """Presses Tab until the focus is where a person wants it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the Tab key never reaches {selector}")


def sign_in(page, account):
    page.goto("/sign-in")
    if page.evaluate("document.activeElement.name") != "account":
        tab_to(page, "input[name=account]", 20)
    page.keyboard.type(account)
    tab_to(page, "input[name=password]", 3)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action='/sign-out']")


def follow(page, selector):
    """Goes to a link or a button by Tab and opens it by Enter."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def unfold(page, selector):
    """Opens a fold by Tab and Enter."""
    tab_to(page, selector)
    page.keyboard.press("Enter")


# MARK: By the keyboard alone


def test_a_company_signs_in_fills_a_field_adds_a_row_uploads_and_submits_by_keyboard(stage, reader, tmp_path):
    server = stage("filling")
    page = reader(server)
    sign_in(page, "manager")
    page.goto(f"/company/rounds/{ROUND}")
    follow(page, "main a[href$='/sections/service']")
    tab_to(page, "#parks-served .listing button:not([disabled])")
    if "新增" not in page.evaluate("document.activeElement.textContent"):
        page.keyboard.press("Tab")
    assert "新增" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.type("昆山高新技术产业开发区")
    for text in ("国家级", "昆山市", "HT-2024-002"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.locator("#parks-served .listing-foot").filter(has_text="共 2 行").wait_for()
    # Out of the grid again, on to the next thing.
    page.keyboard.press("Escape")
    page.goto(f"/company/rounds/{ROUND}/sections/operation")
    tab_to(page, "#figure-platform-revenue")
    page.keyboard.press("Control+a")
    page.keyboard.type("3270")
    page.keyboard.press("Tab")
    page.locator("#platform-revenue [data-saved]").filter(has_text=re.compile("已保存")).wait_for()
    paper = tmp_path / "合同.pdf"
    paper.write_bytes(pdf("a contract by keyboard"))
    tab_to(page, "#platform-revenue input[type=file]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(paper)
    page.locator("#platform-revenue").get_by_text("合同.pdf").first.wait_for()
    manager = Person(server, "manager").sign_in()
    declared = manager.json("GET", f"{OWN}/cells/platform-revenue/declared")["values"]
    assert declared["platform-revenue"] == 3270
    print_and_stamp(manager)
    page.goto(f"/company/rounds/{ROUND}")
    unfold(page, "summary.button-main")
    tab_to(page, "details[open] button[type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert submission(manager)["state"] == "county-review"


def test_a_clerk_works_the_queue_by_keyboard(stage, reader):
    server = stage("review")
    page = reader(server)
    sign_in(page, "city")
    page.goto(f"{AUTHORITY}/queue")
    title = page.locator("#desk-item")
    first = title.inner_text()
    with page.expect_navigation():
        page.keyboard.press("j")
    second = title.inner_text()
    assert second != first
    with page.expect_navigation():
        page.keyboard.press("k")
    assert title.inner_text() == first
    with page.expect_navigation():
        page.keyboard.press("a")
    city = Person(server, "city").sign_in()
    assert title.inner_text() == second, "the next item is not opened"
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "return-reason"
    page.keyboard.type("请补充第 3 页，并加盖公章。")
    tab_to(page, "details[open] button[type=submit]", 3)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    returned = [
        cell for cell in city.json("GET", f"{OWN}/cells")["items"] if f"{cell.get('returned')}".find("第 3 页") >= 0]
    assert returned or page.get_by_text("已退回").count() > 0
    # And without any shortcut: by Tab to the same button.
    third = title.inner_text()
    tab_to(page, "button[data-key=a]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert title.inner_text() != third


def test_an_expert_marks_a_case_and_hands_in_by_keyboard(stage, stages, reader):
    server = stage("experts")
    account = seat(stages)
    page = reader(server)
    sign_in(page, account)
    page.goto(f"/expert/rounds/{ROUND}")
    follow(page, ".expert-cases a")
    for number, mark in enumerate((17, 16, 33, 15), 1):
        tab_to(page, f"[name=criterion-{number}]", 60)
        page.keyboard.type(str(mark))
    assert page.locator("[name=mark]").input_value() == "81"
    page.locator("[data-expert-said=saved]").wait_for()
    tab_to(page, "button[value=hand-in]", 6)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert own_mark(server, account) == 81


def test_the_panel_settles_a_platform_by_keyboard(stage, reader):
    server = stage("panel")
    page = reader(server)
    sign_in(page, "panelist")
    page.goto(f"{AUTHORITY}/panel")
    tab_to(page, "main input[type=checkbox]")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.checked")
    panel = Person(server, "panelist").sign_in()
    form = "form[action$='/panel/preview']"
    if page.locator(f"details:has({form})").count():
        unfold(page, f"details:has({form}) > summary")
    follow(page, f"{form} button[type=submit]")
    tab_to(page, "form[action$='/panel/settlements'] textarea, form[action$='/panel/settlements'] button")
    if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
        page.keyboard.type("会审一致通过")
        tab_to(page, "form[action$='/panel/settlements'] button[type=submit]", 4)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert submission(panel)["state"] == "settled"


# MARK: The expert's marks without a line


def seat(stages):
    import json

    return json.loads((stages / "seats.json").read_text())[0]


def own_mark(server, account):
    return Person(server, account).sign_in().json("GET", f"{OWN}/marks/scenarios")["own"]["mark"]


def draft_is(page, mark):
    """The page as the server has it, seen in a tab that keeps nothing."""
    answer = page.request.get(CASE).text()
    return re.search(r'name="mark"[^>]*value="([^"]*)"', answer).group(1) == mark


def open_case(page, account):
    sign_in(page, account)
    page.goto(CASE)


def test_marks_typed_without_a_line_are_kept_over_a_reload_and_sent_when_it_is_back(stage, stages, reader):
    server = stage("experts")
    page = reader(server)
    open_case(page, seat(stages))
    page.context.set_offline(True)
    page.locator("[name=criterion-1]").fill("18")
    page.locator("[name=comment]").fill("隧道里写的评语")
    page.locator("[data-expert-said=offline]").wait_for()
    # Handing in does not lose the page for an error of the browser.
    page.locator("button[value=hand-in]").click()
    assert page.locator("[name=comment]").input_value() == "隧道里写的评语"
    # The tab is gone before the line is back.
    context = page.context
    page.close()
    context.set_offline(False)
    page = reader(server, context)
    page.goto(f"/expert/rounds/{ROUND}")
    assert page.locator(".expert-kept").is_visible(), "the list does not say that something is kept here"
    page.goto(CASE)
    expect(page.locator("[name=criterion-1]")).to_have_value("18")
    expect(page.locator("[name=comment]")).to_have_value("隧道里写的评语")
    page.locator("[data-expert-said=back]").wait_for(timeout=20000)
    assert "隧道里写的评语" in page.request.get(CASE).text(), "the draft did not arrive"
    page.goto(f"/expert/rounds/{ROUND}")
    assert not page.locator(".expert-kept").is_visible()


def test_the_line_comes_back_and_the_open_page_sends_by_itself(stage, stages, reader):
    server = stage("experts")
    page = reader(server)
    open_case(page, seat(stages))
    page.context.set_offline(True)
    page.locator("[name=mark]").fill("77")
    page.locator("[data-expert-said=offline]").wait_for()
    page.context.set_offline(False)
    page.locator("[data-expert-said=back]").wait_for(timeout=20000)
    assert draft_is(page, "77")


def test_two_tabs_of_one_browser_hold_one_draft(stage, stages, reader):
    server = stage("experts")
    first = reader(server)
    open_case(first, seat(stages))
    second = reader(server, first.context)
    second.goto(CASE)
    first.locator("[name=mark]").fill("71")
    expect(second.locator("[name=mark]")).to_have_value("71")
    first.locator("[data-expert-said=saved]").wait_for()
    second.locator("[name=comment]").fill("第二个窗口写的评语")
    second.locator("[data-expert-said=saved]").wait_for()
    assert draft_is(first, "71")
    expect(first.locator("[name=comment]")).to_have_value("第二个窗口写的评语")
    first.locator("[name=criterion-1]").fill("15")
    first.locator("[data-expert-said=saved]").wait_for()
    assert "第二个窗口写的评语" in first.request.get(CASE).text(), "the first tab has overwritten the second"


def test_two_devices_do_not_overwrite_each_other_and_the_expert_chooses(stage, stages, reader):
    server = stage("experts")
    phone, desk = reader(server), reader(server)
    open_case(phone, seat(stages))
    open_case(desk, seat(stages))
    phone.context.set_offline(True)
    phone.locator("[name=mark]").fill("64")
    phone.locator("[data-expert-said=offline]").wait_for()
    desk.locator("[name=mark]").fill("71")
    desk.locator("[data-expert-said=saved]").wait_for()
    phone.context.set_offline(False)
    phone.locator("[data-expert-said=other]").wait_for(timeout=20000)
    assert draft_is(desk, "71"), "the phone has overwritten the desk"
    phone.reload()
    phone.locator("[data-expert-said=other]").wait_for()
    assert draft_is(desk, "71"), "the phone's reload has overwritten the desk"
    expect(phone.locator("[name=mark]")).to_have_value("64")
    phone.locator("[data-expert-take=mine]").click()
    phone.locator("[data-expert-said=saved]").wait_for()
    assert draft_is(desk, "64")
    desk.locator("[name=comment]").fill("桌面上后写的")
    desk.locator("[data-expert-said=other]").wait_for()
    desk.locator("[data-expert-take=theirs]").click()
    expect(desk.locator("[name=mark]")).to_have_value("64")
    expect(desk.locator("[name=comment]")).to_have_value("")


def test_marks_of_others_stay_hidden_until_all_are_in(stage, stages, reader):
    server = stage("experts")
    page = reader(server)
    open_case(page, seat(stages))
    text = page.locator("main").inner_text()
    assert "76" not in text and "78" not in text
    assert page.locator("#marks").count() == 0
    found = Person(server, seat(stages)).sign_in().json("GET", f"{OWN}/marks/scenarios")
    assert found["marks"] == [] and found.get("own") is None and found["count"] == 2
