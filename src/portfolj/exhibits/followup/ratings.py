"""Mean ratings per question, first and last time: a spider chart per group, with the table of the same means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import pictures, words
from portfolj.exhibits.followup.base import base
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.progression import progression_rows
from portfolj.exhibits.followup.reasons import KEPT, left_out, not_made, only_category
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Shown,
    only_in_notebook,
    people_column,
    people_table,
    said,
    signed,
    table_of,
    text_column,
)
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

FEWEST_AXES = 3  # with fewer there is no shape to see
MOST_SPIDERS = 9  # per group; the table holds all
SIDE_BY_SIDE = 5  # categories that have room beside one another in a table
MOST_COLUMNS = 12  # questions that have
NUMBERED = re.compile(r"\s*(\d+)\b")

FEWER = "På en enskild fråga kan färre ha svarat båda gångerna."

Means = dict[tuple[str, str, str], tuple[Any, Any]]  # category, item, occasion -> mean, how many


def ratings(view: FollowUpView, group: str) -> Html:
    """A spider chart per category whose means may all be shown, and a table of every mean of the group."""
    frame = table_of(view, "item_means")
    if view.kept and "assessments" in view.kinds:
        text = f"Medelvärden visas inte: {KEPT}."
        return paragraph(text) if group == "all" else only_in_notebook(text)
    if frame.empty:
        return absent("assessments")
    rows = frame[frame["group"] == group]
    categories = words.in_order(view.portfolio, group, dict.fromkeys(str(value) for value in rows["category"]))
    if rows.empty or (group != "all" and len(categories) < 2):
        return _without_means(view, group)
    items = in_order(frame["item"])
    means = {
        (str(r["category"]), str(r["item"]), str(r["occasion"])): (r["mean"], r["n"]) for r in rows.to_dict("records")
    }
    charts = [chart for category in categories if (chart := _spider(view, group, category, items, means)) is not None]
    tables = _tables(view, group, categories, items, means)
    grid = Markup('<div class="side-by-side">{}</div>').format(Html(*charts[:MOST_SPIDERS]).markup)
    return Html(*([grid] if charts else []), *(people_table(view, table) for table in tables))


def _without_means(view: FollowUpView, group: str) -> Html:
    """Why there are no means by a group: nothing to divide by, one category, or too few in one of them."""
    people = progression_rows(view, group)
    if len(people) == 1 and group != "all":
        return only_category(people)
    if people.empty and group not in left_out(view, "progression"):
        return not_made(view, "progression", group, what="Medelvärden")
    if group == "all":
        return paragraph("Medelvärden visas inte: för få har skattat sig två gånger.")
    hidden = HIDDEN in list(people["measured_twice"]) if len(people) else True
    reason = (
        "i minst en av grupperna är det dolt hur många som har skattat sig två gånger"
        if hidden
        else "för få grupper har någon som har skattat sig två gånger"
    )
    return paragraph(f"Medelvärden {words.PER[group]} visas inte: {reason}.")


def in_order(items: pd.Series) -> list[str]:
    """The questions by the number that each begins with; as they come where one has none."""
    found = list(dict.fromkeys(str(item) for item in items))
    numbers = [NUMBERED.match(item) for item in found]
    if not all(numbers):
        return found
    return sorted(found, key=lambda item: int(match[1]) if (match := NUMBERED.match(item)) else 0)


def numbered(items: list[str]) -> list[str]:
    """The questions with a number first: their own where all have one, else their place."""
    if all(NUMBERED.match(item) for item in items):
        return items
    return [f"{number} {item}" for number, item in enumerate(items, 1)]


def _spider(view: FollowUpView, group: str, category: str, items: list[str], means: Means) -> Html | None:
    first, last = ([means.get((category, item, when), (None, None))[0] for item in items] for when in words.OCCASIONS)
    if len(items) < FEWEST_AXES or any(swedish.is_missing(value) for value in (*first, *last)):
        return None
    who = words.category(view.portfolio, group, category)
    told = "; ".join(
        f"{item}: {_mean(before)} och {_mean(after)}"
        for item, before, after in zip(numbered(items), first, last, strict=True)
    )
    labels = [match[1] for item in numbered(items) if (match := NUMBERED.match(item))]
    return pictures.spider(
        labels,
        first,
        last,
        scale=view.portfolio.federation.followup.scale,
        alt=f"Spindeldiagram, {who}: medelvärde per fråga vid första och sista skattningen. {told}.",
        caption=f"{who}: medelvärde per fråga, första (streckad) och sista (heldragen) skattningen. Numren är "
        "frågornas.",
    )


def _tables(view: FollowUpView, group: str, categories: list[str], items: list[str], means: Means) -> list[Table]:
    if 1 < len(categories) <= SIDE_BY_SIDE:
        return [_beside(view, group, categories, items, means)]
    if len(categories) > SIDE_BY_SIDE and len(items) <= MOST_COLUMNS:
        return [_per_question(view, group, categories, items, means, occasion=when) for when in words.OCCASIONS]
    return [_one_below_another(view, group, categories, items, means)]


def _per_question(
    view: FollowUpView, group: str, categories: list[str], items: list[str], means: Means, *, occasion: str
) -> Table:
    """A row per category and a column per question, by its number: for many categories."""
    labels = [match[1] for item in numbered(items) if (match := NUMBERED.match(item))]
    twice = _measured(view, group)
    records = [
        {"who": words.category(view.portfolio, group, category), "n": twice.get(category)}
        | {item: _mean(means.get((category, item, occasion), (None, None))[0]) for item in items}
        for category in categories
    ]
    columns = [text_column(item, f"Fråga {label}") for item, label in zip(items, labels, strict=True)]
    return Table(
        name=f"skattningar-{group}-{occasion}",
        caption=f"{words.OCCASIONS[occasion]}: medelvärde per fråga{_and(group)}, {view.portfolio.period_label}",
        frame=pd.DataFrame(records).astype("object"),
        columns=[Column("who", words.GROUPS[group]), people_column("n", words.MEASURES["measured_twice"]), *columns],
        notes=["Frågornas nummer är de som står i tabellen för alla.", FEWER],
        base=base(view),
    )


def _beside(view: FollowUpView, group: str, categories: list[str], items: list[str], means: Means) -> Table:
    """A row per question and a column per category: the first mean, the last, and the change."""
    records = []
    for item, text in zip(items, numbered(items), strict=True):
        cells = {category: _from_to(*_pair(means, category, item)) for category in categories}
        records.append({"item": text, **cells})
    twice = _measured(view, group)
    columns = [
        text_column(category, f"{words.category(view.portfolio, group, category)} (n = {said(twice.get(category))})")
        for category in categories
    ]
    return Table(
        name=f"skattningar-{group}",
        caption=f"Medelvärde per fråga{_and(group)}, från första till sista skattningen och förändringen, "
        f"{view.portfolio.period_label}",
        frame=pd.DataFrame(records).astype("object"),
        columns=[Column("item", "Fråga"), *columns],
        notes=[f"n: {words.inside(words.MEASURES['measured_twice'])}. {FEWER}"],
        base=base(view),
    )


def _measured(view: FollowUpView, group: str) -> dict[str, Shown]:
    """Category -> how many were measured twice, as far as that may be shown."""
    rows = progression_rows(view, group)
    return {} if rows.empty else dict(zip(rows["category"], rows["measured_twice"], strict=True))


def _one_below_another(view: FollowUpView, group: str, categories: list[str], items: list[str], means: Means) -> Table:
    """A row per category and question."""
    records = []
    for category in categories:
        for item, text in zip(items, numbered(items), strict=True):
            first, last = _pair(means, category, item)
            count = means.get((category, item, "last"), (None, None))[1]
            records.append(
                {
                    "item": text,
                    "who": words.category(view.portfolio, group, category),
                    "first": _mean(first),
                    "last": _mean(last),
                    "change": HIDDEN if _hidden(first, last) else signed(last - first, decimals=1),
                    "n": HIDDEN if swedish.is_missing(count) else swedish.number(int(count)),
                }
            )
    counts_shown = any(record["n"] is not HIDDEN for record in records)
    columns = [
        *([Column("who", words.GROUPS[group])] if group != "all" else []),
        Column("item", "Fråga"),
        text_column("first", words.OCCASIONS["first"]),
        text_column("last", words.OCCASIONS["last"]),
        text_column("change", "Förändring"),
        *([text_column("n", "Antal som svarat båda gångerna")] if counts_shown else []),
    ]
    note = "Hur många som svarade på varje fråga visas inte: det skulle säga hur få som inte gjorde det."
    return Table(
        name=f"skattningar-{group}",
        caption=f"Medelvärde per fråga{_and(group)}, första och sista skattningen, {view.portfolio.period_label}",
        frame=pd.DataFrame(records).astype("object"),
        columns=columns,
        notes=[] if counts_shown else [note],
        base=base(view),
    )


def _and(group: str) -> str:
    return "" if group == "all" else f" och {words.inside(words.GROUPS[group])}"


def _pair(means: Means, category: str, item: str) -> tuple[Any, Any]:
    first, last = (means.get((category, item, when), (None, None))[0] for when in words.OCCASIONS)
    return first, last


def _hidden(*values: Any) -> bool:
    return any(swedish.is_missing(value) for value in values)


def _mean(value: Any) -> object:
    return HIDDEN if swedish.is_missing(value) else swedish.number(float(value), decimals=1)


def _from_to(first: Any, last: Any) -> object:
    if _hidden(first, last):
        return HIDDEN
    return f"{_mean(first)} till {_mean(last)} ({signed(last - first, decimals=1)})"
