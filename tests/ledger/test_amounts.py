"""Amounts: one cell at a time, expected values counted by hand."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.federation import Unit
from portfolj.ledger.amounts import (
    AmountUnreadable,
    DecimalMark,
    decimal_mark_of,
    parse_amount,
    unit_in_heading,
    unit_in_title,
    write_kronor,
)

SPACES = [" ", "\u00a0", "\u202f", "\u2009", "\u2007"]


def kronor(value, unit=Unit.KR, mark=None):
    amount = parse_amount(value, unit=unit, decimal_mark=mark)
    return None if amount is None else amount.ore / 100


@pytest.mark.parametrize("space", SPACES)
def test_any_kind_of_space_divides_thousands(space):
    assert kronor(f"1{space}234{space}567,50") == 1234567.50


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500", 500), ("1234567", 1234567), ("1.234.567", 1234567), ("1.234.567,50", 1234567.5), ("1,234,567", 1234567),
        ("1,234,567.50", 1234567.5), ("1.234,50", 1234.5), ("1,234.50", 1234.5), ("380,0", 380), ("12.50", 12.5),
        ("0,750", 0.75),
        ("1 234 567.00", 1234567), ("+500", 500),
    ],
)  # fmt: skip
def test_marks_that_leave_no_doubt_are_read(text, expected):
    assert kronor(text) == expected


@pytest.mark.parametrize(
    "text", ["-125", "−125", "–125", "125-", "125−", "(125)", "- 125", "(125 kr)", "-125 kr", "−125:-", "(125) kr"]
)
def test_a_minus_is_read_in_every_shape(text):
    assert kronor(text) == -125


@pytest.mark.parametrize(
    "text", ["500 kr", "500kr", "500:-", "500,-", "500.-", "500 SEK", "SEK 500", "kr 500", "500 kronor", "500 Kr."]
)
def test_kronor_after_or_before_the_number_are_read(text):
    assert kronor(text, Unit.TKR) == 500


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("380 tkr", 380_000), ("380 TKR", 380_000), ("1,2 mkr", 1_200_000), ("1,2 mnkr", 1_200_000),
        ("1,2 Mkr", 1_200_000),
        ("1,25 miljoner kronor", 1_250_000), ("380 tusen kronor", 380_000), ("1,234 mkr", 1_234_000),
        ("−0,5 mkr", -500_000),
        ("1,2 miljoner", 1_200_000), ("380 kkr", 380_000),
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", list(Unit))
def test_a_unit_in_the_cell_goes_before_that_of_the_column(text, expected, column):
    assert kronor(text, column) == expected


@pytest.mark.parametrize("value", [None, "", "  ", "-", "–", "−", "..", ".", "x", "X", "\u00a0", "uppgift saknas"])
def test_missing_is_missing_and_never_zero(value):
    assert kronor(value) is None


def test_zero_is_zero():
    assert [kronor(0), kronor("0"), kronor("0,00 kr")] == [0, 0, 0]


@pytest.mark.parametrize("text", ["1.234", "1,234", "12,345", "-1.234", "1,234 kr", "1.234 tkr"])
@pytest.mark.parametrize("unit", [Unit.KR, Unit.TKR])
def test_one_mark_before_three_digits_is_refused_as_ambiguous(text, unit):
    with pytest.raises(AmountUnreadable, match="tvetydigt"):
        parse_amount(text, unit=unit)


def test_the_rest_of_the_column_settles_an_ambiguous_mark():
    assert decimal_mark_of(["1.234", "1.234.567", "500"]) is DecimalMark.COMMA
    assert kronor("1.234", mark=DecimalMark.COMMA) == 1234
    assert decimal_mark_of(["1,234", "12.50"]) is DecimalMark.POINT
    assert kronor("1,234", mark=DecimalMark.POINT) == 1234
    assert decimal_mark_of(["380,0"]) is DecimalMark.COMMA
    assert kronor("1,234", Unit.TKR, DecimalMark.COMMA) == 1234  # 1,234 tkr


def test_three_decimals_of_a_krona_are_not_believed():
    with pytest.raises(AmountUnreadable, match="tvetydigt"):
        parse_amount("1,234", unit=Unit.KR, decimal_mark=DecimalMark.COMMA)


def test_a_column_that_shows_both_marks_settles_nothing():
    assert decimal_mark_of(["12,50", "12.50"]) is None


@pytest.mark.parametrize(
    "value",
    [
        "12 ooo", "1 23 456", "12 34", "tolv", "50 %", "1.2.3", "1,23,456", "--5", "(-5)", "1 234 567 890 a",
        "100-200", "=1+1", "1e5", "12:50",
        True, datetime(2019, 3, 1), float("nan"), float("inf"), "5 5 kr",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(AmountUnreadable):
        parse_amount(value, unit=Unit.KR)


@pytest.mark.parametrize("text", ["ca 500 000", "drygt 500 000 kr", "Cirka 500 000", "c:a 500 000", "~500 000"])
def test_about_is_read_and_marked(text):
    amount = parse_amount(text, unit=Unit.KR)
    assert amount.ore == 50_000_000
    assert amount.approximate


@pytest.mark.parametrize(
    ("value", "unit", "ore"),
    [(0.1 + 0.2, Unit.KR, 30), (1.15, Unit.TKR, 115_000), (70.2, Unit.MKR, 7_020_000_000), (1.005, Unit.KR, 101)],
)
def test_numbers_are_exact_to_the_ore(value, unit, ore):
    assert parse_amount(value, unit=unit).ore == ore


@given(st.integers(-(10**13), 10**13))
def test_what_is_written_is_read_back(ore):
    assert parse_amount(write_kronor(ore), unit=Unit.MKR).ore == ore


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Belopp tkr", "tkr"), ("Belopp (tkr)", "tkr"), ("Beviljat (kr)", "kr"), ("Summa i mnkr", "mkr"),
        ("Belopp, tkr", "tkr"), ("Tkr", "tkr"),
        ("Belopp i tusental kronor", "tkr"), ("Beviljat belopp\n(KR)", "kr"), ("Belopp", None), ("Kravbelopp", None),
        ("amount_sek", "kr"),
        ("Markrisk", None), ("Belopp 1 000 kr", "tkr"), ("Belopp [mkr]", "mkr"),
    ],
)  # fmt: skip
def test_the_unit_in_a_heading_is_found(heading, unit):
    assert unit_in_heading(heading) == (unit and Unit(unit))


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Beviljade medel 2014-2019 (tkr)", "tkr"), ("Alla belopp i tkr", "tkr"),
        ("Belopp anges i tusental kronor", "tkr"), ("tkr", "tkr"),
        ("Beviljade medel, mkr", "mkr"), ("Förbundet fick 3 mkr från staten under 2014 och delade ut resten", None),
        ("Beviljade medel", None),
        ("Belopp i kronor", "kr"),
    ],
)  # fmt: skip
def test_a_title_row_states_a_unit_only_where_it_speaks_of_all_amounts(title, unit):
    assert unit_in_title(title) == (unit and Unit(unit))
