"""Makes the person rows of the demo federations anew: ``python demo/make.py``. With ``--out`` elsewhere.

Nothing here is about a real person. Published evaluations print sums; these rows are drawn, with fixed seeds, so that
every printed sum holds. A figure that does not hold stops it before anything is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import margins
import ratt_insats
import spik_people
import spik_ratings
import told
from written import write_csv, write_workbook

RAW = Path(__file__).parents[1] / "data" / "raw"
PRINTED = "tryckt_uppfoljning.csv"


def make(out: Path) -> list[str]:
    """Writes the files under ``out``; what is wrong, one line each, in which case nothing is written."""
    participants = spik_people.spik_people()
    people, ratings = [one.row for one in participants], spik_ratings.spik_ratings(participants)
    outcomes = {"to_work": spik_people.WORK, "to_study": spik_people.STUDY, "to_training": spik_people.TRAINING}
    counted = margins.spik_counts(people, ratings, items=spik_ratings.ITEMS, bands=spik_people.AGES, outcomes=outcomes)
    wrong = margins.departures(RAW / "spik" / PRINTED, counted) + told.spik(participants, ratings)
    listed, states = ratt_insats.ratt_insats()
    counted = margins.ratt_insats_counts(listed, states, favourable=list(ratt_insats.SELF_SUFFICIENT))
    wrong += margins.departures(RAW / "ratt-insats" / PRINTED, counted) + told.ratt_insats(listed)
    if wrong:
        return wrong
    spik, ratt = out / "spik", out / "ratt-insats"
    for folder in (spik, ratt):
        folder.mkdir(parents=True, exist_ok=True)
    write_workbook(spik / "deltagande.xlsx", people, sheet="Deltagare", title="Deltagarlista SPiK")
    write_csv(spik / "skattningar.csv", ratings, delimiter=";", encoding="utf-8-sig")
    write_csv(ratt / "deltagande.csv", listed, delimiter=";", encoding="cp1252")
    write_csv(ratt / "lagen.csv", states)
    return []


def main() -> int:
    """0 when every printed sum holds and the files are written, otherwise 1."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("--out", type=Path, default=RAW, help="folder with a folder per federation")
    wrong = make(arguments.parse_args().out)
    print("\n".join(wrong) or "Every printed sum holds.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
