"""The orientation of an intervention: by rules, with a statistical second opinion that may say otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from portfolj.coding.answers import Answer, Evidence, undefined
from portfolj.coding.codebook import UNDEFINED, Missing, Role
from portfolj.coding.findings import (
    described_findings,
    group_findings,
    named_findings,
    opinion_words,
    read_words,
    role_findings,
)
from portfolj.coding.orientation_rules import MIXED, orientation_beyond, ruling_by
from portfolj.coding.ratings import KEPT_SHAPES, Rated, Shape, rated, told_by
from portfolj.coding.reading import FieldReading, Reading, Sentence
from portfolj.coding.second_opinion import Weight, shipped_second_opinion
from portfolj.coding.target_groups import DESCRIBING, INDIVIDUAL, STAFF, STRUCTURAL, find_groups
from portfolj.coding.word_kinds import shipped_word_kinds
from portfolj.federation import Basis

OPINION_RULE = "I-statistik"
FEWEST_WORDS = 5  # a text of fewer words tells the second opinion nothing
# How probable the second opinion must hold an orientation to speak against the rules, where they say nothing, and
# against a decisive one. Chosen on coded texts, each origin read by weights that had not seen it.
PROBABLE, SURE, VERY_SURE = 0.4, 0.5, 0.7
WORDS_SHOWN = 3


def code_orientation(readings: Mapping[str, FieldReading]) -> Answer:
    """The rules' answer, or the second opinion's where a description or goal makes it sure of another.

    The second opinion weighs what the rules found with the words, those of the name too. It answers where the rules do
    not, and may veto a rule, a decisive one where it is very sure. Its answer carries the rule
    ``I-statistik``, after the rules that speak for the same, and as evidence their words or those that weighed most.
    """
    described = rated(readings, DESCRIBING)
    ruling = ruling_by(described.shapes, described.several)
    if ruling is None or not ruling.telling:
        answer = orientation_beyond(readings, described)
        heard = _second_opinion(readings, described, answer.codes, decisive=ruling is not None and ruling.decisive)
        return heard or answer
    heard = _second_opinion(readings, described, ruling.codes, decisive=ruling.decisive)
    if heard:
        return heard
    if "goal_text" not in readings:
        return readings["description"].tell(_ruled)
    return ruling.answer(readings, described, Basis.DESCRIBED)


def _ruled(text: FieldReading) -> Answer:
    readings = {text.field: text}
    found = rated(readings, DESCRIBING)
    ruling = ruling_by(found.shapes, found.several)
    assert ruling is not None  # asked of texts that have one
    return ruling.answer(readings, found, Basis.DESCRIBED)


def _second_opinion(
    readings: Mapping[str, FieldReading], described: Rated, codes: tuple[str, ...], *, decisive: bool
) -> Answer | None:
    """The second opinion's answer where it differs from the rules' ``codes`` and is sure enough; else None."""
    texts = [readings[field] for field in DESCRIBING if field in readings]
    spoken = texts[0].tell(_spoken_by_text) if len(texts) == 1 else _spoken_by(texts)
    if spoken is None:
        return None
    named = [readings["name"].tell(_spoken_by_name)] if "name" in readings else []
    probable = shipped_second_opinion().probabilities(spoken, *named)
    kind = max(probable, key=probable.__getitem__)
    needed = VERY_SURE if decisive else PROBABLE if codes else SURE
    if probable[kind] < needed or (kind,) == codes or (kind == UNDEFINED and not codes):
        return None
    if kind == UNDEFINED:
        return undefined(Missing.NO_RULE, rules=(OPINION_RULE,))
    return _answer(readings, described, kind)


def _spoken_by_text(text: FieldReading) -> list[float] | None:
    return _spoken_by([text])


def _spoken_by(texts: Sequence[FieldReading]) -> list[float] | None:
    """How far description and goal speak for each kind: their words and what the rules found; None for few words."""
    weighed_texts = [text.tell(_weighed_text) for text in texts]
    if sum([count for count, _ in weighed_texts]) < FEWEST_WORDS:
        return None
    opinion, readings = shipped_second_opinion(), {text.field: text for text in texts}
    groups, described = find_groups(readings, Basis.DESCRIBED), rated(readings, DESCRIBING)
    heard = opinion.heard(opinion.total([weight for _, weight in weighed_texts]))
    found = _described_pull(described.shapes)
    beside = _beside_pull(frozenset([hit.rule.code == STAFF for hit in groups]), described.roles)
    return [*map(sum, zip(heard, found, beside, strict=True))]


@lru_cache(maxsize=KEPT_SHAPES)
def _described_pull(shapes: tuple[Shape, ...]) -> list[float]:
    return shipped_second_opinion().pull(described_findings(shapes))


def _spoken_by_name(name: FieldReading) -> list[float]:
    opinion = shipped_second_opinion()
    heard, found = opinion.heard(opinion.name(read_words(name))), named_findings(rated({"name": name}, ("name",)))
    return [*map(sum, zip(heard, opinion.pull(found), strict=True))]


@lru_cache(maxsize=KEPT_SHAPES)
def _beside_pull(staff: frozenset[bool], roles: frozenset[Role]) -> list[float]:
    return shipped_second_opinion().pull({**group_findings(staff), **role_findings(roles)})


def _weighed_text(text: FieldReading) -> tuple[int, Weight]:
    sentences = [sentence.tell(weighed) for sentence in text.sentences]
    weight = shipped_second_opinion().total([weight for _, weight in sentences])
    return sum([count for count, _ in sentences]), weight


def weighed(sentence: Reading) -> tuple[int, Weight]:
    """How many words of a sentence the second opinion reads, and what they weigh."""
    words = read_words(sentence)
    return len(words), shipped_second_opinion().sentence(words)


def _answer(readings: Mapping[str, FieldReading], described: Rated, kind: str) -> Answer:
    parts = (STRUCTURAL, INDIVIDUAL) if kind == MIXED else (kind,)
    telling = told_by(described.shapes).telling
    places = [telling[part] for part in parts if part in telling]
    evidence = [described.evidence(place, readings) for place in places]
    for part in parts:
        if part not in telling:
            evidence += _weightiest(readings, part)
    rules = [described.shapes[place.sentence].rules[place.hit].id for place in places]
    return Answer((kind,), Basis.DESCRIBED, (*rules, OPINION_RULE), tuple(evidence))


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
        word, start = sentence.words[place], sentence.starts[place]
        if shipped_word_kinds().of(word.lower()) == word.lower():
            continue  # "och", "kring": they weigh by what stands around them, and show a reader nothing
        pulls.append(_Pull(opinion.leaning(word.lower(), STRUCTURAL, INDIVIDUAL), start, start + len(word)))
    return pulls
