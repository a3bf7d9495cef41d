"""What the tests of running notebooks share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat import v4

from portfolj.report import forked
from portfolj.report.execute import execute


def kernels_of(process: psutil.Process) -> list[psutil.Process]:
    """The kernels that live under ``process``: fresh ones, and the children of the process that forks them."""
    found = []
    for child in process.children(recursive=True):
        try:
            fresh = "ipykernel_launcher" in child.cmdline()
            forked = "portfolj.report.fork_server" in child.parent().cmdline()
        except (psutil.NoSuchProcess, AttributeError):  # it ended while we looked
            continue
        if fresh or forked:
            found.append(child)
    return found


@pytest.fixture
def no_kernel_survives() -> object:
    """Fails the test where a kernel lives on after it that did not live before."""
    before = kernels_of(psutil.Process())
    yield
    _, left = psutil.wait_procs([kernel for kernel in kernels_of(psutil.Process()) if kernel not in before], timeout=5)
    assert left == []


def written(path: Path, *cells: str) -> Path:
    """A notebook of a parameters cell and the cells given, at ``path``."""
    node = v4.new_notebook(cells=[v4.new_code_cell("year: int = 1", metadata={"tags": ["parameters"]})])
    node.cells += [v4.new_code_cell(cell) for cell in cells]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(node, path)
    return path


@pytest.fixture
def write_notebook() -> Callable[..., Path]:
    """Writes a notebook of a parameters cell and the cells given."""
    return written


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., str]:
    """Runs a notebook of the cells given and returns what its last cell printed."""

    def ran(*cells: str, environment: Mapping[str, str] | None = None) -> str:
        notebook = written(tmp_path / "notebooks" / "n.ipynb", *cells)
        out = tmp_path / "out.ipynb"
        node = execute(notebook, parameters={}, out=out, environment=environment or {}, timeout_seconds=120).node
        return "".join(output.text for output in node.cells[-1].outputs)

    return ran


@pytest.fixture
def own_server() -> Iterator[None]:
    """A test that spoils the warm process has one to itself."""
    forked.end_fork_servers()
    yield
    forked.end_fork_servers()
