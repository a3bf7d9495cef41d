"""The systemd units: checked by systemd's own tools, run by a systemd of the test's own."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from system_stand_ins import HOSTILE, in_own_mounts, job, need, need_own_mounts, program, what_it_got

from portfolj.errors import PortfoljError
from portfolj.schedule import systemd
from portfolj.schedule.times import When

BACKSLASHES = ("\\n", "back\\", "\\\\", "a\tb")


@pytest.fixture(autouse=True)
def own_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's units, in the test's own place."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "systemd" / "user"


def systemctl(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A stand-in that writes what it was called with and then does as ``script`` says. The file of calls."""
    calls = folder / "calls"
    program(folder / "bin", "systemctl", f'#!/bin/sh\necho "$*" >> "{calls}"\n{script}\n')
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:/usr/bin:/bin")
    return calls


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    need("systemd-analyze")
    for path, text in systemd.units(job(tmp_path, *HOSTILE, *BACKSLASHES)).items():
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    files = [tmp_path / f"portfolj-natt.{kind}" for kind in ("service", "timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    about_ours = [line for line in (done.stdout + done.stderr).splitlines() if "portfolj-natt" in line]
    assert (done.returncode, about_ours) == (0, [])


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (When(2, 5), "*-*-* 02:05:00"),
        (When(23, 59, 0), "Mon *-*-* 23:59:00"),
        (When(0, 0, 6), "Sun *-*-* 00:00:00"),
    ],
)
def test_the_moment_is_written_as_systemd_itself_would_write_it(tmp_path: Path, when: When, written: str) -> None:
    assert systemd.calendar(job(tmp_path, when=when)) == written
    need("systemd-analyze")
    done = subprocess.run(["systemd-analyze", "calendar", written], capture_output=True, text=True, check=True)
    assert f"Normalized form: {written}\n" in done.stdout


def test_an_installation_writes_both_units_whole_reads_them_and_starts_the_timer(
    own_units: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = systemctl(tmp_path, monkeypatch, "exit 0")
    made = job(tmp_path)
    assert systemd.install(made) is False
    assert {path: path.read_text(encoding="utf-8") for path in own_units.iterdir()} == systemd.units(made)
    assert calls.read_text().splitlines() == [
        "--user show-environment", "--user daemon-reload", "--user enable --now portfolj-natt.timer"
    ]  # fmt: skip
    assert systemd.install(job(tmp_path, when=When(3, 0))) is True
    assert "03:00:00" in (own_units / "portfolj-natt.timer").read_text(encoding="utf-8")
    assert systemd.remove("natt") is True
    assert list(own_units.iterdir()) == []
    assert systemd.remove("natt") is False


def test_without_a_session_nothing_is_written_and_the_message_says_what_else_there_is(
    own_units: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    systemctl(tmp_path, monkeypatch, "echo 'Failed to connect to bus' >&2; exit 1")
    with pytest.raises(PortfoljError, match=r"Failed to connect to bus.*--system crontab"):
        systemd.install(job(tmp_path))
    assert not own_units.exists()


def test_units_that_systemd_refuses_are_taken_back(
    own_units: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    systemctl(tmp_path, monkeypatch, "exit 0")
    systemd.install(job(tmp_path))
    before = {path: path.read_bytes() for path in own_units.iterdir()}
    systemctl(tmp_path, monkeypatch, "[ $2 != enable ] || { echo 'Access denied' >&2; exit 1; }")
    with pytest.raises(PortfoljError, match="Access denied"):
        systemd.install(job(tmp_path, when=When(5, 0)))
    with pytest.raises(PortfoljError, match="Access denied"):
        systemd.install(job(tmp_path, name="vecka"))
    assert {path: path.read_bytes() for path in own_units.iterdir()} == before


def test_a_line_break_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PortfoljError, match="radbrytning"):
        systemd.units(job(tmp_path, "a\nExecStartPre=b"))


_NO_MANAGER = 77
_OWN_SYSTEMD = """
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system /run/user/0 && chmod 700 /run/user/0
export XDG_RUNTIME_DIR=/run/user/0
export XDG_DATA_HOME="$2/data" XDG_STATE_HOME="$2/state"  # when a timer last ran is remembered there
unset DBUS_SESSION_BUS_ADDRESS
"$1" --user > "$2/systemd.log" 2>&1 &
n=0; until systemctl --user show-environment > "$2/waiting" 2>&1 ; do
    [ $n -lt 600 ] && kill -0 $! || exit 77
    sleep 0.1; n=$((n+1))
done
"$3" -c "$4" "$2/jobs"
systemctl --user show -p NextElapseUSecRealtime --value portfolj-natt.timer
systemctl --user start portfolj-natt.service
systemctl --user exit
"""
_TWICE = """
import pickle, sys
from portfolj.schedule import systemd
made, later = pickle.load(open(sys.argv[1], "rb"))
print(systemd.install(made), systemd.install(later), flush=True)
"""


def test_a_real_systemd_starts_the_timer_and_runs_the_service_with_everything_as_it_was(tmp_path: Path) -> None:
    need("systemctl", "systemd-analyze")
    need_own_mounts()
    manager = next((p for p in ("/lib/systemd/systemd", "/usr/lib/systemd/systemd") if os.path.exists(p)), None)
    assert manager, "systemctl without systemd"
    later = job(tmp_path, *HOSTILE, *BACKSLASHES, when=When(4, 30, 4))
    (tmp_path / "jobs").write_bytes(pickle.dumps((job(tmp_path, "ett"), later)))
    done = in_own_mounts(_OWN_SYSTEMD, manager, tmp_path, sys.executable, _TWICE, PYTHONPATH=os.pathsep.join(sys.path),
                         TZ="UTC")  # fmt: skip
    if done.returncode == _NO_MANAGER:
        pytest.skip("systemd can't run for a user here; the stand-in and systemd-analyze are what was tried")
    assert done.returncode == 0, done.stderr + (tmp_path / "systemd.log").read_text()
    told, moment = done.stdout.splitlines()
    assert told == "False True"
    assert moment.startswith("Fri ")
    assert moment.endswith(" 04:30:00 UTC")
    assert json.loads(later.log.read_text(encoding="utf-8")) == what_it_got(later)
