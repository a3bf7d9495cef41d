"""Why a breakdown is not there: too few people in its groups, or nothing in the files to divide by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.shown import table_of
from portfolj.exhibits.markup import Html, paragraph

if TYPE_CHECKING:
    import pandas as pd

    from portfolj.followup.view import FollowUpView

TOO_FEW = "för få personer i grupperna"
# Which of the two it is would tell what has changed.
TOO_FEW_OR_CHANGED = f"{TOO_FEW}, eller så skulle tabellen avslöja vad som har ändrats sedan en tidigare rapport"
KEPT = "siffrorna är desamma som i en tidigare rapport"
FIELDS = {
    "sex": "kön",
    "age": "ålder",
    "sex_age": "kön och ålder",
    "municipality": "kommun",
    "referrer": "remittent",
    "intervention": "insats",
    "year": "år",
}
NO_PLACE = {
    "owner": "ingen av insatserna går att finna i liggaren, så deras huvudman är inte känd",
    "target_group": "ingen av insatserna går att finna i liggaren, så deras målgrupp är inte känd",
}


def not_made(view: FollowUpView, table: str, group: str, *, what: str) -> Html:
    """The sentence in place of ``what`` (``Utfallet``) by a group that the table has no rows of."""
    if group in left_out(view, table):
        reason = too_few(view)
    else:
        reason = NO_PLACE.get(group) or f"uppgift om {FIELDS[group]} saknas i underlaget"
    return paragraph(f"{what} {words.PER[group]} visas inte: {reason}.")


def too_few(view: FollowUpView) -> str:
    """Why a breakdown is left out."""
    return TOO_FEW_OR_CHANGED if view.kept else TOO_FEW


def left_out(view: FollowUpView, table: str) -> list[str]:
    """The groups, or points in time, that the table is not made by for the whole, since they are too thin."""
    frame = table_of(view, "left_out")
    if frame.empty:
        return []
    whole = (frame["intervention"] == "") & (frame["by"] == "")
    return [str(group) for group in frame.loc[whole & (frame["table"] == table), "group"]]


def only_category(rows: pd.DataFrame) -> Html:
    """The sentence in place of a breakdown that has one category: its figures are those of the whole."""
    group, code = str(rows["group"].iloc[0]), str(rows["category"].iloc[0])
    name = words.inside(words.GROUPS[group])
    if code == "few":
        return paragraph(f"Ingen {name} har så många deltaganden att den kan visas för sig.")
    label = swedish.sentence(str(rows["label"].iloc[0]))
    return paragraph(f"Alla deltaganden gäller samma {name}: {label}. Siffrorna är desamma som för alla.")
