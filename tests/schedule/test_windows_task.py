"""The Windows task: its XML read back, and schtasks called as it wants to be (a stand-in elsewhere than in Windows)."""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree

import pytest
from system_stand_ins import NOW, job, program

from portfolj.errors import PortfoljError
from portfolj.schedule import windows
from portfolj.schedule.job import Job
from portfolj.schedule.times import When

SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def windows_job(*arguments: str, when: When | None = None) -> Job:
    folder = PureWindowsPath(r"C:\Users\Åsa & Co\portfolj")
    return Job(
        name="natt", when=when or When(2, 0),
        command=(r"C:\Program Files\Python\python.exe", "-m", "portfolj", "run", *arguments),
        folder=folder, log=folder / "natt.log", variables={"PORTFOLJ_DATA": r"D:\data & mer"},
    )  # type: ignore[arg-type]  # fmt: skip


def element(task: str, name: str) -> str:
    found = ElementTree.fromstring(task.encode("utf-16")).find(f".//{SPACE}{name}")
    assert found is not None
    return found.text or ""


def test_the_command_is_quoted_for_cmd_and_its_output_goes_to_the_log() -> None:
    task = windows.task_xml(windows_job("--all", "å & b", "sist\\ \\"), now=NOW)
    assert element(task, "Command") == "cmd.exe"
    assert element(task, "WorkingDirectory") == r"C:\Users\Åsa & Co\portfolj"
    inside = re.fullmatch(r'/d /s /c "(.*)"', element(task, "Arguments"))
    assert inside
    assert inside[1] == (
        r'set "PYTHONUTF8=1"&& set "PORTFOLJ_DATA=D:\data & mer"&& "C:\Program Files\Python\python.exe" -m portfolj '
        r'run --all "å & b" "sist\ \\" >> "C:\Users\Åsa & Co\portfolj\natt.log" 2>&1'
    )
    # Every sign that cmd gives a meaning of its own stands inside quotes, but for those that are meant: && >> 2>&1.
    outside = re.sub(r'"[^"]*"', "", inside[1])
    assert re.findall(r"[&|<>^()]+", outside) == ["&&", "&&", ">>", ">&"]


@pytest.mark.parametrize("sign", ['"', "%", "\n"])
def test_what_cmd_can_not_carry_is_refused(sign: str) -> None:
    with pytest.raises(PortfoljError, match="Windows"):
        windows.task_xml(windows_job(f"a{sign}b"), now=NOW)


def test_a_daily_and_a_weekly_task_start_at_their_next_time() -> None:
    # NOW is Wednesday 4 March 2026 at 12.
    daily = windows.task_xml(windows_job(), now=NOW)
    assert element(daily, "StartBoundary") == "2026-03-05T02:00:00"
    assert element(daily, "DaysInterval") == "1"
    weekly = windows.task_xml(windows_job(when=When(23, 30, 0)), now=NOW)
    assert element(weekly, "StartBoundary") == "2026-03-09T23:30:00"
    assert f"<{'Monday'} />" in weekly
    assert element(weekly, "WeeksInterval") == "1"


def test_schtasks_is_given_the_xml_and_asked_before_anything_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"""#!/bin/sh
case "$1" in
/query) [ -f "{tmp_path}/task" ] ;;
/create) [ "$2 $3 $4 $6" = "/tn portfolj-natt /xml /f" ] && cp "$5" "{tmp_path}/task" ;;
/delete) [ "$2 $3 $4" = "/tn portfolj-natt /f" ] && rm "{tmp_path}/task" ;;
esac
"""
    program(tmp_path / "bin", "schtasks", script)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    made = windows_job()
    assert windows.remove("natt") is False
    assert windows.install(made, now=NOW) is False
    assert (tmp_path / "task").read_text(encoding="utf-16") == windows.task_xml(made, now=NOW)
    assert windows.install(made, now=NOW) is True
    assert windows.remove("natt") is True
    assert not (tmp_path / "task").exists()


def test_what_schtasks_says_when_it_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin", "schtasks", "#!/bin/sh\necho 'ERROR: Access is denied.' >&2; exit 1\n")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    with pytest.raises(PortfoljError, match="Access is denied"):
        windows.install(windows_job(), now=NOW)


def test_elsewhere_than_in_windows_the_message_says_where_it_belongs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PortfoljError, match="Windows"):
        windows.install(job(tmp_path, when=When(2, 0)), now=NOW)
