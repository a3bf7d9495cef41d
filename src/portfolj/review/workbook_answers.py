"""A review workbook as it comes back, sorted, filtered or with columns moved: every answer in it, every cell checked.

An empty cell says nothing and a row that is gone says nothing: a decision is only taken back in so many words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from portfolj.coding import Codebook
from portfolj.coding.decisions import NOT_SAME_AS, SAME_AS
from portfolj.errors import Fault, InputRefused
from portfolj.ledger.cells import Sheet, text_of
from portfolj.review import columns as c
from portfolj.review.answers import (
    Answer,
    Answers,
    Cell,
    Kind,
    PairAnswer,
    Place,
    Signature,
    checked_codes,
    checked_date,
    is_undo,
    readable,
)
from portfolj.review.choices import NO, STANDS, UNDO, YES
from portfolj.review.state import SHEET, State, read_state
from portfolj.review.tables import Table, tables_with


def workbook_answers(
    sheets: Sequence[Sheet], *, file: str, federation: str, codebook: Codebook, today: date
) -> Answers:
    """What ``sheets`` answer. Raises InputRefused where they are no review workbook of the federation.

    A cell that still says what it was filled with from the start is no answer.
    """
    states = [read_state(sheet) for sheet in sheets]
    state = next((found for found in states if found is not None), None)
    if state is None or state.federation != federation:
        raise InputRefused(file, [_not_this_book(state, file, federation)])
    shown = [sheet for sheet, found in zip(sheets, states, strict=True) if found is None]
    reading = _Reading(state, codebook, today, _name_cell(shown))
    tables = tables_with(shown, c.KEY)
    codes = [answer for table in tables for answer in reading.codes(table)]
    pairs = [answer for table in tables_with(shown, c.KEY_JOINS, c.KEY_REMAINS) for answer in reading.pairs(table)]
    if not tables:
        found = f"Inget blad har kolumnen {c.KEY}, så svaren går inte att föra till sina insatser"
        place = Place(file, c.INTERVENTIONS, "")
        reading.faults.append(place.fault(found, f"rubriken {c.KEY}", "Lägg tillbaka kolumnen, eller gör en ny bok"))
    reading.faults += reading.unsigned([*codes, *pairs])
    return Answers(tuple(codes), tuple(pairs), tuple(reading.faults))


def _not_this_book(state: State | None, file: str, federation: str) -> Fault:
    place, allowed = Place(file, SHEET, ""), f"en granskningsbok för {federation}"
    if state is None:
        found = "Det dolda bladet saknas, så det går inte att se vad boken gjordes av"
        action = f"Byt namn på filen, gör en ny med portfolj review {federation} och för över svaren"
    else:
        found = f"Boken är gjord för {state.federation}"
        action = f"Lägg den i data/processed/{state.federation}, eller gör en ny med portfolj review {federation}"
    return place.fault(found, allowed, action)


def _name_cell(sheets: Iterable[Sheet]) -> Cell | None:
    """The cell to the right of ``Beslutat av``, where that is not the heading of a column."""
    for sheet in sheets:
        for row, values in enumerate(sheet.rows):
            texts = [text_of(value).casefold().rstrip(":") for value in values]
            if c.NAME_CELL.casefold() in texts and c.WHY.casefold() not in texts:
                column = texts.index(c.NAME_CELL.casefold()) + 1
                name = values[column] if column < len(values) else None
                return Cell(name, Place(sheet.file, sheet.title, sheet.address(row, column)))
    return None


class _Reading:
    """Reads the tables of one workbook and collects what is wrong with them."""

    def __init__(self, state: State, codebook: Codebook, today: date, name: Cell | None) -> None:
        self.state, self.codebook, self.today, self.name = state, codebook, today, name
        self.faults: list[Fault] = []
        self.keys = {key.casefold(): key for key in state.texts}
        if name is not None and (fault := readable(name)):
            self.faults.append(fault)

    def codes(self, table: Table) -> list[Answer]:
        """The answers of a table of interventions."""
        self.faults += table.faults
        dimensions = c.dimensions_of(list(table.headings), self.codebook)
        return [answer for row in table.rows() for answer in self._row(table, row, dimensions)]

    def _row(self, table: Table, row: int, dimensions: Mapping[str, Sequence[str]]) -> list[Answer]:
        key_cell, stands = table.cell(row, c.KEY), table.cell(row, c.STANDS)
        groups = {d: [table.cell(row, h) for h in headings] for d, headings in dimensions.items() if headings}
        signing = [table.cell(row, heading) for heading in (c.WHY, c.BY, c.ON)]
        answering = [*(cell for group in groups.values() for cell in group), stands]
        filled = [cell for cell in (*answering, *signing) if not cell.is_empty]
        if wrong := [fault for cell in filled if (fault := readable(cell))]:
            self.faults += wrong
            return []
        if not filled:
            return []
        key = self.keys.get(key_cell.text.casefold())
        shown = self.state.decided.get(key or "", {})
        codes: dict[str, str] = {}
        places: dict[str, Place] = {}
        before = len(self.faults)
        for dimension, cells in groups.items():
            was = shown.get(dimension)
            code, faults = checked_codes(cells, dimension=dimension, codebook=self.codebook, shown=was)
            self.faults += faults
            if code is not None and code != was:
                codes[dimension] = code
                places[dimension] = next(cell for cell in cells if cell.text).place
        if key is None:
            found = f"Insatsen ”{key_cell.text}” finns inte i boken" if key_cell.text else "Raden saknar nyckel"
            action = f"Skriv nyckeln ur kolumnen {c.KEY} som den stod, eller radera raden"
            self.faults.append(key_cell.place.fault(found, "en nyckel ur boken", action))
            return []
        signature = self._signature(*signing)

        def answer(kind: Kind, dimension: str, place: Place, code: str = "") -> Answer:
            return Answer(kind, key, dimension, code, shown.get(dimension), self.state.texts[key], signature, place)

        answers = [
            answer(Kind.UNDO if code == UNDO else Kind.DECIDE, d, places[d], "" if code == UNDO else code)
            for d, code in codes.items()
        ]
        if self._confirms(stands, shown):
            answers += [answer(Kind.STANDS, d, stands.place) for d in shown if d not in codes]
        elif signature.why and not answers and len(self.faults) == before:
            answers += self._explained(signing[0], [answer(Kind.EXPLAIN, d, signing[0].place) for d in shown])
        return answers

    def _confirms(self, cell: Cell, shown: Mapping[str, str]) -> bool:
        if not cell.text:
            return False
        if cell.text.casefold() not in (STANDS, YES):
            action = f"Välj ett nytt svar på raden, eller ”{UNDO}”, och töm den här cellen"
            self.faults.append(cell.place.fault(f"”{cell.text}” går inte att tolka", STANDS, action))
        elif not shown:
            found = "Raden har inget beslut att stå fast vid"
            self.faults.append(cell.place.fault(found, "", "Välj svaret i listan i stället, och töm den här cellen"))
        return bool(shown)

    def _explained(self, cell: Cell, answers: list[Answer]) -> list[Answer]:
        if len(answers) == 1:
            return answers
        if answers:
            found, action = "Skälet kan gälla flera beslut på raden", "Skriv det i decisions.csv, på beslutets rad"
        else:
            found, action = "Raden har ett skäl men inget svar", "Välj ett svar, eller töm cellen"
        self.faults.append(cell.place.fault(found, "", action))
        return []

    def pairs(self, table: Table) -> list[PairAnswer]:
        """The answers of a table of pairs."""
        self.faults += table.faults
        return [answer for row in table.rows() if (answer := self._pair(table, row))]

    def _pair(self, table: Table, row: int) -> PairAnswer | None:
        cell = table.cell(row, c.ANSWER)
        signing = [table.cell(row, heading) for heading in (c.WHY, c.BY, c.ON)]
        if wrong := [fault for part in (cell, *signing) if (fault := readable(part))]:
            self.faults += wrong
            return None
        if not cell.text:
            if signing[0].text:
                found, action = "Raden har ett skäl men inget svar", f"Svara {YES} eller {NO}, eller töm cellen"
                self.faults.append(signing[0].place.fault(found, "", action))
            return None
        answers = {YES: SAME_AS, NO: NOT_SAME_AS}
        answer = "" if is_undo(cell.text) else answers.get(cell.text.casefold())
        if answer is None:
            allowed = f"{YES}, {NO} eller {UNDO}"
            self.faults.append(cell.place.fault(f"”{cell.text}” går inte att tolka", allowed, "Välj i cellens lista"))
            return None
        keys = [table.cell(row, heading).text for heading in (c.KEY_JOINS, c.KEY_REMAINS)]
        known = {(one.casefold(), two.casefold()): (one, two) for one, two in self.state.pairs}
        pair = known.get((keys[0].casefold(), keys[1].casefold()))
        if pair is None:
            found = f"Paret ”{keys[0]}” och ”{keys[1]}” finns inte i boken"
            action = f"Skriv nycklarna i {c.KEY_JOINS} och {c.KEY_REMAINS} som de stod, eller radera raden"
            self.faults.append(cell.place.fault(found, "ett par ur boken", action))
            return None
        shown, signature = self.state.pairs[pair], self._signature(*signing)
        if answer == shown and not signature.why:
            return None
        return PairAnswer(*pair, answer, shown, signature, cell.place)

    def _signature(self, why: Cell, by: Cell, on: Cell) -> Signature:
        day, faults = checked_date(on, today=self.today)
        self.faults += faults
        cover = self.name.text if self.name is not None else ""
        return Signature(by.text or cover, day or self.today.isoformat(), why.text, by.text, day)

    def unsigned(self, answers: Sequence[Answer | PairAnswer]) -> list[Fault]:
        """One fault where answers say nobody's name."""
        nameless = [answer for answer in answers if not answer.signature.by]
        if not nameless:
            return []
        place = self.name.place if self.name is not None else nameless[0].place
        count = "Ett svar saknar" if len(nameless) == 1 else f"{len(nameless)} svar saknar"
        action = f"Skriv ditt namn här, eller i kolumnen {c.BY} på raden"
        return [place.fault(f"{count} namn på den som har beslutat", "ett namn", action)]
