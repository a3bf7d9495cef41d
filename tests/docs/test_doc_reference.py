"""The reference names everything that exists: settings, fields, headings, files, columns, codes, findings.

``UPDATE_DOCS=1 python -m pytest tests/docs`` writes the present headings and codes into the pages.
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from doc_pages import PAGES, ROOT, blocks
from pydantic import BaseModel

from portfolj.coding import load_codebook, organisations, read, tags
from portfolj.coding.codebook import ALL_DIMENSIONS, TEXT_FIELDS, Missing, Role, Strength
from portfolj.coding.decisions import COLUMNS, DECIDABLE, KEY_COLUMNS
from portfolj.federation import LEDGER_FIELDS, Federation, parse_federation
from portfolj.fleet import Outcome
from portfolj.places import Places
from portfolj.portfolio import published
from portfolj.report.manifest import read_manifest
from portfolj.review.doubt import DOUBTS

REFERENCE = ROOT / "docs" / "reference"
PACKAGE_DATA = ROOT / "src" / "portfolj" / "reference"


def text_of(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def code_words(text: str) -> set[str]:
    """Every word that the text sets as code."""
    return {word for span in re.findall(r"`([^`\n]+)`", text) for word in (span, *re.split(r"[\s,;=\[\]\"]+", span))}


def settings_of(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The dotted name of every setting that a user can write."""
    for name, field in model.model_fields.items():
        if name in ("key", "folder"):
            continue
        candidates = [field.annotation, *getattr(field.annotation, "__args__", ())]
        nested = next((c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)), None)
        if nested is None:
            yield f"{prefix}{name}"
        else:
            yield from settings_of(nested, f"{prefix}{name}.")


@pytest.mark.parametrize("name", list(settings_of(Federation)))
def test_every_key_of_federation_toml_has_its_line(name: str) -> None:
    assert f"| `{name}` |" in text_of("federation-toml.md")


def test_no_key_is_described_that_does_not_exist() -> None:
    described = re.findall(r"^\| `([a-zA-Z_.]+)` \|", text_of("federation-toml.md"), flags=re.MULTILINE)
    assert sorted(described) == sorted(settings_of(Federation))


def test_the_example_settings_in_the_documentation_are_accepted(tmp_path: Path) -> None:
    examples = [
        "\n".join(block.lines)
        for page in PAGES
        for block in blocks(page)
        if block.language == "toml" and block.lines[0].startswith("name = ")
    ]
    assert examples
    for text in examples:
        for name in tomllib.loads(text)["ledger"]["files"]:
            (tmp_path / name).touch()
        assert parse_federation(text, folder=tmp_path).ledger.unit


@pytest.mark.parametrize("field", LEDGER_FIELDS)
def test_every_ledger_field_stands_with_its_headings(field: str) -> None:
    headings: dict[str, Any] = tomllib.loads((PACKAGE_DATA / "headings.toml").read_text(encoding="utf-8"))
    title = f"### {headings[field]['label']} (`{field}`)\n"
    wanted = "Känns igen: " + ", ".join(f"`{heading}`" for heading in headings[field]["sure"]) + ".\n"
    if headings[field]["maybe"]:
        listed = ", ".join(f"`{heading}`" for heading in headings[field]["maybe"])
        wanted += f"\nBara om ingen säkrare rubrik finns: {listed}.\n"
    assert shown_in("liggarens-falt.md", after=title, starting="Känns igen: ", wanted=wanted) == wanted


def shown_in(name: str, *, after: str, starting: str, wanted: str) -> str:
    """What the page shows below the title ``after`` from ``starting`` on; ``UPDATE_DOCS=1`` puts ``wanted`` there."""
    text = text_of(name)
    before, title, rest = text.partition(after)
    assert title, f"{name} has no title {after.strip()!r}"
    section = re.split(r"\n(?=##)", rest)[0]
    start = section.index(starting)
    shown = section[start:].rstrip("\n") + "\n"
    if os.environ.get("UPDATE_DOCS") and shown != wanted:
        new = before + title + section[:start] + wanted + rest[len(section) :]
        (REFERENCE / name).write_text(new, encoding="utf-8")
        return wanted
    return shown


