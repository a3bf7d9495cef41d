"""How each term of a codebook stands among the others: whether it can count, and what is always found with it.

Terms are held against each other by the matcher itself: each include term is written out as text, its stars filled
with letters that no word has, and what else is found there is what is always found with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portfolj.coding.codebook import Codebook, Rule, Strength
from portfolj.coding.matching import Hit, Matcher
from portfolj.coding.terms import ANY_NUMBER, Term, tokenise

FILLING = "qxq"  # stands in no word, so that only a star finds it
_WEIGHT = {Strength.WEAK: 0, Strength.NORMAL: 1, Strength.DECISIVE: 2}


@dataclass(frozen=True)
class Beside:
    """A term of another rule that is found where a term is; ``same_words``: on exactly its words."""

    rule: Rule
    text: str
    same_words: bool


@dataclass(frozen=True)
class Standing:
    """An include term of words, ``text`` as it is written; ``example`` is a text that it finds.

    ``dead``: its own rule's exclude always takes it. ``twins``: terms of the same code that find all that it finds and
    weigh as much. ``others``: terms of other codes of its dimension, one per rule, that are found with it.
    """

    rule: Rule
    text: str
    example: str
    dead: bool
    twins: tuple[Beside, ...]
    others: tuple[Beside, ...]


def standings(codebook: Codebook, *, among: Collection[tuple[str, str]] | None = None) -> list[Standing]:
    """Every include term of words, in the order of the codebook; of a term with a word list all its words together.

    ``among``: rule ids and include terms of them; then only those terms, and terms that they are found with.
    """
    together: dict[tuple[str, str], list[int]] = {}
    for number, term in enumerate(codebook.terms):
        rule, _, include = codebook.slots[number]
        if rule is not None and include and term.words:
            together.setdefault((rule.id, codebook.written[number]), []).append(number)
    if among is not None:
        chosen = [number for key, numbers in together.items() if key in among for number in numbers]
        matcher = Matcher([codebook.terms[number] for number in chosen])
        together = {
            key: numbers for key, numbers in together.items()
            if any(matcher.find_words(tokenise(written_out(codebook.terms[number])[-1])) for number in numbers)
        }  # fmt: skip
    return [_standing(codebook, numbers) for numbers in together.values()]


def _standing(codebook: Codebook, numbers: Sequence[int]) -> Standing:
    rule = codebook.slots[numbers[0]].rule
    assert rule is not None
    dead, twins, others = True, dict[tuple[str, str], Beside](), dict[str, Beside]()
    for place, number in enumerate(numbers):
        texts = written_out(codebook.terms[number])
        for last, text in enumerate(texts, start=1 - len(texts)):
            hits = _include_hits(codebook, text, rule)
            own = next(hit for hit in hits if hit.term == number)
            live = {hit: beside for hit, beside in hits.items() if beside is not None}
            dead = dead and own not in live
            found = {
                (beside.rule.id, beside.text): beside
                for hit, beside in live.items()
                if hit.term not in numbers and _finds_all(beside.rule, hit, rule, own)
            }
            twins = (
                found if not place and last == 1 - len(texts) else {key: found[key] for key in twins if key in found}
            )
            if last == 0:
                for hit, beside in live.items():
                    if beside.rule.code != rule.code and set(beside.rule.fields) & set(rule.fields):
                        same = hit[1:] == own[1:]
                        if beside.rule.id not in others or same:
                            others[beside.rule.id] = Beside(beside.rule, beside.text, same)
    example = written_out(codebook.terms[numbers[0]])[-1]
    text = codebook.written[numbers[0]]
    return Standing(rule, text, example, dead, tuple(twins.values()), tuple(others.values()))


def _include_hits(codebook: Codebook, text: str, rule: Rule) -> dict[Hit, Beside | None]:
    """The include terms of a rule's dimension on a text; None beside one that its own rule's exclude lies over."""
    found = codebook.matcher.find(text, tokenise(text))
    of_rules = [(hit, slot) for hit in found if (slot := codebook.slots[hit.term]).rule is not None]
    excluded = [(slot.rule, hit) for hit, slot in of_rules if not slot.include]
    hits: dict[Hit, Beside | None] = {}
    for hit, slot in of_rules:
        if slot.rule is not None and slot.include and slot.rule.dimension == rule.dimension:
            gone = any(by is slot.rule and e.start < hit.end and hit.start < e.end for by, e in excluded)
            beside = Beside(slot.rule, codebook.written[hit.term], False)
            hits[hit] = None if gone or (slot.rule.alone and slot.rule is not rule) else beside
    return hits


def _finds_all(other: Rule, hit: Hit, rule: Rule, own: Hit) -> bool:
    return (
        other.code == rule.code
        and hit.start <= own.start
        and own.end <= hit.end
        and set(rule.fields) <= set(other.fields)
        and _WEIGHT[other.strength] >= _WEIGHT[rule.strength]
    )


def written_out(term: Term) -> list[str]:
    """Texts that a term of words finds: stars empty, filled on one side, and filled; the last with its gaps full."""
    texts = []
    for before, after, full in (("", "", False), (FILLING, "", False), ("", FILLING, False), (FILLING, FILLING, True)):
        words: list[str] = []
        for word, gap in zip(term.words, term.gaps, strict=True):
            words += [FILLING] * gap if full else []
            words.append("7" if word == ANY_NUMBER else _filled(word, before, after))
        texts.append(" ".join(words))
    return list(dict.fromkeys(texts))


def _filled(word: str, before: str, after: str) -> str:
    if "*" not in word:
        return word
    first, *inner, last = word.split("*")
    return (first or before) + "".join(inner) + (last or after)
