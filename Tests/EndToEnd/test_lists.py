"""Lists from spreadsheets, the authority's ledger and the last round, clicked in a browser."""

import io
import json
import urllib.parse
import urllib.request

import openpyxl
import pytest

from conftest import Server
from test_contract import PASSWORD, credit_code, send, sign_in
from test_forms import person  # noqa: F401  (a fixture)

SERVICE = "/company/rounds/r1/sections/service"
OPERATION = "/company/rounds/r1/sections/operation"


@pytest.fixture(scope="module")
def office(tmp_path_factory, heng):
    """A server with an earlier round in which the company declared, an open one, and a ledger of the authority."""
    server = Server(tmp_path_factory.mktemp("lists") / "data").start()
    tokens = {"admin": sign_in(server, "admin")}
    company = credit_code(server)
    for role, more in [("operator", {}), ("manager", {"company": company})]:
        account = {"id": role, "displayName": role, "password": PASSWORD, "roles": [role], **more}
        send(server, "POST", "/api/v1/accounts", account, tokens["admin"])
        tokens[role] = sign_in(server, role)
    owner = {"code": company, "name": "苏州云枢科技有限公司", "region": "320500"}
    for round_, title in [("r0", "上一轮评价"), ("r1", "本轮评价")]:
        body = {"id": round_, "scheme": "jiangsu-2025", "title": {"zh": title, "en": round_}, "kind": "rehearsal", "cutOff": "2027-12-15"}
        send(server, "POST", "/api/v1/rounds", body, tokens["operator"])
        platform = {"id": "p1", "name": "云枢平台", "type": "comprehensive", "operator": owner}
        send(server, "POST", f"/api/v1/rounds/{round_}/platforms", platform, tokens["operator"])
        send(server, "POST", f"/api/v1/rounds/{round_}/actions", {"action": "open", "reason": "x"}, tokens["operator"])
    put(server, tokens["manager"], "/api/v1/rounds/r0/platforms/p1/cells/platform-revenue/declared",
        json.dumps({"values": {"platform-revenue": 3260.5}}).encode(), "application/json", '"0"')
    query = urllib.parse.urlencode({
        "title": "智改数转网联诊断台账", "issuer": "省工信厅", "date": "2025-03-01", "indicator": "diagnosis-projects"})
    ledger = "统一社会信用代码,企业名称,平台名称,年度\n" + "".join(
        f"{code},被诊断企业{n}有限公司,云枢平台,{2022 + n}\n" for n, code in enumerate([company, credit_code(server)]))
    request = urllib.request.Request(
        f"{server.url}/api/v1/rounds/r1/lists?{query}", ledger.encode(), method="POST",
        headers={"Authorization": f"Bearer {tokens['operator']}", "Content-Type": "text/csv"})
    try:
        urllib.request.urlopen(request).read()
    except urllib.error.HTTPError as refused:
        raise AssertionError(refused.read().decode()) from refused
    yield server, tokens
    server.stop()


def put(server, token, path, content, kind, tag):
    request = urllib.request.Request(server.url + path, content, method="PUT", headers={
        "Authorization": f"Bearer {token}", "Content-Type": kind, "If-Match": tag})
    return json.load(urllib.request.urlopen(request))


def workbook(template, rows):
    """The template with rows filled in below its header, as a company does it."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    first = next(number for number in range(1, sheet.max_row + 1) if sheet.cell(number, 1).value) + 1
    for offset, row in enumerate(rows):
        for column, value in enumerate(row, 1):
            sheet.cell(first + offset, column).value = value
    out = io.BytesIO()
    book.save(out)
    return {"name": "园区清单.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}


def test_a_template_filled_in_previewed_imported_and_corrected(person, office):  # noqa: F811
    page = person("manager")
    page.goto(SERVICE)
    cell = page.locator("#parks-served")
    with page.expect_download() as download:
        cell.get_by_role("link", name="下载模板").click()
    template = open(download.value.path(), "rb").read()
    sheet = cell.locator(".listing")
    sheet.locator(".listing-foot").wait_for()
    level = page.evaluate(
        "window.hengSheets.find((one) => one.root.dataset.indicator === 'parks-served').choices.level.find((one) => one.isCounted).title")
    rows = [["甲园区", level, "苏州市", "HT-1"], ["乙园区", level, "无此地", "HT-2"], ["甲园区", level, "苏州市", "HT-1"]]

    def choose(rows):
        cell.locator("input[type=file]").first.set_input_files(workbook(template, rows))
        cell.get_by_role("button", name="导入清单").click()
        return cell.locator(".merge-card, .import-card").filter(has=page.get_by_role("button", name="导入并替换"))

    card = choose(rows)
    card.filter(has_text="可计入 1 行，有误 1 处，重复 1 行").wait_for()
    assert "无此地" in card.inner_text() or "第 3 行" in card.inner_text() or "所在地区" in card.inner_text()
    card.get_by_role("button", name="导入并替换").click()
    sheet.locator(".listing-foot").filter(has_text="计入 1 行，有误 1 行，重复 1 行").wait_for()
    rows[1][2], rows[2][0] = "苏州市", "丙园区"
    card = choose(rows)
    card.filter(has_text="可计入 3 行，有误 0 处，重复 0 行").wait_for()
    card.get_by_role("button", name="导入并替换").click()
    sheet.locator(".listing-foot").filter(has_text="计入 3 行，有误 0 行，重复 0 行").wait_for()


def test_the_ledger_fills_the_list_once(person, office):  # noqa: F811
    page = person("manager")
    page.goto(SERVICE)
    page.get_by_role("button", name="从台账预填").click()
    page.get_by_text("已从台账预填").wait_for()
    foot = page.locator("#diagnosis-projects .listing .listing-foot")
    foot.filter(has_text="共").wait_for()
    before = foot.inner_text()
    assert "共 0 行" not in before, before
    page.get_by_role("button", name="从台账预填").click()
    page.wait_for_load_state()
    page.goto(SERVICE)
    foot.filter(has_text="共").wait_for()
    assert foot.inner_text() == before


def test_the_last_round_is_copied_into_blank_fields(person, office):  # noqa: F811
    page = person("manager")
    page.goto(OPERATION)
    page.get_by_text("上一轮“上一轮评价”").wait_for()
    page.get_by_role("button", name="复制上一轮").click()
    page.get_by_text("已从上一轮复制 1 项").wait_for()
    assert float(page.locator("#figure-platform-revenue").input_value()) == 3260.5
