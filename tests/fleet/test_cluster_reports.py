"""Real reports made on a cluster, one worker killed while its kernels run: the same reports as made here."""

from __future__ import annotations

import os
import re
import shutil
import signal
from pathlib import Path

import psutil
import pytest
from cluster_processes import ROOT, Cluster, Meanwhile, small_places, wait_for
from distributed import Client

from portfolj import fleet
from portfolj.fleet import Outcome, Status
from portfolj.places import Places


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its place but the manifest, which holds the time, without the day that a page says it was made."""
    dated = re.compile(rb"\d{1,2} [a-z]+ 20\d\d")
    return {
        str(p.relative_to(folder)): dated.sub(b"", p.read_bytes()) if p.suffix == ".html" else p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name != "manifest.json"
    }


def below(process: psutil.Process) -> list[psutil.Process]:
    return process.children(recursive=True) if process.is_running() else []


def made_with_a_worker_killed(names: list[str], places: Places, cluster: Cluster) -> list[Outcome]:
    """How the run went on a cluster of two, of which one was killed while it ran a kernel. Nothing of it survives."""
    told: list[str] = []
    killed: list[psutil.Process] = []

    def tell(outcome: Outcome) -> None:
        told.append(f"{outcome.federation}: {outcome.status}, {outcome.seconds:.1f} s {outcome.message}")

    with Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        workers = [psutil.Process(pid) for pid in client.run(os.getpid).values()]

    def kill_one() -> None:
        # Its four kernels, forked from a process between or not.
        wait_for(lambda: any(len(below(worker)) >= 4 for worker in workers), "kernels", seconds=120)
        worker = next(worker for worker in workers if len(below(worker)) >= 4)
        killed.extend(below(worker))
        told.append(f"SIGKILL to the worker {worker.pid}, which had {len(killed)} processes of its own")
        os.kill(worker.pid, signal.SIGKILL)

    killing = Meanwhile(kill_one)
    outcomes = fleet.run(names, places=places, parameters={}, cluster=cluster.address, tell=tell)
    killing.ended()
    _, alive = psutil.wait_procs(killed, timeout=30)
    assert alive == []
    events = re.findall(r".*(?:Register worker|killed by|Restarting|Remove worker).*", cluster.log())
    print("\n".join(["", f"{len(names)} reports by two workers:", *told, *sorted(events)]))
    return outcomes


def test_a_worker_is_killed_midway_and_the_reports_are_those_made_here(two_workers: Cluster, tmp_path: Path) -> None:
    names = ["ett", "två"]
    places = small_places(tmp_path, names)
    here = Places(places.data, tmp_path / "here", places.notebooks)
    outcomes = made_with_a_worker_killed(names, places, two_workers)
    assert {o.federation: o.status for o in outcomes} == dict.fromkeys(names, Status.DONE), outcomes
    (alone,) = fleet.run(["ett"], places=here, parameters={})
    assert outcomes[0].folder is not None
    assert alone.folder is not None, alone.message
    assert contents(outcomes[0].folder) == contents(alone.folder)
    # What stands is recognised whoever made it: nothing is made again.
    assert fleet.run(["ett"], places=places, parameters={})[0].status is Status.UNCHANGED


@pytest.mark.harness
def test_the_demo_federations_with_their_real_notebooks_too(two_workers: Cluster, tmp_path: Path) -> None:
    names = ["finsam-urval", "rar-sormland", "ratt-insats", "spik"]
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    there = Places(tmp_path / "data", tmp_path / "there", ROOT / "notebooks")
    outcomes = made_with_a_worker_killed(names, there, two_workers)
    here = fleet.run(names, places=Places(there.data, tmp_path / "here", there.notebooks), parameters={}, jobs=2)
    for made, alone in zip(outcomes, here, strict=True):
        assert made.status is alone.status is Status.DONE, made.message or alone.message
        assert made.folder is not None
        assert alone.folder is not None
        assert contents(made.folder) == contents(alone.folder)
