"""Every sentence of the board's page leads to a section that the made report has."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from portfolj.fleet import Outcome


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("federation", ["rar-sormland", "finsam-urval", "elak"])
def test_the_links_of_the_board_lead_to_sections_that_stand(outcomes: dict[str, Outcome], federation: str) -> None:
    folder = outcomes[federation].folder
    assert folder is not None, outcomes[federation].message
    links = [a["href"] for a in soup(folder / "board.html").select("ul.board a")]
    assert links
    for link in links:
        page, _, anchor = str(link).partition("#")
        assert [tag.name for tag in soup(folder / page).find_all(id=anchor)] == ["h2"], link


def test_the_report_leads_to_the_board_first(outcomes: dict[str, Outcome]) -> None:
    folder = outcomes["rar-sormland"].folder
    assert folder is not None
    pages = [a["href"] for a in soup(folder / "index.html").find_all("a") if str(a["href"]).endswith(".html")]
    assert pages[0] == "board.html"
