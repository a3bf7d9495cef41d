"""The user's crontab: one line per schedule, known again by its mark; every other line is kept byte for byte."""

from __future__ import annotations

import shlex

from portfolj.errors import PortfoljError
from portfolj.schedule.job import Job, refuse_signs
from portfolj.schedule.programs import run_program, said

# A line of a crontab holds a command of at most 999 bytes; what is longer is refused or, in older crons, cut off.
_LONGEST_COMMAND = 990
_MISSING = "Installera cron, eller välj --system systemd."
_SIGNS = {"\\": "ett omvänt snedstreck"}  # crons disagree on what a backslash in a command becomes


def crontab_line(job: Job) -> str:
    """The line, without its line break. Raises PortfoljError where a crontab can't hold it."""
    refuse_signs(job, _SIGNS, system="en crontab")
    weekday = "*" if job.when.weekday is None else str((job.when.weekday + 1) % 7)  # a crontab's Sunday is 0
    variables = "".join(f"{name}={shlex.quote(value)} " for name, value in job.variables.items())
    command = (
        f"cd {shlex.quote(str(job.folder))} && {variables}{shlex.join(job.command)} "
        f">> {shlex.quote(str(job.log))} 2>&1 {_mark(job.name)}"
    ).replace("%", "\\%")  # an unescaped % ends the command
    if len(command.encode()) > _LONGEST_COMMAND:
        raise PortfoljError(
            f"Raden blir {len(command.encode())} byte, och en crontab rymmer {_LONGEST_COMMAND}. "
            "Ange --all i stället för många namn, eller välj --system systemd."
        )
    return f"{job.when.minute} {job.when.hour} * * {weekday} {command}"


def with_line(tab: bytes, line: str, *, name: str) -> bytes:
    """The crontab with ``line`` in the place of the schedule's own line, or last where it has none."""
    new = line.encode() + b"\n"
    own = _own(tab, name)
    kept = [(new if n == own[0] else b"") if n in own else text for n, text in enumerate(tab.splitlines(keepends=True))]
    if own:
        return b"".join(kept)
    return tab + (b"" if not tab or tab.endswith(b"\n") else b"\n") + new


def without_line(tab: bytes, *, name: str) -> bytes:
    """The crontab without the schedule's own line."""
    own = _own(tab, name)
    return b"".join(text for n, text in enumerate(tab.splitlines(keepends=True)) if n not in own)


def install(job: Job) -> bool:
    """Put the schedule's line in the user's crontab; true where it replaced an earlier one.

    Raises PortfoljError where there is no crontab program, or where it refuses; the crontab is then as it was.
    """
    line, tab = crontab_line(job), read_crontab()
    _write_crontab(with_line(tab, line, name=job.name))
    return bool(_own(tab, job.name))


def remove(name: str) -> bool:
    """Take the schedule's line out of the user's crontab; false where it has none, and nothing is then written."""
    tab = read_crontab()
    if not _own(tab, name):
        return False
    _write_crontab(without_line(tab, name=name))
    return True


def read_crontab() -> bytes:
    """The user's crontab; empty where there is none. Raises PortfoljError where it can't be read."""
    done = run_program(["crontab", "-l"], missing=_MISSING)
    if done.returncode == 0:
        return done.stdout
    # "There is none" must be told from "can't be read": the crontab that is written next would replace it.
    if "no crontab for" in said(done).casefold():
        return b""
    raise PortfoljError(f"Det gick inte att läsa din crontab: {said(done)}. Inget är ändrat.")


def _write_crontab(tab: bytes) -> None:
    done = run_program(["crontab", "-"], given=tab, missing=_MISSING)
    if done.returncode != 0:
        raise PortfoljError(f"crontab tog inte emot raden: {said(done)}. Din crontab är som den var.")


def _mark(name: str) -> str:
    """A comment to the shell that runs the line; the line is known by it."""
    return f"# portfolj:{name}"


def _own(tab: bytes, name: str) -> list[int]:
    mark = b" " + _mark(name).encode()
    return [n for n, text in enumerate(tab.splitlines()) if text.rstrip().endswith(mark)]
