"""The state's allocation model, step by step, in whole kronor.

Each federation has the same base grant; the rest of the frame follows income support and population. A brake holds
back how much less a federation may get than the year before, and nobody gets more than it has asked for. What brake
and requests move is shared among the others by the same formula, until nothing changes.

Source: Nationella rådet's decision of 2015-01-22 and the state's description of the model on finsam.se. That what is
not asked for goes to the others is implied there; how is not told. Here the model is used again on what is left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial


@dataclass(frozen=True)
class Member:
    """A federation in the table. Amounts in kronor, None where the table does not say.

    ``support``: its measure of income support, ``population``: inhabitants aged 16-64, ``equity_sek``: own capital,
    ``budget_sek``: its budget for a year, of all its members' money.
    """

    name: str
    support: Fraction
    population: int
    last_year_sek: int | None = None
    requested_sek: int | None = None
    equity_sek: int | None = None
    budget_sek: int | None = None


@dataclass(frozen=True)
class Rules:
    """The parameters, see ``AllocationSettings``. ``equity_steps``: (budget above, allowed percent), rising from 0."""

    frame_sek: int
    base_grant_sek: int
    support_weight_pct: int
    brake_pct: int = 100
    equity_steps: tuple[tuple[int, int], ...] = ()

    def allowed_equity_sek(self, member: Member) -> int | None:
        """The most own capital that is reasonable for the member; None where budget or steps are not known."""
        if member.budget_sek is None or not self.equity_steps:
            return None
        pct = [pct for above, pct in self.equity_steps if member.budget_sek > above or above == 0][-1]
        return member.budget_sek * pct // 100

    def is_protected(self, member: Member) -> bool:
        """Whether the brake holds for the member: not without an amount of last year, nor with too much capital."""
        allowed = self.allowed_equity_sek(member)
        above = allowed is not None and member.equity_sek is not None and member.equity_sek > allowed
        return member.last_year_sek is not None and self.brake_pct < 100 and not above


@dataclass(frozen=True)
class Share:
    """What each step gives a member, in kronor. ``model`` is the sum of the three before it.

    ``least``: what the brake secures, None where it does not hold. ``brake_added`` and ``brake_paid``: what it gives
    and costs; ``capped``: what the member does not ask for; ``redistributed``: what others' unused money gives it.
    final = base + by_support + by_population + brake_added - brake_paid - capped + redistributed.
    """

    base: int
    by_support: int
    by_population: int
    model: int
    least: int | None
    brake_added: int
    brake_paid: int
    after_brake: int
    capped: int
    redistributed: int
    final: int


@dataclass(frozen=True)
class Allocation:
    """The shares by name, and what of the frame nobody asks for. The finals and ``unused`` sum to the frame."""

    rules: Rules
    members: tuple[Member, ...]
    shares: Mapping[str, Share]
    unused: int

    @property
    def fixed(self) -> int:
        """What the base grants take of the frame."""
        return self.rules.base_grant_sek * len(self.members)

    @property
    def variable(self) -> int:
        """What is left of the frame for income support and population."""
        return self.rules.frame_sek - self.fixed


class NoAllocation(ValueError):
    """The rules can't be held all at once. The text says which, in Swedish."""


def allocate(members: Sequence[Member], rules: Rules) -> Allocation:
    """The frame shared among the members, the same in whatever order they come. Raises NoAllocation.

    Kronor that rounding leaves go to those with the largest remainder, by name where they are alike.
    """
    members = tuple(sorted(members, key=lambda member: member.name))
    weights = _weights(members, rules)
    rest = rules.frame_sek - rules.base_grant_sek * len(members)
    base, names = rules.base_grant_sek, [member.name for member in members]
    least = [_least(member, rules) for member in members]
    by_support = _rounded([rest * support for support, _ in weights], names)
    formula = [base + rest * (support + population) for support, population in weights]
    model = _rounded(formula, names)
    parts = [support + population for support, population in weights]
    secured = sum(max(base, each or 0) for each in least)
    if secured > rules.frame_sek:
        raise NoAllocation(
            f"Bromsen kräver {_kr(secured)}, mer än ramen {_kr(rules.frame_sek)}. Båda kan inte gälla: höj ramen eller "
            "släpp på bromsen"
        )
    none: list[int | None] = [None] * len(members)
    after_brake = _rounded(_filled(rules, parts, least, none), names)
    requested = [member.requested_sek for member in members]
    final = _rounded(_filled(rules, parts, least, requested), names)
    shares = {}
    for n, name in enumerate(names):
        asked = min(after_brake[n], after_brake[n] if (wish := requested[n]) is None else wish)
        support = min(by_support[n], model[n] - base)
        shares[name] = Share(
            base=base, by_support=support, by_population=model[n] - base - support, model=model[n], least=least[n],
            brake_added=max(0, after_brake[n] - model[n]), brake_paid=max(0, model[n] - after_brake[n]),
            after_brake=after_brake[n], capped=after_brake[n] - asked, redistributed=final[n] - asked, final=final[n],
        )  # fmt: skip
    return Allocation(rules, members, shares, rules.frame_sek - sum(final))


