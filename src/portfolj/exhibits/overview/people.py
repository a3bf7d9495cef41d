"""Follow-up of many federations, and sums over counts of which some are hidden.

Why no sum here tells a hidden count. Everything is a function of what the reports have published: where a count is
hidden, the published table is empty, and no other source is read. Whoever has the reports can compute all that stands
here, so it adds nothing to what was already public and protected. Two sets of reports that differ only in hidden counts
are the same files, and give the same page, byte for byte.

That argument needs two things of this module. A sum may never take the place of the hidden part from elsewhere, such as
a total printed by others: it adds shown counts only, and is told as ``minst N`` where a part is hidden, which is true
since no count is negative. And the share of a sum only takes federations where both share and exits are shown, since
both are then public one by one.
"""

from __future__ import annotations

import pandas as pd

from portfolj.exhibits import swedish


def followed(frame: pd.DataFrame) -> pd.DataFrame:
    """The federations whose reports have any count on participants."""
    return frame[frame["has_follow_up"]]


def exits_sum(rows: pd.DataFrame) -> str:
    """The exits of these federations together: ``1 027``, ``minst 1 027`` where one is hidden or not told."""
    told = followed(rows)
    shown = told["exits"].dropna()
    if shown.empty:
        return swedish.HIDDEN if told["follow_up_suppressed"].any() else swedish.NOT_APPLICABLE
    text = swedish.number(int(shown.sum()))
    return text if len(shown) == len(told) else f"minst {text}"


def with_share(rows: pd.DataFrame) -> pd.DataFrame:
    """The federations where both the exits and the share of them to work or studies are shown."""
    told = followed(rows)
    return told[told["exits"].notna() & told["share_work_or_study"].notna()]


def share_of_all(rows: pd.DataFrame) -> str:
    """The share of exits to work or studies over the federations where it is shown; ``–`` where it is nowhere."""
    shown = with_share(rows)
    if shown.empty:
        return swedish.NOT_APPLICABLE
    reached = (shown["share_work_or_study"].astype("float64") * shown["exits"].astype("float64")).round().sum()
    return swedish.percent(float(reached), float(shown["exits"].sum()))


def follow_up_reason(record: pd.Series) -> str:
    """Why a federation has no exits or no share on the page; empty where it has both."""
    if not record["has_follow_up"]:
        return "Ingen uppföljning i underlaget."
    if pd.notna(record["exits"]) and pd.notna(record["share_work_or_study"]):
        return ""
    if record["exits"] == 0:
        return "Inga avslut i perioden."
    if record["follow_up_suppressed"]:
        return "Dolt för att skydda små tal."
    missing = "Avslut" if pd.isna(record["exits"]) else "Arbete eller studier"
    return f"{missing} är inte redovisat."
