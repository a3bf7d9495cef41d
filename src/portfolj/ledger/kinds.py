"""What each row below the header is: data, or set aside as a sum, a note, a repeated header or empty.

- **sum**: the row's first text (or its name) is a sum word ("Summa", "Totalt 2019", "S:a Finsam"), or an amount is a
  SUM formula over rows of its own column, or a nameless row's amount equals the sum of the rows above it. "Summa"
  followed by other words is a sum where nothing but amounts is filled in; "Totalt" followed by other words only where
  the arithmetic or a formula says so, since an intervention may be called "Totalt fokus".
- **note**: no amount and a single filled cell that is outside the name column, is merged over several columns, starts
  with a note word, or comes after the last amount and a sum row. Rows with neither name nor amount nor text of their
  own too.
- **not_granted**: the type column says that nothing was granted. **merged_amount**: its amount stands in a cell
  merged with the row above, and is counted there.
- **group**: a name alone above a group of rows with its own sum, see ``groups``; **note** is also a budget or a balance
  below the grand total, see ``after_total``.
- **header_repeat**: the same headings again. **empty**: nothing in any cell.
"""

from __future__ import annotations

import re
from collections import defaultdict

from portfolj.ledger.amounts import Amount, AmountUnreadable
from portfolj.ledger.cells import is_blank, text_of
from portfolj.ledger.header import repeats_header
from portfolj.ledger.table import Table

DATA, SUM, NOTE, EMPTY, HEADER_REPEAT, TITLE, HEADER, NOT_GRANTED, MERGED_AMOUNT, GROUP = (
    "data", "sum", "note", "empty", "header_repeat", "title", "header", "not_granted", "merged_amount", "group",
)  # fmt: skip

_SUM_START = (
    r"(?P<start>(?:del|slut|total|års)?summa|summor|summering|s:a|sum|subtotal|totalt|total|totalbelopp|totala"
    r"|grand total|sammanlagt|varav)"
)
_SUM_REST = (
    r"(?:[\s:=.,()/–-]+(?:(?:19|20)\d{2}|\d{1,2}|per|år|året|åren|beviljat|beviljade|beviljad|utbetalt|återbetalt|belopp|medel|bidrag|insatser|"
    r"insats|projekt|alla|samtliga|för|av|från|i|finsam|esf|eu|annan|övrigt|förbundet|medlemmarna|medlemsmedel|kr|tkr|mkr|mnkr|"
    r"kronor|perioden|period|hela|beslut|beslutat|kvartal|halvår|tertial|sida|sidan|summa|total|totalt|exkl|inkl|och))*[\s:=.)]*"
)
_PLAIN_SUM = re.compile(_SUM_START + _SUM_REST, re.IGNORECASE)
_LOOSE_SUM = re.compile(_SUM_START + r"[\s:].*", re.IGNORECASE)
_SECTION = re.compile(r"(?:år(?:et)?\s)?(?:19|20)\d{2}(?:\s*[-–]\s*(?:19|20)?\d{2})?", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:\*+|not(?:er)?\b|obs\b|anm\b|anmärkning|kommentar|källa\b|källor\b|fotnot|förklaring)[.:!]?.*", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_KINDS_OF_MONEY = ("finsam", "esf", "eu", "annan", "övrigt")
_TEXT_FIELDS = ("applicant", "target_group_text", "description", "goal_text")
IDENTIFYING = ("applicant", "target_group_text", "description", "goal_text", "decision_date", "entry_type")


def is_plain_total(label: str, *, equal: bool) -> bool:
    """Whether the text of a sum row can be that of the sheet's grand total. ``equal``: its amounts are those above."""
    match = _PLAIN_SUM.fullmatch(label)
    if not label or not match:
        return not label and equal
    if match["start"].lower() in ("delsumma", "subtotal", "varav", "årssumma"):
        return False
    words = label.casefold().split()
    return equal or not (_YEAR.search(label) or any(w in _KINDS_OF_MONEY for w in words))


def sum_label(table: Table, row: int) -> str:
    """The first text of a sum row outside its amounts; empty where there is none."""
    columns = {table.header.fields[f] for f in table.amount_fields}
    cells = enumerate(table.sheet.rows[row])
    return next((text_of(v) for c, v in cells if isinstance(v, str) and c not in columns and text_of(v)), "")


def row_kinds(table: Table) -> dict[int, str]:
    """Row -> kind for every row below the header, in order."""
    sorter = _Sorter(table)
    return {row: sorter.kind(row) for row in table.body}


