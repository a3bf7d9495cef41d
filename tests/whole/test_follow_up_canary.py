"""Nothing of a row on a person is in anything that a run makes, prints or refuses with.

The shipped case's rows, no longer said to be invented: personal numbers in place of ids, a key, and a canary in every
column of free text and identity. All of it is made here; the numbers only have the shape of real ones.
"""

from __future__ import annotations

import base64
import csv
import html
import logging
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote_to_bytes

import openpyxl
import pytest

from portfolj import fleet
from portfolj.errors import EXIT_USER_ERROR, InputRefused
from portfolj.fleet import Status
from portfolj.followup.identity import KEYS_VARIABLE, hash_of, make_key
from portfolj.places import Places
from portfolj.portfolio.view import open_portfolio
from portfolj.report.layout import FAILURE_FILE

ROOT = Path(__file__).parents[2]
SPIK = ROOT / "data" / "raw" / "spik"
PORTFOLJ = Path(sys.executable).with_name("portfolj")
NAME = "kanarie"
CANARY = "Kanariefågel"
RARE_PLACE, RARE_REFERRER = "Överkalix", "Haparanda kommun"  # of fewer than five people: they may say who they are
EXTRA = ("Namn", "Telefon", "Adress", "E-post", "Handläggare", "Kommentar", "Dagboksanteckning")


@dataclass
class Planted:
    """The federation's folder, and what of its rows must be nowhere else."""

    places: Places
    keys: Path
    numbers: list[str] = field(default_factory=list)  # twelve digits
    births: list[date] = field(default_factory=list)
    days: list[date] = field(default_factory=list)  # starts
    own_ids: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.places.raw(NAME)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, KEYS_VARIABLE: str(self.keys)}

    @cached_property
    def hashes(self) -> set[str]:
        """What stands for the persons where rows are kept."""
        key = bytes.fromhex((self.keys / f"{NAME}.key").read_text(encoding="ascii").strip())
        return {hash_of(identity, key=key) for identity in (*self.numbers, *self.own_ids)}


def number_of(born: date, serial: int, *, coordination: bool) -> str:
    """A personal number as twelve digits, with its check digit; a coordination number has the day plus 60."""
    nine = f"{born:%y%m}{born.day + 60 * coordination:02d}{serial:03d}"
    products = [int(digit) * (2 - n % 2) for n, digit in enumerate(nine)]
    check = -sum(product - 9 * (product > 9) for product in products) % 10
    return f"{born.year // 100}{nine}{check}"


def spelt(number: str, way: int) -> str:
    """The number as people write it: with or without century and hyphen."""
    return (
        f"{number[:8]}-{number[8:]}",
        f"{number[2:8]}-{number[8:]}",
        number,
        number[2:],
        f"{number[2:8]} {number[8:]}",
    )[way % 5]


def planted(base: Path) -> Planted:
    """The folder ``kanarie``, made of the rows of spik."""
    found = Planted(Places(base / "data", base / "reports", ROOT / "notebooks"), base / "keys")
    shutil.copytree(SPIK, found.folder)
    settings = (found.folder / "federation.toml").read_text(encoding="utf-8")
    assert "invented = true" in settings
    settings = settings.replace("invented = true", 'invented = false\nstatuses = ["lagen.csv"]')
    (found.folder / "federation.toml").write_text(settings, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEYS_VARIABLE, str(found.keys))
        make_key(NAME, data=found.places.data)
    with (found.folder / "tryckt_uppfoljning.csv").open(encoding="utf-8", newline="") as lines:
        head, *figures = csv.reader(lines)
    # Shares are enough here: printed counts of people make protection look for what they give away many times over.
    shares = [row for row in figures if "persons" not in row]
    _write(found.folder / "tryckt_uppfoljning.csv", [head, *shares])
    identities = _plant_participations(found)
    _plant_ratings(found, identities)
    statuses = [["Deltagare", "Insats", "Tidpunkt", "Läge", "Namn", "Anteckning"]]
    for n, number in enumerate(identities.values()):
        for point, status in (("Start", "Arbetssökande"), ("Avslut", "Arbete" if n % 3 else "Studier")):
            statuses.append([spelt(number, n + 1), "SPiK", point, status, f"{CANARY} {n}", f"{CANARY} sa att {n}"])
    _write(found.folder / "lagen.csv", statuses)
    return found


