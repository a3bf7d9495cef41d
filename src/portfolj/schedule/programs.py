"""The system's own programs for schedules: run, with what they say when they refuse."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence

from portfolj.errors import PortfoljError

_TIMEOUT_SECONDS = 60.0


def run_program(
    command: Sequence[str], *, given: bytes = b"", missing: str, timeout_seconds: float = _TIMEOUT_SECONDS
) -> subprocess.CompletedProcess[bytes]:
    """The program's output, error text and code. ``given`` is its standard input, as bytes.

    Raises PortfoljError where there is no such program (``missing`` says what to do) or where it never ends.
    """
    program = shutil.which(command[0])
    if program is None:
        raise PortfoljError(f"Programmet {command[0]} finns inte på den här datorn. {missing}")
    try:
        return subprocess.run(
            [program, *command[1:]], input=given, capture_output=True, timeout=timeout_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise PortfoljError(
            f"{' '.join(command)} svarade inte på {timeout_seconds:g} sekunder. Försök igen, eller kör det för hand."
        ) from None


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """What the program said about its failure, on one line."""
    text = (done.stderr or done.stdout).decode("utf-8", errors="replace")
    return " ".join(text.split()) or f"slutkod {done.returncode}"
