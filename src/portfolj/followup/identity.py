"""Who is who without saying who: personal numbers and a federation's own ids become keyed hashes.

The hash is HMAC-SHA-256 (RFC 2104) of the twelve-digit number, or of the id as written in small letters, under a key
that only the federation has; its first 16 hexadecimal digits are kept. Without the key nobody can try all numbers and
see which one fits. The key lies outside the repository and the data folder: a copy of either is not a copy of both.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from pathlib import Path

from portfolj.errors import Fault, InputRefused, PortfoljError, Reason, cause_of
from portfolj.federation import Federation

KEYS_VARIABLE = "PORTFOLJ_KEYS"
# Rows about no real person need no secret, and must give the same hashes on every machine.
INVENTED_KEY = b"rows about no real person"
_DIGITS_KEPT = 16
_KEY_BYTES = 32


def hash_of(identity: str, *, key: bytes) -> str:
    """16 hexadecimal digits that stand for the identity: the same for the same key, and nothing without it."""
    return hmac.digest(key, identity.encode(), "sha256").hex()[:_DIGITS_KEPT]


def key_place(federation: str) -> Path:
    """Where the federation's key lies, or would: in ``PORTFOLJ_KEYS``, else in the user's own settings."""
    stated = os.environ.get(KEYS_VARIABLE)
    folder = Path(stated) if stated else Path.home() / ".config" / "portfolj" / "keys"
    return folder.expanduser() / f"{federation}.key"


def find_key(federation: Federation) -> bytes | None:
    """The federation's key; None where it has none, or needs none because its rows are invented.

    Raises InputRefused where the key lies inside a repository or the data folder, or is no key.
    """
    if federation.followup.invented:
        return None
    path = key_place(federation.key)
    if not path.is_file():
        return None
    _refuse_place(path, data=_data_folder(federation.folder))
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) < _KEY_BYTES:
        found = "Nyckelfilen går inte att läsa, eller är ingen nyckel"
        action = f"Lägg tillbaka den rätta filen, eller ta bort den och kör: portfolj key {federation.key}"
        allowed = f"{2 * _KEY_BYTES} tecken 0-9 och a-f, som portfolj key skriver"
        raise InputRefused("Nyckeln", [Fault(path.name, "", "", Reason.KEY_WRONG, found, allowed, action)])
    return key


def make_key(federation: str, *, data: Path) -> Path:
    """A new key for the federation, readable by its owner only; where it was written.

    Raises PortfoljError where there is one already or it can't be written, InputRefused where it would lie inside a
    repository or the data folder.
    """
    path = key_place(federation)
    _refuse_place(path, data=data)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Created with its mode and only where nothing stands: never readable by others, never written over.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_KEY_BYTES) + "\n")
    except FileExistsError:
        raise PortfoljError(
            f"Det finns redan en nyckel för {federation}: {path}. Den skrivs aldrig över: med en ny nyckel blir samma "
            "person en annan. Flytta undan filen själv om den verkligen ska bytas."
        ) from None
    except OSError as error:
        raise PortfoljError(f"Kan inte skriva nyckeln {path}: {cause_of(error)}.") from None
    return path


def key_missing(federation: Federation, files: list[str]) -> Fault:
    """The one fault of files with rows on persons when there is no key."""
    return Fault(
        ", ".join(files), "", "", Reason.KEY_MISSING,
        f"{'Filen' if len(files) == 1 else 'Filerna'} har rader om personer, och förbundet har ingen nyckel",
        "en nyckel utanför arkivet och datamappen, så att personnummer inte förs vidare",
        f"Kör: portfolj key {federation.key}. Är raderna påhittade, skriv invented = true under [followup]",
    )  # fmt: skip


def _refuse_place(path: Path, *, data: Path) -> None:
    folder = path.resolve().parent
    inside_data = folder.is_relative_to(data.resolve())
    repository = any((up / ".git").exists() or _is_project(up) for up in (folder, *folder.parents))
    if inside_data or repository:
        found = (
            f"Nyckelns plats är i {'datamappen' if inside_data else 'ett arkiv (git)'}, där den kan följa med raderna"
        )
        allowed = f"en mapp utanför båda, till exempel {Path('~/.config/portfolj/keys')}"
        action = f"Flytta den, eller ändra {KEYS_VARIABLE}"
        raise InputRefused("Nyckeln", [Fault(path.name, "", "", Reason.KEY_MISPLACED, found, allowed, action)])


def _is_project(folder: Path) -> bool:
    return (folder / "data" / "raw").is_dir() and (folder / "notebooks").is_dir()


def _data_folder(folder: Path) -> Path:
    """``data`` for a federation in ``data/raw/NAME``, else the federation's own folder."""
    return folder.parent.parent if folder.resolve().parent.name == "raw" else folder


# Ten digits do not tell the century. People in these interventions are of working age, so that nobody born before
# 1930 takes part, and nobody born in 2030 or later will until 2046.
_FIRST_YEAR_OF_TWO_DIGITS = 30
_NUMBER = re.compile(
    "(?P<century>18|19|20)?(?P<year>\\d{2})(?P<month>\\d{2})(?P<day>\\d{2})"
    "\\s*(?P<sign>[-+\u2010-\u2015\u2212]?)\\s*(?P<last>\\d{4})"
)


def twelve_digits(text: str) -> str | None:
    """A personal or coordination number as twelve digits, whichever way it is written; None for any other text.

    >>> twelve_digits("811228-9874"), twelve_digits("19811228 9874"), twelve_digits("P-017")
    ('198112289874', '198112289874', None)
    """
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    century = match["century"]
    if century is None:
        latest = 20 if int(match["year"]) < _FIRST_YEAR_OF_TWO_DIGITS else 19
        century = str(latest - (match["sign"] == "+"))
    return century + match["year"] + match["month"] + match["day"] + match["last"]
