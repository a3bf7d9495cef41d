"""What is worked out from a portfolio is worked out once: sentence, figure and table ask for the same frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

P = TypeVar("P")
T = TypeVar("T")


def once(made_from: Callable[[P], T]) -> Callable[[P], T]:
    """``made_from``, called once per portfolio, or whatever it takes that is told apart by identity.

    Every caller gets the same object, so none may change it.
    """
    made: WeakKeyDictionary[P, T] = WeakKeyDictionary()

    @wraps(made_from)
    def remembered(of: P) -> T:
        if of not in made:
            made[of] = made_from(of)
        return made[of]

    return remembered
