"""The allocation model held against a slow one that shares nothing with it, and against what must always hold."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.comparison.allocation.change import CHANGES_PCT, change_table
from portfolj.comparison.allocation.model import Allocation, Member, NoAllocation, Rules, allocate

RULES = Rules(frame_sek=339_000_000, base_grant_sek=400_000, support_weight_pct=75, brake_pct=10)
AMOUNT = st.none() | st.integers(0, 3_000_000)


def member(name: str, support: int = 1000, population: int = 1000, **more: int | None) -> Member:
    return Member(name, Fraction(support), population, **more)


@st.composite
def cases(draw: st.DrawFn, *, bounds: bool = True) -> tuple[list[Member], Rules]:
    count = draw(st.integers(1, 8))
    number = st.integers(1, 100_000)
    members = [
        Member(
            f"F{n}", Fraction(draw(number), draw(st.integers(1, 9))), draw(number),
            last_year_sek=draw(AMOUNT) if bounds else None, requested_sek=draw(AMOUNT) if bounds else None,
            equity_sek=draw(AMOUNT), budget_sek=draw(AMOUNT),
        )
        for n in range(count)
    ]  # fmt: skip
    base = draw(st.integers(0, 400_000))
    rules = Rules(
        frame_sek=base * count + draw(st.integers(0, 10_000_000)), base_grant_sek=base,
        support_weight_pct=draw(st.integers(0, 100)), brake_pct=draw(st.integers(0, 100)),
        equity_steps=draw(st.sampled_from([(), ((0, 60), (1_000_000, 30))])),
    )  # fmt: skip
    return members, rules


def allocated(case: tuple[list[Member], Rules]) -> Allocation | None:
    try:
        return allocate(*case)
    except NoAllocation:
        return None


def formula(members: list[Member], rules: Rules, one: Member) -> float:
    """The closed formula, in floats as it is printed."""
    weight = rules.support_weight_pct / 100
    rest = rules.frame_sek - rules.base_grant_sek * len(members)
    support = float(one.support) / float(sum(m.support for m in members))
    population = one.population / sum(m.population for m in members)
    return rules.base_grant_sek + rest * (weight * support + (1 - weight) * population)


def by_halving(members: list[Member], rules: Rules) -> dict[str, float]:
    """The same end by other means: floats, and a level that is found by halving the room for it again and again."""
    # How much of a million beside the base grants is whose: it must not depend on how much there is.
    million = replace(rules, frame_sek=rules.base_grant_sek * len(members) + 1_000_000)
    weights = {m.name: formula(members, million, m) - rules.base_grant_sek for m in members}

    def amounts(level: float) -> dict[str, float]:
        found = {}
        for m in members:
            amount = rules.base_grant_sek + level * weights[m.name]
            too_rich = False
            if m.budget_sek is not None and m.equity_sek is not None and rules.equity_steps:
                pct = rules.equity_steps[0][1]
                for above, allowed in rules.equity_steps:
                    if m.budget_sek > above:
                        pct = allowed
                too_rich = m.equity_sek > m.budget_sek * pct // 100
            if m.last_year_sek is not None and rules.brake_pct < 100 and not too_rich:
                amount = max(amount, m.last_year_sek * (1 - rules.brake_pct / 100))
            if m.requested_sek is not None:
                amount = min(amount, m.requested_sek)
            found[m.name] = amount
        return found

    low, high = 0.0, 1e9
    for _ in range(200):
        middle = (low + high) / 2
        if sum(amounts(middle).values()) < rules.frame_sek:
            low = middle
        else:
            high = middle
    return amounts(high)


@given(cases())
def test_the_amounts_and_what_nobody_asks_for_are_the_frame_to_the_krona(case: tuple[list[Member], Rules]) -> None:
    result = allocated(case)
    if result is None:
        return
    members, rules = case
    shares = result.shares
    assert sum(share.final for share in shares.values()) + result.unused == rules.frame_sek
    assert sum(share.model for share in shares.values()) == rules.frame_sek
    assert sum(share.after_brake for share in shares.values()) == rules.frame_sek
    assert result.unused >= 0
    for m in members:
        s = shares[m.name]
        assert s.final == (
            s.base + s.by_support + s.by_population + s.brake_added - s.brake_paid - s.capped + s.redistributed
        )
        if m.requested_sek is not None:
            assert s.final <= m.requested_sek
        if s.least is not None:
            assert s.after_brake >= s.least
            assert s.least * 100 >= (m.last_year_sek or 0) * (100 - rules.brake_pct)
    if result.unused:
        assert all(m.requested_sek == shares[m.name].final for m in members)


@given(cases(), st.randoms())
def test_the_order_of_the_rows_means_nothing(case: tuple[list[Member], Rules], chance: random.Random) -> None:
    members, rules = case
    shuffled = list(members)
    chance.shuffle(shuffled)
    first, second = allocated(case), allocated((shuffled, rules))
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert dict(first.shares) == dict(second.shares)


@given(cases(bounds=False))
def test_without_brake_and_requests_it_is_the_formula_within_a_krona(case: tuple[list[Member], Rules]) -> None:
    members, rules = case
    shares = allocate(members, rules).shares
    for one in members:
        assert abs(shares[one.name].final - formula(members, rules, one)) < 1.001


@given(cases())
def test_a_slow_model_comes_to_the_same(case: tuple[list[Member], Rules]) -> None:
    result = allocated(case)
    if result is not None and not result.unused:
        for name, amount in by_halving(*case).items():
            assert abs(result.shares[name].final - amount) < 2


@given(cases(), st.integers(1, 50), st.booleans())
def test_more_support_or_more_people_never_gives_less(
    case: tuple[list[Member], Rules], pct: int, of_support: bool
) -> None:
    members, rules = case
    first = members[0]
    more = (
        replace(first, support=first.support * (100 + pct) / 100)
        if of_support
        else replace(first, population=first.population * (100 + pct) // 100)
    )
    before, after = allocated(case), allocated(([more, *members[1:]], rules))
    if before is not None and after is not None:
        # Rounding may take a krona.
        assert after.shares[first.name].final >= before.shares[first.name].final - 1


def test_83_federations_and_339_million() -> None:
    result = allocate([member(f"F{n:02}") for n in range(83)], RULES)
    assert result.fixed == 83 * 400_000 == 33_200_000
    assert result.variable == 305_800_000
    assert {share.final for share in result.shares.values()} == {339_000_000 // 83, 339_000_000 // 83 + 1}


def test_two_federations_by_hand() -> None:
    rules = Rules(frame_sek=2_000_000, base_grant_sek=400_000, support_weight_pct=75)
    # 1 200 000 is left: 900 000 by support (3:1) and 300 000 by population (1:1).
    shares = allocate([member("A", 300, 50), member("B", 100, 50)], rules).shares
    assert (shares["A"].base, shares["A"].by_support, shares["A"].by_population) == (400_000, 675_000, 150_000)
    assert (shares["B"].base, shares["B"].by_support, shares["B"].by_population) == (400_000, 225_000, 150_000)


def test_the_brake_takes_from_those_that_it_does_not_hold_for() -> None:
    rules = Rules(frame_sek=2_000_000, base_grant_sek=400_000, support_weight_pct=75, brake_pct=10)
    # The formula gives 1 225 000 and 775 000; B had 1 000 000 and may not get less than 900 000.
    shares = allocate([member("A", 300, 50), member("B", 100, 50, last_year_sek=1_000_000)], rules).shares
    assert (shares["B"].least, shares["B"].brake_added, shares["B"].final) == (900_000, 125_000, 900_000)
    assert (shares["A"].brake_paid, shares["A"].final) == (125_000, 1_100_000)


@pytest.mark.parametrize(
    ("budget", "equity", "protected"),
    [
        (2_000_000, 1_200_000, True),  # 60 % of a budget that is not above two million
        (2_000_000, 1_200_001, False),
        (2_000_001, 600_000, True),  # 30 % of 2 000 001, in whole kronor
        (2_000_001, 600_001, False),
        (None, 9_000_000, True),  # nothing is known to be too much
        (2_000_000, None, True),
    ],
)
def test_the_brake_does_not_hold_for_too_much_own_capital(
    budget: int | None, equity: int | None, protected: bool
) -> None:
    rules = replace(RULES, equity_steps=((0, 60), (2_000_000, 30)))
    one = member("A", last_year_sek=1_000_000, equity_sek=equity, budget_sek=budget)
    assert rules.is_protected(one) is protected


def test_what_is_not_asked_for_goes_to_the_others_until_nobody_gets_more_than_asked() -> None:
    rules = Rules(frame_sek=3_000_000, base_grant_sek=0, support_weight_pct=100)
    members = [member("A", requested_sek=500_000), member("B", requested_sek=1_100_000), member("C")]
    # One million each; A leaves 500 000, of which B may have 100 000 and C gets the rest.
    shares = allocate(members, rules).shares
    assert [shares[name].final for name in "ABC"] == [500_000, 1_100_000, 1_400_000]
    assert [shares[name].capped for name in "ABC"] == [500_000, 0, 0]
    assert [shares[name].redistributed for name in "ABC"] == [0, 100_000, 400_000]


def test_what_is_not_asked_for_is_shared_by_the_formula_also_where_there_was_nothing_beside_the_base_grants() -> None:
    rules = Rules(frame_sek=2_000_000, base_grant_sek=1_000_000, support_weight_pct=75)
    result = allocate([member("A"), member("B", requested_sek=0)], rules)
    assert (result.shares["A"].final, result.unused) == (2_000_000, 0)


def test_what_nobody_asks_for_is_told() -> None:
    rules = Rules(frame_sek=3_000_000, base_grant_sek=0, support_weight_pct=100)
    result = allocate([member("A", requested_sek=500_000), member("B", requested_sek=700_000)], rules)
    assert result.unused == 1_800_000


@pytest.mark.parametrize(
    ("members", "rules", "word"),
    [
        ([member("A"), member("B")], replace(RULES, frame_sek=700_000), "Grundtilldelningen"),
        ([member("A", 0), member("B", 0)], RULES, "Försörjningsmåttet"),
        ([member("A", population=0)], RULES, "invånare"),
        ([member("A", last_year_sek=400_000_000)], RULES, "Bromsen kräver 360\u00a0000\u00a0000\u00a0kr"),
    ],
)
def test_what_cannot_be_held_at_once_is_told(members: list[Member], rules: Rules, word: str) -> None:
    with pytest.raises(NoAllocation, match=word):
        allocate(members, rules)


def test_a_weight_of_nothing_needs_no_measure() -> None:
    rules = replace(RULES, support_weight_pct=0)
    assert allocate([member("A", 0)], rules).shares["A"].final == 339_000_000


def test_a_change_moves_the_amount_as_the_formula_does() -> None:
    rules = Rules(frame_sek=2_000_000, base_grant_sek=400_000, support_weight_pct=75)
    members = [member("A", 300, 50), member("B", 100, 50)]
    table = change_table(members, rules, "B")
    assert list(table["change_pct"]) == [*CHANGES_PCT] * 2
    up = table[(table["measure"] == "income_support") & (table["change_pct"] == 20)].iloc[0]
    # 120 of 420 of 900 000 is 257 143 instead of 225 000.
    assert (up["value"], up["final_sek"], up["difference_sek"]) == (120, 807_143, 32_143)
    assert set(table[table["change_pct"] == 0]["difference_sek"]) == {0}


def test_a_change_says_when_brake_or_request_decides() -> None:
    rules = Rules(frame_sek=2_000_000, base_grant_sek=400_000, support_weight_pct=75, brake_pct=10)
    held = change_table([member("A", 300, 50), member("B", 100, 50, last_year_sek=1_000_000)], rules, "B")
    assert set(held[held["change_pct"] <= 0]["bound"]) == {"brake"}
    asked = change_table([member("A", 300, 50), member("B", 100, 50, requested_sek=500_000)], rules, "B")
    assert set(asked["bound"]) == {"request"}
    assert set(asked["difference_sek"]) == {0}
