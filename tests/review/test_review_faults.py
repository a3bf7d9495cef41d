"""Every cell is checked: each kind of fault is told with its address, all at once, and decisions.csv stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from review_books import (
    TODAY,
    applied,
    cell_of,
    decisions_at,
    faults_of,
    federation_at,
    fill,
    name_cell,
    opened,
    written,
)

from portfolj import open_portfolio
from portfolj.errors import InputRefused, PortfoljError, Reason
from portfolj.places import Places
from portfolj.review.book import apply_review, write_review

OWNER, GROUP, SECOND, THIRD = "Huvudman: beslut", *(f"Målgrupp: beslut {rank}" for rank in (1, 2, 3))
WHY = "Varför"
PERSON = "800101-1234"


@pytest.mark.parametrize(
    ("cells", "heading", "says"),
    [
        ({OWNER: "Komun"}, OWNER, "”Komun” finns inte"),
        ({OWNER: 7}, OWNER, "”7” finns inte"),
        ({OWNER: "Unga"}, OWNER, "”Unga” finns inte"),
        ({GROUP: "Unga; Missbruk"}, GROUP, "”Unga; Missbruk” finns inte"),
        ({GROUP: "Unga", SECOND: "unga"}, SECOND, "”unga” står två gånger"),
        ({SECOND: "Unga"}, GROUP, "Den främsta målgruppen är tom, men ”Unga” står längre till höger"),
        ({GROUP: "Unga", SECOND: "Ej definierad"}, SECOND, "”Ej definierad” står bredvid en målgrupp"),
        ({GROUP: "Unga", THIRD: "ångra beslutet"}, GROUP, "Raden både ångrar och säger ”Unga”"),
        ({OWNER: "Kommun", "Datum": "i våras"}, "Datum", "Cellen går inte att läsa som ett datum: ”i våras”"),
        ({OWNER: "Kommun", "Datum": "2026-11-21"}, "Datum", "”2026-11-21” är inte dagen då beslutet fattades"),
        ({OWNER: "Kommun", "Datum": "2026"}, "Datum", "”2026” är inte dagen då beslutet fattades"),
        ({WHY: "Fråga Karin"}, WHY, "Raden har ett skäl men inget svar"),
        ({OWNER: "=A1"}, OWNER, "Formeln har inget uträknat värde"),
        ({OWNER: "#N/A"}, OWNER, "Cellen visar #N/A"),
        ({OWNER: "Kommun", WHY: f"Ring {PERSON}"}, WHY, "Cellen innehåller ett personnummer"),
        ({OWNER: "Kommun", "Beslutat av": PERSON}, "Beslutat av", "Cellen innehåller ett personnummer"),
        ({OWNER: PERSON}, OWNER, "Cellen innehåller ett personnummer"),
    ],
)
def test_each_kind_of_fault_is_told_with_the_address_of_its_cell(
    prov: Places, cells: dict[str, Any], heading: str, says: str
) -> None:
    path = written(prov)
    addresses = fill(path, {("2", column): value for column, value in cells.items()})
    book = openpyxl.load_workbook(path)
    wanted = addresses.get(("2", heading)) or cell_of(book, "2", heading).coordinate
    assert faults_of(prov) == [("Insatser", wanted, says)]


def test_a_word_that_is_nearly_right_gets_the_right_one_suggested(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Komun"})
    with pytest.raises(InputRefused) as refused:
        applied(prov)
    (fault,) = refused.value.faults
    assert fault.action == "Menade du Kommun?"
    assert fault.allowed.startswith("Kommun, Region, Arbetsförmedlingen")


def test_all_faults_come_at_once_and_nothing_is_written(prov: Places) -> None:
    addresses = fill(
        written(prov),
        {("1", OWNER): "Region", ("2", OWNER): "x", ("2", GROUP): "y", ("3", "Inriktning: beslut"): "z"},
    )
    assert {cell for _, cell, _ in faults_of(prov)} == {
        addresses["2", OWNER], addresses["2", GROUP], addresses["3", "Inriktning: beslut"],
    }  # fmt: skip
    assert not decisions_at(prov).exists()


def test_a_personal_number_is_refused_and_never_repeated(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): f"Kommun {PERSON}", ("3", OWNER): "Kommun", ("3", WHY): f"Enligt {PERSON}"})
    with pytest.raises(InputRefused) as refused:
        applied(prov)
    assert [fault.reason for fault in refused.value.faults] == [Reason.PERSONAL_NUMBER] * 2
    assert "1234" not in str(refused.value)


def test_answers_without_a_name_are_refused_once_at_the_cell_for_the_name(prov: Places) -> None:
    path = written(prov)
    fill(path, {("1", OWNER): "Region", ("2", OWNER): "Kommun"}, by="")
    cell = name_cell(openpyxl.load_workbook(path)).coordinate
    assert faults_of(prov) == [("Läs först", cell, "2 svar saknar namn på den som har beslutat")]


def test_a_name_on_the_cover_that_holds_a_personal_number_is_refused(prov: Places) -> None:
    path = written(prov)
    fill(path, {("2", OWNER): "Kommun"}, by=f"Anna {PERSON}")
    cell = name_cell(openpyxl.load_workbook(path)).coordinate
    assert faults_of(prov) == [("Läs först", cell, "Cellen innehåller ett personnummer")]


def test_a_key_that_was_typed_over_or_emptied_is_told(prov: Places) -> None:
    path = written(prov)
    addresses = fill(path, {("1", OWNER): "Region", ("1", "Nyckel"): "99"})
    assert faults_of(prov) == [("Insatser", addresses["1", "Nyckel"], "Insatsen ”99” finns inte i boken")]
    fill(path, {("99", "Nyckel"): None})
    assert faults_of(prov) == [("Insatser", addresses["1", "Nyckel"], "Raden saknar nyckel")]


def test_two_rows_of_one_intervention_that_say_different_things_are_told(prov: Places) -> None:
    path = written(prov)
    first = fill(path, {("1", OWNER): "Region"})["1", OWNER]
    book = openpyxl.load_workbook(path)
    copy = book.copy_worksheet(book["Insatser"])
    copy.title = "Min kopia"
    copy[first].value = "Kommun"
    book.save(path)
    ((sheet, cell, found),) = faults_of(prov)
    assert (sheet, cell) == ("Min kopia", first)
    assert found == f"Samma insats har ett annat svar i Insatser, cell {first}"


def test_what_stands_can_only_be_said_of_a_decision_whose_text_has_changed(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Kommun"})
    applied(prov)
    ledger = prov.raw("prov") / "beslut.csv"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace("för vuxna", "för unga"), encoding="utf-8")
    stands = "Står beslutet fast?"
    addresses = fill(written(prov), {("1", stands): "ja", ("2", stands): "nej"})
    assert sorted(faults_of(prov)) == sorted(
        [
            ("Insatser", addresses["1", stands], "Raden har inget beslut att stå fast vid"),
            ("Insatser", addresses["2", stands], "”nej” går inte att tolka"),
        ]
    )


def test_an_intervention_known_only_by_a_personal_number_cannot_be_decided(tmp_path: Path) -> None:
    prov = federation_at(tmp_path, ledger=f"Insats;År;Beviljat\nStöd till {PERSON};2020;100\nSteget;2020;200\n")
    path = written(prov)
    (key,) = [key for key in opened(prov).interventions["intervention_key"] if "personnummer" in key]
    address = fill(path, {(key, OWNER): "Kommun"})[key, OWNER]
    ((_, cell, found),) = faults_of(prov)
    assert cell == address
    assert "känns bara igen på ett personnummer" in found
    assert PERSON.encode() not in path.read_bytes()


def without_state(book: Any) -> None:
    del book["Bokens underlag"]


def without_keys(book: Any) -> None:
    for row in book["Insatser"].iter_rows():
        for cell in row:
            if cell.value == "Nyckel":
                cell.value = "Id"


@pytest.mark.parametrize(
    ("change", "says"), [(without_state, "Det dolda bladet saknas"), (without_keys, "Inget blad har kolumnen Nyckel")]
)
def test_a_workbook_that_has_lost_what_it_is_read_by_is_refused(
    prov: Places, change: Callable[[Any], None], says: str
) -> None:
    path = written(prov)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    ((_, _, found),) = faults_of(prov)
    assert says in found


def test_a_workbook_of_another_federation_is_refused(prov: Places) -> None:
    path = written(prov)
    other = prov.raw("annat")
    other.mkdir()
    for name in ("federation.toml", "beslut.csv"):
        (other / name).write_bytes((prov.raw("prov") / name).read_bytes())
    moved = prov.processed("annat") / path.name
    moved.parent.mkdir(parents=True)
    path.rename(moved)
    with pytest.raises(InputRefused, match="Boken är gjord för prov"):
        apply_review(open_portfolio("annat", places=prov), places=prov)


def test_without_a_workbook_one_is_told_how_to_make_it(prov: Places) -> None:
    with pytest.raises(PortfoljError, match="portfolj review prov"):
        apply_review(opened(prov), places=prov)


@pytest.mark.parametrize(("lock", "program"), [("~$review.xlsx", "Excel"), (".~lock.review.xlsx#", "LibreOffice")])
def test_a_workbook_that_is_open_is_named_as_that_and_left_alone(prov: Places, lock: str, program: str) -> None:
    path = written(prov)
    fill(path, {("2", OWNER): "Kommun"})
    before = path.read_bytes()
    path.with_name(lock).touch()
    for act in (lambda: applied(prov), lambda: write_review(opened(prov), places=prov)):
        with pytest.raises(
            PortfoljError, match=rf"review.xlsx är öppen i {program}. Spara den, stäng den och kör igen"
        ):
            act()
    assert path.read_bytes() == before
    assert not decisions_at(prov).exists()
    path.with_name(lock).unlink()
    assert applied(prov).changes == {"new": 1}


def test_decisions_that_are_open_in_a_spreadsheet_are_not_written_behind_its_back(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Kommun"})
    decisions_at(prov).with_name("~$decisions.csv").touch()
    with pytest.raises(PortfoljError, match=r"decisions.csv är öppen i Excel"):
        applied(prov)


def test_answers_that_have_not_been_applied_are_never_written_over(prov: Places) -> None:
    path = written(prov)
    fill(path, {("1", OWNER): "Region", ("2", OWNER): "Kommun"})
    before = path.read_bytes()
    with pytest.raises(PortfoljError, match="2 svar som inte är införda") as refused:
        written(prov)
    assert "portfolj review prov --apply" in str(refused.value)
    fill(path, {("2", OWNER): "Komun"})
    before = path.read_bytes()
    with pytest.raises(PortfoljError, match="några behöver rättas"):
        written(prov)
    assert path.read_bytes() == before
    fill(path, {("2", OWNER): "Kommun"})
    applied(prov)
    assert written(prov) == path


def test_another_file_in_the_workbooks_place_is_not_written_over(prov: Places) -> None:
    path = prov.processed("prov") / "review.xlsx"
    path.write_bytes(b"PK something else")
    with pytest.raises(PortfoljError, match="som inte kan läsas, så den skrivs inte över"):
        written(prov)
    assert path.read_bytes() == b"PK something else"


def test_today_is_the_last_day_that_a_decision_can_have(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Kommun", ("2", "Datum"): TODAY})
    assert applied(prov).changes == {"new": 1}


def test_decisions_that_cannot_be_replaced_are_told_and_stand(prov: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(written(prov), {("2", OWNER): "Kommun"})
    applied(prov)
    before = decisions_at(prov).read_bytes()
    fill(written(prov), {("1", OWNER): "Region"})
    portfolio = opened(prov)

    def held(*_: object) -> None:
        raise PermissionError(13, "Permission denied")  # as Windows says of a file that Excel holds

    monkeypatch.setattr("portfolj.files.os.replace", held)
    with pytest.raises(PortfoljError, match=r"Kan inte skriva decisions.csv: filen är öppen i ett annat program"):
        apply_review(portfolio, places=prov)
    assert decisions_at(prov).read_bytes() == before
    assert [path.name for path in decisions_at(prov).parent.iterdir() if path.name.startswith(".")] == []
