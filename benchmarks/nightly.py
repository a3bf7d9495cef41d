"""A night's run over many federations, beside the plain papermill and nbconvert commands one after the other.

    python benchmarks/nightly.py [--federations 20] [--jobs 2] [--plain 4 | --whole] [--seed 2018]
    python benchmarks/nightly.py --sample 3          a quick look with three federations
    python benchmarks/nightly.py --scale             one run over 300 federations: what each one added costs

The federations are made up (``make_fleet.py``). In one run, on the same machine, everything starts with nothing
prepared and is measured by the clock:

- ``portfolj run --jobs 2`` over all of them, with the memory of its processes;
- the plain commands on the same notebooks, one after another: of all with ``--whole``, else of a few of each kind of
  follow-up (``--plain``), multiplied up to all of that kind, and said so;
- the cells' own time: the notebooks of all federations in one kernel that has everything imported already.

Goal: 7 times faster than the plain commands (aim 10), or within 1.3 times the cells' own time divided by the workers.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from made.folder import make_fleet
from made.nation import Plan
from one_report import BIN, ROOT, plain_commands
from own_time import seconds_of_cells
from tree_memory import PAUSE_SECONDS, Peak, run_watched

MOST = 300
STRETCHES = 5
LONG_PAUSE = 2.0  # seconds between looks at a long run's processes: a look costs, and there are many
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FASTER, AIM, OWN = 7.0, 10.0, 1.3
WARM_UP = "rar-sormland"


def environment(work: Path) -> dict[str, str]:
    """What the commands run in: data and reports under ``work``."""
    return {**os.environ, "PORTFOLJ_DATA": str(work / "data"), "PORTFOLJ_OUT": str(work / "reports")}


def cold(fleet: Path, work: Path) -> None:
    """An own copy of the federations with nothing prepared and no reports."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(fleet / "raw", work / "data" / "raw")


def can_have_jobs() -> bool:
    """Whether ``portfolj run`` has ``--jobs``."""
    told = subprocess.run([str(BIN / "portfolj"), "run", "--help"], check=True, capture_output=True, text=True)
    return "--jobs" in told.stdout


def ours(
    federations: Sequence[str],
    fleet: Path,
    work: Path,
    *,
    jobs: int,
    more: Sequence[str] = (),
    pause_seconds: float = PAUSE_SECONDS,
) -> tuple[float, Peak, str]:
    """Seconds of the one command, what its processes used, and what went wrong; empty where every report was made."""
    cold(fleet, work)
    command = [str(BIN / "portfolj"), "run", *federations, *more]
    command += ["--jobs", str(jobs)] if jobs > 1 else []
    peak = Peak(pause_seconds=pause_seconds)
    start = time.perf_counter()
    code = run_watched(command, environment=environment(work), folder=work, peak=peak)
    seconds = time.perf_counter() - start
    made = sum(any((work / "reports" / each).glob("*/index.html")) for each in federations)
    wrong = [line for line in said(work) if '"failed"' in line or '"refused"' in line or not line.startswith("{")]
    told = [f"portfolj run made {made} of {len(federations)} reports and ended with {code}:", *wrong[-30:]]
    return seconds, peak, "" if code == 0 and made == len(federations) else "\n".join(told)


def said(work: Path) -> list[str]:
    """What the run said, line by line."""
    return (work / "said.txt").read_text(encoding="utf-8", errors="replace").splitlines()


def plain(federations: Sequence[str], fleet: Path, work: Path) -> dict[str, float]:
    """Seconds of the plain commands for each federation."""
    cold(fleet, work)
    found = {}
    for federation in federations:
        start = time.perf_counter()
        for command in plain_commands(federation, work):
            subprocess.run(command, check=True, capture_output=True, env=environment(work), cwd=ROOT)
        found[federation] = time.perf_counter() - start
    return found


def multiplied_up(found: Mapping[str, float], plans: Sequence[Plan]) -> float:
    """Seconds for all, from those that were timed: each stands for as many of its kind of follow-up."""
    timed, all_of = defaultdict(list), defaultdict(int)
    for plan in plans:
        all_of[plan.follow_up] += 1
        if plan.key in found:
            timed[plan.follow_up].append(found[plan.key])
    return sum(sum(times) / len(times) * all_of[kind] for kind, times in timed.items())