def _plant_participations(found: Planted) -> dict[str, str]:
    """The workbook again, with personal numbers and more columns; own id -> number."""
    book = openpyxl.load_workbook(found.folder / "deltagande.xlsx")
    sheet = book.active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(n for n, row in enumerate(rows) if row[0] == "Deltagare")
    column = {str(heading): n for n, heading in enumerate(rows[head])}
    made = openpyxl.Workbook()
    out = made.active
    assert out is not None
    out.title = "Deltagare"
    out.append([f"Lista: {CANARY} titel"])
    out.append([*rows[head], "Födelsedatum", *EXTRA])
    identities: dict[str, str] = {}
    for n, row in enumerate(rows[head + 1 :]):
        start, age = row[column["Startdatum"]], row[column["Ålder"]]
        assert isinstance(start, datetime)
        born = (start - timedelta(days=round(365.25 * int(str(age))) + 20 + n % 300)).date()
        number = number_of(born, n + 1, coordination=n % 9 == 0)
        identities[str(row[0])] = number
        row[0] = spelt(number, n)
        if n < 2:
            row[column["Kommun"]] = RARE_PLACE
        if 2 <= n < 4:
            row[column["Remittent"]] = RARE_REFERRER
        if 4 <= n < 6:
            row[column["Insats"]] = f"{CANARY} insats"
        if n == 6:  # an own id in place of a number
            row[0] = f"{CANARY} id"
            found.own_ids.append(f"{CANARY} id".casefold())
        found.births.append(born)
        found.days.append(start.date())
        out.append([*row, born.isoformat(), *(f"{CANARY} {name} {n}" for name in EXTRA)])
    found.numbers += identities.values()
    diary = made.create_sheet("Dagbok")
    for n, born in enumerate(found.births):
        diary.append([f"{CANARY} kom i dag", born.isoformat(), f"{CANARY} {n}"])
    made.save(found.folder / "deltagande.xlsx")
    return identities


def _plant_ratings(found: Planted, identities: dict[str, str]) -> None:
    file = found.folder / "skattningar.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=";"))
    told = [[*rows[0], *EXTRA]]
    for n, row in enumerate(rows[1:]):
        told.append([spelt(identities[row[0]], n), *row[1:], *(f"{CANARY} {name} {n}" for name in EXTRA)])
    _write(file, told)


def _write(file: Path, rows: Sequence[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, delimiter=";").writerows(rows)


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything in every file as text: archives unpacked, pictures inside pages decoded, escapes undone."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield file.name, str(file)
        raw = file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    # As text, whether å stands as itself or by its number, as in workbooks written by means of lxml.
                    yield f"{file.name}/{name}", html.unescape(archive.read(name).decode("utf-8", "replace"))
            continue
        text = raw.decode("utf-8", "replace")
        yield file.name, text
        yield f"{file.name}, escapes undone", re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)
        for kind, data in re.findall(r"data:([\w/+.-]+;base64|[\w/+.-]+(?:;[\w=-]+)*),([^\"')\s]+)", text):
            content = base64.b64decode(data + "==") if kind.endswith("base64") else unquote_to_bytes(data)
            yield f"{file.name}, {kind}", content.decode("utf-8", "replace")


def told_in(text: str, rows: Planted) -> list[str]:
    """What of the rows stands in the text, in words that do not say it again."""
    found = []
    if CANARY.casefold() in text.casefold():
        found.append("canary")
    squeezed = re.sub("[\\s\u00a0\\-+\u2010-\u2015\u2212/]", "", text)
    if _windows(r"\d{10}", squeezed) & {number[2:] for number in rows.numbers}:
        found.append("personal number")
    if _windows(r"[0-9a-f]{16}", text.lower()) & rows.hashes:
        found.append("hash")
    if _windows(r"\d{8}", squeezed) & {f"{born:%Y%m%d}" for born in rows.births}:
        found.append("birth date")
    if _windows(r"\d{4}-\d\d-\d\d", text) & {day.isoformat() for day in rows.days}:
        found.append("start")
    if RARE_PLACE in text or RARE_REFERRER.removesuffix(" kommun") in text:
        found.append("rare place")
    return found


