"""The notebook of follow-up as a page, for any mix of kinds; its files and its sheets."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from follow_up_views import OUTCOMES, TABLES, outcomes, view_of

from portfolj import exhibits
from portfolj.exhibits.followup.files import write_follow_up_tables
from portfolj.exhibits.followup.sheets import sheets
from portfolj.exhibits.workbook import write_workbook
from portfolj.federation.followup import KINDS
from portfolj.followup.view import FollowUpView
from portfolj.report.checks import LARGEST_PAGE_BYTES, page_faults
from portfolj.report.execute import ExecutedNotebook
from portfolj.report.page import PageContext
from portfolj.report.render import render_page

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "3_follow_up.ipynb"
# The frames that come from files of each kind.
FRAMES = {
    "participations": ("participants", "outcomes", "shares", "national", "gender_balance", "occupation",
                       "occupation_grouped", "started_or_increased", "income", "income_transition", "length",
                       "unmatched"),
    "assessments": ("progression", "item_means", "change"),
    "statuses": ("status", "flow", "steps"),
    "counts": ("counts",),
    "exits": ("exits",),
    "goals": ("goals",),
    "published": ("published", "contradictions"),
}  # fmt: skip


def only(folder: Path, kinds: Sequence[str]) -> FollowUpView:
    """A view of a federation that has only those kinds of files."""
    full = view_of(folder)
    tables = {name: TABLES[name] for kind in kinds for name in FRAMES[kind]}
    return FollowUpView(full.portfolio, full.k, tuple(kinds), tables, (), ())


def executed(view: FollowUpView) -> ExecutedNotebook:
    """The notebook with each exhibit's output, without a kernel."""
    node: Any = nbformat.read(NOTEBOOK, as_version=4)
    known = {"exhibits": exhibits, "follow_up": view, "portfolio": view.portfolio}
    for cell in node.cells:
        if cell.cell_type == "code" and not cell.metadata.get("tags"):
            shown = eval(cell.source, known)
            data = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
            cell.outputs = [nbformat.v4.new_output("execute_result", data)]
    return ExecutedNotebook("3_follow_up", node, {}, NOTEBOOK)


def page_of(view: FollowUpView) -> tuple[str, BeautifulSoup]:
    html = render_page(executed(view), page=PageContext(title="Vad det ledde till", federation_name="Prov"))
    return html, BeautifulSoup(html, "html.parser")


def headings(page: BeautifulSoup) -> list[str]:
    return [heading.get_text() for heading in page.select("main h2, main h3") if heading.find_parent("nav") is None]


def test_the_page_with_every_kind_holds_all_rules_and_is_small(tmp_path: Path) -> None:
    html, page = page_of(view_of(tmp_path))
    assert page_faults(html) == []
    assert len(html.encode()) < LARGEST_PAGE_BYTES / 2
    assert {"Vilka kom?", "Gick de vidare till arbete eller studier?", "Vilken väg tog de?", "Nåddes målen?",
            "Stämmer det som har tryckts?", "Dolda tal"} <= set(headings(page))  # fmt: skip


def test_the_notebook_shows_every_exhibit_of_follow_up() -> None:
    source = "\n".join(cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells)
    assert [name for name in exhibits.followup.__all__ if f"exhibits.followup.{name}(" not in source] == []


def test_without_any_files_the_page_is_short_and_says_what_to_collect(tmp_path: Path) -> None:
    html, page = page_of(view_of(tmp_path, kinds=()))
    assert page_faults(html) == []
    assert headings(page) == ["Vad vi har att gå på"]
    assert "inga uppgifter om deltagare, utfall eller mål" in page.get_text()
    assert len(page.select("main tbody tr")) == len(KINDS)
    assert page.select(".absent") == []


@pytest.mark.parametrize("kind", KINDS)
def test_with_one_kind_alone_the_others_are_named_once_and_nothing_is_broken(kind: str, tmp_path: Path) -> None:
    html, page = page_of(only(tmp_path, [kind]))
    assert page_faults(html) == []
    missing = page.find(id="tabell-saknade-slag").find_parent("table")
    assert len(missing.select("tbody tr")) == len(KINDS) - 1
    assert page.select(".absent") == []
    for heading in page.select("main .prose h2"):
        following = heading.find_parent("div", class_="prose").find_next_sibling()
        assert following is not None, heading.get_text()


