"""Stand-ins for the system's programs, and the real ones in a corner of their own where this machine allows it."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from portfolj.schedule.job import Job
from portfolj.schedule.times import When

# What a path or an argument may hold and every syntax on the way must carry.
HOSTILE = ("50% rabatt", "a'b", 'c"d', "$HOME ${X} $$", "två ord", "å&|<>;#!~", "", "%h %i", "*", "(x)", "`id`", "-- x")
WRITES_ITS_ARGUMENTS = (
    "import json, os, sys; print(json.dumps([sys.argv[1:], os.getcwd(), os.environ['PORTFOLJ_DATA']]), flush=True)"
)
NOW = datetime(2026, 3, 4, 12, 0)  # a Wednesday

_CRONTAB = """#!/bin/sh
tab="{tab}"
case "$1" in
-l) if [ -f "$tab" ]; then cat "$tab"; else echo "no crontab for anna" >&2; exit 1; fi ;;
-) cat > "$tab.new"
   if grep -q '^99 ' "$tab.new"; then echo '"-":1: bad minute' >&2; exit 1; fi
   mv "$tab.new" "$tab" ;;
esac
"""


def program(folder: Path, name: str, script: str) -> None:
    """A program of that name in ``folder``."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(script, encoding="utf-8")
    file.chmod(0o755)


def stand_in_crontab(folder: Path) -> Path:
    """A crontab program that keeps its tab as the real one does. The file that the tab lies in."""
    tab = folder / "anna.tab"
    program(folder, "crontab", _CRONTAB.format(tab=tab))
    return tab


def job(folder: Path, *arguments: str, name: str = "natt", when: When | None = None) -> Job:
    """A job that writes what it was given to its log, in a folder whose name is as bad as its arguments."""
    work = folder / "min mapp 5% & $HOME's"
    work.mkdir(exist_ok=True)
    return Job(
        name=name,
        when=when or When(2, 0),
        command=(sys.executable, "-c", WRITES_ITS_ARGUMENTS, *arguments),
        folder=work,
        log=work / "logg 1%.txt",
        variables={"PORTFOLJ_DATA": str(work / "data 'x' 2%")},
    )


def what_it_got(made: Job) -> list[object]:
    """What a job of ``job`` is to write: its arguments, its folder and its variable."""
    return [list(made.command[3:]), str(made.folder), made.variables["PORTFOLJ_DATA"]]


@functools.cache
def own_mounts() -> bool:
    """Whether this user may give a program a place of its own where the system's folders are."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    return in_own_mounts("mount -t tmpfs x /mnt").returncode == 0


def in_own_mounts(script: str, *arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The shell script run where its mounts are seen by nobody else, and where all that it started ends with it."""
    return subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-ec", script, "sh"]
        + [str(argument) for argument in arguments],
        capture_output=True, text=True, timeout=180, env={**os.environ, **variables}, check=False,
    )  # fmt: skip


def need(*programs: str) -> None:
    """Skip where the machine lacks one of the programs. In CI they are installed, and lacking one is a fault."""
    for name in programs:
        if not shutil.which(name):
            if os.environ.get("CI"):
                pytest.fail(f"CI installs {name}, and it is not there")
            pytest.skip(f"{name} is not on this machine")


def need_own_mounts() -> None:
    """Skip where the real programs could only be tried on the user's own schedules."""
    if not own_mounts():
        pytest.skip("the real program would write among the user's own schedules; the stand-in is tried instead")
