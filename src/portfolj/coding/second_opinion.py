"""A statistical second opinion on orientation: it weighs what the rules found together with the words of the text.

Two linear layers, trained on coded descriptions when portfolj is built (``training/second_opinion.py``) and shipped as
weights: nothing is learnt or fetched at run time, the same text gives the same answer. The first layer reads letter
groups of words and pairs of words, and says how far the text speaks of work with structures and how far of work with
people. The second adds what the rules found and says how probable each orientation is. A text's score is a sum over
its words, so the words that decided can be shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from portfolj.coding.remembered import Remembered

MODEL_FILE = "second_opinion.json"
SHORTEST, LONGEST = 3, 6  # letters in a group, the marks for the word's ends included
KNOWN = 200_000  # words and pairs of words whose weight is remembered; bounds memory
NAME_MARK = "n:"  # before the letter groups of an intervention's name, which have weights of their own


class Weight(NamedTuple):
    """How far something speaks for work with structures and for work with people, and its size squared."""

    structural: float
    individual: float
    size: float

    def plus(self, other: Weight) -> Weight:
        """The two together."""
        return Weight(self[0] + other[0], self[1] + other[1], self[2] + other[2])


NO_WEIGHT = Weight(0.0, 0.0, 0.0)


def letter_groups(word: str) -> set[str]:
    """The groups of letters of a word, its ends marked: ``<stöd>`` has ``<st``, ``stö``, ``töd`` and so on."""
    marked = f"<{word}>"
    groups = {
        marked[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(marked) - length + 1)
    }
    return groups or {marked}


def features_of(words: Sequence[str]) -> list[str]:
    """What the first layer reads in the words of a sentence: their letter groups and the pairs of words."""
    groups = [group for word in words for group in sorted(letter_groups(word))]
    return [*groups, *(f"{first} {second}" for first, second in pairwise(words))]


def name_features(words: Sequence[str]) -> list[str]:
    """What the first layer reads in a name."""
    return [f"{NAME_MARK}{group}" for word in words for group in sorted(letter_groups(word))]


@dataclass(eq=False)
class SecondOpinion:
    """The model.

    ``weights``: letter group or pair of words -> its ``Weight`` in thousandths; ``intercepts`` of the two scores.
    ``kinds``: the orientations; ``findings``: finding -> a weight per kind, those of the scores under ``structural``
    and ``individual``; ``kind_intercepts``: one per kind.
    """

    trained_on: str
    intercepts: tuple[float, float]
    weights: Mapping[str, Sequence[int]]
    kinds: tuple[str, ...]
    kind_intercepts: tuple[float, ...]
    findings: Mapping[str, tuple[float, ...]]

    def __post_init__(self) -> None:
        self._words = Remembered(self._word, most=KNOWN)
        self._name_words = Remembered(self._name_word, most=KNOWN)
        self._layer = [*zip(self.findings["structural"], self.findings["individual"], strict=True)]
        structural, individual = self.intercepts
        self._bases = [
            base + structural * towards + individual * back
            for base, (towards, back) in zip(self.kind_intercepts, self._layer, strict=True)
        ]
        self._openers = frozenset(feature.partition(" ")[0] for feature in self.weights if " " in feature)

    def word(self, word: str) -> Weight:
        """The weight of a word in lower case, all its letter groups together."""
        return self._words[word]

    def _word(self, word: str) -> Weight:
        return self._sum(sorted(letter_groups(word)))

    def _name_word(self, word: str) -> Weight:
        return self._sum(name_features([word]))

    def _sum(self, features: Iterable[str]) -> Weight:
        weights = self.weights
        return total([
            Weight(*[each / 1000 for each in weights[feature]]) for feature in features if feature in weights
        ])  # fmt: skip

    def sentence(self, words: Sequence[str]) -> Weight:
        """The weight of a sentence's words, in lower case, and of the pairs that they make."""
        pairs = [f"{first} {second}" for first, second in pairwise(words) if first in self._openers]
        return total(
            [*map(self._words.__getitem__, words), *[self._sum([pair]) for pair in pairs if pair in self.weights]]
        )

    def name(self, words: Sequence[str]) -> Weight:
        """The weight of a name's words in lower case."""
        return total([self._name_words[word] for word in words])

    def heard(self, words: Weight) -> tuple[float, ...]:
        """How far the words of a description or of a name speak for each kind."""
        length = math.sqrt(words.size) or 1.0
        structural, individual = words.structural / length, words.individual / length
        return tuple([structural * towards + individual * back for towards, back in self._layer])

    def pull(self, findings: Mapping[str, float]) -> tuple[float, ...]:
        """How far some findings speak for each kind."""
        pulls = [
            [value * weight for weight in self.findings[finding]]
            for finding, value in findings.items()
            if finding in self.findings
        ]
        return tuple([sum(each) for each in zip(*pulls, strict=True)]) or (0.0,) * len(self.kinds)

    def probabilities(self, *spoken: Sequence[float]) -> dict[str, float]:
        """How probable each orientation is, 0 to 1, by all that speaks: what is ``heard`` and each ``pull``."""
        odds = [*map(sum, zip(self._bases, *spoken, strict=True))]
        highest = max(odds)
        exponents = [math.exp(each - highest) for each in odds]
        whole = sum(exponents)
        return {kind: each / whole for kind, each in zip(self.kinds, exponents, strict=True)}


def total(weights: Sequence[Weight]) -> Weight:
    """The sum of some weights."""
    if len(weights) < 2:
        return weights[0] if weights else NO_WEIGHT
    return Weight(*map(sum, zip(*weights, strict=True)))


def parse_second_opinion(text: str) -> SecondOpinion:
    """The model that the JSON ``text`` holds, its weights in thousandths."""
    stored = json.loads(text)
    findings = {finding: tuple(each / 1000 for each in cell) for finding, cell in stored["findings"].items()}
    first, second = stored["intercepts"]
    return SecondOpinion(
        stored["trained_on"], (first, second), stored["weights"], tuple(stored["kinds"]),
        tuple(stored["kind_intercepts"]), findings,
    )  # fmt: skip


@cache
def shipped_second_opinion() -> SecondOpinion:
    """The model that ships with portfolj, read once per process."""
    return parse_second_opinion((resources.files("portfolj") / "reference" / MODEL_FILE).read_text(encoding="utf-8"))
