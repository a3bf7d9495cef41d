"""Reports made on a cluster: a real scheduler and two workers on this machine, one of them killed midway."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import joblib
import psutil
import pytest
from cluster_processes import Cluster, begun, cluster_in, small_places, stand_in, wait_for

from portfolj.errors import PortfoljError
from portfolj.fleet import Outcome, Status, cluster, exit_code
from portfolj.fleet.cluster import cluster_backend
from portfolj.fleet.many import make_many
from portfolj.fleet.one import Task, make_one
from portfolj.places import Places


@pytest.fixture(scope="session")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster_in(tmp_path_factory.mktemp("cluster"), workers=2) as running:
        yield running


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return small_places(tmp_path, [])


def made(
    federations: list[str],
    places: Places,
    address: str,
    *,
    tell: Callable[[Outcome], None] = lambda outcome: None,
    patience_seconds: float = 60,
) -> dict[str, Outcome]:
    """How the stand-in went for each federation, made by the cluster."""
    with cluster_backend(address, places=places, federations=[]) as backend:
        backend._patience_seconds = patience_seconds
        outcomes = {}
        with joblib.parallel_config(backend=backend):
            parallel = joblib.Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="all")
            for outcome in parallel(joblib.delayed(stand_in)(Task(name, places)) for name in federations):
                tell(outcome)
                outcomes[outcome.federation] = outcome
    return outcomes


class Meanwhile(threading.Thread):
    """Does something in a thread while the cluster works, and fails the test where that fails."""

    def __init__(self, do: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._do, self._error = do, None
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


def test_the_work_is_done_by_the_workers_and_told_as_it_is_done(two_workers: Cluster, places: Places) -> None:
    told: list[str] = []
    names = [f"ett-{number}" for number in range(6)]
    outcomes = made(names, places, two_workers.address, tell=lambda outcome: told.append(outcome.federation))
    assert {outcome.status for outcome in outcomes.values()} == {Status.DONE}
    assert sorted(told) == names
    assert os.getpid() not in begun(places)
    assert len(begun(places)) == 6


def test_one_worker_is_enough(tmp_path: Path) -> None:
    # joblib does the work in its own process where it is told of one thread only.
    places = small_places(tmp_path / "places", [])
    with cluster_in(tmp_path, workers=1) as running:
        made(["ett"], places, str(running.file))
        (pid,) = begun(places)
    assert pid != os.getpid()


def test_a_killed_workers_report_is_made_by_another(two_workers: Cluster, places: Places) -> None:
    def kill() -> None:
        wait_for(lambda: len(begun(places, "väntar-*")) == 2, "both workers to begin")
        os.kill(begun(places, "väntar-1")[0], signal.SIGKILL)
        (places.out / "go on").touch()

    killing = Meanwhile(kill)
    outcomes = made(["väntar-1", "väntar-2", "ett"], places, two_workers.address)
    killing.ended()
    assert {name: outcome.status for name, outcome in outcomes.items()} == dict.fromkeys(outcomes, Status.DONE)
    assert len(set(begun(places, "väntar-1"))) == 2  # once in vain
    assert len(begun(places, "väntar-2")) == 1


def test_a_report_that_its_workers_die_of_has_failed_and_the_others_go_on(
    two_workers: Cluster, places: Places
) -> None:
    outcomes = made(["dör", "ett", "två", "felar"], places, two_workers.address)
    assert {name: outcome.status for name, outcome in outcomes.items()} == {
        "dör": Status.FAILED, "ett": Status.DONE, "två": Status.DONE, "felar": Status.FAILED,
    }  # fmt: skip
    assert "Arbetaren dog 2 gånger" in outcomes["dör"].message
    assert "tcp://127.0.0.1" in outcomes["dör"].message
    assert "nothing that make_one would raise" in outcomes["felar"].message


def test_a_scheduler_that_goes_away_is_told_and_what_is_done_stands(tmp_path: Path) -> None:
    places = small_places(tmp_path / "places", [])
    done: list[str] = []
    with cluster_in(tmp_path, workers=1) as running:

        def kill() -> None:
            wait_for(lambda: done == ["ett"] and bool(begun(places, "väntar")), "the second report")
            running.processes[0].kill()

        killing = Meanwhile(kill)
        outcomes = made(
            ["ett", "väntar", "sen"], places, running.address, tell=lambda outcome: done.append(outcome.federation)
        )
        killing.ended()
        (places.out / "go on").touch()
    assert {name: outcome.status for name, outcome in outcomes.items()} == {
        "ett": Status.DONE, "väntar": Status.FAILED, "sen": Status.FAILED,
    }  # fmt: skip
    assert outcomes["väntar"].message == outcomes["sen"].message
    assert "slutade svara" in outcomes["sen"].message
    assert exit_code(list(outcomes.values())) == 1


def test_a_cluster_whose_last_worker_is_gone_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    places = small_places(tmp_path / "places", [])
    with cluster_in(tmp_path, workers=0) as running:
        running.start_workers(1, "--no-nanny")
        outcomes = made(["dör"], places, running.address, patience_seconds=0.5)
    assert outcomes["dör"].status is Status.FAILED
    assert "inte haft någon arbetare" in outcomes["dör"].message
