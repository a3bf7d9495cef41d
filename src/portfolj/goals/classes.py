"""The class of one goal, and the words that decide it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portfolj.goals.parts import EVERY, SHARE, level_words, time_words
from portfolj.goals.splitting import BLANK, Clause, without_relatives
from portfolj.goals.words import words

NEAR = 45  # characters after a verb in which its object is looked for
_TRAINED = re.compile(
    r"\b(?:utbild(?:as|ats|a|ad|ade)|gått|gå|genomgå|genomgått|delta|deltagit|deltar|få|fått|ta\s+del|tagit\s+del|genomföra|genomfört|ha)\b[^.]{0,60}?"
    r"\b(?:\w*utbildning\w*|\w*kurs\w*|\w*seminari\w*|\w*föreläsning\w*|\w*workshop\w*|\w*dagar|\w*handledning|\w*träffar?|\w*aktivitet\w*|information|\w*program\w*)|\butbildas|\butbildats|\bvara\s+utbildade|\bcertifieras",
    re.IGNORECASE,
)
_INTO_WORK = re.compile(
    r"\b(?:i|till|nå|nått|når|få|fått|får|börja|börjat|påbörja\w*|ha|återgå\w*|ut\s+i|återuppta\w*|mot|in\s+på|en|söka?|starta\w*|klara\w*|inom|slutföra|fullfölja|sin|ett|finna|återvänt|arbeta|studera|jobba)\b",
    re.IGNORECASE,
)
# What people have, not what they reach: "personer med långvarig arbetslöshet".
_ATTRIBUTE = re.compile(
    r"\b(?:personer|individer|deltagare|ungdomar|unga|kvinnor|män|människor|dem|de)\s+(?:med|i|utan|som\s+har|som\s+är|som\s+står|som\s+uppbär)\s+(?:[\w,-]+\s+){0,4}$",
    re.IGNORECASE,
)
_HAS_BEEN = re.compile(r"\b(?:har|hade)\s+(?:\w+\s+)?\w{2,}(?:at|it|tt|ts|gått|fått|lagt|dragit)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """A class, and where the words stand that decided it."""

    goal_class: str
    indicator: bool
    spans: tuple[tuple[int, int], ...] = ()


MISSING = Verdict("missing", False)


def judge(clause: Clause) -> Verdict:
    """The class of a clause."""
    return _Reading(clause).verdict()


class _Reading:
    """A clause with what is found in it."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.body = without_relatives(clause.body)
        self.text = self.body.replace(BLANK, " ")
        self.subject = self.body[: clause.predicate] if clause.modal else ""
        self.levels = level_words(self.body)
        self.spans: list[tuple[int, int]] = []
        self.head_end = 0
        staff = words("staff").search(self.subject or self.body)
        self.people = words("participants").search(self.body)
        self.staff = (
            staff if staff and not words("participants").search(self.subject or self.body[: staff.start()]) else None
        )
        self.organisation = words("organisations").search(self.subject or self.body)

    def verdict(self) -> Verdict:
        if self._told():
            return MISSING
        head = self._head()
        if head is None:
            return self._without_head()
        kind, hit = head
        self.head_end = hit.end()
        self.spans.append(hit.span())
        after = self.body[hit.end() :]
        near = after[:NEAR]
        people_subject = bool(words("participants").search(self.subject)) and not self.staff
        amount = self._amount()
        if (self.staff or (self.organisation and not self.people)) and (trained := _TRAINED.search(self.body)):
            self.spans.append(trained.span())
            return self._as("activity", indicator=bool(amount))
        if kind == "activity":
            return self._activity(hit, near, after, people_subject, amount)
        if kind == "change":
            return self._change(hit, after)
        return self._reach(hit, near, after, people_subject, amount)

    # -- what kind of statement -------------------------------------------------

    def _told(self) -> bool:
        """Whether it tells what has been or what is, and no goal."""
        if self.clause.modal:
            return False
        if (
            _HAS_BEEN.search(self.body)
            and not time_words(self.clause.whole)
            and not words("lead_ins").search(self.body)
        ):
            return True
        if past := words("past").search(self.body):
            before = self.body[: past.start()]
            if not words("lead_ins").search(before) and not words("change_words").match(self.body.lstrip(BLANK + " ")):
                return True
        clause = self.body.strip(BLANK + " ,.")
        if re.search(
            r"[\w)%]\s+(?:minskade|ökade|förbättrades?|stärktes)\s+(?:med|från|under|i\b|kraftigt|något|\w+(?:en|et|na|ten)\b)",
            clause,
            re.IGNORECASE,
        ):
            return True
        fact = next((hit for hit in words("facts").finditer(self.body) if not self._in_relative(hit.start(), 0)), None)
        if (
            fact
            and not words("change_words", "change_verbs").search(self.body[: fact.start()])
            and not level_words(self.body[: fact.start()])
        ):
            return True
        return not re.search(r"\w{3,}.*\w{3,}", clause) and not words("destinations", "soft_outcomes").search(clause)

    def _head(self) -> tuple[str, re.Match[str]] | None:
        """The first verb, or word of change, of what is said."""
        kinds = {
            "activity": "activity_verbs", "change": "change_verbs", "word": "change_words", "reach": "reach_verbs",
            "carrier": "carriers", "volume": "volume_verbs",
        }  # fmt: skip
        found: list[tuple[int, int, int, str, re.Match[str]]] = []
        start = self.clause.predicate
        for order, (kind, name) in enumerate(kinds.items()):
            for hit in words(name).finditer(self.body, start):
                if self._in_relative(hit.start(), start):
                    continue
                found.append((hit.start(), -len(hit.group().split()), order, kind, hit))
                break
        if not found:
            return None
        first = min(found)
        same = {kind for place, _, _, kind, _ in found if place == first[0]}
        hit = first[4]
        # "ha ökat", "ha fått": the verb is what follows.
        if hit.group().lower() in {"ha", "har", "ha fått", "få", "fått", "kunna", "ges"} and "activity" not in same:
            following = re.compile(r"\s+(?:\w+\s+){0,2}?").match(self.body, hit.end())
            if following:
                for name, kind in (("change_verbs", "change"), ("change_words", "change")):
                    later = words(name).search(self.body, hit.end(), hit.end() + 25)
                    if later:
                        return kind, later
                if hit.group().lower() in {"ha", "har"}:
                    for name, kind in (("reach_verbs", "reach"), ("activity_verbs", "activity")):
                        later = words(name).match(self.body, hit.end() + 1)
                        if later:
                            return kind, later
        if "change" in same or "word" in same:
            return "change", hit
        if "activity" in same and "reach" in same:
            people = words("participants").search(self.subject)
            return ("reach" if people else "activity"), hit
        if "activity" in same:
            return "activity", hit
        return "reach", hit

    def _in_relative(self, place: int, start: int) -> bool:
        before = self.body[start:place]
        opened = [hit.end() for hit in re.finditer(r"\b(?:som|där|vilka)\s", before, re.IGNORECASE)]
        if not opened:
            return False
        return (
            "," not in before[opened[-1] :]
            and len(before[opened[-1] :].split()) <= 12
            and not re.search(r"\bska\b", before[opened[-1] :])
        )

    # -- heads ------------------------------------------------------------------

    def _activity(
        self, hit: re.Match[str], near: str, after: str, people_subject: bool, amount: re.Match[str] | None
    ) -> Verdict:
        verb = hit.group().lower()
        product = words("products").search(near)
        change = words("change_words", "good_words").search(near)
        carrier = words("carriers").fullmatch(hit.group())
        if people_subject and not product and (self._measure() or self._soft()):
            return self._outcome()
        if verb in {"ge", "ger"} and words("destinations").match(near.lstrip()):
            return self._outcome()
        if carrier and change and not (product and product.start() < change.start()):
            self._note(change, hit.end())
            if words("products").search(near[change.end() :]) and not self.people:
                return self._as("activity", indicator=False)
            return self._outcome()
        if (
            verb in {"ge", "ger", "skapa", "skapar"}
            and re.search(r"\b(?:nya\s+)?möjlighet(?:er|en)?\b", after)
            and self.people
            and not product
        ):
            return self._outcome()
        lasting = re.match(
            r"(?:\w+\s+)?(?:sam(?:verkan|arbete|syn|ordning)\w*|\w+samverkan|\w+samarbete\w*)\b", near.lstrip()
        )
        if verb.startswith(("utveckl", "vidareutveckl")) and lasting and not words("products").match(near.lstrip()):
            return self._outcome()
        if self._is_volume(amount):
            return self._volume(amount)
        if product:
            self._note(product, hit.end())
        return self._as("activity", indicator=bool(amount) or bool(re.search(r"\bantal(?:et)?\b|\bandel", self.body)))

    def _change(self, hit: re.Match[str], after: str) -> Verdict:
        counted = re.search(r"\b(?:antal(?:et)?|fler)\s+(?:\w+\s+)?(\w+)", self.body[hit.start() :], re.IGNORECASE)
        if counted and not words("destinations").search(self.body):
            noun = counted.group(1)
            if words("products").fullmatch(noun):
                return self._as("outcome_unmeasurable" if not self.levels else "activity", indicator=True)
            if (
                words("participants").fullmatch(noun)
                or words("volume_nouns").fullmatch(noun)
                or words("organisations").fullmatch(noun)
            ):
                rest = self.body[hit.start() + counted.end() :]
                if not self._soft() and not words("reach_verbs", "change_words").search(rest):
                    return self._as("volume", indicator=True)
        return self._outcome()

    def _reach(
        self, hit: re.Match[str], near: str, after: str, people_subject: bool, amount: re.Match[str] | None
    ) -> Verdict:
        measure = self._measure(hit.start()) or (self._measure() if not self.clause.modal else None)
        soft = self._soft()
        given = hit.group().split()[0].lower() in {
            "få",
            "får",
            "fått",
            "ha",
            "har",
            "haft",
            "erbjudas",
            "erbjuds",
            "beredas",
            "ta",
            "delta",
        }
        if given and (_among_first(words("services"), near, 3) or words("services").search(hit.group())):
            if not amount or not _is_number(amount):
                return self._as("activity", indicator=bool(amount))
            return self._volume(amount)
        volume = words("volume_verbs").search(self.body, self.clause.predicate)
        product = words("products").search(near)
        if measure and not (
            volume
            and volume.start() == hit.start()
            and not _INTO_WORK.search(self.body[hit.end() : measure[1]])
            and self._names_programme(after)
        ):
            return self._outcome()
        if soft or words("change_words", "good_words", "softeners", "lasting").search(near):
            return self._outcome()
        if self._is_volume(amount) or (amount and volume and not product):
            return self._volume(amount)
        if product:
            self._note(product, hit.end())
            return self._as("activity", indicator=bool(amount))
        if volume and not amount:
            self.spans.append(volume.span())
            return self._as("activity" if not self.people else "volume", indicator=bool(self.people))
        if people_subject or self.organisation:
            return self._outcome()
        return self._as("activity", indicator=False) if after.strip(BLANK + " .,") else MISSING

    def _names_programme(self, after: str) -> bool:
        return bool(re.search(r"\b(?:insats\w*|projekt\w*|verksamhet\w*|program\w*)\b", after))

    def _without_head(self) -> Verdict:
        amount = self._amount()
        if self._is_volume(amount):
            return self._volume(amount)
        if self._measure() and (self.levels or self.people or len(self.text.split()) < 9):
            return self._outcome()
        if self._soft():
            return self._outcome()
        if (lasting := words("lasting").search(self.body)) and len(self.text[: lasting.start()].split()) <= 3:
            self.spans.append(lasting.span())
            return self._as("outcome_unmeasurable", indicator=False)
        if product := words("products").search(self.body):
            self.spans.append(product.span())
            return self._as("activity", indicator=bool(amount)) if amount else MISSING
        if lasting := words("lasting").search(self.body):
            self.spans.append(lasting.span())
            return self._as("outcome_unmeasurable", indicator=False)
        return MISSING

    # -- parts of it --------------------------------------------------------------

    def _measure(self, start: int = 0) -> tuple[int, int] | None:
        """Where something that can be measured is named, if no vague word makes it vague."""
        head = max(start, self.head_end)
        for hit in words("destinations", "registers").finditer(self.body, start):
            before = self.body[(head if head < hit.start() else max(0, hit.start() - 40)) : hit.start()]
            if _ATTRIBUTE.search(before):
                continue
            if not words("softeners", "soft_outcomes").search(before) and not words("softeners").match(
                self.body, hit.start()
            ):
                return hit.span()
        return None

    def _soft(self) -> tuple[int, int] | None:
        hit = words("soft_outcomes").search(self.body)
        return hit.span() if hit else None

    def _amount(self) -> re.Match[str] | None:
        return self.levels[0] if self.levels else None

    def _is_volume(self, amount: re.Match[str] | None) -> bool:
        if not amount or not _is_number(amount):
            return False
        counted = ("participants",) if SHARE.fullmatch(amount.group().strip()) else ("participants", "organisations")
        noun = words(*counted).search(self.body, amount.end() - 1, amount.end() + 40)
        places = words("volume_nouns").search(self.body)
        started = re.search(r"\bstarta[ts]*\b", self.body[self.clause.predicate :])
        return bool(noun or places) and not self.staff and not (started and not self.people)

    def _volume(self, amount: re.Match[str] | None) -> Verdict:
        if amount:
            self.spans.append(amount.span())
        return self._as("volume", indicator=True)

    def _outcome(self) -> Verdict:
        measure = self._measure()
        numeric = [hit for hit in self.levels if _is_number(hit)]
        indicator = bool(measure) or bool(numeric)
        if measure:
            self.spans.append(measure)
        elif soft := self._soft():
            self.spans.append(soft)
        if self.levels and indicator:
            self.spans += [hit.span() for hit in self.levels[:1]]
            return self._as("outcome_measurable", indicator=True)
        return self._as("outcome_unmeasurable", indicator=indicator)

    def _note(self, hit: re.Match[str], offset: int) -> None:
        self.spans.append((hit.start() + offset, hit.end() + offset))

    def _as(self, goal_class: str, *, indicator: bool) -> Verdict:
        return Verdict(goal_class, indicator, tuple(sorted(set(self.spans))))


def _among_first(pattern: re.Pattern[str], text: str, most: int) -> re.Match[str] | None:
    """The first of a text's first words that a pattern matches."""
    places = [word.start() for word in re.finditer(r"[^\W_][\w-]*", text)][:most]
    return next((hit for place in places if (hit := pattern.match(text, place))), None)


def _is_number(level: re.Match[str]) -> bool:
    """Whether a level is an amount, and not "alla"."""
    return not EVERY.fullmatch(level.group())
