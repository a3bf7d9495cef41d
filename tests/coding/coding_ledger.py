"""The RAR ledger as interventions, built here so that these tests need no other room."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

DATA = Path(__file__).parent / "data"
HEADINGS = {
    "Diarienr": "intervention_key", "Insats": "name", "Sökande": "applicant", "Målgrupp": "target_group_text",
    "Beskrivning": "description", "Mål": "goal_text",
}  # fmt: skip
FIELDS = ("name", "applicant", "target_group_text", "description", "goal_text")


def rar_interventions() -> pd.DataFrame:
    """The 56 interventions with members' money."""
    ledger = pd.read_csv(DATA / "rar_sormland_ledger.csv", dtype=str).rename(columns=HEADINGS)
    return ledger[ledger["Finansiering"] == "Finsam"].drop_duplicates("intervention_key").reset_index(drop=True)


def rar_esf_names() -> list[str]:
    """The names of its ESF-financed rows."""
    ledger = pd.read_csv(DATA / "rar_sormland_ledger.csv", dtype=str)
    return sorted(set(ledger.loc[ledger["Finansiering"] == "ESF", "Insats"]))


def rar_expected() -> pd.DataFrame:
    """The codes that each of the 56 must get, by name."""
    return pd.read_csv(DATA / "rar_sormland_expected.csv", dtype=str, keep_default_na=False).set_index("Insats")
