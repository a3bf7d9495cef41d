"""What exit counts say beside their sums: who did not complete, what does not add up, and what is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.shown import known, said, table_of, whole, with_shown

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


def about_exits(view: FollowUpView, row: Mapping[str, Any]) -> str:
    """Who went to work or studies without completing, and whether those who completed are as many as their outcomes.

    ``row``: the sums of one intervention.
    """
    intervention = row["category"]
    exits = table_of(view, "exits")
    own = exits[exits["intervention"] == intervention] if not exits.empty else exits
    odd = [
        record
        for record in table_of(view, "contradictions").to_dict("records")
        if (record["intervention"], record["what"]) == (intervention, "completed")
        and not swedish.is_missing(record["total"])
    ]
    text = ""
    if (own["base"] == "completed").any() if len(own) else False:
        early = own[(own["base"] == "participants") & own["code"].isin(["to_work", "to_study"])]
        counts = with_shown(early, ["count"])
        to = {"to_work": "till arbete", "to_study": "till studier"}
        went = [
            f"{said(r['count'])} {to[r['code']]}" for r in counts.to_dict("records") if known(r["count"]) and r["count"]
        ]
        unsure = "".join(f"; om de ingår i de {swedish.number(int(record['sum']))} framgår inte" for record in odd)
        text += f" Utan att fullfölja gick {swedish.listed(went)}{unsure}." if went else ""
    for record in odd:
        text += f" Enligt samma underlag fullföljde {swedish.number(int(record['total']))}, så talen går inte ihop."
        text += _of_completed(row, int(record["total"]))
    return f"{text} Antalen är tryckta." if len(own) and (own["printed_in"] != "").all() else text


def _of_completed(row: Mapping[str, Any], total: int) -> str:
    """The shares that the same counts are of the other number of those who completed."""
    to = (("to_work", "till arbete"), ("to_study", "till studier"))
    told = [(whole(row[name]), where) for name, where in to if known(row[name]) and 0 < whole(row[name]) <= total]
    shares = [f"{swedish.number(n)} {where} {swedish.percent(n, total)}" for n, where in told]
    return f" Av {swedish.number(total)} är {swedish.listed(shares)}." if shares else ""


def in_print(view: FollowUpView) -> list[str]:
    """The note on whose counts are printed ones."""
    exits = table_of(view, "exits")
    printed = exits[exits["printed_in"] != ""] if not exits.empty else exits
    if printed.empty:
        return []
    names, places = (sorted(set(printed[column])) for column in ("intervention", "printed_in"))
    return [f"Antal för {swedish.listed(names)} är tryckta i {swedish.listed(places)} och visas som de trycktes."]
