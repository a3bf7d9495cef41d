"""The reference on documentation shows what ships: the facts and the headings of both kinds of files.

``UPDATE_DOCS=1 python -m pytest tests/docs`` writes the present ones into the page.
"""

from __future__ import annotations

import os
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from doc_pages import ROOT, blocks

from portfolj.documentation.facts import facts_known
from portfolj.documentation.view import open_documentation
from portfolj.federation import DOCUMENTATION_KINDS
from portfolj.followup.view import open_follow_up
from portfolj.goals.view import open_goals
from portfolj.places import Places
from portfolj.portfolio import open_portfolio

PAGE = ROOT / "docs" / "reference" / "underlagets-filer.md"
END = "<!-- slut -->\n"
FORMS = {"application": "ansökan", "final-report": "slutrapport"}


def facts_table() -> str:
    lines = [
        f"| `{fact.code}` | {fact.label} | {fact.explanation} | {', '.join(FORMS[form] for form in fact.forms)} |\n"
        for fact in facts_known().values()
    ]
    return "".join(["| namn | uppgift | vad den är och varför den behövs | blankett |\n|---|---|---|---|\n", *lines])


def headings_table(kind: str) -> str:
    text = (files("portfolj") / "reference" / "documentation_headings.toml").read_text(encoding="utf-8")
    headings = tomllib.loads(text)

    def of(kind: str, field: str) -> dict[str, Any]:
        told: dict[str, Any] = headings[kind][field]
        return of(*told["same"].split(".")) if "same" in told else told

    lines = []
    for field in headings[kind]:
        told = of(kind, field)
        listed = ", ".join(f"`{heading}`" for heading in (*told["headings"], *told.get("maybe", ())))
        lines.append(f"| `{field}` | {told['label']} | {'ja' if told.get('amount') else ''} | {listed} |\n")
    return "".join(["| fält | vad | belopp | rubriker |\n|---|---|---|---|\n", *lines])


@pytest.mark.parametrize(
    ("mark", "table"),
    [("<!-- uppgifter -->\n", facts_table()),
     *((f"<!-- rubriker {kind} -->\n", headings_table(kind)) for kind in DOCUMENTATION_KINDS)],
    ids=["facts", *DOCUMENTATION_KINDS],
)  # fmt: skip
def test_the_page_shows_what_ships(mark: str, table: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(mark)
    shown, after = rest.split(END, 1)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(f"{before}{mark}\n{table}\n{END}{after}", encoding="utf-8")
        return
    assert shown.strip("\n") == table.strip("\n")


def test_the_example_lacks_what_the_page_says(tmp_path: Path) -> None:
    page = ROOT / "docs" / "how-to" / "underlag-som-kravs.md"
    for block in blocks(page):
        if block.file:
            file = tmp_path / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
    portfolio = open_portfolio("almvik", places=Places(tmp_path / "data", tmp_path / "reports", tmp_path))
    lacking = open_documentation(open_goals(portfolio), open_follow_up(portfolio)).tables["lacking"]
    said = re.findall(r"^\| ([A-ZÅÄÖ][^|]+) \| ([\d ]+) \| (.+) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert said == [
        (name, f"{granted:,.0f}".replace(",", " "), ", ".join(facts_known()[code].label for code in missing.split(";")))
        for name, granted, missing in zip(lacking["name"], lacking["granted_sek"], lacking["missing"], strict=True)
    ]
