"""The tables of follow-up as sheets of the workbook, with Swedish words. A hidden figure is its sign, never empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.flow import state_label
from portfolj.exhibits.followup.printed import BLANK, VERDICTS, what
from portfolj.exhibits.followup.progression import COUNTS as PROGRESSION
from portfolj.exhibits.followup.shares import share_of
from portfolj.exhibits.followup.shown import HIDDEN, Shown, each, legend, table_of, with_shown
from portfolj.followup.codes import label_of
from portfolj.followup.shares import MEASURES

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

Words = tuple[str, Callable[[str], str]]  # a column's heading, and the words for its codes
BEFORE_AFTER = {"before": "Före", "after": "Efter"}
COUNT = {"count": "Antal"}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its title, its rows under Swedish headings, and what stands under them."""

    name: str
    title: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()


def sheets(view: FollowUpView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    for name, title, make in SHEETS:
        frame = make(view)
        if not frame.empty:
            hidden = bool(frame.isin([swedish.HIDDEN]).to_numpy().any())
            yield Sheet(name, title, frame, (legend(view),) if hidden else ())


def _cells(values: Iterable[Shown]) -> pd.Series:
    return pd.Series([swedish.HIDDEN if value is HIDDEN else value for value in values], dtype="object")


def _coded(
    view: FollowUpView, *, frame: str, texts: Mapping[str, Words], counts: Mapping[str, str] = COUNT
) -> pd.DataFrame:
    """A frame of the view: ``texts`` maps a column to its heading and its words, ``counts`` a count to its heading."""
    rows = with_shown(table_of(view, frame), list(counts))
    if rows.empty:
        return rows
    made = {heading: pd.Series([write(str(v)) for v in rows[key]]) for key, (heading, write) in texts.items()}
    return pd.DataFrame(made | {heading: _cells(rows[key]) for key, heading in counts.items()})


def _outcomes(view: FollowUpView) -> pd.DataFrame:
    counts = ("participations", "exits", *MEASURES)
    rows = with_shown(table_of(view, "outcomes"), counts)
    if rows.empty:
        return rows
    return pd.DataFrame(
        {
            "Insats": [name or "Alla insatser" for name in rows["intervention"]],
            **_by_group(view, rows, counts),
            "Andel till arbete eller studier, av avslut": _cells(each(rows, _share, "work_or_study", "exits")),
        }
    )


def _reported(view: FollowUpView) -> pd.DataFrame:
    counts = ("participations", "exits", "to_work", "to_study", "to_training")
    rows = with_shown(table_of(view, "reported"), counts)
    if rows.empty:
        return rows
    bounds = {"Arbete eller studier, minst": "least_work_or_study", "Arbete eller studier, mest": "most_work_or_study"}
    return pd.DataFrame(
        {
            "Insats": [name or "Alla insatser" for name in rows["intervention"]],
            **_by_group(view, rows, counts),
            "År som är summerade": list(rows["years"]),
            **{heading: _cells(rows[key]) for heading, key in bounds.items()},
            **{
                f"Andel {words.inside(words.MEASURES[key])}, av avslut": _cells(each(rows, _share, key, "exits"))
                for key in ("to_work", "to_study")
            },
            "Beviljat per deltagare, kr": list(rows["cost_per_participation_sek"]),
        }
    ).rename(columns={words.MEASURES["participations"]: "Deltagare, räknade varje år"})


def _progression(view: FollowUpView) -> pd.DataFrame:
    rows = with_shown(table_of(view, "progression"), PROGRESSION)
    return rows if rows.empty else pd.DataFrame(_by_group(view, rows, PROGRESSION))


def _by_group(view: FollowUpView, rows: pd.DataFrame, counts: Sequence[str]) -> dict[str, Any]:
    return {
        "Grupp": [words.GROUPS.get(group, group) for group in rows["group"]],
        "Kategori": words.categories(view.portfolio, rows),
        **{words.MEASURES[key]: _cells(rows[key]) for key in counts},
    }


def _share(part: Shown, whole: Shown) -> Shown:
    if HIDDEN in (part, whole):
        return HIDDEN
    share = share_of(part, whole)
    return None if share is None else round(share, 4)


def _published(view: FollowUpView) -> pd.DataFrame:
    records = table_of(view, "published").to_dict("records")
    return pd.DataFrame(
        {
            "Uppgift": what(view, record),
            "Tryckt": record["printed"],
            "Räknat": swedish.HIDDEN if record["why_blank"] == "suppressed" else record["computed"],
            "Utfall": VERDICTS.get(str(record["verdict"]), str(record["verdict"])),
            "Varför inget räknat tal": BLANK.get(str(record["why_blank"]), ""),
            "Anmärkning": record["note"],
            "Källa": record["source"],
        }
        for record in records
    )


def _year(text: str) -> str:
    return "" if text == "<NA>" else text


def _verdict(code: str) -> str:
    return label_of("verdict", code)


# The name of a sheet, its title and what makes its rows.
SHEETS: tuple[tuple[str, str, Callable[[FollowUpView], pd.DataFrame]], ...] = (
    ("Utfall", "Deltaganden, avslut och utfall", _outcomes),
    ("Sysselsättning", "Sysselsättning före och efter",
     partial(_coded, frame="occupation", texts={"code": ("Sysselsättning", words.occupation)}, counts=BEFORE_AFTER)),
    ("Försörjning", "Försörjning före och efter",
     partial(_coded, frame="income", texts={"code": ("Försörjning", words.income)}, counts=BEFORE_AFTER)),
    ("Försörjning övergång", "Försörjning efter, för dem som hade en viss före",
     partial(_coded, frame="income_transition", texts={
         "source_before": ("Före", words.income), "source_after": ("Efter", words.income),
     })),
    ("Tid i insats", "Deltagandenas längd", partial(_coded, frame="length", texts={"band": ("Tid", words.length)})),
    ("Lägen", "Deltagare i varje läge vid varje tidpunkt",
     partial(_coded, frame="status", texts={"point": ("Tidpunkt", words.point), "status": ("Läge", state_label)})),
    ("Flöde", "Deltagare som gick från ett läge till ett annat",
     partial(_coded, frame="flow", texts={
         "point_from": ("Från tidpunkt", words.point), "point_to": ("Till tidpunkt", words.point),
         "status_from": ("Från läge", state_label), "status_to": ("Till läge", state_label),
     })),
    ("Förflyttning", "Förflyttning enligt deltagarnas skattningar", _progression),
    ("Mål", "Insatsernas mål, utfall och bedömning",
     partial(_coded, frame="goals", counts={}, texts={
         "intervention": ("Insats", str), "goal": ("Mål nr", str), "text": ("Mål", str), "target": ("Målvärde", str),
         "outcome": ("Utfall", str), "verdict": ("Bedömning", _verdict), "judged_by": ("Vem som bedömde", str),
         "basis": ("På vad", str),
     })),
    ("Redovisade utfall", "Redovisade antal, summor och andelar", _reported),
    ("Antal", "Redovisade antal per insats, år och kön",
     partial(_coded, frame="counts", texts={
         "intervention": ("Insats", str), "year": ("År", _year), "sex": ("Kön", words.sex),
         "measure": ("Mått", words.measure),
     })),
    ("Utfall vid avslut", "Hur deltagandena slutade, som redovisat",
     partial(_coded, frame="exits", texts={
         "intervention": ("Insats", str), "base": ("Räknat på", words.base), "outcome": ("Utfall", str),
         "printed_in": ("Tryckt i", str),
     })),
    ("Tryckt uppföljning", "Tryckta siffror om uppföljningen, och vad underlaget ger", _published),
)  # fmt: skip
