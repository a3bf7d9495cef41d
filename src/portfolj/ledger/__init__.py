"""The ledger room: files in, checked rows and interventions out."""

from __future__ import annotations

from portfolj.ledger.headings import recognise_headings
from portfolj.ledger.interventions import interventions_of
from portfolj.ledger.ledger import Ledger
from portfolj.ledger.personal_numbers import mask_personal_numbers
from portfolj.ledger.reading import read_ledger

__all__ = ["Ledger", "interventions_of", "mask_personal_numbers", "read_ledger", "recognise_headings"]
