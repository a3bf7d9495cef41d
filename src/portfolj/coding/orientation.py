"""Whether an intervention is aimed at people, at structures, or plainly at both."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from portfolj.coding.answers import Answer, Evidence, undefined
from portfolj.coding.codebook import ORIENTATION, OWNER, Missing, Role, Strength
from portfolj.coding.reading import FieldReading, Reading, RuleHit, Sentence, without_negated
from portfolj.coding.second_opinion import SecondOpinion, shipped_second_opinion
from portfolj.coding.target_groups import STAFF, STRUCTURAL, find_groups, not_denied
from portfolj.coding.terms import Token
from portfolj.federation import Basis

INDIVIDUAL = "individinriktad"
MIXED = "blandad"
STRUCTURE_REACH = 9
CLAUSE_END = re.compile(r"[;:,]|\bsamt\b|\bdär\b|\bsom\b")
DESCRIBING = ("description", "goal_text")
IMPLIED_RULE = "I-individ-malgrupp"
OPINION_RULE = "I-statistik"
Clause = tuple[str, str, tuple[RuleHit | Token, ...]]  # the kind that it is of, by which rule, on which words
SURE = 0.6  # how probable the second opinion must hold a kind to speak where rules are silent or weak
QUITE_SURE = 0.8  # of a clause that names a client group
VERY_SURE = 0.9  # and to speak against a rule that is neither
CLAUSE_BREAK = re.compile(
    r"[;:.](?=\s)|\b(?:samt|dels|samtidigt|medan)\b|,(?=\s(?:och|med|där|som)\b)"
    r"| (?:och|eller|plus) (?=\w+(?:ar|er|as|es|s|ning|ling|else|ande|ende)\b)"
)
FEWEST_IN_CLAUSE = 3
FEWEST_WORDS = 6  # a text of fewer words tells the second opinion nothing
WORDS_SHOWN = 3


def code_orientation(readings: Mapping[str, FieldReading]) -> Answer:
    """The orientation by description and goal; where they say little, by the name too.

    A decisive structural rule beats all but decisive individual ones, unless the text says that it has several parts;
    otherwise both kinds present are mixed. Weak
    rules count where nothing else is found, and of them the kind with more words. Where only a client group is named
    the intervention is for people. A statistical second opinion on the description may veto an answer by weak rules,
    answer where no rule does, and, when very sure, veto rules of normal strength. It never touches a decisive rule's
    answer or a mixed one. A one-sided answer becomes mixed where another
    clause plainly is of the other kind. The limits were chosen by folds on the training texts.
    """
    answer = _by_rules(readings)
    opinion = shipped_second_opinion()
    needed = _sure_enough(readings, answer)
    if needed is not None:
        answer = _second_opinion(readings, answer, needed, opinion)
    if len(answer.codes) == 1 and answer.codes != (MIXED,) and answer.basis is Basis.DESCRIBED:
        return _by_clauses(readings) or answer
    return answer


def _sure_enough(readings: Mapping[str, FieldReading], answer: Answer) -> float | None:
    """How sure the second opinion must be to speak against the rules' answer; None where it is not asked."""
    if answer.basis is Basis.NAMED or not any(field in readings for field in DESCRIBING):
        return None
    described = _hits(readings, DESCRIBING)
    if not _telling(described):
        return SURE
    decisive = any(hit.rule.strength is Strength.DECISIVE for hit in described)
    return None if decisive or answer.codes == (MIXED,) else VERY_SURE


