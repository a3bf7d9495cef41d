"""The text of a codebook's file as tables, and what is wrong in them, each fault with its line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from portfolj.coding.toml_lines import Key, lines_of
from portfolj.errors import Fault, InputRefused, PortfoljError, Reason, cause_of

CODEBOOK_FILE = "codebook.toml"
SUBJECT = "Kodboken"
# How tomllib begins what it says.
_TWICE = ("Cannot ", "Duplicate ")
_BACKSLASH = ("Unescaped ", "Escaped ", "Invalid hex ")
_NO_KEY = "Invalid initial character"


def shipped_text() -> str:
    """The codebook that ships with portfolj, as it is written."""
    return (resources.files("portfolj") / "reference" / CODEBOOK_FILE).read_text(encoding="utf-8")


@cache
def shipped_labels() -> Mapping[str, Mapping[str, str]]:
    """What people read for each code of the shipped codebook, by dimension, in its order; no rule is compiled."""
    tables = tomllib.loads(shipped_text())
    return {
        dimension: {code: str(said["label_sv"]) for code, said in table["codes"].items()}
        for dimension, table in tables.items()
        if isinstance(table, dict) and "codes" in table
    }


def read_bytes(path: Path) -> bytes:
    """The content of a codebook's file. Raises PortfoljError where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PortfoljError(f"{path.name} går inte att läsa: {cause_of(error)}. Stäng den i andra program.") from None


def read_text(path: Path) -> str:
    """The text of a codebook's file. Raises PortfoljError where it can't be read, InputRefused where it is no UTF-8."""
    content = read_bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = "Filen är inte i UTF-8, eller är ingen textfil"
        fault = Fault(path.name, "", f"rad {line}", Reason.SETTING_WRONG, found, "", "Spara den som text i UTF-8")
        raise InputRefused(SUBJECT, [fault]) from None


def parse_toml(text: str, *, file: str) -> tuple[dict[str, Any], dict[Key, int]]:
    """The tables of a TOML text, and the line of each thing. Raises InputRefused with the line where it breaks off."""
    try:
        table = tomllib.loads(text + "\n")  # so that a fault on the last line has its number
    except tomllib.TOMLDecodeError as error:
        raise InputRefused(SUBJECT, [_broken(str(error), text, file)]) from None
    except RecursionError:
        fault = Fault(file, "", "", Reason.SETTING_WRONG, "Listor står i varandra i för många steg", "", "Rätta filen")
        raise InputRefused(SUBJECT, [fault]) from None
    return table, lines_of(text)


def _broken(message: str, text: str, file: str) -> Fault:
    place = re.search(r"at line (\d+), column (\d+)", message)
    where = f"rad {place[1]}, tecken {place[2]}" if place else ""
    row = [*text.split("\n"), ""][int(place[1]) - 1] if place else ""
    sign = row[int(place[2]) - 1 :][:1] if place else ""
    if message.startswith(_TWICE):
        found, action = "Nyckeln eller tabellen står två gånger i filen", "Slå ihop de två, eller ta bort den ena"
    elif message.startswith(_BACKSLASH):
        found = "Ett omvänt snedstreck (\\) i en text inom dubbla citattecken"
        action = "Skriv texten inom enkla citattecken, 're:\\d+', eller skriv snedstrecket dubbelt"
    elif sign in ("”", "“", "’", "‘"):
        found, action = f"Ett krulligt citattecken, {sign}", "Skriv raka citattecken: \" eller '"
    elif message.startswith(_NO_KEY) or (sign.isalpha() and not sign.isascii()):
        found = "Där ska en nyckel stå: ett namn av bokstäverna a-z, siffror, _ och -"
        action = "Skriv namnet utan å, ä, ö och mellanslag; det som människor ska läsa står inom citattecken"
    else:
        found = "Filen följer inte TOML där" if place else "Filen följer inte TOML: den slutar för tidigt"
        found = f"{found}: citattecken, komma eller hakparentes kan saknas på raden eller raden ovanför"
        action = "Rätta raden"
    return Fault(file, "", where, Reason.SETTING_WRONG, found, "", action)


