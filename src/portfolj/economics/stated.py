"""The options and values of a calculation: the federation's own, or what somebody has stated for this run alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from portfolj.economics.actors import labels_of
from portfolj.economics.options import Options, options_of
from portfolj.economics.values import Value, Values, parse_overrides, shipped_values
from portfolj.errors import ParameterError
from portfolj.federation import Federation
from portfolj.federation.economics import MOST_YEARS

AS_STATED = -1  # a parameter of a notebook that leaves the choice to the federation
NOMINAL = 0


class Stated(NamedTuple):
    """What is stated for a run alone: see the parameters of the notebook. ``AS_STATED`` leaves it to the federation."""

    values: str = ""
    discount_rate_pct: float = AS_STATED
    fade_out_pct: float = AS_STATED
    deadweight_pct: float = AS_STATED
    write_off_years: int = AS_STATED
    price_year: int = AS_STATED

    @property
    def choices(self) -> dict[str, Any]:
        """All but the values, as the keyword arguments of ``options_with``."""
        return {name: given for name, given in self._asdict().items() if name != "values"}


AS_THE_FEDERATION = Stated()


def check_stated(federation: Federation, stated: Stated) -> None:
    """Raises ParameterError with every choice and value that is not allowed, before anything is opened."""
    wrong = []
    checks = (partial(options_with, federation, **stated.choices), partial(values_with, federation, (), stated.values))
    for check in checks:
        try:
            check()
        except ParameterError as error:
            wrong.append(str(error))
    if wrong:
        raise ParameterError("\n".join(wrong))


def options_with(
    federation: Federation, *, discount_rate_pct: float, fade_out_pct: float, deadweight_pct: float,
    write_off_years: int, price_year: int,
) -> Options:  # fmt: skip
    """The federation's options with those that are stated here. Raises ParameterError with every wrong one."""
    wrong = [
        f"{name} är {given:g}. Tillåtet: {AS_STATED} (förbundets eget val) eller {low}-{high}."
        for name, given, low, high in (
            ("discount_rate_pct", discount_rate_pct, 0, 50), ("fade_out_pct", fade_out_pct, 0, 100),
            ("deadweight_pct", deadweight_pct, 0, 100), ("write_off_years", write_off_years, 1, MOST_YEARS),
        )
        if given != AS_STATED and not low <= given <= high
    ]  # fmt: skip
    if price_year not in (AS_STATED, NOMINAL) and not 1990 <= price_year <= 2100:
        wrong.append(
            f"price_year är {price_year}. Tillåtet: -1 (förbundets eget val), 0 (löpande priser) eller ett år."
        )
    if wrong:
        raise ParameterError("\n".join(wrong))
    options = options_of(federation)
    options = replace(
        options,
        discount_rate=_share(discount_rate_pct, options.discount_rate),
        fade_out=_share(fade_out_pct, options.fade_out),
        deadweight=_share(deadweight_pct, options.deadweight),
    )
    if write_off_years != AS_STATED:
        options = replace(options, write_off_years=write_off_years)
    if price_year != AS_STATED:
        options = replace(options, price_year=price_year or None)
    return options


def _share(given_pct: float, stated: float) -> float:
    return stated if given_pct == AS_STATED else given_pct / 100


def values_with(federation: Federation, own: Sequence[Value], text: str) -> Values:
    """The shipped values, the federation's ``own`` and those of ``text`` (see ``values.parse_overrides``)."""
    overrides, use_year = parse_overrides(text, actors=labels_of(federation.economics.actors))
    stated = {int(year): used for year, used in federation.economics.use_year.items()}
    return Values(shipped_values(), own, {**stated, **use_year}, overrides)
