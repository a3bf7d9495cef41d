"""The orientation of an intervention: by rules, with a statistical second opinion that may say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from portfolj.coding.answers import Answer, Evidence, undefined
from portfolj.coding.codebook import UNDEFINED, Missing
from portfolj.coding.findings import described_findings, group_findings, named_findings, opinion_words, read_words
from portfolj.coding.orientation_rules import MIXED, orientation_by_rules
from portfolj.coding.ratings import KEPT_SHAPES, Rated, Shape, rated
from portfolj.coding.reading import FieldReading, Reading, Sentence
from portfolj.coding.second_opinion import NO_WEIGHT, Weight, shipped_second_opinion
from portfolj.coding.target_groups import DESCRIBING, INDIVIDUAL, STAFF, STRUCTURAL, find_groups
from portfolj.federation import Basis

OPINION_RULE = "I-statistik"
FEWEST_WORDS = 3  # a text of fewer words tells the second opinion nothing
# How probable the second opinion must hold an orientation: to speak where the rules say nothing or have found words for
# both parts of a mixed one, against a rule, and against a decisive rule. Chosen on coded texts, each origin read by
# weights that had not seen it.
PROBABLE, SURE, VERY_SURE = 0.5, 0.7, 0.9
WORDS_SHOWN = 3


def code_orientation(readings: Mapping[str, FieldReading]) -> Answer:
    """The rules' answer, or the second opinion's where a description or goal makes it sure of another.

    The second opinion weighs what the rules found with the words, those of the name too. It answers where the rules do
    not, and may veto a rule where it is sure, a decisive one where it is very sure. Its answer carries the rule
    ``I-statistik``, after the rules that speak for the same, and as evidence their words or those that weighed most.
    """
    described = rated(readings, DESCRIBING)
    answer = orientation_by_rules(readings, described)
    weight, words = NO_WEIGHT, 0
    for field in DESCRIBING:
        for sentence in readings[field].sentences if field in readings else ():
            count, more = sentence.tell(weighed)
            weight = weight.plus(more) if words else more
            words += count
    if words < FEWEST_WORDS:
        return answer
    opinion, groups = shipped_second_opinion(), find_groups(readings, Basis.DESCRIBED)
    spoken = [
        opinion.heard(weight), _described_pull(described.shapes),
        _groups_pull(frozenset([hit.rule.code == STAFF for hit in groups])),
    ]  # fmt: skip
    if "name" in readings:
        spoken += readings["name"].tell(_spoken_by_name)
    probable = opinion.probabilities(*spoken)
    kind = max(probable, key=probable.__getitem__)
    if kind == answer.code or probable[kind] < _needed(described, answer, kind):
        return answer
    if kind == UNDEFINED:
        return undefined(Missing.NO_RULE, rules=(OPINION_RULE,))
    return _second_opinion(readings, described, kind)


@lru_cache(maxsize=KEPT_SHAPES)
def _described_pull(shapes: tuple[Shape, ...]) -> tuple[float, ...]:
    return shipped_second_opinion().pull(described_findings(shapes))


def _spoken_by_name(name: FieldReading) -> tuple[tuple[float, ...], tuple[float, ...]]:
    opinion = shipped_second_opinion()
    return opinion.heard(opinion.name(read_words(name))), opinion.pull(named_findings(rated({"name": name}, ("name",))))


@lru_cache
def _groups_pull(staff: frozenset[bool]) -> tuple[float, ...]:
    return shipped_second_opinion().pull(group_findings(staff))


def _needed(described: Rated, answer: Answer, kind: str) -> float:
    told = described.told
    if any(code in told.decisive for code in answer.codes):
        return VERY_SURE
    both = STRUCTURAL in told.first and INDIVIDUAL in told.first
    return PROBABLE if not answer.codes or (kind == MIXED and both) else SURE


def weighed(sentence: Reading) -> tuple[int, Weight]:
    """How many words of a sentence the second opinion reads, and what they weigh."""
    words = read_words(sentence)
    return len(words), shipped_second_opinion().sentence(words)


def _second_opinion(readings: Mapping[str, FieldReading], described: Rated, kind: str) -> Answer:
    parts = (STRUCTURAL, INDIVIDUAL) if kind == MIXED else (kind,)
    telling = described.told.telling
    places = [telling[part] for part in parts if part in telling]
    evidence = [described.evidence(place, readings) for place in places]
    for part in parts:
        if part not in telling:
            evidence += _weightiest(readings, part)
    rules = (*map(described.rule_id, places), OPINION_RULE)
    return Answer((kind,), Basis.DESCRIBED, rules, tuple(evidence))


class _Pull(NamedTuple):
    """A word, by its characters, and how much more it speaks for work with structures than with people."""

    structural: float
    start: int
    end: int


def _weightiest(readings: Mapping[str, FieldReading], part: str) -> list[Evidence]:
    """The words that speak most for one kind of work, in the order of the text; those that weigh most."""
    towards = 1 if part == STRUCTURAL else -1
    words: list[tuple[float, str, int, int]] = []
    for field in DESCRIBING:
        before = 0
        for sentence in readings[field].sentences if field in readings else ():
            words += [
                (towards * pull, field, before + start, before + end) for pull, start, end in sentence.tell(_pulls)
            ]
            before += len(sentence.text)
    places = sorted(range(len(words)), key=lambda place: words[place][0])[-WORDS_SHOWN:]
    chosen = [words[place] for place in sorted(places)]
    return [readings[field].words_at(start, end) for pull, field, start, end in chosen if pull > 0]


def _pulls(sentence: Sentence) -> list[_Pull]:
    opinion, pulls = shipped_second_opinion(), []
    for place in opinion_words(sentence):
        structural, individual, _ = opinion.word(sentence.words[place].lower())
        start = sentence.starts[place]
        pulls.append(_Pull(structural - individual, start, start + len(sentence.words[place])))
    return pulls
