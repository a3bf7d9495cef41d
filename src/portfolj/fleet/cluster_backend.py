"""joblib's backend for dask, with an answer for every task: also for one whose workers died, or whose cluster went away.

joblib's own backend never calls back for a task that dask gave up, so that a run would wait for ever. Here each task
ends in an outcome, and the other reports go on.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Any

from distributed.scheduler import KilledWorker
from joblib._dask import DaskDistributedBackend  # joblib's "dask" backend; it has no public name to inherit from

from portfolj.fleet.one import Task, has_report
from portfolj.fleet.outcome import Outcome, Status

if TYPE_CHECKING:
    from distributed import Client

WATCH_SECONDS = 1.0
# How long a run waits for a worker when the last one is gone: a worker's guard starts a new one within seconds.
PATIENCE_SECONDS = 120.0


class ClusterBackend(DaskDistributedBackend):
    """Sends tasks whose first argument is a ``Task``; the result of each is an ``Outcome``, come what may."""

    def __init__(self, client: Client, *, address: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
        super().__init__(client=client)
        self._address, self._patience_seconds = address, patience_seconds
        self._scheduler = client.scheduler_info()["id"]
        self._waiting: dict[object, Callable[[object], None]] = {}
        self._ended = threading.Event()

    def effective_n_jobs(self, n_jobs: int) -> int:
        """As many as the workers have threads. Never 1: joblib would then do the work in this process."""
        return max(2, super().effective_n_jobs(n_jobs))

    def start_call(self) -> None:
        """Called by joblib before the first task: collects results, and watches that somebody makes them."""
        super().start_call()
        self._ended.clear()
        threading.Thread(target=self._watch, name="cluster", daemon=True).start()

    def stop_call(self) -> None:
        """Called by joblib after the last task."""
        self._ended.set()
        super().stop_call()

    def submit(self, func: Any, callback: Callable[[object], None] | None = None) -> Future[Any]:
        """Send one task (a batch of one); ``callback`` is called once, with a list of one outcome."""
        ((_, (task, *_), _),) = func.items
        mine = object()

        def settle(result: object) -> None:
            if self._waiting.pop(mine, None) is not None and callback is not None:
                callback([self._outcome(task, result)])

        self._waiting[mine] = settle
        future = super().submit(func, lambda result: None)
        future.add_done_callback(lambda done: settle(done.exception() or done.result()))
        return future

    def _outcome(self, task: Task, result: object) -> Outcome:
        """The task's own outcome, or one that says why there is none."""
        if isinstance(result, KilledWorker):
            times = result.allowed_failures + 1
            return self._failed(
                task,
                f"Arbetaren dog {times} {'gång' if times == 1 else 'gånger'} medan rapporten gjordes, senast "
                f"{result.last_worker.address}, till exempel för att minnet tog slut. Läs arbetarens logg där.",
            )
        if isinstance(result, CancelledError):
            return self._failed(task, self._lost)
        if isinstance(result, str):
            return self._failed(task, result)
        try:
            if isinstance(result, BaseException):
                raise result
            (outcome,) = self.retrieve_result_callback(result)
        except Exception:
            # Something that make_one itself could not tell, such as a worker that can't import what it needs.
            return self._failed(task, traceback.format_exc())
        return outcome

    def _failed(self, task: Task, message: str) -> Outcome:
        earlier = has_report(task.federation, task.places)
        return Outcome(task.federation, Status.FAILED, message, has_earlier_report=earlier)

    @property
    def _lost(self) -> str:
        return (
            f"Schemaläggaren på {self._address} slutade svara innan rapporten var klar. De rapporter som är klara står "
            "kvar. Starta klustret och kör igen."
        )

    def _watch(self) -> None:
        seen = time.monotonic()
        while not self._ended.wait(WATCH_SECONDS):
            if self.client.status != "running":
                self._give_up(self._lost)
                continue
            told = self.client.scheduler_info()
            if told["id"] != self._scheduler:
                self._give_up(self._lost)
            if told["workers"]:
                seen = time.monotonic()
            elif time.monotonic() - seen > self._patience_seconds:
                self._give_up(
                    f"Klustret på {self._address} har inte haft någon arbetare på {self._patience_seconds:g} sekunder. "
                    "Starta arbetare och kör igen."
                )

    def _give_up(self, why: str) -> None:
        for settle in list(self._waiting.values()):
            settle(why)
