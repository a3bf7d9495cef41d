"""Personal numbers. The valid ones are the published test numbers of domain paper 7.3; python-stdnum agrees on them."""

from __future__ import annotations

import pytest
from ledger_cases import find

from portfolj.errors import Reason
from portfolj.ledger.interventions import interventions_of
from portfolj.ledger.personal_numbers import MASK, holds_personal_number, mask_personal_numbers
from portfolj.ledger.tables import write_faults


@pytest.mark.parametrize(
    "number",
    [
        "811228-9874", "811228+9874", "19811228-9874", "8112289874", "198112289874", "670919-9530", "701063-2391",
        "811228\u20119874",
        "811228\u20139874", "811228 - 9874", "811228- 9874", "811228 9874", "1981-12-28-9874",
        "811228\u00a0-\u00a09874",
        "811228\u20149874", "811228/9874", "811228 / 9874", "81 12 28-9874", "1981 12 28 9874", "81.12.28-9874",
        "81-12-28 9874", "19811228\u20149874",
    ],
)  # fmt: skip
def test_personal_and_coordination_numbers_are_masked_in_every_shape(number):
    assert mask_personal_numbers(f"Stöd till {number}, Flen") == f"Stöd till {MASK}, Flen"


@pytest.mark.parametrize("after", ["-01", "/12", "-2019", "/1", "."])
def test_what_follows_a_number_does_not_hide_it(after):
    assert mask_personal_numbers(f"dnr 811228-9874{after}") == f"dnr {MASK}{after}"


def test_last_digits_that_may_be_a_year_need_the_check_digit_where_a_month_follows():
    # 811228201 by Luhn: 7+1+2+2+4+8+4+0+2 = 30, so the check digit is 0.
    assert mask_personal_numbers("811228-2010-01") == f"{MASK}-01"
    assert mask_personal_numbers("811228-2011-01") == "811228-2011-01"


def test_a_separator_decides_even_where_the_check_digit_is_wrong():
    assert mask_personal_numbers("811228-9875") == MASK


@pytest.mark.parametrize(
    "text",
    [
        "8112289875", "212000-2049", "222000-1834", "16222000-1834", "2220001834", "556016-0680", "2014/001",
        "2014-2019", "20190301", "070-123 45 67",
        "811328-9874", "811200-9874", "2019-03-01", "2019-03-01-2019-04-01", "1 234 567 890", "2021/00329",
        "12345678901234", "5560160680", "20190101-20191231", "20190101\u201320191231", "190101-191231",
        "2019-01-01\u20142019-12-31", "20190101-2019-12-31", "20190101/20191231", "190301/0012", "556016-0680/12",
        "2019 01 01 - 2019 12 31", "19 81 12 28",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text):
    assert mask_personal_numbers(text) == text


@pytest.mark.parametrize("value", [8112289874, 8112289874.0, 198112289874])
def test_a_number_cell_may_hold_a_personal_number(value):
    assert holds_personal_number(value)


LEDGER = """Diarienr;Insats;Beskrivning;Övrigt 811228-9874;År;Belopp
1;Stöd till 811228-9874;Rör 19811228-9874;8112289874;2019;100
2;Stöd till 670919-9530;;;2019;200
3;Stöd till 198112289874;;;2019;300
;Summa;670919-9530;;;600
811228-9874;Annan;;;2019;811228-9874
"""


def test_no_output_repeats_a_personal_number(tmp_path):
    found = find(LEDGER)
    ledger = found.ledger()
    write_faults([*found.faults, *ledger.remarks], tmp_path / "faults.xlsx")
    shown = "\n".join(
        [*map(str, found.faults), *map(str, ledger.remarks), str(ledger.columns)]
        + [frame.to_csv() for frame in (ledger.rows, ledger.set_aside, ledger.sources, interventions_of(ledger.rows))]
    )
    for digits in ("811228", "670919", "9874", "9530"):
        assert digits not in shown
    assert [f.reason for f in found.faults] == [Reason.AMOUNT_UNREADABLE]


def test_every_personal_number_is_told_by_its_address():
    remarks = find(LEDGER).ledger().remarks
    told = {remark.cell for remark in remarks if remark.reason is Reason.PERSONAL_NUMBER}
    assert told == {"D1", "B2", "C2", "D2", "B3", "B4", "C5", "A6", "F6"}


@pytest.mark.parametrize(
    "number", ["811228-98\u200b74", "81\u00ad1228-9874", "811228   -   9874", "811228\u00a0\u00a0-\u00a09874"]
)
def test_invisible_letters_and_spaces_do_not_hide_a_number(number):
    ledger = find(f"Insats;Beskrivning\nA;Stöd till {number}\n").ledger()
    assert Reason.PERSONAL_NUMBER in [remark.reason for remark in ledger.remarks]
    assert ledger.rows["description"].tolist() == [f"Stöd till {MASK}"]


def test_two_people_in_names_stay_two_and_one_stays_one():
    rows = find(LEDGER.replace("\n1;", "\n;").replace("\n2;", "\n;").replace("\n3;", "\n;")).ledger().rows
    assert rows["intervention_key"].nunique() == 3  # two people and "Annan"
    assert rows["name"].tolist()[:3] == [f"Stöd till {MASK[:-1]} {n}]" for n in (1, 2, 1)]


def test_sheet_and_file_names_are_masked(tmp_path):
    path = tmp_path / "liggare 811228-9874.csv"
    path.write_text("Insats;Belopp\nA;fel\n", encoding="utf-8")
    from portfolj.ledger import check

    result = check(path)
    assert "9874" not in result.text + "".join(map(str, result.faults))
