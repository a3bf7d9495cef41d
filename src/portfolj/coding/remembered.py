"""Answers kept by what was asked, so that the same question is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(dict[K, V]):
    """``remembered[question]`` is ``answer(question)``, worked out the first time.

    At most ``most`` answers are kept, which bounds memory; when there are so many, all are forgotten.
    """

    def __init__(self, answer: Callable[[K], V], *, most: int) -> None:
        super().__init__()
        self._answer, self._most = answer, most

    def __missing__(self, question: K) -> V:
        answer = self._answer(question)
        if len(self) >= self._most:
            self.clear()
        self[question] = answer
        return answer