def _windows(pattern: str, text: str) -> set[str]:
    """Everything that the pattern fits, also where one begins inside another."""
    return {match[1] for match in re.finditer(f"(?=({pattern}))", text)}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return planted(tmp_path_factory.mktemp("kanarie"))


def portfolj(rows: Planted, *arguments: str) -> subprocess.CompletedProcess[str]:
    where = ["--data", str(rows.places.data), "--out", str(rows.places.out)]
    return subprocess.run(
        [PORTFOLJ, *arguments, *where], capture_output=True, text=True, env=rows.environment, check=False
    )


def test_no_row_of_a_person_is_in_anything_that_a_run_makes_or_prints(rows: Planted) -> None:
    done = portfolj(rows, "run", NAME)
    assert done.returncode == 0, done.stderr
    assert told_in(done.stdout + done.stderr, rows) == []
    read = dict.fromkeys(name for name, _ in texts_of(rows.places.out))
    assert {
        "followup.html", "index.html", "manifest.json", "outcomes.csv", "3_follow_up.ipynb", "shown_counts.json",
        "tables.xlsx/xl/sharedStrings.xml", "economics.html", "4_economics.ipynb", "payback.csv", "flows.csv",
        "chance.csv", "break_even.csv", "unit_values.csv", "board.html", "0_board.ipynb", "goals.html",
        "stakeholders.html", "comparison.html",
    } <= set(read)  # fmt: skip
    assert [(name, told) for name, text in texts_of(rows.places.out) if (told := told_in(text, rows))] == []
    processed = rows.places.processed(NAME)
    assert [(name, told) for name, text in texts_of(processed) if (told := told_in(text, rows))] == []
    # The run did count them: 267 took part, among them two in an intervention that only they were in.
    (table,) = rows.places.out.glob(f"{NAME}/*/tables/outcomes.csv")
    whole = next(csv.DictReader(table.open(encoding="utf-8")))
    assert (whole["group"], whole["participations"]) == ("all", "267")
    # And it did count what they earn: one line for each actor, of all of them together.
    (table,) = rows.places.out.glob(f"{NAME}/*/tables/payback.csv")
    lines = list(csv.DictReader(table.open(encoding="utf-8")))
    assert {line["participants"] for line in lines} == {"267"}
    assert len({line["actor"] for line in lines}) == len(lines) == 9


