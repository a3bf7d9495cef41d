"""When a run is to start: every day, or one day of the week, at a time of the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from portfolj.errors import PortfoljError

# Days as people write them; the number is that of ``datetime.weekday``: Monday is 0.
_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_SHORT = 3


@dataclass(frozen=True)
class When:
    """A time of the clock, on every day or (``weekday`` 0-6, Monday first) on one day of the week."""

    hour: int
    minute: int
    weekday: int | None = None

    def __str__(self) -> str:
        clock = f"{self.hour:02}:{self.minute:02}"
        return f"varje dag {clock}" if self.weekday is None else f"varje {_DAYS[self.weekday]} {clock}"

    def next_after(self, moment: datetime) -> datetime:
        """The first time after ``moment`` that a run starts, in ``moment``'s own time zone (or none)."""
        start = moment.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        while start <= moment or (self.weekday is not None and start.weekday() != self.weekday):
            start += timedelta(days=1)
        return start


def daily(clock: str) -> When:
    """Every day at ``clock``, such as ``02:00``. Raises PortfoljError where it is no time of the clock."""
    match = _CLOCK.fullmatch(clock.strip())
    if not match:
        raise PortfoljError(
            f"{clock!r} är inget klockslag. Tillåtet: 00:00-23:59, med timme och minut. Skriv till exempel 02:00."
        )
    return When(int(match[1]), int(match[2]))


def weekly(day: str, clock: str) -> When:
    """Every week on ``day`` (``mån``, ``måndag``, ``man``) at ``clock``. Raises PortfoljError where either is wrong."""
    time = daily(clock)
    word = _plain(day.strip().rstrip("."))
    fits = [number for number, name in enumerate(_DAYS) if word in (_plain(name), _plain(name)[:_SHORT])]
    if not fits:
        short = ", ".join(name[:_SHORT] for name in _DAYS)
        raise PortfoljError(f"{day!r} är ingen veckodag. Tillåtet: {short}, eller hela ordet. Skriv till exempel mån.")
    return When(time.hour, time.minute, fits[0])


def _plain(word: str) -> str:
    """Without the letters that not every keyboard and terminal has."""
    return word.casefold().translate(str.maketrans("åäö", "aao"))
