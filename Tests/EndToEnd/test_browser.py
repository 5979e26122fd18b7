"""The authority's way through a finished round, in a real browser."""

import json

import pytest

from conftest import PASSWORD

ROUND = "demo-2025"


def sign_in(page, account):
    page.goto("/sign-in")
    page.fill("input[name=account]", account)
    page.fill("input[name=password]", PASSWORD)
    page.click("form[action='/sign-in'] button[type=submit]")
    page.wait_for_load_state("networkidle")
    assert page.locator("form[action='/sign-out']").count() == 1, "nobody is signed in"


def test_the_authority_signs_in_computes_opens_a_sheet_switches_the_language_and_downloads(working_page):
    page = working_page
    sign_in(page, "operator")
    page.goto(f"/authority/rounds/{ROUND}")
    assert page.locator("table.heat tbody tr").count() == 6
    assert page.locator(".round-banner").is_visible(), "the demonstration is not marked"
    page.click("#compute form button[type=submit]")
    page.wait_for_selector("#compute a[href$='/result']", timeout=30_000)

    page.goto(f"/rounds/{ROUND}/result")
    first = page.locator("table.ranking tbody tr").first.locator("a").first
    name = first.inner_text()
    first.click()
    page.wait_for_load_state("networkidle")
    assert name in page.locator("h1").inner_text()
    row = page.locator("main details").first
    row.locator("summary").click()
    assert row.get_attribute("open") is not None

    page.click("a[hreflang=en]")
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "demonstration" in page.locator(".round-banner").inner_text().lower()

    page.goto(f"/rounds/{ROUND}/result")
    with page.expect_download() as download:
        page.locator("a[href*='result.csv']").first.click()
    lines = open(download.value.path(), encoding="utf-8-sig").read().strip().split("\n")
    assert len(lines) == 7


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "path",
    ["/", f"/rounds/{ROUND}/result", f"/rounds/{ROUND}/method", f"/rounds/{ROUND}/platforms/P01", "/log", "/log/0",
     "/sign-in", "/problems/web.not_found"],
)
def test_every_public_page_fits_its_width_and_names_every_text(page, path, width):
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(path)
    page.wait_for_load_state("networkidle")
    assert answer.status == 200
    text = page.locator("body").inner_text()
    assert "[web." not in text and "{{" not in text
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, "the page scrolls sideways"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "account,path",
    [("operator", f"/authority/rounds/{ROUND}"), ("p01-manager", f"/company/rounds/{ROUND}"),
     ("p01-manager", f"/company/rounds/{ROUND}/sections/foundation"), ("p01-manager", f"/company/rounds/{ROUND}/port")],
)
def test_every_page_behind_the_sign_in_fits_its_width(page, account, path, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, account)
    answer = page.goto(path)
    page.wait_for_load_state("networkidle")
    assert answer.status == 200
    assert "[web." not in page.locator("body").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, "the page scrolls sideways"


def test_nobody_sees_the_authoritys_pages_or_a_companys(page):
    for path in (f"/authority/rounds/{ROUND}", f"/company/rounds/{ROUND}"):
        answer = page.request.get(path, headers={"Accept": "text/html"}, max_redirects=0)
        assert answer.status in (303, 401, 403)


def test_the_published_ranking_is_the_same_in_json_and_csv(page):
    document = json.loads(page.request.get(f"/api/v1/rounds/{ROUND}/result").text())
    rows = page.request.get(f"/api/v1/rounds/{ROUND}/result.csv").text().lstrip("\ufeff").strip().split("\n")
    assert len(document["units"]) == len(rows) - 1 == 40
