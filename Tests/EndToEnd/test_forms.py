"""The company's forms in a browser: saving by themselves, losing nothing, merging, and long lists."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from conftest import Server
from test_contract import PASSWORD, credit_code, send, sign_in

SECTION = "/company/rounds/r1/sections/operation"
SERVICE = "/company/rounds/r1/sections/service"
API = "/api/v1/rounds/r1/platforms/p1/cells/"


@pytest.fixture(scope="module")
def office(tmp_path_factory, heng):
    """A server with an open round, one platform, and two people of its company."""
    server = Server(tmp_path_factory.mktemp("forms") / "data").start()
    tokens = {"admin": sign_in(server, "admin")}
    company = credit_code(server)
    people = [("operator", "operator", {}), ("manager", "张三", {"company": company}), ("reporter", "李四", {"company": company})]
    for role, name, more in people:
        account = {"id": role, "displayName": name, "password": PASSWORD, "roles": [role], **more}
        send(server, "POST", "/api/v1/accounts", account, tokens["admin"])
        tokens[role] = sign_in(server, role)
    round_ = {"id": "r1", "scheme": "jiangsu-2025", "title": {"zh": "填报", "en": "Forms"}, "kind": "rehearsal", "cutOff": "2027-12-15"}
    send(server, "POST", "/api/v1/rounds", round_, tokens["operator"])
    owner = {"code": company, "name": "苏州云枢科技有限公司", "region": "320500"}
    platform = {"id": "p1", "name": "云枢平台", "type": "comprehensive", "operator": owner}
    send(server, "POST", "/api/v1/rounds/r1/platforms", platform, tokens["operator"])
    send(server, "POST", "/api/v1/rounds/r1/actions", {"action": "open", "reason": "x"}, tokens["operator"])
    yield server, tokens
    server.stop()


@pytest.fixture
def person(browser, office):
    """Opens a signed-in browser context; console errors other than a lost connection fail the test."""
    server, _ = office
    contexts = []

    def open_(account, width=1440, height=900):
        context = browser.new_context(locale="zh-CN", base_url=server.url, viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text and page.faults.append(message.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto("/sign-in")
        page.fill("input[name=account]", account)
        page.fill("input[name=password]", PASSWORD)
        page.click("form button[type=submit] >> nth=0")
        page.wait_for_load_state()
        return page

    yield open_
    for context in contexts:
        faults = [fault for page in context.pages for fault in page.faults]
        context.close()
        assert faults == []


def declared(office, indicator):
    server, tokens = office
    request = urllib.request.Request(server.url + API + indicator + "/declared", headers={"Authorization": f"Bearer {tokens['manager']}"})
    return json.load(urllib.request.urlopen(request))["values"]


def field(page, name):
    return page.locator(f"#figure-{name.replace('.', '-')}")


def mark(page, indicator):
    return page.locator(f"#{indicator} [data-saved]")


def test_a_field_saves_itself_and_says_so(person, office):
    page = person("manager")
    page.goto(SECTION)
    field(page, "platform-revenue").fill("1500.5")
    mark(page, "platform-revenue").filter(has_text=re.compile(r"\d\d:\d\d 已保存")).wait_for()
    assert declared(office, "platform-revenue")["platform-revenue"] == 1500.5
    field(page, "platform-revenue").fill("15OO")
    page.locator("#platform-revenue .field-error").filter(has_text="不是数字").wait_for()
    page.reload()
    assert field(page, "platform-revenue").input_value() == "15OO"
    field(page, "platform-revenue").fill("1600")
    mark(page, "platform-revenue").filter(has_text="已保存").wait_for()


def test_a_lost_connection_loses_nothing_even_over_a_reload(person, office):
    page = person("manager")
    page.goto(SECTION)
    page.context.set_offline(True)
    field(page, "revenue-share.operator-revenue").fill("8000")
    field(page, "revenue-share.service-revenue").fill("2000")
    page.locator("[data-unsent]").filter(has_text="2 处改动未发送").wait_for()
    assert "revenue-share" not in declared(office, "revenue-share")
    page.context.set_offline(False)
    mark(page, "revenue-share").filter(has_text="已保存").wait_for(timeout=15000)
    assert declared(office, "revenue-share")["revenue-share"] == 25
    # A power cut: the page is gone before anything was sent.
    page.context.set_offline(True)
    field(page, "revenue-share.service-revenue").fill("4000")
    page.locator("[data-unsent]").filter(has_text="1 处").wait_for()
    state = page.context.storage_state()
    page.close()
    page = page.context.new_page()
    page.faults = []
    page.context.set_offline(False)
    page.goto(SECTION)
    mark(page, "revenue-share").filter(has_text="已保存").wait_for(timeout=15000)
    assert declared(office, "revenue-share")["revenue-share"] == 50 and state


def test_two_people_see_each_other_and_merge(person, office):
    zhang, li = person("manager"), person("reporter")
    zhang.goto(SECTION)
    field(zhang, "platform-revenue").fill("1700")
    mark(zhang, "platform-revenue").filter(has_text="已保存").wait_for()
    li.goto(SECTION)
    zhang.locator("[data-others]").filter(has_text="李四 也在填写本部分").wait_for(timeout=20000)
    # Different fields of one form merge without a word.
    field(li, "platform-revenue.related-party").fill("300")
    field(zhang, "platform-revenue").fill("1800")
    mark(li, "platform-revenue").filter(has_text="已保存").wait_for()
    mark(zhang, "platform-revenue").filter(has_text="已保存").wait_for()
    expect(field(li, "platform-revenue")).to_have_value("1800", timeout=20000)
    assert declared(office, "platform-revenue") == {"platform-revenue": 1800, "platform-revenue.related-party": 300}
    # The same field: both values stand side by side until somebody chooses.
    zhang.context.set_offline(True)
    field(zhang, "platform-revenue").fill("1900")
    field(li, "platform-revenue").fill("2000")
    mark(li, "platform-revenue").filter(has_text="已保存").wait_for()
    zhang.context.set_offline(False)
    card = zhang.locator(".merge-card").filter(has_text="李四")
    card.wait_for(timeout=15000)
    assert "2000" in card.inner_text() and "1900" in card.inner_text()
    card.get_by_role("button", name="用我的（1900）").click()
    mark(zhang, "platform-revenue").filter(has_text="已保存").wait_for()
    assert declared(office, "platform-revenue")["platform-revenue"] == 1900


def paste(page, text):
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_rows_are_typed_pasted_mended_and_undone(person, office):
    page = person("manager")
    page.goto(SERVICE)
    sheet = page.locator("#parks-served .listing")
    sheet.get_by_role("button", name="新增一行").click()
    page.keyboard.type("甲园区")
    page.keyboard.press("Tab")
    sheet.locator(".saved").filter(has_text="已保存").wait_for()
    sheet.locator(".listing-foot").filter(has_text="有误 1 行").wait_for()
    sheet.locator("[role=gridcell][data-column='0']").first.focus()
    level = page.evaluate("window.hengSheets.find((one) => one.root.dataset.indicator === 'parks-served').choices.level.find((one) => one.isCounted).title")
    paste(page, f"园区名称\t管理级别\t所在地区\t合同或协议编号\n乙园区\t{level}\t苏州市\tHT-2\n丙园区\t{level}\t无此地\tHT-3\n")
    sheet.locator(".listing-foot").filter(has_text="共 3 行，计入 1 行，有误 2 行").wait_for()
    wrong = sheet.locator(".listing-row").filter(has_text="丙园区").locator("[data-column='2']")
    wrong.dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("苏州市")
    page.keyboard.press("Enter")
    sheet.locator(".listing-foot").filter(has_text="计入 2 行，有误 1 行").wait_for()
    page.keyboard.press("Control+z")
    sheet.locator(".listing-foot").filter(has_text="计入 1 行，有误 2 行").wait_for()
    sheet.locator(".listing-filter").select_option("faulty")
    assert sheet.locator(".listing-row").count() == 2


def test_eight_thousand_rows_scroll_fluently(person, office):
    server, tokens = office
    lines = ["name,code,country,registration,region,product"] + [f"客户{n},,SG,R{n},,平台" for n in range(8000)]
    request = urllib.request.Request(
        server.url + API + "companies-served/items", method="PUT", data="\n".join(lines).encode(),
        headers={"Authorization": f"Bearer {tokens['manager']}", "Content-Type": "text/csv", "If-Match": "*"})
    assert json.load(urllib.request.urlopen(request))["accepted"] == 8000
    page = person("manager")
    page.goto(SERVICE)
    sheet = page.locator("#companies-served .listing")
    sheet.locator(".listing-foot").filter(has_text="共 8,000 行").wait_for()
    assert sheet.locator(".listing-row").count() < 60
    frames = page.evaluate(
        """async () => {
            const view = document.querySelector("#companies-served .listing-view");
            const times = [];
            let last = performance.now();
            for (let step = 1; step <= 60; step += 1) {
                view.scrollTop = (view.scrollHeight / 60) * step;
                await new Promise(requestAnimationFrame);
                const now = performance.now();
                times.push(now - last);
                last = now;
            }
            return times.sort((a, b) => a - b);
        }""")
    print(f"scrolling 8 000 rows: median {frames[30]:.1f} ms a frame, slowest {frames[-1]:.1f} ms")
    assert frames[30] < 100
    assert sheet.locator(".listing-row").last.inner_text().find("客户7999") >= 0
    sheet.locator(".listing-search").fill("客户7777")
    sheet.locator(".listing-row").filter(has_text="客户7777").wait_for()
    assert sheet.locator(".listing-row").count() == 1


def test_the_section_fits_a_phone(person, office, tmp_path):
    page = person("manager", width=390, height=844)
    for address in [SECTION, SERVICE]:
        page.goto(address)
        page.wait_for_timeout(800)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
