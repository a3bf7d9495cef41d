"""The class of a goal whose head is known, and the words that decide it: from the head, its object and its subject."""

from __future__ import annotations

import re

from portfolj.goals.clause import Reading, among_first
from portfolj.goals.heads import Head
from portfolj.goals.parts import SHARE
from portfolj.goals.splitting import BLANK
from portfolj.goals.states import lasting_state, opinion_of, share_that_does
from portfolj.goals.verdict import MISSING, Verdict, outcome_of
from portfolj.goals.words import words

NEAR = 45  # characters after a verb in which its object is looked for
_TRAINED = re.compile(
    r"\b(?:utbild(?:as|ats|a|ad|ade)|gått|går|gå|genomgå|genomgått|delta|deltagit|deltar|få|får|fått|ta\s+del|tagit\s+del|genomföra|genomfört|ha)\b[^.]{0,60}?"
    r"\b(?:\w*utbildning\w*|kompetensutveckling\w*|kompetenshöj\w*|fortbildning\w*|introduktion\w*|\w*kurs\w*|\w*seminari\w*|\w*föreläsning\w*|\w*workshop\w*|\w*dagar|\w*handledning|\w*träffar?|\w*aktivitet\w*|information|\w*program\w*)|"
    r"\b(?:utbildas|utbildats|certifieras|certifierats|utbilda|fortbilda)\b|\bvara\s+utbildade",
    re.IGNORECASE,
)
_STATE = re.compile(r"vara|är|bli|blir|finnas|fungera|fungerar")
_IN_PLACE = re.compile(
    r"\b(?:på\s+plats|klar|klart|färdig|färdigt|framtagen|framtaget|framtagna|finnas|upprättad|upprättat)\b",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"\bantal(?:et)?\b", re.IGNORECASE)
