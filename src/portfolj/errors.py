"""The faults and exceptions that a user may see, with the exit code of each.

A user error is one message without a traceback and ends with exit code 2. Anything else is a bug: it keeps its
traceback and ends with exit code 1. Faults are collected and raised together, so that a ledger is corrected once.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_CAUSES = {
    "ENOENT": "den finns inte",
    "ENOTDIR": "en del av sökvägen är inte en mapp",
    "EISDIR": "den är en mapp",
    "EEXIST": "den finns redan",
    "EACCES": "åtkomst nekas",
    "EPERM": "åtkomst nekas",
    "EROFS": "disken är skrivskyddad",
    "ENOSPC": "disken är full",
    "EDQUOT": "utrymmet är slut",
    "EFBIG": "filen blir för stor",
    "EBUSY": "den används av ett annat program",
    "ENAMETOOLONG": "namnet är för långt",
    "ELOOP": "länkarna går runt",
    "EMFILE": "för många filer är öppna",
    "ENFILE": "för många filer är öppna",
    "ENOMEM": "minnet är slut",
    "EAGAIN": "systemet har inte plats för fler processer",
    "EIO": "disken svarar med fel",
}  # by name: Windows has not all of them
EXIT_BUG = 1
EXIT_USER_ERROR = 2


class Reason(StrEnum):
    """Why a fault or a remark was raised. Tests compare reasons, never sentences."""

    # Refused: something that could make a total wrong.
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FILE_LOCKED = "file_locked"
    FORMAT_UNKNOWN = "format_unknown"
    SHEET_MISSING = "sheet_missing"
    SHEET_AMBIGUOUS = "sheet_ambiguous"
    NO_HEADER = "no_header"
    NO_NAME_COLUMN = "no_name_column"
    COLUMN_MISSING = "column_missing"
    COLUMN_AMBIGUOUS = "column_ambiguous"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_CONTRADICTION = "unit_contradiction"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_MERGED = "amount_merged"
    ROW_TOO_LONG = "row_too_long"
    ERROR_VALUE = "error_value"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    DATE_UNREADABLE = "date_unreadable"
    YEAR_UNREADABLE = "year_unreadable"
    NAME_MISSING = "name_missing"
    ENTRY_TYPE_UNKNOWN = "entry_type_unknown"
    FINANCING_UNKNOWN = "financing_unknown"
    SIGN_MIXED = "sign_mixed"
    NO_ROWS = "no_rows"
    TWO_TABLES = "two_tables"
    ROW_AFTER_TOTAL = "row_after_total"
    BALANCE_ROW = "balance_row"
    NO_AMOUNT_COLUMN = "no_amount_column"
    FINANCIER_COLUMNS = "financier_columns"
    YEAR_COLUMNS = "year_columns"
    SETTING_UNKNOWN = "setting_unknown"
    SETTING_WRONG = "setting_wrong"
    DECISION_WRONG = "decision_wrong"
    CODING_WRONG = "coding_wrong"
    PUBLISHED_WRONG = "published_wrong"
    KEY_MISSING = "key_missing"
    KEY_MISPLACED = "key_misplaced"
    KEY_WRONG = "key_wrong"
    VALUE_MISSING = "value_missing"
    WORD_UNKNOWN = "word_unknown"
    NUMBER_UNREADABLE = "number_unreadable"
    NUMBER_OUTSIDE = "number_outside"
    PERSON_UNREADABLE = "person_unreadable"
    DATES_REVERSED = "dates_reversed"
    AGE_IMPROBABLE = "age_improbable"
    AGE_BAND_UNFIT = "age_band_unfit"
    ROWS_CONTRADICT = "rows_contradict"
    ID_UNKNOWN = "id_unknown"
    ID_TWICE = "id_twice"
    LINK_TWICE = "link_twice"
    LINK_BACKWARDS = "link_backwards"
    LINK_CIRCLE = "link_circle"
    FORM_UNKNOWN = "form_unknown"
    FORM_DAMAGED = "form_damaged"
    FORM_MISPLACED = "form_misplaced"
    # Remarks: the run goes on, and the page and the check say so.
    START_NEAR = "start_near"
    PERSONAL_NUMBER = "personal_number"
    SUM_DIFFERS = "sum_differs"
    AMOUNT_AS_TEXT = "amount_as_text"
    AMOUNT_APPROXIMATE = "amount_approximate"
    NAMES_ALIKE = "names_alike"
    TEXT_DIFFERS = "text_differs"
    NEGATIVE_GRANT = "negative_grant"
    PAID_MORE_THAN_GRANTED = "paid_more_than_granted"
    SHEET_NOT_READ = "sheet_not_read"
    COLUMN_NOT_USED = "column_not_used"
    HIDDEN_ROWS = "hidden_rows"
    NAME_ONLY = "name_only"
    ROW_TOO_SHORT = "row_too_short"
    DUPLICATE_ROWS = "duplicate_rows"
    GROUP_HEADING = "group_heading"
    YEAR_FROM_TITLE = "year_from_title"
    AMOUNT_IMPROBABLE = "amount_improbable"
    COUNTS_CONTRADICT = "counts_contradict"
    FORM_UNDECIDED = "form_undecided"
    FORM_EMPTY = "form_empty"
    GOAL_INCOMPLETE = "goal_incomplete"
    DECISION_UNUSED = "decision_unused"
    DECISION_TEXT_CHANGED = "decision_text_changed"
    MODEL_WEAK = "model_weak"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing found in an input: where it is, what stands there, what is allowed and what to do.

    ``file`` is a file name without its folder, ``sheet`` is empty for a text file, ``cell`` is an address such as
    ``J14`` (or a key such as ``ledger.unit`` in a settings file). ``found`` never holds a personal identity number.
    """

    file: str
    sheet: str
    cell: str
    reason: Reason
    found: str
    allowed: str
    action: str

    @property
    def place(self) -> str:
        """File, sheet and cell as one address, for example ``liggare.xlsx, blad Beslut, cell J14``."""
        parts = [self.file]
        if self.sheet:
            parts.append(f"blad {self.sheet}")
        if self.cell:
            parts.append(f"cell {self.cell}" if self.cell[:1].isupper() else self.cell)
        return ", ".join(parts)

    @property
    def order(self) -> tuple[str, str, int, str]:
        """What sorts faults as somebody who mends a file meets them: by file, sheet and row."""
        digits = "".join(c for c in self.cell if c.isdigit())
        return self.file, self.sheet, int(digits or 0), str(self)

    def __str__(self) -> str:
        sentences = [self.found, self.allowed and f"Tillåtet: {self.allowed}", self.action]
        ended = (s if s.endswith((".", "!", "?")) else f"{s}." for s in sentences if s)
        return f"{self.place}: " + " ".join(ended)


class PortfoljError(Exception):
    """An error that a user can mend. Shown as one message, without a traceback."""

    exit_code = EXIT_USER_ERROR


class InputRefused(PortfoljError):
    """An input that can't be read right. Carries every fault that was found, not only the first."""

    def __init__(self, subject: str, faults: Iterable[Fault]) -> None:
        self.subject = subject
        self.faults = tuple(faults)
        super().__init__(subject, self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        head = f"{self.subject} kan inte läsas rätt: {count} fel." if count != 1 else f"{self.subject}: 1 fel."
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])


class ParameterError(PortfoljError):
    """A parameter of a report that does not exist or holds a value that is not allowed."""


class ReconciliationError(Exception):
    """A table whose rows do not add up to the ledger: always a bug, never published."""


def cause_of(error: OSError) -> str:
    """Why the system said no, as the end of a Swedish sentence; the system's own words for what is rare."""
    name = errno.errorcode.get(error.errno or 0, "")
    return _CAUSES.get(name) or error.strerror or type(error).__name__
