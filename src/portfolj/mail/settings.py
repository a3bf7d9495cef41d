"""The settings of letters: who gets which, and the server that sends them. Every fault is told at once."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from email.errors import MessageError
from email.headerregistry import Address
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from portfolj.errors import Fault, InputRefused, PortfoljError, Reason, cause_of
from portfolj.federation.setting_faults import nearest_setting

_LOCAL = ("localhost", "127.0.0.1", "::1")
_SIGNS = "engelska bokstäver, siffror och skiljetecken; inte å, ä eller ö"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Security(StrEnum):
    """How the way to the server is kept secret."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


def _address(text: str) -> str:
    try:
        written = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        written = None
    if written is None or not written.domain or not text.isascii() or not text.isprintable():
        raise ValueError("en e-postadress utan å, ä och ö och utan namn, till exempel rapporter@exempel.se")
    return text


def _ascii(text: str) -> str:
    if not text.isascii():
        raise ValueError(_SIGNS)
    return text


EmailAddress = Annotated[str, AfterValidator(_address)]


class MailSettings(BaseModel):
    """One file of settings, checked. ``password`` is never in the file: it is read from where the file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    server: str = Field(min_length=1, description="e-postserverns namn")
    port: int | None = Field(
        default=None,
        strict=True,
        ge=1,
        le=65535,
        description="serverns port; förval efter `security`: 587, 465 eller 25",
    )
    security: Security = Field(
        description="`starttls`, `tls` eller `none`. Ett certifikat som datorn inte litar på nekas"
    )
    user: Annotated[str, AfterValidator(_ascii)] = Field(
        default="", description="användaren vid inloggning; utelämnas om servern inte kräver någon"
    )
    password_variable: str = Field(default="", description="namnet på miljövariabeln som har lösenordet")
    password_file: str = Field(
        default="", description="filen som har lösenordet, räknat från filens egen mapp; rättigheter 600"
    )
    sender: EmailAddress = Field(alias="from", description="avsändarens adress")
    on_failure: list[EmailAddress] = Field(default=[], description="får brev när någon rapport inte blev gjord")
    on_success: list[EmailAddress] = Field(default=[], description="får brev när alla rapporter är i ordning")
    reports_at: str = Field(default="", description="var mottagarna läser rapporterna, till exempel en webbadress")
    timeout_seconds: float = Field(
        default=30.0, strict=True, gt=0, le=600, description="hur länge servern får dröja med ett svar"
    )

    @property
    def server_port(self) -> int:
        """The port, or the usual one for the kind of security."""
        return self.port or PORTS[self.security]


def load_settings(path: Path) -> tuple[MailSettings, SecretStr]:
    """The settings in the TOML file ``path`` and the password, empty where no user logs in.

    Raises PortfoljError where the file can't be read, InputRefused with every fault at once. No message holds a
    password, or what somebody may have written in the place of one.
    """
    given = _read(path)
    faults = []
    settings = None
    try:
        settings = MailSettings.model_validate(given)
    except ValidationError as error:
        faults += [_from_pydantic(path.name, dict(item)) for item in error.errors()]
    faults += _together(path.name, given)
    password, unread = _password(path, given)
    faults += unread
    if faults or settings is None:
        raise InputRefused(path.name, faults)
    return settings, SecretStr(password)


def setting_names() -> list[str]:
    """The settings as they are written in the file."""
    return [field.alias or name for name, field in MailSettings.model_fields.items()]


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PortfoljError(
            f"Filen {path} med inställningar för brev går inte att läsa: {cause_of(error)}. Rätta --mail."
        ) from None
    except UnicodeDecodeError:
        raise PortfoljError(f"{path.name} är inte sparad som UTF-8. Spara om den i textredigeraren.") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        where = f" på rad {place[1]}" if place else ""
        raise PortfoljError(
            f"{path.name} följer inte TOML{where}. Text ska stå inom citattecken och listor inom hakparenteser."
        ) from None


def _together(file: str, given: dict[str, Any]) -> list[Fault]:
    """What is wrong only when settings are seen side by side."""
    faults = []
    if not given.get("on_failure") and not given.get("on_success"):
        found, allowed = "Ingen får några brev", 'till exempel on_failure = ["anna@exempel.se"]'
        faults.append(_fault(file, "on_failure", found, allowed, "Lägg till on_failure, on_success eller båda"))
    ways = [name for name in ("password_variable", "password_file") if given.get(name)]
    if given.get("user") and len(ways) != 1:
        found = "Lösenordet har två ställen" if ways else "Det står inte var lösenordet finns"
        faults.append(_fault(file, "user", found, "antingen password_variable eller password_file", "Välj ett av dem"))
    if ways and not given.get("user"):
        found = "Det finns ett lösenord men ingen user"
        faults.append(_fault(file, ways[0], found, "båda eller ingen", "Lägg till user, eller ta bort raden"))
    if given.get("user") and given.get("security") == Security.NONE and given.get("server") not in _LOCAL:
        found, allowed = "Lösenordet skulle skickas oskyddat", "starttls eller tls när det finns en user"
        faults.append(_fault(file, "security", found, allowed, "Rätta värdet"))
    return faults


def _password(path: Path, given: dict[str, Any]) -> tuple[str, list[Fault]]:
    def wrong(found: str, allowed: str, action: str) -> tuple[str, list[Fault]]:
        return "", [_fault(path.name, "password_variable", found, allowed, action)]

    variable, file = given.get("password_variable"), given.get("password_file")
    if isinstance(variable, str) and variable:
        # What stands there is never shown: it may be the password itself, written in the wrong place.
        if not _VARIABLE.fullmatch(variable):
            found, allowed = "Där står inget namn på en miljövariabel", "bokstäver a-z, siffror och understreck"
            return wrong(found, allowed, "Skriv variabelns namn, aldrig lösenordet")
        if not os.environ.get(variable):
            action = "Sätt den innan portfolj startas, eller använd password_file"
            return wrong("Miljövariabeln är inte satt", "en miljövariabel med lösenordet", action)
        if not os.environ[variable].isascii():
            return wrong("Lösenordet har tecken som SMTP inte tar emot", _SIGNS, "Byt lösenordet")
        return os.environ[variable], []
    if isinstance(file, str) and file:
        return _password_in(path.parent / Path(file).expanduser(), path.name)
    return "", []


def _password_in(secret: Path, file: str) -> tuple[str, list[Fault]]:
    def wrong(found: str, action: str) -> tuple[str, list[Fault]]:
        return "", [_fault(file, "password_file", found, "en fil med bara lösenordet, som bara du kan läsa", action)]

    try:
        mode = secret.stat().st_mode
        # Windows has no such modes; there the folder's own rights decide.
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            return wrong("Filen med lösenordet kan läsas av andra", "Kör chmod 600 på filen")
        password = secret.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError):
        return wrong("Filen med lösenordet går inte att läsa", "Skapa filen, eller rätta sökvägen")
    if not password or "\n" in password:
        return wrong("Filen ska ha en enda rad", "Skriv bara lösenordet i filen")
    if not password.isascii():
        return "", [
            _fault(file, "password_file", "Lösenordet har tecken som SMTP inte tar emot", _SIGNS, "Byt lösenordet")
        ]
    return password, []


def _from_pydantic(file: str, item: dict[str, Any]) -> Fault:
    path = ".".join(str(part) for part in item["loc"])
    kind, context = item["type"], item.get("ctx", {})
    if kind == "extra_forbidden" and any(word in path.casefold() for word in ("password", "lösen", "losen")):
        return _fault(file, path, "Ett lösenord får inte stå i filen", "password_variable eller password_file",
                      "Ta bort raden och byt lösenordet om andra kan ha läst filen")  # fmt: skip
    if kind == "extra_forbidden":
        names = setting_names()
        return Fault(file, "", path, Reason.SETTING_UNKNOWN, f"Inställningen {path!r} finns inte", ", ".join(names),
                     nearest_setting(path, names))  # fmt: skip
    if kind == "missing":
        return _fault(file, path, f"Inställningen {path!r} saknas", _meaning(path), "Lägg till den")
    allowed = {
        "string_type": "text inom citattecken", "string_too_short": "en text som inte är tom",
        "list_type": "en lista inom hakparenteser",
        "enum": str(context.get("expected", "")).replace(" or ", " eller "),
        "value_error": str(context.get("error", "")),
    }.get(kind) or _meaning(path)  # fmt: skip
    # The value is not repeated: it may be a password in the wrong place.
    return _fault(file, path, "Värdet går inte att använda", allowed, "Rätta värdet")


def _meaning(path: str) -> str:
    named = {field.alias or name: field for name, field in MailSettings.model_fields.items()}
    bounds = {"port": "ett heltal 1-65535", "timeout_seconds": "ett tal över 0, högst 600"}
    name = path.split(".")[0]
    return bounds.get(name) or (named[name].description or "" if name in named else "")


def _fault(file: str, cell: str, found: str, allowed: str, action: str) -> Fault:
    return Fault(file, "", cell, Reason.SETTING_WRONG, found, allowed, action)