@pytest.mark.parametrize("kind", KINDS)
def test_with_all_kinds_but_one_the_page_stands(kind: str, tmp_path: Path) -> None:
    html, page = page_of(only(tmp_path, [other for other in KINDS if other != kind]))
    assert page_faults(html) == []
    assert "nan" not in page.main.get_text().casefold().split()
    assert "<NA>" not in html.replace("&lt;", "<").replace("&gt;", ">")


def test_in_the_notebook_itself_every_cell_says_something(tmp_path: Path) -> None:
    for cell in executed(view_of(tmp_path, kinds=())).node.cells:
        for output in cell.get("outputs", ()):
            assert BeautifulSoup(output.data["text/html"], "html.parser").get_text(strip=True), cell.source


def test_text_from_files_is_escaped(tmp_path: Path) -> None:
    hostile = TABLES["goals"].assign(text="<script>alert(1)</script>", basis="<img src=x onerror=alert(2)>")
    html, page = page_of(view_of(tmp_path, goals=hostile))
    assert page_faults(html) == []
    assert page.find("script") is None
    assert "<script>alert(1)</script>" in page.get_text()


def test_numbers_are_written_as_swedes_write_them(tmp_path: Path) -> None:
    large = outcomes([("", "all", "all", 12345, 12000, 10000, 1234, 567, 89, 1800, 1889, 77)])
    _, page = page_of(view_of(tmp_path, outcomes=large))
    assert "12\u00a0345" in page.get_text()
    assert "12,345" not in page.get_text()


def test_files_have_exactly_their_columns_and_hidden_cells_are_empty(tmp_path: Path) -> None:
    write_follow_up_tables(view_of(tmp_path), tmp_path / "tables")
    with (tmp_path / "tables" / "outcomes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "intervention", "group", "category", "participations", "exits", "to_work", "to_study", "to_training",
        "share_work_or_study", "suppressed",
    ]  # fmt: skip
    whole, men = rows[0], next(row for row in rows if row["category"] == "man")
    assert (whole["group"], whole["share_work_or_study"], whole["suppressed"]) == ("all", "0.165", "False")  # 33 / 200
    assert (men["to_study"], men["share_work_or_study"], men["suppressed"]) == ("", "", "True")
    assert sum(row["group"] == "all" and not row["intervention"] for row in rows) == 1


def test_without_files_the_tables_hold_their_headings(tmp_path: Path) -> None:
    assert write_follow_up_tables(view_of(tmp_path, kinds=()), tmp_path) == ["outcomes", "progression", "goals"]
    assert (tmp_path / "progression.csv").read_text(encoding="utf-8") == (
        "group,category,measured_twice,up,down,unchanged,never_twice,suppressed\n"
    )
    assert (tmp_path / "goals.csv").read_text(encoding="utf-8") == "intervention,goal,target,outcome,verdict,basis\n"


