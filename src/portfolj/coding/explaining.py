"""Why an intervention is coded as it is: what every rule found, which of it counts, and why the rest does not.

The answers are those of ``classify`` and the hits those of the matcher. For a hit that did not count, the steps of the
coding are asked in their order (exclude terms, the field, negation, what staff learn about, weight against other rules)
and the first that took it away is the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolj.coding.answers import Answer, Evidence
from portfolj.coding.codebook import (
    DIMENSIONS,
    ORIENTATION,
    OWNER,
    PROCESS_SUPPORT,
    TARGET_GROUPS,
    TEXT_FIELDS,
    Codebook,
)
from portfolj.coding.matching import Hit
from portfolj.coding.orientation import OPINION_RULE, code_orientation
from portfolj.coding.owners import code_owner
from portfolj.coding.process_support import code_process_support, name_expression
from portfolj.coding.reader import read_field
from portfolj.coding.reading import FieldReading, RuleHit
from portfolj.coding.second_opinion import shipped_second_opinion
from portfolj.coding.target_groups import INDIVIDUAL, STRUCTURAL, code_target_groups
from portfolj.coding.why_not import Asked, why_not


@dataclass(frozen=True)
class Finding:
    """Words that a rule found in a field, from ``start`` to ``end``; ``why`` says in Swedish why they do not count.

    ``term`` is as the codebook writes it; empty where a conclusion rests on the words without a term of its own.
    """

    dimension: str
    code: str
    rule: str
    term: str
    evidence: Evidence
    why: str

    @property
    def counts(self) -> bool:
        """Whether it speaks for the answer."""
        return not self.why


@dataclass(frozen=True)
class Explanation:
    """An intervention explained: the answer of each dimension, and everything that was found, in the order of the text.

    ``fields``: the texts; ``mended``: those that were read as something else than they say, scanning damage mended.
    """

    fields: Mapping[str, str]
    mended: Mapping[str, str]
    answers: Mapping[str, Answer]
    findings: tuple[Finding, ...]


def explain(fields: Mapping[str, str], *, codebook: Codebook, esf_names: Sequence[str] = ()) -> Explanation:
    """What ``classify`` says about an intervention that has these texts (field -> text), and why.

    Where an answer has codes, its evidence is among the findings that count.
    """
    texts = {field: fields[field] for field in TEXT_FIELDS if fields.get(field, "").strip()}
    readings = {field: read_field(codebook, field=field, text=text) for field, text in texts.items()}
    answers = {OWNER: code_owner(readings), ORIENTATION: code_orientation(readings)}
    answers[TARGET_GROUPS] = code_target_groups(readings, answers[ORIENTATION])
    answers[PROCESS_SUPPORT] = code_process_support(readings, esf_name=name_expression(esf_names))
    answers = {dimension: answers[dimension] for dimension in (*DIMENSIONS, PROCESS_SUPPORT)}
    findings = [
        finding for reading in readings.values() for finding in _found_by_rules(reading, readings, answers, codebook)
    ]
    for dimension, answer in answers.items():
        told = {finding.evidence for finding in findings if finding.dimension == dimension and finding.counts}
        concluded = [evidence for evidence in answer.evidence if answer.codes and evidence not in told]
        findings += [_conclusion(dimension, answer, evidence, codebook) for evidence in concluded]
    place = {field: number for number, field in enumerate(texts)}
    findings.sort(key=lambda each: (place[each.evidence.field], each.evidence.start, -each.evidence.end))
    mended = {field: reading.text for field, reading in readings.items() if reading.text != reading.written}
    return Explanation(texts, mended, answers, tuple(_without_repeats(findings, answers)))


def _found_by_rules(
    reading: FieldReading, readings: Mapping[str, FieldReading], answers: Mapping[str, Answer], codebook: Codebook
) -> Iterable[Finding]:
    """Every hit of a rule in a field, each with the reason why it does not count."""
    found: list[Hit] = codebook.matcher.find(reading.text, reading.tokens, skip=codebook.not_for[reading.field])
    asked = Asked(codebook, reading, readings, found)
    for hit in found:
        rule, _, include = codebook.slots[hit.term]
        if rule is not None and include and reading.field in rule.fields:
            as_hit = RuleHit(rule, reading.field, hit.first, hit.last, hit.start, hit.end)
            why = why_not(as_hit, answers[rule.dimension], asked)
            evidence = reading.evidence(as_hit)
            yield Finding(rule.dimension, rule.code, rule.id, codebook.written[hit.term], evidence, why)


def _conclusion(dimension: str, answer: Answer, evidence: Evidence, codebook: Codebook) -> Finding:
    """Words that a conclusion without terms of its own rests on: an implied rule, or the second opinion."""
    rule = next((rule for rule in answer.rules if rule in codebook.implied), answer.rules[0])
    code = answer.codes[0]
    if rule == OPINION_RULE:
        leaning = shipped_second_opinion().leaning(evidence.words.lower(), STRUCTURAL, INDIVIDUAL)
        code = STRUCTURAL if leaning > 0 else INDIVIDUAL
    return Finding(dimension, code, rule, "", evidence, "")


def _without_repeats(findings: Sequence[Finding], answers: Mapping[str, Answer]) -> list[Finding]:
    """Without hits that lie within another for the same code, unless they count and it does not; evidence is kept."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda each: each.evidence not in answers[each.dimension].evidence):
        covered = any(
            (other.dimension, other.code, other.evidence.field) == (one.dimension, one.code, one.evidence.field)
            and other.evidence.start <= one.evidence.start
            and one.evidence.end <= other.evidence.end
            and (other.counts or not one.counts)
            for other in kept
        )
        if not covered:
            kept.append(one)
    return sorted(kept, key=findings.index)
