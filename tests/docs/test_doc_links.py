"""Nothing that the documentation points at is missing, and nothing of a single machine stands in it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from doc_pages import PAGES, ROOT, anchors, links

SCREENSHOT = ROOT / "docs" / "images" / "portfolio.png"
LARGEST_IMAGE_BYTES = 250_000


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_relative_link_and_image_leads_somewhere(page: Path) -> None:
    broken = []
    for _, _, target in links(page):
        if target.startswith("https://"):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / target.partition("#")[0]).resolve() for _, _, target in links(index)}
    assert {p for p in PAGES if "docs" in p.relative_to(ROOT).parts} - {index} <= listed


def test_the_readme_shows_a_small_screenshot_with_a_real_alternative_text() -> None:
    images = [(text, target) for is_image, text, target in links(ROOT / "README.md") if is_image]
    (alt,) = [text for text, target in images if (ROOT / target) == SCREENSHOT]
    assert len(alt.split()) >= 15
    assert "Konstruerade rader" in alt
    content = SCREENSHOT.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 1280  # the width stands in the PNG header
    assert len(content) < LARGEST_IMAGE_BYTES


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_page_names_a_machine_or_where_packages_are_fetched(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert (
        re.findall(r"/(?:work|root|tmp)\b|localhost|https?://[^\s)]*(?:pypi|anaconda|registry|mirror)[^\s)]*", text)
        == []
    )


def test_the_licences_say_who_and_what() -> None:
    assert "2026 the portfolj developers" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    data = (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    assert "data/raw" in data
    assert "CC0" in data