def _second_opinion(
    readings: Mapping[str, FieldReading], answer: Answer, needed: float, opinion: SecondOpinion
) -> Answer:
    """The model's answer where it is sure of another kind than the rules' ``answer``; its weightiest words as evidence.

    Only words that speak for what it says are shown, those that weigh most.
    """
    described = [readings[field] for field in DESCRIBING if field in readings]
    told = [each for reading in described for _, each in reading.by_sentence(_weighed)]
    if sum([words for words, _ in told]) < FEWEST_WORDS:
        return answer
    weights: dict[str, float] = {}
    for _, weighed in told:
        weights.update(weighed)
    kind, probability = _kind(opinion.probability(weights))
    if probability < needed or answer.codes == (kind,):
        return answer
    words = [(reading, reading.tokens[place]) for reading in described for place in opinion_words(reading)]
    weightiest = _weightiest([token.word for _, token in words], kind, opinion)
    evidence = tuple(reading.evidence(token) for reading, token in (words[place] for place in weightiest))
    return Answer((kind,), Basis.DESCRIBED, (OPINION_RULE,), evidence)


def _kind(structural: float) -> tuple[str, float]:
    return (STRUCTURAL, structural) if structural > 0.5 else (INDIVIDUAL, 1 - structural)


def _weighed(sentence: Sentence) -> tuple[int, dict[str, float]]:
    """How many words the second opinion reads, and the weight of each different one."""
    words = [sentence.words[place] for place in opinion_words(sentence)]
    return len(words), shipped_second_opinion().weigh(words)


def _weightiest(words: Sequence[str], kind: str, opinion: SecondOpinion) -> list[int]:
    """The places of the words that speak most for a kind."""
    towards = 1 if kind == STRUCTURAL else -1
    weights = [towards * opinion.weight(word.lower()) for word in words]
    speaking = sorted((place for place, weight in enumerate(weights) if weight > 0), key=weights.__getitem__)
    return sorted(speaking[-WORDS_SHOWN:])


def _by_clauses(readings: Mapping[str, FieldReading]) -> Answer | None:
    """Mixed, where one clause is for structures and another for people; each by its rules, else a very sure opinion."""
    first: dict[str, tuple[str, tuple[Evidence, ...]]] = {}
    for field in DESCRIBING:
        if field in readings:
            for start, clauses in readings[field].by_sentence(_clauses):
                for kind, rule, words in clauses:
                    if kind not in first:
                        first[kind] = rule, tuple(readings[field].evidence(word, start) for word in words)
    if STRUCTURAL not in first or INDIVIDUAL not in first:
        return None
    rules, evidence = zip(*(first[kind] for kind in (STRUCTURAL, INDIVIDUAL)), strict=True)
    return Answer((MIXED,), Basis.DESCRIBED, rules, tuple(word for words in evidence for word in words))


def _clauses(sentence: Sentence) -> list[Clause]:
    """What the clauses of a sentence say, those too short to say anything left out."""
    ends = [match.start() for match in CLAUSE_BREAK.finditer(sentence.text)]
    firsts = [bisect.bisect_left(sentence.characters, (end,)) for end in ends]
    clauses = [range(first, last) for first, last in pairwise([0, *firsts, len(sentence.words)])]
    told = [_clause(sentence, clause) for clause in clauses if len(clause) >= FEWEST_IN_CLAUSE]
    return [clause for clause in told if clause]


def _clause(sentence: Sentence, clause: range) -> Clause | None:
    hits = [hit for hit in sentence.tell(orienting) if hit.first in clause and hit.last in clause]
    telling = {hit.rule.code: hit for hit in reversed(hits) if hit.rule.strength is not Strength.WEAK}
    if telling:
        if len(telling) > 1:
            return None
        kind, hit = next(iter(telling.items()))
        return kind, hit.rule.id, (hit,)
    opinion = shipped_second_opinion()
    within = [place for place in sentence.tell(opinion_words) if place in clause]
    words = [sentence.words[place] for place in within]
    kind, probability = _kind(opinion.structural(words))
    if probability < VERY_SURE:
        clients = kind == INDIVIDUAL and any(
            hit.first in clause and hit.rule.code != STAFF for hit in sentence.tell(not_denied)
        )
        if probability < QUITE_SURE or not clients:
            return None
    weightiest = [within[place] for place in _weightiest(words, kind, opinion)]
    return kind, OPINION_RULE, tuple(sentence.tokens[place] for place in weightiest)


