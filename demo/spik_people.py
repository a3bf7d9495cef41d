"""The participants of SPiK, made up so that every printed sum holds.

The report prints margins: sex, age bands, where people were referred from and went. It does not print how sex and age
go together, nor dates. What the tables below say beyond the margins is therefore invented; ``margins.py`` checks them
against what was printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from draw import between, repeated, shuffled, weekday, weighted
from written import Row

SEED = 20211
INTERVENTION = "SPiK"
FIRST_DAY, LAST_DAY = date(2021, 4, 1), date(2022, 12, 31)  # 21 months
DAYS_PER_MONTH = 365.25 / 12
MEASURABLE_MONTHS = 4  # a stay that is long enough for two ratings three months apart

WOMAN, MAN = "Kvinna", "Man"
AGES = {"20-29": (20, 29), "30-39": (30, 39), "40-49": (40, 49), "50-59": (50, 59), "60+": (60, 64)}
# Sex and age band -> people, and of them those rated twice: up, down, unchanged.
CELLS = {
    (WOMAN, "20-29"): (42, (12, 2, 2)), (MAN, "20-29"): (54, (14, 4, 2)),
    (WOMAN, "30-39"): (26, (8, 2, 1)), (MAN, "30-39"): (33, (9, 2, 2)),
    (WOMAN, "40-49"): (24, (10, 1, 0)), (MAN, "40-49"): (23, (6, 2, 1)),
    (WOMAN, "50-59"): (25, (5, 6, 1)), (MAN, "50-59"): (27, (4, 6, 1)),
    (WOMAN, "60+"): (6, (1, 0, 1)), (MAN, "60+"): (7, (2, 1, 0)),
}  # fmt: skip
REFERRERS = {
    WOMAN: {
        "Växjö kommun": 14, "Försäkringskassan": 19, "Arbetsförmedlingen": 20, "Region Kronoberg": 15,
        "Alvesta kommun": 12, "Ljungby kommun": 14, "Lessebo kommun": 8, "Tingsryds kommun": 8,
        "Uppvidinge kommun": 7, "Markaryds kommun": 6,
    },
    MAN: {
        "Växjö kommun": 34, "Försäkringskassan": 28, "Arbetsförmedlingen": 22, "Region Kronoberg": 9,
        "Alvesta kommun": 11, "Ljungby kommun": 12, "Lessebo kommun": 7, "Tingsryds kommun": 8,
        "Uppvidinge kommun": 8, "Markaryds kommun": 5,
    },
}  # fmt: skip
# Where those live whom an authority for the whole county referred.
MUNICIPALITIES = {
    "Växjö": 45,
    "Ljungby": 15,
    "Alvesta": 12,
    "Tingsryd": 8,
    "Lessebo": 7,
    "Uppvidinge": 7,
    "Markaryd": 6,
}
HOME_OF = {f"{name} kommun": name for name in MUNICIPALITIES} | {f"{name}s kommun": name for name in MUNICIPALITIES}
WORK, STUDY, TRAINING, REST = "Arbete", "Studier (CSN)", "AUB", ""
OUTCOMES = {WOMAN: {WORK: 9, STUDY: 5, TRAINING: 5, REST: 104}, MAN: {WORK: 15, STUDY: 4, TRAINING: 2, REST: 123}}

EXTENTS = {"Arbete 100 %": 10, "Arbete 75 %": 6, "Arbete 50 %": 6, "Arbete": 2}
BEFORE = {"Arbetssökande": 62, "Övrigt": 26, "Praktik": 6, "Arbete 25 %": 3, "Studier 50 %": 3}
AFTER = {"Arbetssökande": 55, "Övrigt": 27, "Praktik": 14, "": 4}
INCOME = {
    "Försörjningsstöd": 44, "Försörjningsstöd, Aktivitetsstöd": 9, "Sjukpenning": 12, "Aktivitetsersättning": 11,
    "Aktivitetsstöd": 10, "Arbetslöshetsersättning": 6, "Sjukersättning": 4, "Ingen offentlig försörjning": 4,
}  # fmt: skip
INCOME_AFTER = {WORK: "Lön", STUDY: "Studiestöd", TRAINING: "Aktivitetsstöd"}
REASONS = {
    "Utskriven enligt plan": 60,
    "Avbrott på eget initiativ": 14,
    "Ohälsa eller sjukdom": 14,
    "Flytt": 6,
    "Annan": 6,
}
SAME_INCOME = 0.75  # how often those who neither work nor study live on the same as before


@dataclass(frozen=True)
class Participant:
    """One made-up participant: the row of the list, the sex and age band it was made from, and how the ratings moved
    (``up``, ``down``, ``unchanged``, or nothing where there are not two)."""

    row: Row
    cell: tuple[str, str]
    moved: str
    start: date
    end: date

    @property
    def months(self) -> float:
        """Months between the first day and the last."""
        return (self.end - self.start).days / DAYS_PER_MONTH


def spik_people() -> list[Participant]:
    """The 267, in the order in which they began, with ids from D001."""
    rng = Random(SEED)
    cells = [cell for cell, (people, _) in CELLS.items() for _ in range(people)]
    moved = [word for people, moves in CELLS.values() for word in _moves(people, moves)]
    days = _lengths(moved, rng)
    referrers = {sex: iter(shuffled(repeated(counts), rng)) for sex, counts in REFERRERS.items()}
    outcomes = {sex: iter(shuffled(repeated(counts), rng)) for sex, counts in OUTCOMES.items()}
    drawn = [
        (_row(cell, length, next(referrers[cell[0]]), next(outcomes[cell[0]]), rng), cell, word)
        for cell, word, length in zip(cells, moved, days, strict=True)
    ]
    drawn.sort(key=lambda one: one[0]["Startdatum"])
    return [
        Participant({"Deltagare": f"D{place:03}", **row}, cell, word, row["Startdatum"], row["Slutdatum"])
        for place, (row, cell, word) in enumerate(drawn, start=1)
    ]


def _moves(people: int, moves: tuple[int, int, int]) -> list[str]:
    words = repeated(dict(zip(("up", "down", "unchanged"), moves, strict=True)))
    return words + [""] * (people - len(words))


def _lengths(moved: list[str], rng: Random) -> list[int]:
    """Days of stay, one per participant: 1 to 20 months, more short than long, so that the mean is just under nine.

    Those rated twice have stayed long enough for it."""
    count = len(moved)
    months = [1 + 19 * ((n + 0.5) / count) ** 1.4 for n in range(count)]  # its mean is 1 + 19/2.4 = 8.9
    long = shuffled([m for m in months if m >= MEASURABLE_MONTHS], rng)
    rated = iter(long[: sum(map(bool, moved))])
    others = iter(shuffled(long[sum(map(bool, moved)) :] + [m for m in months if m < MEASURABLE_MONTHS], rng))
    return [round((next(rated) if word else next(others)) * DAYS_PER_MONTH) for word in moved]


def _row(cell: tuple[str, str], length: int, referrer: str, outcome: str, rng: Random) -> dict[str, Any]:
    sex, band = cell
    free = (LAST_DAY - FIRST_DAY).days - length
    start = weekday(FIRST_DAY + timedelta(days=between(0, free, rng)))
    start = max(start, FIRST_DAY)
    home = HOME_OF.get(referrer) or weighted(MUNICIPALITIES, rng)
    before, income = weighted(BEFORE, rng), weighted(INCOME, rng)
    after = weighted(EXTENTS, rng) if outcome == WORK else outcome or weighted(AFTER, rng)
    later = income if rng.random() < SAME_INCOME else weighted(INCOME, rng)
    return {
        "Insats": INTERVENTION,
        "Kön": sex,
        "Ålder": between(*AGES[band], rng),
        "Kommun": home,
        "Remittent": referrer,
        "Startdatum": start,
        "Slutdatum": start + timedelta(days=length),
        "Sysselsättning före": before,
        "Sysselsättning efter": after,
        "Försörjning före": income,
        "Försörjning efter": INCOME_AFTER.get(outcome) or (later if after else ""),
        "Avslutsanledning": "Utskriven enligt plan" if outcome else weighted(REASONS, rng),
    }  # fmt: skip
