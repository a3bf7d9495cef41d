"""What a run asks of a report: its parameters, checked before anything is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolj.economics.stated import Stated, check_stated
from portfolj.errors import ParameterError
from portfolj.federation import known_federation
from portfolj.places import Places
from portfolj.portfolio.view import check_words
from portfolj.report.pages import PAGES
from portfolj.report.parameters import Value, checked_for_each

ECONOMICS = "4_economics.ipynb"
RULES = ("period", "basis", "counting")


@dataclass(frozen=True)
class Asked:
    """Parameters that are allowed: ``rules`` for the portfolio, ``stated`` for the economics, ``values`` with every
    parameter of each notebook."""

    rules: Mapping[str, str]
    stated: Stated
    values: Mapping[str, Mapping[str, object]]


def check_asked(parameters: Mapping[str, object], *, places: Places) -> dict[str, dict[str, Value]]:
    """Every parameter of each notebook by the notebook's name, for whichever federation.

    Raises ParameterError with every parameter that is wrong.
    """
    faults = []
    if "federation" in parameters:
        faults.append("Förbundet anges som argument, inte som parameter: portfolj run FÖRBUND.")
    given = {name: value for name, value in parameters.items() if name != "federation"}
    try:
        check_words(**_rules(given))
    except ParameterError as error:
        faults.append(str(error))
    values: list[dict[str, Value]] = []
    try:
        values = checked_for_each([places.notebooks / page.notebook for page in PAGES], given)
    except ParameterError as error:
        faults.append(str(error))
    if faults:
        raise ParameterError("\n".join(faults))
    return dict(zip([page.notebook for page in PAGES], values, strict=True))


def asked_of(federation: str, parameters: Mapping[str, object], *, places: Places) -> Asked:
    """The parameters of a report of ``federation``. Raises ParameterError where one is not allowed, PortfoljError where
    the federation's settings are not."""
    settings = known_federation(federation, places=places)
    values = {
        notebook: {**own, "federation": federation} for notebook, own in check_asked(parameters, places=places).items()
    }
    stated = Stated._make(values[ECONOMICS][name] for name in Stated._fields)
    check_stated(settings, stated)
    return Asked(_rules(parameters), stated, values)


def _rules(given: Mapping[str, object]) -> dict[str, str]:
    return {name: str(given[name]) for name in RULES if name in given}
