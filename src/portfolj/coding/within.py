"""Which of many parts stand in a word: one walk over its letters, however many parts there are."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

V = TypeVar("V")
_ENDS = ""  # the key under which the values of a part stand; no letter is empty


class PartsOfWords(Generic[V]):
    """Parts of words, each with what it stands for. A letter leads to those that may follow it in some part."""

    def __init__(self) -> None:
        self._first: dict[str, Any] = {}

    def add(self, part: str, value: V) -> None:
        """Adds a part. An empty one stands nowhere."""
        node = self._first
        for letter in part:
            node = node.setdefault(letter, {})
        node.setdefault(_ENDS, []).append(value)

    def beginning(self, word: str) -> list[V]:
        """What the parts stand for that the word begins with."""
        found: list[V] = []
        node = self._first
        for letter in word:
            if letter not in node:
                break
            node = node[letter]
            if _ENDS in node:
                found += node[_ENDS]
        return found

    def within(self, word: str) -> list[tuple[int, int, V]]:
        """Start, end and value of every part that stands in the word, from its beginning on."""
        found: list[tuple[int, int, V]] = []
        root, length = self._first, len(word)
        for start, letter in enumerate(word):
            node = root.get(letter)
            place = start + 1
            while node is not None:
                if _ENDS in node:
                    found += [(start, place, value) for value in node[_ENDS]]
                if place == length:
                    break
                node = node.get(word[place])
                place += 1
        return found
