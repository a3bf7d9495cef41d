"""The rows of each sheet on follow-up, with Swedish words. A hidden figure is its sign, never empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.participants import participants_rows as people_rows
from portfolj.exhibits.followup.progression import COUNTS as PROGRESSION
from portfolj.exhibits.followup.shares import interval_text, share_of
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Shown,
    each,
    table_of,
    with_shown,
)
from portfolj.exhibits.followup.steps import COUNTS as STEPS
from portfolj.exhibits.followup.steps import SHARE as STEP_SHARE
from portfolj.exhibits.followup.steps import step_rows
from portfolj.followup.codes import label_of
from portfolj.followup.shares import MEASURES

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

Words = tuple[str, Callable[[str], str]]  # a column's heading, and the words for its codes
BEFORE_AFTER = {"before": "Före", "after": "Efter"}
COUNT = {"count": "Antal"}


def sheet_cells(values: Iterable[Shown]) -> pd.Series:
    """A column of the sheet: each count, a hidden one as its sign."""
    return pd.Series([swedish.HIDDEN if value is HIDDEN else value for value in values], dtype="object")


def coded(
    view: FollowUpView, *, frame: str, texts: Mapping[str, Words], counts: Mapping[str, str] = COUNT
) -> pd.DataFrame:
    """A frame of the view: ``texts`` maps a column to its heading and its words, ``counts`` a count to its heading."""
    rows = with_shown(table_of(view, frame), list(counts))
    if rows.empty:
        return rows
    made = {heading: pd.Series([write(str(v)) for v in rows[key]]) for key, (heading, write) in texts.items()}
    return pd.DataFrame(made | {heading: sheet_cells(rows[key]) for key, heading in counts.items()})


def outcomes_rows(view: FollowUpView) -> pd.DataFrame:
    """Participations, exits and outcomes, a row per category."""
    counts = ("participations", "exits", *MEASURES)
    rows = with_shown(table_of(view, "outcomes"), counts)
    if rows.empty:
        return rows
    return pd.DataFrame(
        {
            "Insats": [name or "Alla insatser" for name in rows["intervention"]],
            **by_group(view, rows, counts),
            "Andel till arbete eller studier, av avslut": sheet_cells(
                each(rows, sheet_share, "work_or_study", "exits")
            ),
        }
    )


def participants_rows(view: FollowUpView) -> pd.DataFrame:
    """The numbers that must not be taken for one another."""
    frame = pd.DataFrame(people_rows(view), columns=["Tal", "Antal", "Vad det är"])
    return frame.assign(Antal=sheet_cells(frame["Antal"]))


def shares_rows(view: FollowUpView) -> pd.DataFrame:
    """Every share with its two counts and its interval, in percent."""
    frame = table_of(view, "shares")
    if frame.empty:
        return frame
    rows = with_shown(frame, ["count", "of", "percent", "low", "high"])
    return pd.DataFrame(
        {
            "Insats": [name or "Alla insatser" for name in rows["intervention"]],
            "Grupp": [words.GROUPS.get(group, group) for group in rows["group"]],
            "Kategori": words.categories(view.portfolio, rows),
            "Mått": [words.measure(name) for name in rows["measure"]],
            "Andel av": [words.MEASURES[name] for name in rows["denominator"]],
            "Antal": sheet_cells(rows["count"]),
            "Av": sheet_cells(rows["of"]),
            "Procent": sheet_cells(rows["percent"]),
            "Lägst": sheet_cells(rows["low"]),
            "Högst": sheet_cells(rows["high"]),
        }
    )


def balance_rows(view: FollowUpView) -> pd.DataFrame:
    """Women and men, of everybody and of each intervention, owner and target group."""
    rows = with_shown(table_of(view, "gender_balance"), ["women", "men"])
    if rows.empty:
        return rows
    hidden = [HIDDEN in pair for pair in zip(rows["women"], rows["men"], strict=True)]
    percent = [HIDDEN if gone else value for gone, value in zip(hidden, rows["percent_women"], strict=True)]
    return pd.DataFrame(
        {
            "Grupp": [words.GROUPS[group] for group in rows["group"]],
            "Kategori": words.categories(view.portfolio, rows),
            "Kvinnor": sheet_cells(rows["women"]),
            "Män": sheet_cells(rows["men"]),
            "Andel kvinnor, procent": sheet_cells(None if swedish.is_missing(value) else value for value in percent),
        }
    )


def divided(
    view: FollowUpView, *, frame: str, texts: Mapping[str, Words], counts: Mapping[str, str] = COUNT
) -> pd.DataFrame:
    """A frame of everybody, and the same of each intervention, owner and target group below it."""
    whole = coded(view, frame=frame, texts=texts, counts=counts)
    parts = coded(view, frame=f"{frame}_by", texts=texts, counts=counts)
    if parts.empty:
        return whole
    rows = table_of(view, f"{frame}_by")
    by = [words.GROUPS[by] for by in rows["by"]]
    of = [words.category(view.portfolio, by, of) for by, of in zip(rows["by"], rows["of"], strict=True)]
    parts.insert(0, "Grupp", by)
    parts.insert(1, "Kategori", of)
    whole.insert(0, "Grupp", words.GROUPS["all"])
    whole.insert(1, "Kategori", words.GROUPS["all"])
    return pd.concat([whole, parts], ignore_index=True)


def steps_rows(view: FollowUpView) -> pd.DataFrame:
    """How many stand elsewhere at exit than at start, with their share and its interval."""
    rows = step_rows(view)
    if rows.empty:
        return rows
    made = {"Insats": list(rows["label"])} | {heading: sheet_cells(rows[key]) for key, heading in STEPS.items()}
    share = each(rows, interval_text, "step_shown", "participations")
    return pd.DataFrame(made | {f"{STEP_SHARE} (95 % intervall)": sheet_cells(share)})


def means_rows(view: FollowUpView) -> pd.DataFrame:
    """The mean of each question, first and last time."""
    frame = table_of(view, "item_means")
    if frame.empty:
        return frame
    return pd.DataFrame(
        {
            "Grupp": [words.GROUPS.get(group, group) for group in frame["group"]],
            "Kategori": words.categories(view.portfolio, frame),
            "Tillfälle": [words.OCCASIONS[when] for when in frame["occasion"]],
            "Fråga": list(frame["item"]),
            "Medelvärde": list(frame["mean"]),
            "Antal som svarat båda gångerna": sheet_cells(HIDDEN if swedish.is_missing(n) else n for n in frame["n"]),
        }
    )


def change_rows(view: FollowUpView) -> pd.DataFrame:
    """The mean change with its interval."""
    headings = {"n": "Antal mätta två gånger", "mean_change": "Medelförändring", "low": "Lägst", "high": "Högst"}
    frame = table_of(view, "change")
    return frame if frame.empty else frame[list(headings)].rename(columns=headings)


def progression_rows(view: FollowUpView) -> pd.DataFrame:
    """Up, down and unchanged, a row per category."""
    rows = with_shown(table_of(view, "progression"), PROGRESSION)
    return rows if rows.empty else pd.DataFrame(by_group(view, rows, PROGRESSION))


def by_group(view: FollowUpView, rows: pd.DataFrame, counts: Sequence[str]) -> dict[str, Any]:
    """What a row is on, and its counts, by their headings."""
    return {
        "Grupp": [words.GROUPS.get(group, group) for group in rows["group"]],
        "Kategori": words.categories(view.portfolio, rows),
        **{words.MEASURES[key]: sheet_cells(rows[key]) for key in counts},
    }


def sheet_share(part: Shown, whole: Shown) -> Shown:
    """The share as a fraction of four decimals; HIDDEN where a count is hidden, None where one is not known."""
    if part is None or whole is None:
        return None
    if HIDDEN in (part, whole):
        return HIDDEN
    share = share_of(part, whole)
    return None if share is None else round(share, 4)


def year_word(text: str) -> str:
    """A year as it is written; nothing where there is none."""
    return "" if text == "<NA>" else text


def verdict_word(code: str) -> str:
    """A verdict on a goal."""
    return label_of("verdict", code)
