"""A mail server on this machine that keeps what it takes, with a certificate that the machine trusts or does not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

USER, PASSWORD = "portfolj@exempel.se", "l0sen- %$\"'"
UNKNOWN = "okand@exempel.se"


class Box:
    """What a server took: letters, and to whom."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to: list[list[str]] = []
        self.secret: list[bool] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        if address == UNKNOWN:
            return "550 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.to.append(list(envelope.rcpt_tos))
        self.secret.append(session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None)
        return "250 OK"


class _AnyPort(Controller):
    """Listens where there is room."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


def _authenticator(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    certificate: ssl.SSLContext | None = None, *, starttls: bool = False, login: bool = False
) -> Iterator[tuple[Box, int]]:
    """What it takes, and the port it listens at. With a certificate it speaks TLS, at once or after STARTTLS."""
    box = Box()
    settings: dict[str, Any] = {}
    if starttls:
        settings |= {"tls_context": certificate, "require_starttls": True}
    elif certificate:
        settings |= {"ssl_context": certificate}
    if login:
        # aiosmtpd takes only STARTTLS for a secret way; where TLS is there from the first byte it must not ask for it.
        settings |= {"auth_required": True, "authenticator": _authenticator, "auth_require_tls": starttls}
    server = _AnyPort(box, hostname="localhost", port=0, **settings)
    server.start()
    try:
        yield box, server.port
    finally:
        server.stop()


@contextmanager
def silent_server(*, hangs: bool) -> Iterator[int]:
    """The port of a server that takes a call and says nothing, or hangs up."""
    with socket.create_server(("localhost", 0)) as listening:
        over = threading.Event()

        def answer() -> None:
            caller, _ = listening.accept()
            if hangs:
                over.wait()
            caller.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            thread.join()


def text_of(letter: EmailMessage) -> str:
    """The body, with the line breaks of this program instead of the network's."""
    content = letter.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def certificate_of(authority: trustme.CA) -> ssl.SSLContext:
    """What a server on this machine shows."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context
