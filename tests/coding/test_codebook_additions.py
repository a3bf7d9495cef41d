"""A federation's own codes and terms are used, its faults told, and codes folded without a krona lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from portfolj.checking import check
from portfolj.coding import ADDITIONS_FILE, classify, codebook_in, load_codebook, settle
from portfolj.errors import InputRefused
from portfolj.exhibits import scope
from portfolj.federation import Basis
from portfolj.places import Places
from portfolj.portfolio import tables
from portfolj.portfolio.view import Portfolio, open_portfolio

RAW = Path(__file__).parents[2] / "data" / "raw"
OWN = """
version = "2026 egen"
[lists]
staff = ["stödsamordnare"]
vuxna = ["medelålders", "femtioåringar"]
[target_groups.codes.kriminalitet]
label_sv = "Kriminalitet"
label_en = "Crime"
definition_sv = "Personer som lämnar kriminalitet."
definition_en = "People who leave crime."
[[target_groups.codes.kriminalitet.rules]]
id = "EGEN-01"
include = ["*kriminell*"]
[[target_groups.codes.unga.rules]]
id = "EGEN-02"
include = ["lokala lirare", "{vuxna} nybörjare"]
"""
REVIEW_OF_2020 = """
[fold.target_groups]
langtidssjukskrivna = "ej_definierad"
nyanlanda_utrikesfodda = "ej_definierad"
funktionsnedsattning = "ej_definierad"
missbruk = "ej_definierad"
"""
FOUR = ("langvarigt_bidragsberoende", "psykisk_ohalsa", "unga", "personal_beslutsfattare", "ej_definierad")


def written(folder: Path, text: str) -> Path:
    (folder / ADDITIONS_FILE).write_text(text, encoding="utf-8")
    return folder


def opened(tmp_path: Path, federation: str, text: str, **rules: str) -> Portfolio:
    folder = tmp_path / "data" / "raw" / federation
    if not folder.exists():
        shutil.copytree(RAW / federation, folder)
    written(folder, text)
    places = Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=tmp_path)
    return open_portfolio(federation, places=places, **rules)


def test_without_a_file_of_its_own_a_federation_has_the_shipped_codebook(tmp_path: Path) -> None:
    assert codebook_in(tmp_path) is load_codebook()


def test_own_codes_terms_and_words_are_used_beside_the_shipped_ones(tmp_path: Path) -> None:
    codebook = codebook_in(written(tmp_path, OWN))
    texts = [
        "Coachning av unga kriminella.",
        "Stöd till lokala lirare.",
        "Till femtioåringar nybörjare.",
        "Utbildning för stödsamordnare.",
    ]
    coded = classify(pd.DataFrame({"name": "X", "description": texts}), codebook=codebook)
    assert coded["target_groups"].tolist() == ["unga;kriminalitet", "unga", "unga", "personal_beslutsfattare"]
    assert codebook.codes("target_groups")[-2:] == ("kriminalitet", "ej_definierad")
    assert codebook.version == load_codebook().version + "+2026 egen"
    assert "EGEN-01" not in {rule.id for rule in load_codebook().rules}


def test_every_fault_is_told_at_once_with_its_line_in_the_own_file(tmp_path: Path) -> None:
    text = """colour = 1
[orientation.codes.annat]
label_sv = "x"
[target_groups.codes.unga]
label_sv = "Ungdomar"
[[target_groups.codes.unga.rules]]
id = "EGEN-U"
include = [
    "*",
    "re:(a+)+$",
]
fields = ["beskrivning"]
[target_groups.codes.ungga]
[[target_groups.codes.ungga.rules]]
id = "EGEN-G"
include = ["gymnasieungdom*"]
[fold.target_groups]
ungaa = "missbruk"
missbruk = "unga"
ej_definierad = "unga"
[[roles]]
id = "EGEN-R"
role = "negativ"
include = ["x"]
"""
    with pytest.raises(InputRefused) as caught:
        codebook_in(written(tmp_path, text))
    assert {fault.file for fault in caught.value.faults} == {ADDITIONS_FILE}
    assert [(fault.cell, fault.found.split(":")[0].split(" in")[0]) for fault in caught.value.faults] == [
        ("rad 1, colour", "'colour' finns"),
        ("rad 2, orientation.codes.annat", "Koden 'annat' finns"),
        ("rad 5, target_groups.codes.unga.label_sv", "'label_sv' finns"),
        ("rad 9, target_groups.codes.unga, EGEN-U", "Termen ”*” i"),
        ("rad 10, target_groups.codes.unga, EGEN-U", "”re"),
        ("rad 12, target_groups.codes.unga, EGEN-U", "Fältet 'beskrivning' finns"),
        ("rad 13, target_groups.codes.ungga", "Koden 'ungga' finns"),
        ("rad 18, fold.target_groups.ungaa", "Koden 'ungaa' finns"),
        ("rad 18, fold.target_groups.ungaa", "Koden 'missbruk' förs själv vidare"),
        ("rad 20, fold.target_groups.ej_definierad", "ej_definierad går"),
        ("rad 23, roles, EGEN-R", "role är 'negativ'"),
    ]
    assert caught.value.faults[6].action == "Menade du unga?"


def test_a_shipped_rule_is_made_narrower_and_wider_by_its_id(tmp_path: Path) -> None:
    text = """
[[target_groups.codes.missbruk.rules]]
id = "T-missbruk-01"
include = ["krogvana"]
exclude = ["barn till missbrukare"]
"""
    codebook = codebook_in(written(tmp_path, text))
    texts = ["Stöd till barn till missbrukare.", "Stöd till missbrukare.", "Stöd till krogvana."]
    coded = classify(pd.DataFrame({"name": "X", "target_group_text": texts}), codebook=codebook)
    assert coded["target_groups"].tolist() == ["ej_definierad", "missbruk", "missbruk"]
    assert coded.loc[2, "target_groups_rule"] == "T-missbruk-01"
    assert "krogvana" not in load_codebook().rule("T-missbruk-01").include


def test_only_the_terms_of_a_shipped_rule_can_be_added_to(tmp_path: Path) -> None:
    text = """[[target_groups.codes.unga.rules]]
