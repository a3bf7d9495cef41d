"""A real scheduler and real workers on this machine, and what a test asks them to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import nbformat
import psutil
from distributed import Client

from portfolj.fleet import Outcome, Status
from portfolj.fleet.one import Task
from portfolj.places import Places
from portfolj.report.pages import PAGES

ROOT = Path(__file__).parents[2]
LEDGER = "Dnr;Insats;Målgrupp;År;Finansiering;Beviljat belopp\n1;Coachning;Unga;2019;Finsam;{amount}\n"
SETTINGS = 'name = "{name}"\n[ledger]\nfiles = ["liggare.csv"]\nunit = "kr"\n'


@dataclass
class Cluster:
    """A scheduler, by its address and the file that it wrote, and its processes."""

    address: str
    file: Path
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_workers(self, count: int, *extra: str, **environment: str) -> None:
        """Start workers with one thread each, and wait until the scheduler knows them."""
        with Client(self.address, set_as_default=False) as client:
            known = len(client.scheduler_info()["workers"])
            for number in range(known, known + count):
                name = f"arbetare-{number}"
                self.processes.append(
                    started(
                        "worker", self.address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1",
                        "--name", name, "--memory-limit", "0", "--local-directory", str(self.folder / name), *extra,
                        log=self.folder / f"{name}.log", **environment,
                    )
                )  # fmt: skip
            client.wait_for_workers(known + count, timeout=60)

    def log(self) -> str:
        """What the scheduler and its workers wrote."""
        return "".join(f"--- {path.name}\n{path.read_text(errors='replace')}" for path in self.folder.glob("*.log"))


def started(*words: str, log: Path, **environment: str) -> subprocess.Popen[bytes]:
    """``dask WORDS`` with this package and these tests in its path."""
    path = os.pathsep.join([str(ROOT / "src"), str(Path(__file__).parent)])
    with log.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            env={**os.environ, "PYTHONPATH": path, **environment},
            stdout=file,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def cluster_in(folder: Path, *, workers: int, allowed_failures: int = 1, protocol: str = "tcp") -> Iterator[Cluster]:
    """A scheduler with workers behind guards (nannies), which start a new worker for one that died.

    A task is given up when more than ``allowed_failures`` workers died of it.
    """
    file = folder / "scheduler.json"
    scheduler = started(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address", "127.0.0.1:0",
        "--scheduler-file", str(file), "--protocol", protocol,
        log=folder / "scheduler.log", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=str(allowed_failures),
    )  # fmt: skip
    cluster = Cluster("", file, folder, [scheduler])
    try:
        wait_for(lambda: file.is_file() and file.read_text().endswith("}"), "the scheduler's file")
        cluster.address = json.loads(file.read_text())["address"]
        if workers:
            cluster.start_workers(workers)
        yield cluster
    finally:
        for process in reversed(cluster.processes):
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and those that it started."""
    if process.poll() is None:
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        for child in children:
            with suppress(psutil.NoSuchProcess):
                child.kill()
        psutil.wait_procs(children, timeout=30)
    process.wait(timeout=30)


def wait_for(condition: Callable[[], bool], what: str, *, seconds: float = 60) -> None:
    """Wait until the condition holds; fail with ``what`` where it does not within the time."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, f"waited {seconds:g} s in vain for {what}"
        sleep(0.02)


class Meanwhile(threading.Thread):
    """Does something in a thread while the cluster works, and fails the test where that fails."""

    def __init__(self, do: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._do = do
        self._error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._do()
        except BaseException as error:
            self._error = error

    def ended(self) -> None:
        self.join(timeout=60)
        assert not self.is_alive()
        if self._error is not None:
            raise self._error


def small_places(folder: Path, federations: list[str]) -> Places:
    """Federations with a ledger of one row each, and notebooks that only take their parameters."""
    for number, federation in enumerate(federations, start=1):
        raw = folder / "data" / "raw" / federation
        raw.mkdir(parents=True)
        (raw / "liggare.csv").write_text(LEDGER.format(amount=1000 * number), encoding="utf-8")
        (raw / "federation.toml").write_text(SETTINGS.format(name=f"Förbund {number}"), encoding="utf-8")
    (folder / "notebooks").mkdir(parents=True)
    for page in PAGES:
        notebook = nbformat.read(ROOT / "notebooks" / page.notebook, as_version=4)
        notebook.cells = [
            cell
            for cell in notebook.cells
            if cell.cell_type == "markdown" or "parameters" in cell.metadata.get("tags", [])
        ]
        nbformat.write(notebook, folder / "notebooks" / page.notebook)
    return Places(folder / "data", folder / "reports", folder / "notebooks")


def places_of_nobody(folder: Path) -> Places:
    """Folders for the stand-in below, which reads nothing."""
    return small_places(folder, [])


# What workers are asked to do in place of a report. The federation's name says how it goes.


def stand_in(task: Task) -> Outcome:
    """Say which process has begun. Wait where the name is ``väntar…``, die where it is ``dör…``."""
    begun = task.places.out / "begun"
    begun.mkdir(parents=True, exist_ok=True)
    (begun / f"{task.federation}.{os.getpid()}").touch()
    if task.federation.startswith("dör"):
        os.kill(os.getpid(), 9)
    if task.federation.startswith("väntar"):
        wait_for((task.places.out / "go on").exists, "the word to go on", seconds=120)
    if task.federation.startswith("felar"):
        raise RuntimeError("nothing that make_one would raise")
    return Outcome(task.federation, Status.DONE)


def begun(places: Places, federation: str = "*") -> list[int]:
    """The processes that began with the federation."""
    return [int(path.name.rpartition(".")[2]) for path in (places.out / "begun").glob(f"{federation}.*")]
