"""A systemd service and the timer that starts it, among the user's own units."""

from __future__ import annotations

import os
import re
from pathlib import Path

from portfolj.errors import PortfoljError, cause_of
from portfolj.files import replace_whole
from portfolj.schedule.job import Job, refuse_signs
from portfolj.schedule.programs import run_program, said

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MISSING = "Välj --system crontab."
_PLAIN = re.compile(r"[\w@,./:=+-]+", flags=re.ASCII)


def units(job: Job) -> dict[Path, str]:
    """The files of the schedule, whole, by the path that each is installed at: the service, then the timer."""
    refuse_signs(job, {}, system="systemd")
    folder = unit_folder()
    return {
        folder / f"{_unit(job.name)}.service": _service(job),
        folder / f"{_unit(job.name)}.timer": _timer(job),
    }


def install(job: Job) -> bool:
    """Write the units and start the timer; true where they replaced earlier ones.

    Raises PortfoljError where the user has no systemd session, or where systemd refuses; the units are then as before.
    """
    new = units(job)
    _need_session()
    old = {path: path.read_bytes() if path.exists() else None for path in new}
    try:
        for path, text in new.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_whole(path, text.encode())
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", f"{_unit(job.name)}.timer")
    except OSError as error:
        _put_back(old)
        raise PortfoljError(f"Det gick inte att skriva {error.filename}: {cause_of(error)}. Inget är ändrat.") from None
    except PortfoljError:
        _put_back(old)
        raise
    return any(content is not None for content in old.values())


def remove(name: str) -> bool:
    """Stop the timer and take the units away; false where there are none."""
    paths = [unit_folder() / f"{_unit(name)}.{kind}" for kind in ("timer", "service")]
    if not any(path.exists() for path in paths):
        return False
    _need_session()
    _systemctl("disable", "--now", f"{_unit(name)}.timer")
    for path in paths:
        path.unlink(missing_ok=True)
    _systemctl("daemon-reload")
    return True


def unit_folder() -> Path:
    """Where systemd reads the user's own units."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def calendar(job: Job) -> str:
    """The timer's moment, as systemd writes it."""
    day = "" if job.when.weekday is None else f"{_DAYS[job.when.weekday]} "
    return f"{day}*-*-* {job.when.hour:02}:{job.when.minute:02}:00"


def _service(job: Job) -> str:
    program, *arguments = job.command
    # systemd replaces $NAME in arguments but not in the program's own path.
    command = " ".join([_quoted(program), *(_quoted(text).replace("$", "$$") for text in arguments)])
    variables = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in job.variables.items())
    return (
        f"# Skriven av portfolj schedule. Tas bort med: portfolj schedule --remove --system systemd --name {job.name}\n"
        f"[Unit]\nDescription=portfolj: rapporter ({job.name})\n\n"
        f"[Service]\nType=oneshot\nWorkingDirectory={_percent(str(job.folder))}\n{variables}ExecStart={command}\n"
        f"StandardOutput=append:{_percent(str(job.log))}\nStandardError=inherit\n"
    )


def _timer(job: Job) -> str:
    # Persistent: a computer that was off at the time makes up for it when it is on again.
    return (
        f"# Skriven av portfolj schedule. Tas bort med: portfolj schedule --remove --system systemd --name {job.name}\n"
        f"[Unit]\nDescription=portfolj: {job.when} ({job.name})\n\n"
        f"[Timer]\nOnCalendar={calendar(job)}\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def _quoted(text: str) -> str:
    """One word of a unit file, whatever stands in it."""
    text = _percent(text)
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _unit(name: str) -> str:
    return f"portfolj-{name}"


def _need_session() -> None:
    done = run_program(["systemctl", "--user", "show-environment"], missing=_MISSING)
    if done.returncode != 0:
        raise PortfoljError(
            f"Din användare har ingen systemd-session på den här datorn ({said(done)}). Inget är ändrat. "
            "Logga in direkt på datorn och försök igen, eller välj --system crontab."
        )


def _systemctl(*arguments: str) -> None:
    done = run_program(["systemctl", "--user", *arguments], missing=_MISSING)
    if done.returncode != 0:
        raise PortfoljError(f"systemctl --user {' '.join(arguments)} gick inte: {said(done)}.")


def _put_back(old: dict[Path, bytes | None]) -> None:
    for path, content in old.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            replace_whole(path, content)
    # What stopped the installation is told; that systemd did not read the old files again comes second.
    run_program(["systemctl", "--user", "daemon-reload"], missing=_MISSING)
