"""Pages as a reader meets them: in a window, on a phone, with a keyboard and on paper."""

from __future__ import annotations

import os
from pathlib import Path

import page_checks as checks
import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
if checks.chromium_here() is None and not os.environ.get("CI"):
    pytest.skip(checks.NO_BROWSER, allow_module_level=True)

# Axe reads what a page says, which is the same at every width and, but for its words, in every report.
AXE_AGAIN = {"index.html", "oversikt.html", "fel.html", "portfolio.html"}


@pytest.mark.parametrize("width", [checks.DESKTOP, checks.PHONE])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_but_named_regions(
    browser: Browser, published_pages: list[Path], width: int
) -> None:
    faults = {}
    for path in published_pages:
        with checks.opened(browser, path, width=width) as (page, _):
            faults[path.name] = checks.sideways_overflow(page) + checks.unreachable_regions(page)
            if path.name in AXE_AGAIN or (width == checks.DESKTOP and "elak" not in path.parts):
                faults[path.name] += checks.axe_violations(page)
    assert not any(faults.values()), faults


def test_a_page_asks_no_host_for_anything(browser: Browser, published_pages: list[Path]) -> None:
    for path in published_pages:
        with checks.opened(browser, path, width=checks.DESKTOP) as (page, asked):
            page.wait_for_load_state("networkidle")
            # Addresses inside the page itself are no requests.
            assert [address for address in asked if not address.startswith("data:")] == [], path.name


def test_the_notice_stands_on_every_printed_page(browser: Browser, published_pages: list[Path]) -> None:
    noticed = [path for path in published_pages if checks.notice_of(path)]
    assert noticed, "no page has a notice to look for"
    for path in noticed:
        with checks.opened(browser, path, width=checks.DESKTOP) as (page, _):
            sheets = checks.printed_pages(page)
        notice = checks.notice_of(path)
        assert [number for number, text in enumerate(sheets, start=1) if notice not in text] == [], path.name
        assert f"Sida {len(sheets)} av {len(sheets)}" in sheets[-1], path.name


def test_tables_and_figures_fit_on_printed_paper(browser: Browser, published_pages: list[Path]) -> None:
    for path in published_pages:
        with checks.opened(browser, path, width=checks.DESKTOP) as (page, _):
            assert checks.cut_in_print(page) == [], path.name


def test_the_first_tab_stop_leads_past_the_header(browser: Browser, published_pages: list[Path]) -> None:
    for path in published_pages:
        with checks.opened(browser, path, width=checks.DESKTOP) as (page, _):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == "Till innehållet", path.name
            assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0, path.name
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.tagName") == "MAIN", path.name


def test_hostile_text_does_nothing(browser: Browser, sample_report: Path) -> None:
    with checks.opened(browser, sample_report / "sample.html", width=checks.DESKTOP) as (page, _):
        alerts: list[str] = []
        page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
        page.reload()
        assert page.title().startswith("Vad förbundet beviljade")
        assert page.locator("main script, main img[src='x']").count() == 0
        assert page.get_by_text("<script>document.title='hacked'</script>").count() > 0
    assert alerts == []


def test_the_checks_see_a_faulty_page(browser: Browser, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.html"
    faulty.write_text(
        "<!doctype html><html><body><img src='http://127.0.0.1:9/x.png'><div style='width:2000px'>bred</div></body>",
        encoding="utf-8",
    )
    with checks.opened(browser, faulty, width=checks.PHONE) as (page, asked):
        rules = {fault.partition(":")[0] for fault in checks.axe_violations(page)}
        assert {"html-has-lang", "document-title", "image-alt", "landmark-one-main"} <= rules
        assert checks.sideways_overflow(page) == ["DIV."]
        assert asked == ["http://127.0.0.1:9/x.png"]
