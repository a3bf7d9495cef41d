"""Gender balance against the band of 40 to 60 percent that projects are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.outcomes import rows_of
from portfolj.exhibits.followup.shares import interval_text, share_of
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
        return paragraph("Könsfördelningen går inte att visa: kön saknas i underlaget.")
    counts = dict(zip(rows["category"], rows["participations"], strict=True))
    return paragraph(balance_sentence(counts.get("woman", 0), counts.get("man", 0)))


def balance_sentence(women: Shown, men: Shown) -> str:
    """The sentence; it says so where a count that it needs is hidden."""
    if not known(women, men):
        return "Könsfördelningen går inte att visa, för att minst ett av talen är dolt eller saknas."
    total = whole(women) + whole(men)
    share = share_of(women, total)
    if share is None:
        return "Könsfördelningen går inte att visa: inget deltagande har uppgift om kön."
    low, high = (swedish.number(limit) for limit in BALANCED)
    inside = BALANCED[0] <= 100 * share <= BALANCED[1]
    place = "inom" if inside else "utanför"
    return (
        f"Kvinnor är {interval_text(women, total)} av {swedish.counted(total, 'deltagande', 'deltaganden')} med "
        f"uppgift om kön. Det är {place} spannet {low} till {high}{swedish.NBSP}%, som brukar kallas jämn fördelning."
    )
