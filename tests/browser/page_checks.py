"""What a browser shows of a folder of published pages: axe-core, overflow, requests, print.

Every function takes a page address and gives faults as sentences, so that any folder can be checked with them.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

DESKTOP, PHONE = 1280, 320
A4_TEXT_WIDTH = 665  # 176 mm between the margins, at 96 pixels an inch
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
NO_BROWSER = "ingen webbläsare: installera chromium (Debian och Ubuntu: apt install chromium) för att prova sidorna"
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
_OVERFLOWING = """width => [...document.querySelectorAll('body *')].filter(element =>
    element.getBoundingClientRect().right > width + 1 && !element.closest('.scroll') && !element.matches('.unseen')
  ).map(element => element.tagName + '.' + element.className)"""


def chromium_here() -> str | None:
    """The path of the machine's own Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def opened(browser: Browser, path: Path, *, width: int) -> Iterator[tuple[Page, list[str]]]:
    """The page in a window of that width with the network shut, and the list of addresses it asked for."""
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, locale="sv-SE")
    asked: list[str] = []
    try:
        page = context.new_page()
        own = path.resolve().as_uri()

        def answer(route) -> None:  # type: ignore[no-untyped-def]
            if route.request.url == own:
                route.continue_()
            else:
                asked.append(route.request.url)
                route.abort()

        page.route("**/*", answer)
        page.goto(own)
        yield page, asked
    finally:
        context.close()


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and its best practices."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = json.dumps({"runOnly": {"type": "tag", "values": AXE_TAGS}})
    found = page.evaluate(f"axe.run(document, {options})")
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{rule['id']}: {rule['help']}: {'; '.join(node['html'][:120] for node in rule['nodes'][:3])}"
        for rule in found["violations"]
    ]


def sideways_overflow(page: Page) -> list[str]:
    """What makes the page itself scroll sideways. Regions that scroll on their own may."""
    width = page.evaluate("document.documentElement.clientWidth")
    if page.evaluate("document.documentElement.scrollWidth") <= width:
        return []
    return page.evaluate(_OVERFLOWING, width)[:5] or ["the page is wider than its window"]


def cut_in_print(page: Page) -> list[str]:
    """Captions of tables that are wider than a printed A4 page."""
    page.set_viewport_size({"width": A4_TEXT_WIDTH, "height": 900})
    page.emulate_media(media="print")
    cut = page.evaluate(
        "() => [...document.querySelectorAll('table, img, pre')].filter(element =>"
        " element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
        ".map(element => element.caption ? element.caption.textContent : element.tagName)"
    )
    page.emulate_media(media="screen")
    return cut


def printed_pages(page: Page) -> list[str]:
    """The text of each page as printed, in one line each."""
    document = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [" ".join(sheet.extract_text().split()) for sheet in document.pages]


def unreachable_regions(page: Page) -> list[str]:
    """Regions that scroll but can't be reached with the keyboard or have no name."""
    return page.evaluate(
        "() => [...document.querySelectorAll('main *')].filter(e => e.scrollWidth > e.clientWidth + 1"
        " && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)"
        " && !(e.tabIndex === 0 && e.getAttribute('aria-labelledby'))).map(e => e.outerHTML.slice(0, 120))"
    )


def notice_of(path: Path) -> str:
    """The notice that the page shows, in one line; empty where it has none."""
    notice = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one(".notice")
    return " ".join(notice.get_text().split()) if notice else ""
