"""A whole run: what stands published, what a failed run leaves, what hostile text does."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tomllib
from importlib import resources
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup

from portfolj import fleet
from portfolj.economics.values import VALUES_VERSION
from portfolj.files import sha256_of
from portfolj.fleet import Outcome, Status
from portfolj.places import Places
from portfolj.report.execute import Failure
from portfolj.report.layout import FAILURE_FILE, HISTORY_FOLDER

ROOT = Path(__file__).parents[2]
PERSONAL_NUMBERS = ("811228-9874", "8112289874", "670919-9530", "6709199530")
NOTICE = "Konstruerade rader"


@pytest.fixture(scope="module")
def rar_folder(outcomes: dict[str, Outcome]) -> Path:
    folder = outcomes["rar-sormland"].folder
    assert folder is not None, outcomes["rar-sormland"].message
    return folder


@pytest.fixture(scope="module")
def hostile_folder(outcomes: dict[str, Outcome]) -> Path:
    folder = outcomes["elak"].folder
    assert folder is not None, outcomes["elak"].message
    return folder


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file by its place, without the day that a page says it was made: two runs may lie around midnight."""
    dated = re.compile(rb"\d{1,2} [a-z]+ 20\d\d")
    return {
        p.relative_to(folder): dated.sub(b"", p.read_bytes()) if p.suffix == ".html" else p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file()
    }


