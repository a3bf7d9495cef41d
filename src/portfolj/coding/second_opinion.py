"""A statistical second opinion on orientation, asked only where the rules are silent or weak.

A linear model over the letter groups of a text's words, trained on coded descriptions when portfolj is built
(``training/second_opinion.py``) and shipped as weights: nothing is learnt or fetched at run time, the same words give
the same answer. A text's score is a sum over its different words, so the words that decided can be shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from portfolj.coding.remembered import Remembered

MODEL_FILE = "second_opinion.json"
SHORTEST, LONGEST = 3, 6  # letters in a group, the marks for the word's ends included
KNOWN_WORDS = 100_000  # word forms whose weight is remembered; bounds memory


def letter_groups(word: str) -> set[str]:
    """The groups of letters of a word, its ends marked: ``<stöd>`` has ``<st``, ``stö``, ``töd`` and so on."""
    marked = f"<{word}>"
    groups = {
        marked[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(marked) - length + 1)
    }
    return groups or {marked}


def different_words(words: Iterable[str]) -> list[str]:
    """The different words of a text in lower case, in the order they come."""
    return list(dict.fromkeys(word.lower() for word in words))


@dataclass(eq=False)
class SecondOpinion:
    """The model: ``weights`` of letter groups, positive towards structural, and how it came to be."""

    intercept: float
    weights: Mapping[str, float]
    trained_on: str

    def __post_init__(self) -> None:
        self._known = Remembered(self._weigh, most=KNOWN_WORDS)

    def weight(self, word: str) -> float:
        """How far a word (in lower case) speaks for structural; negative for individual."""
        return self._known[word]

    def _weigh(self, word: str) -> float:
        weights = self.weights
        return sum([weights[group] for group in sorted([g for g in letter_groups(word) if g in weights])])

    def weigh(self, words: Iterable[str]) -> dict[str, float]:
        """The weight of each different word of a text."""
        known = self._known
        return {word: known[word] for word in different_words(words)}

    def probability(self, weights: Mapping[str, float]) -> float:
        """How probable the model holds it, 0 to 1, that a text whose words weigh so describes structural work."""
        if not weights:
            return 0.5
        score = self.intercept + sum(weights.values()) / math.sqrt(len(weights))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def structural(self, words: Iterable[str]) -> float:
        """How probable the model holds it, 0 to 1, that a text of these words describes structural work."""
        return self.probability(self.weigh(words))


def parse_second_opinion(text: str) -> SecondOpinion:
    """The model that the JSON ``text`` holds: ``intercept``, ``weights`` in thousandths, ``trained_on``."""
    stored = json.loads(text)
    weights = {group: thousandths / 1000 for group, thousandths in stored["weights"].items()}
    return SecondOpinion(stored["intercept"], weights, stored["trained_on"])


@cache
def shipped_second_opinion() -> SecondOpinion:
    """The model that ships with portfolj, read once per process."""
    return parse_second_opinion((resources.files("portfolj") / "reference" / MODEL_FILE).read_text(encoding="utf-8"))
