"""What is worked out from a portfolio is worked out once: sentence, figure and table ask for the same frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from portfolj.portfolio.view import Portfolio

T = TypeVar("T")


def once(made_from: Callable[[Portfolio], T]) -> Callable[[Portfolio], T]:
    """``made_from``, called once per portfolio. Every caller gets the same object, so none may change it."""
    made: WeakKeyDictionary[Portfolio, T] = WeakKeyDictionary()

    @wraps(made_from)
    def remembered(portfolio: Portfolio) -> T:
        if portfolio not in made:
            made[portfolio] = made_from(portfolio)
        return made[portfolio]

    return remembered
