"""The RAR ledger, the case with a published answer: 56 interventions, four codes each."""

from __future__ import annotations

import pandas as pd
import pytest
from coding_ledger import FIELDS, rar_esf_names, rar_expected, rar_interventions

from portfolj.coding import classify, load_codebook, settle
from portfolj.federation import Basis


@pytest.fixture(scope="module")
def coded() -> pd.DataFrame:
    return classify(rar_interventions(), codebook=load_codebook(), esf_names=rar_esf_names())


@pytest.fixture(scope="module")
def settled(coded: pd.DataFrame) -> pd.DataFrame:
    frame = settle(coded, basis=Basis.STATED, derive_orientation=True, fields=FIELDS)
    return frame.set_axis(rar_interventions()["name"])


@pytest.mark.parametrize("dimension", ["owner", "target_groups", "orientation", "process_support"])
def test_all_56_interventions_get_the_published_codes(settled: pd.DataFrame, dimension: str) -> None:
    expected = rar_expected()
    assert len(expected) == 56
    assert settled.loc[expected.index, dimension].to_dict() == expected[dimension].to_dict()


def test_cofinancing_is_esf_support_only_beside_the_name_of_an_esf_row() -> None:
    rows = rar_interventions()
    ibis = rows[rows["name"] == "Medfinansiering IBIS"]
    codebook = load_codebook()
    assert classify(ibis, codebook=codebook, esf_names=["IBIS"])["process_support"].tolist() == ["esf_stod"]
    assert classify(ibis, codebook=codebook, esf_names=[])["process_support"].tolist() == [""]
    assert classify(ibis, codebook=codebook, esf_names=["BIS"])["process_support"].tolist() == [""]


def test_esf_support_wins_over_process_leaders() -> None:
    row = pd.DataFrame({"name": ["Processtöd ESF-ansökan LSG Flen"], "description": ["Processledare för LSG."]})
    assert classify(row, codebook=load_codebook())["process_support"].tolist() == ["esf_stod"]


def test_derived_orientation_is_marked_and_has_no_basis(settled: pd.DataFrame) -> None:
    lotsen = settled.loc["Lotsen"]
    assert (lotsen["orientation"], lotsen["orientation_decided_by"]) == ("strukturpaverkande", "derived")
    assert (lotsen["orientation_basis"], lotsen["orientation_reason"], lotsen["orientation_evidence"]) == ("", "", "")


def test_nothing_is_derived_when_the_setting_is_off(coded: pd.DataFrame) -> None:
    frame = settle(coded, basis=Basis.STATED, derive_orientation=False, fields=FIELDS)
    assert "derived" not in set(frame["orientation_decided_by"])
    assert (frame["orientation"] == "ej_definierad").any()


def test_a_hint_below_the_basis_stays_readable(settled: pd.DataFrame) -> None:
    unga = settled.loc["Förprojektering ESF unga"]
    assert (unga["target_groups"], unga["target_groups_reason"]) == ("ej_definierad", "below_basis")
    assert unga["target_groups_hint"] == "unga"
    assert unga["target_groups_decided_by"] == "none"
    assert settled.loc["Stegen mot arbete", "target_groups_hint"] == ""


def test_row_order_does_not_matter() -> None:
    rows = rar_interventions()
    codebook = load_codebook()
    forward = classify(rows, codebook=codebook)
    backward = classify(rows.iloc[::-1], codebook=codebook)
    pd.testing.assert_frame_equal(forward, backward.sort_index())
