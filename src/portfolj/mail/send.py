"""Letters handed to a server over SMTP. What goes wrong is one line that says where and what to do."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Sequence
from email.message import EmailMessage

from portfolj.mail.settings import MailSettings, Security


class NotSent(Exception):
    """A letter that the server did not take. The text is one Swedish sentence or two, without any password."""


def send(messages: Sequence[EmailMessage], settings: MailSettings, *, password: str) -> None:
    """Hand all the letters to the server in one session. Raises NotSent where any of them was not taken."""
    if not messages:
        return
    where = f"{settings.server}:{settings.server_port}"
    try:
        with _connected(settings) as server:
            if settings.security == Security.STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if settings.user:
                server.login(settings.user, password)
            refused: dict[str, object] = {}
            for message in messages:
                refused |= server.send_message(message)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise NotSent(f"Brevet skickades inte genom {where}: {_why(error, settings)}") from error
    if refused:
        raise NotSent(f"{where} tog emot brevet men inte till {', '.join(sorted(refused))}. Kontrollera adresserna.")


def _connected(settings: MailSettings) -> smtplib.SMTP:
    timeout = settings.timeout_seconds
    if settings.security == Security.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.server, settings.server_port, timeout=timeout, context=context)
    return smtplib.SMTP(settings.server, settings.server_port, timeout=timeout)


def _why(error: Exception, settings: MailSettings) -> str:
    """The first that fits; what the server itself wrote is left out but for its code, since it may quote anything."""
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        error = error.__context__  # smtplib tells any fault of the connection as a server that hung up
    code = f" (kod {error.smtp_code})" if isinstance(error, smtplib.SMTPResponseException) else ""
    told: tuple[tuple[type[Exception], str], ...] = (
        (smtplib.SMTPAuthenticationError, f"servern godtog inte user och lösenord{code}. Kontrollera dem."),
        (smtplib.SMTPNotSupportedError, f"servern har inte det som behövs ({_lacking(settings)}). Rätta security."),
        (smtplib.SMTPRecipientsRefused, "servern tog inte emot någon av adresserna. Kontrollera dem."),
        (smtplib.SMTPSenderRefused, f"servern tog inte emot avsändaren{code}. Kontrollera from."),
        (smtplib.SMTPServerDisconnected, "servern bröt förbindelsen. Kontrollera port och security."),
        (smtplib.SMTPResponseException, f"servern nekade{code}. Fråga den som sköter servern."),
        (ssl.SSLCertVerificationError, "datorn litar inte på serverns certifikat. Kontrollera server."),
        (ssl.SSLError, "säkrad förbindelse gick inte att upprätta. Kontrollera port och security."),
        (socket.gaierror, "servern finns inte. Kontrollera server."),
        (ConnectionRefusedError, "ingen svarar på porten. Kontrollera server och port."),
        (TimeoutError, f"servern svarade inte på {settings.timeout_seconds:g} sekunder. Försök igen."),
        (UnicodeError, "servernamnet går inte att använda. Kontrollera server."),
        (ConnectionError, "servern bröt förbindelsen. Kontrollera port och security."),
        (OSError, "servern går inte att nå. Kontrollera nätet, server och port."),
    )
    return next((text for kind, text in told if isinstance(error, kind)), "något annat gick fel. Försök igen.")


def _lacking(settings: MailSettings) -> str:
    return "STARTTLS eller inloggning" if settings.security == Security.STARTTLS else "inloggning"