id = "T-missbruk-01"
include = ["x"]
[[target_groups.codes.missbruk.rules]]
id = "T-missbruk-01"
strength = "weak"
exclude = ["y"]
"""
    with pytest.raises(InputRefused) as caught:
        codebook_in(written(tmp_path, text))
    assert [(fault.cell, fault.found) for fault in caught.value.faults] == [
        (
            "rad 2, target_groups.codes.unga, T-missbruk-01",
            "Regeln 'T-missbruk-01' hör till target_groups.codes.missbruk i portfoljs kodbok",
        ),
        (
            "rad 6, target_groups.codes.missbruk, T-missbruk-01",
            "'T-missbruk-01' finns i portfoljs kodbok, och strength går inte att ändra i den",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "fold = 1", "[target_groups]\ncodes = 2", "roles = 'x'", "lists = []", "target_groups.codes.unga = 3",
        "[fold]\ntarget_groups = 3", "[target_groups.codes.unga]\nrules = 'x'", "[lists]\nstaff = 1",
    ],
)  # fmt: skip
def test_a_table_of_the_wrong_kind_is_a_fault_and_no_traceback(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputRefused):
        codebook_in(written(tmp_path, text))


def test_a_file_that_breaks_off_or_is_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="rad 2"):
        codebook_in(written(tmp_path, "[fold]\nx = \n"))
    (tmp_path / ADDITIONS_FILE).write_bytes("å".encode("latin-1"))
    with pytest.raises(InputRefused, match="UTF-8"):
        codebook_in(tmp_path)


def test_groups_that_become_the_same_stand_once_and_an_open_one_gives_way() -> None:
    texts = ["Unga med missbruk.", "Personer med missbruk.", "Sjukskrivna med psykisk ohälsa.", "Unga."]
    coded = classify(pd.DataFrame({"name": "X", "target_group_text": texts}), codebook=load_codebook())
    folds = {"target_groups": {"missbruk": "ej_definierad", "langtidssjukskrivna": "psykisk_ohalsa"}}
    settled = settle(coded, basis=Basis.NAMED, derive_orientation=False, folds=folds)
    assert coded["target_groups"].tolist() == [
        "unga;missbruk",
        "missbruk",
        "langtidssjukskrivna;psykisk_ohalsa",
        "unga",
    ]
    assert settled["target_groups"].tolist() == ["unga", "ej_definierad", "psykisk_ohalsa", "unga"]
    assert settled["target_groups_reason"].tolist() == ["", "folded", "", ""]
    assert settled["target_groups_hint"].tolist() == ["", "missbruk", "", ""]
    assert settled["target_groups_evidence"].tolist() == coded["target_groups_evidence"].tolist()


def test_the_list_of_the_review_of_2020_can_be_had_and_reconciles(tmp_path: Path) -> None:
    whole = opened(tmp_path, "rar-sormland", "", basis="named")
    before = tables.target_group(whole).set_index("target_group")
    portfolio = opened(tmp_path, "rar-sormland", REVIEW_OF_2020, basis="named")
    after = tables.target_group(portfolio).set_index("target_group")
    assert tuple(sorted(after.index)) == tuple(sorted(FOUR))
    assert after["granted_once_sek"].sum() == before["granted_once_sek"].sum()
    assert after["granted_split_sek"].sum() == before["granted_split_sek"].sum()
    assert after["count_once"].sum() == before["count_once"].sum() == len(portfolio.interventions)
    assert after.loc["ej_definierad", "count_once"] > before.loc["ej_definierad", "count_once"]
    tables.reconciliations(portfolio)  # raises where a table does not add up
    assert ADDITIONS_FILE in portfolio.prepared.inputs
    told = (
        "Målgrupp: Långtidssjukskrivna, Nyanlända och utrikesfödda, Funktionsnedsättning och Missbruk visas inte för "
        "sig i den här rapporten utan räknas som Ej definierad."
    )
    assert told in str(scope.rules(portfolio))
    assert "visas inte för sig" not in str(scope.rules(whole))


def test_a_fold_onto_an_own_code_moves_its_money_whole(tmp_path: Path) -> None:
    before = tables.owner(opened(tmp_path, "finsam-urval", "")).set_index("owner")
    own = """
[owner.codes.myndighet]
label_sv = "Statlig myndighet"
label_en = "State authority"
definition_sv = "Arbetsförmedlingen eller Försäkringskassan."
definition_en = "The employment service or the insurance agency."
[fold.owner]
af = "myndighet"
fk = "myndighet"
"""
    portfolio = opened(tmp_path, "finsam-urval", own)
    after = tables.owner(portfolio).set_index("owner")
    assert "af" not in after.index
    assert after.loc["myndighet", "count"] == before.loc["af", "count"] + before.loc["fk", "count"] > 0
    assert after["granted_sek"].sum() == before["granted_sek"].sum()
    assert portfolio.codebook.label("owner", "af") == "Arbetsförmedlingen"


def test_check_tells_what_is_wrong_in_the_own_codebook(tmp_path: Path) -> None:
    folder = tmp_path / "rar-sormland"
    shutil.copytree(RAW / "rar-sormland", folder)
    checked = check(written(folder, "färg = 1"))
    assert any(fault.file == ADDITIONS_FILE for fault in checked.faults)
    assert ADDITIONS_FILE in checked.text
