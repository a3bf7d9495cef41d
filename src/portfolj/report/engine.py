"""The engine of papermill that runs a notebook's cells in a fresh kernel."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from portfolj.report.kernel import Kernel, Stop, end_kernel, quiet, start_kernel

ENGINE_NAME = "portfolj"
START_SECONDS = 120
OUTPUT_SECONDS = 60  # nbclient's own 4, for the last output of a cell that is done, are too few on a busy machine
logging.getLogger("papermill").setLevel(logging.ERROR)  # it warns of parameters that report.parameters has checked


@dataclass
class Attempt:
    """One try at running a notebook: how to stop it, a kernel to use, and the notebook as far as it came."""

    stop: Stop
    kernel: Kernel | None = None
    node: Any = None

    @property
    def failed_cell_number(self) -> int:
        """Number (from 1) of the cell that did not end well; 0 where none had begun."""
        return next((n for n, cell in enumerate(self.cells, start=1) if cell.metadata.papermill.status == "failed"), 0)

    @property
    def cells(self) -> list[Any]:
        """The notebook's own cells. papermill adds a banner to a failed notebook; it is left out."""
        return [cell for cell in self.node.cells if "papermill" in cell.metadata] if self.node is not None else []


class FreshKernelEngine(Engine):
    """Runs the cells in a kernel of their own and ends it whatever happens."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        folder: Path,
        environment: Mapping[str, str],
        timeout_seconds: float,
        attempt: Attempt,
        **_: object,
    ) -> None:
        attempt.node = nb_man.nb
        if sys.platform == "win32":
            import asyncio

            asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
        deadline = time.monotonic() + timeout_seconds
        kernel = attempt.kernel = attempt.kernel or start_kernel(folder=folder, environment=environment)
        try:
            attempt.stop.watch(kernel)
            client = PapermillNotebookClient(
                nb_man,
                km=kernel.manager,
                log=quiet,
                kernel_name=kernel_name,
                record_timing=False,
                store_widget_state=False,
                startup_timeout=START_SECONDS,
                iopub_timeout=OUTPUT_SECONDS,
                timeout_func=lambda cell: max(1, round(deadline - time.monotonic())),
            )
            try:
                with client.setup_kernel():
                    _run_cells(client, nb_man)
            finally:
                if client.kc is not None:
                    client.kc.stop_channels()
            end_kernel(kernel, gracefully=True)
        finally:
            end_kernel(kernel, gracefully=False)


def _run_cells(client: PapermillNotebookClient, nb_man: Any) -> None:
    """Run the cells in order. Unlike papermill's own loop, a cell that the kernel died in is failed, not completed."""
    for index, cell in enumerate(nb_man.nb.cells):
        nb_man.cell_start(cell, index)
        try:
            client.execute_cell(cell, index)
        except CellExecutionError as error:
            nb_man.cell_exception(cell, cell_index=index, exception=error)
            return
        except BaseException:
            nb_man.cell_exception(cell, cell_index=index)
            raise
        nb_man.cell_complete(cell, cell_index=index)


papermill_engines.register(ENGINE_NAME, FreshKernelEngine)
