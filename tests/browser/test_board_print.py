"""The board's page on paper: two pages of A4 at the most, whatever the federation."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).parents[1] / "board"))
from board_case import DEMOS, evaluation_of, page_of

from portfolj.exhibits.board import page as board_page
from portfolj.exhibits.board import places as every_place
from portfolj.exhibits.board.sentence import MOST, Section, Sentence, parts_of

MOST_PAGES = 2
LONG = (
    "Det här är en mening som är så lång som styrelsens meningar brukar bli när de är som längst, med 12,3 mkr (45 %) "
    "till det ena och 6,7 mkr till det andra, och för 29 av 56 insatser med 20,2 mkr är svaret inte känt."
)


def pages_of(browser: Browser, html: str, folder: Path) -> int:
    path = folder / "board.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    made = page.pdf(prefer_css_page_size=True)
    page.close()
    return len(PdfReader(io.BytesIO(made)).pages)


LARGE = ("spik", "ratt-insats")  # their follow-up takes longer than all others together
SLOW = pytest.mark.harness


@pytest.mark.parametrize(
    "federation", [pytest.param(name, marks=SLOW) if name in LARGE else name for name in (*DEMOS, "elak")]
)
def test_the_boards_page_is_two_pages(federation, places, browser, tmp_path):
    sentences = board_page.board_sentences(evaluation_of(federation, places))
    assert 0 < len(sentences) <= MOST
    assert [s.text for s in sentences if len(parts_of(s.text)) != 1 or not s.places] == []
    assert pages_of(browser, page_of(evaluation_of(federation, places)), tmp_path) <= MOST_PAGES


def test_ten_long_sentences_still_are_two_pages(places, browser, tmp_path, monkeypatch):
    sections = [*[Section.FUNDED] * 4, *[Section.RESULTS] * 3, Section.UNKNOWN, *[Section.DECIDE] * 2]
    sentences = tuple(Sentence(s, "Hur gick det?", LONG, (every_place.STRATEGY,), 1) for s in sections)
    assert len(sentences) == MOST
    monkeypatch.setattr(board_page, "board_sentences", lambda evaluation: sentences)
    assert pages_of(browser, page_of(evaluation_of("rar-sormland", places)), tmp_path) <= MOST_PAGES
