"""Letters handed to a real server on this machine: taken, refused, unsafe, silent."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from letter_server import PASSWORD, UNKNOWN, USER, certificate_of, mail_server, silent_server, text_of

from portfolj.mail.send import NotSent, send
from portfolj.mail.settings import MailSettings

TEXT = "Två förbund: räksmörgås är klar …\n" + "lång rad " * 200 + "\n.\nsist\n"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine trusts the authority."""
    with authority.cert_pem.tempfile(dir=str(tmp_path)) as file:
        monkeypatch.setenv("SSL_CERT_FILE", file)
        yield


def settings(port: int, security: str, **more: object) -> MailSettings:
    return MailSettings.model_validate(
        {"server": "localhost", "port": port, "security": security, "from": "rapporter@exempel.se",
         "on_failure": ["anna@exempel.se"], "timeout_seconds": 20, **more}
    )  # fmt: skip


def letter(to: str = "anna@exempel.se, bo@exempel.se") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "81 av 83 i ordning: räka", "rapporter@exempel.se", to
    made.set_content(TEXT, charset="utf-8", cte="quoted-printable")
    return made


def test_a_letter_arrives_whole_without_any_security() -> None:
    with mail_server() as (box, port):
        send([letter()], settings(port, "none"), password="")
    assert box.to == [["anna@exempel.se", "bo@exempel.se"]]
    assert (box.letters[0]["Subject"], text_of(box.letters[0])) == ("81 av 83 i ordning: räka", TEXT)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it does not count TLS from the start
@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_with_starttls_or_tls_and_a_login_the_letter_goes_in_secret(authority: trustme.CA, security: str) -> None:
    certificate = certificate_of(authority)
    with mail_server(certificate, starttls=security == "starttls", login=True) as (box, port):
        send([letter()], settings(port, security, user=USER), password=PASSWORD)
    assert box.secret == [True]
    assert text_of(box.letters[0]) == TEXT


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_told_without_it(authority: trustme.CA) -> None:
    with (
        mail_server(certificate_of(authority), starttls=True, login=True) as (box, port),
        pytest.raises(NotSent, match=r"user och lösenord \(kod 535\)") as refused,
    ):
        send([letter()], settings(port, "starttls", user=USER), password="fel-losen")
    assert "fel-losen" not in str(refused.value)
    assert box.letters == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_whose_certificate_is_not_trusted_gets_nothing(authority: trustme.CA, security: str) -> None:
    certificate = certificate_of(authority)
    with (
        mail_server(certificate, starttls=security == "starttls") as (box, port),
        pytest.raises(NotSent, match="certifikat"),
    ):
        send([letter()], settings(port, security), password="")
    assert box.letters == []


def test_a_server_without_starttls_gets_nothing() -> None:
    with mail_server() as (box, port), pytest.raises(NotSent, match="STARTTLS"):
        send([letter()], settings(port, "starttls"), password="")
    assert box.letters == []


def test_tls_to_a_server_that_speaks_none_is_told_as_that() -> None:
    with mail_server() as (_, port), pytest.raises(NotSent, match="port och security"):
        send([letter()], settings(port, "tls"), password="")


@pytest.mark.usefixtures("trusted")
def test_a_server_that_wants_a_login_and_gets_none_refuses(authority: trustme.CA) -> None:
    with (
        mail_server(certificate_of(authority), starttls=True, login=True) as (box, port),
        pytest.raises(NotSent, match=r"kod 530"),
    ):
        send([letter()], settings(port, "starttls"), password="")
    assert box.letters == []


def test_an_address_that_the_server_refuses_is_named_and_the_others_get_theirs() -> None:
    with mail_server() as (box, port):
        with pytest.raises(NotSent, match=UNKNOWN):
            send([letter(f"anna@exempel.se, {UNKNOWN}")], settings(port, "none"), password="")
        assert box.to == [["anna@exempel.se"]]
        with pytest.raises(NotSent, match="någon av adresserna"):
            send([letter(UNKNOWN)], settings(port, "none"), password="")


@pytest.mark.parametrize("security", ["none", "tls", "starttls"])
def test_a_server_that_says_nothing_is_given_up(security: str) -> None:
    with silent_server(hangs=True) as port, pytest.raises(NotSent, match=r"svarade inte på 0.2 sekunder"):
        send([letter()], settings(port, security, timeout_seconds=0.2), password="")


def test_a_server_that_hangs_up_or_is_not_there_is_told() -> None:
    with silent_server(hangs=False) as port, pytest.raises(NotSent, match="bröt förbindelsen"):
        send([letter()], settings(port, "none"), password="")
    with pytest.raises(NotSent, match="ingen svarar på porten"):
        send([letter()], settings(port, "none"), password="")
    with pytest.raises(NotSent, match="servern finns inte"):
        send([letter()], settings(port, "none", server="finns inte"), password="")
    with pytest.raises(NotSent, match="Kontrollera server"):
        send([letter()], settings(port, "none", server="a..b"), password="")


def test_no_letter_is_no_call() -> None:
    send([], settings(1, "none", server="finns inte"), password="")
