"""What a forked kernel gives, against what a plain one gives. Guards against: figures, options or settings that differ
because libraries were imported before there was a shell, and state that leaks from one run to the next."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest

from portfolj.places import DATA_VARIABLE, NOTEBOOKS_VARIABLE, OUT_VARIABLE, Places
from portfolj.portfolio.view import open_portfolio
from portfolj.report import forked
from portfolj.report.kernel import Stop, close_loop

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are forked on Linux only"),
    pytest.mark.usefixtures("no_kernel_survives"),
]
Write = Callable[..., Path]
Run = Callable[..., str]


def as_run(notebook: Path, **options: Any) -> list[tuple[object, ...]]:
    """Source, count and outputs of every cell after a papermill run; nothing normalised."""
    import papermill

    node = papermill.execute_notebook(
        nbformat.read(notebook, as_version=4), None, progress_bar=False, kernel_name="python3", **options
    )
    close_loop()
    return [(cell.source, cell.get("execution_count"), _without_process(cell.get("outputs"))) for cell in node.cells]


def _without_process(outputs: object) -> object:
    """Where in memory an object lies, and the process' number, differ from run to run."""
    return json.loads(re.sub(r"(?<= at 0x)[0-9a-f]+|(?<=/ipykernel_)\d+", "", json.dumps(outputs)))


def compare_with_papermill(notebooks: list[Path], parameters: Mapping[str, object]) -> list[tuple[object, ...]]:
    """Run each notebook by papermill alone and in a forked kernel; all cells must be equal, byte by byte."""
    from portfolj.report.engine import ENGINE_NAME, Attempt

    def one(notebook: Path) -> list[tuple[object, ...]]:
        attempt = Attempt(Stop())
        options = {"folder": notebook.parent, "environment": {}, "timeout_seconds": 300, "attempt": attempt}
        ours = as_run(notebook, parameters=dict(parameters), engine_name=ENGINE_NAME, **options)
        assert attempt.kernel is not None
        assert attempt.kernel.manager.provisioner.forked is not None
        plain = as_run(notebook, parameters=dict(parameters), cwd=notebook.parent)
        assert len(ours) == len(plain)
        for mine, theirs in zip(ours, plain, strict=True):
            assert mine == theirs
        return ours

    with ThreadPoolExecutor(max_workers=2) as pool:
        return [cell for cells in pool.map(one, notebooks) for cell in cells]


@pytest.mark.parametrize(
    ("federation", "least_figures"),
    [("rar-sormland", 11), pytest.param("finsam-urval", 6, marks=pytest.mark.harness)],  # the latter has few amounts
)
def test_every_notebook_is_as_plain_papermill_makes_it(
    federation: str, least_figures: int, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, folder in (
        (DATA_VARIABLE, places.data), (OUT_VARIABLE, places.out), (NOTEBOOKS_VARIABLE, places.notebooks),
    ):  # fmt: skip
        monkeypatch.setenv(variable, str(folder))
    open_portfolio(federation, places=places)  # what it keeps in data/processed is there for both
    notebooks = sorted(places.notebooks.glob("*.ipynb"))
    assert notebooks
    cells = compare_with_papermill(notebooks, {"federation": federation})
    assert str(cells).count("data:image/svg+xml") >= least_figures


def test_figures_by_pyplot_and_frames_are_as_plain_papermill_makes_them(tmp_path: Path, write_notebook: Write) -> None:
    notebook = write_notebook(
        tmp_path / "n.ipynb",
        "import matplotlib.pyplot as plt, pandas as pd, seaborn as sns",
        "frame = pd.DataFrame({str(n): range(70) for n in range(30)})\nframe",
        "print(frame)\nframe.describe()",
        "plt.plot([1, 2, 4])",
        "sns.barplot(x=['å', 'ä'], y=[1, 2])",
        "figure, axes = plt.subplots()\naxes.hist([1, 1, 2]);",
        "figure",
        "import sys, warnings\nwarnings.warn('obs')\nprint('fel', file=sys.stderr)",
    )
    cells = compare_with_papermill([notebook], {})
    assert str(cells).count("'image/png'") == 4


STATE = """
import gc, json, locale, logging, os, resource, signal, sys, threading, warnings
import matplotlib, matplotlib.pyplot, numpy, pandas, seaborn
from portfolj import exhibits
shell = get_ipython()
own = os.path.dirname(sys.argv[2])
state = {
    "arguments": [sys.argv, sys.orig_argv, sys.path, str(sys.flags), sorted(vars(sys.modules["__main__"]))],
    "environment": {k: v for k, v in os.environ.items() if k not in ("JPY_PARENT_PID", "PORTFOLJ_FORK")},
    "process": [os.getcwd(), os.getsid(0) == os.getpgid(0) == os.getpid(), os.nice(0), os.umask(0o22), os.umask(0o22)],
    "signals": {s.name: str(signal.getsignal(s)) for s in signal.Signals},
    "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "limits": [resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith("RLIMIT")],
    "pandas": {name: str(pandas.get_option(name)) for name in sorted(pandas._config.config._registered_options)},
    "matplotlib": [matplotlib.get_backend(), {name: str(value) for name, value in matplotlib.rcParams.items()}],
    "numpy": [str(numpy.get_printoptions()), numpy.geterr()],
    "warnings": sorted(str(one) for one in warnings.filters),
    "logging": [str(logging.root.handlers), logging.root.level],
    "streams": [[s.encoding, s.errors, s.fileno()] for s in (sys.__stdin__, sys.__stdout__, sys.__stderr__)],
    "locale": locale.setlocale(locale.LC_ALL),
    "python": [gc.get_threshold(), sys.getrecursionlimit(), str(sys.gettrace()), threading.active_count()],
    "hooked": {name: len(hooks) for name, hooks in shell.events.callbacks.items()},
    "shown": {kind: sorted(map(str, one.type_printers)) for kind, one in shell.display_formatter.formatters.items()},
}
print(json.dumps(state).replace(own, "OWN"))
"""


def test_a_forked_kernel_begins_in_the_state_of_a_fresh_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    was_forked = "import os\nprint(os.getppid() == SERVER)"
    ours = json.loads(run(STATE, environment={"X": "1"}))
    assert run(was_forked.replace("SERVER", str(forked._servers[-1].process.pid))) == "True\n"
    monkeypatch.setenv(forked.FORK_VARIABLE, "0")
    fresh = json.loads(run(STATE, environment={"X": "1"}))
    assert fresh["environment"]["X"] == "1"
    assert ours == fresh


def test_nothing_of_one_run_reaches_the_next(run: Run) -> None:
    look = (
        "import os, random, numpy, pandas\n"
        "print(os.getpid(), os.environ.get('LEFT'), os.environ.get('GIVEN'), hasattr(pandas, 'left'), "
        "os.path.exists('left'), random.random(), numpy.random.rand(), pandas.get_option('display.precision'))\n"
        "os.environ['LEFT'] = '1'; pandas.left = 1; pandas.set_option('display.precision', 3); random.seed(1)"
    )
    first, second = run(look, environment={"GIVEN": "1"}).split(), run(look).split()
    assert first[1:5] == ["None", "1", "False", "False"]
    assert second[1:5] == ["None", "None", "False", "False"]
    assert first[7] == second[7] == "6"
    assert [a == b for a, b in zip(first, second, strict=True)].count(True) == 4  # not the process, nor the numbers
