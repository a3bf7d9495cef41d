"""A task of the Windows Task Scheduler, written as its XML and registered with schtasks."""

from __future__ import annotations

import re
import tempfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from portfolj.errors import PortfoljError
from portfolj.schedule.job import Job, refuse_signs
from portfolj.schedule.programs import run_program, said

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MISSING = "Uppgifter i Schemaläggaren läggs upp i Windows."
_SIGNS = {'"': "ett citattecken", "%": "ett procenttecken"}  # cmd has no way to write these inside quotes
_PLAIN = re.compile(r"[\w.:\\/=+-]+", flags=re.ASCII)


def task_name(name: str) -> str:
    """What the task is called in the Task Scheduler."""
    return f"portfolj-{name}"


def task_xml(job: Job, *, now: datetime) -> str:
    """The task, whole. Its first start is the first one after ``now``, local time.

    Raises PortfoljError where a path or an argument holds what the Windows command interpreter can't carry.
    """
    refuse_signs(job, _SIGNS, system="en uppgift i Windows")
    start = job.when.next_after(now).replace(tzinfo=None)
    if job.when.weekday is None:
        schedule = "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
    else:
        day = f"<DaysOfWeek><{_DAYS[job.when.weekday]} /></DaysOfWeek>"
        schedule = f"<ScheduleByWeek><WeeksInterval>1</WeeksInterval>{day}</ScheduleByWeek>"
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>portfolj: {escape(str(job.when))}. Tas bort: portfolj schedule --remove --name {job.name}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{start.isoformat(timespec="seconds")}</StartBoundary>
      <Enabled>true</Enabled>
      {schedule}
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>cmd.exe</Command>
      <Arguments>{escape(_arguments(job))}</Arguments>
      <WorkingDirectory>{escape(str(job.folder))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def install(job: Job, *, now: datetime) -> bool:
    """Register the task; true where it replaced an earlier one. Raises PortfoljError where schtasks refuses."""
    text = task_xml(job, now=now)
    replaced = _exists(job.name)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "task.xml"
        file.write_text(text, encoding="utf-16")
        _schtasks("/create", "/tn", task_name(job.name), "/xml", str(file), "/f")
    return replaced


def remove(name: str) -> bool:
    """Take the task away; false where there is none."""
    if not _exists(name):
        return False
    _schtasks("/delete", "/tn", task_name(name), "/f")
    return True


def _arguments(job: Job) -> str:
    # /s takes away the outermost quotes only, so that the quotes inside stand; the redirection needs cmd.
    variables = "".join(f'set "{name}={value}"&& ' for name, value in {"PYTHONUTF8": "1", **job.variables}.items())
    command = " ".join(_quoted(text) for text in job.command)
    return f'/d /s /c "{variables}{command} >> {_quoted(str(job.log))} 2>&1"'


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    # A backslash before the closing quote would take the quote with it, in the program that reads the arguments.
    last = "\\" if text.endswith("\\") else ""
    return f'"{text}{last}"'


def _exists(name: str) -> bool:
    return run_program(["schtasks", "/query", "/tn", task_name(name)], missing=_MISSING).returncode == 0


def _schtasks(*arguments: str) -> None:
    done = run_program(["schtasks", *arguments], missing=_MISSING)
    if done.returncode != 0:
        raise PortfoljError(f"schtasks {arguments[0]} gick inte: {said(done)}. Inget är ändrat.")
