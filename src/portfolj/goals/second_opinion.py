"""A statistical second opinion on a goal: is it an outcome, a volume, an activity, or no goal at all?

The rules were written with some texts in view and are less often right on others. A linear model, trained on coded
goals when portfolj is built (``training/goal_opinion.py``) and shipped as weights, reads the words of a goal and which
of the rules' word lists they stand in. The rules' answer counts as ``RULE_WEIGHT`` in the same sum; the kind for which
most speaks is the goal's. Nothing is learnt or fetched at run time: the same text gives the same answer.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

import numpy as np

from portfolj.coding.second_opinion import SecondOpinion, parse_second_opinion
from portfolj.goals.clause import Reading
from portfolj.goals.splitting import Clause
from portfolj.goals.words import list_names, words

MODEL_FILE: Final = "goal_opinion.json"
KINDS: Final = ("outcome", "volume", "activity", "missing")
# How far the rules' answer speaks for itself, in natural logarithm of odds: the most that cost nothing when the model
# was tried on texts that neither had seen (0.5 to 2.0 were alike).
RULE_WEIGHT: Final = 2.0
TELLING: Final = 2  # words that are shown
SHORT: Final = 3  # letters; "ska" and "och" tell a reader nothing
_WORD = re.compile(r"[^\W_][\w-]*|%")
_DIGIT = re.compile(r"\d")
_HEADS: Final = (
    "activity_verbs", "change_verbs", "change_words", "reach_verbs", "carriers", "volume_verbs", "activity_nouns",
    "products",
)  # fmt: skip


def kind_of(goal_class: str) -> str:
    """The kind of a class: that an outcome is measurable is for its parts to say."""
    return goal_class.split("_")[0]


def words_in(clause: Clause) -> list[str]:
    """The words of a goal and of why and how, as the model reads them: in lower case, each digit as 0."""
    return [_as_read(word.group()) for word in _WORD.finditer(clause.whole)]


def found_in(reading: Reading) -> list[str]:
    """What the rules' lists and patterns find in a goal. Not the class that they lead to."""
    said = {
        "modal": reading.clause.modal, "level": reading.levels, "amount": reading.amount, "acts": reading.people_act,
        "staff": reading.staff, "people": reading.people, "counted": reading.counted,
        "organisation": reading.organisation, "measure": reading.measure(), "soft": reading.soft,
    }  # fmt: skip
    found = [name for name, hit in said.items() if hit]
    found += [f"list:{name}" for name in list_names() if words(name).search(reading.body)]
    start = reading.clause.predicate
    heads = [(hit.start(), name) for name in _HEADS if (hit := words(name).search(reading.body, start))]
    first = min(heads, default=(0, ""))[0]
    return found + [f"head:{name}" for place, name in heads if place == first]


def second_kind(reading: Reading, rule_kind: str) -> str:
    """The kind for which most speaks, the rules' answer and the model together."""
    model = shipped_goal_opinion()
    read = model.heard(model.totals([[model.sentence(words_in(reading.clause))]]))
    probable = model.probabilities(read, model.pulls([model.numbers(found_in(reading))]))[0]
    spoken = np.log(np.maximum(probable, 1e-6))
    spoken[KINDS.index(rule_kind)] += RULE_WEIGHT
    return KINDS[int(spoken.argmax())]


def telling(reading: Reading, towards: str, away: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand that speak most for one kind rather than another, in the order of the text."""
    model = shipped_goal_opinion()
    leanings = [
        (model.leaning(_as_read(word.group()), towards, away), word.span())
        for word in _WORD.finditer(reading.clause.body)
        if sum(letter.isalpha() for letter in word.group()) > SHORT
    ]
    most = sorted((each for each in leanings if each[0] > 0), key=lambda each: (-each[0], each[1]))[:TELLING]
    return tuple(sorted(span for _, span in most))


@cache
def shipped_goal_opinion() -> SecondOpinion:
    """The model that ships with portfolj, read once per process."""
    return parse_second_opinion((resources.files("portfolj") / "reference" / MODEL_FILE).read_text(encoding="utf-8"))


def _as_read(word: str) -> str:
    return _DIGIT.sub("0", word.lower())
