"""The ledger room: files in, checked rows and interventions out."""

from __future__ import annotations

from portfolj.ledger.checking import CheckResult, check, check_file, check_report
from portfolj.ledger.entry_sums import SUMMED_BY, read_columns_of, summed
from portfolj.ledger.headings import recognise_headings
from portfolj.ledger.interventions import interventions_of
from portfolj.ledger.ledger import Ledger
from portfolj.ledger.personal_numbers import mask_personal_numbers
from portfolj.ledger.reading import read_ledger
from portfolj.ledger.tables import is_plain_utf8, read_table, write_faults, write_sheets, write_table

__all__ = [
    "SUMMED_BY",
    "CheckResult",
    "Ledger",
    "check",
    "check_file",
    "check_report",
    "interventions_of",
    "is_plain_utf8",
    "mask_personal_numbers",
    "read_columns_of",
    "read_ledger",
    "read_table",
    "recognise_headings",
    "summed",
    "write_faults",
    "write_sheets",
    "write_table",
]
