"""joblib's backend for dask, with an answer for every task, also where its workers died or the cluster went away.

joblib's own backend never calls back for a task that dask gave up, so that a run would wait for ever. Here each task
ends in a result, and the others go on.
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

if TYPE_CHECKING:
    from distributed import Client

WATCH_SECONDS = 1.0
# How long a run waits for a worker when the last one is gone: a worker's guard starts a new one within seconds.
PATIENCE_SECONDS = 120.0


class ClusterBackend(DaskDistributedBackend):
    """Has each call made by a worker. ``instead(message, *arguments)`` is the result of a call that none could make.

    ``message`` says why, to people. ``address`` is how they know the cluster.
    """

    def __init__(self, client: Client, *, address: str, instead: Callable[..., object]) -> None:
        super().__init__(client=client)
        self._address, self._instead = address, instead
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
        """Send one call (a batch of one); ``callback`` is called once, with a list of one result."""
        ((_, arguments, _),) = func.items
        mine = object()

        def settle(answer: object) -> None:
            if self._waiting.pop(mine, None) is not None and callback is not None:
                callback([self._result(arguments, answer)])

        self._waiting[mine] = settle
        future = super().submit(func, lambda answer: None)
        future.add_done_callback(lambda done: settle(done.exception() or done.result()))
        return future

    def _result(self, arguments: tuple[object, ...], answer: object) -> object:
        """What the call gave, or what stands instead of it: ``answer`` may be why there is nothing."""
        if isinstance(answer, KilledWorker):
            times = answer.allowed_failures + 1
            why = (
                f"Arbetaren dog {times} {'gång' if times == 1 else 'gånger'} medan rapporten gjordes eller stod på tur "
                f"där, senast {answer.last_worker.address}, till exempel för att minnet tog slut. Läs arbetarens logg."
            )
            return self._instead(why, *arguments)
        if isinstance(answer, CancelledError):
            return self._instead(self._lost, *arguments)
        if isinstance(answer, str):
            return self._instead(answer, *arguments)
        try:
            if isinstance(answer, BaseException):
                raise answer
            (result,) = self.retrieve_result_callback(answer)
        except Exception:
            # What the call itself could not tell of, such as a worker that can't import what it needs.
            return self._instead(traceback.format_exc(), *arguments)
        return result

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
            if told.get("id") != self._scheduler:  # another one, or none: what it told before it went is gone
                self._give_up(self._lost)
            if told.get("workers"):
                seen = time.monotonic()
            elif time.monotonic() - seen > PATIENCE_SECONDS:
                self._give_up(
                    f"Klustret på {self._address} har inte haft någon arbetare på {PATIENCE_SECONDS:g} sekunder. "
                    "Starta arbetare och kör igen."
                )

    def _give_up(self, why: str) -> None:
        for settle in list(self._waiting.values()):
            settle(why)
