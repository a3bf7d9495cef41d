"""The follow-up of a report as its readers have it, and what each of its cells says of the people behind it.

A reader knows no more than the words mean: categories make up the whole, whoever went to work or studies went to one of
them, whoever is measured twice went up, down or stayed. One family of kinds holds intervention, sex, age, result and
progress; others hold place, referrer, years, turns, statuses and income, and agree with it on what they share.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pandas as pd
from populations import Asked, Cell, Populations

from portfolj.exhibits.followup.files import write_follow_up_tables
from portfolj.followup.view import FollowUpView, open_follow_up
from portfolj.places import Places
from portfolj.portfolio.view import open_portfolio

TOLD_OF = ("sex", "age", "municipality", "referrer", "intervention")
GOALS = ("work", "study", "labour_market_training")
ENDED = [
    *(";".join(codes) for n in (1, 2, 3) for codes in combinations(GOALS, n)),
    "seeking", "practice", "other", "missing",
]  # fmt: skip
RESULTS = [*ENDED, "ongoing"]
TURNS = ("first", "again", "anonymous")
SIDES = ("income_before", "income_after")
PROGRESS = ("up", "down", "unchanged", "never_twice")

OUTCOME_CELLS = (
    "participations", "persons", "exits", "to_work", "to_study", "to_training", "work_or_study",
    "work_study_or_training", "missing_after",
)  # fmt: skip


def having(*codes: str) -> frozenset[str]:
    """The results that have one of the codes."""
    return frozenset(result for result in RESULTS if set(result.split(";")) & set(codes))


# What each column asks, beside what its row asks.
ASKS: Mapping[str, Asked] = {
    "participations": {},
    "persons": {"turn": frozenset({"first"})},
    "anonymous": {"turn": frozenset({"anonymous"})},
    "exits": {"result": frozenset(ENDED)},
    "ongoing": {"result": frozenset({"ongoing"})},
    "to_work": {"result": having("work")},
    "to_study": {"result": having("study")},
    "to_training": {"result": having("labour_market_training")},
    "work_or_study": {"result": having("work", "study")},
    "work_study_or_training": {"result": having(*GOALS)},
    "missing_after": {"result": frozenset({"missing"})},
    "measured_twice": {"progress": frozenset({"up", "down", "unchanged"})},
    **{name: {"progress": frozenset({name})} for name in PROGRESS},
    "step_shown": {"step": frozenset({"shown"})},
    "step_not_shown": {"step": frozenset({"not_shown"})},
    "step_shown_other": {"step": frozenset({"shown"})},
    "at_exit": {},
}


class Report:
    """The follow-up of a case: the view that its page and workbook are made of, and its files."""

    def __init__(self, name: str, places: Places, folder: Path) -> None:
        self.view: FollowUpView = open_follow_up(open_portfolio(name, places=places))
        write_follow_up_tables(self.view, folder)
        self.files = {
            file.stem: list(csv.DictReader(file.open(encoding="utf-8"))) for file in sorted(folder.glob("*.csv"))
        }
        self.years = [str(row["category"]) for row in self.rows("outcomes") if row["group"] == "year"]
        self.points = [*dict.fromkeys(str(row["point_from"]) for row in self.rows("flow")), "exit"]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of one of the page's tables; none where it has no such table."""
        return self.view.tables[table].to_dict("records") if table in self.view.tables else []

    def categories(self, group: str) -> list[str]:
        """The categories of a breakdown of the whole; everybody is in one of them."""
        rows = [*self.rows("outcomes"), *self.rows("progression")]
        own = [r["category"] for r in rows if r["group"] == group and not r.get("intervention")]
        return list(dict.fromkeys(own)) or ["all"]

    def populations(self) -> list[Populations]:
        """The families of kinds that there may be, before anything is known. Income and length are told of all that
        have ended and of no group of them, so that each is a question of its own."""
        income, length = Populations(), Populations()
        income.add({side: self._sources() for side in SIDES})
        length.add({"length": [row["band"] for row in self.rows("length")]})
        return [self._participations(), income, length]

    def _participations(self) -> Populations:
        told = {group: self.categories(group) for group in TOLD_OF}
        progress = {"progress": list(PROGRESS)} if "progression" in self.view.tables else {}
        found = Populations()
        core = found.add({name: told[name] for name in ("intervention", "sex", "age")} | {"result": RESULTS} | progress)
        own = {name: told[name] for name in ("intervention", "sex")} | {"result": RESULTS} | progress
        of = {"sex": core, "age": core}
        for group in ("municipality", "referrer"):
            of[group] = found.add({group: told[group], **own}, like=[core])
        active = [f"{first}-{last}" for first in self.years for last in [*self.years, ""] if not last or first <= last]
        found.add(
            {"when": active, "intervention": told["intervention"], "sex": told["sex"], "result": RESULTS}, like=[core],
            can_be=lambda kind: (kind["result"] == "ongoing") == kind["when"].endswith("-"),
        )  # fmt: skip
        turns = found.add({"turn": TURNS, "intervention": told["intervention"]}, like=[core])
        for group, family in of.items():
            found.add({"turn": TURNS, group: told[group]}, like=[turns, family])
        self._add_statuses(found, core, told["intervention"])
        return found

    def _add_statuses(self, found: Populations, core: int, interventions: list[str]) -> None:
        statuses = {point: self._statuses(point) for point in self.points}
        if not self.rows("flow"):
            return
        start, before = self.points[0], core
        for here, there in pairwise(self.points):
            domains = {f"status {point}": statuses[point] for point in dict.fromkeys((start, here, there))}
            last = {"step": ("shown", "not_shown")} if there == "exit" else {}
            before = found.add({"intervention": interventions, **domains, **last}, like=[before], can_be=stepped)

    def _statuses(self, point: str) -> list[str]:
        noted = {row["status"] for row in self.rows("status") if row["point"] == point}
        grouped = self.view.portfolio.federation.followup.status_groups
        moved = {row["status_from"] for row in self.rows("flow") if row["point_from"] == point}
        moved |= {row["status_to"] for row in self.rows("flow") if row["point_to"] == point}
        return sorted(noted | {status for label in moved for status in grouped.get(label, [label])})

    def _sources(self) -> list[str]:
        """Sources of income that a person may have on one side: one, two at once, or none known."""
        codes = [row["code"] for row in self.rows("income") if row["code"] != "missing"]
        return [*(";".join(own) for n in (1, 2) for own in combinations(codes, n)), "missing"]

    def cells(self) -> Iterator[Cell]:
        """What every cell that counts people counts, and what it shows."""
        for row in self.rows("participants"):
            yield from _row_cells(row, {}, ("participations", "persons", "anonymous", "exits", "ongoing"))
        for row in self.rows("outcomes"):
            own = {"intervention": frozenset({str(row["intervention"])})} if row["intervention"] else {}
            if row["group"] == "year":
                yield from self._year_cells(row)
            elif row["group"] in ("owner", "target_group"):
                yield from _row_cells(row, self._of_portfolio(row), OUTCOME_CELLS)
            else:
                yield from _row_cells(row, {**own, **_asked(row["group"], row["category"])}, OUTCOME_CELLS)
        for row in self.rows("progression"):
            yield from _row_cells(row, _asked(row["group"], row["category"]), ("measured_twice", *PROGRESS))
        for row in self.rows("steps"):
            yield from _row_cells(row, _asked(row["group"], row["category"]), ("step_shown", "step_not_shown"))
        for row in self.rows("occupation"):
            yield _cell(row, "after", {"result": having(row["code"])})
        for row in self.rows("status"):
            yield _cell(row, "count", {f"status {row['point']}": frozenset({row["status"]})})
        grouped = self.view.portfolio.federation.followup.status_groups
        for row in self.rows("flow_status"):
            together = grouped.get(row["status"], [row["status"]])
            yield _cell(row, "count", {f"status {row['point']}": frozenset(together)})
        for row in self.rows("flow_status_by"):
            together = {f"status {row['point']}": frozenset(grouped.get(row["status"], [row["status"]]))}
            if row["by"] == "intervention":
                yield _cell(row, "count", {"intervention": frozenset({row["of"]}), **together})
        for row in self.rows("gender_balance"):
            if row["group"] in ("all", "intervention"):
                own = _asked(row["group"], row["category"])
                for column, sex in (("women", "woman"), ("men", "man")):
                    yield _cell(row, column, {**own, "sex": frozenset({sex})})
        for row in self.rows("flow"):
            moved = {f"status {row['point_from']}": row["status_from"], f"status {row['point_to']}": row["status_to"]}
            yield _cell(row, "count", {name: frozenset(grouped.get(word, [word])) for name, word in moved.items()})
        yield from self._cells_of_exits()
        for row in self.rows("published"):
            if row["unit"] == "persons" and not pd.isna(row["computed"]):
                yield self.printed_place(row), int(row["computed"])

    def _cells_of_exits(self) -> Iterator[Cell]:
        """Income and length, whose tables are about all that have ended and about nothing else."""
        sources, (whole,) = self._sources(), self.rows("participants")
        for row in self.rows("income"):
            own = frozenset(source for source in sources if row["code"] in source.split(";"))
            yield _cell(row, "before", {"income_before": own})
            yield _cell(row, "after", {"income_after": own})
        for row in self.rows("income_transition"):
            own, then = (
                frozenset(source for source in sources if row[name] in source.split(";"))
                for name in ("source_before", "source_after")
            )
            yield _cell(row, "count", {"income_before": own, "income_after": then})
        for row in self.rows("length"):
            yield _cell(row, "count", {"length": frozenset({row["band"]})})
        yield _cell(whole, "exits", {"income_before": frozenset(sources)})
        yield _cell(whole, "exits", {"length": frozenset(row["band"] for row in self.rows("length"))})

    def _of_portfolio(self, row: Mapping[str, Any]) -> Asked:
        """An owner's or a target group's interventions, which stand on the portfolio's page; one alone has all."""
        if len([other for other in self.rows("outcomes") if other["group"] == row["group"]]) == 1:
            return {}
        column = {"owner": "owner", "target_group": "target_groups"}[row["group"]]
        told = self.view.portfolio.interventions
        pairs = zip(told["name"], told[column], strict=True)
        return {"intervention": frozenset(name for name, codes in pairs if row["category"] in codes.split(";"))}

    def printed_place(self, row: Mapping[str, Any]) -> Asked:
        """What a printed figure counts."""
        own = {"intervention": frozenset({str(row["intervention"])})} if row["intervention"] else {}
        asked = _asked(row["group"], row["category"])
        if row["measure"] == "step_shown_other":  # whose status at exit is none of those that the figure names
            asked = {"status exit": frozenset(self._statuses("exit")) - asked["status exit"]}
        return {**own, **asked, **ASKS[row["measure"]]}

    def _year_cells(self, row: Mapping[str, Any]) -> Iterator[Cell]:
        year = str(row["category"])
        words = [f"{first}-{last}" for first in self.years for last in [*self.years, ""]]
        active = frozenset(w for w in words if w[:4] <= year and (w.endswith("-") or w[5:] >= year))
        ended = frozenset(word for word in words if word.endswith(f"-{year}"))
        yield _cell(row, "participations", {"when": active})
        for name in OUTCOME_CELLS[2:]:
            yield _cell(row, name, {**ASKS[name], "when": ended})


def stepped(kind: Mapping[str, str]) -> bool:
    """A step is shown where the status at exit is noted and another than the one noted at start."""
    if "step" not in kind:
        return True
    start, end = kind["status 0"], kind["status exit"]
    if start == end == "few":  # several statuses in one word
        return True
    return (kind["step"] == "shown") == (start != end and "missing" not in (start, end))


def _asked(group: str, category: str) -> Asked:
    if group in ("", "all"):
        return {}
    if "_" not in group:
        return {"status exit" if group == "status" else group: frozenset(category.split(";"))}
    return {name: frozenset({word}) for name, word in zip(group.split("_"), category.split(";"), strict=True)}


def _row_cells(row: Mapping[str, Any], asked: Asked, columns: tuple[str, ...]) -> Iterator[Cell]:
    for column in columns:
        if column in row and not (pd.isna(row[column]) and not row[f"{column}_suppressed"]):
            yield _cell(row, column, {**asked, **ASKS[column]})


def _cell(row: Mapping[str, Any], column: str, asked: Asked) -> Cell:
    return asked, None if pd.isna(row[column]) else int(row[column])