def opinion_words(reading: Reading) -> list[int]:
    """The words that the second opinion reads, by place: not numbers and names of organisations, which any text has."""
    names = {place for hit in reading.of(OWNER) for place in range(hit.first, hit.last + 1)}
    return [place for place, word in enumerate(reading.words) if place not in names and not word.isdigit()]


def _by_rules(readings: Mapping[str, FieldReading]) -> Answer:
    described = _hits(readings, DESCRIBING)
    named = _hits(readings, ("name",))
    if _telling(described):
        return _weigh(readings, described, Basis.DESCRIBED)
    if _telling(named):
        return _weigh(readings, [*named, *described], Basis.NAMED)
    for basis in Basis:
        clients = [hit for hit in find_groups(readings, basis) if hit.rule.code != STAFF]
        if clients:
            evidence = readings[clients[0].field].evidence(clients[0])
            place = Basis.NAMED if basis is Basis.NAMED else Basis.DESCRIBED
            return Answer((INDIVIDUAL,), place, (IMPLIED_RULE,), (evidence,))
    if described or named:
        return _weigh(readings, described or named, Basis.DESCRIBED if described else Basis.NAMED)
    documented = any(field in readings for field in ("target_group_text", "description", "goal_text"))
    return undefined(Missing.NO_RULE if documented else Missing.NO_DOCUMENTATION)


def _hits(readings: Mapping[str, FieldReading], fields: tuple[str, ...]) -> list[RuleHit]:
    return [hit for field in fields if field in readings for hit in readings[field].each(orienting)]


def orienting(sentence: Reading) -> list[RuleHit]:
    """The words for an orientation that a sentence neither denies nor only names as what is learnt or studied."""
    return _without_subject(sentence, without_negated(sentence, sentence.of(ORIENTATION)))


def _telling(hits: list[RuleHit]) -> bool:
    return any(hit.rule.strength is not Strength.WEAK for hit in hits)


def _without_subject(reading: Reading, hits: list[RuleHit]) -> list[RuleHit]:
    """Without client methods that are only what staff learn or what is studied: ``utbildning i IPS``."""
    cues = reading.spans(Role.STRUCTURE_FOLLOWS)
    if not cues:
        return hits
    return [
        hit
        for hit in hits
        if hit.rule.code != INDIVIDUAL
        or hit.rule.strength is Strength.DECISIVE
        or not any(
            cue.last < hit.first <= cue.last + STRUCTURE_REACH
            and reading.same_sentence(cue.last, hit.first)
            and not CLAUSE_END.search(reading.between(cue.last, hit.first))
            for cue in cues
        )
    ]


def _weigh(readings: Mapping[str, FieldReading], hits: list[RuleHit], basis: Basis) -> Answer:
    decisive = [hit for hit in hits if hit.rule.strength is Strength.DECISIVE]
    telling = [hit for hit in hits if hit.rule.strength is not Strength.WEAK]
    kinds = {hit.rule.code for hit in decisive}
    several_parts = any(readings[hit.field].spans(Role.BOTH_AT_ONCE) for hit in telling)
    counted = decisive if kinds & {STRUCTURAL, MIXED} and not several_parts else telling or hits
    first = {hit.rule.code: hit for hit in reversed(counted)}
    chosen = sorted(first.values(), key=hits.index)
    evidence = tuple(readings[hit.field].evidence(hit) for hit in chosen)
    rules = tuple(hit.rule.id for hit in chosen)
    if MIXED not in first and len(first) == 1:
        return Answer((chosen[0].rule.code,), basis, rules, evidence)
    if telling:
        return Answer((MIXED,), basis, rules, evidence)
    structural = sum(hit.rule.code == STRUCTURAL for hit in hits)
    if 2 * structural == len(hits):
        return undefined(Missing.AMBIGUOUS, evidence, rules)
    more = STRUCTURAL if 2 * structural > len(hits) else INDIVIDUAL
    return Answer((more,), basis, (first[more].rule.id,), (readings[first[more].field].evidence(first[more]),))