def published_text(folder: Path) -> str:
    """Everything in a report that is text, workbooks included."""
    parts = [
        p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.suffix in (".html", ".csv", ".json", ".ipynb")
    ]
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    parts += [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    return "\n".join(parts)


def test_every_federation_gets_its_report(outcomes: dict[str, Outcome], places: Places) -> None:
    assert {name: outcome.status for name, outcome in outcomes.items()} == dict.fromkeys(outcomes, Status.DONE)
    assert fleet.exit_code(list(outcomes.values())) == 0
    links = {a["href"] for a in soup(places.out / "index.html").find_all("a")}
    assert {"rar-sormland/2014-2019/index.html", "finsam-urval/alla-ar/index.html"} <= links


def test_a_report_holds_its_pages_tables_notebooks_and_manifest(rar_folder: Path) -> None:
    names = {str(p.relative_to(rar_folder)) for p in rar_folder.rglob("*") if p.is_file()}
    assert {
        "index.html", "review.html", "portfolio.html", "tables.xlsx", "manifest.json", "tables/owner.csv",
        "tables/target_group.csv", "tables/orientation.csv", "tables/process_support.csv", "tables/year.csv",
        "tables/published.csv", "tables/pending.csv", "notebooks/1_review.ipynb", "notebooks/2_portfolio.ipynb",
        "followup.html", "economics.html", "tables/payback.csv", "tables/payback_summary.csv",
        "board.html", "goals.html", "stakeholders.html", "comparison.html", "notebooks/0_board.ipynb",
        "tables/strategy.csv", "tables/strategy_outside.csv",
        "tables/payback_printed.csv", "tables/break_even.csv", "tables/chance.csv", "tables/sensitivity.csv",
        "tables/flows.csv", "tables/unit_values.csv", "notebooks/3_follow_up.ipynb", "notebooks/4_economics.ipynb",
    } <= names  # fmt: skip


def test_rows_in_are_rows_used_and_rows_set_aside(outcomes: dict[str, Outcome]) -> None:
    for outcome in outcomes.values():
        rows_in, used, aside = outcome.rows
        assert rows_in == used + aside > 0


def test_the_manifest_names_every_file_by_its_content(rar_folder: Path) -> None:
    manifest = json.loads((rar_folder / "manifest.json").read_text(encoding="utf-8"))
    files = {p.relative_to(rar_folder).as_posix() for p in rar_folder.rglob("*") if p.is_file()} - {"manifest.json"}
    assert set(manifest["outputs"]) == files
    assert all(digest == sha256_of(rar_folder / name) for name, digest in manifest["outputs"].items())
    assert {"federation.toml", "rar_sormland_ledger.xlsx", "published.csv"} <= set(manifest["inputs"])
    economics = {"nytta.csv", "varden.csv", "brytpunkter.csv", "tryckt_nytta.csv"}
    assert economics <= set(manifest["inputs"])
    assert all(
        manifest["inputs"][name] == sha256_of(ROOT / "data" / "raw" / "rar-sormland" / name) for name in economics
    )
    assert VALUES_VERSION in manifest["vintages"].values()


def test_the_notice_stands_on_every_page_and_every_sheet(rar_folder: Path) -> None:
    for page in rar_folder.glob("*.html"):
        assert NOTICE in soup(page).get_text(), page.name
    book = openpyxl.load_workbook(rar_folder / "tables.xlsx")
    for sheet in book:
        texts = [str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row]
        assert any(NOTICE in text for text in texts), sheet.title
        assert NOTICE in sheet.oddHeader.left.text, sheet.title


def test_the_same_inputs_give_the_same_bytes_but_for_the_time(rar_folder: Path, places: Places, tmp_path: Path) -> None:
    again = Places(data=places.data, out=tmp_path / "reports", notebooks=places.notebooks)
    (outcome,) = fleet.run(["rar-sormland"], places=again, parameters={})
    assert outcome.folder is not None, outcome.message
    first, second = contents(rar_folder), contents(outcome.folder)
    assert set(first) == set(second)
    assert [str(name) for name in first if first[name] != second[name] and name.name != "manifest.json"] == []


def test_a_notebook_as_run_holds_no_place_of_this_machine(rar_folder: Path, places: Places) -> None:
    for notebook in (rar_folder / "notebooks").glob("*.ipynb"):
        text = notebook.read_text(encoding="utf-8")
        assert str(places.data.parent) not in text
        assert str(places.notebooks) not in text


def test_the_counts_of_the_owner_table_are_those_of_its_file(rar_folder: Path) -> None:
    page = soup(rar_folder / "portfolio.html")
    table = page.find(id="tabell-huvudman").find_parent("table")
    shown = {
        row.th.get_text(): row.find_all("td")[0].get_text() for row in table.tbody.find_all("tr")
    }  # fmt: skip
    counts = [r["count"] for r in csv.DictReader((rar_folder / "tables" / "owner.csv").open(encoding="utf-8"))]
    assert list(shown.values()) == counts


def test_the_payback_of_each_year_on_the_page_is_that_of_its_file(rar_folder: Path) -> None:
    table = soup(rar_folder / "economics.html").find(id="tabell-aterbetalning-samhallet").find_parent("table")
    shown = {
        row.th.get_text(): row.find_all("td")[-1].get_text().replace("\u00a0", " ")
        for row in table.tbody.find_all("tr")
    }
    rows = csv.DictReader((rar_folder / "tables" / "payback.csv").open(encoding="utf-8"))
    months = {row["year"]: row["payback_months"] for row in rows if row["actor"] == "samhallet"}
    assert shown == {year: f"{number} månader" for year, number in months.items()}


def test_payback_beyond_five_years_has_its_months_in_the_file_alone(rar_folder: Path) -> None:
    page = soup(rar_folder / "economics.html").get_text().replace("\u00a0", " ")
    rows = list(csv.DictReader((rar_folder / "tables" / "payback.csv").open(encoding="utf-8")))
    beyond = {row["payback_months"] for row in rows if row["payback_months"] and int(row["payback_months"]) > 60}
    assert {"78", "374", "155", "192", "172", "134"} == beyond
    assert "mer än fem år" in page
    table = soup(rar_folder / "economics.html").find(id="tabell-aterbetalning-region").find_parent("table")
    assert [row.find_all("td")[-1].get_text() for row in table.tbody.find_all("tr")] == ["mer än fem år"] * 4


def test_every_review_page_has_the_shipped_codebooks_figures_with_date_and_version(
    rar_folder: Path, hostile_folder: Path
) -> None:
    table = tomllib.loads((resources.files("portfolj") / "reference" / "coding_quality.toml").read_text("utf-8"))
    half = table["even"] if table["even"]["measured_on"] else table["odd"]
    for folder in (rar_folder, hostile_folder):
        text = " ".join(soup(folder / "review.html").get_text(" ").split())
        assert f"Mätt {half['measured_on']} med kodboken {half['codebook_version']}." in text


def test_the_list_of_what_waits_is_its_file_row_by_row(rar_folder: Path) -> None:
    rows = list(csv.DictReader((rar_folder / "tables" / "pending.csv").open(encoding="utf-8")))
    shown = soup(rar_folder / "review.html").find(id="tabell-vantar").find_parent("table").tbody.find_all("tr")
    cells = [[cell.get_text() for cell in tr.find_all(["th", "td"])] for tr in shown]
    assert [(c[0], c[-1], int("".join(filter(str.isdigit, c[-2])))) for c in cells] == [
        (row["name"], row["intervention_key"], int(row["moves_sek"])) for row in rows
    ]
    sheet = openpyxl.load_workbook(rar_folder / "tables.xlsx")["Väntar på beslut"]
    assert [row[1].value for row in sheet.iter_rows(min_row=5, max_row=4 + len(rows))] == [row["name"] for row in rows]


def test_every_category_leads_to_the_interventions_it_counts(rar_folder: Path) -> None:
    page = soup(rar_folder / "portfolio.html")
    lsg = page.find(id="insatser-owner-lsg")
    assert len(lsg.find_all("a")) == 17  # Table 1 of the review: 17 interventions owned by local groups
    for link in lsg.find_all("a"):
        assert page.find(id=link["href"].removeprefix("#")) is not None


def test_hostile_text_is_shown_as_text(hostile_folder: Path) -> None:
    pages = ("board", "portfolio", "followup", "economics", "goals", "review", "index")
    for name in (f"{page}.html" for page in pages):
        page = soup(hostile_folder / name)
        assert page.find_all("script") == []
        assert [img for img in page.find_all("img") if not img["src"].startswith("data:image/")] == []
        assert [a["href"] for a in page.find_all("a") if "exempel.invalid" in a.get("href", "")] == []
        assert page.find("b") is None
    shown = soup(hostile_folder / "portfolio.html").get_text()
    assert "<script>alert('namn')</script>" in shown
    assert '=HYPERLINK("http://exempel.invalid","klicka")' in shown


def test_dollar_signs_of_a_ledger_are_kept_from_mathematics_in_jupyterlab(hostile_folder: Path) -> None:
    node = json.loads((hostile_folder / "notebooks" / "1_review.ipynb").read_text(encoding="utf-8"))
    outputs = ["".join(o["data"]["text/html"]) for c in node["cells"] for o in c.get("outputs", [])]
    with_dollars = [html for html in outputs if "$" in html]
    assert with_dollars
    assert all('class="portfolj mathjax_ignore' in html for html in with_dollars)


def test_a_workbook_holds_no_formula_and_no_link_from_a_ledger(hostile_folder: Path) -> None:
    book = openpyxl.load_workbook(hostile_folder / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_a_table_file_holds_no_cell_that_a_spreadsheet_takes_for_a_formula(hostile_folder: Path) -> None:
    for file in (hostile_folder / "tables").glob("*.csv"):
        for row in csv.reader(file.open(encoding="utf-8")):
            for cell in row:
                number = cell.lstrip("-").replace(".", "", 1).isdigit()
                assert number or not cell.startswith(("=", "+", "-", "@", "\t")), (file.name, cell)


def test_no_personal_number_leaves_the_ledger(hostile_folder: Path, places: Places) -> None:
    text = published_text(hostile_folder)
    assert [number for number in PERSONAL_NUMBERS if number in text] == []
    assert "[personnummer borttaget" in text
    for file in (places.processed("elak")).iterdir():
        assert [number for number in PERSONAL_NUMBERS if number.encode() in file.read_bytes()] == [], file.name


def test_amounts_with_ore_survive_to_the_file(hostile_folder: Path) -> None:
    rows = list(csv.DictReader((hostile_folder / "tables" / "year.csv").open(encoding="utf-8")))
    assert {r["year"]: r["granted_sek"] for r in rows}["2019"] == "300000.5"  # 100 000 + 200 000,50


@pytest.fixture
def broken(places: Places, outcomes: dict[str, Outcome]) -> Places:
    """Places where a federation that already has a report gets a ledger that can't be read."""
    folder = places.raw("bruten")
    if not folder.exists():
        shutil.copytree(places.raw("elak"), folder)
        assert fleet.run(["bruten"], places=places, parameters={})[0].status == Status.DONE
    return places


def test_a_refused_ledger_leaves_the_last_good_report_and_the_others_go_on(broken: Places) -> None:
    report = broken.out / "bruten" / "alla-ar" / "portfolio.html"
    before = report.read_bytes()
    ledger = broken.raw("bruten") / "hostile.csv"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("100000", "ett hundra tusen"), encoding="utf-8")
    bad, good = fleet.run(["bruten", "elak"], places=broken, parameters={}, force=True)
    assert (bad.status, good.status) == (Status.REFUSED, Status.DONE)
    assert fleet.exit_code([bad, good]) == 2
    assert "hostile.csv" in bad.message
    assert "H2" in bad.message
    assert "Traceback" not in bad.message
    assert report.read_bytes() == before
    assert (broken.processed("bruten") / "faults.xlsx").is_file()
    page = soup(broken.out / "bruten" / FAILURE_FILE)
    assert "hostile.csv, cell H2" in page.get_text()
    assert [(report.parents[1] / a["href"]).resolve() for a in page.select(".files a")] == [
        report.with_name("index.html")
    ]
    assert not (broken.out / "elak" / FAILURE_FILE).exists()


def test_a_bug_in_a_notebook_leaves_the_last_good_report_and_keeps_its_traceback(
    places: Places, outcomes: dict[str, Outcome], tmp_path: Path
) -> None:
    notebooks = tmp_path / "notebooks"
    shutil.copytree(places.notebooks, notebooks)
    node = json.loads((notebooks / "2_portfolio.ipynb").read_text(encoding="utf-8"))
    node["cells"][-1]["source"] = "raise RuntimeError('sönder')"
    (notebooks / "2_portfolio.ipynb").write_text(json.dumps(node), encoding="utf-8")
    page = places.out / "elak" / "alla-ar" / "portfolio.html"
    before = page.read_bytes()
    (outcome,) = fleet.run(["elak"], places=Places(places.data, places.out, notebooks), parameters={})
    assert outcome.status == Status.FAILED
    assert "RuntimeError: sönder" in outcome.message
    assert fleet.exit_code([outcome]) == 1
    assert page.read_bytes() == before
    assert sorted(p.name for p in page.parents[1].iterdir() if p.name != HISTORY_FOLDER) == ["alla-ar", FAILURE_FILE]
    told = (page.parents[1] / FAILURE_FILE).read_text(encoding="utf-8")
    assert "Programmet stannade på ett fel i sig självt." in told
    assert "sönder" not in told
    assert "Traceback" not in told
    assert outcome.failure == Failure.CELL_RAISED
