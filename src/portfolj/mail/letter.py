"""What a letter says: how many reports were made, what stopped the others, and where everything lies.

Plain text. It holds no more than the first line of a message and nothing of a traceback but the error's own name, since
either may quote what it stumbled on.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from portfolj.fleet import Outcome, Status
from portfolj.mail.settings import MailSettings
from portfolj.report.failure_words import BUG, HAPPENED, kind_of

_NAMED_IN_SUBJECT = 4
_LINE = 78
_LONGEST_REASON = 300
_MADE = (Status.DONE, Status.UNCHANGED)
_ERROR_NAME = re.compile(r"(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*(?:Error|Exception))(?::|$)")
_ORDER = (Status.FAILED, Status.REFUSED, Status.DONE, Status.UNCHANGED)
_WORDS = {
    Status.DONE: ("klar", "klara"), Status.UNCHANGED: ("oförändrad", "oförändrade"),
    Status.REFUSED: ("nekad", "nekade"), Status.FAILED: ("med fel", "med fel"),
}  # fmt: skip


def letters(
    outcomes: Sequence[Outcome],
    settings: MailSettings,
    *,
    out: Path,
    standing: Mapping[str, str],
    pages: Mapping[str, Path],
) -> list[EmailMessage]:
    """The letter to those who asked for how this run went: one, or none where nobody did.

    ``standing`` is federation -> when the report that still stands was made; ``pages`` is federation -> the page that
    says what went wrong, where there is one.
    """
    failed = any(outcome.status not in _MADE for outcome in outcomes)
    to = settings.on_failure if failed else settings.on_success
    body = _body(outcomes, settings, out=out, standing=standing, pages=pages)
    return [_message(settings, to, subject=subject(outcomes), body=body)] if to else []


def stopped_letter(
    settings: MailSettings, *, error: BaseException, message: str, outcomes_told: bool = False
) -> list[EmailMessage]:
    """The letter on a run that stopped as a whole. ``message`` is empty for a bug, of which only the name is told.

    ``outcomes_told``: it stopped when every outcome was known and told, at the pages that lead to the reports.
    """
    reason = _shortened(message) if message else f"Ett fel i programmet ({type(error).__name__})."
    if outcomes_told:
        what, left = "Sidorna som leder till rapporterna kunde inte göras om.", "Rapporterna själva står som de ska."
        subject_line = "portfolj: sidan med alla rapporter är gammal"
    else:
        what, left = "Körningen avbröts innan den var klar.", "Rapporterna som fanns ligger kvar."
        subject_line = "portfolj: körningen avbröts"
    body = f"{what}\n\n{reason}\n\n{left} Se loggen.\n"
    to = settings.on_failure
    return [_message(settings, to, subject=subject_line, body=body)] if to else []


def subject(outcomes: Sequence[Outcome]) -> str:
    """How many of how many, and what was refused or failed, in one line."""
    made = sum(outcome.status in _MADE for outcome in outcomes)
    head = f"portfolj: {made} av {len(outcomes)} rapporter i ordning"
    parts = []
    for status, word in ((Status.REFUSED, "nekad"), (Status.FAILED, "fel")):
        if names := [outcome.federation for outcome in outcomes if outcome.status == status]:
            more = len(names) - _NAMED_IN_SUBJECT
            parts.append(f"{word}: {', '.join(names[:_NAMED_IN_SUBJECT])}" + (f" och {more} till" if more > 0 else ""))
    return head + (f" ({'; '.join(parts)})" if parts else "")


def reason(outcome: Outcome) -> str:
    """Why there is no new report, or what the new one is made of, in a sentence or two."""
    if outcome.status == Status.DONE:
        rows_in, used, aside = outcome.rows
        return f"{rows_in} rader in = {used} använda + {aside} åt sidan."
    if outcome.status == Status.UNCHANGED:
        return "Inget har ändrats sedan förra rapporten."
    if outcome.status == Status.FAILED:
        kind = kind_of(outcome.failure)
        named = _error_name(outcome.message) if kind == BUG else ""
        return f"{HAPPENED[kind].rstrip('.')}{f' ({named})' if named else ''}. Felet står i loggen."
    return _shortened(outcome.message)


def _body(
    outcomes: Sequence[Outcome],
    settings: MailSettings,
    *,
    out: Path,
    standing: Mapping[str, str],
    pages: Mapping[str, Path],
) -> str:
    counts = [(status, sum(outcome.status == status for outcome in outcomes)) for status in _ORDER]
    told = ", ".join(f"{count} {_WORDS[status][count != 1]}" for status, count in counts if count)
    width = max([len("Förbund"), *(len(outcome.federation) for outcome in outcomes)])
    middle = max(len(status) for status in Status)
    lines = [f"{len(outcomes)} förbund: {told}.", "", f"{'Förbund':{width}}  {'Läge':{middle}}  Anledning"]
    for outcome in sorted(outcomes, key=lambda o: (_ORDER.index(o.status), o.federation)):
        sentences = [reason(outcome)]
        if outcome.status not in _MADE:
            if outcome.has_earlier_report:
                since = standing.get(outcome.federation)
                sentences.append(
                    f"Rapporten från {since} ligger kvar." if since else "Den förra rapporten ligger kvar."
                )
            else:
                sentences.append("Det finns ingen tidigare rapport.")
        first = f"{outcome.federation:{width}}  {outcome.status:{middle}}  "
        lines += _wrapped(" ".join(sentences), first=first, rest=" " * len(first))
        if outcome.federation in pages:
            lines.append(f"{' ' * len(first)}{pages[outcome.federation]}")
    where = settings.reports_at or str(out / "index.html")
    return "\n".join([*lines, "", f"Rapporterna: {where}", ""])


def _wrapped(text: str, *, first: str, rest: str) -> list[str]:
    width = max(_LINE, len(first) + _LINE // 2)
    return textwrap.wrap(
        text, width=width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _message(settings: MailSettings, to: Sequence[str], *, subject: str, body: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = settings.sender
    message["To"] = ", ".join(to)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=settings.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # no answer from somebody's out-of-office
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    return message


def _shortened(message: str) -> str:
    first = next((line.strip() for line in message.splitlines() if line.strip()), "Ingen anledning angavs.")
    return first if len(first) <= _LONGEST_REASON else first[:_LONGEST_REASON].rstrip() + " …"


def _error_name(trace: str) -> str:
    """The name of the error that ended a traceback; empty where it can't be told for certain.

    A message may go on over more lines, with whatever it quotes: only the first line after the calls is looked at.
    """
    _, begins, calls = trace.rpartition("Traceback (most recent call last):\n")
    last = next((line for line in calls.splitlines() if line and not line.startswith(" ")), "")
    named = _ERROR_NAME.match(last) if begins else None
    return named[1] if named else ""
