"""How long a very large ledger takes from Parquet to the portfolio's tables, beside a bare read and group-by in pandas.

    python benchmarks/ten_million.py [--rows 10000000] [--rounds 3] [--folder FOLDER] [--seed 2018]

The ledger is drawn: the interventions of Sweden's federations in 2018, coded by the codebook, each with entries of 15
years, of four kinds of money, granted, paid and returned. It lies as ``data/processed/<federation>/rows.parquet``,
which is where a ledger is from the second run on; it is made once in FOLDER, or in a temporary folder.

Ours is ``open_portfolio`` and the four tables of a report (owner, target group, orientation, year), with all that is
reconciled on the way, each time in a new process with nothing remembered. The bare way is what an analyst would write
in pandas to get the same four tables, whose numbers are compared with ours to the öre.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from made.folder import make_fleet

from portfolj.federation import load_federation
from portfolj.places import Places
from portfolj.portfolio import open_portfolio, tables
from portfolj.prepare import prepare

ROOT = Path(__file__).parents[1]
NAME = "riket"
FIRST, LAST = 2004, 2018
SETTINGS = """
name = "Riket"
period = "2009-2018"
[ledger]
files = ["liggare.csv"]
unit = "kr"
[classification]
basis = "described"
"""
COLUMNS = ["intervention_key", "year", "amount_sek", "entry_type", "financing"]
BLOCK = 500_000
MOST_MEGABYTES = 4_096


def places_in(folder: Path) -> Places:
    """Where the federation lies under ``folder``."""
    return Places(data=folder, out=folder / "out", notebooks=ROOT / "notebooks")


def make(folder: Path, *, rows: int, seed: int, federations: int = 83) -> None:
    """Makes the federation, and its entries as Parquet, unless they are there already."""
    made = folder / f"made-{rows}-{seed}"
    if made.exists():
        return
    whole = folder / "raw" / NAME
    whole.mkdir(parents=True, exist_ok=True)
    (whole / "federation.toml").write_text(SETTINGS, encoding="utf-8")
    interventions(folder / "fleet", seed=seed, federations=federations).to_csv(whole / "liggare.csv", index=False)
    prepared = prepare(load_federation(whole), places=places_in(folder))
    write_entries(prepared.rows, places_in(folder).processed(NAME) / "rows.parquet", rows=rows, seed=seed)
    made.touch()


def interventions(folder: Path, *, seed: int, federations: int) -> pd.DataFrame:
    """A ledger with the interventions of a whole fleet, a row each."""
    plans = make_fleet(folder, federations=federations, seed=seed)
    found = []
    for plan in plans:
        portfolio = open_portfolio(plan.key, places=places_in(folder))
        own = portfolio.interventions[["name", "applicant", "target_group_text", "description", "goal_text"]]
        found.append(own.assign(name=own["name"] + f" {plan.place}"))
    one = pd.concat(found, ignore_index=True)
    one.columns = ["Insats", "Sökande", "Målgrupp", "Beskrivning", "Mål"]
    return one.assign(År=LAST, **{"Beviljat belopp": 1000})


def write_entries(read: pd.DataFrame, path: Path, *, rows: int, seed: int) -> None:
    """So many entries as Parquet, a block at a time so that it takes little memory."""
    draw = np.random.default_rng(seed)
    schema = pa.Schema.from_pandas(entries(read, rows=10, draw=draw), preserve_index=False)
    with pq.ParquetWriter(path, schema) as writer:
        for first in range(0, rows, BLOCK):
            block = entries(read, rows=min(BLOCK, rows - first), draw=draw)
            writer.write_table(pa.Table.from_pandas(block, schema=schema, preserve_index=False))


def entries(read: pd.DataFrame, *, rows: int, draw: np.random.Generator) -> pd.DataFrame:
    """So many entries of the interventions that were read, with all the columns that a ledger's entries have."""
    which = draw.integers(0, len(read), rows)
    year = pd.array(draw.integers(FIRST, LAST + 1, rows), dtype="Int64")
    year[draw.random(rows) < 0.01] = pd.NA
    amount = np.round(draw.lognormal(9, 1.2, rows), 2)
    amount[draw.random(rows) < 0.02] = np.nan
    kinds = draw.choice(np.array(["granted", "paid", "returned"], dtype=object), rows, p=[0.6, 0.35, 0.05])
    money = draw.choice(np.array(["Finsam", "ESF", "EU", "other"], dtype=object), rows, p=[0.9, 0.06, 0.01, 0.03])
    drawn = {"year": year, "amount_sek": amount, "entry_type": pd.array(kinds, dtype="str"),
             "financing": pd.array(money, dtype="str")}  # fmt: skip
    return read.iloc[which].reset_index(drop=True).assign(**drawn)


