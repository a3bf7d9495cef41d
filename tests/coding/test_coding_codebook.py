"""The codebook as data: what ships is whole, and a broken one is refused with every fault."""

from __future__ import annotations

import csv
from collections import Counter
from importlib import resources
from pathlib import Path

import pandas as pd
import pytest

from portfolj.coding import classify, load_codebook
from portfolj.coding.read import parse_codebook
from portfolj.errors import InputRefused, PortfoljError, Reason

REFERENCE = resources.files("portfolj") / "reference"
OWNERS = ("kommun", "region", "af", "fk", "lsg", "forbund", "ovrigt", "ej_definierad")
GROUPS = (
    "langvarigt_bidragsberoende", "psykisk_ohalsa", "unga", "personal_beslutsfattare", "nyanlanda_utrikesfodda",
    "langtidssjukskrivna", "funktionsnedsattning", "missbruk", "ej_definierad",
)  # fmt: skip


def _text() -> str:
    return (REFERENCE / "codebook.toml").read_text(encoding="utf-8")


def test_the_codes_stand_in_their_order() -> None:
    codebook = load_codebook()
    assert codebook.codes("owner") == OWNERS
    assert codebook.codes("target_groups") == GROUPS
    assert codebook.codes("orientation") == ("strukturpaverkande", "individinriktad", "blandad", "ej_definierad")
    assert codebook.codes("process_support") == ("processledare", "esf_stod")


def test_every_code_has_words_in_both_languages() -> None:
    codebook = load_codebook()
    for dimension in codebook.dimensions:
        for code in codebook.codes(dimension):
            for language in ("sv", "en"):
                assert codebook.label(dimension, code, language)
                assert codebook.definition(dimension, code, language)
    assert codebook.label("basis", "stated") == "eget fält"
    assert codebook.label("reason", "several_parties") == "flera parter"
    assert codebook.dimension_label("owner") == "Huvudman"


def test_the_organisations_are_all_290_municipalities_and_21_regions() -> None:
    rows = list(csv.DictReader((REFERENCE / "organisations.csv").read_text(encoding="utf-8").splitlines()))
    counts = Counter(row["kind"] for row in rows)
    assert (counts["municipality"], counts["region"]) == (290, 21)
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", ["municipality", "region", "federation"])
def test_every_organisation_is_known_as_an_applicant(kind: str) -> None:
    expected = {"municipality": "kommun", "region": "region", "federation": "forbund"}[kind]
    rows = list(csv.DictReader((REFERENCE / "organisations.csv").read_text(encoding="utf-8").splitlines()))
    names = [
        name for row in rows if row["kind"] == kind for name in (row["name"], *filter(None, row["aliases"].split("|")))
    ]
    applicants = [f"{name}s kommun" for name in names] + names if kind == "municipality" else names
    coded = classify(pd.DataFrame({"name": "Lotsen", "applicant": applicants}), codebook=load_codebook())
    wrong = [name for name, owner in zip(applicants, coded["owner"], strict=True) if owner != expected]
    assert wrong == []


def test_a_codebook_of_ones_own_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "kodbok.toml"
    path.write_text(_text().replace('label_sv = "Huvudman"', 'label_sv = "Ägare"'), encoding="utf-8")
    assert load_codebook(path).dimension_label("owner") == "Ägare"
    with pytest.raises(PortfoljError, match=r"saknas\.toml"):
        load_codebook(tmp_path / "saknas.toml")


def test_all_faults_of_a_codebook_come_at_once() -> None:
    text = _text()
    text = text.replace('id = "O-kommun-02"', 'id = "O-kommun-01"')
    text = text.replace('"*missbruk*",', '"*", "re:(",')
    text = text.replace('fields = ["name"]', 'fields = ["namn"]', 1)
    text = text.replace('role = "several_parties"', 'role = "several_party"')
    text = text.replace('label_en = "Young people"\n', "")
    text += '\n[[target_groups.codes.missbruk.rules]]\nid = "T-x"\ninclude = []\nstrenght = "weak"\n'
    with pytest.raises(InputRefused) as caught:
        parse_codebook(text, organisations={"municipality": (), "region": (), "federation": ()})
    faults = caught.value.faults
    assert {fault.reason for fault in faults} == {Reason.SETTING_WRONG}
    message = str(caught.value)
    for part in ("O-kommun-01", "”*”", "”re:(”", "'namn'", "several_party", "label_en", "'strenght'", "saknar termer"):
        assert part in message
    assert len(faults) == 8
    assert "Menade du strength?" in message
    assert "Menade du name?" in message


def test_faults_of_word_lists_are_told() -> None:
    text = _text().replace("[lists]\n", '[lists]\nregion = ["x"]\nloop = ["för {loop}"]\nword = "x"\n')
    with pytest.raises(InputRefused) as caught:
        parse_codebook(text, organisations={"municipality": (), "region": (), "federation": ()})
    first = text.split("\n").index('region = ["x"]') + 1
    places = [f"rad {first}, lists.region", f"rad {first + 1}, lists.loop", f"rad {first + 2}, lists.word"]
    assert [fault.cell for fault in caught.value.faults] == places


def test_an_expression_that_touches_no_word_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kodbok.toml"
    path.write_text(_text().replace('"*missbruk*",', '"*missbruk*", "re:[?!]+",'), encoding="utf-8")
    row = pd.DataFrame({"name": ["Unga?!"], "description": ["???"]})
    assert classify(row, codebook=load_codebook(path)).loc[0, "target_groups"] == "unga"


def test_a_codebook_that_is_not_toml_is_refused() -> None:
    with pytest.raises(InputRefused, match="TOML"):
        parse_codebook("[owner", organisations={})


def test_a_new_code_with_a_rule_is_used(tmp_path: Path) -> None:
    extra = """
[target_groups.codes.kriminalitet]
label_sv = "Kriminalitet"
label_en = "Crime"
definition_sv = "Personer som lämnar kriminalitet."
definition_en = "People who leave crime."
[[target_groups.codes.kriminalitet.rules]]
id = "T-krim-01"
include = ["*kriminell*", "*kriminalitet*"]
"""
    path = tmp_path / "kodbok.toml"
    path.write_text(_text() + extra, encoding="utf-8")
    row = pd.DataFrame({"name": ["X"], "description": ["Coachning av unga kriminella."]})
    coded = classify(row, codebook=load_codebook(path))
    assert coded.loc[0, "target_groups"] == "unga;kriminalitet"
    assert coded.loc[0, "target_groups_rule"] == "T-unga-01;T-krim-01"
