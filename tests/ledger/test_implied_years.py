"""Years that stand outside the table's own columns."""

from __future__ import annotations

import pytest
from ledger_cases import find, set_aside

from portfolj.errors import Reason
from portfolj.ledger.cells import sheet_of
from portfolj.ledger.kinds import GROUP

HEAD = ["Insats", "Beviljat kr"]


def years(found):
    assert found.faults == []
    return [record["year"] for record in found.records]


def remarked(found):
    return [r.reason for r in found.remarks]


def test_a_row_with_only_a_year_is_the_heading_of_the_rows_below_it():
    rows = [
        HEAD,
        ["före", 1],
        [2019],
        ["A", 100],
        ["Summa 2019", 100],
        ["År 2020"],
        ["A", 10],
        ["B", 5],
        ["Summa 2020", 15],
    ]
    found = find(rows)
    assert years(found) == [None, 2019, 2020, 2020]
    assert set_aside(found) == ["header", GROUP, "sum", GROUP, "sum"]
    assert remarked(found).count(Reason.YEAR_FROM_TITLE) == 1


@pytest.mark.parametrize(
    ("title", "above", "year"),
    [("2022", "Förbundet", 2022), ("Beslut 2022", "Insatser", 2022), ("Blad1", "Beviljade medel 2021 (kr)", 2021),
     ("Blad1", "Beviljat 2014-2019", None), ("Blad1", "Uppdaterad 2021", None), ("Blad1", "Lag (2003:1210)", None),
     ("2022", "Beviljat 2021", None), ("Blad1", "Budget 2021, beslutad 2020-12-01", 2021)],
)  # fmt: skip
def test_the_one_year_in_the_name_or_the_title_holds_for_all_rows(title, above, year):
    found = find(sheet_of([[above], HEAD, ["A", 100], ["B", 5]], file="l.xlsx", title=title))
    assert years(found) == [year, year]
    assert (Reason.YEAR_FROM_TITLE in remarked(found)) == (year is not None)


def test_a_column_of_years_or_dates_goes_before_any_title():
    assert years(find(sheet_of([["Insats", "År", "Belopp"], ["A", None, 1]], file="l.xlsx", title="2022"))) == [None]
    rows = [["Insats", "Datum", "Belopp"], ["A", "2019-05-01", 1]]
    assert years(find(sheet_of(rows, file="l.xlsx", title="2022"))) == [2019]


def test_the_settings_can_say_that_there_is_no_year():
    sheet = sheet_of([HEAD, ["A", 100]], file="l.xlsx", title="2022")
    assert years(find(sheet, columns={"year": ""})) == [None]
