"""Printed figures: the rounding they stand for, and the checks of them against each other, by arithmetic shown here."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from portfolj.errors import InputRefused, Reason
from portfolj.portfolio.against_each_other import against_each_other
from portfolj.portfolio.against_ledger import Computed, against_ledger
from portfolj.portfolio.counting import by_category, by_target_group
from portfolj.portfolio.published import Comparison, Finding, parse_published, read_published

HEAD = "table,dimension,category,measure,value,unit"
OWNERS = ("kommun", "lsg", "ej_definierad")
GROUPS = ("unga", "psykisk_ohalsa", "personal_beslutsfattare", "ej_definierad")
CODES = {"owner": ("kommun", "lsg", "ej_definierad"), "portfolio": ("all",)}
ORIENTATIONS = ("strukturpaverkande", "individinriktad", "blandad", "ej_definierad")


def computed(*rows: tuple[str, str, str, float], derived: bool = False) -> Computed:
    """What a ledger of (owner, target groups, orientation, SEK) gives."""
    frame = pd.DataFrame(rows, columns=["owner", "target_groups", "orientation", "granted_sek"])
    return Computed(
        owner=by_category(frame, OWNERS, column="owner"),
        target_group=by_target_group(frame, GROUPS),
        orientation=by_category(frame, ORIENTATIONS, column="orientation"),
        process_support=pd.DataFrame({"kind": ["esf_stod"], "granted_sek": [0.0]}),
        year=pd.DataFrame({"year": [2016, 2016], "financing": ["Finsam", "ESF"], "granted_sek": [1.0, 33_200_000.0]}),
        interventions=frame,
        derived_orientation=derived,
    )


LEDGER = computed(
    ("kommun", "unga", "individinriktad", 4_340_000.0),
    ("lsg", "psykisk_ohalsa;unga", "strukturpaverkande", 2_600_000.0),
)


def findings(*lines: str, ledger: Computed = LEDGER) -> list[Finding]:
    return [c.finding for c in against_ledger(parse_published([HEAD, *lines], codes=CODES), computed=ledger)]


def internal(*lines: str, ledger: Computed = LEDGER) -> list[Comparison]:
    return against_each_other(parse_published([HEAD, *lines], codes=CODES), computed=ledger)


@pytest.mark.parametrize(
    ("printed", "finding"),
    [
        ("4.3", Finding.AGREES),  # 4.25-4.35 holds 4.34
        ("4.34", Finding.AGREES),
        ("4.4", Finding.CONTRADICTION),  # 4.35-4.45 does not
        ("4", Finding.AGREES),  # 3.5-4.5
        ("4.30", Finding.CONTRADICTION),  # printed with two decimals: 4.295-4.305
    ],
)
def test_the_printed_decimals_say_how_far_a_figure_was_rounded(printed: str, finding: Finding) -> None:
    assert findings(f"2,owner,kommun,granted,{printed},mkr") == [finding]


def test_a_count_is_exact() -> None:
    assert findings("1,owner,kommun,count,1,st", "1,owner,kommun,count,2,st") == [
        Finding.AGREES, Finding.CONTRADICTION,
    ]  # fmt: skip


def test_thousands_and_kronor_are_compared_in_their_own_unit() -> None:
    assert findings("2,owner,kommun,granted,4340,tkr", "2,owner,kommun,granted,4340000,kr") == [Finding.AGREES] * 2


def test_the_mean_of_no_interventions_does_not_apply() -> None:
    assert findings("3,owner,ej_definierad,mean_granted,0,mkr") == [Finding.NOT_APPLICABLE]


def test_a_table_of_groups_is_read_by_the_counting_rule_that_fits_it() -> None:
    # Unga: 4.34 once, 4.34 + 2.6 = 6.94 overlapping, 4.34 + 1.3 = 5.64 split
    overlapping = findings("5,target_group,unga,granted,6.94,mkr", "5,target_group,psykisk_ohalsa,granted,2.6,mkr")
    assert overlapping == [Finding.AGREES, Finding.AGREES]
    # No one rule gives both 5.64 (split) and 2.6 (once or overlapping): one of them is a contradiction.
    mixed = findings("5,target_group,unga,granted,5.64,mkr", "5,target_group,psykisk_ohalsa,granted,2.6,mkr")
    assert sorted(mixed) == [Finding.AGREES, Finding.CONTRADICTION]


def test_money_from_esf_is_to_check_because_the_ledger_is_not_its_account() -> None:
    assert findings("text,esf,external,granted,100,mkr", "text,esf,external,granted,33.2,mkr") == [
        Finding.CHECK, Finding.AGREES,
    ]  # fmt: skip


def test_rows_that_do_not_sum_to_the_printed_total_contradict_it_by_the_difference() -> None:
    (comparison,) = internal(
        "1,owner,kommun,count,5,st", "1,owner,lsg,count,2,st", "text,portfolio,all,count,6,st"
    )  # fmt: skip
    assert (comparison.finding, comparison.printed, comparison.computed) == (Finding.CONTRADICTION, 7, 6)
    assert "+1 st" in comparison.why


def test_rounded_rows_may_miss_the_total_by_their_rounding_together() -> None:
    # 1.04 + 1.04 = 2.08 rounds to 2.1, printed rows 1.0 + 1.0 = 2.0: within 0.05 + 0.05 + 0.05
    (comparison,) = internal(
        "2,owner,kommun,granted,1.0,mkr", "2,owner,lsg,granted,1.0,mkr", "text,portfolio,all,granted,2.1,mkr"
    )  # fmt: skip
    assert comparison.finding == Finding.AGREES


def test_an_overlap_that_the_ledger_knows_explains_a_sum_that_is_too_high() -> None:
    lines = ("5,target_group,unga,granted,6.94,mkr", "5,target_group,psykisk_ohalsa,granted,2.6,mkr",
             "text,portfolio,all,granted,6.94,mkr")  # fmt: skip
    (comparison,) = internal(*lines)
    assert comparison.printed - comparison.computed == Decimal("2.6")  # unga and psykisk_ohalsa share one of 2.6 mkr
    assert comparison.finding == Finding.EXPLAINED
    without_overlap = computed(("kommun", "unga", "blandad", 6_940_000.0))
    (comparison,) = internal(*lines, ledger=without_overlap)
    assert comparison.finding == Finding.CONTRADICTION


def test_a_part_of_a_table_is_not_held_to_the_total() -> None:
    assert internal("1,owner,kommun,count,5,st", "text,portfolio,all,count,6,st") == []


def test_a_mean_that_is_not_the_sum_by_the_count_is_a_contradiction() -> None:
    (comparison,) = internal(
        "1,owner,kommun,count,5,st", "2,owner,kommun,granted,4.3,mkr", "3,owner,kommun,mean_granted,0.7,mkr"
    )  # fmt: skip
    assert comparison.finding == Finding.CONTRADICTION
    assert comparison.computed == Decimal("0.86")  # 4.3 / 5
    assert "6 insatser" in comparison.why  # 4.3 / 0.7 = 6.14


@pytest.mark.parametrize(
    ("first", "second", "finding"),
    [
        ("30", "32", Finding.CONTRADICTION),
        ("13", "23", Finding.CHECK),  # 1 read as 2
        ("36", "36", Finding.AGREES),
        ("13", "130", Finding.CONTRADICTION),
    ],
)
def test_the_same_quantity_printed_twice(first: str, second: str, finding: Finding) -> None:
    (comparison,) = internal(f"1,owner,kommun,count,{first},st", f"text,owner,kommun,count,{second},st")
    assert comparison.finding == finding


def test_structural_money_with_another_group_explains_the_gap_to_staff_and_none() -> None:
    ledger = computed(
        ("lsg", "personal_beslutsfattare", "strukturpaverkande", 3_000_000.0),
        ("lsg", "psykisk_ohalsa", "strukturpaverkande", 2_000_000.0),
        derived=True,
    )
    lines = ("text,target_group,personal_beslutsfattare+ej_definierad,granted,3.0,mkr",
             "text,orientation,strukturpaverkande,granted,5,mkr")  # fmt: skip
    (comparison,) = internal(*lines, ledger=ledger)
    assert comparison.finding == Finding.EXPLAINED  # 5 - 3 = 2, the structural one for psykisk_ohalsa
    (comparison,) = internal(lines[0], lines[1].replace(",5,", ",9,"), ledger=ledger)
    assert comparison.finding == Finding.CONTRADICTION


def test_every_fault_of_the_file_comes_at_once_with_its_line() -> None:
    with pytest.raises(InputRefused) as refused:
        parse_published([HEAD, "1,ownr,kommun,count,5,st", "1,owner,komun,count,fem,styck"], codes=CODES)
    assert [(f.cell, f.reason) for f in refused.value.faults] == [
        ("rad 2, dimension", Reason.PUBLISHED_WRONG),
        ("rad 3, unit", Reason.PUBLISHED_WRONG),
        ("rad 3, category", Reason.PUBLISHED_WRONG),
        ("rad 3, value", Reason.PUBLISHED_WRONG),
    ]


def test_a_file_without_its_columns_says_which() -> None:
    with pytest.raises(InputRefused, match="measure, value"):
        parse_published(["table,dimension,category,unit", "1,owner,kommun,st"], codes=CODES)


def test_no_file_is_no_figures(tmp_path: Path) -> None:
    assert read_published(tmp_path / "published.csv", codes=CODES) == []


def test_a_semicolon_file_as_excel_saves_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    path.write_bytes((HEAD.replace(",", ";") + "\n1;owner;kommun;granted;4,3;mkr\n").encode("cp1252"))
    (figure,) = read_published(path, codes=CODES)
    assert (figure.value, figure.half_step) == (Decimal("4.3"), Decimal("0.05"))


@pytest.mark.parametrize("value", ["NaN", "inf", "", "4.3.2"])
def test_a_value_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(InputRefused, match="rad 2, value"):
        parse_published([HEAD, f"1,owner,kommun,count,{value},st"], codes=CODES)


def test_a_misspelt_category_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputRefused, match=r"Menade du kommun\?"):
        parse_published([HEAD, "1,owner,komun,count,5,st"], codes=CODES)
