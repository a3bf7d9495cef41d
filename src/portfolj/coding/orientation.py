"""The orientation of an intervention: by rules, with a statistical second opinion that may say otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from portfolj.coding.answers import Answer, Evidence, undefined
from portfolj.coding.codebook import UNDEFINED, Missing
from portfolj.coding.findings import findings, opinion_words, read_words
from portfolj.coding.orientation_rules import DESCRIBING, INDIVIDUAL, MIXED, orientation_by_rules, rated
from portfolj.coding.reading import FieldReading, Reading
from portfolj.coding.second_opinion import NO_WEIGHT, Weight, shipped_second_opinion, total
from portfolj.coding.target_groups import STRUCTURAL
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
    answer = orientation_by_rules(readings)
    sentences = [sentence.tell(weighed) for field in DESCRIBING if field in readings
                 for sentence in readings[field].sentences]  # fmt: skip
    if sum([words for words, _ in sentences]) < FEWEST_WORDS:
        return answer
    described = total([weight for _, weight in sentences])
    named = readings["name"].tell(weighed_name) if "name" in readings else NO_WEIGHT
    probable = shipped_second_opinion().probabilities(described, named, findings(readings))
    kind = max(probable, key=probable.__getitem__)
    if kind == answer.code or probable[kind] < _needed(readings, answer, kind):
        return answer
    if kind == UNDEFINED:
        return undefined(Missing.NO_RULE, rules=(OPINION_RULE,))
    return _second_opinion(readings, kind)


def _needed(readings: Mapping[str, FieldReading], answer: Answer, kind: str) -> float:
    described = rated(readings, DESCRIBING)
    if any(code in described.decisive for code in answer.codes):
        return VERY_SURE
    both = STRUCTURAL in described.first and INDIVIDUAL in described.first
    return PROBABLE if not answer.codes or (kind == MIXED and both) else SURE


def weighed(sentence: Reading) -> tuple[int, Weight]:
    """How many words of a sentence the second opinion reads, and what they weigh."""
    words = read_words(sentence)
    return len(words), shipped_second_opinion().sentence(words)


def weighed_name(name: Reading) -> Weight:
    """What the words of a name weigh."""
    return shipped_second_opinion().name(read_words(name))


def _second_opinion(readings: Mapping[str, FieldReading], kind: str) -> Answer:
    parts = (STRUCTURAL, INDIVIDUAL) if kind == MIXED else (kind,)
    hits = rated(readings, DESCRIBING).telling
    told = [hits[part] for part in parts if part in hits]
    evidence = [readings[hit.field].evidence(hit) for hit in told]
    for part in parts:
        if part not in hits:
            evidence += _weightiest(readings, part)
    return Answer((kind,), Basis.DESCRIBED, (*(hit.rule.id for hit in told), OPINION_RULE), tuple(evidence))


def _weightiest(readings: Mapping[str, FieldReading], part: str) -> list[Evidence]:
    """The words that speak most for one kind of work, in the order of the text; those that weigh most."""
    towards, opinion = 1 if part == STRUCTURAL else -1, shipped_second_opinion()
    words = [(field, place) for field in DESCRIBING if field in readings for place in opinion_words(readings[field])]

    def weight(word: tuple[str, int]) -> float:
        structural, individual, _ = opinion.word(readings[word[0]].words[word[1]].lower())
        return towards * (structural - individual)

    chosen = sorted(words, key=weight)[-WORDS_SHOWN:]
    return [
        readings[field].evidence(readings[field].tokens[place])
        for field, place in words
        if (field, place) in chosen and weight((field, place)) > 0
    ]
