"""The command line: arguments in, messages out. A user's error is told without a traceback.

Each module holds the commands of one subject and is imported here so that they are known.
"""

from __future__ import annotations

import io
import signal
import sys

import typer

from portfolj.cli import (
    agreement,
    codebook,
    coding,
    economics,
    federations,
    followup,
    goals,
    keep,
    kolada,
    review,
    run,
    schedule,
    template,
)
from portfolj.cli.app import app
from portfolj.errors import PortfoljError

__all__ = [
    "agreement",
    "app",
    "codebook",
    "coding",
    "economics",
    "federations",
    "followup",
    "goals",
    "keep",
    "kolada",
    "main",
    "review",
    "run",
    "schedule",
    "template",
]


def main() -> None:
    """The entry point. Exit code 0 done, 2 the user can mend it, 1 a bug (with its traceback)."""
    # A scheduler stops a run with SIGTERM, a person with Ctrl-C: leave as from any error, so that kernels and
    # half-built folders go.
    # A log on Windows has another character set than a terminal: a sign that it lacks must not end the run.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    try:
        app()
    except PortfoljError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
