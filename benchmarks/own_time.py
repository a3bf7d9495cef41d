"""How long notebooks' cells take by themselves: run one after another in one kernel that has everything imported."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

TIMEOUT_SECONDS = 900


def seconds_of_cells(
    federations: Sequence[str], notebooks: Sequence[Path], *, environment: Mapping[str, str], warm_up: str
) -> dict[str, float]:
    """For each federation the sum of its cells' seconds over all the notebooks, each in a name space of its own.

    ``warm_up``: a federation whose notebooks are run first and not counted, so that imports and fonts are not.
    """
    manager, client = start_new_kernel(kernel_name="python3", env=dict(environment))
    try:
        found: dict[str, float] = {}
        for federation in (warm_up, *federations):
            own = sum(_seconds(client, notebook, federation) for notebook in notebooks)
            if federation != warm_up or warm_up in found:
                found[federation] = own
        return found
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _seconds(client: BlockingKernelClient, notebook: Path, federation: str) -> float:
    _run(client, "%reset -f")
    _run(client, "%matplotlib inline")
    spent = 0.0
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            spent += _run(client, "".join(cell["source"]))
            if "parameters" in cell["metadata"].get("tags", []):
                _run(client, f"federation = {federation!r}")
    return spent


def _run(client: BlockingKernelClient, code: str) -> float:
    start = time.perf_counter()
    told = client.execute(code, reply=True, timeout=TIMEOUT_SECONDS)
    spent = time.perf_counter() - start
    if told["content"]["status"] != "ok":
        raise RuntimeError(f"{code[:80]!r}: {told['content'].get('evalue', 'no reason given')}")
    return spent
