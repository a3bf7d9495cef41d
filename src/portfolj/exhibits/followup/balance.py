"""Gender balance against the band of 40 to 60 percent that projects are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import base
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.reasons import left_out, too_few
from portfolj.exhibits.followup.shares import IN_BRACKETS, interval_of, share_of
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Hidden,
    Shown,
    each,
    first_record,
    known,
    people_column,
    people_table,
    shown_value,
    table_of,
    text_column,
    whole,
    with_shown,
)
from portfolj.exhibits.markup import Column, Html, Table, note, paragraph
from portfolj.followup.shares import BALANCED

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


def gender_balance(view: FollowUpView) -> Html:
    """One sentence: women's share of those whose sex is known, and whether it lies within the band.

    Then a row for each intervention, owner and target group, where there are several.
    """
    if table_of(view, "outcomes").empty:
        return absent("participations")
    rows = with_shown(table_of(view, "gender_balance"), ["women", "men"])
    if rows.empty:
        return paragraph("Könsfördelningen visas inte: uppgift om kön saknas i underlaget.")
    record = first_record(rows)
    sentence = paragraph(balance_sentence(record["women"], record["men"]))
    thin = [words.PER[group] for group in left_out(view, "gender_balance")]
    why = note(f"Könsfördelningen {swedish.listed(thin)} visas inte: {too_few(view)}.") if thin else Html()
    rows = rows[rows["group"] != "all"]
    return Html(sentence, why) if rows.empty else Html(sentence, people_table(view, _parts(view, rows)), why)


def _parts(view: FollowUpView, rows: pd.DataFrame) -> Table:
    rows = rows.assign(
        label=words.categories(view.portfolio, rows),
        what=[words.GROUPS[group] for group in rows["group"]],
        share=each(rows, _share_of_women, "women", "men"),
        inside=each(rows, _inside, "women", "men"),
    )
    low, high = (swedish.number(limit) for limit in BALANCED)
    groups = [words.GROUPS[group] for group in dict.fromkeys(rows["group"])]
    by = swedish.listed([words.inside(name) for name in groups])
    several = [Column("label", "Namn"), Column("what", "Indelning")]
    heads = [Column("label", groups[0])] if len(groups) == 1 else several
    return Table(
        name="konsfordelning",
        caption=f"Kvinnor och män per {by}, {view.portfolio.period_label}",
        frame=rows,
        columns=[
            *heads,
            people_column("women", "Kvinnor"),
            people_column("men", "Män"),
            text_column("share", "Andel kvinnor"),
            text_column("inside", f"Spannet {low} till {high}{swedish.NBSP}%"),
        ],
        notes=[IN_BRACKETS, "Den som inte har uppgift om kön är inte med i andelen."],
        base=base(view, ("Uppgift om kön", shown_value(first_record(table_of(view, "participants")), "missing_sex"))),
    )


def _share_of_women(women: Shown, men: Shown) -> str | Hidden | None:
    return _written(whole(women), whole(women) + whole(men)) if known(women, men) else HIDDEN


def _inside(women: Shown, men: Shown) -> str | Hidden | None:
    share = share_of(women, whole(women) + whole(men)) if known(women, men) else None
    if share is None:
        return None if known(women, men) else HIDDEN
    return "inom" if BALANCED[0] <= 100 * share <= BALANCED[1] else "utanför"


def balance_sentence(women: Shown, men: Shown) -> str:
    """The sentence; it says so where a count that it needs is hidden."""
    if not known(women, men):
        return "Könsfördelningen visas inte: minst ett av talen är dolt."
    total = whole(women) + whole(men)
    share = share_of(women, total)
    if share is None:
        return "Könsfördelningen visas inte: inget deltagande har uppgift om kön."
    low, high = (swedish.number(limit) for limit in BALANCED)
    inside = BALANCED[0] <= 100 * share <= BALANCED[1]
    place = "inom" if inside else "utanför"
    return (
        f"Kvinnor står för {_beside_limits(whole(women), total)} (95-procentigt intervall "
        f"{interval_of(whole(women), total)}) av "
        f"{swedish.counted(total, 'deltagande', 'deltaganden')} med uppgift om kön. Det är {place} spannet "
        f"{low} till {high}{swedish.NBSP}%, som brukar kallas jämn fördelning."
    )


def _written(women: int, total: int) -> str | None:
    """``46 % (40–52)``; None of nobody."""
    return f"{_beside_limits(women, total)} ({interval_of(women, total)})" if total else None


def _beside_limits(women: int, total: int) -> str:
    """The share in as few decimals as tell on which side of a limit it lies: ``46 %``, but ``60,1 %``."""
    percent = 100 * women / total
    near = min(BALANCED, key=lambda limit: abs(limit - percent))
    for decimals in (0, 1):
        text = swedish.number(percent, decimals=decimals)
        if percent == near or text != swedish.number(near, decimals=decimals):
            return f"{text}{swedish.NBSP}%" if decimals else swedish.percent(women, total)
    return f"{'knappt' if percent < near else 'drygt'} {swedish.number(near)}{swedish.NBSP}%"
