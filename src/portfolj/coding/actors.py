"""Who acts in a text's first sentence: the organisation that the sentence is about owns the intervention.

``Region Kronoberg har haft två koordinatorer``, ``I november anordnade SCÖ en konferens``, ``Falu kommuns uppsökande
arbete``, ``Ystads kommun: boendestöd``. Later sentences tell of partners too, so only the first one counts, and only
an organisation that opens it or stands straight after its verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portfolj.coding.codebook import OWNER, Role
from portfolj.coding.reading import LIST_WORDS, FieldReading, Reading, RuleHit, Sentence, without_covered

FEDERATION = "forbund"
_LABEL = re.compile(r"(?:\s+[A-ZÅÄÖ]\w+){0,2}\s*(?:\([^)]*\))?\s*(?::|[-–](?=\s))")
# A verb straight after an organisation, its place aside, that is not passive and tells of more than a duty:
# "Länsstyrelsen inventerade", "Fk i Sundsvall har en halvtidstjänst", "LSG Åsarna ska pröva".
_VERB = re.compile(
    r"(?:\s+(?:i\s+)?[A-ZÅÄÖ][\w-]*(?:,\s+[A-ZÅÄÖ]\w+)*(?:\s+och\s+[A-ZÅÄÖ]\w+)?){0,2}(?:\s+(?:kommun|stad|län))?\s*(?:\([^)]*\))?\s+(?:"
    r"(?:har|hade) (?!(?:\w+ ){0,3}"
    r"(?:ansvar|behov|bidragit|medverkat|deltagit|finansierat|betalat|upplåtit|ingått|stått)\b)"
    r"(?!hög|låg|många|stor|få )|"
    r"(?:ska|skall|vill|ville|kan) (?:\w+ ){0,4}?(?:[a-zåäö]{2,}a|få|nå|gå|ge|se)\b|"
    r"(?:också |även )?(?!ansvar\b)(?:[a-zåäö]{2,}(?:ar|er|ör|de|te)|föreslår|träffas|samlas|möts)\b)"
)
# What a sentence opens with where its subject comes after the verb: "Under hösten 2019 anordnade SCÖ".
_ADVERBIAL = re.compile(
    r"\W*(?:i|under|sedan|efter|före|inför|med|genom|tillsammans|på|vid|hos|inom|från|för|hösten|våren|sommaren|vintern|"
    r"hela|varje|år|nu|nyligen|här|där|därför|dessutom|samtidigt|parallellt|som|mellan|utifrån|idag|kring|\d{4})\b",
    re.IGNORECASE,
)
_LONGEST_ADVERBIAL = 14  # words
_APPOSITION = 4  # words between an organisation and its verb, small ones aside: "Fontänhuset, ett klubbhus, erbjuder"
_POSSESSED_REACH = 3
_PEOPLE_AT = re.compile(
    r"(?:\w+ )?[\w-]+(?:are|arna|erna|er|or|chef|chefen|ist|and|lots|lotsar|lotsen) "
    r"(?:vid|från|på|i|inom|hos) (?:[A-ZÅÄÖ]\w+ )?"
)
_NAMES_BEFORE = 2
_DETERMINER = re.compile(r"(?:De|Den|Det|Alla|Samtliga)(?: \w+)? ")
DENIAL_REACH = 2
_PLACE = re.compile(r"[A-ZÅÄÖ]\w*(?<!er)(?<!ar)(?<!ör)")  # a word that is no verb: "Stödjer kommunens arbete"


def mentioned(sentence: Sentence) -> list[RuleHit]:
    """The organisations that a sentence names."""
    return without_covered(sentence.of(OWNER))


def without_denied(reading: Reading, owners: list[RuleHit]) -> list[RuleHit]:
    """Without those that words straight behind them say are no owners."""
    denied = [span.first for span in reading.spans(Role.NOT_OWNER_PRECEDES)] if owners else ()
    return [hit for hit in owners if not any(0 < place - hit.last <= DENIAL_REACH for place in denied)]


def acting(reading: FieldReading) -> Sequence[RuleHit]:
    """The organisations, listed together, that act in the first sentence; none where another word is its subject.

    Before that, those that are all that a sentence says.
    """
    if reading.field == "name":
        return ()  # who is named there may be a place or a partner as well
    alone = reading.first(OWNER, _alone)
    if alone:
        return without_denied(reading, [*alone])
    first = reading.sentences[0]
    opening, subject = first.tell(_subjects)
    if opening and (_LABEL.match(reading.text, opening[-1].end) or _acts(first, opening, reading.text)):
        acting_first: Sequence[RuleHit] = without_denied(first, opening)
    else:
        acting_first = subject
    return acting_first or reading.first(OWNER, _federation_acting)


def _subjects(first: Sentence) -> tuple[list[RuleHit], list[RuleHit]]:
    """The organisations that open a first sentence; where none do, those that follow its verb."""
    mentions = [hit for hit in first.tell(mentioned) if first.same_sentence(0, hit.first)]
    opening = _opening(first, mentions) if mentions else []
    return opening, [] if opening or not mentions else without_denied(first, _after_verb(first, mentions))


def _federation_acting(sentence: Sentence) -> list[RuleHit]:
    """The federation where a sentence is about it, or about something of its own: it does that itself.

    ``Stöd vid ansökan. Kansliet hjälper till``, ``Föreläsning vid förbundets konferens``.
    """
    mentions = sentence.tell(mentioned)
    opening = _opening(sentence, mentions) if mentions else []
    if any(hit.rule.code != FEDERATION for hit in opening):
        return []
    if opening and _acts(sentence, opening, sentence.text):
        return without_denied(sentence, opening)
    owned = [span.first for span in sentence.spans(Role.OWNER_OWNS)]
    return [
        hit
        for hit in mentions
        if hit.rule.code == FEDERATION and sentence.words[hit.last].endswith("ets") and hit.last + 1 in owned
    ]


def _opening(reading: Sentence, mentions: Sequence[RuleHit]) -> list[RuleHit]:
    """The list of organisations that the text begins with.

    A place may stand before the first one (``Göteborgs stadsmission``), or those who work there (``Forskare vid``).
    """
    before = reading.tokens[: mentions[0].first]
    opens = reading.text[: mentions[0].start]
    people = _PEOPLE_AT.fullmatch(opens) or _DETERMINER.fullmatch(opens)
    if not people and (len(before) > _NAMES_BEFORE or not all(_PLACE.fullmatch(token.word) for token in before)):
        return []
    if before and _ADVERBIAL.match(reading.text):
        return []
    found = [mentions[0]]
    for hit in mentions[1:]:
        if not LIST_WORDS.fullmatch(reading.text[found[-1].end : hit.start]):
            break
        found.append(hit)
    return found


def _alone(reading: Sentence) -> list[RuleHit]:
    """The organisations that are all that a sentence says: ``Unga 18–24. Tre coacher. Alingsås kommun.``"""
    mentions = reading.tell(mentioned)
    if not mentions:
        return []
    sentence_of = [token.sentence for token in reading.tokens]
    begins = {sentence: place for place, sentence in reversed(list(enumerate(sentence_of)))}
    for sentence in sorted({sentence_of[hit.first] for hit in mentions}):
        hits = [hit for hit in mentions if sentence_of[hit.first] == sentence]
        if hits[0].first > begins[sentence] + _NAMES_BEFORE - 1:
            continue
        said = {place for hit in hits for place in range(hit.first, hit.last + 1)}
        words = [token.word for place, token in enumerate(reading.tokens)
                 if token.sentence == sentence and place not in said]  # fmt: skip
        if reading.text[reading.tokens[begins[sentence]].end : hits[0].start].strip('" ') in (",", ":"):
            continue  # "Strukturinriktat, Kalmar kommun", "Plats: Sunne folkhögskola"
        if all(word[0].isupper() or word in ("i", "och", "samt") for word in words):
            return hits
    return []


def _acts(reading: Sentence, opening: Sequence[RuleHit], text: str) -> bool:
    last = opening[-1].last
    verbs = [span.first for span in reading.spans(Role.OWNER_ACTS)]
    if any(last < verb <= last + 1 + _APPOSITION and reading.same_sentence(last, verb) for verb in verbs):
        return True
    genitive = reading.tokens[last].word.lower().endswith("s")
    if not genitive and _VERB.match(text, opening[-1].end):
        return True
    owned = [span.first for span in reading.spans(Role.OWNER_OWNS)]
    return genitive and any(last < noun <= last + _POSSESSED_REACH for noun in owned)


def _after_verb(reading: Sentence, mentions: Sequence[RuleHit]) -> list[RuleHit]:
    """The subject where the sentence opens with something else: ``anordnade SCÖ``, ``har kommunen anställt``."""
    if not _ADVERBIAL.match(reading.text):
        return []  # what follows the verb is then its object: "projektet hjälper kommunen"
    for span in reading.spans(Role.OWNER_ACTS):
        if span.first > _LONGEST_ADVERBIAL or not reading.same_sentence(0, span.first):
            continue
        found: list[RuleHit] = []
        for hit in mentions:
            place = found[-1].last if found else span.first
            if not found and not (hit.first == span.first + 1 or hit.first == span.last + 1):
                continue
            if found and not LIST_WORDS.fullmatch(reading.text[found[-1].end : hit.start]):
                break
            if hit.first > place:
                found.append(hit)
        if found and not any(hit.first < span.first for hit in mentions):
            return found
    return []
