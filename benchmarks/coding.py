"""How fast the shipped codebook codes interventions, with evidence, on one core.

The interventions are made by recombining real ones (the development half of the coded set in ``tests/coding/data``):
names, applicants and sentences or clauses of descriptions in new company, so that nearly every text is distinct. Real
ledgers repeat their sentences too, but less: so the same is measured on texts whose every sentence is new.

    python benchmarks/coding.py [--large] [--seed 1]

``--large`` adds a million interventions (some minutes).
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import time
from pathlib import Path
from random import Random

import pandas as pd

from portfolj.coding import classify, load_codebook, set_up
from portfolj.coding.codebook import Codebook

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000)
LARGE = 1_000_000
NEW_SENTENCES = 10_000
FIELDS = ["name", "applicant", "description"]
_CLAUSE = re.compile(r"(?<=[.;])\s+|,\s+")


def real_rows() -> pd.DataFrame:
    """The odd rows of the coded set: the even ones are kept for measuring how right the coding is."""
    rows = pd.read_csv(ROOT / "tests" / "coding" / "data" / "finsam_interventions.csv", dtype=str)[["id", *FIELDS]]
    return rows[rows["id"].str[1:].astype(int) % 2 == 1].fillna("")


def recombined(rows: pd.DataFrame, size: int, random: Random) -> pd.DataFrame:
    """``size`` interventions of names, applicants and clauses of ``rows``: as many clauses as they have."""
    clauses = [part for text in rows["description"] for part in _CLAUSE.split(text) if part]
    counts = [max(len(_CLAUSE.split(text)), 2) for text in rows["description"] if text]
    names, applicants = rows["name"].tolist(), rows["applicant"].tolist()
    made = []
    for _ in range(size):
        description = ". ".join(_capital(random.choice(clauses).rstrip(".;")) for _ in range(random.choice(counts)))
        made.append((random.choice(names), random.choice(applicants), description + "."))
    return pd.DataFrame(made, columns=FIELDS)


def with_new_sentences(rows: pd.DataFrame, size: int, random: Random) -> pd.DataFrame:
    """Interventions whose words come from ``rows`` in an order of their own: no sentence comes twice."""
    runs = [text.split()[at : at + 3] for text in rows["description"] for at in range(0, len(text.split()), 3)]
    lengths = [len(text.split()) // 3 for text in rows["description"] if text]
    names, applicants = rows["name"].tolist(), rows["applicant"].tolist()
    made = []
    for _ in range(size):
        words = [word for _ in range(random.choice(lengths)) for word in random.choice(runs)]
        made.append((random.choice(names), random.choice(applicants), " ".join(words)))
    return pd.DataFrame(made, columns=FIELDS)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def measure(interventions: pd.DataFrame, codebook: Codebook) -> float:
    """Interventions coded a second."""
    start = time.process_time()
    coded = classify(interventions, codebook=codebook)
    seconds = time.process_time() - start
    assert len(coded) == len(interventions)
    return len(interventions) / seconds


def peak_megabytes() -> float:
    """The most memory that the process has used so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def main() -> None:
    """Prints the speeds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rows, random = real_rows(), Random(arguments.seed)
    speeds: dict[int, float] = {}
    for size in (*SIZES, LARGE) if arguments.large else SIZES:
        made = recombined(rows, size, random)
        distinct = made["description"].nunique() / size
        whole = made.drop_duplicates().shape[0] / size
        before = peak_megabytes()
        speeds[size] = measure(made, set_up(load_codebook()))
        print(
            f"{size:>9,} interventions: {speeds[size]:>7,.0f} rows/s; distinct {whole:.0%} of interventions, "
            f"{distinct:.0%} of descriptions; peak memory {peak_megabytes():,.0f} MB ({before:,.0f} MB before)"
        )
    first, last = speeds[SIZES[0]], list(speeds.values())[-1]
    print(f"speed at {list(speeds)[-1]:,} against {SIZES[0]:,}: {last / first:.2f}")
    new = with_new_sentences(rows[rows["description"] != ""], NEW_SENTENCES, random)
    print(
        f"{NEW_SENTENCES:>9,} interventions of sentences that never repeat: "
        f"{measure(new, set_up(load_codebook())):,.0f} rows/s"
    )


if __name__ == "__main__":
    main()
