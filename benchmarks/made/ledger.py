"""A made-up ledger: its interventions and entries, with the field's mess, and the file in one of several shapes."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import xlsxwriter

from made import words
from made.nation import YEAR, Plan

YEARS = (YEAR - 2, YEAR - 1, YEAR)
MADE = datetime(2019, 2, 1)  # a workbook keeps when it was made; always the same, so that the file is
Cell = str | int | float | None
Grid = Sequence[Sequence[Cell]]


@dataclass
class Made:
    """An intervention. ``granted``: year -> SEK of members' money; ``esf``: the same of ESF's; ``returned_sek``: of the
    last year; ``other_name``: how another row spells it."""

    id: str
    name: str
    other_name: str
    applicant: str
    target_group: str
    description: str
    goal: str
    individual: bool
    granted: dict[int, int] = field(default_factory=dict)
    esf: dict[int, int] = field(default_factory=dict)
    returned_sek: int = 0


def interventions_of(plan: Plan, draw: random.Random) -> list[Made]:
    """The federation's interventions: the individual ones first, in the order of ``plan.participants``."""
    region = draw.choice(words.REGIONS)
    taken: set[str] = set()
    made = []
    for number in range(plan.individual + plan.structural):
        individual = number < plan.individual
        theme = draw.choice(words.INDIVIDUAL if individual else words.STRUCTURAL)
        name = _new_name(theme, taken, draw)
        owner = draw.choices(words.OWNERS, words.OWNER_WEIGHTS)[0].format(place=plan.place, region=region)
        made.append(
            Made(
                f"{plan.number + 1:03}-{number + 1:03}",
                name,
                _spelled_otherwise(name, draw),
                "" if draw.random() < 0.05 else owner,
                "" if draw.random() < 0.35 else draw.choice(theme.target_groups),
                draw.choice(theme.descriptions) if draw.random() < 0.8 else "",
                draw.choice(theme.goals) if draw.random() < 0.6 else "",
                individual,
            )
        )
        _grant(made[-1], draw)
    return made


def _new_name(theme: words.Theme, taken: set[str], draw: random.Random) -> str:
    free = [name + end for end in words.ENDINGS for name in theme.names if name + end not in taken]
    if not free:
        free = [f"{theme.names[0]} del {len(taken)}"]
    # The first endings are most common, as when a name is simply not used twice.
    name = free[min(int(draw.expovariate(1 / 4)), len(free) - 1)]
    taken.add(name)
    return name


def _spelled_otherwise(name: str, draw: random.Random) -> str:
    return draw.choice((name.upper(), name.replace(" ", "  "), name.replace(" ", "-"), f"{name} "))


def _grant(made: Made, draw: random.Random) -> None:
    typical = 520_000 if made.individual else 160_000
    yearly = draw.lognormvariate(0, 0.8) * typical
    first = draw.choice((*YEARS, YEAR, YEAR - 1))
    for year in range(first, YEAR + 1):
        made.granted[year] = max(5_000, round(yearly * draw.uniform(0.8, 1.2) / 1000) * 1000)
    if draw.random() < 0.06:
        made.esf[YEAR] = round(yearly * draw.uniform(0.5, 2) / 1000) * 1000
    if draw.random() < 0.12:
        made.returned_sek = round(made.granted[YEAR] * draw.uniform(0.02, 0.3) / 1000) * 1000


def unit_of(plan: Plan) -> str:
    """The unit of the ledger's amounts."""
    return "tkr" if plan.shape in ("titled", "years") else "kr"


def write_ledger(plan: Plan, made: Sequence[Made], folder: Path, draw: random.Random) -> str:
    """Writes the ledger in the federation's shape; the file's name."""
    rows = _SHAPES[plan.shape](plan, made, draw)
    name = "liggare.xlsx" if plan.shape in _WORKBOOKS else "liggare.csv"
    rows = _broken(rows, plan.broken)
    if name.endswith(".xlsx"):
        write_workbook(folder / name, rows, sheet="Beviljade medel")
    else:
        latin = plan.shape in ("latin", "entries")
        write_text(folder / name, rows, delimiter=";" if latin else ",", encoding="latin-1" if latin else "utf-8")
    return name


BROKEN = ("amount", "heading", "total")


def _broken(rows: list[list[Cell]], fault: str) -> list[list[Cell]]:
    """The rows with a fault that stops a run: an amount that is none, no column of names, or no rows at all."""
    header = next(n for n, row in enumerate(rows) if "Sökande" in row or "Huvudman" in row)
    if fault == "amount":
        last = max(c for c, cell in enumerate(rows[header + 1]) if cell is not None and str(cell)[:1].isdigit())
        rows[header + 1] = [("se protokoll" if c == last else cell) for c, cell in enumerate(rows[header + 1])]
    elif fault == "heading":
        rows[header] = ["Vad" if cell in ("Insats", "Projekt") else cell for cell in rows[header]]
    elif fault == "total":
        rows = rows[: header + 1]
    return rows


def _comma(plan: Plan, made: Sequence[Made], draw: random.Random) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["Insats", "Sökande", "Målgrupp", "Beskrivning", "Mål", "År", "Beviljat belopp", "Finansiering"]
    ]
    for each in made:
        texts = [each.applicant, each.target_group, each.description, each.goal]
        rows += [[each.name, *texts, year, sek, "Finsam"] for year, sek in each.granted.items()]
        rows += [[each.name, *texts, year, sek, "ESF"] for year, sek in each.esf.items()]
    return rows