def test_in_the_workbook_a_hidden_figure_is_its_sign_with_the_legend(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    write_workbook(view.portfolio, tmp_path / "tables.xlsx", sheets(view), hides=True)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert {"Utfall", "Förflyttning", "Mål", "Flöde", "Tryckt uppföljning"} <= set(book.sheetnames)
    values = [cell.value for row in book["Utfall"] for cell in row]
    assert ".." in values
    assert any(str(value).startswith(".. betyder dolt") for value in values)
    assert 267 in values


def test_the_workbook_tells_hidden_and_empty_cells_apart_and_has_no_row_of_what_is_not_known(tmp_path: Path) -> None:
    near = TABLES["participants"].assign(near=pd.NA)
    view = view_of(tmp_path, participants=near)
    write_workbook(view.portfolio, tmp_path / "tables.xlsx", sheets(view), hides=True)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    about = dict(row[:2] for row in book["Om tabellerna"].values)
    assert about["Tom cell"] == "Uppgiften saknas i underlaget. Den är inte noll."
    assert "en tidigare rapport" in about[".."]
    numbers = {row[0]: row[1] for row in book["Deltagare"].values}
    assert numbers["Deltaganden"] == 267
    assert "Start nära en annan" not in numbers


def test_the_workbook_has_a_sheet_for_every_table_of_the_page(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    write_workbook(view.portfolio, tmp_path / "tables.xlsx", sheets(view), hides=True)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert {
        "Deltagare", "Könsfördelning", "Utfall", "Andelar", "Hela landet", "Sysselsättning", "Sysselsättning grupper",
        "Började eller ökade", "Försörjning", "Försörjning övergång", "Tid i insats", "Lägen", "Läge vid avslut",
        "Flöde", "Förflyttning", "Medelvärden", "Medelförändring", "Mål", "Antal", "Utfall vid avslut",
        "Tryckt uppföljning", "Går inte ihop", "Kostnad",
    } <= set(book.sheetnames)  # fmt: skip
    share = next(row for row in book["Andelar"].values if row[3:5] == ("Till arbete eller studier", "Avslut"))
    assert share[5:10] == (
        33,
        200,
        16.5,
        12.0,
        22.3,
    )  # of 33 / 200: (0.165 + 3.8415 / 400) / (1 + 3.8415 / 200), ± 0.051
    assert book["Hela landet"]["A1"].value == "Andel till arbete eller studier i hela landet, som tryckt"
    assert book["Deltagare"]["A1"].value == "Deltaganden, personer och det som saknas, alla år"
    steps = [row for row in book["Läge vid avslut"].values if row[0] == "Alla"]
    assert steps[0][1:4] == (63, 46, 17)


def test_the_legend_stands_once_in_a_section_and_before_the_first_hidden_figure(tmp_path: Path) -> None:
    _, page = page_of(view_of(tmp_path))
    sections: dict[str, list[str]] = {}
    for tag in page.main.find_all(["h2", "span"]):
        if tag.name == "h2":
            sections[tag.get_text()] = []
        elif {"legend", "hidden-figure"} & set(tag.get("class") or []):
            sections[list(sections)[-1]].append(tag["class"][0])
    hiding = {name: found for name, found in sections.items() if found and name != "Så är det räknat"}
    assert len(hiding) >= 4
    assert all(found[0] == "legend" and found.count("legend") == 1 for found in hiding.values()), hiding
    assert page.select("details .legend") == []


def test_the_legend_stays_below_a_sentence_where_there_is_no_table(tmp_path: Path) -> None:
    gone = TABLES["length"].assign(count=pd.array([pd.NA] * 5, dtype="Int64"), count_suppressed=True)
    tables = {name: TABLES[name] for name in ("participants", "length")} | {"length": gone}
    full = view_of(tmp_path)
    _, page = page_of(FollowUpView(full.portfolio, full.k, ("participations",), tables, (), ()))
    section = next(heading for heading in page.select("h2") if heading.get_text() == "Före och efter")
    assert section.find_next("p", class_="note").get_text().startswith(".. betyder dolt")


def test_a_ledger_alone_gives_the_workbook_that_it_gave_before(tmp_path: Path) -> None:
    view = view_of(tmp_path, kinds=())
    write_workbook(view.portfolio, tmp_path / "alone.xlsx")
    write_workbook(view.portfolio, tmp_path / "without.xlsx", sheets(view), hides=bool(view.kinds))
    assert (tmp_path / "alone.xlsx").read_bytes() == (tmp_path / "without.xlsx").read_bytes()


def test_outcomes_of_one_intervention_do_not_mix_with_the_whole(tmp_path: Path) -> None:
    own = outcomes([("Insats", "sex", "woman", 20, 20, 20, 5, 5, 0, 10, 10, 0)])
    _, page = page_of(view_of(tmp_path, outcomes=pd.concat([OUTCOMES, own], ignore_index=True)))
    table = page.find(id="tabell-utfall-antal-sex").find_parent("table")
    assert [th.get_text() for th in table.select("tbody th")] == ["Kvinnor", "Män"]
