"""How long it takes to read, count and protect participations, and how much memory.

    python benchmarks/follow_up.py [--participations 500000] [--interventions 300] [--seed 1]

The rows are drawn, nobody is real: interventions of very different size over fifteen years. All of Sweden in 15 years
is some 500,000 participations.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from portfolj.followup.reading import read_follow_up
from portfolj.followup.view import view_of
from portfolj.places import Places
from portfolj.portfolio import open_portfolio

ROOT = Path(__file__).parents[1]
YEARS = range(2009, 2024)
SETTINGS = """
name = "Riket"
[ledger]
files = ["liggare.csv"]
unit = "kr"
[classification]
basis = "described"
[followup]
participations = ["deltagande.csv"]
invented = true
"""
MUNICIPALITIES = ("Eskilstuna", "Katrineholm", "Flen", "Nyköping", "Strängnäs", "Vingåker", "Gnesta", "Trosa")
REFERRERS = ("Arbetsförmedlingen", "Försäkringskassan", "Region", "Socialtjänst")
BEFORE, AFTER = (
    ("arbetssökande", "övrigt", "praktik"),
    ("arbete", "studier", "arbetssökande", "övrigt", "arbete; studier"),
)
INCOME = ("försörjningsstöd", "sjukpenning", "aktivitetsstöd", "lön")


def written(folder: Path, *, participations: int, interventions: int, seed: int) -> None:
    """A federation's folder with a ledger and a file of drawn participations."""
    draw = np.random.default_rng(seed)
    names = [f"Insats {number:05}" for number in range(interventions)]
    share = draw.pareto(1.5, interventions) + 0.2
    chosen = draw.choice(interventions, participations, p=share / share.sum())
    starts = pd.Timestamp("2009-01-01") + pd.to_timedelta(draw.integers(0, 365 * len(YEARS), participations), unit="D")
    ends = starts + pd.to_timedelta(draw.integers(30, 700, participations), unit="D")
    pick = draw.choice
    pd.DataFrame(
        {
            "Deltagare": [f"D{number:07}" for number in draw.integers(0, participations, participations)],
            "Insats": np.array(names)[chosen],
            "Startdatum": starts.strftime("%Y-%m-%d"),
            "Slutdatum": ends.strftime("%Y-%m-%d"),
            "Kön": pick(["kvinna", "man"], participations),
            "Ålder": draw.integers(18, 65, participations),
            "Kommun": pick(MUNICIPALITIES, participations),
            "Remittent": pick(REFERRERS, participations),
            "Sysselsättning före": pick(BEFORE, participations),
            "Sysselsättning efter": pick(AFTER, participations, p=[0.2, 0.1, 0.4, 0.25, 0.05]),
            "Försörjning före": pick(INCOME[:3], participations),
            "Försörjning efter": pick(INCOME, participations),
        }
    ).drop_duplicates(["Deltagare", "Insats", "Startdatum"]).to_csv(folder / "deltagande.csv", index=False)
    ledger = pd.DataFrame({"Insats": names, "År": 2010, "Beviljat belopp": 1_000_000, "Beskrivning": "Coach för unga"})
    ledger.to_csv(folder / "liggare.csv", index=False)
    (folder / "federation.toml").write_text(SETTINGS, encoding="utf-8")


def peak_megabytes() -> float:
    """The most memory that the process has used so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def main() -> None:
    """Prints the seconds of each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--participations", type=int, default=500_000)
    parser.add_argument("--interventions", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        data = Path(made)
        folder = data / "raw" / "riket"
        folder.mkdir(parents=True)
        written(folder, participations=given.participations, interventions=given.interventions, seed=given.seed)
        places = Places(data=data, out=data / "out", notebooks=ROOT / "notebooks")
        portfolio = open_portfolio("riket", places=places)
        start = time.process_time()
        rows = read_follow_up(portfolio.federation, key=None)
        read = time.process_time()
        print(f"read {len(rows.participations):,} participations: {read - start:.1f} s, {peak_megabytes():,.0f} MB")
        view = view_of(portfolio, rows)
        done = time.process_time()
        print(
            f"counted and protected {len(view.shown) + len(view.hidden):,} counts, {len(view.hidden):,} hidden: "
            f"{done - read:.1f} s, {peak_megabytes():,.0f} MB"
        )


if __name__ == "__main__":
    main()
