"""``portfolj run --mail`` as it is typed, and the exit code that its letters may change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from letter_server import Box, mail_server, text_of

from portfolj import cli
from portfolj.cli.letters import check_letters, send_letters
from portfolj.errors import EXIT_BUG, EXIT_USER_ERROR
from portfolj.fleet import Outcome, Status

DONE = [Outcome("vikbo", Status.DONE, rows=(3, 2, 1))]


def settings_file(folder: Path, port: int) -> Path:
    path = folder / "brev.toml"
    path.write_text(
        f'server = "localhost"\nport = {port}\nsecurity = "none"\nfrom = "rapporter@exempel.se"\n'
        'on_failure = ["anna@exempel.se"]\non_success = ["bo@exempel.se"]\n',
        encoding="utf-8",
    )
    return path


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> object:
    raw = folder / "data" / "raw" / "vikbo"
    raw.mkdir(parents=True, exist_ok=True)
    (raw / "federation.toml").write_text('name = ""\n', encoding="utf-8")
    places = ["--data", folder / "data", "--out", folder / "reports"]
    monkeypatch.setattr("sys.argv", ["portfolj", "run", *map(str, [*arguments, *places])])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


def closed_port() -> int:
    with mail_server() as (_, port):
        return port


def told(box: Box) -> tuple[str, str, str]:
    (letter,) = box.letters
    return letter["To"], letter["Subject"], text_of(letter)


def test_a_refused_federation_is_told_by_letter_and_the_exit_code_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "reports" / "vikbo" / "2024"
    earlier.mkdir(parents=True)
    (earlier / "index.html").touch()
    manifest = {"federation": "vikbo", "federation_name": "V", "period": "2024", "created": "2026-03-01T02:04:59+01:00"}
    (earlier / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with mail_server() as (box, port):
        assert run(tmp_path, monkeypatch, "vikbo", "--mail", settings_file(tmp_path, port)) == EXIT_USER_ERROR
    to, subject, body = told(box)
    assert (to, subject) == ("anna@exempel.se", "portfolj: 0 av 1 rapporter i ordning (nekad: vikbo)")
    assert "federation.toml kan inte läsas rätt: 2 fel." in body  # the name is empty, [ledger] is lacking
    assert "ledger" not in body  # the faults themselves stand in the log and on the page
    assert "2026-03-01 02:04 ligger" in " ".join(body.split())
    assert "Brevet" not in capsys.readouterr().err


def test_a_letter_that_can_not_be_sent_is_told_and_leaves_the_exit_code_of_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = settings_file(tmp_path, closed_port())
    assert run(tmp_path, monkeypatch, "vikbo", "--mail", path) == EXIT_USER_ERROR
    error = capsys.readouterr().err
    assert error.count("Brevet skickades inte") == 1
    assert "Traceback" not in error


def test_a_run_that_stops_as_a_whole_is_told_by_letter_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server() as (box, port):
        code = run(tmp_path, monkeypatch, "vikbo", "--parameter", "utan-varde", "--mail", settings_file(tmp_path, port))
    assert code == EXIT_USER_ERROR
    to, subject, body = told(box)
    assert (to, subject) == ("anna@exempel.se", "portfolj: körningen avbröts")
    assert "'utan-varde' saknar värde" in body


def test_of_a_bug_that_stops_the_whole_run_only_the_name_is_told_and_it_goes_on_its_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**places: object) -> None:
        raise KeyError("Anna")

    monkeypatch.setattr("portfolj.cli.run.find_places", broken)
    monkeypatch.setattr("sys.argv", ["portfolj", "run", "vikbo", "--mail", str(tmp_path / "brev.toml")])
    with mail_server() as (box, port):
        settings_file(tmp_path, port)
        with pytest.raises(KeyError):
            cli.main()
    _, subject, body = told(box)
    assert subject == "portfolj: körningen avbröts"
    assert "Ett fel i programmet (KeyError)." in body
    assert "Anna" not in body


def test_wrong_settings_are_refused_before_any_report_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "brev.toml"
    path.write_text('security = "ssl"\n', encoding="utf-8")
    assert run(tmp_path, monkeypatch, "vikbo", "--mail", path) == EXIT_USER_ERROR
    assert (
        "brev.toml kan inte läsas rätt: 4 fel." in capsys.readouterr().err
    )  # server, from, security, nobody to write to
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("code", [0, EXIT_BUG, EXIT_USER_ERROR])
def test_only_an_exit_code_of_0_is_changed_by_a_letter_that_was_not_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    with mail_server() as (box, port):
        there = check_letters(settings_file(tmp_path, port))
        assert send_letters(there, DONE, out=tmp_path, code=code) == code
    assert told(box)[:2] == ("bo@exempel.se", "portfolj: 1 av 1 rapporter i ordning")
    assert send_letters(there, DONE, out=tmp_path, code=code) == (code or EXIT_BUG)
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_without_settings_there_are_no_letters_and_the_exit_code_is_the_runs(tmp_path: Path) -> None:
    assert check_letters(None) is None
    assert [send_letters(None, DONE, out=tmp_path, code=code) for code in (0, 1, 2)] == [0, 1, 2]


def test_a_failure_page_is_pointed_to(tmp_path: Path) -> None:
    (tmp_path / "vikbo").mkdir()
    (tmp_path / "vikbo" / "fel.html").touch()
    with mail_server() as (box, port):
        there = check_letters(settings_file(tmp_path, port))
        send_letters(there, [Outcome("vikbo", Status.REFUSED, "Nej.")], out=tmp_path, code=2)
    assert str(tmp_path / "vikbo" / "fel.html") in told(box)[2]


def made(folder: Path, created: str) -> None:
    folder.mkdir(parents=True)
    manifest = {"federation": "vikbo", "federation_name": "V", "period": "2024", "created": created}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_the_report_that_stands_is_the_newest_published_that_says_when_it_was_made(tmp_path: Path) -> None:
    # 01:30+02:00 is 23:30 UTC the day before, so 00:10+00:00 is newer though its text comes first.
    made(tmp_path / "vikbo" / "2023", "2026-03-02T01:30:00+02:00")
    made(tmp_path / "vikbo" / "2024", "2026-03-02T00:10:00+00:00")
    made(tmp_path / "vikbo" / "2022", "igår")
    made(tmp_path / "vikbo" / ".2024.building-x", "2026-03-09T00:00:00+00:00")
    with mail_server() as (box, port):
        there = check_letters(settings_file(tmp_path, port))
        assert (
            send_letters(there, [Outcome("vikbo", Status.REFUSED, "Nej.", has_earlier_report=True)], out=tmp_path) == 0
        )
    assert "Rapporten från 2026-03-02 00:10 ligger kvar." in " ".join(told(box)[2].split())


@pytest.mark.parametrize(("code", "ends"), [(0, EXIT_BUG), (EXIT_USER_ERROR, EXIT_USER_ERROR)])
def test_a_letter_that_can_not_be_written_is_told_in_a_line_and_nothing_is_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int, ends: int
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("Anna")

    there = check_letters(settings_file(tmp_path, 1))
    monkeypatch.setattr("portfolj.mail.letter.letters", broken)
    assert send_letters(there, DONE, out=tmp_path, code=code) == ends
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Brevet kunde inte skrivas: ett fel i programmet (KeyError i test_letters_of_a_run.py, rad ")
    assert "Anna" not in line
