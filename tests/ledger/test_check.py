from __future__ import annotations

import re
from pathlib import Path

import pytest
from ledger_cases import federation_of

from portfolj.errors import InputRefused, PortfoljError, Reason
from portfolj.federation import Unit
from portfolj.ledger import check, read_ledger

RAR = Path(__file__).parents[2] / "data" / "raw" / "rar-sormland"


def plain(text):
    return text.replace("\u00a0", " ")


def test_a_federations_check_prints_rows_columns_sums_and_remarks():
    result = check(RAR)
    text = plain(result.text)
    assert result.faults == ()
    assert "141 rader = 135 använda + 6 åt sidan (2 titelrader, 2 tomma rader, 1 rubrikrad, 1 summarad)" in text
    assert "belopp: ”Belopp tkr”" in text
    assert "Beviljat, medlemmarnas medel: 70 200 000 kr (133 poster)" in text
    assert "Beviljat, ESF: 33 200 000 kr (2 poster)" in text
    assert "58 insatser, varav 56 med medlemmarnas medel" in text
    for remark in result.remarks:
        assert str(remark) in result.text


def test_a_file_on_its_own_needs_a_unit_and_gets_it_from_the_heading_or_the_caller():
    export = RAR / "other-formats" / "rar_sormland_ledger_export.csv"
    result = check(export)
    assert [f.reason for f in result.faults] == [Reason.UNIT_UNKNOWN]
    assert "70 200" not in plain(result.text)
    assert "70 200 000 kr" in plain(check(export, unit=Unit.KR).text)
    assert "70 200 000 kr" in plain(check(RAR / "rar_sormland_ledger.xlsx").text)


def test_every_fault_of_every_file_is_told_and_counted(tmp_path):
    (tmp_path / "a.csv").write_text("Insats;Belopp\nA;fel\nB;\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("Insats;År;Belopp\nA;hej;5\n", encoding="utf-8")
    (tmp_path / "federation.toml").write_text(
        'name = "P"\n[ledger]\nfiles = ["a.csv", "b.csv"]\nunit = "kr"\n', encoding="utf-8"
    )
    result = check(tmp_path)
    assert [(f.file, f.cell) for f in result.faults] == [("a.csv", "B2"), ("b.csv", "B2")]
    assert "2 fel" in result.text
    with pytest.raises(InputRefused) as refused:
        read_ledger(
            federation_of(tmp_path, "a.csv").model_copy(
                update={
                    "ledger": federation_of(tmp_path, "a.csv").ledger.model_copy(update={"files": ["a.csv", "b.csv"]})
                }
            )
        )
    assert refused.value.faults == result.faults


def test_faults_of_the_settings_are_told_in_the_same_way(tmp_path):
    (tmp_path / "federation.toml").write_text(
        'name = "P"\n[ledger]\nfiles = ["a.csv"]\nunit = "öre"\n', encoding="utf-8"
    )
    assert [f.reason for f in check(tmp_path).faults] == [Reason.UNIT_UNKNOWN]


def test_nothing_to_check_is_a_user_error(tmp_path):
    with pytest.raises(PortfoljError):
        check(tmp_path / "borta")


def test_a_ledger_with_only_a_header_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("Insats;Belopp kr\n", encoding="utf-8")
    assert [f.reason for f in check(tmp_path / "a.csv").faults] == [Reason.NO_ROWS]


def test_rows_in_are_printed_for_every_sheet(tmp_path):
    (tmp_path / "a.csv").write_text("Titel\n\nInsats;Belopp kr\nA;5\n;;\nSumma;5\n", encoding="utf-8")
    line = re.search(r"a\.csv: (\d+) rader = (\d+) använda \+ (\d+) åt sidan", check(tmp_path / "a.csv").text)
    assert [int(n) for n in line.groups()] == [6, 1, 5]
