"""The index of all reports and the overview: searched with a keyboard, without a server, and read on paper."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import page_checks as checks
import pytest
from playwright.sync_api import Browser, Page

from portfolj.report.failure_page import REFUSED, write_failure_page
from portfolj.report.index import write_site_index
from portfolj.report.layout import FAILURE_FILE, HISTORY_FOLDER
from portfolj.report.overview import write_overview
from published_folders import publish_small

pytestmark = pytest.mark.browser
if checks.chromium_here() is None and not os.environ.get("CI"):
    pytest.skip(checks.NO_BROWSER, allow_module_level=True)
NAMES = {
    "amal": "Samordningsförbundet Åmål", "ostra": "Samordningsförbundet Östra Skåne", "rar": "RAR Sörmland",
    "lund": "Lund & Co (södra)", "ornskold": "Örnsköldsvik",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of five federations: Lund has another period too, Örnsköldsvik failed, Åmål has an earlier report."""
    out = tmp_path_factory.mktemp("site")
    for key, name in NAMES.items():
        money = ("kommun", "unga", "strukturpaverkande", "derived", 1_500_000)
        ended = ",all,all,60,50,20,5,0,0.4600,False" if key != "rar" else ",all,all,,,,,,,True"
        more = [("af", "missbruk", "individinriktad", "stated", 500_000)]
        publish_small(out, key, name=name, interventions=[money, *more], outcomes=[ended], notice="Påhittade rader")
    publish_small(out, "lund", name=NAMES["lund"], period="2014-2016", parameters={"period": "2014-2016"})
    publish_small(out, "amal", created=datetime(2026, 10, 1, tzinfo=UTC), below=f"{HISTORY_FOLDER}/2019/2026-10-01")
    (out / "ornskold" / FAILURE_FILE).write_text("")
    assert write_overview(out)
    write_site_index(out)
    return out


@contextmanager
def window(browser: Browser, path: Path, *, javascript: bool = True) -> Iterator[Page]:
    """The page with its own content policy in force, unlike in the other checks."""
    context = browser.new_context(java_script_enabled=javascript, locale="sv-SE")
    try:
        page = context.new_page()
        page.goto(path.resolve().as_uri())
        yield page
    finally:
        context.close()


def shown(page: Page) -> list[str]:
    """The keys of the federations that can be seen."""
    rows = page.locator("#rapporter tbody tr:visible th span.small")
    return sorted(rows.all_inner_texts())


def test_the_field_is_reached_and_used_and_cleared_with_the_keyboard(browser: Browser, site: Path) -> None:
    with window(browser, site / "index.html") as page:
        assert page.locator("#traffar").inner_text() == "5 av 5 förbund visas."
        for _ in range(3):  # past the way to the content and the overview
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "sok-namn"
        page.keyboard.type("sör")
        assert shown(page) == ["rar"]
        assert page.locator("#traffar").inner_text() == "1 av 5 förbund visas."
        page.keyboard.press("Escape")
        assert len(shown(page)) == 5
        assert page.locator("#sok-namn").input_value() == ""
        page.keyboard.type("finns inte")
        assert shown(page) == []
        assert page.locator("#traffar").inner_text().startswith("Inget förbund passar.")
        for _ in range(3):  # the two lists, then the button
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert len(shown(page)) == 5
        assert page.evaluate("document.activeElement.id") == "sok-namn"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ÅMÅL", ["amal"]),
        ("amal", ["amal"]),
        ("amål", ["amal"]),  # some letters with their marks and some without
        ("skåne östra", ["ostra"]),  # all words, in any order
        ("samordningsförbundet lund", []),
        ("ö", ["lund", "rar", "amal", "ostra", "ornskold"]),  # södra, Sörmland, förbundet, Örnsköldsvik
        ("önd", []),  # a letter with its mark is that letter
        ("(södra)", ["lund"]),
        ("a.", []),  # no expression, only what stands there
        ("rar", ["rar"]),
        ("  ", ["lund", "rar", "amal", "ostra", "ornskold"]),
    ],
)
def test_a_search_takes_letters_as_people_write_them(
    browser: Browser, site: Path, typed: str, found: list[str]
) -> None:
    with window(browser, site / "index.html") as page:
        page.locator("#sok-namn").fill(typed)
        assert shown(page) == sorted(found)


def test_a_federation_that_never_got_a_report_is_found_by_its_name(browser: Browser, tmp_path: Path) -> None:
    publish_small(tmp_path, "lund", name=NAMES["lund"])
    told = {"name": "Samordningsförbundet Östra Skåne", "failure": REFUSED, "message": "Fel."}
    write_failure_page(tmp_path, "sfos", tried=datetime(2026, 11, 27, tzinfo=UTC), **told)
    with window(browser, write_site_index(tmp_path)) as page:
        page.locator("#sok-namn").fill("östra skåne")
        assert shown(page) == ["sfos"]


def test_status_and_period_narrow_the_list_together(browser: Browser, site: Path) -> None:
    with window(browser, site / "index.html") as page:
        page.locator("#sok-lage").select_option(label="Gav ingen ny rapport")
        assert shown(page) == ["ornskold"]
        page.locator("#sok-lage").select_option(label="Klar")
        page.locator("#sok-period").select_option(label="2014–2016")
        assert shown(page) == ["lund"]
        page.locator("#sok-rensa").click()
        assert len(shown(page)) == 5


def test_without_javascript_everything_is_shown_and_nothing_is_promised(browser: Browser, site: Path) -> None:
    with window(browser, site / "index.html", javascript=False) as page:
        assert len(shown(page)) == 5
        assert not page.locator("#sok").is_visible()
        assert page.locator("#traffar").inner_text() == "5 förbund."


def test_no_other_script_runs_on_the_page(browser: Browser, site: Path, tmp_path: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    tampered = tmp_path / "index.html"
    tampered.write_text(html.replace("<main", "<script>document.title = 'hacked'</script><main"), encoding="utf-8")
    with window(browser, tampered) as page:
        assert page.title() != "hacked"
        assert page.locator("#sok").is_visible()  # its own still does


@pytest.mark.parametrize("width", [checks.DESKTOP, checks.PHONE])
@pytest.mark.parametrize("name", ["index.html", "oversikt.html"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_but_named_regions(
    browser: Browser, site: Path, name: str, width: int
) -> None:
    with checks.opened(browser, site / name, width=width) as (page, asked):
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        faults = checks.axe_violations(page) + checks.sideways_overflow(page) + checks.unreachable_regions(page)
        assert faults == []
        assert [address for address in asked if not address.startswith("data:")] == []


@pytest.mark.parametrize("name", ["index.html", "oversikt.html"])
def test_both_pages_fit_on_paper_without_the_search_field(browser: Browser, site: Path, name: str) -> None:
    with checks.opened(browser, site / name, width=checks.DESKTOP) as (page, _):
        text = " ".join(checks.printed_pages(page))
        assert checks.cut_in_print(page) == []
    assert "Åmål" in text
    assert "Visa alla" not in text


def test_what_is_filtered_away_is_not_printed(browser: Browser, site: Path) -> None:
    with checks.opened(browser, site / "index.html", width=checks.DESKTOP) as (page, _):
        page.locator("#sok-namn").fill("åmål")
        text = " ".join(checks.printed_pages(page))
    assert "Åmål" in text
    assert "Örnsköldsvik" not in text
    assert "1 oktober 2026" in text  # the earlier reports are open on paper
