"""Gender balance against the band of 40 to 60 percent that projects are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.outcomes import rows_of
from portfolj.exhibits.followup.reasons import TOO_FEW, left_out
from portfolj.exhibits.followup.shares import interval_of, share_of
from portfolj.exhibits.followup.shown import Shown, known, table_of, whole
from portfolj.exhibits.markup import Html, paragraph
from portfolj.followup.shares import BALANCED

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


def gender_balance(view: FollowUpView) -> Html:
    """One sentence: women's share of those whose sex is known, and whether it lies within the band."""
    rows = rows_of(view, "sex")
    if table_of(view, "outcomes").empty:
        return absent("participations")
    if rows.empty:
        reason = TOO_FEW if "sex" in left_out(view, "outcomes") else "uppgift om kön saknas i underlaget"
        return paragraph(f"Könsfördelningen visas inte: {reason}.")
    counts = dict(zip(rows["category"], rows["participations"], strict=True))
    return paragraph(balance_sentence(counts.get("woman", 0), counts.get("man", 0)))


def balance_sentence(women: Shown, men: Shown) -> str:
    """The sentence; it says so where a count that it needs is hidden."""
    if not known(women, men):
        return "Könsfördelningen visas inte: minst ett av talen är dolt."
    total = whole(women) + whole(men)
    share = share_of(women, total)
    if share is None:
        return "Könsfördelningen visas inte: inget deltagande har uppgift om kön."
    low, high = (swedish.number(limit) for limit in BALANCED)
    interval = interval_of(whole(women), total)
    inside = BALANCED[0] <= 100 * share <= BALANCED[1]
    place = "inom" if inside else "utanför"
    return (
        f"Kvinnor står för {_beside_limits(100 * share)}{swedish.NBSP}% ({interval}) av "
        f"{swedish.counted(total, 'deltagande', 'deltaganden')} med uppgift om kön. Det är {place} spannet "
        f"{low} till {high}{swedish.NBSP}%, som brukar kallas jämn fördelning."
    )


def _beside_limits(percent: float) -> str:
    """The share in as few decimals as tell on which side of a limit it lies: ``46``, but ``60,1``."""
    for decimals in (0, 1):
        text = swedish.number(percent, decimals=decimals)
        if percent in BALANCED or text not in [swedish.number(limit, decimals=decimals) for limit in BALANCED]:
            return text
    near = min(BALANCED, key=lambda limit: abs(limit - percent))
    return f"{'knappt' if percent < near else 'drygt'} {swedish.number(near)}"
