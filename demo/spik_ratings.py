"""The self-ratings of SPiK, made up so that 71 rise, 26 fall and 11 stay: ten questions, 1 to 5, every third month.

The rule is last mean minus first mean over the questions answered both times. Where a mean moves, it moves by steps of
one on drawn questions, so that the sign is never in doubt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from draw import between, shuffled
from spik_people import INTERVENTION, Participant
from written import Row

SEED = 20212
ITEMS = (
    "1 Vet vad som ökar mina möjligheter till arbete",
    "2 Har kunskaper som går att använda på en arbetsplats",
    "3 Klarar av ett arbete",
    "4 Har ork och tid i vardagen att tänka på arbete",
    "5 Hälsan är inget hinder för arbete",
    "6 Har stöd av människor omkring mig",
    "7 Har lätt att ta kontakt med dem jag inte känner",
    "8 Har lätt att samarbeta",
    "9 Klarar av studier eller annan sysselsättning",
    "10 Vet vad jag vill arbeta med",
)
LOW, HIGH = 1, 5
INTERVAL = 91  # days: every third month
ONCE = 117  # of those not rated twice; the others were never rated
NO_ANSWERS = 3  # of those rated once: a second form without a single answer
SKIPPED = 0.04  # how often a question is left unanswered
# How many steps the ten answers together move, by what is told of the group in print: women of 40-49 gain most, and
# those of 50-59 fall most.
STEPS = {
    "up": {"women of 40-49": (7, 14), "50-59": (1, 4), "others": (1, 9)},
    "down": {"women of 40-49": (1, 3), "50-59": (4, 11), "others": (1, 6)},
    "unchanged": {"women of 40-49": (0, 0), "50-59": (0, 0), "others": (0, 0)},
}

Answers = list[int | None]


@dataclass(frozen=True)
class _Form:
    participant: str
    day: date
    answers: Answers

    @property
    def row(self) -> Row:
        return {
            "Deltagare": self.participant, "Insats": INTERVENTION, "Datum": self.day,
            **{item: "" if value is None else value for item, value in zip(ITEMS, self.answers, strict=True)},
        }  # fmt: skip


def spik_ratings(people: list[Participant]) -> list[Row]:
    """One row per person and occasion, in the order in which they were filled in."""
    rng = Random(SEED)
    seldom = shuffled([person for person in people if not person.moved], rng)
    once = seldom[:ONCE]
    empty = [person for person in once if person.months >= 4][:NO_ANSWERS]
    forms = [form for person in people if person.moved for form in _rated(person, rng)]
    for person in once:
        forms.append(_form(person, 0, _skipping(_first(rng), rng), rng))
        if person in empty:
            forms.append(_form(person, 1, [None] * len(ITEMS), rng))
    return [form.row for form in sorted(forms, key=lambda form: (str(form.day), form.participant))]


def _rated(person: Participant, rng: Random) -> list[_Form]:
    occasions = between(2, min(5, 1 + int((person.months * 30 - 14) / INTERVAL)), rng)
    first, last = _moved(person, rng)
    between_them = [_on_the_way(first, last, n / (occasions - 1), rng) for n in range(1, occasions - 1)]
    return [_form(person, n, answers, rng) for n, answers in enumerate([first, *between_them, last])]


def _form(person: Participant, occasion: int, answers: Answers, rng: Random) -> _Form:
    day = person.start + timedelta(days=occasion * INTERVAL + between(0, 10, rng))
    return _Form(str(person.row["Deltagare"]), min(day, person.end), answers)


def _moved(person: Participant, rng: Random) -> tuple[Answers, Answers]:
    """First and last answers whose means over what both have differ as they shall."""
    sex, band = person.cell
    group = "women of 40-49" if (sex, band) == ("Kvinna", "40-49") else band if band == "50-59" else "others"
    steps = between(*STEPS[person.moved][group], rng)
    while True:  # until the scale has room for the steps
        first = _skipping(_first(rng), rng)
        last = _step(_skipping(first, rng), -steps if person.moved == "down" else steps, rng)
        if last is not None:
            return first, _answered_last(_swap(last, first, rng), first, rng)


def _first(rng: Random) -> list[int]:
    """Answers around one's own level, each up to one and a half from it."""
    level = 2.2 + 1.4 * rng.random()
    return [max(LOW, min(HIGH, round(level + 3 * rng.random() - 1.5))) for _ in ITEMS]


def _skipping(answers: Answers | list[int], rng: Random) -> Answers:
    return [None if rng.random() < SKIPPED else value for value in answers]


def _step(answers: Answers, steps: int, rng: Random) -> Answers | None:
    """The answers moved ``steps`` up or down in all, one at a time; nothing where the scale has no room."""
    moved, one = list(answers), 1 if steps > 0 else -1
    for _ in range(abs(steps)):
        room = [n for n, v in enumerate(moved) if v is not None and LOW <= v + one <= HIGH]
        if not room:
            return None
        chosen = room[between(0, len(room) - 1, rng)]
        moved[chosen] = (moved[chosen] or 0) + one
    return moved


def _swap(last: Answers, first: Answers, rng: Random) -> Answers:
    """The same sum with one question up and another down, so that a mean that stays is not the same answers again."""
    moved = list(last)
    for _ in range(2):
        up = [n for n, v in enumerate(moved) if v is not None and first[n] is not None and v < HIGH]
        down = [n for n, v in enumerate(moved) if v is not None and first[n] is not None and v > LOW]
        if up and down:
            rise, fall = up[between(0, len(up) - 1, rng)], down[between(0, len(down) - 1, rng)]
            moved[rise] = (moved[rise] or 0) + 1
            moved[fall] = (moved[fall] or 0) - 1
    return moved


def _answered_last(last: Answers, first: Answers, rng: Random) -> Answers:
    """Most questions skipped the first time are answered the last: they are in no comparison."""
    return [
        between(2, 4, rng) if before is None and rng.random() < 0.7 else now
        for before, now in zip(first, last, strict=True)
    ]


def _on_the_way(first: Answers, last: Answers, share: float, rng: Random) -> Answers:
    """Answers a share of the way from first to last, as people answer: not quite on the line."""
    pairs = [(a if a is not None else b, b if b is not None else a) for a, b in zip(first, last, strict=True)]
    return [
        None if a is None or b is None else max(LOW, min(HIGH, round(a + (b - a) * share + rng.random() - 0.5)))
        for a, b in pairs
    ]  # fmt: skip
