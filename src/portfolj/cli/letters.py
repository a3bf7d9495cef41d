"""Letters about a run: the settings checked before it, the letters sent after it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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
    told: list[str] = field(default_factory=list)  # the federations whose outcomes a letter has told of, or was to


def check_letters(path: Path | None, *, context: typer.Context | None = None) -> Letterbox | None:
    """What ``send_letters`` needs; None where ``path`` is None and no letters are wanted.

    Raises PortfoljError with every fault of the file, before any report is made. With the command's ``context`` a run
    that stops as a whole is told by letter too, and so is one that stops when the outcomes have been told.
    """
    if path is None:
        return None
    from portfolj.mail.settings import load_settings

    box = Letterbox(*load_settings(path))
    if context is not None:
        context.with_resource(_told_if_stopped(box))
    return box


def send_letters(box: Letterbox | None, outcomes: Sequence[Outcome], *, out: Path, code: int = 0) -> int:
    """The exit code of the run: ``code``, or 1 where that was 0 and a letter could not be written or sent.

    That is told on stderr in one line, without what the error quotes; nothing is raised.
    """
    if box is None:
        return code
    box.told.extend(outcome.federation for outcome in outcomes)
    try:
        is_sent = _sent(box, _written(box, outcomes, out))
    except Exception as error:  # the reports are made: what goes wrong with a letter may not cost them their exit code
        *_, at = traceback.extract_tb(error.__traceback__)
        where = f"{type(error).__name__} i {Path(at.filename).name}, rad {at.lineno}"
        typer.echo(f"Brevet kunde inte skrivas: ett fel i programmet ({where}). Rapporterna påverkas inte.", err=True)
        is_sent = False
    return code or (0 if is_sent else EXIT_BUG)


def _written(box: Letterbox, outcomes: Sequence[Outcome], out: Path) -> list[EmailMessage]:
    from portfolj.mail.letter import letters
    from portfolj.report.layout import FAILURE_FILE

    names = [outcome.federation for outcome in outcomes]
    return letters(
        outcomes,
        box.settings,
        out=out,
        standing={name: since for name in names if (since := _made_at(out, name))},
        pages={name: page for name in names if (page := out / name / FAILURE_FILE).is_file()},
    )


@contextmanager
def _told_if_stopped(box: Letterbox) -> Iterator[None]:
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise  # how a run ends whose outcomes are told, or that somebody at the terminal stopped
    except Exception as error:
        from portfolj.mail.letter import stopped_letter

        message = str(error) if isinstance(error, PortfoljError) else ""
        _sent(box, stopped_letter(box.settings, error=error, message=message, outcomes_told=bool(box.told)))
        raise


def _sent(box: Letterbox, messages: Sequence[EmailMessage]) -> bool:
    from portfolj.mail.send import NotSent, send

    try:
        send(messages, box.settings, password=box.password.get_secret_value())
    except NotSent as error:
        typer.echo(str(error), err=True)
        return False
    return True


def _made_at(out: Path, federation: str) -> str:
    """When the newest report of a federation was made, as its manifest says, in the time of that place; empty where
    there is none, or none that says."""
    from portfolj.report.manifest import published_manifests

    manifests = [manifest for _, manifest in published_manifests(out, federation) if manifest is not None]
    made = [moment for manifest in manifests if (moment := _moment(manifest["created"]))]
    # A time without a zone is of this computer.
    return max(made, key=lambda moment: moment.astimezone()).strftime("%Y-%m-%d %H:%M") if made else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