def _latin(plan: Plan, made: Sequence[Made], draw: random.Random) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["Dnr", "Projekt", "Sökande", "Målgrupp", "Syfte", "Beslutsdatum", "Beviljat belopp (kr)", "Finansiär"]
    ]
    for each in made:
        for year, sek in each.granted.items():
            day = f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
            spelled = each.other_name if draw.random() < 0.25 else each.name
            rows.append([each.id, spelled, each.applicant, each.target_group, each.description, day, _spaced(sek), ""])
        for year, sek in each.esf.items():
            rows.append([each.id, each.name, each.applicant, each.target_group, each.description, f"{year}-06-30",
                         _spaced(sek), "ESF-medel"])  # fmt: skip
    return rows


def _titled(plan: Plan, made: Sequence[Made], draw: random.Random) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[f"Samordningsförbundet {plan.place}"], ["Beviljade medel, belopp i tkr"], []]
    rows.append(["Insats", "Huvudman", "Målgrupp", "Beskrivning", "Mål", "År", "Beviljat (tkr)", "Finansiering"])
    total = 0
    for year in YEARS:
        for each in made:
            texts = [each.applicant, each.target_group, each.description, each.goal]
            if year in each.granted:
                spelled = each.other_name.strip() if "  " in each.other_name else each.name
                rows.append([spelled, *texts, year, each.granted[year] // 1000, "Finsam"])
                total += each.granted[year] // 1000
            if year in each.esf:
                rows.append([each.name, *texts, year, each.esf[year] // 1000, "ESF"])
                total += each.esf[year] // 1000
    rows.append(["Summa", None, None, None, None, None, total, None])
    return rows


def _years(plan: Plan, made: Sequence[Made], draw: random.Random) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[f"Insatser {YEARS[0]}–{YEARS[-1]}, Samordningsförbundet {plan.place}, tkr"], []]
    rows.append(["Insats", "Huvudman", "Målgrupp", "Beskrivning", "Mål", "Finansiering", *map(str, YEARS), "Totalt"])
    sums = [0] * len(YEARS)
    for each in made:
        for source, by_year in (("Finsam", each.granted), ("ESF", each.esf)):
            if by_year:
                amounts = [by_year[year] // 1000 if year in by_year else None for year in YEARS]
                sums = [a + (b or 0) for a, b in zip(sums, amounts, strict=True)]
                rows.append([each.name, each.applicant, each.target_group, each.description, each.goal, source,
                             *amounts, sum(a or 0 for a in amounts)])  # fmt: skip
    rows.append(["Summa", None, None, None, None, None, *sums, sum(sums)])
    return rows


def _entries(plan: Plan, made: Sequence[Made], draw: random.Random) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["Insats-id", "Insats", "Sökande", "Målgrupp", "Mål", "År", "Typ av post", "Belopp", "Finansiering"]
    ]
    for each in made:
        texts = [each.applicant, each.target_group, each.goal]
        for source, by_year in (("", each.granted), ("ESF", each.esf)):
            for year, sek in by_year.items():
                name = each.other_name if draw.random() < 0.2 else each.name
                rows.append([each.id, name, *texts, year, "Beviljat", _spaced(sek), source])
                if not source and draw.random() < 0.6:
                    rows.append([each.id, each.name, *texts, year, "Utbetalt", _spaced(sek), source])
        if each.returned_sek:
            rows.append([each.id, each.name, *texts, YEAR, "Återbetalt", _spaced(each.returned_sek), ""])
    return rows


def _columns(plan: Plan, made: Sequence[Made], draw: random.Random) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["Nr", "Insats", "Huvudman", "Målgrupp", "Beskrivning", "År", "Beviljat", "Utbetalt", "Återbetalt",
         "Finansiering"]
    ]  # fmt: skip
    for each in made:
        texts = [each.applicant, each.target_group, each.description]
        for year, sek in each.granted.items():
            back = each.returned_sek if year == YEAR and each.returned_sek else None
            rows.append([len(rows), each.name, *texts, year, sek, sek if draw.random() < 0.7 else None, back, "Finsam"])
        for year, sek in each.esf.items():
            rows.append([len(rows), each.name, *texts, year, sek, None, None, "ESF"])
    return rows


_SHAPES = {
    "comma": _comma, "latin": _latin, "titled": _titled, "years": _years, "entries": _entries, "columns": _columns,
}  # fmt: skip
_WORKBOOKS = frozenset({"titled", "years", "columns"})


def _spaced(sek: int) -> str:
    return f"{sek:,}".replace(",", " ")


def write_text(path: Path, rows: Grid, *, delimiter: str = ",", encoding: str = "utf-8") -> None:
    """The rows as CSV, missing cells empty."""
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)


def write_workbook(path: Path, rows: Grid, *, sheet: str) -> None:
    """The rows as a sheet of a workbook that is the same bytes every time."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": MADE})
    page = book.add_worksheet(sheet)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value not in (None, ""):
                page.write(r, c, value)
    book.close()
