"""Files as offices see them: printed certificates and noisy, turned scans are read and held against the form."""

import io
import json
import random
import time
import urllib.error
import urllib.request
import zipfile

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from test_contract import send
from test_uploads import office  # noqa: F401  (a fixture)

COMPANY = "苏州云枢科技有限公司"
BASE = "/api/v1/rounds/r1/platforms/p1"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
DCMM = [
    ("数据管理能力成熟度等级证书", 26), ("证书编号：DCMM-2024-00123", 15), (f"兹证明  {COMPANY}", 15),
    ("数据管理能力成熟度达到规定要求", 15), ("能力等级：稳健级（3级）", 15), ("发证日期：2024年05月13日", 15), ("有效期至：2027年12月31日", 15),
]
ROWS = [{"number": "DCMM-2024-00123", "level": "3", "holder": COMPANY, "valid-from": "2024-05-13", "valid-to": "2027-12-31"}]


def printed(pages):
    """A PDF with text as programs write it."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=A4)
    for lines in pages:
        y = 760
        for text, size in lines:
            pdf.setFont("STSong-Light", size)
            pdf.drawString(70, y, text)
            y -= size * 2.4
        pdf.showPage()
    pdf.save()
    return out.getvalue()


def scan(lines, seed=1, degrees=1.2, turned=0):
    """A picture of the page with the faults of an office scanner: noise, a slight skew, soft edges."""
    chance = random.Random(seed)
    page = Image.new("L", (1654, 2339), 246)
    draw = ImageDraw.Draw(page)
    y = 260
    for text, size in lines:
        draw.text((210, y), text, fill=28, font=ImageFont.truetype(FONT, int(size * 2.6)))
        y += int(size * 6.2)
    page = page.rotate(degrees, fillcolor=246, resample=Image.BICUBIC).filter(ImageFilter.GaussianBlur(0.7))
    pixels = page.load()
    for _ in range(25_000):
        pixels[chance.randrange(page.width), chance.randrange(page.height)] = chance.randrange(120, 256)
    out = io.BytesIO()
    page.rotate(turned, expand=True, fillcolor=246).save(out, "JPEG", quality=78)
    return out.getvalue()


def scanned_pdf(pictures):
    out = io.BytesIO()
    images = [Image.open(io.BytesIO(picture)) for picture in pictures]
    images[0].save(out, "PDF", resolution=200, save_all=True, append_images=images[1:])
    return out.getvalue()


def call(server, token, method, path, body=None, type_="application/json", headers=()):
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    request = urllib.request.Request(server.url + path, data, method=method)
    request.add_header("Authorization", f"Bearer {token}")
    if data is not None:
        request.add_header("Content-Type", type_)
    for name, value in headers:
        request.add_header(name, value)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def attach(server, token, content, name="证书.pdf", cell="dcmm-level", requirement="certificate", platform="p1"):
    from urllib.parse import quote

    path = f"/api/v1/rounds/r1/platforms/{platform}/cells/{cell}/evidence?name={quote(name)}&requirement={requirement}"
    status, body = call(server, token, "POST", path, content, "application/octet-stream")
    assert status == 201, body
    return json.loads(body)["digest"]


def list_rows(server, token, rows=ROWS):
    status, body = call(
        server, token, "PUT", BASE + "/cells/dcmm-level/items", {"rows": rows}, headers=[("If-Match", '"0"')])
    assert status == 200 and json.loads(body)["accepted"] == len(rows), body


def read(server, token, digest, seconds=240):
    """Waits until the file's reading has ended and answers its state line."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = json.loads(call(server, token, "GET", f"/uploads/states?digests={digest}")[1])[digest]
        if not state["isPending"]:
            return state
        time.sleep(0.5)
    raise AssertionError("the file was not read in time")


def findings(server, token, platform="p1"):
    status, body = call(server, token, "GET", f"/api/v1/rounds/r1/platforms/{platform}/evidence-findings")
    assert status == 200, body
    return json.loads(body)["items"]


def test_a_printed_certificate_that_agrees_raises_nothing(office):  # noqa: F811
    server, tokens = office
    list_rows(server, tokens["manager"])
    digest = attach(server, tokens["manager"], printed([DCMM]))
    assert read(server, tokens["manager"], digest)["tone"] == "good"
    assert findings(server, tokens["manager"]) == []


@pytest.mark.parametrize("seed,degrees,turned", [(1, 1.2, 0), (2, -1.5, 0), (3, 0.6, 180)])
def test_a_scan_is_read_through_noise_and_skew(office, seed, degrees, turned):  # noqa: F811
    server, tokens = office
    list_rows(server, tokens["manager"], [{**ROWS[0], "level": "4"}])
    digest = attach(server, tokens["manager"], scanned_pdf([scan(DCMM, seed, degrees, turned)]))
    state = read(server, tokens["manager"], digest)
    assert state["tone"] == "good", state
    found = findings(server, tokens["manager"])
    assert [item["code"] for item in found] == ["submit.check.level"], found
    assert found[0]["page"] == 1 and found[0]["severity"] == "warning"