def test_the_search_finds_what_it_looks_for_however_it_is_written(rows: Planted, tmp_path: Path) -> None:
    number, born = rows.numbers[10], rows.births[10]
    for way in range(5):
        assert told_in(f"hej {spelt(number, way)}, hej", rows)[0] == "personal number"
    assert told_in(f"a {min(rows.hashes)} b", rows) == ["hash"]
    assert "birth date" in told_in(f"{born:%Y-%m-%d}", rows)
    assert told_in(CANARY.upper(), rows) == ["canary"]
    assert told_in(f"{RARE_PLACE}s kommun", rows) == ["rare place"]
    picture = base64.b64encode(f"<svg>{CANARY}</svg>".encode()).decode()
    (tmp_path / "a.html").write_text(f'<img src="data:image/svg+xml;base64,{picture}">', encoding="utf-8")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = CANARY
    book.save(tmp_path / "b.xlsx")
    (tmp_path / "c.json").write_text('"Kanarief\\u00e5gel"', encoding="utf-8")
    found = [name.split(".")[0] for name, text in texts_of(tmp_path) if told_in(text, rows)]
    assert sorted(set(found)) == ["a", "b", "c"]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The same folder with faults of every sort in its person files."""
    found = planted(tmp_path_factory.mktemp("nekad"))
    book = openpyxl.load_workbook(found.folder / "deltagande.xlsx")
    sheet = book["Deltagare"]
    column = {str(cell.value): cell.column for cell in sheet[2]}
    odd = {
        "Startdatum": f"{CANARY} i maj", "Slutdatum": "1999-01-01", "Kommun": f"{CANARY} by", "Kön": CANARY,
        "Remittent": f"{CANARY} vårdcentral", "Sysselsättning efter": f"Arbete hos {CANARY}", "Ålder": CANARY,
        "Försörjning före": f"{CANARY} försörjer", "Avslutsanledning": f"{CANARY} flyttade",
        "Födelsedatum": f"{CANARY} föddes", "Deltagare": f"{spelt(found.numbers[20], 0)} {CANARY}",
        "Insats": "", "Kommentar": f"{CANARY} {spelt(found.numbers[30], 1)}", "Telefon": spelt(found.numbers[31], 3),
    }  # fmt: skip
    for n, (heading, value) in enumerate(odd.items()):
        sheet.cell(row=40 + n, column=column[heading], value=value)
    sheet["A1"] = f"Lista över {spelt(found.numbers[32], 2)} {CANARY}"
    book.create_sheet(f"{CANARY} {spelt(found.numbers[33], 1)[:11]}")
    book.save(found.folder / "deltagande.xlsx")
    for name, heading, value in (
        ("skattningar.csv", "Datum", f"{CANARY} datum"), ("skattningar.csv", "Kommentar", spelt(found.numbers[34], 2)),
        ("lagen.csv", "Läge", f"{CANARY} läge"), ("lagen.csv", "Tidpunkt", f"{CANARY} tid"),
        ("lagen.csv", "Deltagare", ""),
    ):  # fmt: skip
        with (found.folder / name).open(encoding="utf-8", newline="") as lines:
            told = list(csv.reader(lines, delimiter=";"))
        told[7 + len(value)][told[0].index(heading)] = value
        _write(found.folder / name, told)
    with (found.folder / "lagen.csv").open("a", encoding="utf-8") as lines:
        lines.write(f'{found.numbers[40]};SPiK;Start;Arbete;"{CANARY}";a;{CANARY} för mycket\n')
    return found


def test_a_refusal_names_every_place_and_nothing_that_stands_there(
    faulty: Planted, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv(KEYS_VARIABLE, str(faulty.keys))
    with caplog.at_level(logging.DEBUG):
        (outcome,) = fleet.run([NAME], places=faulty.places, parameters={})
    assert outcome.status == Status.REFUSED, outcome.message
    for place in ("deltagande.xlsx", "skattningar.csv", "lagen.csv", "G40", "E42", "C43"):
        assert place in outcome.message, place
    printed = capfd.readouterr()
    for text in (outcome.message, repr(outcome), caplog.text, printed.out, printed.err):
        assert told_in(text, faulty) == []
    kept = [*texts_of(faulty.places.out), *texts_of(faulty.places.processed(NAME))]
    assert any("skattningar.csv" in text for name, text in kept if name.startswith("faults.xlsx"))
    assert any("skattningar.csv" in text for name, text in kept if name == FAILURE_FILE)  # the page that readers see
    assert [(name, told) for name, text in kept if (told := told_in(text, faulty))] == []


def test_a_check_on_the_command_line_prints_nothing_of_a_row(faulty: Planted) -> None:
    done = subprocess.run(
        [PORTFOLJ, "check", str(faulty.folder)], capture_output=True, text=True, env=faulty.environment, check=False
    )
    assert told_in(done.stdout + done.stderr, faulty) == []
    assert "lagen.csv" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == EXIT_USER_ERROR


def test_the_workbook_of_faults_of_a_ledger_beside_faulty_rows_holds_nothing_of_a_row(
    faulty: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEYS_VARIABLE, str(faulty.keys))
    ledger = faulty.folder / "spik_liggare.csv"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("15 541 812", "femton"), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        open_portfolio(NAME, places=faulty.places)
    assert told_in(str(refused.value), faulty) == []
    kept = dict(texts_of(faulty.places.processed(NAME)))
    assert any("femton" in text for name, text in kept.items() if name.startswith("faults.xlsx"))
    assert {name: told for name, text in kept.items() if (told := told_in(text, faulty))} == {}
