"""Options and values of one run: the federation's own, or what an analyst states, with every fault at once."""

from __future__ import annotations

from typing import Any

import pytest
from economics_base import federation
from view_case import value

from portfolj.economics.options import Options
from portfolj.economics.stated import AS_STATED, options_with, values_with
from portfolj.economics.values import Missing, Value
from portfolj.errors import ParameterError

AS_IS = dict.fromkeys(
    ("discount_rate_pct", "fade_out_pct", "deadweight_pct", "write_off_years", "price_year"), AS_STATED
)
OWN = {"discount_rate_pct": 3.5, "fade_out_pct": 10, "deadweight_pct": 20, "write_off_years": 4, "price_year": 2020,
       "subsidised_apart": True}  # fmt: skip
OF_OWN = Options(
    discount_rate=0.035, fade_out=0.1, deadweight=0.2, write_off_years=4, price_year=2020, subsidised_apart=True
)


def options(own: dict[str, Any] | None = None, **stated: Any) -> Options:
    return options_with(federation(**(own or {})), **{**AS_IS, **stated})


def test_without_anything_stated_the_options_are_the_federations() -> None:
    assert options() == Options()
    assert options(OWN) == OF_OWN


def test_what_is_stated_for_a_run_comes_before_the_federations_own() -> None:
    found = options(
        OWN, discount_rate_pct=0.0, fade_out_pct=100, deadweight_pct=50.5, write_off_years=1, price_year=2019
    )
    assert found == Options(fade_out=1.0, deadweight=0.505, write_off_years=1, price_year=2019, subsidised_apart=True)


def test_one_thing_can_be_stated_alone() -> None:
    assert options(OWN, deadweight_pct=0) == Options(
        discount_rate=0.035, fade_out=0.1, write_off_years=4, price_year=2020, subsidised_apart=True
    )


def test_price_year_0_is_the_prices_of_each_year() -> None:
    assert options(OWN, price_year=0).price_year is None
    assert options(OWN).price_year == 2020


@pytest.mark.parametrize(
    ("name", "given", "allowed"),
    [
        ("discount_rate_pct", 50.1, "0-50"), ("discount_rate_pct", -2, "0-50"), ("fade_out_pct", 101, "0-100"),
        ("deadweight_pct", -0.5, "0-100"), ("write_off_years", 0, "1-5"), ("write_off_years", 6, "1-5"),
        ("price_year", 1989, "ett år"), ("price_year", 19, "ett år"), ("price_year", 2101, "ett år"),
        ("discount_rate_pct", float("nan"), "0-50"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_with_what_is_allowed(name: str, given: float, allowed: str) -> None:
    with pytest.raises(ParameterError) as refused:
        options(**{name: given})
    assert name in str(refused.value)
    assert f"{given:g}" in str(refused.value)
    assert allowed in str(refused.value)


def test_every_wrong_option_is_told_at_once() -> None:
    with pytest.raises(ParameterError) as refused:
        options(discount_rate_pct=99, fade_out_pct=200, deadweight_pct=-3, write_off_years=0, price_year=7)
    assert [line.split()[0] for line in str(refused.value).splitlines()] == list(AS_IS)


def test_a_stated_value_comes_before_the_federations_and_the_shipped() -> None:
    own = [value("monthly_wage_sek", 30_000)]
    assert wage(values_with(federation(), own, "monthly_wage=27 000")) == (27_000, "parametercellen")
    assert wage(values_with(federation(), own, "")) == (30_000, "Provet")
    assert wage(values_with(federation(), [], ""))[0] == 25_000


def wage(values: Any) -> tuple[float | None, str]:
    found = values.find("monthly_wage_sek", year=2020)
    return found.value, found.source


def test_stand_in_years_of_the_run_come_before_the_federations_and_are_added_to_them() -> None:
    own = [value("municipal_tax_pct", year - 2000, actor="kommun", year=year) for year in (2017, 2018, 2019)]
    stated = federation(use_year={"2020": 2018, "2021": 2019})
    values = values_with(stated, own, "2020=2017")
    found = {year: values.find("municipal_tax_pct", year=year, actor="kommun") for year in (2020, 2021, 2022)}
    assert isinstance(found[2020], Value)
    assert isinstance(found[2021], Value)
    assert (found[2020].year, found[2021].year) == (2017, 2019)
    assert isinstance(found[2022], Missing)  # nobody has said what stands in for it


def test_a_value_of_an_own_actor_can_be_stated() -> None:
    stated = federation(actors={"eu": "EU"})
    found = values_with(stated, [], "cost_total:eu = 15 541 812").find("cost_total_sek", year=2022, actor="eu")
    assert isinstance(found, Value)
    assert found.value == 15_541_812
    with pytest.raises(ParameterError, match="eu"):
        values_with(federation(), [], "cost_total:eu = 1")  # whose actor it is not


def test_a_value_that_does_not_exist_is_refused_with_the_nearest_that_does() -> None:
    with pytest.raises(ParameterError, match=r"Menade du monthly_wage_sek\?"):
        values_with(federation(), [], "montly_wage=27000")