_GIVEN = re.compile(
    r"(?:få|får|fått|ha|har|haft|erbjud\w*|beredas|ta|tagit|delta|deltar|ges|genomgå\w*)\b", re.IGNORECASE
)
_CHANCES = re.compile(r"\b(?:möjlighet(?:er|en)?|chans(?:en|er)?|förutsättning(?:ar|arna)?)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"(?:sam(?:verkan|arbete|syn|ordning)\w*|\w+samverkan|\w+samarbete\w*)\b", re.IGNORECASE)
_SOLVED = re.compile(r"\b(?:positiv|hållbar|varaktig)\w*\s+lösning\w*|\blösning\w*\s+som\s+är\s+\w+", re.IGNORECASE)
_EXAMINED = re.compile(
    r"mätas|följas\s+upp|kartläggas|utredas|bedömas|dokumenteras|redovisas|utvärderas|analyseras|undersökas|identifieras|sammanställas"
)
_USED = re.compile(r"(?:ut)?nyttja\w*|använda?s")
_WELL = re.compile(r"\b(?:effektiv\w*|optimal\w*|bättre|bäst|rätt)\b", re.IGNORECASE)
_TO_REACH = re.compile(r"\batt\s+(?:\w+\s+){0,2}?(?:få|komma|bli|nå|börja|återgå|gå|återvända)\b", re.IGNORECASE)
_PRESENT = re.compile(r"\s+\w{2,}(?:er|ar|år)\b", re.IGNORECASE)
_STARTED = re.compile(r"\bstarta[ts]*\b|\bbildas?\b|\betableras?\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:antal(?:et)?|fler)\b", re.IGNORECASE)


def staff_trained(reading: Reading) -> re.Match[str] | None:
    """Where it says that staff is to be trained: an activity, whatever share of them."""
    generic = reading.people and reading.people.group().lower() in ("personer", "deltagare", "människor")
    if reading.staff or (reading.organisation and (generic or not reading.people)):
        return _TRAINED.search(reading.body)
    return None


class Headed:
    """A clause whose head is known."""

    def __init__(self, reading: Reading, head: Head) -> None:
        self.reading, self.head = reading, head
        self.body = reading.body
        self.after = self.body[head.end :]
        self.near = self.after[:NEAR]
        self.spans = [(head.start, head.end)]

    def verdict(self) -> Verdict:
        reading = self.reading
        if reading.clause.modal and _EXAMINED.fullmatch(self.head.text) and not (reading.amount and reading.people):
            return self._as("activity", indicator=self._counts)
        if _USED.fullmatch(self.head.text) and _WELL.search(self.after):
            return self._outcome()
        if opinion := opinion_of(reading):
            self.spans.append(opinion.span())
            return self._outcome(asked=opinion)
        if trained := staff_trained(reading):
            self.spans.append(trained.span())
            return self._as("activity", indicator=bool(reading.levels or reading.counted))
        if self._more_who_do():
            return self._outcome()
        if self.head.text == "finnas" and not reading.amount and (made := words("made").search(self.near)):
            self._note(made)
            return self._as("activity", indicator=self._counts)
        if lasting := lasting_state(reading):
            self.spans.append(lasting.span())
            return self._as("outcome_unmeasurable", indicator=False)
        if share := share_that_does(reading):
            self.spans.append(share.span())
            if not self._served() or self._solved():
                return self._outcome()
        in_place = _IN_PLACE.search(self.body, reading.clause.predicate)
        if in_place and (made := words("products").search(self.body, 0, in_place.start())):
            self.spans += [made.span(), in_place.span()]
            return self._as("activity", indicator=self._counts)
        if number := self._number_taking_part():
            self.spans.append(number.span())
            return self._as("volume", indicator=True)
        return {"activity": self._activity, "change": self._change, "reach": self._reach}[self.head.kind]()

    def _number_taking_part(self) -> re.Match[str] | None:
        """ "Antalet deltagare", where nothing is said of what they reach."""
        number = _NUMBER_OF.search(self.body)
        whole = self.reading.clause.body
        reached = [
            hit for hit in words("destinations", "registers").finditer(whole) if not _NUMBER_OF.match(hit.group())
        ]
        if number and not reached and not self.reading.soft:
            return number if among_first(words("participants", "volume_nouns"), self.body[number.end() :], 2) else None
        return None

    @property
    def _counts(self) -> bool:
        """Whether an activity can be counted: so many, or "alla deltagare"."""
        reading = self.reading
        everyone = reading.everyone_of("participants") and reading.levels[0].start() < self.head.start
        subject = bool(reading.levels) and reading.clause.modal and reading.levels[0].start() < reading.clause.predicate
        by_whom = reading.people_act or reading.staff or everyone or subject
        return bool(reading.amount or reading.counted or (reading.levels and by_whom))

    def _activity(self) -> Verdict:
        reading, verb = self.reading, self.head.text
        product = words("products").search(self.near)
        change = words("change_words", "good_words").search(self.near)
        carries = words("carriers").fullmatch(verb)
        if verb.startswith("erbjud") and not self._is_volume():
            return self._as("activity", indicator=self._counts)
        if verb in ("göra", "gör") and among_first(words("participants"), self.near, 2):
            return self._outcome()
        if not verb.startswith("erbjud") and reading.people_act and not product and (self._measure() or reading.soft):
            return self._outcome()
        if carries and change and not (product and product.start() < change.start()):
            self._note(change)
            if not words("products").search(self.near[change.end() :]) or reading.people_act:
                return self._outcome()
            return self._as("activity", indicator=False)
        if self._is_volume() and among_first(words("volume_nouns"), self.near, 4):
            return self._volume()
        if carries and among_first(words("destinations", "soft_outcomes"), self.near, 3):
            return self._outcome()
        if carries and _CHANCES.search(self.after) and reading.people and not product:
            return self._outcome()
        if verb.startswith("utveckl") and not product and among_first(words("participants"), self.near, 2):
            return self._outcome()
        if verb.startswith(("utveckl", "vidareutveckl", "etabler", "skap", "bygg", "utök", "få till")):
            together = among_first(_TOGETHER, self.near, 4)
            first = together and not (product and product.start() < together.start())
            if first and together and not words("products").match(together.group()):
                return self._outcome()
        if self._is_volume() and not (
            reading.organisation and not reading.people and not words("volume_verbs").fullmatch(verb)
        ):
            return self._volume()
        if product:
            self._note(product)
        return self._as("activity", indicator=self._counts)

    def _change(self) -> Verdict:
        reading = self.reading
        if self.head.text in ("utvecklas", "utvecklats") and words("products").search(reading.subject):
            return self._as("activity", indicator=bool(reading.amount))
        more = _MORE.search(self.body[self.head.start :])
        if more and not words("destinations").search(self.body):
            rest = self.body[self.head.start + more.end() :]
            if among_first(words("products"), rest, 3) and not among_first(words("organisations"), rest, 2):
                return self._as("activity" if reading.levels else "outcome_unmeasurable", indicator=True)
            if counted := among_first(words("participants", "volume_nouns", "organisations"), rest, 2):
                rest = rest[counted.end() :]
                if (
                    not reading.soft
                    and not _PRESENT.match(rest)
                    and not words("reach_verbs", "change_words").search(rest)
                ):
                    return self._as("volume", indicator=True)
        return self._outcome()

    def _reach(self) -> Verdict:
        reading = self.reading
        volume = words("volume_verbs").search(self.body, reading.clause.predicate)
        product = words("products").search(self.near)
        takes_part = words("volume_only").fullmatch(self.head.text)
        if self._served() and not self._solved():
            fewer_or_more = _MORE.match(reading.subject.strip(BLANK + " "))
            return self._volume() if reading.amount or fewer_or_more else self._as("activity", indicator=self._counts)
        leads_to = " " in self.head.text and words("carriers").fullmatch(self.head.text) and not reading.people
        if leads_to and (made := among_first(words("products"), self.near, 3)):
            self._note(made)
            return self._as("activity", indicator=self._counts)
        if reading.amount and _GIVEN.match(self.head.text) and among_first(_CHANCES, self.near, 2):
            return self._volume()
        if self._measure() and not takes_part:
            return self._outcome()
        if not takes_part and (
            reading.soft or words("change_words", "good_words", "softeners", "lasting").search(self.near)
        ):
            return self._outcome()
        if not takes_part and not volume and self._at_work():
            return self._outcome()
        if self._is_volume() or (reading.amount and volume and not product):
            return self._volume()
        if product:
            self._note(product)
            return self._as("activity", indicator=self._counts)
        if volume:
            self.spans.append(volume.span())
            return self._as(
                "volume" if reading.people and reading.counted else "activity", indicator=bool(reading.counted)
            )
        if reading.levels and reading.everyone_of("participants") and _GIVEN.match(self.head.text):
            return self._as("activity", indicator=True)
        is_so = _STATE.fullmatch(self.head.text) and not words("intervention").search(reading.subject)
        if reading.people_act or reading.organisation or is_so:
            return self._outcome()
        told = not reading.clause.modal and not re.search(r"\w", self.after)
        return MISSING if told else self._as("activity", indicator=self._counts)

    def _more_who_do(self) -> bool:
        """ "Fler arbetsgivare ska anställa": not where more are to take part or to be given something."""
        reading = self.reading
        more = reading.clause.modal and _MORE.match(reading.subject.strip(BLANK + " "))
        taking_part = words("volume_verbs", "volume_only").search(self.body, reading.clause.predicate)
        return bool(more and not taking_part and not self._served() and self.head.kind == "activity")

    def _served(self) -> bool:
        """Whether people are given something that the intervention offers: a plan, a coach."""
        served = among_first(words("services"), self.near, 3) or words("services").search(self.head.text)
        better = among_first(words("change_words"), self.near, 2)
        return bool(served and _GIVEN.match(self.head.text) and not better)

    def _solved(self) -> bool:
        """Whether what people are to have is a solution that is good for them."""
        return bool(_SOLVED.search(self.reading.clause.whole))

    def _at_work(self) -> bool:
        """Whether so many organisations, or all, are to have or do something."""
        reading = self.reading
        if reading.people or not reading.organisation or not reading.subject:
            return False
        counted = reading.amount and among_first(words("organisations"), reading.subject[reading.amount.end() :], 4)
        return bool(counted or reading.everyone_at_work)

    def _measure(self) -> re.Match[str] | None:
        """What is to be measured: behind "ska", or anywhere where a change is wanted."""
        reading = self.reading
        whole = self.head.kind == "change" or _STATE.fullmatch(self.head.text)
        start = reading.clause.predicate if reading.clause.modal and not whole else 0
        eased = self.head.text.startswith(("underlätta", "möjliggör")) and not _TO_REACH.search(self.after)
        vague = words("softeners").fullmatch(self.head.text) or eased
        return None if vague else reading.measure(start, self.head.end)

    def _is_volume(self) -> bool:
        amount = self.reading.amount
        if not amount or self.reading.staff:
            return False
        people = ("participants",) if SHARE.fullmatch(amount.group().strip()) else ("participants", "organisations")
        following = self.body[amount.end() : amount.end() + 60]
        noun = among_first(words(*people), following, 4)
        made = among_first(words("products", "staff"), following, 3)
        if made and not (noun and noun.start() < made.start()):
            return False
        if words("studied").search(self.body, self.head.end, amount.start()):
            return False
        started = _STARTED.search(self.body, self.reading.clause.predicate) and not self.reading.people
        room = words("volume_nouns").search(following) or words("volume_nouns").search(self.reading.subject)
        return bool(noun or room) and not started

    def _volume(self) -> Verdict:
        if self.reading.amount:
            self.spans.append(self.reading.amount.span())
        return self._as("volume", indicator=True)

    def _outcome(self, asked: re.Match[str] | None = None) -> Verdict:
        """An outcome; what people are ``asked`` about is a measure where it is said how many are to answer so."""
        return outcome_of(self.reading, (asked if self.reading.levels else None) or self._measure(), self.spans)

    def _note(self, hit: re.Match[str]) -> None:
        """Remembers what was found in what stands near the head."""
        self.spans.append((hit.start() + self.head.end, hit.end() + self.head.end))

    def _as(self, goal_class: str, *, indicator: bool) -> Verdict:
        return Verdict(goal_class, indicator, tuple(sorted(set(self.spans))))
