"""The commands as a user types them: messages without tracebacks, exit codes, data and reports elsewhere."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from portfolj.errors import EXIT_USER_ERROR
from portfolj.places import Places
from portfolj.report.pages import PAGES

ROOT = Path(__file__).parents[2]
PORTFOLJ = Path(sys.executable).with_name("portfolj")


def portfolj(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PORTFOLJ, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, stdin=subprocess.DEVNULL, check=False
    )


@pytest.fixture
def elsewhere(tmp_path: Path) -> list[str]:
    return ["--data", str(tmp_path / "data"), "--out", str(tmp_path / "reports")]


LEDGER = "Insats;Sökande;Målgrupp;År;Beviljat\nUng start;Flens kommun;Unga;2020;1 200\nSteget;;;2021;300,5\n"


def test_a_ledger_of_ones_own_from_file_to_page(tmp_path: Path, elsewhere: list[str]) -> None:
    ledger = tmp_path / "beslut 2020.csv"
    ledger.write_text(LEDGER, encoding="cp1252")
    made = portfolj("new", "mitt-forbund", ledger, "--unit", "tkr", *elsewhere)
    assert made.returncode == 0, made.stderr
    checked = portfolj("check", tmp_path / "data" / "raw" / "mitt-forbund")
    assert checked.returncode == 0
    assert "1\u00a0500\u00a0500" in checked.stdout.replace(" ", "\u00a0")  # (1 200 + 300,5) tkr
    run = portfolj("run", "mitt-forbund", *elsewhere)
    assert run.returncode == 0, run.stderr
    (owner,) = (tmp_path / "reports" / "mitt-forbund").glob("*/tables/owner.csv")
    sums = {row["owner"]: row["granted_sek"] for row in csv.DictReader(owner.open(encoding="utf-8"))}
    assert (sums["kommun"], sums["ej_definierad"]) == ("1200000", "300500")


def test_new_without_a_known_unit_says_how_to_state_it(tmp_path: Path, elsewhere: list[str]) -> None:
    ledger = tmp_path / "beslut.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    made = portfolj("new", "mitt-forbund", ledger, *elsewhere)
    assert made.returncode == EXIT_USER_ERROR
    assert "--unit" in made.stderr
    assert "Traceback" not in made.stderr
    assert not (tmp_path / "data" / "raw" / "mitt-forbund").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "rar-sormlnd"], "Menade du rar-sormland?"),
        (["run", "rar-sormland", "--period", "2014-19"], "2014-2019"),
        (["run", "rar-sormland", "-p", "perod=2014"], "Menade du period?"),
        (["run", "rar-sormland", "--basis", "stted"], "Menade du stated?"),
        (["run", "rar-sormland", "--counting", "twice"], "once"),
        (["run"], "--all"),
        (["check", "finns-inte"], "finns inte"),
        (["run", "rar-sormland", "-p", "discount_rate_pct=80"], "discount_rate_pct är 80"),
        (["run", "rar-sormland", "-p", "discount_rate_pct=hög"], "discount_rate_pct är 'hög'"),
        (["run", "rar-sormland", "-p", "values=montly_wage=27000"], "Menade du monthly_wage_sek?"),
        (["run", "rar-sormland", "-p", "price_year=2020"], "prisindex saknas"),
    ],
)
def test_a_wrong_word_stops_before_anything_runs_with_the_nearest_right_one(
    arguments: list[str], says: str, tmp_path: Path
) -> None:
    out = ["--out", str(tmp_path / "reports")] if arguments[0] == "run" else []
    done = portfolj(*arguments, *out)
    assert done.returncode == EXIT_USER_ERROR
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "reports").glob("*/*")) == []


def test_classify_keeps_the_table_and_adds_its_columns(tmp_path: Path) -> None:
    table = tmp_path / "insatser.csv"
    table.write_text(
        "Nr,Namn,Sökande,Beskrivning\n7,Ung väg,Flens kommun,Coachning för unga\n3,<b>=1+1</b>,,\n", encoding="utf-8"
    )
    done = portfolj("classify", table, "--out", tmp_path / "kodade.csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader((tmp_path / "kodade.csv").open(encoding="utf-8")))  # no mark: the input had none
    assert [row["Nr"] for row in rows] == ["7", "3"]
    assert [row["Namn"] for row in rows] == ["Ung väg", "<b>=1+1</b>"]
    assert (rows[0]["owner"], rows[0]["target_groups"], rows[0]["orientation"]) == ("kommun", "unga", "individinriktad")
    assert rows[0]["owner_basis"] == "stated"
    assert "Flens kommun" in rows[0]["owner_evidence"]
    assert (rows[1]["owner"], rows[1]["owner_reason"]) == ("ej_definierad", "no_documentation")
    added = [
        f"{d}{s}" for d in ("owner", "target_groups", "orientation") for s in ("", "_basis", "_evidence", "_reason")
    ]
    assert set(added) <= set(rows[0])


def test_classify_without_a_name_column_says_so(tmp_path: Path) -> None:
    table = tmp_path / "insatser.csv"
    table.write_text("Kostnad,Antal\n7,3\n", encoding="utf-8")
    done = portfolj("classify", table, "--out", tmp_path / "kodade.csv")
    assert done.returncode == EXIT_USER_ERROR
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "kodade.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        # 12 x 3 343 / 1 540 = 26.05; 1 540 000 - 3 343 000; 5 x 1 540 000 - 3 343 000
        (["3343000", "1540000"], ["27 månader", "26,05", "−1 803 000 kr", "4 357 000 kr", "avrundat uppåt"]),
        (["3 343 tkr", "1,54 mkr"], ["27 månader", "12 × 3 343 000 kr / 1 540 000 kr"]),
        (["672000", "-848000"], ["aldrig", "12 × kostnaden / intäkten"]),
        (["0", "1000"], ["0 månader"]),
        (["12000", "12000"], ["12 månader", "12,00"]),
        (["12001", "12000"], ["13 månader"]),
        # 300 000 / (100 000 x 0.8) = 3.75 years
        (["300000", "100000", "--deadweight", "20"], ["45 månader", "20 % av intäkten", "Utan det: 36 månader"]),
        (["300000", "100000", "--fade-out", "50"], ["aldrig", "Utan det: 36 månader"]),
        (["110000", "100000", "--discount-rate", "4"], ["14 månader", "räntan är 4 %"]),  # 12 + 12 x 0.1 x 1.04 = 13.2
    ],
)
def test_payback_answers_with_the_months_the_results_and_the_rule(arguments: list[str], says: list[str]) -> None:
    cost, income, *options = arguments
    done = portfolj("payback", "--cost", cost, "--income", income, *options)
    assert done.returncode == 0, done.stderr
    said = done.stdout.replace("\u00a0", " ")
    assert [part for part in says if part not in said] == []
    assert "Regel:" in said
    assert "Resultat efter ett år:" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--cost", "hundra", "--income", "5"], "--cost är 'hundra'"),
        (["--cost", "5", "--income", "nan"], "--income är 'nan'"),
        (["--cost", "", "--income", "5"], "--cost är ''"),
        (["--cost", "-5", "--income", "5"], "--cost är '-5'"),
        (["--cost", "5"], "--income"),
        (["--cost", "5", "--income", "5", "--fade-out", "101"], "--fade-out"),
    ],
)
def test_payback_of_what_is_no_amount_is_refused_in_one_message(arguments: list[str], says: str) -> None:
    done = portfolj("payback", *arguments)
    assert done.returncode == EXIT_USER_ERROR
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to ask with")
def test_a_stopped_run_leaves_no_kernel_and_no_half_built_report(tmp_path: Path, places: Places) -> None:
    run = subprocess.Popen(
        [PORTFOLJ, "run", "rar-sormland", "--data", places.data, "--out", tmp_path],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    me = psutil.Process(run.pid)
    kernels: list[psutil.Process] = []
    deadline = time.monotonic() + 60
    while len(kernels) < len(PAGES) and time.monotonic() < deadline:
        kernels = [p for p in me.children(recursive=True) if any("ipykernel" in part for part in p.cmdline())]
        time.sleep(0.05)
    assert len(kernels) == len(PAGES)  # one for each notebook
    run.send_signal(signal.SIGTERM)
    assert run.wait(timeout=30) == 128 + signal.SIGTERM
    _, alive = psutil.wait_procs(kernels, timeout=10)
    assert alive == []
    assert [p for p in tmp_path.rglob("*") if p.is_file() and not p.name.startswith(".")] == []


def test_a_report_is_for_the_federation_that_is_named(tmp_path: Path, places: Places) -> None:
    done = portfolj("run", "rar-sormland", "-p", "federation=finsam-urval", "--data", places.data, "--out", tmp_path)
    assert done.returncode == EXIT_USER_ERROR
    assert "som argument" in done.stderr
    assert list(tmp_path.glob("*/*")) == []


def test_a_log_with_another_character_set_does_not_stop_a_check(tmp_path: Path) -> None:
    ledger = tmp_path / "beslut.csv"
    ledger.write_text("Insats;År;Beviljat (kr)\nA;2020;1000\nA;2020;-500\n", encoding="utf-8")
    done = subprocess.run(
        [PORTFOLJ, "check", ledger], capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "cp1252"}
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


def test_a_table_is_not_coded_over_itself(tmp_path: Path) -> None:
    table = tmp_path / "insatser.csv"
    table.write_text("Namn\nUng start\n", encoding="utf-8")
    done = portfolj("classify", table, "--out", table)
    assert done.returncode == EXIT_USER_ERROR
    assert table.read_text(encoding="utf-8") == "Namn\nUng start\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is a Unix thing")
def test_new_asks_in_a_terminal_for_what_it_can_not_know(tmp_path: Path) -> None:
    import pty

    ledger = tmp_path / "beslut.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    master, terminal = pty.openpty()
    run = subprocess.Popen(
        [PORTFOLJ, "new", "mitt-forbund", ledger, "--data", tmp_path / "data"], stdin=terminal, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    os.write(master, b"hundratal\n2\n")  # the first answer is none of the choices; the second is tkr
    said, _ = run.communicate(timeout=60)
    assert run.returncode == 0, said.decode()
    assert "inget av valen" in said.decode()
    settings = (tmp_path / "data" / "raw" / "mitt-forbund" / "federation.toml").read_text(encoding="utf-8")
    assert 'unit = "tkr"' in settings