def ours(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables as a report has them, money in öre."""
    portfolio = open_portfolio(NAME, places=places_in(folder))
    owner, orientation, year = tables.owner(portfolio), tables.orientation(portfolio), tables.year(portfolio)
    groups = tables.target_group(portfolio)
    return {
        "owner": _told(owner["owner"], owner["count"], owner["granted_sek"]),
        "orientation": _told(orientation["orientation"], orientation["count"], orientation["granted_sek"]),
        "target_group": _told(groups["target_group"], groups["count_overlapping"], groups["granted_overlapping_sek"]),
        "year": _told(_named(year), year["count"], year["granted_sek"]),
    }


def bare(folder: Path) -> dict[str, pd.DataFrame]:
    """The same tables by a plain read and group-by. The codes, settled by the basis, are taken as they are."""
    coded = pd.read_parquet(folder / "settled.parquet")
    frame = pd.read_parquet(places_in(folder).processed(NAME) / "rows.parquet", columns=COLUMNS)
    granted = frame[frame["entry_type"] == "granted"]
    inside = granted[granted["year"].between(2009, 2018) | granted["year"].isna()]
    by_year = inside.groupby(["year", "financing"], dropna=False).agg(
        count=("intervention_key", "nunique"), granted_sek=("amount_sek", "sum")
    )
    dated = inside[inside["year"].notna() & (inside["financing"] == "Finsam")]
    money = dated.groupby("intervention_key")["amount_sek"].sum().rename("granted_sek")
    own = coded.merge(money, on="intervention_key")
    split = own.assign(target_group=own["target_groups"].str.split(";")).explode("target_group")
    by_year = by_year.reset_index()
    found = {"year": _told(_named(by_year), by_year["count"], by_year["granted_sek"])}
    for name, rows in (("owner", own), ("orientation", own), ("target_group", split)):
        table = rows.groupby(name)["granted_sek"].agg(["size", "sum"]).reset_index()
        found[name] = _told(table[name], table["size"], table["sum"])
    return found


def _named(by_year: pd.DataFrame) -> pd.Series:
    return by_year["year"].fillna(0).astype("str") + " " + by_year["financing"]


def _told(what: pd.Series, count: pd.Series, sek: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame({"what": what.astype("str"), "count": count, "ore": (sek.fillna(0) * 100).round()})
    frame = frame.astype({"count": "int64", "ore": "int64"})
    return frame[frame["count"] > 0].sort_values("what").reset_index(drop=True)


def measure(way: str, folder: Path) -> None:
    """One way, timed in this process; seconds, processor seconds and peak memory as JSON, and the tables as files."""
    start, busy = time.perf_counter(), time.process_time()
    found = (ours if way == "ours" else bare)(folder)
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    for name, table in found.items():
        table.to_csv(folder / f"{way}-{name}.csv", index=False)
    print(json.dumps([seconds, processor, peak_megabytes()]))


def peak_megabytes() -> float:
    """The most memory that this process has used, by itself: Linux counts in a parent's before the program started."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def run(way: str, folder: Path) -> tuple[float, float, float]:
    """One way in a process of its own: seconds, processor seconds, megabytes."""
    command = [sys.executable, __file__, "--measure", way, "--folder", str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, processor, peak = json.loads(told.strip().splitlines()[-1])
    return seconds, processor, peak


def main() -> None:
    """Makes the ledger, runs both ways in turn and prints the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--folder", type=Path, help="where the ledger is made once and kept")
    parser.add_argument("--measure", choices=["ours", "bare"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure, given.folder)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        make(folder, rows=given.rows, seed=given.seed)
        keep_settled(folder)
        times: dict[str, list[tuple[float, float, float]]] = {"ours": [], "bare": []}
        for _ in range(given.rounds):
            for way, found in times.items():
                found.append(run(way, folder))
        same = all(
            (folder / f"ours-{name}.csv").read_bytes() == (folder / f"bare-{name}.csv").read_bytes()
            for name in ("owner", "target_group", "orientation", "year")
        )
    medians = {way: [statistics.median(column) for column in zip(*found, strict=True)] for way, found in times.items()}
    for way, (seconds, processor, peak) in medians.items():
        print(f"{way}: {seconds:.2f} s, {processor:.2f} s of processor time, peak {peak:,.0f} MB")
    clock, busy = (medians["ours"][n] / medians["bare"][n] for n in (0, 1))
    print(
        f"{given.rows:,} rows: {clock:.2f} times the bare time, {busy:.2f} times its processor time (goal: 2 at most)"
    )
    print(f"peak memory {medians['ours'][2]:,.0f} MB (goal: under {MOST_MEGABYTES:,})")
    print("the tables are the same to the öre" if same else "THE TABLES DIFFER")
    if not same:
        sys.exit(1)


def keep_settled(folder: Path) -> None:
    """The codes as the federation counts them, for the bare way, which gets them for nothing."""
    portfolio = open_portfolio(NAME, places=places_in(folder))
    settled = pd.concat([portfolio.interventions, portfolio.undated, portfolio.external])
    columns = ["intervention_key", "owner", "target_groups", "orientation"]
    settled.drop_duplicates("intervention_key")[columns].to_parquet(folder / "settled.parquet")


if __name__ == "__main__":
    main()
