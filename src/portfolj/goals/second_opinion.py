"""A statistical opinion on a goal: is it an outcome, a volume, an activity, or no goal, and is a measure named?

The rules were written with some texts in view and are less often right on others. A linear model, trained on coded
goals when portfolj is built (``training/goal_opinion.py``) and shipped as weights, reads the words of a goal, what
kinds of words stand where, and what the rules say (``features``). Nothing is learnt or fetched at run time: the same
text gives the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np

from portfolj.goals.clause import Reading
from portfolj.goals.features import WORD, Read, as_read
from portfolj.goals.goal_words import ITSELF, shipped_goal_words

MODEL_FILE: Final = "goal_opinion.json"
KINDS: Final = ("outcome", "volume", "activity", "missing")
SCALE: Final = 100  # weights are kept in hundredths
TELLING: Final = 2  # words that are shown
SHORT: Final = 3  # letters; "ska" and "och" tell a reader nothing, nor do "till" and "eller", which are their own kind
# What the weights of the three blocks are multiplied by; those of the first two also by the root of how much is read.
BLOCKS: Final = (1.0, 1.0, 0.3)
_OF_A_WORD: Final = ("b:", "w:", "h1:", "t:")
_WHERE: Final = ("b:", "a:", "w:", "t:")


@dataclass(frozen=True)
class GoalOpinion:
    """``weights``: what is read -> how far it speaks for each kind, and for a measure, in hundredths; ``intercepts``:
    what speaks for each from the start."""

    trained_on: str
    intercepts: tuple[float, ...]
    weights: Mapping[str, tuple[int, ...]]

    def spoken(self, read: Read) -> np.ndarray:
        """How far all that is read speaks for each of ``KINDS``, and last for a measure that is named: log odds."""
        found = np.array(self.intercepts)
        for names, share in zip(read, shares_of(read), strict=True):
            known = [self.weights[name] for name in names if name in self.weights]
            if known:
                found += share / SCALE * np.sum(known, axis=0)
        return found

    def leaning(self, word: str, towards: str) -> int:
        """How much a word, and the kind of word it is, speaks for one kind of goal rather than for the others together,
        in hundredths."""
        kinds = shipped_goal_words().of(word)
        names = [f"{mark}{word}" for mark in _OF_A_WORD]
        names += [f"{mark}{each}" for mark in _WHERE for each in (f"k:{kinds[:1]}", f"kk:{kinds}")]
        return sum(self.weights[name][KINDS.index(towards)] for name in names if name in self.weights)


def shares_of(read: Read) -> tuple[float, ...]:
    """What one thing that is read counts for in each block: the less, the more there is."""
    of_words, of_kinds, of_found = BLOCKS
    return (of_words / max(len(read.words), 1) ** 0.5, of_kinds / max(len(read.kinds), 1) ** 0.5, of_found)


def telling(reading: Reading, towards: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand that speak most for one kind, in the order of the text."""
    model = shipped_goal_opinion()
    leanings = [
        (model.leaning(as_read(word.group()), towards), word.span())
        for word in WORD.finditer(reading.clause.body)
        if sum(letter.isalpha() for letter in word.group()) > SHORT
        and not shipped_goal_words().of(as_read(word.group())).startswith(ITSELF)
    ]
    most = sorted((each for each in leanings if each[0] > 0), key=lambda each: (-each[0], each[1]))[:TELLING]
    return tuple(sorted(span for _, span in most))


def kind_of(goal_class: str) -> str:
    """The kind of a class: that an outcome is measurable is for its parts to say."""
    return goal_class.split("_")[0]


def parse_goal_opinion(lines: Iterable[str]) -> GoalOpinion:
    """The model that JSON ``lines`` hold."""
    stored = json.loads("\n".join(lines))
    weights = {name: tuple(weight) for name, weight in stored["weights"].items()}
    return GoalOpinion(stored["trained_on"], tuple(stored["intercepts"]), weights)


@cache
def shipped_goal_opinion() -> GoalOpinion:
    """The model that ships with portfolj, read once per process."""
    text = (resources.files("portfolj") / "reference" / MODEL_FILE).read_text(encoding="utf-8")
    return parse_goal_opinion(text.splitlines())
