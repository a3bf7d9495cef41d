"""The reference on economics shows what ships: values, states, ranges, headings and words.

``UPDATE_DOCS=1 python -m pytest tests/docs`` writes the present ones into the pages, between ``<!-- NAME -->`` and
``<!-- slut -->``.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Sequence
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from doc_pages import ROOT

from portfolj.economics.actors import LABELS
from portfolj.economics.states import benefits_known, measures_known, shipped_states
from portfolj.economics.unit_values import CONFIDENCE, VALUES_VERSION, Value, shipped_values
from portfolj.exhibits.economics.files import FILES
from portfolj.federation.economics import ECONOMICS_KINDS

REFERENCE = ROOT / "docs" / "reference"
VALUES, FILES_PAGE = REFERENCE / "varden.md", REFERENCE / "samhallsekonomins-filer.md"
END = "<!-- slut -->\n"


def shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((files("portfolj") / "reference" / name).read_text(encoding="utf-8"))


def rows(heads: Sequence[str], *lines: Sequence[str]) -> str:
    table = [heads, ["---"] * len(heads), *lines]
    return "".join(f"| {' | '.join(line)} |\n".replace("| ---", "|---").replace("--- |", "---|") for line in table)


def number(value: float | None) -> str:
    return "saknas" if value is None else f"{value:,.10g}".replace(",", " ").replace(".", ",")


def years_of(values: Sequence[Value]) -> str:
    """``2009–2013, 2025``; every year where the row has none."""
    years = sorted(value.year for value in values if value.year is not None)
    if not years:
        return "alla"
    runs = [[year for _, year in run] for _, run in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def values_table(*, with_figure: bool) -> str:
    """A row per run of rows of a key that say the same."""
    told: dict[tuple[Any, ...], list[Value]] = {}
    for value in shipped_values():
        if (value.value is not None) == with_figure:
            about = (value.key, value.actor, value.value, value.source, value.confidence, value.note)
            told.setdefault(about, []).append(value)
    lines = []
    for same in told.values():
        first = same[0]
        said = ". ".join(text.rstrip(".") for text in (first.source, first.note) if text)
        figure = [number(first.value), first.confidence] if with_figure else []
        lines.append([f"`{first.key}`", first.label, first.unit, years_of(same), *figure, said])
    heads = ["nyckel", "värde", "enhet", "år"]
    return rows([*heads, *(["tal", "säkerhet"] if with_figure else []), "källa och anmärkning"], *lines)


def states_table() -> str:
    def what(code: str) -> str:
        state = shipped_states()[code]
        extent = "omfattningen i `work_extent_pct`" if state.work_extent != state.work_extent else ""
        if state.works and not extent:
            extent = "heltid" if state.work_extent == 1 else f"{state.work_extent:.0%} av heltid".replace("%", " %")
        work = f"arbete, {extent}{', med lönestöd' if state.subsidised else ''}" if state.works else ""
        benefit = f"ersättningen `{state.benefit}`" if state.benefit else ""
        place = f"platsen `{state.measure}`" if state.measure else ""
        return "; ".join(part for part in (work, place, benefit) if part) or "inget"

    return rows(
        ["kod", "läge", "räknas som"],
        *([f"`{code}`", each.label, what(code)] for code, each in shipped_states().items()),
    )


def payers_table() -> str:
    benefits = [
        [f"`{code}`", each.label, LABELS[each.payer], "ja" if each.taxable else "nej", each.confidence, each.source]
        for code, each in benefits_known().items()
    ]
    places = [
        [f"`{code}`", each.label, LABELS[each.payer], "–", each.confidence, each.source]
        for code, each in measures_known().items()
    ]
    return rows(["kod", "ersättning eller plats", "betalar", "beskattas", "säkerhet", "skäl"], *benefits, *places)


def ranges_table() -> str:
    def likely(of: dict[str, Any]) -> str:
        return number(of["likely"]) if "likely" in of else "kalkylens eget"

    return rows(
        ["namn", "vad", "lägst", "troligast", "högst", "skäl"],
        *(
            [f"`{name}`", of["label"], number(of["low"]), likely(of), number(of["high"]), of["reason"]]
            for name, of in shipped("economics_ranges.toml").items()
        ),
    )


def headings_table(kind: str) -> str:
    headings = shipped("economics_headings.toml")

    def of(kind: str, field: str) -> dict[str, Any]:
        told: dict[str, Any] = headings[kind][field]
        return of(*told["same"].split(".")) if "same" in told else told

    lines = []
    for field in headings[kind]:
        told = of(kind, field)
        listed = ", ".join(f"`{heading}`" for heading in told["headings"])
        lines.append([f"`{field}`", told["label"], "ja" if told.get("amount") else "", listed])
    return rows(["fält", "vad", "belopp", "rubriker"], *lines)


def words_table(*lists: str) -> str:
    words = shipped("economics_headings.toml")["words"]
    lines = []
    for name in lists:
        for code, known in words[name].items():
            label = {**LABELS, **CONFIDENCE}.get(code, known[0])
            lines.append([f"`{code}`", label, ", ".join(f"`{word}`" for word in known if word)])
    return rows(["kod", "betydelse", "ord"], *lines)


PARTS: dict[str, tuple[Path, Callable[[], str]]] = {
    "värden": (VALUES, lambda: values_table(with_figure=True)),
    "utan värde": (VALUES, lambda: values_table(with_figure=False)),
    "lägen": (VALUES, states_table),
    "betalar": (VALUES, payers_table),
    "spann": (VALUES, ranges_table),
    "aktörer": (FILES_PAGE, lambda: words_table("actors")),
    "mått": (FILES_PAGE, lambda: words_table("measures")),
    "säkerhet": (FILES_PAGE, lambda: words_table("confidence")),
    **{f"rubriker {kind}": (FILES_PAGE, lambda kind=kind: headings_table(kind)) for kind in ECONOMICS_KINDS},  # type: ignore[misc]
}


@pytest.mark.parametrize("part", PARTS)
def test_the_pages_show_what_ships(part: str) -> None:
    page, made = PARTS[part]
    start, wanted = f"<!-- {part} -->\n", f"\n{made()}\n"
    text = page.read_text(encoding="utf-8")
    shown = text.split(start)[1].split(END)[0]
    if os.environ.get("UPDATE_DOCS") and shown != wanted:
        page.write_text(text.replace(start + shown + END, start + wanted + END), encoding="utf-8")
        shown = wanted
    assert shown == wanted


def test_the_page_of_values_names_its_vintage_and_every_mark_of_confidence() -> None:
    text = VALUES.read_text(encoding="utf-8")
    assert f"version {VALUES_VERSION}" in text
    marks = dict(re.findall(r"^\| `([A-Z])` \| ([^|]+) \|", text, flags=re.MULTILINE))
    assert marks == dict(CONFIDENCE)


def test_every_table_written_is_pointed_at() -> None:
    text = FILES_PAGE.read_text(encoding="utf-8")
    assert set(FILES) <= set(re.findall(r"\[`(\w+)\.csv`\]\(filer\.md#", text))
