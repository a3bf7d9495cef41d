"""The demo federations' portfolios, opened once."""

from __future__ import annotations

import pytest

from portfolj.places import Places
from portfolj.portfolio.view import Portfolio, open_portfolio


@pytest.fixture(scope="session")
def rar(places: Places) -> Portfolio:
    return open_portfolio("rar-sormland", places=places)


@pytest.fixture(scope="session")
def urval(places: Places) -> Portfolio:
    return open_portfolio("finsam-urval", places=places)
