"""The reference on statements and surveys shows the headings and words that ship."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest
from doc_pages import ROOT

from portfolj.federation import STAKEHOLDERS_KINDS

PAGE = ROOT / "docs" / "reference" / "enkaters-filer.md"


def shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((files("portfolj") / "reference" / name).read_text(encoding="utf-8"))


def shown(part: str) -> list[tuple[str, ...]]:
    """The rows of the page's table of this part."""
    text = PAGE.read_text(encoding="utf-8").split(f"<!-- {part} -->")[1].split("<!-- slut -->")[0]
    return [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in text.strip().splitlines()[2:]]


@pytest.mark.parametrize("kind", STAKEHOLDERS_KINDS)
def test_every_heading_stands_on_the_page(kind: str) -> None:
    headings = shipped("stakeholders_headings.toml")

    def entry(of: str, name: str) -> dict[str, Any]:
        found = headings[of][name]
        return entry(*found["same"].split(".")) if "same" in found else found

    wanted = [
        (f"`{name}`", entry(kind, name)["label"], ", ".join(f"`{word}`" for word in entry(kind, name)["headings"]))
        for name in headings[kind]
    ]
    assert shown(f"rubriker {kind}") == wanted


def test_every_word_stands_on_the_page() -> None:
    wanted = [
        (f"`{name}`", f"`{code}`", ", ".join(f"`{word}`" for word in (entry["label"].casefold(), *entry["words"])))
        for name, codes in shipped("stakeholders_words.toml").items()
        for code, entry in codes.items()
    ]
    assert shown("ord") == wanted


def test_the_page_tells_of_every_kind_of_file() -> None:
    assert re.findall(r"^## .*\(`(\w+)`\)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE) == list(STAKEHOLDERS_KINDS)
