"""Which files a federation's figures come from, and what stands in them. Nothing of it is read here."""

from __future__ import annotations

from portfolj.federation.setting_faults import SETTINGS_FILE
from portfolj.federation.settings import Federation
from portfolj.files import sha256_of

DECISIONS_FILE = "decisions.csv"
ADDITIONS_FILE = "codebook.toml"  # a federation's own codes and words, beside those that ship
PUBLISHED_FILE = "published.csv"
KOLADA_FILE = "kolada.json"  # answers from Kolada that the federation has recorded itself


def input_hashes(federation: Federation) -> dict[str, str]:
    """The SHA-256 of each file that a federation's figures come from, also beside the ledger, by file name."""
    beside = files_beside(federation)
    names = [SETTINGS_FILE, *federation.ledger.files, DECISIONS_FILE, ADDITIONS_FILE, PUBLISHED_FILE, *beside]
    names += [KOLADA_FILE] if federation.comparison.municipalities else []
    return {name: sha256_of(federation.folder / name) for name in names if (federation.folder / name).is_file()}


def files_beside(federation: Federation) -> list[str]:
    """The names of the files beside the ledger that the settings name, part by part."""
    rooms = (federation.followup, federation.economics, federation.documentation, federation.stakeholders)
    names = [name for room in rooms for files in room.files.values() for name in files]
    return [*names, *federation.logic.files, *federation.allocation.files]
