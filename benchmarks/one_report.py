"""How long one federation's report takes, beside the plain papermill and nbconvert commands on the same notebooks.

The two are run in turn, each from a cold process and an empty ``data/processed``, and the ratio of their medians is
printed: seconds differ between machines, the ratio much less.

    python benchmarks/one_report.py [--rounds 5] [--federation rar-sormland]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def portfolj_run(federation: str, work: Path) -> list[list[str]]:
    """The one command."""
    return [[str(BIN / "portfolj"), "run", federation, "--data", str(work / "data"), "--out", str(work / "reports")]]


def plain_commands(federation: str, work: Path) -> list[list[str]]:
    """papermill and nbconvert, one notebook after the other. They make two pages and no tables, index or manifest."""
    commands = []
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        run = work / notebook.name
        commands.append([str(BIN / "papermill"), str(notebook), str(run), "-p", "federation", federation])
        commands.append([str(BIN / "jupyter"), "nbconvert", "--to", "html", "--no-input", str(run)])
    return commands


def seconds(commands: list[list[str]], work: Path) -> float:
    """Wall seconds of the commands in sequence, started with nothing prepared."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(ROOT / "data" / "raw", work / "data" / "raw")
    environment = {**os.environ, "PORTFOLJ_DATA": str(work / "data"), "PORTFOLJ_OUT": str(work / "reports")}
    start = time.perf_counter()
    for command in commands:
        subprocess.run(command, check=True, capture_output=True, env=environment, cwd=ROOT)
    return time.perf_counter() - start


def main() -> None:
    """Runs the rounds and prints the medians and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--federation", default="rar-sormland")
    arguments = parser.parse_args()
    ours, plain = [], []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "work"
        for number in range(arguments.rounds + 1):
            times = (
                seconds(portfolj_run(arguments.federation, work), work),
                seconds(plain_commands(arguments.federation, work), work),
            )
            if number:  # the first round only warms the disk cache
                ours.append(times[0])
                plain.append(times[1])
                print(f"round {number}: portfolj run {times[0]:.2f} s, plain commands {times[1]:.2f} s")
    a, b = statistics.median(ours), statistics.median(plain)
    print(f"median of {arguments.rounds}: portfolj run {a:.2f} s, plain commands {b:.2f} s, ratio {a / b:.2f}")


if __name__ == "__main__":
    main()
