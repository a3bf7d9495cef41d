"""Real kernels. Guards against: papermill calling a dead kernel's notebook complete, unknown working folders, paths and
times in what is published, kernels that outlive their run, runs that wait for each other."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from portfolj.errors import PortfoljError
from portfolj.report.execute import (
    Failure,
    Job,
    NotebookFailed,
    execute,
    execute_all,
    started_kernels,
    user_error_names,
)

Make = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("no_kernel_survives")


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def written(*cells: str, name: str = "n.ipynb") -> Path:
        notebook = v4.new_notebook()
        notebook.cells = [v4.new_code_cell("year: int = 2019", metadata={"tags": ["parameters"]})]
        notebook.cells += [v4.new_code_cell(cell) for cell in cells]
        folder = tmp_path / "notebooks"
        folder.mkdir(exist_ok=True)
        nbformat.write(notebook, folder / name)
        return folder / name

    return written


def failure_of(notebook: Path, *, out: Path, timeout_seconds: float = 60) -> NotebookFailed:
    with pytest.raises(NotebookFailed) as failed:
        execute(notebook, parameters={}, out=out, environment={}, timeout_seconds=timeout_seconds)
    assert not out.exists()
    return failed.value


def statuses(failed: NotebookFailed) -> list[str]:
    return [cell.metadata.papermill.status for cell in failed.notebook.cells]


def test_parameters_environment_and_working_folder_reach_the_kernel(make: Make, tmp_path: Path) -> None:
    code = (
        'import os, sys\nprint(year, os.path.basename(os.getcwd()), os.environ["PORTFOLJ_DATA"] == "'
        + str(tmp_path / "data")
        + '", sys.executable == "'
        + sys.executable
        + '")'
    )
    out = tmp_path / "out" / "n.ipynb"
    ran = execute(make(code), parameters={"year": 2014}, out=out, environment={"PORTFOLJ_DATA": str(tmp_path / "data")})
    assert ran.node.cells[2].outputs[0].text == "2014 notebooks True True\n"
    assert (ran.name, ran.path, ran.parameters) == ("n", out, {"year": 2014})
    assert "PORTFOLJ_DATA" not in os.environ


def test_what_is_written_holds_nothing_of_the_machine_and_is_the_same_each_time(make: Make, tmp_path: Path) -> None:
    notebook = make(
        "import os, sys, time\nprint(os.getcwd(), os.path.expanduser('~'))\nprint('x', file=sys.stderr)\nobject()"
    )
    outs = [tmp_path / "out" / name for name in ("1.ipynb", "2.ipynb")]
    for out in outs:
        execute(notebook, parameters={"year": 2014}, out=out, environment={"PORTFOLJ_OUT": str(tmp_path)})
    first, second = (out.read_bytes() for out in outs)
    assert first == second
    written = json.loads(first)
    text = first.decode()
    assert written["metadata"]["portfolj"] == {"parameters": {"year": 2014}}
    assert [cell["metadata"].get("papermill") for cell in written["cells"]] == [None] * 3
    for trace in (str(tmp_path), str(Path.home()), "0x7", '"stderr"', "duration", "start_time"):
        assert trace not in text


def test_a_user_error_in_a_cell_keeps_its_own_message(make: Make, tmp_path: Path) -> None:
    notebook = make("from portfolj.errors import ParameterError\nraise ParameterError('perioden är fel\\nrad två')")
    with pytest.raises(PortfoljError) as raised:
        execute(notebook, parameters={}, out=tmp_path / "o.ipynb", environment={})
    assert str(raised.value) == "perioden är fel\nrad två"
    assert {"PortfoljError", "InputRefused", "ParameterError"} <= user_error_names()
    assert not (tmp_path / "o.ipynb").exists()


def test_any_other_error_keeps_its_traceback_and_names_the_cell(make: Make, tmp_path: Path) -> None:
    failed = failure_of(make("1", "def f():\n    return 1 / 0\nf()", "2"), out=tmp_path / "o.ipynb")
    assert failed.failure is Failure.CELL_RAISED
    assert failed.cell_number == 3  # parameters cell, 1, the faulty one
    assert statuses(failed) == ["completed", "completed", "failed", "pending"]
    assert "return 1 / 0" in str(failed)
    assert "\x1b" not in str(failed)


def test_a_dead_kernel_is_never_a_completed_notebook(make: Make, tmp_path: Path) -> None:
    failed = failure_of(make("import os\nos._exit(1)", "2"), out=tmp_path / "o.ipynb")
    assert failed.failure is Failure.KERNEL_DIED
    assert statuses(failed) == ["completed", "failed", "pending"]
    assert "minnet" in str(failed)


@pytest.mark.parametrize(
    ("told", "failure"),
    [
        ("Kernel died before replying to kernel_info", Failure.KERNEL_DIED),
        ("Kernel didn't respond in 60 seconds", Failure.TIMED_OUT),
    ],
)
def test_a_kernel_that_does_not_start_is_told_as_dead_or_as_slow(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, failure: Failure
) -> None:
    monkeypatch.setattr("papermill.execute.execute_notebook", _raises(told))
    failed = failure_of(make("1"), out=tmp_path / "o.ipynb")
    assert failed.failure is failure
    assert ("svarade inte på 120 sekunder" in str(failed)) == (failure is Failure.TIMED_OUT)


def test_a_bug_of_our_own_is_not_told_as_a_dead_kernel(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papermill.execute.execute_notebook", _raises("dictionary changed size during iteration"))
    with pytest.raises(RuntimeError, match="dictionary changed size"):
        execute(make("1"), parameters={}, out=tmp_path / "o.ipynb", environment={})


def _raises(text: str) -> Callable[..., None]:
    def run(*_: object, **__: object) -> None:
        raise RuntimeError(text)

    return run


def test_a_notebook_that_takes_too_long_is_ended(make: Make, tmp_path: Path) -> None:
    failed = failure_of(make("while True: pass", "2"), out=tmp_path / "o.ipynb", timeout_seconds=4)
    assert failed.failure is Failure.TIMED_OUT
    assert statuses(failed) == ["completed", "failed", "pending"]
    # The limit is the one that was given, not what was left of it for the cell.
    assert failed.detail == "Gränsen är 4 sekunder för varje notebook, se --timeout."


def test_a_cell_that_exits_early_is_a_failure(make: Make, tmp_path: Path) -> None:
    failed = failure_of(make("raise SystemExit", "2"), out=tmp_path / "o.ipynb")
    assert failed.failure is Failure.CELL_RAISED
    assert statuses(failed)[-1] == "pending"


def test_several_notebooks_run_at_the_same_time_in_the_order_given(make: Make, tmp_path: Path) -> None:
    # Each waits for the file that the other writes, so that they end only if both run at once.
    meet = (
        "from pathlib import Path\nimport time\nPath('{own}').touch()\n"
        "while not Path('{other}').exists(): time.sleep(.05)"
    )
    jobs = [
        Job(make(meet.format(own=own, other=other), name=f"{own}.ipynb"), {}, tmp_path / f"{own}.ipynb", {}, 60)
        for own, other in (("a", "b"), ("b", "a"))
    ]
    assert [ran.name for ran in execute_all(jobs)] == ["a", "b"]


def test_the_first_failure_ends_the_others_and_is_the_one_told(make: Make, tmp_path: Path) -> None:
    slow = Job(make("import time; time.sleep(600)", name="slow.ipynb"), {}, tmp_path / "slow.ipynb")
    faulty = Job(make("1 / 0", name="faulty.ipynb"), {}, tmp_path / "faulty.ipynb")
    with pytest.raises(NotebookFailed) as failed:
        execute_all([slow, faulty])
    assert failed.value.name == "faulty.ipynb"
    assert failed.value.failure is Failure.CELL_RAISED


def test_nothing_is_written_to_the_terminal(make: Make, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    notebook = make("import sys, os, warnings\nprint('hej')\nwarnings.warn('w')\nos.write(2, b'straight to stderr')")
    execute(notebook, parameters={"year": 1}, out=tmp_path / "o.ipynb", environment={})
    assert capfd.readouterr() == ("", "")


def test_a_kernel_started_ahead_gives_the_same_notebook_and_is_used_once(make: Make, tmp_path: Path) -> None:
    code = "import pandas as pd\npd.DataFrame({str(n): range(70) for n in range(30)})"
    notebook = make(code + "\n", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "sorted(globals())")
    plain, warm = tmp_path / "plain.ipynb", tmp_path / "warm.ipynb"
    execute(notebook, parameters={"year": 1}, out=plain, environment={"X": "1"})
    with started_kernels(
        2, folder=notebook.parent, environment={"X": "1"}, warm=["pandas", "matplotlib.pyplot", "seaborn"]
    ) as kernels:
        execute_all([Job(notebook, {"year": 1}, warm, {"X": "1"})], kernels=kernels)
        assert [kernel.ended for kernel in kernels] == [True, False]
    assert warm.read_bytes() == plain.read_bytes()
    assert '"image/png"' in plain.read_text(encoding="utf-8")


def test_a_kernel_started_for_another_folder_is_not_used(make: Make, tmp_path: Path) -> None:
    notebook = make("1")
    with (
        started_kernels(1, folder=tmp_path, environment={}) as kernels,
        pytest.raises(ValueError, match="was started for"),
    ):
        execute(notebook, parameters={}, out=tmp_path / "o.ipynb", environment={}, kernel=kernels[0])


def test_other_work_is_done_meanwhile_and_each_notebook_is_handed_on(make: Make, tmp_path: Path) -> None:
    jobs = [Job(make(f"print({n})", name=f"{n}.ipynb"), {}, tmp_path / f"{n}.ipynb") for n in (0, 1)]
    done: dict[int, str] = {}
    work: list[str] = []
    execute_all(
        jobs,
        then=lambda position, ran: done.update({position: ran.node.cells[1].outputs[0].text}),
        meanwhile=lambda: work.append("written"),
    )
    assert done == {0: "0\n", 1: "1\n"}
    assert work == ["written"]


def test_what_the_other_work_raises_ends_the_notebooks(make: Make, tmp_path: Path) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        execute_all([Job(make("import time; time.sleep(600)"), {}, tmp_path / "o.ipynb")], meanwhile=fails)