def test_a_foreign_certificate_is_told_and_can_be_overruled_with_a_reason(office):  # noqa: F811
    server, tokens = office
    list_rows(server, tokens["manager"])
    foreign = [(text.replace(COMPANY, "南京他人网络有限公司"), size) for text, size in DCMM]
    digest = attach(server, tokens["manager"], printed([foreign]))
    read(server, tokens["manager"], digest)
    (finding,) = findings(server, tokens["manager"])
    assert finding["code"] == "submit.check.holder" and "南京他人网络有限公司" in finding["message"]
    decision = {"indicator": "dcmm-level", "digest": digest, "finding": finding["key"], "overruled": True, "reason": "已更名"}
    path = BASE + "/evidence-findings/decisions"
    assert call(server, tokens["manager"], "POST", path, decision)[0] == 403
    assert call(server, tokens["operator"], "POST", path, {**decision, "reason": " "})[0] == 422
    assert call(server, tokens["operator"], "POST", path, decision)[0] == 204
    (after,) = findings(server, tokens["operator"])
    assert after["overruled"] and after["reason"] == "已更名"


def test_pages_are_drawn_for_those_who_may_see_them(office):  # noqa: F811
    server, tokens = office
    digest = attach(server, tokens["manager"], printed([DCMM, DCMM]))
    for page in (1, 2):
        status, png = call(server, tokens["operator"], "GET", f"/evidence/{digest}/pages/{page}.png")
        assert status == 200 and Image.open(io.BytesIO(png)).width == 1400
    thumb = call(server, tokens["operator"], "GET", f"/evidence/{digest}/pages/1.png?width=160")[1]
    assert Image.open(io.BytesIO(thumb)).width == 160
    assert call(server, tokens["operator"], "GET", f"/evidence/{digest}/pages/3.png")[0] == 404
    assert call(server, tokens["admin"], "GET", f"/evidence/{digest}/pages/1.png")[0] == 404
    photo = attach(server, tokens["manager"], scan(DCMM), "照片.jpg")
    status, png = call(server, tokens["operator"], "GET", f"/evidence/{photo}/pages/1.png")
    assert status == 200 and Image.open(io.BytesIO(png)).width == 1400


def test_ten_thousand_pages_and_a_bomb_of_text_harm_nobody(office):  # noqa: F811
    server, tokens = office
    many = io.BytesIO()
    pdf = canvas.Canvas(many)
    for number in range(10_000):
        pdf.drawString(50, 700, f"page {number} with enough letters to be text")
        pdf.showPage()
    pdf.save()
    digest = attach(server, tokens["manager"], many.getvalue(), cell="platform-revenue", requirement="audit-report")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document><w:t>" + "字" * 120_000_000 + "</w:t></w:document>")
    text = attach(server, tokens["manager"], bomb.getvalue(), "说明.docx", "platform-revenue", "audit-report")
    assert "300" in read(server, tokens["manager"], digest)["state"]
    read(server, tokens["manager"], text)
    status, page = call(server, tokens["manager"], "GET", f"/evidence/{digest}?page=9990")
    assert status == 200 and b"page-9990" in page
    assert server.process.poll() is None


def test_the_same_file_and_nearly_the_same_text_in_two_submissions_are_shown_to_offices_only(office):  # noqa: F811
    server, tokens = office
    other = "91320500MA1ABCDF"
    from test_contract import credit_code

    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weights = [3, 7, 9, 10, 5, 8, 4, 2]
    rest = 11 - sum(letters.index(c) * w for c, w in zip("MA1ABCDF", weights)) % 11
    body = other + {10: "X", 11: "0"}.get(rest, str(rest))
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    code = body + alphabet[-sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31]
    assert credit_code(server) != code
    from test_contract import PASSWORD, sign_in

    account = {"id": "second", "displayName": "second", "password": PASSWORD, "roles": ["manager"], "company": code}
    send(server, "POST", "/api/v1/accounts", account, tokens["admin"])
    second = sign_in(server, "second")
    owner = {"code": code, "name": "苏州另一家科技有限公司", "region": "320500"}
    platform = {"id": "p2", "name": "另一平台", "type": "comprehensive", "operator": owner}
    send(server, "POST", "/api/v1/rounds/r1/platforms", platform, tokens["operator"])
    chance = random.Random(7)
    words = ["注塑车间", "能耗曲线", "换模时间", "质量缺陷", "刀具寿命", "排产计划", "边缘网关", "工艺参数", "库存周转", "振动信号", "检测中心", "供应商"]
    case = ["，".join(chance.sample(words, 5)) + "。" for _ in range(60)]
    edited = [line if number % 9 else "这一句由另一家企业改写过。" for number, line in enumerate(case)]
    certificate = printed([DCMM])
    for token, name, lines in [(tokens["manager"], "p1", case), (second, "p2", edited)]:
        attach(server, token, certificate, platform=name)
        own = printed([[(line, 11) for line in lines[start:start + 20]] for start in (0, 20, 40)])
        read(server, token, attach(server, token, own, "案例.pdf", "platform-revenue", "audit-report", name))
    assert all(not item["code"].startswith("submit.duplicate") for item in findings(server, tokens["manager"]))
    shared = {item["code"]: item for item in findings(server, tokens["operator"]) if item["code"].startswith("submit.duplicate")}
    assert set(shared) == {"submit.duplicate.file", "submit.duplicate.text"}, shared
    assert "另一平台" in shared["submit.duplicate.text"]["message"]
