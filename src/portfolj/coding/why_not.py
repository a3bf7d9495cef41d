"""Why a hit of a rule does not speak for the answer, in Swedish: the first step of the coding that took it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portfolj.coding.answers import Answer
from portfolj.coding.codebook import ORIENTATION, OWNER, PROCESS_SUPPORT, TARGET_GROUPS, Codebook, Role, Strength
from portfolj.coding.matching import Hit
from portfolj.coding.orientation import OPINION_RULE
from portfolj.coding.ratings import orienting
from portfolj.coding.reading import FieldReading, RuleHit, without_covered
from portfolj.coding.target_groups import find_groups, not_denied
from portfolj.federation import Basis
from portfolj.ledger.headings import label_of

# The fields that each dimension is read from, by what an answer from them rests on.
FIELDS = {
    OWNER: {
        "applicant": Basis.STATED, "description": Basis.DESCRIBED, "goal_text": Basis.DESCRIBED, "name": Basis.NAMED,
    },
    TARGET_GROUPS: {
        "target_group_text": Basis.STATED, "description": Basis.DESCRIBED, "goal_text": Basis.DESCRIBED,
        "name": Basis.NAMED,
    },
    ORIENTATION: {"description": Basis.DESCRIBED, "goal_text": Basis.DESCRIBED, "name": Basis.NAMED},
}  # fmt: skip
CUES = {TARGET_GROUPS: (Role.CONTEXT_FOLLOWS,), ORIENTATION: (Role.STRUCTURE_FOLLOWS,)}
TURNING_AWAY = (Role.NOT_OWNER_FOLLOWS, Role.PLACE_FOLLOWS)
_ORDER = [*Basis]
WEAK = "en svag regel, som ger vika för andra"


@dataclass(frozen=True)
class Asked:
    """What the steps are asked about: a field that was read, beside the others, and every term found in it."""

    codebook: Codebook
    reading: FieldReading
    readings: Mapping[str, FieldReading]
    found: Sequence[Hit]


def why_not(hit: RuleHit, answer: Answer, asked: Asked) -> str:
    """Why a hit does not speak for its dimension's ``answer``; empty where it does."""
    dimension = hit.rule.dimension
    if hit not in asked.reading.of(dimension):
        return _excluded(hit, asked)
    if dimension == PROCESS_SUPPORT:
        return _no_support(hit, answer)
    basis = FIELDS[dimension].get(hit.field)
    if basis is None:
        return f"läses inte ur fältet {label_of(hit.field)}"
    if dimension == OWNER:
        return _no_owner(hit, answer, asked, basis)
    return _denied(hit, asked) or _counted(hit, answer, asked, basis)


def _excluded(hit: RuleHit, asked: Asked) -> str:
    for other in asked.found:
        rule, _, include = asked.codebook.slots[other.term]
        if rule is hit.rule and not include and other.start < hit.end and hit.start < other.end:
            words = asked.reading.text[other.start : other.end]
            return f"utesluts av termen ”{asked.codebook.written[other.term]}”, som träffar ”{words}”"
    return "gäller bara när orden är allt som står i fältet"


def _no_support(hit: RuleHit, answer: Answer) -> str:
    if hit.rule.code in answer.codes:
        return ""
    if hit.rule.id.endswith("-utan"):
        return "kräver ESF eller EU i texten, eller namnet på en insats med ESF-pengar"
    return "ger vika för stöd till ESF-arbete"


def _denied(hit: RuleHit, asked: Asked) -> str:
    """Of target groups and orientation: words that the text denies, or only names as what staff learn."""
    dimension, reading = hit.rule.dimension, asked.reading
    left = reading.each(dimension, not_denied if dimension == TARGET_GROUPS else orienting)
    if hit not in left:
        cue = _cue(hit, reading, (Role.NEGATION, Role.NEGATION_AFTER), after=True)
        if cue and (dimension == TARGET_GROUPS or not _cue(hit, reading, CUES[dimension])):
            return f"nekas av {cue}"
    elif dimension == ORIENTATION or hit in find_groups({hit.field: reading}, FIELDS[dimension][hit.field]):
        return ""
    elif hit.rule.strength is Strength.WEAK:
        return WEAK
    cue = _cue(hit, reading, CUES[dimension])
    what = "bara vad personalen lär sig om eller vad som utreds"
    return f"står efter {cue}: {what}" if cue else what


