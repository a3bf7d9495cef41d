"""What the rules of the codebook say about the orientation, before the second opinion is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from portfolj.coding.answers import Answer, nothing_found, undefined
from portfolj.coding.codebook import Missing, Strength
from portfolj.coding.ratings import KEPT_SHAPES, Place, Rated, Shape, first_places, rated
from portfolj.coding.reading import FieldReading
from portfolj.coding.target_groups import BASES, DOCUMENTING, INDIVIDUAL, STAFF, STRUCTURAL, first_groups
from portfolj.federation import Basis

MIXED = "blandad"
IMPLIED_RULE = "I-individ-malgrupp"


class Ruling(NamedTuple):
    """What the rules that hit decide: the ``codes``, none where they are at odds, and the places that it rests on.

    ``telling``: whether any of them is not weak. ``decisive``: whether a decisive one is for these codes.
    """

    codes: tuple[str, ...]
    rules: tuple[str, ...]
    places: Sequence[Place]
    telling: bool
    decisive: bool

    def answer(self, readings: Mapping[str, FieldReading], found: Rated, basis: Basis) -> Answer:
        """The answer, with the words of the text that the rules hit."""
        evidence = tuple([found.evidence(place, readings) for place in self.places])
        if not self.codes:
            return undefined(Missing.AMBIGUOUS, evidence, self.rules)
        return Answer(self.codes, basis, self.rules, evidence)


class Said(NamedTuple):
    """The rules that hit in some fields of an intervention, and what they decide; None where none hits."""

    rated: Rated
    ruling: Ruling | None


def said_in(readings: Mapping[str, FieldReading], fields: Sequence[str]) -> Said:
    """What the rules say in some fields of an intervention."""
    texts = [readings[field] for field in fields if field in readings]
    return texts[0].tell(said_in_text) if len(texts) == 1 else _said(rated(readings, fields))


def said_in_text(text: FieldReading) -> Said:
    """What the rules say in one text."""
    return _said(rated({text.field: text}, (text.field,)))


def _said(found: Rated) -> Said:
    return Said(found, ruling_by(found.shapes, found.several))


@lru_cache(maxsize=KEPT_SHAPES)
def ruling_by(shapes: tuple[Shape, ...], several: frozenset[str]) -> Ruling | None:
    """The ruling of the rules that hit in some sentences, of whose fields ``several`` say that there are several parts.

    None where no rule hits.

    A decisive structural rule beats all but decisive individual ones, unless the text says that it has several parts;
    otherwise both kinds present are mixed. Weak rules count where nothing else is found, and of them the kind with
    more words.
    """
    if not shapes:
        return None
    telling, decisive = first_places([s.telling for s in shapes]), first_places([s.decisive for s in shapes])
    counted = telling or first_places([shape.first for shape in shapes])
    if (STRUCTURAL in decisive or MIXED in decisive) and not _has_several_parts(shapes, several):
        counted = decisive
    codes = tuple(counted)
    if MIXED in counted or len(counted) > 1:
        codes = (MIXED,)
        if not telling:
            found = [rule.code for shape in shapes for rule in shape.rules]
            twice, hits = 2 * found.count(STRUCTURAL), len(found)
            codes = () if twice == hits else (STRUCTURAL if twice > hits else INDIVIDUAL,)
            counted = {code: counted[code] for code in codes} or counted
    rules = tuple([shapes[sentence].rules[hit].id for sentence, hit in counted.values()])
    return Ruling(codes, rules, tuple(counted.values()), bool(telling), not decisive.keys().isdisjoint(codes))


def _has_several_parts(shapes: Sequence[Shape], several: frozenset[str]) -> bool:
    """Whether a field that tells something says that it has several parts."""
    return any(rule.strength is not Strength.WEAK for shape in shapes if shape.field in several for rule in shape.rules)


def orientation_beyond(readings: Mapping[str, FieldReading], described: Said) -> Answer:
    """The orientation where description and goal (``described``) tell little: by the name and by what is implied.

    Where only a client group is named the intervention is for people.
    """
    named = said_in(readings, ("name",))
    if named.ruling is not None and named.ruling.telling:
        both = _said(named.rated.and_then(described.rated))
        assert both.ruling is not None  # it has the rules of the name
        return both.ruling.answer(readings, both.rated, Basis.NAMED)
    for basis in BASES:
        clients = [hit for code, hit in first_groups(readings, basis).items() if code != STAFF]
        if clients:
            evidence = readings[clients[0].field].evidence(clients[0])
            place = Basis.NAMED if basis is Basis.NAMED else Basis.DESCRIBED
            return Answer((INDIVIDUAL,), place, (IMPLIED_RULE,), (evidence,))
    if described.ruling is not None:
        return described.ruling.answer(readings, described.rated, Basis.DESCRIBED)
    if named.ruling is not None:
        return named.ruling.answer(readings, named.rated, Basis.NAMED)
    return nothing_found(readings.keys(), DOCUMENTING)