class _Sorter:
    """Goes down the rows once, keeping the running sums that tell a sum row from a data row."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.texts("name")
        self.id = table.texts("intervention_id")
        self.name_column = table.header.fields.get("name", -1)
        self.amount_columns = {table.header.fields[f]: f for f in table.amount_fields}
        self.all_above: dict[str, int] = defaultdict(int)
        self.block: dict[str, int] = defaultdict(int)
        self.last_amount_row = next((r for r in reversed(table.body) if self._amount_texts(r)), -1)
        self.sum_seen = False
        self.block_rows = 0

    def kind(self, row: int) -> str:
        filled = self.table.filled(row)
        if not filled:
            return EMPTY
        if repeats_header(self.table.sheet, self.table.header, row):
            return HEADER_REPEAT
        if self._is_sum(row, filled):
            self.sum_seen = True
            self.block.clear()
            self.block_rows = 0
            return SUM
        if self._is_note(row, filled):
            return NOTE
        self.block_rows += 1
        for field in self.amount_columns.values():
            amount = self.table.amounts[field][row]
            if isinstance(amount, Amount):
                self.all_above[field] += amount.ore
                self.block[field] += amount.ore
        return DATA

    def _is_sum(self, row: int, filled: list[int]) -> bool:
        if any(self._adds_up_rows(row, c) for c in self.amount_columns):
            return True
        first = next(
            (
                text_of(v)
                for c in filled
                if isinstance(v := self.table.value(row, c), str) and c not in self.amount_columns
            ),
            "",
        )
        for label in {first, self.name.get(row, "")} - {""}:
            if _PLAIN_SUM.fullmatch(label):
                return True
            loose = _LOOSE_SUM.fullmatch(label)
            if loose and not self._identified(row):
                certain = not loose["start"].lower().startswith("total") or loose["start"].lower() == "totalsumma"
                if certain or self._arithmetic_holds(row):
                    return True
        # Without a word only amounts may stand in the row: a second grant under a name written once looks alike.
        return all(c in self.amount_columns for c in filled) and self.block_rows > 1 and self._arithmetic_holds(row)

    def _adds_up_rows(self, row: int, column: int) -> bool:
        added = self.table.sum_range(row, column)
        return added is not None and len(added) > 1 and row not in added

    def _identified(self, row: int) -> bool:
        fields = self.table.header.fields
        has_id = bool(self.id.get(row)) and bool(self.name.get(row))
        return has_id or any(not is_blank(self.table.value(row, fields[f])) for f in IDENTIFYING if f in fields)

    def _arithmetic_holds(self, row: int) -> bool:
        amounts = {
            f: a.ore for f in self.amount_columns.values() if isinstance(a := self.table.amounts[f][row], Amount)
        }
        return bool(amounts) and any(
            all(ore == above[field] and above[field] for field, ore in amounts.items())
            for above in (self.all_above, self.block)
        )

    def _is_note(self, row: int, filled: list[int]) -> bool:
        if not any(c.isalnum() for column in filled for c in text_of(self.table.value(row, column))):
            return True  # a line of dashes
        if self._amount_texts(row):
            # A word alone under the amounts ("forts.") is a note; with a digit in it, it is an amount to be mended.
            value = self.table.value(row, filled[0])
            return (
                len(filled) == 1
                and isinstance(value, str)
                and not re.search(r"\d", value)
                and isinstance(self.table.amounts[self.amount_columns[filled[0]]][row], AmountUnreadable)
            )
        label = text_of(self.table.value(row, filled[0]))
        named_by_merge = self.name_column not in filled and bool(self.name.get(row))
        if len(filled) == 1 and not named_by_merge:
            if (
                filled[0] != self.name_column
                or self._merged_across(row)
                or _NOTE.fullmatch(label)
                or _SECTION.fullmatch(label)
            ):
                return True
            return self.sum_seen and row > self.last_amount_row
        if self.name.get(row):
            return False
        fields = self.table.header.fields
        return not any(not is_blank(self.table.value(row, fields[f])) for f in _TEXT_FIELDS if f in fields)

    def _amount_texts(self, row: int) -> bool:
        return any(
            not is_blank(self.table.value(row, c)) and self.table.amounts[f][row] is not None
            for c, f in self.amount_columns.items()
        )

    def _merged_across(self, row: int) -> bool:
        return any(
            s.top <= row <= s.bottom and s.right > s.left and s.left <= self.name_column <= s.right
            for s in self.table.sheet.merged
        )
