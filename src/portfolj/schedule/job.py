"""What is to be run by a schedule: the command with absolute paths, its folder, its log and its variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portfolj.errors import PortfoljError
from portfolj.schedule.times import When

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Job:
    """``command`` is the program and its arguments, each as the program is to get it; paths are absolute."""

    name: str
    when: When
    command: tuple[str, ...]
    folder: Path
    log: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """Everything that somebody else's syntax must carry unharmed."""
        return [*self.command, str(self.folder), str(self.log), *self.variables.values()]


def checked_name(name: str) -> str:
    """The name, which becomes part of file names and of a mark. Raises PortfoljError where it holds more than that."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise PortfoljError(
            f"Namnet {name!r} går inte. Tillåtet: högst {_LONGEST_NAME} små bokstäver a-z, siffror och bindestreck. "
            "Skriv till exempel --name natt."
        )
    return name


def refuse_signs(job: Job, signs: Mapping[str, str], *, system: str) -> None:
    """Raises PortfoljError where a path or an argument holds a sign that ``system`` can't carry unharmed.

    ``signs`` are sign -> its name in Swedish. A line break is never carried.
    """
    for sign, called in {"\n": "en radbrytning", "\r": "en radbrytning", "\0": "ett nolltecken", **signs}.items():
        for text in job.texts:
            if sign in text:
                raise PortfoljError(
                    f"{text!r} innehåller {called}, och det går inte att skriva säkert i {system}. "
                    "Byt namn på mappen eller filen, eller välj ett annat --system."
                )
