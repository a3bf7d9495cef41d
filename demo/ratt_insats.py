"""The participants of Rätt insats and where they stood at start, every third month and at exit, made up so that every
printed sum holds: 29 + 34, a step shown for 46, of them 30 in work or practice, work trial or studies.

Sex, age, dates and the states themselves are invented; the evaluation prints none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from draw import between, repeated, shuffled, weekday, weighted
from written import Row

SEED = 2019
# Phase -> people, first and last day to begin on.
PHASES = {
    "Rätt insats.se": (29, date(2019, 3, 1), date(2020, 1, 31)),
    "Rätt insats 2.1": (34, date(2020, 3, 1), date(2020, 12, 11)),
}
LONGEST_DAY = date(2021, 6, 30)
INTERVAL = 91  # days: every third month
IDLE, SICK, PREPARING = "Utan insats", "Sjukskriven", "Förberedande insats"
AT_START = {IDLE: 38, SICK: 14, PREPARING: 11}
SELF_SUFFICIENT = {"Arbete eller praktik": 17, "Arbetsprövning": 6, "Studier": 7}
OTHER_STEP = {PREPARING: 8, "Vård eller rehabilitering": 8}
SAME, UNKNOWN = "same as at start", "not recorded"
AT_EXIT = {**SELF_SUFFICIENT, **OTHER_STEP, SAME: 8, UNKNOWN: 9}

SEX = {"Kvinna": 30, "Man": 33}
REFERRERS = {"Arbetsförmedlingen": 36, "Eskilstuna kommun": 27}
INCOME = {"Försörjningsstöd": 80, "Försörjningsstöd, Aktivitetsstöd": 20}
REASONS = {"Utskriven enligt plan": 40, "Avbrott på eget initiativ": 25, "Ohälsa eller sjukdom": 20, "Annan": 15}
# State at exit -> occupation and income afterwards, the more usual first.
AFTER = {
    "Arbete eller praktik": (
        ("Arbete 100 %", "Lön"), ("Arbete 50 %", "Lön, Försörjningsstöd"), ("Praktik", "Aktivitetsstöd"),
    ),
    "Arbetsprövning": (("Praktik", "Försörjningsstöd"), ("Praktik", "Aktivitetsstöd")),
    "Studier": (("Studier", "Studiestöd"), ("Studier", "Försörjningsstöd")),
    PREPARING: (("Arbetssökande", "Försörjningsstöd"),),
    "Vård eller rehabilitering": (("Övrigt", "Försörjningsstöd"), ("Övrigt", "Sjukpenning")),
    IDLE: (("Arbetssökande", "Försörjningsstöd"),),
    SICK: (("Övrigt", "Försörjningsstöd"),),
    UNKNOWN: (("", ""),),
}  # fmt: skip


@dataclass(frozen=True)
class _Course:
    """One made-up participant: phase, first and last day, state at start and at exit (or ``UNKNOWN``)."""

    phase: str
    start: date
    end: date
    first: str
    last: str


def ratt_insats() -> tuple[list[Row], list[Row]]:
    """The list of participants and the list of states, both in order of id."""
    rng = Random(SEED)
    people, states = [], []
    sexes, referrers = (iter(shuffled(repeated(counts), rng)) for counts in (SEX, REFERRERS))
    for number, course in enumerate(_courses(rng), start=1):
        person = f"D{number:03}"
        people.append({"Deltagare": person, **_participation(course, next(sexes), next(referrers), rng)})
        states += [{"Deltagare": person, "Insats": course.phase, **state} for state in _states(course, rng)]
    return people, states


def _courses(rng: Random) -> list[_Course]:
    exits = shuffled(repeated(AT_EXIT), rng)
    # A step to a preparing measure is only a step for those who were not in one.
    starts = iter(shuffled(repeated({IDLE: AT_START[IDLE] - OTHER_STEP[PREPARING], SICK: AT_START[SICK],
                                     PREPARING: AT_START[PREPARING]}), rng))  # fmt: skip
    phases = iter(shuffled(repeated({name: people for name, (people, _, _) in PHASES.items()}), rng))
    courses = []
    for last in exits:
        phase, first = next(phases), IDLE if last == PREPARING else next(starts)
        _, opens, closes = PHASES[phase]
        start = weekday(opens + timedelta(days=between(3, (closes - opens).days, rng)))
        end = min(weekday(start + timedelta(days=between(100, 400, rng))), LONGEST_DAY)
        courses.append(_Course(phase, start, end, first, first if last == SAME else last))
    return sorted(courses, key=lambda course: course.start)


def _participation(course: _Course, sex: str, referrer: str, rng: Random) -> Row:
    choices = AFTER[course.last]
    occupation, income = choices[0] if rng.random() < 0.6 else choices[between(0, len(choices) - 1, rng)]
    favourable = course.last in SELF_SUFFICIENT
    return {
        "Insats": course.phase,
        "Kön": sex,
        "Födelseår": course.start.year - between(20, 59, rng),
        "Kommun": "Eskilstuna",
        "Remittent": referrer,
        "Startdatum": course.start,
        "Slutdatum": course.end,
        "Sysselsättning före": "Övrigt" if course.first == SICK else "Arbetssökande",
        "Sysselsättning efter": occupation,
        "Försörjning före": weighted(INCOME, rng),
        "Försörjning efter": income,
        "Avslutsanledning": "Utskriven enligt plan" if favourable else weighted(REASONS, rng),
    }


def _states(course: _Course, rng: Random) -> list[Row]:
    """The state at start, at every third month of the stay, and at exit where it was recorded."""
    points = range(1, (course.end - course.start).days // INTERVAL + 1)
    rows = [{"Tidpunkt": "Start", "Läge": course.first}]
    turns = between(1, len(points) + 1, rng) if points else 1
    for point in points:
        state = course.first if point < turns or course.last == UNKNOWN else course.last
        if course.last == UNKNOWN and point > 1:
            break  # nobody wrote down where these stood any more
        rows.append({"Tidpunkt": f"{3 * point} månader", "Läge": state})
    if course.last != UNKNOWN:
        rows.append({"Tidpunkt": "Avslut", "Läge": course.last})
    return rows
