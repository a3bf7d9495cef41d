"""The cell that says who a row is about: a hash, and what the number itself tells of birth and legal sex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold, is_missing
from portfolj.followup.identity import hash_of, twelve_digits
from portfolj.ledger.cells import Value, text_of
from portfolj.ledger.personal_numbers import holds_personal_number

_COORDINATION_DAYS = 60  # a samordningsnummer has the day plus 60


@dataclass(frozen=True)
class Person:
    """A person as a row names them. ``hash`` is empty for nobody; ``stated_anonymous``: the cell itself says so."""

    hash: str = ""
    stated_anonymous: bool = False
    birth: date | None = None
    sex: str = ""

    def __repr__(self) -> str:
        return "Person(...)"


NOBODY = Person()


@dataclass(frozen=True, repr=False)
class PersonReader:
    """Reads cells of the person column under one key. ``invented``: real personal numbers are refused."""

    key: bytes
    invented: bool
    anonymous_words: Mapping[str, str]

    def read(self, value: Value) -> Person:
        """Who the cell names. Raises CellFault."""
        text = text_of(value)
        folded = fold(text)
        if folded in self.anonymous_words:
            return Person(stated_anonymous=True)
        if is_missing(folded):
            return NOBODY
        # A spreadsheet drops the zero that numbers of those born 2000-2009 begin with.
        written = text.zfill(10) if text.isdigit() and len(text) in (8, 9) else text
        number = twelve_digits(written)
        if number is not None and holds_personal_number(number[2:]) and (birth := _birth(number)):
            if self.invented:
                raise CellFault(
                    Reason.PERSONAL_NUMBER, "Cellen innehåller ett giltigt personnummer fast raderna är påhittade",
                    "påhittade id, till exempel P001", "Byt id, eller ta bort invented = true om personerna finns",
                )  # fmt: skip
            return Person(hash_of(number, key=self.key), birth=birth, sex="man" if int(number[10]) % 2 else "woman")
        if holds_personal_number(value):
            raise CellFault(
                Reason.PERSON_UNREADABLE,
                "Personnumret går inte att läsa: kontrollsiffran stämmer inte, eller så står det mer i cellen",
                "ett personnummer eller samordningsnummer för sig, eller ett eget id", "Rätta cellen",
            )  # fmt: skip
        return Person(hash_of(folded, key=self.key))


def _birth(number: str) -> date | None:
    day = int(number[6:8])
    try:
        return date(int(number[:4]), int(number[4:6]), day - _COORDINATION_DAYS if day > _COORDINATION_DAYS else day)
    except ValueError:
        return None
