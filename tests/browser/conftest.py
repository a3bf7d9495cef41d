"""A real browser, and the folder of pages to look at.

``PORTFOLJ_PAGES=FOLDER`` (below which every ``.html`` is looked at) points the checks at any published report; without
it they look at the demo report of RAR Sörmland, at one of a hostile ledger, at the index of all reports, at the
overview and at two pages of runs that failed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from page_checks import NO_BROWSER, chromium_here
from playwright.sync_api import Browser, sync_playwright

from portfolj.report.execute import Failure
from portfolj.report.failure_page import REFUSED, write_failure_page

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
    failures = failure_pages(request.getfixturevalue("tmp_path_factory").mktemp("failed"), rar=reports[0])
    return [
        out / "index.html",
        out / "oversikt.html",
        *failures,
        *(page for report in reports for page in sorted(report.glob("*.html"))),
    ]


def failure_pages(out: Path, *, rar: Path) -> list[Path]:
    """A page of a refused ledger beside a report that stands, and one of a kernel that died without any."""
    shutil.copytree(rar, out / "rar-sormland" / rar.name)
    fault = f"  beslut 2019 {'å' * 80}.xlsx, blad Beslut, cell J14: Beloppet är tvetydigt: ”1.234”. Rätta det."
    message = "\n".join(["Liggaren kan inte läsas rätt: 30 fel.", *([fault] * 30)])
    tried = datetime(2026, 11, 27, 2, 3).astimezone()
    given = (("rar-sormland", REFUSED, message), ("finsam-urval", Failure.KERNEL_DIED.value, ""))
    return [
        write_failure_page(out, name, name=name, failure=failure, message=told, tried=tried)
        for name, failure, told in given
    ]
