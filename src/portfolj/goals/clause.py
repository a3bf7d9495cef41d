"""What a clause holds: whom it is about, how much is said, and whether something that can be measured is named."""

from __future__ import annotations

import re
from functools import cached_property

from portfolj.goals.parts import EVERY, level_words
from portfolj.goals.splitting import BLANK, Clause, without_relatives
from portfolj.goals.words import WordList, words

# What people have, not what they reach: "personer med långvarig arbetslöshet".
_ATTRIBUTE = re.compile(
    r"\b(?:personer|individer|deltagare|ungdomar|unga|kvinnor|män|människor|elever|föräldrar|dem|de|målgruppen|utrikes\s+födda|nyanlända)\s+"
    r"(?:(?:i\s+åldern\s+)?\(?\d\d\S*\s+(?:(?:och|till)\s+\d\d\s+)?(?:år\)?\s+)?)?(?:med|utan|utanför|från|som\s+har|som\s+är|som\s+står|som\s+uppbär|inom)\s+(?:[\w,-]+\s+){0,4}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:antal(?:et)?|andel(?:en|ar)?)\b", re.IGNORECASE)
# The labour market is a measure only for those who come there.
_ARENA = re.compile(r"arbetsmarknaden|arbetslivet|arbetsliv|skolan|arbetskraften", re.IGNORECASE)
_WAY_IN = re.compile(
    r"(?:\b(?:ut|in|åter|tillbaka)\s+(?:på|i|till)|\b(?:åter\w*|tillbaka|vidare|övergång\w*|gå|går|gått|kom\w*|för|steg\w*)\s+(?:\S+\s+){0,4}?till|\bnå[rs]?|\bnått|\b\w*etabler\w*\s+(?:sig\s+)?(?:på|i)|\b\w*förankring\s+(?:på|i)|\b\w*inträde\w*\s+(?:på|i)|\bkom\w*\s+\w+\s+(?:på|i)|\bvara\s+ute\s+[ip]å?)"
    r"\s+(?:den\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
# "Arbetet med unga" is what is done, not what people come to; "kommunens anställda" are people, no result.
_WORK = re.compile(r"arbete|arbetet", re.IGNORECASE)
_DONE_WORK = re.compile(r"\s+(?:med|kring|runt|för\s+att|mot\b)", re.IGNORECASE)
_WHOSE_WORK = re.compile(
    r"\b(?:gemensam\w*|förebyggande|systematisk\w*|hälsofrämjande|pågående|strategisk\w*|strukturerat|(?:kommun|myndighet|verksamhet|part|aktör|organisation|handläggar|skol|socialtjänst|förening)\w*s)\s+(?:\w+a\s+)?$",
    re.IGNORECASE,
)
_AT_WORK = re.compile(r"anställda", re.IGNORECASE)
_WHOSE = re.compile(r"(?:\w{3,}s|bland|hos|för|våra|alla|sina)\s+(?:\w+\s+)?$", re.IGNORECASE)
_MORE = re.compile(r"\b(?:fler|färre)\b", re.IGNORECASE)
# "Alla", "Fler" alone, or with "som ..." that is blanked.
_SOMEBODY = re.compile(r"(?:ingen|alla|fler|färre|flera|många|någon|de)\s+\|*\s*\S+\s*$", re.IGNORECASE)
_LISTED = re.compile(r"([\w-]+)(?:,|\s+(?:och|samt|eller))\s+(?:\w+\s+)?$", re.IGNORECASE)
_AND = re.compile(
    r"(?<![^\W\d_]a)(?<!få)(?<!nå)\s(?:och|samt|eller)\s+(?:sedan\s+|därmed\s+|därefter\s+)?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_][\w-]*")


class Reading:
    """A clause without what only describes somebody, and what is found in it."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.body = without_relatives(clause.body)
        self.subject = self.body[: clause.predicate] if clause.modal else ""
        self.levels = level_words(self.body)
        self.people = words("participants").search(self.body)
        self.organisation = words("organisations").search(self.subject or self.body)

    @property
    def plain(self) -> str:
        """The clause's own words, without what stands around it."""
        return self.body.strip(BLANK + " ,.\t")

    @cached_property
    def staff(self) -> re.Match[str] | None:
        """The staff that the clause is about, if it isn't about participants."""
        about = self.subject or self.body
        staff = words("staff").search(about)
        people = words("participants").search(about if self.subject else about[: staff.start()]) if staff else None
        return None if people else staff

    @cached_property
    def people_act(self) -> bool:
        """Whether participants are to do or get something, as in "deltagarna ska"."""
        somebody = words("participants").search(self.subject) or _SOMEBODY.match(self.subject.strip(BLANK + " "))
        return bool(somebody) and not self.staff

    @cached_property
    def amount(self) -> re.Match[str] | None:
        """The first level that is a number; "alla" is none."""
        return next((level for level in self.levels if not EVERY.fullmatch(level.group())), None)

    @cached_property
    def counted(self) -> re.Match[str] | None:
        """ "Antalet", "andelen" or "fler personer": what can be counted."""
        if counted := _COUNTED.search(self.body):
            return counted
        for more in _MORE.finditer(self.body):
            if among_first(words("participants"), self.body[more.end() : more.end() + 60], 3):
                return more
        return None

    @cached_property
    def everyone_at_work(self) -> bool:
        """Whether "alla" is said of staff or organisations, who can be counted."""
        return self.everyone_of("staff", "organisations")

    def everyone_of(self, *lists: str) -> bool:
        """Whether "alla" is said of what stands in one of the word lists."""
        every = (level for level in self.levels if EVERY.fullmatch(level.group()))
        return any(among_first(words(*lists), self.body[level.end() : level.end() + 40], 3) for level in every)

    @property
    def more(self) -> bool:
        """Whether what is counted is only "fler" or "färre"."""
        return bool(self.counted and _MORE.fullmatch(self.counted.group()))

    @cached_property
    def soft(self) -> re.Match[str] | None:
        """A change that can be felt but isn't measured as it stands."""
        return words("soft_outcomes").search(self.body)

    def measure(self, start: int = 0, head: int = 0) -> re.Match[str] | None:
        """What can be measured, such as work, from ``start`` on; not "förmåga till arbete", vague since ``head``."""
        for hit in words("destinations", "registers").finditer(self.body, start):
            before = self.body[(head if head < hit.start() else max(0, hit.start() - 40)) : hit.start()]
            before = _of_this(before[_new_act(before) :])
            vague = words("softeners", "soft_outcomes", "lasting")
            if _WORK.fullmatch(hit.group()) and _DONE_WORK.match(self.body, hit.end()):
                continue
            if _WORK.fullmatch(hit.group()) and _WHOSE_WORK.search(self.body, 0, hit.start()):
                continue
            if _AT_WORK.fullmatch(hit.group()) and _WHOSE.search(before):
                continue
            if _ARENA.fullmatch(hit.group()) and not _WAY_IN.search(self.body[: hit.start()]):
                continue
            if not _ATTRIBUTE.search(before) and not vague.search(before) and not words("softeners").match(hit.group()):
                return hit
        return None


def _of_this(before: str) -> str:
    """Without what is only listed beside: "ohälsa och" before "sjukskrivning"."""
    listed = _LISTED.search(before)
    return before[listed.end() :] if listed and words("soft_outcomes").search(listed[1]) else before


def _new_act(before: str) -> int:
    """Where something new is said to be reached: "återfå arbetsförmågan och få". Not in "möjlighet att söka och få"."""
    joint = next(reversed([*_AND.finditer(before)]), None)
    if (
        not joint
        or re.search(r"\batt\b", before[: joint.start()])
        or not words("reach_verbs").match(before, joint.end())
    ):
        return 0
    return joint.end()


def among_first(pattern: WordList | re.Pattern[str], text: str, most: int) -> re.Match[str] | None:
    """What a pattern matches among a text's first words; ``most`` words are looked at."""
    places = [word.start() for word in _WORD.finditer(text)][:most]
    return next((hit for place in places if (hit := pattern.match(text, place))), None)
