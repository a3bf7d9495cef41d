"""Mean ratings per question, first and last time: a spider chart per group, with the table of the same means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import pictures, words
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shown import HIDDEN, people_table, signed, table_of, text_column
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

FEWEST_AXES = 3  # with fewer there is no shape to see
MOST_SPIDERS = 8  # per group; the table holds all


def ratings(view: FollowUpView, group: str) -> Html:
    """A spider chart per category whose means may all be shown, and a table of every mean of the group."""
    frame = table_of(view, "item_means")
    if frame.empty:
        return absent("assessments")
    rows = frame[frame["group"] == group]
    if rows.empty:
        return paragraph(f"Inga medelvärden {words.PER[group]} får visas: de är på för få personer.")
    items = list(dict.fromkeys(str(item) for item in frame["item"]))
    means = {
        (str(r["category"]), str(r["item"]), str(r["occasion"])): (r["mean"], r["n"]) for r in rows.to_dict("records")
    }
    categories = list(dict.fromkeys(str(value) for value in rows["category"]))
    charts = [chart for category in categories if (chart := _spider(view, group, category, items, means)) is not None]
    return Html(*charts[:MOST_SPIDERS], people_table(view, _table(view, group, categories, items, means)))


Means = dict[tuple[str, str, str], tuple[Any, Any]]


def _spider(view: FollowUpView, group: str, category: str, items: list[str], means: Means) -> Html | None:
    pairs = [tuple(means.get((category, item, when), (None, None))[0] for when in words.OCCASIONS) for item in items]
    whole = [(n, *pair) for n, pair in enumerate(pairs, 1) if not any(swedish.is_missing(value) for value in pair)]
    if len(whole) < FEWEST_AXES or len(whole) < len(items):
        return None
    who = words.category(view.portfolio, group, category)
    told = "; ".join(
        f"{n}. {item} {_mean(first)} och {_mean(last)}" for (n, first, last), item in zip(whole, items, strict=True)
    )
    return pictures.spider(
        [first for _, first, _ in whole],
        [last for _, _, last in whole],
        scale=view.portfolio.federation.followup.scale,
        alt=f"Spindeldiagram, {who}: medelvärde per fråga vid första och sista skattningen. {told}.",
        caption=f"{who}: medelvärde per fråga, första (streckad) och sista (heldragen) skattningen. Numren är "
        "frågorna i tabellen nedan.",
    )


def _table(view: FollowUpView, group: str, categories: list[str], items: list[str], means: Means) -> Table:
    records = []
    for category in categories:
        for number, item in enumerate(items, 1):
            (first, count), (last, _) = (means.get((category, item, when), (None, None)) for when in words.OCCASIONS)
            is_known = not swedish.is_missing(first) and not swedish.is_missing(last)
            records.append(
                {
                    "item": f"{number}. {item}",
                    "who": words.category(view.portfolio, group, category),
                    "first": _mean(first),
                    "last": _mean(last),
                    "change": signed(last - first, decimals=1) if is_known else HIDDEN,
                    "n": HIDDEN if swedish.is_missing(count) else swedish.number(int(count)),
                }
            )
    columns = [
        Column("item", "Fråga"),
        *([Column("who", words.GROUPS[group])] if group != "all" else []),
        text_column("first", words.OCCASIONS["first"]),
        text_column("last", words.OCCASIONS["last"]),
        text_column("change", "Förändring"),
        text_column("n", "Antal som svarat båda gångerna"),
    ]
    return Table(
        name=f"skattningar-{group.replace('_', '-')}",
        caption=f"Medelvärde per fråga {words.PER[group]}, första och sista skattningen, {view.portfolio.period_label}",
        frame=pd.DataFrame(records).astype("object"),
        columns=columns,
    )


def _mean(value: Any) -> object:
    return HIDDEN if swedish.is_missing(value) else swedish.number(float(value), decimals=1)
