"""The options of a run, what it says while it goes and at the end, and a run with kernels that is cut short."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import traceback
from pathlib import Path

import psutil
import pytest
from rich.console import Console
from stand_ins import wait_for

from portfolj import fleet
from portfolj.cli.listed import chosen_federations, listed_federations
from portfolj.cli.live import Live
from portfolj.cli.telling import JsonLines, Lines, duration, line_of, reason_of, table
from portfolj.errors import EXIT_USER_ERROR, InputRefused, PortfoljError, Reason
from portfolj.fleet import Outcome, Status
from portfolj.places import Places
from portfolj.report.execute import Failure, NotebookFailed

ROOT = Path(__file__).parents[2]
PORTFOLJ = Path(sys.executable).with_name("portfolj")
KNOWN = ["flen", "rar-sormland", "spik"]
DONE = Outcome("rar-sormland", Status.DONE, folder=Path("/ut/rar"), rows=(142, 135, 7), seconds=34.2)
SAME = Outcome("flen", Status.UNCHANGED, folder=Path("/ut/flen"), rows=(3, 2, 1), seconds=0.004)
REFUSED = Outcome(
    "ett-samordningsforbund-med-langt-namn", Status.REFUSED, has_earlier_report=True, seconds=2,
    message="Liggaren kan inte läsas rätt: 2 fel.\n  beslut.csv, cell H2: beloppet går inte att läsa",
)  # fmt: skip
TRACE = (
    'Traceback (most recent call last):\n  File "x.py", line 1\n    y()\nportfolj.X: Notebooken dog (cell 4).\nmer\n'
)
FAILED = Outcome("spik", Status.FAILED, TRACE, seconds=125)


def portfolj(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PORTFOLJ, *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_a_list_names_one_federation_a_line(tmp_path: Path) -> None:
    path = tmp_path / "lista.txt"
    path.write_text("\ufeff# våra kunder\n\nspik  # först\n flen \n", encoding="utf-8")
    assert listed_federations(path, known=KNOWN) == ["spik", "flen"]


def test_every_fault_of_a_list_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "lista.txt"
    path.write_text("spik\nspikk\n# bara en kommentar\nnågot helt annat\n", encoding="utf-8")
    with pytest.raises(InputRefused) as raised:
        listed_federations(path, known=KNOWN)
    assert [(fault.reason, fault.cell) for fault in raised.value.faults] == [
        (Reason.WORD_UNKNOWN, "rad 2"), (Reason.WORD_UNKNOWN, "rad 4"),
    ]  # fmt: skip
    assert "Menade du spik?" in str(raised.value)


def test_one_wrong_name_anywhere_refuses_all_and_every_one_is_told(tmp_path: Path) -> None:
    for name in KNOWN:
        (tmp_path / "raw" / name).mkdir(parents=True)
        (tmp_path / "raw" / name / "federation.toml").touch()
    places = Places(tmp_path, tmp_path / "ut", tmp_path)
    path = tmp_path / "lista.txt"
    path.write_text("flen\nflenn\n", encoding="utf-8")
    with pytest.raises(PortfoljError) as raised:
        chosen_federations(["spikk", "spik", "helt annat"], everything=False, list_file=path, places=places)
    lines = str(raised.value).splitlines()
    assert lines[:2] == ["Förbundet 'spikk' finns inte. Menade du spik?", "Förbundet 'helt annat' finns inte."]
    assert "lista.txt, rad 2: Förbundet 'flenn' finns inte" in lines[-1]
    path.write_text("flen\n", encoding="utf-8")
    chosen = chosen_federations(["spik"], everything=False, list_file=path, places=places)
    assert chosen == ["spik", "flen"]


def test_a_list_that_is_a_folder_is_told_in_swedish(tmp_path: Path) -> None:
    with pytest.raises(PortfoljError, match="går inte att läsa: den är en mapp"):
        listed_federations(tmp_path, known=KNOWN)


@pytest.mark.parametrize("content", [b"", b"# inget\n", "Växjö\n".encode("cp1252"), None])
def test_a_list_that_says_nothing_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "lista.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PortfoljError, match=r"lista\.txt"):
        listed_federations(path, known=KNOWN)


def test_numbers_that_are_not_allowed_are_refused_together_before_anything_is_done(tmp_path: Path) -> None:
    done = portfolj("run", "--all", "--jobs", "0", "--timeout", "-1", "--keep", "-2", "--out", tmp_path)
    assert done.returncode == EXIT_USER_ERROR
    assert done.stdout == ""
    assert [line.split(".")[0] for line in done.stderr.splitlines()] == [
        "--jobs är 0",
        "--timeout är -1",
        "--keep är -2",
    ]
    assert list(tmp_path.iterdir()) == []


def test_the_table_has_those_that_need_somebody_last_and_counts_them_all() -> None:
    lines = table([FAILED, REFUSED, SAME, DONE]).splitlines()
    firsts = [line.split()[0] for line in lines[1:-1] if not line.startswith(" ")]
    assert firsts == [o.federation for o in (DONE, SAME, REFUSED, FAILED)]
    assert "142" not in lines[1]  # the rows have been told of in their line
    assert lines[1].split()[1:] == ["klar", "34", "s"]
    assert lines[2].split()[1:] == ["oförändrad", "0,0", "s"]
    assert lines[-1] == "1 klara, 1 oförändrade, 1 nekade, 1 med fel."


def test_the_table_keeps_to_80_signs_and_breaks_no_word() -> None:
    path = "/srv/" + "mapp-med-bindestreck/" * 6 + "liggare.xlsx"
    wordy = Outcome("spik", Status.REFUSED, f"Det går inte att skriva till {path}. Stäng de program som har den öppen.")
    text = table([wordy, REFUSED])
    assert path in text
    assert [line for line in text.splitlines() if len(line) > 80 and path not in line] == []
    assert "Stäng de program som" in " ".join(text.split())


def test_colours_are_only_where_they_are_asked_for() -> None:
    assert "\x1b[" not in table([FAILED, DONE])
    assert "\x1b[31m" in table([FAILED, DONE], colours=True)


def test_why_is_the_first_fault_and_of_a_traceback_the_error() -> None:
    one = Outcome("flen", Status.REFUSED, "federation.toml: 1 fel.\n  federation.toml, name: Inställningen saknas.")
    assert [reason_of(outcome) for outcome in (DONE, REFUSED, one, FAILED)] == [
        "",
        "Liggaren kan inte läsas rätt: 2 fel. Det första: beslut.csv, cell H2: beloppet går inte att läsa",
        "federation.toml, name: Inställningen saknas.",
        "portfolj.X: Notebooken dog (cell 4).",
    ]


def test_of_a_notebook_that_failed_the_table_has_the_words_and_not_the_class() -> None:
    try:
        raise NotebookFailed("2_portfolio.ipynb", Failure.TIMED_OUT, cell_number=4, detail="Gränsen är 3 sekunder.")
    except NotebookFailed:
        message = traceback.format_exc()
    shown = table([Outcome("vikbo", Status.FAILED, message, failure="timed_out"), DONE])
    assert "Notebooken 2_portfolio.ipynb avbröts: den tog längre tid än den fick (cell 4)." in " ".join(shown.split())
    assert "NotebookFailed" not in shown


def test_the_json_line_says_how_a_report_failed(capsys: pytest.CaptureFixture[str]) -> None:
    for failure in ("timed_out", ""):
        JsonLines(["vikbo"], out=Path("/ut")).tell(Outcome("vikbo", Status.FAILED, "x", failure=failure))
    assert [json.loads(line)["failure"] for line in capsys.readouterr().out.splitlines()] == ["timed_out", ""]


def test_times_are_written_as_they_are_read() -> None:
    assert [duration(seconds) for seconds in (0.04, 9.96, 34.2, 59.9, 125)] == ["0,0 s", "10 s", "34 s", "1:00", "2:05"]


def test_one_line_tells_of_each_outcome() -> None:
    assert line_of(DONE) == "rar-sormland: klar. 142 rader in = 135 använda + 7 åt sidan. /ut/rar"
    assert line_of(SAME) == "flen: oförändrad. /ut/flen"
    assert line_of(REFUSED).splitlines()[0].endswith("ingen ny rapport. Den förra rapporten ligger kvar.")
    assert line_of(FAILED).splitlines()[0] == "spik: ingen ny rapport."


def test_one_federation_has_its_line_and_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    with Lines(["flen"], out=Path("/ut")) as teller:
        teller.tell(SAME)
        teller.finished([SAME])
    index = Path("/ut") / "index.html"
    assert capsys.readouterr().out == f"{line_of(SAME)}\nAktuella rapporter: 1 av 1. Börja läsa i {index}\n"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_display_says_what_goes_on_and_leaves_the_lines_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
    console = Console(file=screen, force_terminal=True, width=80)
    with Live(["rar-sormland", "spik", "flen"], out=Path("/ut"), console=console) as teller:
        teller.began("rar-sormland")
        teller.began("spik")
        teller.tell(FAILED)
        teller.tell(DONE)
        teller.finished([DONE, FAILED])
    shown = screen.getvalue()
    assert "nu: rar-sormland, spik" in shown
    assert "1 fel  nu: rar-sormland" in shown
    assert line_of(DONE) in shown
    assert shown.rstrip().endswith(f"Aktuella rapporter: 1 av 2. Börja läsa i {Path('/ut') / 'index.html'}")


@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_who_wants_no_colours_gets_none(no_colour: str, coloured: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("NO_COLOR", no_colour)
    Lines(["spik", "flen"], out=Path("/ut")).finished([DONE, FAILED])
    assert ("\x1b[" in screen.getvalue()) == coloured


def test_what_is_sent_to_a_file_is_not_shown_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, log = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", log)
    with Live(["spik"], out=Path("/ut"), console=Console(file=screen, force_terminal=True, width=80)) as teller:
        teller.tell(FAILED)
    assert log.getvalue() == line_of(FAILED) + "\n"
    assert "Traceback" not in screen.getvalue()


def test_json_lines_are_all_that_is_on_standard_output(tmp_path: Path) -> None:
    raw = tmp_path / "data" / "raw"
    for name in ("trasig", "tom"):
        (raw / name).mkdir(parents=True)
        (raw / name / "federation.toml").write_text("name = ", encoding="utf-8")
    done = portfolj("run", "--all", "--log-json", "--jobs", "1", "--data", tmp_path / "data", "--out", tmp_path / "ut")
    assert (done.returncode, done.stderr) == (EXIT_USER_ERROR, "")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events] == ["started", "report", "report", "finished"]
    assert events[0]["federations"] == ["tom", "trasig"]
    assert {(event["federation"], event["status"], event["folder"]) for event in events[1:3]} == {
        ("tom", "refused", None), ("trasig", "refused", None),
    }  # fmt: skip
    assert all("federation.toml" in event["message"] for event in events[1:3])
    assert events[3]["counts"] == {"done": 0, "unchanged": 0, "refused": 2, "failed": 0}
    assert events[3]["exit_code"] == EXIT_USER_ERROR


@pytest.fixture
def hanging(tmp_path: Path, places: Places) -> Places:
    """Two small federations and notebooks of which every one stops for ever after its parameters."""
    notebooks = tmp_path / "notebooks"
    shutil.copytree(places.notebooks, notebooks)
    for path in notebooks.glob("*.ipynb"):
        node = json.loads(path.read_text(encoding="utf-8"))
        parameters = [cell for cell in node["cells"] if "parameters" in cell["metadata"].get("tags", [])]
        hang = {
            "cell_type": "code", "id": "hang", "metadata": {}, "outputs": [], "execution_count": None,
            "source": "import time; time.sleep(3600)",
        }  # fmt: skip
        node["cells"] = [*parameters, hang]
        path.write_text(json.dumps(node), encoding="utf-8")
    for name in ("ett", "tva"):
        shutil.copytree(places.raw("elak"), tmp_path / "data" / "raw" / name)
    return Places(tmp_path / "data", tmp_path / "out", notebooks)


def test_a_notebook_that_hangs_is_cut_by_the_time_it_may_take(hanging: Places) -> None:
    (outcome,) = fleet.run(["ett"], places=hanging, parameters={}, timeout_seconds=3)
    assert outcome.status == Status.FAILED
    assert "den tog längre tid än den fick" in outcome.message
    assert list((hanging.out / "ett").glob("*/index.html")) == []
    children = psutil.Process().children(recursive=True)
    _, alive = psutil.wait_procs([child for child in children if "ipykernel" in " ".join(child.cmdline())], timeout=20)
    assert alive == []


@pytest.mark.skipif(os.name == "nt", reason="signals are a Unix thing")
def test_a_worker_killed_midway_takes_one_report_and_a_stopped_run_leaves_no_process(hanging: Places) -> None:
    command = [PORTFOLJ, "run", "ett", "tva", "--jobs", "1", "--log-json", "--data", hanging.data, "--out", hanging.out]
    environment = {**os.environ, "PORTFOLJ_NOTEBOOKS": str(hanging.notebooks)}
    run = subprocess.Popen(list(map(str, command)), env=environment, stdout=subprocess.PIPE, text=True)
    me = psutil.Process(run.pid)

    def building(name: str) -> bool:
        return any((hanging.out / name).glob(".*.building-*")) or run.poll() is not None

    wait_for(lambda: building("ett"))
    assert run.poll() is None
    (worker,) = me.children()
    first = [worker, *worker.children(recursive=True)]
    worker.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(first, timeout=60)
    assert alive == []  # kernels see that nobody is left to work for
    wait_for(lambda: building("tva"))
    second = me.children(recursive=True)
    assert second
    run.send_signal(signal.SIGTERM)
    said, _ = run.communicate(timeout=60)
    assert run.returncode == 128 + signal.SIGTERM
    _, alive = psutil.wait_procs(second, timeout=60)
    assert alive == []
    (event,) = [json.loads(line) for line in said.splitlines() if '"report"' in line]
    assert (event["federation"], event["status"]) == ("ett", "failed")
    assert "SIGKILL" in event["message"]