def a_few(plans: Sequence[Plan], number: int) -> list[str]:
    """So many federations, at least one of each kind of follow-up, in turn of the kinds."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for plan in plans:
        by_kind[plan.follow_up].append(plan.key)
    turns = [keys[place] for place in range(len(plans)) for keys in by_kind.values() if place < len(keys)]
    return turns[: max(number, len(by_kind))]


def compare(given: argparse.Namespace, base: Path) -> None:
    """The three measurements and what they come to."""
    fleet, work = base / "fleet", base / "work"
    plans = make_fleet(fleet, federations=max(given.federations, 1), seed=given.seed)
    federations = [plan.key for plan in plans]
    shutil.copytree(ROOT / "data" / "raw" / WARM_UP, fleet / "raw" / WARM_UP)
    kinds = {kind: sum(plan.follow_up == kind for plan in plans) for kind in ("counts", "rows", "nothing")}
    print(f"{len(plans)} federations, {len(NOTEBOOKS)} notebooks each; follow-up: "
          + ", ".join(f"{number} {kind}" for kind, number in kinds.items()))  # fmt: skip
    seconds, peak, wrong = ours(federations, fleet, work, jobs=given.jobs)
    if wrong:
        sys.exit(wrong)
    print(f"portfolj run, {given.jobs} workers: {seconds:.1f} s, {seconds / len(plans):.2f} s per federation")
    print(f"memory ({peak.measure}): the whole run {peak.whole:,.0f} MB, the largest worker with what it starts "
          f"{peak.worker:,.0f} MB")  # fmt: skip
    cold(fleet, work)
    cells = seconds_of_cells(federations, NOTEBOOKS, environment=environment(work), warm_up=WARM_UP)
    own = sum(cells.values())
    share = own / given.jobs
    print(f"the cells' own time: {own:.1f} s, {share:.1f} s divided by {given.jobs} workers")
    chosen = federations if given.whole else a_few(plans, given.plain)
    timed = plain(chosen, fleet, work)
    if given.whole:
        total = sum(timed.values())
        print(f"plain commands in sequence: {total:.1f} s")
    else:
        total = multiplied_up(timed, plans)
        print(f"plain commands in sequence: {total:.1f} s, MULTIPLIED UP from {len(timed)} of {len(plans)} federations "
              f"({sum(timed.values()):.1f} s; --whole times them all)")  # fmt: skip
    faster, over = total / seconds, seconds / share
    met = [word for word, holds in ((f"{FASTER:.0f} times", faster >= FASTER), (f"{OWN} times", over <= OWN)) if holds]
    print(f"{faster:.1f} times faster than the plain commands (goal {FASTER:.0f}, aim {AIM:.0f})")
    print(f"{over:.2f} times the cells' own time divided by the workers (goal at most {OWN})")
    print(f"goal met: {' and '.join(met) or 'NO'}")


def scale(given: argparse.Namespace, base: Path) -> None:
    """What a federation added costs at the beginning, in the middle and at the end of one long run."""
    fleet, work = base / "fleet", base / "work"
    plans = make_fleet(fleet, federations=given.sample or MOST, seed=given.seed)
    kinds = {plan.key: plan.follow_up for plan in plans}
    seconds, peak, wrong = ours(
        list(kinds), fleet, work, jobs=given.jobs, more=["--log-json"], pause_seconds=LONG_PAUSE
    )
    events = [json.loads(line) for line in said(work) if line.startswith("{")]
    began = datetime.fromisoformat(next(each["time"] for each in events if each["event"] == "started"))
    done = [each for each in events if each["event"] == "report"]
    before = spent_before = 0.0
    for part in stretches(done, STRETCHES):
        ended = datetime.fromisoformat(part[-1]["time"])
        until, spent = (ended - began).total_seconds(), peak.spent_until(ended.timestamp())
        rows = sum(kinds[each["federation"]] == "rows" for each in part)
        by_clock, processor = (until - before) / len(part), (spent - spent_before) / len(part)
        print(f"{done.index(part[-1]) + 1:>4} reports after {until:>7.0f} s: {by_clock:.2f} s by the clock and "
              f"{processor:.2f} s of processor time for each of the last {len(part)}, {rows} of which have rows on "
              "persons", flush=True)  # fmt: skip
        before, spent_before = until, spent
    print(f"all {len(plans)}: {seconds:.0f} s, {seconds - before:.1f} s of it after the last report (index, overview)")
    print(f"memory ({peak.measure}): the whole run {peak.whole:,.0f} MB, the largest worker {peak.worker:,.0f} MB")
    if wrong:
        sys.exit(wrong)


def stretches(done: Sequence[dict[str, Any]], number: int) -> list[Sequence[dict[str, Any]]]:
    """What was done, in order, in so many parts of about the same length."""
    edges = [round(len(done) * n / number) for n in range(number + 1)]
    return [done[start:end] for start, end in pairwise(edges) if end > start]


def main() -> None:
    """Makes the fleet, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--federations", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--plain", type=int, default=4, help="federations that the plain commands are timed for")
    parser.add_argument("--whole", action="store_true", help="time the plain commands for all of them")
    parser.add_argument("--scale", action="store_true", help="measure one run over 300 federations, no plain commands")
    parser.add_argument("--sample", type=int, default=0, help="so many federations instead of 20, for a quick look")
    given = parser.parse_args()
    given.federations = given.sample or given.federations
    if given.jobs > 1 and not can_have_jobs():
        print("portfolj run has no --jobs here: one worker is measured")
        given.jobs = 1
    with tempfile.TemporaryDirectory() as made:
        (scale if given.scale else compare)(given, Path(made))


if __name__ == "__main__":
    main()
