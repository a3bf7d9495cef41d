"""Workers that are free, for as many threads as ask: started when one is needed, let go when one has died."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from portfolj.fleet.worker import Worker, WorkerDied


class Workers:
    """Free workers, and those that are at work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: list[Worker] = []
        self._all: list[Worker] = []
        self._closed = False

    def ask(self, function: Callable[[Any], Any], argument: Any) -> Any:
        """What ``function(argument)`` gives in a free worker. Raises what ``Worker.ask`` does."""
        worker = self._take()
        try:
            answer = worker.ask(function, argument)
        except WorkerDied:
            self._let_go(worker)
            raise
        except BaseException:
            self._give_back(worker)
            raise
        self._give_back(worker)
        return answer

    def close(self) -> None:
        """End all of them, at work or not, and wait until none is left. None is started after that."""
        with self._lock:
            self._closed = True
            workers, self._all, self._free = self._all, [], []
        for worker in workers:
            worker.ask_to_end()
        for worker in workers:
            worker.close()

    def _take(self) -> Worker:
        with self._lock:
            if self._closed:
                raise WorkerDied("Körningen avbröts innan rapporten gjordes.")
            if self._free:
                return self._free.pop()
            worker = Worker()
            self._all.append(worker)
            return worker

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if not self._closed:
                self._free.append(worker)

    def _let_go(self, worker: Worker) -> None:
        with self._lock:
            mine = worker in self._all
            if mine:
                self._all.remove(worker)
        if mine:
            worker.close()
