"""The tables of this as sheets of the workbook, with Swedish words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.sheet import Sheet
from portfolj.exhibits.stakeholders.not_told import surveys_not_told, themes_not_told
from portfolj.exhibits.stakeholders.words import INVENTED, KINDS, answer_word, group_word, legend
from portfolj.stakeholders.questions import NO_ANSWER, WRITTEN

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView


def stakeholders_sheets(view: StakeholdersView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order. A hidden figure is its sign, never empty."""
    themes, survey = view.themes.frame, view.survey.survey
    if not themes.empty:
        yield Sheet(
            "Teman",
            "Teman i utsagorna, per roll",
            _themes(view),
            (
                *((INVENTED,) if view.invented else ()),
                *((themes_not_told(view),) if view.themes.silent else ()),
                *(
                    (str(legend(view, zeros_hidden=view.themes.zeros_hidden, who="källor").striptags()),)
                    if themes["suppressed"].any()
                    else ()
                ),
            ),
        )
    if not view.quotes.frame.empty:
        rows = view.quotes.frame.assign(kind=view.quotes.frame["kind"].map(KINDS))
        heads = {"theme": "Tema", "kind": "Slag", "role": "Roll", "text": "Utsaga"}
        yield Sheet(
            "Utsagor",
            "Utsagor som får citeras",
            rows.rename(columns=heads)[list(heads.values())],
            (INVENTED,) if view.invented else (),
        )
    if not survey.empty:
        yield Sheet(
            "Enkätsvar",
            "Svar på enkäter",
            _answers(view),
            (
                *((told,) if (told := surveys_not_told(view)) else ()),
                *(
                    (str(legend(view, zeros_hidden=view.survey.zeros_hidden).striptags()),)
                    if survey["suppressed"].any()
                    else ()
                ),
            ),
        )


def _themes(view: StakeholdersView) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Tema": record["theme"] or "Alla teman",
                "Roll": record["role"] or "Alla",
                "Slag": KINDS[record["kind"]],
                "Utsagor": _figure(record, "statements"),
                "Källor": _figure(record, "sources"),
            }
            for record in view.themes.frame.to_dict("records")
        ]
    )


def _answers(view: StakeholdersView) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Enkät": record["survey"],
                "Fråga": view.question(record["survey"], record["question"]).text
                if record["question"]
                else "Svarade på enkäten",
                "Vilka": group_word(record["by"], record["group"]),
                "Svar": answer_word(record["answer"]) if record["question"] else "",
                "Antal": _figure(record, "count"),
                "Andel av dem som svarade på frågan": _share(record),
                "Svarade på frågan": None
                if swedish.is_missing(record["answered_question"])
                else int(record["answered_question"]),
                "Inbjudna": None if swedish.is_missing(record["invited"]) else int(record["invited"]),
                "Tryckt i": record["printed_in"],
            }
            for record in view.survey.survey.to_dict("records")
        ]
    )


def _figure(record: dict[str, Any], column: str) -> Any:
    if record["suppressed"]:
        return swedish.HIDDEN
    return None if swedish.is_missing(record[column]) else int(record[column])


def _share(record: dict[str, Any]) -> Any:
    if record["suppressed"] and record["question"] and record["answer"] not in (NO_ANSWER, WRITTEN):
        return swedish.HIDDEN
    return None if swedish.is_missing(record["share"]) else float(record["share"])