class TableReader:
    """Reads tables of a codebook and collects faults while it goes on, so that all are told together.

    ``lines``: the line of each thing that stands in the file; what has none stands in another file.
    """

    def __init__(self, file: str, lines: Mapping[Key, int]) -> None:
        self.file, self.lines = file, lines
        self.ids: dict[Key, str] = {}  # of rules and roles
        self.told: list[tuple[int, Fault]] = []

    @property
    def faults(self) -> list[Fault]:
        """What was found, in the order of the file."""
        return [fault for _, fault in sorted(self.told, key=lambda told: told[0])]

    def refuse(self) -> None:
        """Raises InputRefused where there are faults."""
        if self.told:
            raise InputRefused(SUBJECT, self.faults)

    def fault(self, key: Key, found: str, allowed: str = "", action: str = "Rätta kodboken") -> None:
        self.told.append((self.line(key), self.as_fault(key, found, allowed, action)))

    def as_fault(self, key: Key, found: str, allowed: str = "", action: str = "Rätta kodboken") -> Fault:
        """The fault with its place in words: the line, the table, and the id of the rule."""
        line = self.line(key)
        number = next((at for at, part in enumerate(key) if isinstance(part, int)), None)
        listed = key if number is None else key[: number - 1] if key[number - 1] == "rules" else key[:number]
        named = ".".join(map(str, listed))
        rule_id = self.ids.get(key[: number + 1], "") if number is not None else ""
        place = ", ".join(part for part in (f"rad {line}" if line else "", named, rule_id) if part)
        return Fault(self.file, "", place, Reason.SETTING_WRONG, found, allowed, action)

    def line(self, key: Key) -> int:
        """The line of what is nearest to a key in the file; 0 where it stands in another."""
        return next((self.lines[key[:end]] for end in range(len(key), 0, -1) if key[:end] in self.lines), 0)

    def table(self, raw: Mapping[str, Any], *key: str | int) -> dict[str, Any]:
        """The table under the last key; an empty one, and a fault, where something else stands there."""
        found = raw.get(str(key[-1]), {})
        if isinstance(found, dict):
            return found
        name = ".".join(map(str, key))
        self.fault(key, f"{name} är ingen tabell", f"[{name}] och en rad för varje nyckel")
        return {}

    def tables(self, raw: Mapping[str, Any], *key: str | int) -> list[dict[str, Any]]:
        """The list of tables under the last key; an empty one, and a fault, where something else stands there."""
        found = raw.get(str(key[-1]), [])
        if isinstance(found, list) and all(isinstance(item, dict) for item in found):
            return found
        name = ".".join(map(str, key))
        self.fault(key, f"{name} är ingen lista av tabeller", f"[[{name}]] och en rad för varje nyckel")
        return []

    def texts(self, raw: Mapping[str, Any], *key: str | int) -> tuple[str, ...]:
        """The list of texts under the last key; an empty one, and a fault, where something else stands there."""
        found = raw.get(str(key[-1]), [])
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return tuple(found)
        self.fault(key, f"{key[-1]} är ingen lista av texter", '["en text", "en till"]')
        return ()

    def text(self, raw: Mapping[str, Any], *key: str | int) -> str:
        """The text under the last key; an empty one without it, and a fault where something else stands there."""
        found = raw.get(str(key[-1]), "")
        if isinstance(found, str):
            return found
        self.fault(key, f"{key[-1]} är ingen text", "en text inom citattecken")
        return ""

    def unknown_keys(self, raw: Mapping[str, Any], known: Sequence[str], *key: str | int) -> None:
        for name in raw:
            if name not in known:
                self.fault((*key, name), f"{name!r} finns inte", ", ".join(known), nearest(name, known))


def nearest(word: str, allowed: Sequence[Any]) -> str:
    """A suggestion of the allowed word that is most like the one written."""
    close = difflib.get_close_matches(word, [str(item) for item in allowed], n=1)
    return f"Menade du {close[0]}?" if close else "Rätta eller ta bort den"
