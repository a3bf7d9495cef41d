"""The tables of follow-up as sheets of the workbook, with Swedish words. A hidden figure is its sign, never empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.flow import state_label
from portfolj.exhibits.followup.printed import BLANK, VERDICTS, what
from portfolj.exhibits.followup.shares import share_of
from portfolj.exhibits.followup.shown import HIDDEN, Shown, legend, table_of, with_shown
from portfolj.followup.codes import label_of
from portfolj.followup.shares import MEASURES

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

Words = tuple[str, Callable[[str], str]]  # a column's heading, and the words for its codes


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its title, its rows under Swedish headings, and what stands under them."""

    name: str
    title: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()


def sheets(view: FollowUpView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    makers: tuple[tuple[str, str, Callable[[FollowUpView], pd.DataFrame]], ...] = (
        ("Utfall", "Deltaganden, avslut och utfall", _outcomes),
        ("Sysselsättning", "Sysselsättning före och efter", _occupation),
        ("Försörjning", "Försörjning före och efter", _income),
        ("Försörjning övergång", "Försörjning efter, för dem som hade en viss före", _transition),
        ("Tid i insats", "Deltagandenas längd", _length),
        ("Lägen", "Deltagare i varje läge vid varje tidpunkt", _status),
        ("Flöde", "Deltagare som gick från ett läge till ett annat", _flow),
        ("Förflyttning", "Förflyttning enligt deltagarnas skattningar", _progression),
        ("Mål", "Insatsernas mål, utfall och bedömning", _goals),
        ("Antal", "Redovisade antal per insats, år och kön", _counts),
        ("Utfall vid avslut", "Hur deltagandena slutade, som redovisat", _exits),
        ("Tryckt uppföljning", "Tryckta siffror om uppföljningen, och vad underlaget ger", _published),
    )
    for name, title, make in makers:
        frame = make(view)
        if not frame.empty:
            hidden = bool(frame.isin([swedish.HIDDEN]).to_numpy().any())
            yield Sheet(name, title, frame, (legend(view),) if hidden else ())


def _cells(values: list[Shown]) -> pd.Series:
    return pd.Series([swedish.HIDDEN if value is HIDDEN else value for value in values], dtype="object")


def _made(view: FollowUpView, name: str, *, texts: Mapping[str, Words], counts: Mapping[str, str]) -> pd.DataFrame:
    """A frame of the view: ``texts`` maps a column to its heading and its words, ``counts`` a count to its heading."""
    frame = table_of(view, name)
    if frame.empty:
        return frame
    rows = with_shown(frame, list(counts))
    made = {heading: pd.Series([write(str(v)) for v in rows[key]]) for key, (heading, write) in texts.items()}
    return pd.DataFrame(made | {heading: _cells(list(rows[key])) for key, heading in counts.items()})


def _outcomes(view: FollowUpView) -> pd.DataFrame:
    frame = table_of(view, "outcomes")
    if frame.empty:
        return frame
    counts = ("participations", "exits", *MEASURES)
    rows = with_shown(frame, counts)
    shares: list[Shown] = [
        HIDDEN if HIDDEN in pair else share_of(*pair) for pair in zip(rows["work_or_study"], rows["exits"], strict=True)
    ]
    pairs = zip(rows["group"], rows["category"], strict=True)
    return pd.DataFrame(
        {
            "Insats": [name or "Alla insatser" for name in rows["intervention"]],
            "Grupp": [words.GROUPS.get(group, group) for group in rows["group"]],
            "Kategori": [words.category(view.portfolio, str(group), str(category)) for group, category in pairs],
            **{words.MEASURES[key]: _cells(list(rows[key])) for key in counts},
            "Andel till arbete eller studier, av avslut": _cells(
                [round(share, 4) if isinstance(share, float) else share for share in shares]
            ),
        }
    )


def _occupation(view: FollowUpView) -> pd.DataFrame:
    return _made(view, "occupation", texts={"code": ("Sysselsättning", words.occupation)}, counts=_BEFORE_AFTER)


def _income(view: FollowUpView) -> pd.DataFrame:
    return _made(view, "income", texts={"code": ("Försörjning", words.income)}, counts=_BEFORE_AFTER)


def _transition(view: FollowUpView) -> pd.DataFrame:
    texts: Mapping[str, Words] = {"source_before": ("Före", words.income), "source_after": ("Efter", words.income)}
    return _made(view, "income_transition", texts=texts, counts=_COUNT)


def _length(view: FollowUpView) -> pd.DataFrame:
    return _made(view, "length", texts={"band": ("Tid", words.length)}, counts=_COUNT)


def _status(view: FollowUpView) -> pd.DataFrame:
    texts: Mapping[str, Words] = {"point": ("Tidpunkt", words.point), "status": ("Läge", state_label)}
    return _made(view, "status", texts=texts, counts=_COUNT)


def _flow(view: FollowUpView) -> pd.DataFrame:
    texts: Mapping[str, Words] = {
        "point_from": ("Från tidpunkt", words.point),
        "point_to": ("Till tidpunkt", words.point),
        "status_from": ("Från läge", state_label),
        "status_to": ("Till läge", state_label),
    }
    return _made(view, "flow", texts=texts, counts=_COUNT)


def _progression(view: FollowUpView) -> pd.DataFrame:
    frame = table_of(view, "progression")
    if frame.empty:
        return frame
    counts = ("measured_twice", "up", "down", "unchanged", "never_twice")
    rows = with_shown(frame, counts)
    pairs = zip(rows["group"], rows["category"], strict=True)
    return pd.DataFrame(
        {
            "Grupp": [words.GROUPS.get(group, group) for group in rows["group"]],
            "Kategori": [words.category(view.portfolio, str(group), str(category)) for group, category in pairs],
            **{words.MEASURES[key]: _cells(list(rows[key])) for key in counts},
        }
    )


def _goals(view: FollowUpView) -> pd.DataFrame:
    texts: Mapping[str, Words] = {
        "intervention": ("Insats", str), "goal": ("Mål nr", str), "text": ("Mål", str), "target": ("Målvärde", str),
        "outcome": ("Utfall", str), "verdict": ("Bedömning", lambda code: label_of("verdict", code)),
        "judged_by": ("Vem som bedömde", str), "basis": ("På vad", str),
    }  # fmt: skip
    return _made(view, "goals", texts=texts, counts={})


def _counts(view: FollowUpView) -> pd.DataFrame:
    texts: Mapping[str, Words] = {"intervention": ("Insats", str), "year": ("År", _year), "sex": ("Kön", words.sex),
             "measure": ("Mått", words.measure)}  # fmt: skip
    return _made(view, "counts", texts=texts, counts=_COUNT)


def _exits(view: FollowUpView) -> pd.DataFrame:
    texts: Mapping[str, Words] = {
        "intervention": ("Insats", str),
        "base": ("Räknat på", words.base),
        "outcome": ("Utfall", str),
        "printed_in": ("Tryckt i", str),
    }
    return _made(view, "exits", texts=texts, counts=_COUNT)


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


_BEFORE_AFTER = {"before": "Före", "after": "Efter"}
_COUNT = {"count": "Antal"}


def _year(text: str) -> str:
    return "" if text == "<NA>" else text
