"""Letters about a run: the settings checked before it, the letters sent after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolj.errors import EXIT_BUG, PortfoljError

if TYPE_CHECKING:
    from pydantic import SecretStr

    from portfolj.fleet import Outcome
    from portfolj.mail.settings import MailSettings

MailOption = Annotated[
    Path | None,
    typer.Option("--mail", metavar="FIL", help="Skicka brev om hur det gick, med inställningar ur en TOML-fil."),
]


@dataclass(frozen=True)
class Letterbox:
    """Settings that were right when the run began, with the password as it was then."""

    settings: MailSettings
    password: SecretStr


def check_letters(path: Path | None, *, context: typer.Context | None = None) -> Letterbox | None:
    """What ``send_letters`` needs; None where ``path`` is None and no letters are wanted.

    Raises PortfoljError with every fault of the file, before any report is made. With the command's ``context`` a run
    that stops as a whole, before ``send_letters``, is told by letter too.
    """
    if path is None:
        return None
    from portfolj.mail.settings import load_settings

    box = Letterbox(*load_settings(path))
    if context is not None:
        context.with_resource(_told_if_stopped(box))
    return box


def send_letters(box: Letterbox | None, outcomes: Sequence[Outcome], *, out: Path, code: int = 0) -> int:
    """The exit code of the run: ``code``, or 1 where that was 0 and a letter could not be sent (told on stderr)."""
    if box is None:
        return code
    from portfolj.mail.letter import letters
    from portfolj.report.layout import FAILURE_FILE

    folders = {outcome.federation: out / outcome.federation for outcome in outcomes}
    written = letters(
        outcomes,
        box.settings,
        out=out,
        standing={name: since for name, folder in folders.items() if (since := _made_at(folder))},
        pages={name: page for name, folder in folders.items() if (page := folder / FAILURE_FILE).is_file()},
    )
    sent = _sent(box, written)
    return code or (0 if sent else EXIT_BUG)


@contextmanager
def _told_if_stopped(box: Letterbox) -> Iterator[None]:
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise  # how a run ends whose outcomes are told, or that somebody at the terminal stopped
    except Exception as error:
        from portfolj.mail.letter import stopped_letter

        message = str(error) if isinstance(error, PortfoljError) else ""
        _sent(box, stopped_letter(box.settings, error=error, message=message))
        raise


def _sent(box: Letterbox, messages: Sequence[EmailMessage]) -> bool:
    from portfolj.mail.send import NotSent, send

    try:
        send(messages, box.settings, password=box.password.get_secret_value())
    except NotSent as error:
        typer.echo(str(error), err=True)
        return False
    return True


def _made_at(folder: Path) -> str:
    """When the newest report of a federation was made, as its manifest says; empty where there is none."""
    from portfolj.report.manifest import MANIFEST_FILE, read_manifest

    made = [read["created"] for path in folder.glob(f"*/{MANIFEST_FILE}") if (read := read_manifest(path))]
    return datetime.fromisoformat(max(made)).strftime("%Y-%m-%d %H:%M") if made else ""
