"""What the statistical opinion reads in a goal: its words, what kinds of words stand where, and what the rules find.

A goal is read within its text: what the whole text says tells whether a clause is a goal at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from portfolj.goals.clause import Reading
from portfolj.goals.goal_words import shipped_goal_words
from portfolj.goals.verdict import Verdict
from portfolj.goals.words import list_names, words

WORD: Final = re.compile(r"[^\W_][\w-]*|%")
_DIGIT = re.compile(r"\d")
# What stands between "ska" and the verb that matters.
_ON_THE_WAY: Final = frozenset(
    ("ska", "skall", "att", "kan", "kunna", "kommer", "vill", "bör", "måste", "skulle", "är", "syftar", "syftet",
     "målet", "mål", "till", "vårt", "projektet", "projektets", "insatsen")
)  # fmt: skip
_HEADS: Final = (
    "activity_verbs", "change_verbs", "change_words", "reach_verbs", "carriers", "volume_verbs", "activity_nouns",
    "products",
)  # fmt: skip
BEGINNINGS: Final = (4, 5, 6)  # letters of the verb that are read for themselves
OBJECTS: Final = 5  # words behind the verb that are read together with it
MANY: Final = 4  # goals in a text, or more


class Read(NamedTuple):
    """What is read in a goal, in three blocks that weigh the same however long the goal is."""

    words: frozenset[str]
    kinds: frozenset[str]
    found: frozenset[str]


class TextRead(NamedTuple):
    """What is read in the whole text, once for all its goals."""

    words: frozenset[str]
    kinds: frozenset[str]


def words_of(text: str) -> list[str]:
    """The words of a text as they are read: in lower case, each digit as 0."""
    return [as_read(word.group()) for word in WORD.finditer(text)]


def as_read(word: str) -> str:
    """One word as it is read."""
    return _DIGIT.sub("0", word.lower())


def read_text(text: str) -> TextRead:
    """What the whole text says."""
    said = words_of(text)
    first = [f"first:{word}" for word in said[:1]]
    return TextRead(frozenset([*(f"t:{word}" for word in said), *first]), frozenset(_kinds("t:", said)))


def read(reading: Reading, verdict: Verdict, *, place: int, others: Sequence[str], whole: TextRead) -> Read:
    """What is read in one goal. ``verdict``: the rules'; ``place``: which goal of the text; ``others``: what the rules
    say of the other goals of the text."""
    clause = reading.clause
    body = words_of(clause.body[clause.start : clause.end])
    behind = words_of(clause.body[clause.predicate :])
    everything = words_of(clause.whole)
    return Read(
        frozenset(_of_words(body, behind, everything)) | whole.words,
        frozenset([*_kinds("b:", body), *_kinds("a:", behind), *_kinds("w:", everything), *_heads(behind)])
        | whole.kinds,
        frozenset(_found(reading, verdict, place=place, others=others)),
    )


def _of_words(body: Sequence[str], behind: Sequence[str], everything: Sequence[str]) -> Iterator[str]:
    yield from (f"b:{word}" for word in body)
    yield from (f"b2:{one} {two}" for one, two in pairwise(body))
    yield from (f"w:{word}" for word in everything)
    after = [word for word in behind if word not in _ON_THE_WAY]
    if after:
        head = after[0]
        yield f"h1:{head}"
        yield from (f"hx:{head} {word}" for word in after[1 : OBJECTS + 1])
        yield from (f"hp:{head[:length]}" for length in BEGINNINGS)


def _kinds(where: str, said: Iterable[str]) -> Iterator[str]:
    """Which kinds of words there are in some words, and in what order they come."""
    of = shipped_goal_words().of
    order: list[str] = []
    for word in said:
        kinds = of(word)
        if kinds.startswith("="):
            order.append(kinds)
        elif kinds:
            order.append(kinds[0])
            yield f"{where}k:{kinds[0]}"
            yield f"{where}kk:{kinds}"
    yield from (f"{where}q:{one}{two}" for one, two in pairwise(order))
    yield from (f"{where}q3:{one}{two}{three}" for one, two, three in zip(order, order[1:], order[2:], strict=False))
    full = [kind for kind in order if not kind.startswith("=")]
    yield from (f"{where}c2:{one}{two}" for one, two in pairwise(full))
    yield from (f"{where}c3:{one}{two}{three}" for one, two, three in zip(full, full[1:], full[2:], strict=False))
    yield from (f"{where}s{at}:{kind}" for at, kind in enumerate(order[:3]))
    yield f"{where}cs:{''.join(full[:2])}"
    yield f"{where}cs3:{''.join(full[:3])}"


def _heads(behind: Iterable[str]) -> Iterator[str]:
    """What stands first behind "ska", or first of all, and what it is done to."""
    of = shipped_goal_words().of
    full = [(word, kinds) for word in behind if (kinds := of(word)) and kinds[0] not in "=Z"]
    if not full:
        return
    head, kind = full[0][0], full[0][1][0]
    yield f"ahead:{kind}"
    yield f"aheadw:{head}"
    for word, kinds in full[1:4]:
        yield f"aho:{kind}>{kinds[0]}"
        yield f"ahw:{head}>{kinds[0]}"
        yield f"ahk:{kind}>{word}"
    if len(full) > 2:
        yield f"ah3:{''.join(kinds[0] for _, kinds in full[:3])}"


def _found(reading: Reading, verdict: Verdict, *, place: int, others: Sequence[str]) -> Iterator[str]:
    """What the rules' lists and patterns find, and what class they lead to."""
    said = {
        "modal": reading.clause.modal, "level": reading.levels, "amount": reading.amount, "acts": reading.people_act,
        "staff": reading.staff, "people": reading.people, "counted": reading.counted,
        "organisation": reading.organisation, "measure": reading.measure(), "soft": reading.soft,
    }  # fmt: skip
    yield from (f"f:{name}" for name, hit in said.items() if hit)
    yield from (f"f:list:{name}" for name in list_names() if words(name).search(reading.body))
    start = reading.clause.predicate
    heads = [(hit.start(), name) for name in _HEADS if (hit := words(name).search(reading.body, start))]
    first = min(heads, default=(0, ""))[0]
    yield from (f"f:head:{name}" for at, name in heads if at == first)
    yield f"v:{verdict.goal_class}"
    yield f"vi:{verdict.goal_class}:{int(verdict.indicator)}:{int(bool(reading.levels))}"
    yield f"vm:{verdict.goal_class}:{int(reading.clause.modal)}"
    yield f"n{min(len(others) + 1, MANY)}"
    yield f"place{min(place, MANY)}"
    yield from (f"other:{each}" for each in others)