def _counted(hit: RuleHit, answer: Answer, asked: Asked, basis: Basis) -> str:
    """Of target groups and orientation: whether words that stand count in the end."""
    if answer.basis is not None and _ORDER.index(answer.basis) < _ORDER.index(basis):
        return _answered_by(answer)
    weak = hit.rule.strength is Strength.WEAK
    kinds = {rule.code for rule in asked.codebook.rules if rule.id in answer.rules}  # a mixed answer rests on two
    if hit.rule.code in answer.codes or hit.rule.id in answer.rules or (hit.rule.code in kinds and not weak):
        return "" if answer.codes else "ord för båda slagen väger lika"
    if OPINION_RULE in answer.rules:
        return "den statistiska andra läsningen håller ett annat svar för troligare"
    if weak and answer.codes:
        return WEAK
    each_of = [each for reading in asked.readings.values() for each in reading.each(ORIENTATION, orienting)]
    decisive = [each for each in each_of if each.rule.strength is Strength.DECISIVE and each.rule.id in answer.rules]
    if decisive and hit.rule.dimension == ORIENTATION:
        return f"ger vika för en avgörande regel, {decisive[0].rule.id}"
    return "andra ord väger tyngre" if answer.codes else "ord för båda slagen väger lika"


def _no_owner(hit: RuleHit, answer: Answer, asked: Asked, basis: Basis) -> str:
    reading, weak = asked.reading, hit.rule.strength is Strength.WEAK
    if hit.rule.id in answer.rules and reading.evidence(hit) in answer.evidence:
        return "" if answer.codes else "en av flera parter, och ingen av dem räknas ensam"
    if answer.basis is not None and _ORDER.index(answer.basis) < _ORDER.index(basis):
        return _answered_by(answer)
    if weak and answer.evidence:
        return WEAK
    longer = [
        other for other in without_covered(reading.of(OWNER))
        if other.start < hit.end and hit.start < other.end and other.rule.strength is not Strength.WEAK
    ]  # fmt: skip
    if longer and hit not in longer and longer[0].rule.code != hit.rule.code:
        return f"täcks av den längre träffen ”{reading.text[longer[0].start : longer[0].end]}”"
    if hit.rule.code in answer.codes and hit.field in {evidence.field for evidence in answer.evidence}:
        return ""
    cue = _cue(hit, reading, TURNING_AWAY, reach=2)
    cue = cue or _cue(hit, reading, (Role.NOT_OWNER_PRECEDES,), after=True)
    if cue:
        return f"står vid {cue}: en plats, partner eller finansiär är ingen ägare"
    if hit.field == "applicant":
        return WEAK if weak else "ger vika för den sökande som står först"
    return "nämns bara: inga ord säger att den driver eller ansvarar för insatsen"


def _answered_by(answer: Answer) -> str:
    return (
        f"fältet {label_of(answer.evidence[0].field)} går före" if answer.evidence else "ett säkrare underlag går före"
    )


def _cue(
    hit: RuleHit, reading: FieldReading, roles: Sequence[Role], *, after: bool = False, reach: int = 10
) -> str:  # fmt: skip
    """The nearest words of some roles in the sentence, before the hit or, with ``after``, behind it too."""
    near: list[tuple[int, str]] = []
    for role in roles:
        for first, last in reading.spans(role):
            distance = hit.first - last if last < hit.first else first - hit.last
            if 0 < distance <= reach and (after or last < hit.first) and reading.same_sentence(last, hit.first):
                near.append((distance, reading.text[reading.tokens[first].start : reading.tokens[last].end]))
    return f"”{min(near)[1]}”" if near else ""
