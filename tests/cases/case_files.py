"""The files of the demo federations, opened with pandas alone: these tests ask the rows, not the package."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
SPIK, RATT_INSATS, RAR = RAW / "spik", RAW / "ratt-insats", RAW / "rar-sormland"
DAYS_PER_MONTH = 365.25 / 12
ITEMS = 10


def spik_people() -> pd.DataFrame:
    """One row per participation; the headings stand on the third line."""
    return pd.read_excel(SPIK / "deltagande.xlsx", header=2, engine="openpyxl").set_index("Deltagare")


def spik_ratings() -> pd.DataFrame:
    """One row per person and occasion with an answer, in order of date; the questions are the last ten columns."""
    ratings = pd.read_csv(SPIK / "skattningar.csv", sep=";", encoding="utf-8-sig", parse_dates=["Datum"])
    answered = ratings.dropna(subset=ratings.columns[-ITEMS:], how="all")
    return answered.sort_values(["Deltagare", "Datum"])


def spik_changes() -> pd.Series:
    """Person -> last mean minus first over the questions answered both times; only those rated on two days or more."""
    ratings = spik_ratings()
    questions = ratings.columns[-ITEMS:]
    people = ratings.groupby("Deltagare")
    first, last = people.nth(0).set_index("Deltagare")[questions], people.nth(-1).set_index("Deltagare")[questions]
    twice = people.size()[lambda n: n > 1].index
    return (last - first).loc[twice].mean(axis="columns").round(9)


def ratt_insats_people() -> pd.DataFrame:
    """One row per participation."""
    dates = ["Startdatum", "Slutdatum"]
    people = pd.read_csv(RATT_INSATS / "deltagande.csv", sep=";", encoding="cp1252", parse_dates=dates)
    return people.set_index("Deltagare")


def ratt_insats_states() -> pd.DataFrame:
    """One row per person, one column per point in time."""
    states = pd.read_csv(RATT_INSATS / "lagen.csv")
    return states.pivot(index="Deltagare", columns="Tidpunkt", values="Läge")


def printed(folder: Path) -> pd.DataFrame:
    """The figures printed by others, empty cells as empty text."""
    return pd.read_csv(folder / "tryckt_uppfoljning.csv", dtype=str, keep_default_na=False).astype({"Värde": float})
