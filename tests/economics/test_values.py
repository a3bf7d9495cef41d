"""Unit values are dated data: found by key, year and actor, never filled in silence, and what was used is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.economics.actors import LABELS, labels_of
from portfolj.economics.costs import PER_PARTICIPANT, TOTAL
from portfolj.economics.prices import INDEX
from portfolj.economics.unit_values import CONFIDENCE, COST_KEYS, PRICE_INDEX, labels_of_keys, units_of_keys
from portfolj.economics.values import VALUES_VERSION, Missing, Value, Values, parse_overrides, shipped_values
from portfolj.errors import ParameterError
from portfolj.followup.codes import codes_of

WAGE = "monthly_wage_sek"


def value(key: str, figure: float | None, *, year: int | None = None, actor: str = "", file: str = "v.csv") -> Value:
    return Value(key, actor, year, figure, units_of_keys()[key], labels_of_keys()[key], "Prov", "O", "", file)


def figure(values: Values, key: str, *, year: int, actor: str = "") -> float | None:
    found = values.find(key, year=year, actor=actor)
    return found.value if isinstance(found, Value) else None


def test_no_shipped_row_has_a_figure_without_a_source_or_an_unverified_figure() -> None:
    for row in shipped_values():
        assert row.confidence in CONFIDENCE
        assert (row.value is None) == (row.confidence == "M"), row
        assert row.value is None or row.source, row
        assert row.label
        assert row.unit
        assert row.actor in ("", *LABELS)


def test_a_key_has_one_unit_and_one_label_and_each_year_once() -> None:
    rows = shipped_values()
    assert len({(row.key, row.unit, row.label) for row in rows}) == len({row.key for row in rows})
    assert len({(row.key, row.year, row.actor) for row in rows}) == len(rows)


def test_every_benefit_of_follow_up_has_a_key_and_no_typical_amount() -> None:
    for code in codes_of("income"):
        if code not in ("wage", "none"):
            assert [row.value for row in shipped_values() if row.key == f"{code}_sek_per_year"] == [None]


def test_the_shipped_figures_give_the_printed_value_of_full_time_work() -> None:
    values = Values(shipped_values())
    wage, fee = figure(values, WAGE, year=2019), figure(values, "employer_fee_pct", year=2019)
    tax, more = figure(values, "indirect_tax_pct", year=2019), figure(values, "extra_monthly_wage_sek", year=2019)
    assert (wage, fee, tax, more) == (25_000, 31.42, 25, 5_000)
    # 25 000 x 12 x 1.3142 x 1.25 = 492 825, printed as about 500 000; a fifth of it, 98 565, as about 100 000.
    assert wage * 12 * (1 + fee / 100) * (1 + tax / 100) == pytest.approx(492_825)
    assert more * 12 * (1 + fee / 100) * (1 + tax / 100) == pytest.approx(98_565)


def test_derived_figures_follow_from_the_verified_ones() -> None:
    values = Values(shipped_values())
    for year, level in ((2021, 2.53), (2022, 2.78)):
        pbb = figure(values, "sickness_compensation_guarantee_pbb", year=year)
        amount = figure(values, "price_base_amount_sek", year=year)
        assert pbb == level
        assert figure(values, "sickness_compensation_guarantee_sek", year=year) == pytest.approx(pbb * amount)
    # 2024 is 32.37, which was 0.13 more than 2023.
    rates = [figure(values, "local_tax_pct", year=year) for year in (2024, 2023)]
    assert rates[0] - rates[1] == pytest.approx(0.13)


def test_the_parts_of_the_employer_fee_sum_to_it() -> None:
    for year in range(2019, 2026):
        parts = [v.value for v in shipped_values() if v.key.startswith("fee_") and v.year == year]
        # 10.21 + 0.60 + 3.55 + 0.20 + 2.60 + 2.64 + 11.62 = 31.42
        assert len(parts) == 7
        assert sum(parts) == pytest.approx(31.42)


def test_a_missing_year_is_missing_and_named() -> None:
    values = Values(shipped_values())
    found = values.find("price_base_amount_sek", year=2020)
    assert found == Missing("price_base_amount_sek", "", 2020, "Prisbasbelopp")
    assert str(found) == "Prisbasbelopp 2020"
    values.find("price_base_amount_sek", year=2020)
    assert values.missing == [found]
    assert values.used == []


def test_a_missing_value_of_one_actor_names_the_actor() -> None:
    values = Values(shipped_values())
    assert str(values.find("cost_per_participant_sek", year=2019, actor="fk")) == (
        "Kostnad per deltagare (Försäkringskassan) 2019"
    )
    assert str(values.find("municipal_tax_pct", year=2019)) == "Kommunens skattesats 2019"


def test_another_year_is_used_only_where_somebody_has_said_so_and_keeps_its_own_year() -> None:
    values = Values(shipped_values(), use_year={2019: 2018, 2018: 2024})
    found = values.find("local_tax_pct", year=2019)
    assert isinstance(found, Value)
    assert (found.value, found.year) == (32.12, 2018)
    assert figure(values, "local_tax_pct", year=2018) == 32.12  # its own year wins over the one stated
    assert figure(values, "local_tax_pct", year=2017) is None
    assert values.used == [(2019, found), (2018, found)]


def test_the_parameters_cell_goes_before_the_own_file_and_that_before_the_shipped_one() -> None:
    own = [value(WAGE, 28_000, year=2019), value(WAGE, 27_000)]
    assert figure(Values(shipped_values(), own, {}, {WAGE: 30_000}), WAGE, year=2019) == 30_000
    assert figure(Values(shipped_values(), own), WAGE, year=2019) == 28_000
    assert figure(Values(shipped_values(), own), WAGE, year=2020) == 27_000
    assert figure(Values(shipped_values()), WAGE, year=2020) == 25_000


def test_an_own_value_of_a_stated_year_goes_before_a_shipped_one_of_every_year() -> None:
    own = [value(WAGE, 28_000, year=2019)]
    assert figure(Values(shipped_values(), own, {2020: 2019}), WAGE, year=2020) == 28_000
    assert figure(Values(shipped_values(), own), WAGE, year=2020) == 25_000


def test_an_actors_own_value_goes_before_everybodys() -> None:
    own = [value("cost_per_participant_sek", 20_000, year=2019), value("cost_per_participant_sek", 16_000, actor="fk")]
    values = Values(shipped_values(), own)
    assert figure(values, "cost_per_participant_sek", year=2019, actor="fk") == 16_000
    assert figure(values, "cost_per_participant_sek", year=2019, actor="af") == 20_000
    assert figure(values, "cost_per_participant_sek", year=2018, actor="af") is None


def test_a_tax_is_found_with_and_without_the_actor_whose_it_always_is() -> None:
    own = [value("municipal_tax_pct", 21.5, year=2020)]
    values = Values(shipped_values(), own)
    for actor in ("", "kommun"):
        assert figure(values, "municipal_tax_pct", year=2018, actor=actor) == 20.74
        assert figure(values, "municipal_tax_pct", year=2020, actor=actor) == 21.5


def test_the_table_has_every_row_and_says_what_each_was_used_for() -> None:
    own = [value(WAGE, 28_000, year=2019)]
    values = Values(shipped_values(), own, {2020: 2019}, {"work_extent_pct": 50.0})
    for year in (2020, 2019):
        values.find(WAGE, year=year)
    values.find("work_extent_pct", year=2020)
    table = values.table()
    assert len(table) == len(shipped_values()) + 2
    assert table["year"].dtype == "Int64"
    used = table[table["used"]].set_index("key")
    assert dict(used["used_for"]) == {"work_extent_pct": "2020", WAGE: "2019;2020"}
    assert (used.loc["work_extent_pct", "source"], used.loc["work_extent_pct", "confidence"]) == (
        "parametercellen",
        "O",
    )
    assert used.loc[WAGE, "file"] == "v.csv"


def test_a_key_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no such value"):
        Values(shipped_values()).find("wage", year=2019)
    with pytest.raises(ValueError, match="no such value"):
        Values(shipped_values(), overrides={"wage": 1.0})


@given(st.integers(1990, 2100), st.sampled_from(sorted(labels_of_keys())), st.permutations(shipped_values()))
def test_order_of_rows_does_not_matter_and_nothing_is_used_for_a_year_it_is_not_of(
    year: int, key: str, rows: list[Value]
) -> None:
    found = Values(rows).find(key, year=year)
    again = Values(shipped_values()).find(key, year=year)
    assert found == again
    assert isinstance(found, Missing) or found.year in (None, year)


def test_the_parameters_cell_reads_swedish_numbers_short_keys_actors_and_years() -> None:
    text = " monthly_wage=27 000,5 ; employer_fee_pct = 31,42 %; cost_per_participant:kommun=16000; 2020=2019; "
    assert parse_overrides(text) == (
        {WAGE: 27_000.5, "employer_fee_pct": 31.42, "cost_per_participant_sek:kommun": 16_000.0}, {2020: 2019},
    )  # fmt: skip
    assert parse_overrides("") == ({}, {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("montly_wage_sek=1", "Menade du monthly_wage_sek?"),
        ("Månadslön=1", "Menade du monthly_wage_sek?"),
        ("monthly_wage_sek=mycket", "går inte att läsa som ett tal"),
        ("monthly_wage_sek=-1", "ett tal från noll"),
        ("monthly_wage_sek=x", "går inte att läsa som ett tal"),
        ("monthly_wage_sek=5 %", "går inte att läsa som ett tal i kr per månad"),
        ("employer_fee=31 kr", "går inte att läsa som ett tal i procent"),
        ("employer_fee=0,3142", "procent skrivs som 31,42 och inte som 0,3142"),
        ("municipal_tax:kommun=0,2", "procent skrivs som 31,42 och inte som 0,3142"),
        ("employer_fee=100,5", "mer än 100 procent"),
        ("cost_total=1000", "kostnaden saknar aktör"),
        ("municipal_tax:region=20", "kan bara vara kommunens"),
        ("monthly_wage:kommun=27000", "gäller alla"),
        ("cost_total:eu=1", "aktören 'eu' finns inte"),
        ("cost_total:komun=1", "Menade du kommun?"),
        ("2020=19", "ska vara två årtal"),
        ("bara ord", "går inte att tolka"),
        ("2020=2019; 2020=2018", "står två gånger"),
    ],
)
def test_what_is_wrong_in_the_parameters_cell_is_told_in_swedish(text: str, told: str) -> None:
    with pytest.raises(ParameterError) as raised:
        parse_overrides(text)
    assert told in str(raised.value)


def test_the_parameters_cell_knows_the_federations_own_actors_and_has_the_bounds_of_a_file() -> None:
    actors = labels_of({"eu": "EU (Socialfonden)"})
    assert parse_overrides("cost_total:eu=15 kr; municipal_tax:kommun=20; fee_survivor=0,6; employer_fee=0; vat=100",
                           actors=actors) == (
        {"cost_total_sek:eu": 15.0, "municipal_tax_pct:kommun": 20.0, "fee_survivor_pct": 0.6, "employer_fee_pct": 0.0,
         "vat_pct": 100.0}, {},
    )  # fmt: skip


def test_the_price_index_of_one_year_never_stands_in_for_that_of_another() -> None:
    own = [value("price_index", 343.2, year=2019), value(WAGE, 28_000, year=2019)]
    values = Values(shipped_values(), own, {2020: 2019})
    assert figure(values, WAGE, year=2020) == 28_000
    assert not values.knows("price_index", year=2020)
    assert isinstance(values.find("price_index", year=2020), Missing)
    assert figure(values, "price_index", year=2019) == 343.2


def test_the_keys_with_rules_of_their_own_are_those_that_the_calculation_asks_for() -> None:
    assert set(COST_KEYS) == {TOTAL, PER_PARTICIPANT}
    assert PRICE_INDEX == INDEX


def test_all_that_is_wrong_in_the_parameters_cell_is_told_at_once() -> None:
    with pytest.raises(ParameterError) as raised:
        parse_overrides("nej=1; 2020=x; monthly_wage=tio")
    assert all(part in str(raised.value) for part in ("'nej'", "2020", "'tio'"))


def test_the_shipped_file_says_which_version_it_is() -> None:
    assert VALUES_VERSION
    assert "#" not in VALUES_VERSION
