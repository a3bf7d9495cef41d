"""The findings on whether it paid, to read if only these are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.economics.break_even import break_even_finding
from portfolj.exhibits.economics.caveats import NO_EFFECT
from portfolj.exhibits.economics.chance import chance_finding
from portfolj.exhibits.economics.costs import cost_source
from portfolj.exhibits.economics.lacking import has_payback, nothing
from portfolj.exhibits.economics.together import per_actor, together_finding
from portfolj.exhibits.markup import Html, bullets

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView


def headline(view: EconomicsView) -> Html:
    """The findings as a list; where there is nothing to tell of, that."""
    return bullets(_sentences(view), kind="findings")


def economics_sentences(view: EconomicsView) -> list[str]:
    """The findings for those who have not asked: none of a federation that has no files on economics."""
    return _sentences(view) if view.kinds or has_payback(view) else []


def _sentences(view: EconomicsView) -> list[str]:
    """Society's payback, the other actors', the chance, whose the cost is, what structural money needs, the caveat."""
    if not has_payback(view):
        told = [nothing(view), break_even_finding(view)]
    else:
        told = [
            together_finding(view), per_actor(view), chance_finding(view), cost_source(view),
            break_even_finding(view), NO_EFFECT,
        ]  # fmt: skip
    return [text for text in told if text]
