"""What a federation counts of the answers."""

from __future__ import annotations

import pandas as pd
import pytest

from portfolj.coding import classify, load_codebook, settle
from portfolj.federation import Basis


@pytest.fixture(scope="module")
def coded() -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "name": ["A", "Unga vidare", "Processledare LSG Flen", "D"],
            "applicant": ["Flens kommun", None, None, None],
            "target_group_text": ["NPF", None, None, None],
            "description": [None, None, None, "Drivs av Region Skåne för nyanlända."],
        }
    )
    return classify(rows, codebook=load_codebook())


OPEN = "ej_definierad"


@pytest.mark.parametrize(
    ("basis", "owners", "groups"),
    [
        (Basis.STATED, ["kommun", OPEN, OPEN, OPEN], ["funktionsnedsattning", OPEN, OPEN, OPEN]),
        (
            Basis.DESCRIBED,
            ["kommun", OPEN, OPEN, "region"],
            ["funktionsnedsattning", OPEN, OPEN, "nyanlanda_utrikesfodda"],
        ),
        (
            Basis.NAMED,
            ["kommun", OPEN, OPEN, "region"],
            ["funktionsnedsattning", "unga", "personal_beslutsfattare", "nyanlanda_utrikesfodda"],
        ),
    ],
)
def test_weaker_bases_are_masked(coded: pd.DataFrame, basis: Basis, owners: list[str], groups: list[str]) -> None:
    settled = settle(coded, basis=basis, derive_orientation=False)
    assert settled["owner"].tolist() == owners
    assert settled["target_groups"].tolist() == groups
    masked = settled["owner_reason"] == "below_basis"
    assert (settled.loc[masked, "owner_hint"] == coded.loc[masked, "owner"]).all()


def test_a_ledger_without_the_column_starts_from_described(coded: pd.DataFrame) -> None:
    settled = settle(coded, basis=Basis.STATED, derive_orientation=False, fields=("name", "applicant", "description"))
    assert settled["owner"].tolist() == ["kommun", "ej_definierad", "ej_definierad", "ej_definierad"]
    assert settled["target_groups"].tolist()[3] == "nyanlanda_utrikesfodda"
    assert settled["target_groups"].tolist()[1] == "ej_definierad"


def test_orientation_keeps_what_any_basis_says(coded: pd.DataFrame) -> None:
    settled = settle(coded, basis=Basis.STATED, derive_orientation=True)
    assert settled["orientation"].tolist() == coded["orientation"].tolist()
    assert settled["orientation_decided_by"].tolist() == ["rule"] * 4


def test_only_undefined_or_staff_interventions_are_derived() -> None:
    rows = pd.DataFrame({"name": ["Lotsen", "B", "C"], "target_group_text": [None, "Personal", "Unga"]})
    settled = settle(classify(rows, codebook=load_codebook()), basis=Basis.STATED, derive_orientation=True)
    assert settled["orientation"].tolist() == ["strukturpaverkande", "strukturpaverkande", "individinriktad"]
    assert settled["orientation_decided_by"].tolist() == ["derived", "derived", "rule"]


def test_the_coded_frame_is_not_changed(coded: pd.DataFrame) -> None:
    before = coded.copy(deep=True)
    settle(coded, basis=Basis.STATED, derive_orientation=True)
    pd.testing.assert_frame_equal(coded, before)
