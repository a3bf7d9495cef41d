"""A real browser, and the folder of pages to look at.

``PORTFOLJ_PAGES=FOLDER`` (below which every ``.html`` is looked at) points the checks at any published report; without
it they look at the demo report of RAR Sörmland, at one of a hostile ledger, at the index of all reports and at the
overview.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_checks import NO_BROWSER, chromium_here
from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the machine has it. Without one the tests are skipped, and fail where CI is set."""
    executable = chromium_here()
    if executable is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def published_pages(request: pytest.FixtureRequest) -> list[Path]:
    """Every page to look at."""
    chosen = os.environ.get("PORTFOLJ_PAGES")
    if chosen:
        pages = sorted(Path(chosen).rglob("*.html"))
        assert pages, f"no pages in {chosen}"
        return pages
    outcomes, out = request.getfixturevalue("outcomes"), request.getfixturevalue("places").out
    reports = [outcomes["rar-sormland"].folder, outcomes["elak"].folder]
    assert all(reports), {name: outcome.message for name, outcome in outcomes.items()}
    return [
        out / "index.html",
        out / "oversikt.html",
        *(page for report in reports for page in sorted(report.glob("*.html"))),
    ]
