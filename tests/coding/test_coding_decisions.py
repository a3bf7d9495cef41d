"""A person's decision replaces the rule's answer, for good."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from portfolj.coding import classify, decision_remarks, load_codebook, read_decisions, settle, unused_decisions
from portfolj.coding.decisions import parse_decisions
from portfolj.errors import InputRefused, Reason
from portfolj.federation import Basis

HEAD = "intervention_key,name,dimension,code,decided_by,decided_on,why\n"


def _rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "intervention_key": ["a1", "b2", "c3"],
            "name": ["Unga vidare", "Lotsen", "Processledare LSG Flen"],
            "applicant": ["Flens kommun", pd.NA, "LSG Flen"],
            "description": ["Coachning av unga med missbruk.", pd.NA, "Processledare."],
        },
        index=[7, 3, 3],
    )


def _decisions(text: str) -> pd.DataFrame:
    return parse_decisions(HEAD + text, codebook=load_codebook())


def test_a_wrong_rule_code_disappears() -> None:
    rows, codebook = _rows(), load_codebook()
    before = classify(rows, codebook=codebook)
    assert before.iloc[0]["target_groups"] == "unga;missbruk"
    decisions = _decisions("a1,,target_groups,unga,EK,2026-03-01,missbruk är ingen målgrupp\n")
    after = classify(rows, codebook=codebook, decisions=decisions)
    first = after.iloc[0]
    assert first["target_groups"] == "unga"
    assert "missbruk" not in first["target_groups"]
    assert (first["target_groups_rule"], first["target_groups_evidence"], first["target_groups_basis"]) == ("", "", "")
    assert first["target_groups_decided_by"] == "decision"
    assert first["target_groups_rule_said"] == "unga;missbruk"
    assert first["target_groups_decided_note"] == "EK, 2026-03-01: missbruk är ingen målgrupp"
    unchanged = [column for column in after.columns if not column.startswith("target_groups")]
    pd.testing.assert_frame_equal(after[unchanged], before[unchanged])
    pd.testing.assert_frame_equal(after.iloc[1:], before.iloc[1:])


def test_a_decision_survives_every_rerun() -> None:
    rows, codebook = _rows(), load_codebook()
    decisions = _decisions("b2,,owner,fk,EK,2026-03-01,avtal\n")
    once = classify(rows, codebook=codebook, decisions=decisions)
    again = classify(rows.iloc[::-1], codebook=codebook, decisions=decisions).iloc[::-1]
    pd.testing.assert_frame_equal(once, again)
    assert once.iloc[1][["owner", "owner_reason", "owner_rule_said"]].tolist() == ["fk", "", "ej_definierad"]


def test_a_decision_of_undefined_holds_against_the_rule_and_against_derivation() -> None:
    decisions = _decisions("a1,,orientation,ej_definierad,EK,,\nb2,,orientation,ej_definierad,EK,,\n")
    coded = classify(_rows(), codebook=load_codebook(), decisions=decisions)
    settled = settle(coded, basis=Basis.STATED, derive_orientation=True)
    assert settled["orientation"].tolist()[:2] == ["ej_definierad", "ej_definierad"]
    assert settled.iloc[0]["orientation_rule_said"] == "individinriktad"


def test_a_decision_is_never_masked() -> None:
    decisions = _decisions("a1,,target_groups,unga;missbruk,EK,,\n")
    coded = classify(_rows(), codebook=load_codebook(), decisions=decisions)
    settled = settle(coded, basis=Basis.STATED, derive_orientation=False)
    assert settled.iloc[0]["target_groups"] == "unga;missbruk"
    assert settle(classify(_rows(), codebook=load_codebook()), basis=Basis.STATED, derive_orientation=False).iloc[0][
        "target_groups"
    ] == "ej_definierad"  # fmt: skip


def test_decisions_fit_by_key_or_else_by_name_and_process_support_too() -> None:
    decisions = _decisions(",lotsen ,owner,af,,,\n,Processledare  LSG Flen,process_support,,,,\n")
    coded = classify(_rows(), codebook=load_codebook(), decisions=decisions)
    assert coded.iloc[1]["owner"] == "af"
    assert coded.iloc[2][["process_support", "process_support_rule", "process_support_evidence"]].tolist() == [
        "",
        "",
        "",
    ]
    assert coded.iloc[2]["process_support_rule_said"] == "processledare"
    assert unused_decisions(decisions, _rows()) == []


def test_a_decision_that_fits_nothing_is_told() -> None:
    decisions = _decisions("z9,,owner,af,,,\n,Finns inte,owner,af,,,\na1,,owner,af,,,\n")
    faults = unused_decisions(decisions, _rows())
    assert [fault.reason for fault in faults] == [Reason.DECISION_UNUSED] * 2
    assert "Beslutet om huvudman för ”z9” gäller ingen insats i liggaren" in str(faults[0])
    assert "”Finns inte”" in str(faults[1])


NUMBER = "811228-9874"


def test_a_personal_number_in_a_decision_goes_nowhere() -> None:
    decisions = _decisions(f"a1,,target_groups,unga,{NUMBER},{NUMBER},handläggaren för {NUMBER} ringde\n")
    coded = classify(_rows(), codebook=load_codebook(), decisions=decisions)
    assert "9874" not in decisions.to_csv() + coded.to_csv()
    assert coded.iloc[0]["target_groups_decided_note"].endswith("handläggaren för [personnummer borttaget] ringde")


@pytest.mark.parametrize(
    "text",
    [
        f"{NUMBER},,owner,af,,,\n",
        f"a1,,{NUMBER},af,,,\n",
        f"a1,,owner,{NUMBER},,,\n",
        f"a1,,owner,af;{NUMBER},,,\n",
        f",Stöd till {NUMBER},owner,af,,,\n" * 2,
    ],
)
def test_no_fault_of_a_decision_repeats_a_personal_number(text: str) -> None:
    with pytest.raises(InputRefused) as caught:
        _decisions(text)
    assert "9874" not in str(caught.value)


def test_no_fault_of_the_headings_repeats_a_personal_number() -> None:
    with pytest.raises(InputRefused) as caught:
        parse_decisions(f"insats,{NUMBER}\na,b\n", codebook=load_codebook())
    assert "9874" not in str(caught.value)


@pytest.mark.parametrize("separator", [",", ";"])
def test_rows_with_personal_numbers_are_told_by_their_lines(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "decisions.csv"
    lines = [
        "intervention_key,dimension,code,why,annat",
        "a,owner,af,möte,",
        f"b,owner,af,{NUMBER} ringde,",
        f"c,owner,af,,{NUMBER}",
    ]
    path.write_text("\n".join(lines).replace(",", separator), encoding="utf-8")
    remarks = decision_remarks(path)
    assert [(r.file, r.cell, r.reason) for r in remarks] == [
        ("decisions.csv", "rad 3", Reason.PERSONAL_NUMBER),
        ("decisions.csv", "rad 4", Reason.PERSONAL_NUMBER),
    ]
    assert "9874" not in "".join(map(str, remarks))
    assert len(read_decisions(path, codebook=load_codebook())) == 3
    assert decision_remarks(tmp_path / "borta.csv") == []


@pytest.mark.parametrize("row", ["[personnummer borttaget 1],", ",Stöd till [Personnummer borttaget 2]", f",{NUMBER}"])
def test_a_decision_on_a_masked_key_is_refused_since_its_number_follows_the_order_of_rows(row: str) -> None:
    with pytest.raises(InputRefused) as caught:
        _decisions(f"{row},owner,af,,,\n")
    assert [fault.reason for fault in caught.value.faults] == [Reason.DECISION_WRONG]
    assert "eget id i liggaren" in str(caught.value)


def test_a_masked_name_beside_an_id_is_only_for_people() -> None:
    masked = "Stöd till [personnummer borttaget 1]"
    rows = _rows().assign(name=["Unga vidare", masked, "Lotsen"])
    fits = _decisions(f"b2,{masked},owner,af,,,\n")
    assert classify(rows, codebook=load_codebook(), decisions=fits)["owner"].tolist()[1] == "af"
    assert len(unused_decisions(_decisions(f"z9,{masked},owner,af,,,\n"), rows)) == 1


def test_all_faults_of_a_decisions_file_come_at_once() -> None:
    text = (
        "a1,,owner,comun,,,\n"
        "a1,,ownr,kommun,,,\n"
        ",,owner,kommun,,,\n"
        "b2,,owner,kommun;fk,,,\n"
        "c3,,target_groups,unga;ej_definierad,,,\n"
        "a1,,owner,fk,,,\n"
        "c3,,orientation,,,,\n"
    )
    with pytest.raises(InputRefused) as caught:
        _decisions(text)
    assert {fault.reason for fault in caught.value.faults} == {Reason.DECISION_WRONG}
    assert [fault.cell for fault in caught.value.faults] == [
        "rad 2",
        "rad 3",
        "rad 4",
        "rad 5",
        "rad 6",
        "rad 7",
        "rad 8",
    ]
    assert "Menade du kommun?" in str(caught.value)
    assert "Menade du owner?" in str(caught.value)


def test_wrong_headings_are_refused() -> None:
    with pytest.raises(InputRefused, match="Rubrikerna"):
        parse_decisions("insats,kod\na,b\n", codebook=load_codebook())


def test_a_missing_file_is_no_decisions(tmp_path: Path) -> None:
    decisions = read_decisions(tmp_path / "decisions.csv", codebook=load_codebook())
    assert decisions.empty
    assert classify(_rows(), codebook=load_codebook(), decisions=decisions).iloc[0]["owner"] == "kommun"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_as_excel_saves_it_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "decisions.csv"
    text = (
        "intervention_key;name;dimension;code;decided_by;decided_on;why\n;Åre lots;owner;fk;Örjan;2026-01-02;möte\n\n"
    )
    path.write_bytes(text.encode(encoding))
    decisions = read_decisions(path, codebook=load_codebook())
    assert decisions[["name", "code", "decided_by", "why"]].to_numpy().tolist() == [["Åre lots", "fk", "Örjan", "möte"]]
