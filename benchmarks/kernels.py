"""What a further kernel costs, and a further report, with forked and with fresh kernels, in processor time.

Processor time, of this process and of all that it started, is what is left when the clock is shared with others. Each
way runs in a process of its own; what it costs to warm up is in the first kernel and the first report, not in the
further ones. The ratios are what to look at.

    python benchmarks/kernels.py [--further 5] [--federation rar-sormland]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
FORK_VARIABLE = "PORTFOLJ_FORK"


def processor_seconds() -> float:
    """Of this process and of every process below it. The kernels' are counted once they have all ended."""
    from portfolj.report.forked import end_fork_servers

    end_fork_servers()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def first_and_further(do: Callable[[], None], *, further: int) -> tuple[float, float]:
    """Processor seconds of doing it once from the start, and of doing it once more after that."""
    costs = []
    for times in (1, 1, 1 + further):  # the first fills this process' own caches and is not counted
        before = processor_seconds()
        for _ in range(times):
            do()
        costs.append(processor_seconds() - before)
    return costs[1], (costs[2] - costs[1]) / further


def a_kernel(work: Path) -> None:
    """A kernel that imports what every notebook imports."""
    import nbformat
    from nbformat import v4

    from portfolj.report.execute import execute

    notebook = work / "n.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("from portfolj import exhibits")]), notebook)
    execute(notebook, parameters={}, out=work / "as-run.ipynb", environment={})


def a_report(work: Path, federation: str) -> None:
    """A report with nothing prepared."""
    from portfolj.places import Places
    from portfolj.report.build import build_report

    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(ROOT / "data" / "raw", work / "data" / "raw")
    places = Places(data=work / "data", out=work / "out", notebooks=ROOT / "notebooks")
    build_report(federation, places=places, parameters={})


def measure(*, further: int, federation: str) -> dict[str, tuple[float, float]]:
    """First and further cost of a kernel and of a report, in this process' way."""
    from portfolj.report.execute import quicken_imports

    quicken_imports()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        kernel = first_and_further(lambda: a_kernel(work), further=further)
        report = first_and_further(lambda: a_report(work / "report", federation), further=further)
    return {"kernel": kernel, "report": report}


def main() -> None:
    """Measures both ways and prints the figures and their ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--further", type=int, default=5)
    parser.add_argument("--federation", default="rar-sormland")
    parser.add_argument("--one-way", action="store_true", help="measure as the environment says and print JSON")
    arguments = parser.parse_args()
    if arguments.one_way:
        print(json.dumps(measure(further=arguments.further, federation=arguments.federation)))
        return
    ways = {}
    for name, value in (("forked", "1"), ("fresh", "0")):
        done = subprocess.run(
            [sys.executable, __file__, "--one-way", "--further", str(arguments.further),
             "--federation", arguments.federation],
            env={**os.environ, FORK_VARIABLE: value}, check=True, capture_output=True, text=True,
        )  # fmt: skip
        ways[name] = json.loads(done.stdout)
    for what in ("kernel", "report"):
        for position, which in enumerate(("first", "further")):
            forked, fresh = (ways[name][what][position] for name in ("forked", "fresh"))
            print(
                f"{which} {what}: forked {forked:.2f} s, fresh {fresh:.2f} s of processor time, {fresh / forked:.1f} x"
            )


if __name__ == "__main__":
    main()
