"""``portfolj schedule`` as it is typed: what it shows, puts in and takes out, and what it refuses before the night."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from system_stand_ins import program, stand_in_crontab

from portfolj import cli
from portfolj.errors import EXIT_USER_ERROR


@pytest.fixture
def tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a stand-in crontab, in a home and a folder of the test's own."""
    home = tmp_path / "hem"
    for folder in (tmp_path / "bin", home, tmp_path / "arbete" / "data" / "raw"):
        folder.mkdir(parents=True)
    shutil.copytree(Path(__file__).parents[2] / "notebooks", tmp_path / "arbete" / "notebooks")  # for the parameters
    own = tmp_path / "arbete" / "data" / "raw" / "rar-sormland"
    own.mkdir()
    (own / "federation.toml").touch()
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "PORTFOLJ_DATA", "PORTFOLJ_OUT", "PORTFOLJ_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path / "arbete")
    return stand_in_crontab(tmp_path / "bin")


def schedule(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[object, str, str]:
    """Exit code, standard output, standard error."""
    monkeypatch.setattr("sys.argv", ["portfolj", "schedule", *arguments])
    capsys.readouterr()
    code: object = 0
    try:
        cli.main()
    except SystemExit as ended:
        code = ended.code or 0
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_what_is_shown_is_what_is_installed(
    tab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown, note = schedule(monkeypatch, capsys, "--daily", "02:00")
    assert code == 0
    assert not tab.exists()
    assert "--install" in note
    log = tmp_path / "hem" / ".local" / "state" / "portfolj" / "natt.log"
    assert not log.parent.exists()
    folder = tmp_path / "arbete"
    python = os.path.abspath(sys.executable)
    assert shown == f"0 2 * * * cd {folder} && {python} -m portfolj run --all >> {log} 2>&1 # portfolj:natt\n"
    code, told, _ = schedule(monkeypatch, capsys, "--daily", "02:00", "--install")
    assert (code, tab.read_text()) == (0, shown)
    assert log.parent.is_dir()
    undo = told.splitlines()[-1].partition("portfolj schedule ")[2].split()
    assert undo == ["--remove", "--system", "crontab", "--name", "natt"]
    assert schedule(monkeypatch, capsys, *undo)[0] == 0
    assert tab.read_text() == ""
    assert schedule(monkeypatch, capsys, *undo)[0] == EXIT_USER_ERROR


def test_the_arguments_of_the_run_and_the_places_in_the_environment_come_along_but_no_password(
    tab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORTFOLJ_KEYS", "nycklar")
    monkeypatch.setenv("PORTFOLJ_BREV", "hemligt")
    given = ["--weekly", "mån", "02:30", "--log", "egen.log", "--", "rar-sormland", "--basis", "named"]
    _, shown, _ = schedule(monkeypatch, capsys, *given)
    folder = tmp_path / "arbete"
    assert shown.startswith(f"30 2 * * 1 cd {folder} && PORTFOLJ_KEYS={folder / 'nycklar'} ")
    assert f"portfolj run rar-sormland --basis named >> {folder / 'egen.log'} 2>&1" in shown
    assert "hemligt" not in shown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--daily", "25:00"], "00:00-23:59"),
        (["--weekly", "hopp", "02:00"], "mån, tis"),
        ([], "--daily 02:00"),
        (["--daily", "02:00", "--weekly", "mån", "02:00"], "antingen"),
        (["--daily", "02:00", "--name", "Natt 1"], "--name natt"),
        (["--remove"], "--remove"),
        (["--daily", "02:00", "--", "--all", "--finns-inte"], "--finns-inte"),
        (["--daily", "02:00", "--", "--all", "--mail", "saknas.toml"], "saknas.toml"),
        (["--daily", "02:00", "--", "--basis", "named"], "--all"),
        (["--daily", "02:00", "--", "--all", "-p", "values=a\\b"], "crontab"),
        (["--daily", "02:00", "--", "--all", "-p", "valeus=3"], "Menade du values?"),
        (["--daily", "02:00", "--", "--all", "--basis", "sagt"], "stated, described, named"),
        (["--daily", "02:00", "--", "rar-sormlnd"], "Menade du rar-sormland?"),
        (["--daily", "02:00", "--", "--all", "--jobs", "0"], "--jobs är 0"),
        (["--daily", "02:00", "--", "--all", "--keep", "-5"], "--keep är -5"),
        (["--daily", "02:00", "--", "--all", "--timeout", "nan"], "--timeout är nan"),
        (["--daily", "02:00", "--", "--list", "saknas.txt"], "saknas.txt"),
        (["--daily", "02:00", "--", "--all", "--cluster", "foo", "--jobs", "3"], "--jobs eller --cluster"),
        (["--daily", "02:00", "--", "--all", "--data", "tomt"], "inga förbund"),
    ],
)
def test_what_would_fail_in_the_night_is_refused_now(
    tab: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    code, _, error = schedule(monkeypatch, capsys, "--install", *arguments)
    assert code == EXIT_USER_ERROR
    assert says in error
    assert "Traceback" not in error
    assert not tab.exists()


def test_a_machine_without_crontab_but_with_systemd_gets_units(
    tab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bin" / "crontab").unlink()
    program(tmp_path / "bin", "systemctl", "#!/bin/sh\nexit 0\n")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    _, shown, _ = schedule(monkeypatch, capsys, "--daily", "02:00")
    units = tmp_path / "hem" / ".config" / "systemd" / "user"
    program(tmp_path / "bin", "systemctl", "#!/bin/sh\nexit 0\n")
    assert schedule(monkeypatch, capsys, "--daily", "02:00", "--install")[0] == 0
    files = [units / "portfolj-natt.service", units / "portfolj-natt.timer"]
    assert shown == "\n".join(f"# {file}\n{file.read_text(encoding='utf-8')}" for file in files)


def test_in_windows_a_task_is_shown(
    tab: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, shown, _ = schedule(monkeypatch, capsys, "--system", "windows", "--daily", "02:00")
    assert shown.startswith('<?xml version="1.0"')
    assert shown.endswith("</Task>\n")
