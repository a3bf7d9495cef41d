"""Why sums by sex and year are less than the whole: interventions that were not reported so, and people without sex."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.shown import known, table_of, whole, with_shown

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

SAID = {("sex", "year"): "har varken kön eller år", ("sex",): "har inte kön", ("year",): "har inte år"}
BOTH = ("woman", "man")  # the sexes that there are sums of


def lacking(view: FollowUpView, groups: Collection[str]) -> list[str]:
    """A note on interventions that are in the whole and not in sums by sex or year, of those that ``groups`` has.

    How many are neither is only told where that follows from counts that are shown.
    """
    frame = table_of(view, "reported")
    if frame.empty:
        return []
    without: dict[tuple[str, ...], list[str]] = {}
    few: list[str] = []
    for name, own in with_shown(frame[frame["intervention"] != ""], ["participations"]).groupby("intervention"):
        every = own[own["group"] == "all"].iloc[0]
        if every["participations"] is None:
            continue
        sexes = [count for count in own.loc[own["category"].isin(BOTH), "participations"] if count is not None]
        lacks = {"sex": not sexes, "year": not every["years"]}
        of = tuple(group for group in lacks if lacks[group] and group in groups)
        if of:
            without.setdefault(of, []).append(str(name))
        if len(sexes) == len(BOTH) and "sex" in groups and known(every["participations"], *sexes):
            rest = whole(every["participations"]) - sum(map(whole, sexes))
            few += [f"{swedish.number(rest)} i {name} är inte redovisade som kvinnor eller män"] if rest > 0 else []
    sentences = [f"{swedish.listed(without[of])} {said}" for of, said in SAID.items() if of in without]
    return [f"{swedish.sentence('; '.join([*sentences, *few]))}."] if sentences or few else []
