"""The life and death of forked kernels. Guards against: kernels and warm processes that outlive their run, what a run
leaves open, and a warm process that fails and takes the report with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_core.utils import run_sync

from portfolj.report import forked
from portfolj.report.execute import Failure, NotebookFailed, execute, started_kernels
from portfolj.report.kernel import Kernel, Stop, close_loop, end_kernel, start_kernel

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are forked on Linux only"),
    pytest.mark.usefixtures("no_kernel_survives"),
]
Run = Callable[..., str]
Write = Callable[..., Path]


def begun(kernel: Kernel) -> int:
    """The process id of a kernel, as soon as it has begun."""
    process = kernel.manager.provisioner.process
    deadline = time.monotonic() + 60
    while process.poll() is None and process.pid is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.pid is not None
    return process.pid


def test_kernels_are_asked_for_at_the_same_time_and_nothing_is_left_open(tmp_path: Path) -> None:
    together = threading.Barrier(5)

    def one(_: int) -> int:
        together.wait(timeout=60)
        kernel = start_kernel(folder=tmp_path, environment={})
        pid = begun(kernel)
        end_kernel(kernel, gracefully=False)
        close_loop()
        return pid

    def five() -> list[int]:
        with ThreadPoolExecutor(max_workers=5) as pool:
            return list(pool.map(one, range(5)))

    def open_here_and_there() -> tuple[int, int]:
        return psutil.Process().num_fds(), psutil.Process(forked._servers[-1].process.pid).num_fds()

    pids = five()
    before = open_here_and_there()
    for _ in range(4):
        pids += five()
    assert len(set(pids)) == 25
    deadline = time.monotonic() + 20
    while open_here_and_there() != before:  # the other process closes its end just after we heard of it
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_an_interrupt_reaches_what_the_kernel_runs(tmp_path: Path) -> None:
    with started_kernels(1, folder=tmp_path, environment={}) as (kernel,):
        client = kernel.manager.client()
        client.start_channels()
        run_sync(client.wait_for_ready)(timeout=60)
        client.execute("print('begun')\nwhile True: pass")

        def until(kind: str) -> dict[str, Any]:
            while True:
                message = run_sync(client.get_iopub_msg)(timeout=60)
                if message["msg_type"] == kind:
                    return dict(message["content"])

        assert until("stream")["text"] == "begun\n"
        run_sync(kernel.manager.interrupt_kernel)()
        assert until("error")["ename"] == "KeyboardInterrupt"
        client.stop_channels()


def test_what_a_notebook_started_ends_with_it(run: Run) -> None:
    pid = int(run("import subprocess\nprint(subprocess.Popen(['sleep', '600']).pid)"))
    deadline = time.monotonic() + 20
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("fork", "code", "failure"),
    [
        ("0", "import os\nos._exit(1)", Failure.KERNEL_DIED),
        ("1", "import os\nos.kill(os.getpid(), 9)", Failure.KERNEL_DIED),
        ("0", "import time\ntime.sleep(600)", Failure.TIMED_OUT),
        ("1", "import time\ntime.sleep(600)", Failure.TIMED_OUT),
    ],
)
def test_a_dead_or_hanging_kernel_is_told_as_that_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_notebook: Write, fork: str, code: str, failure: Failure
) -> None:
    monkeypatch.setenv(forked.FORK_VARIABLE, fork)
    notebook = write_notebook(tmp_path / "n.ipynb", code, "2")
    with pytest.raises(NotebookFailed) as failed:
        execute(notebook, parameters={}, out=tmp_path / "o.ipynb", environment={}, timeout_seconds=3)
    assert failed.value.failure is failure
    assert failed.value.cell_number == 2  # the first one sets the parameters


def test_a_killed_run_leaves_neither_kernel_nor_warm_process(tmp_path: Path, write_notebook: Write) -> None:
    notebook = write_notebook(
        tmp_path / "n.ipynb", "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    )
    code = (
        "from pathlib import Path; from portfolj.report.execute import execute\n"
        f"execute(Path({str(notebook)!r}), parameters={{}}, out=Path('o.ipynb'), environment={{}})"
    )
    killed = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path)
    deadline = time.monotonic() + 60
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    below = psutil.Process(killed.pid).children(recursive=True)
    assert int((tmp_path / "pid").read_text()) in [process.pid for process in below]
    assert len(below) == 2
    killed.kill()
    killed.wait()
    assert psutil.wait_procs(below, timeout=20)[1] == []


def test_a_setting_that_is_read_at_import_needs_another_warm_process(own_server: None) -> None:
    first = forked.fork_server({**os.environ, "X": "1"})
    assert forked.fork_server({**os.environ, "X": "2"}) is first  # the kernel gets it
    other = forked.fork_server({**os.environ, "MPLBACKEND": "svg"})
    assert other is not first
    assert forked.fork_server({**os.environ, "MPLBACKEND": "svg"}) is other


def test_a_kernel_can_be_stopped_before_it_has_begun(tmp_path: Path, own_server: None) -> None:
    stop = Stop()
    with started_kernels(2, folder=tmp_path, environment={}) as kernels:
        for kernel in kernels:
            stop.watch(kernel)
        stop.ask()
        for kernel in kernels:
            assert kernel.manager.provisioner.process.wait(timeout=60) == -9


def test_a_warm_process_that_dies_while_a_notebook_runs_costs_time_only(
    run: Run, tmp_path: Path, own_server: None, caplog: pytest.LogCaptureFixture
) -> None:
    kill_once = (
        "import os, pathlib, signal, time\nonce = pathlib.Path('once')\n"
        "if not once.exists():\n    once.touch()\n    os.kill(os.getppid(), signal.SIGKILL)\n    time.sleep(600)\n"
        "print('ran')"
    )
    assert run(kill_once) == "ran\n"
    assert "n.ipynb försvann" in caplog.text
    assert "SIGKILL" in caplog.text


def test_a_warm_process_that_cannot_be_used_is_said_once_and_kernels_are_fresh(
    run: Run, monkeypatch: pytest.MonkeyPatch, own_server: None, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(forked, "MODULE", "portfolj.no_such_module")
    assert run("print(1)") == "1\n"
    monkeypatch.setattr(forked, "MODULE", "portfolj.report.fork_server")
    assert run("import sys\nprint('portfolj' in sys.modules)") == "False\n"
    assert forked._servers == []
    assert [text for text in caplog.messages if forked.REPLACED in text] == [
        f"{forked.REPLACED} {sys.executable}: No module named portfolj.no_such_module"
    ]


def test_forking_is_off_where_it_is_refused_or_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    assert forked.can_fork()
    monkeypatch.setattr(sys, "platform", "win32")
    assert not forked.can_fork()
    monkeypatch.undo()
    monkeypatch.setenv(forked.FORK_VARIABLE, "0")
    assert not forked.can_fork()
    assert forked.fork_server(os.environ) is None