def test_every_table_and_column_of_a_report_is_described(outcomes: dict[str, Outcome], places: Places) -> None:
    text = text_of("filer.md")
    folder = outcomes["rar-sormland"].folder
    assert folder is not None
    for file in sorted((folder / "tables").glob("*.csv")):
        section = text.split(f"### tables/{file.name}\n")[1].split("\n### ")[0].split("\n## ")[0]
        with file.open(encoding="utf-8") as lines:
            assert set(next(csv.reader(lines))) <= code_words(section), file.name
    described = set(re.findall(r"^### tables/(\S+)$", text, flags=re.MULTILINE))
    assert described == {file.name for file in (folder / "tables").glob("*.csv")}
    for path in folder.iterdir():
        assert path.name in text


def test_every_file_of_the_processed_folder_is_described(outcomes: dict[str, Outcome], places: Places) -> None:
    words = code_words(text_of("filer.md"))
    assert {path.name for path in places.processed("rar-sormland").iterdir()} <= words


def test_every_key_of_the_manifest_is_described(outcomes: dict[str, Outcome]) -> None:
    folder = outcomes["rar-sormland"].folder
    assert folder is not None
    manifest = read_manifest(folder / "manifest.json")
    assert manifest is not None
    described = re.findall(r"^\| `(\w+)` \|", text_of("manifest.md"), flags=re.MULTILINE)
    assert sorted(described) == sorted(manifest)


@pytest.mark.parametrize("dimension", [*ALL_DIMENSIONS, "goals"])
def test_every_code_stands_with_its_name_and_definition(dimension: str) -> None:
    codebook = load_codebook()
    title = f"## {codebook.dimension_label(dimension)} (`{dimension}`)\n"
    rows = [
        f"| `{code}` | {codebook.label(dimension, code)} | {codebook.definition(dimension, code)} |\n"
        for code in codebook.codes(dimension)
    ]
    wanted = "".join(["| kod | namn | betydelse |\n", "|---|---|---|\n", *rows])
    assert shown_in("koder.md", after=title, starting="| kod |", wanted=wanted) == wanted


def test_every_word_beside_an_answer_is_explained() -> None:
    codebook, text = load_codebook(), text_of("koder.md")
    for kind in ("basis", "reason", "decided_by"):
        section = text.split(f"(`_{kind}`)\n")[1].split("\n## ")[0]
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, flags=re.MULTILINE)
        assert rows == [(word, codebook.label(kind, word)) for word in codebook.words[kind]]
    assert {reason.value for reason in Missing} <= code_words(text)


def test_every_reason_for_doubt_is_explained_as_the_page_says_it() -> None:
    section = text_of("filer.md").split("### tables/pending.csv\n")[1].split("\n### ")[0]
    table = section.split("| `doubt` | betydelse |\n")[1]
    assert dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", table, flags=re.MULTILINE)) == DOUBTS


def test_the_syntax_of_the_codebook_is_described_whole() -> None:
    words = code_words(text_of("kodbok.md"))
    keys = (*read.CODE_KEYS, *read.EXAMPLE_KEYS, *read.RULE_KEYS, *read.ROLE_KEYS, *ALL_DIMENSIONS, *TEXT_FIELDS)
    assert {*keys, *map(str, Role), *map(str, Strength), *organisations.KINDS, "source", "lists"} <= words
    assert {heading for headings in tags.HEADINGS.values() for heading in headings} <= words


def test_printed_figures_are_described_whole() -> None:
    words = code_words(text_of("published.md"))
    for allowed in (published.COLUMNS, published.MEASURES, published.UNITS, published.DIMENSIONS, published.Finding):
        assert {str(word) for word in allowed} <= words


def test_the_columns_of_decisions_are_described() -> None:
    words = code_words((ROOT / "docs" / "how-to" / "beslut.md").read_text(encoding="utf-8"))
    assert {*KEY_COLUMNS, *COLUMNS, *DECIDABLE} <= words
