"""The reference on documentation shows what ships: the facts and the headings of both kinds of files.

``UPDATE_DOCS=1 python -m pytest tests/docs`` writes the present ones into the page.
"""

from __future__ import annotations

import os
import tomllib
from importlib.resources import files
from typing import Any

import pytest
from doc_pages import ROOT

from portfolj.documentation.facts import facts_known
from portfolj.federation import DOCUMENTATION_KINDS

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
