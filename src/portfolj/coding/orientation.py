"""The orientation of an intervention: by rules, with a statistical second opinion that may say otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from portfolj.coding.answers import Answer, Evidence, undefined
from portfolj.coding.codebook import UNDEFINED, Missing
from portfolj.coding.findings import opinion_words
from portfolj.coding.opinions import opinions
from portfolj.coding.orientation_rules import MIXED, orientation_beyond, said_in, said_in_text
from portfolj.coding.ratings import Rated, first_places
from portfolj.coding.reading import FieldReading, Sentence
from portfolj.coding.second_opinion import shipped_second_opinion
from portfolj.coding.target_groups import DESCRIBING, INDIVIDUAL, STRUCTURAL
from portfolj.coding.word_kinds import shipped_word_kinds
from portfolj.federation import Basis

OPINION_RULE = "I-statistik"
# How probable the second opinion must hold an orientation to speak against the rules, where they say nothing, and
# against a decisive one. Chosen on coded texts, each origin read by weights that had not seen it.
PROBABLE, SURE, VERY_SURE = 0.4, 0.5, 0.7
WORDS_SHOWN = 3
_W = TypeVar("_W", bound=tuple[float, *tuple[object, ...]])


def code_orientations(rows: Sequence[Mapping[str, FieldReading]]) -> list[Answer]:
    """For each intervention the rules' answer, or the second opinion's where it is sure of another.

    The second opinion weighs what the rules found with the words, those of the name too. It answers where the rules do
    not, and may veto a rule, a decisive one where it is very sure; only where a description or goal is long enough.
    Its answer carries the rule ``I-statistik``, after the rules that speak for the same, and as evidence their words or
    those that weighed most.
    """
    return [*map(_code, rows, *opinions(rows))]


def code_orientation(readings: Mapping[str, FieldReading]) -> Answer:
    """The same of one intervention."""
    return code_orientations([readings])[0]


def _code(readings: Mapping[str, FieldReading], kind: str, probable: float) -> Answer:
    """The answer, where the second opinion is that an orientation is so probable."""
    described = said_in(readings, DESCRIBING)
    ruling = described.ruling
    if ruling is None or not ruling.telling:
        answer = orientation_beyond(readings, described)
        needed = PROBABLE if answer.codes else SURE
        return answer if probable < needed or kind == answer.code else _answer(readings, described.rated, kind)
    needed = VERY_SURE if ruling.decisive else PROBABLE if ruling.codes else SURE
    if probable >= needed and (kind,) != (ruling.codes or (UNDEFINED,)):
        return _answer(readings, described.rated, kind)
    if "goal_text" not in readings:
        return readings["description"].tell(_ruled)
    return ruling.answer(readings, described.rated, Basis.DESCRIBED)


def _ruled(text: FieldReading) -> Answer:
    found, ruling = text.tell(said_in_text)
    assert ruling is not None  # asked of texts that have one
    return ruling.answer({text.field: text}, found, Basis.DESCRIBED)


def _answer(readings: Mapping[str, FieldReading], described: Rated, kind: str) -> Answer:
    """The second opinion's answer."""
    if kind == UNDEFINED:
        return undefined(Missing.NO_RULE, rules=(OPINION_RULE,))
    parts = (STRUCTURAL, INDIVIDUAL) if kind == MIXED else (kind,)
    telling = first_places([shape.telling for shape in described.shapes])
    places = [telling[part] for part in parts if part in telling]
    evidence = [described.evidence(place, readings) for place in places]
    for part in parts:
        if part not in telling:
            evidence += _weightiest(readings, part)
    rules = [described.shapes[sentence].rules[hit].id for sentence, hit in places]
    return Answer((kind,), Basis.DESCRIBED, (*rules, OPINION_RULE), tuple(evidence))


class _Pull(NamedTuple):
    """A word, by its characters, and how much more it speaks for one kind of work than for the other."""

    more: float
    start: int
    end: int


def _weightiest(readings: Mapping[str, FieldReading], part: str) -> list[Evidence]:
    """The words that speak most for one kind of work, in the order of the text; those that weigh most."""
    pulling = _structural if part == STRUCTURAL else _individual
    words: list[tuple[float, str, int, int]] = []
    for field in DESCRIBING:
        before = 0
        for sentence in readings[field].sentences if field in readings else ():
            words += [(pull, field, before + start, before + end) for pull, start, end in sentence.tell(pulling)]
            before += len(sentence.text)
    return [readings[field].words_at(start, end) for pull, field, start, end in _strongest(words) if pull > 0]


def _strongest(words: Sequence[_W]) -> list[_W]:
    """The words that pull most, in their order; of those that pull the same, the last."""
    places = sorted(range(len(words)), key=lambda place: words[place][0])[-WORDS_SHOWN:]
    return [words[place] for place in sorted(places)]


def _structural(sentence: Sentence) -> list[_Pull]:
    return _strongest(_pulls(sentence, STRUCTURAL, INDIVIDUAL))


def _individual(sentence: Sentence) -> list[_Pull]:
    return _strongest(_pulls(sentence, INDIVIDUAL, STRUCTURAL))


def _pulls(sentence: Sentence, towards: str, away: str) -> list[_Pull]:
    opinion, pulls = shipped_second_opinion(), []
    for place in opinion_words(sentence):
        word, start = sentence.words[place], sentence.starts[place]
        if shipped_word_kinds().of(word.lower()) == word.lower():
            continue  # "och", "kring": they weigh by what stands around them, and show a reader nothing
        pulls.append(_Pull(opinion.leaning(word.lower(), towards, away), start, start + len(word)))
    return pulls