def _weights(members: Sequence[Member], rules: Rules) -> list[tuple[Fraction, Fraction]]:
    """Per member how much of each krona beside the base grants is its by income support and by population, exact."""
    rest = rules.frame_sek - rules.base_grant_sek * len(members)
    if rest < 0:
        raise NoAllocation(
            f"Grundtilldelningen till {len(members)} förbund är {_kr(rules.frame_sek - rest)}, mer än ramen "
            f"{_kr(rules.frame_sek)}. Höj ramen eller sänk grundtilldelningen"
        )
    weight = Fraction(rules.support_weight_pct, 100)
    of_support, of_population = sum(m.support for m in members), sum(m.population for m in members)
    if weight and not of_support:
        raise NoAllocation("Försörjningsmåttet är noll för alla förbund. Då går den delen inte att fördela")
    if weight < 1 and not of_population:
        raise NoAllocation("Antalet invånare är noll för alla förbund. Då går den delen inte att fördela")
    return [
        (
            weight * m.support / of_support if weight else Fraction(0),
            (1 - weight) * m.population / of_population if weight < 1 else Fraction(0),
        )
        for m in members
    ]


def _least(member: Member, rules: Rules) -> int | None:
    if not rules.is_protected(member) or member.last_year_sek is None:
        return None
    return -(-member.last_year_sek * (100 - rules.brake_pct) // 100)


def _filled(
    rules: Rules, parts: Sequence[Fraction], least: Sequence[int | None], most: Sequence[int | None]
) -> list[Fraction]:
    """Per member base + level * its part of a krona, at least ``least`` and at most ``most`` (which goes first).

    The level is the one that uses the whole frame, or the highest that makes a difference where nobody asks for more.
    """
    base = rules.base_grant_sek
    levels = {Fraction(0)}
    for part, bounds in zip(parts, zip(least, most, strict=True), strict=True):
        levels |= {(Fraction(bound) - base) / part for bound in bounds if bound is not None and part and bound > base}
    at = partial(_at_level, base, parts, least, most)
    ordered = sorted(levels)
    position = bisect_left(ordered, Fraction(rules.frame_sek), key=lambda level: sum(at(level), Fraction(0)))
    if position == 0:
        return at(Fraction(0))
    low = ordered[position - 1]
    high = ordered[position] if position < len(ordered) else low + 1
    # Between two levels where somebody meets a bound, the sum is a straight line; beyond the last, too.
    less, more = sum(at(low)), sum(at(high))
    if more == less:
        return at(low)
    return at(low + (high - low) * (rules.frame_sek - less) / (more - less))


def _at_level(
    base: int, parts: Sequence[Fraction], least: Sequence[int | None], most: Sequence[int | None], level: Fraction
) -> list[Fraction]:
    amounts = []
    for part, low, high in zip(parts, least, most, strict=True):
        amount = base + level * part
        amount = amount if low is None else max(amount, Fraction(low))
        amounts.append(amount if high is None else min(amount, Fraction(high)))
    return amounts


def _rounded(amounts: Sequence[Fraction], names: Sequence[str]) -> list[int]:
    """Whole kronor with the same sum (rounded down): those with the largest remainders get one more."""
    whole = [amount.__floor__() for amount in amounts]
    left = sum(amounts, Fraction(0)).__floor__() - sum(whole)
    order = sorted(range(len(amounts)), key=lambda n: (whole[n] - amounts[n], names[n]))
    for n in order[:left]:
        whole[n] += 1
    return whole


def _kr(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u00a0") + "\u00a0kr"
