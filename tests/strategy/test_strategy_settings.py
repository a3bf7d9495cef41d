"""The priorities as they are written: what is allowed, and every fault told with what to do."""

from __future__ import annotations

import pytest
from strategy_case import HEALTH, SETTINGS, YOUTH, opened, places_of

from portfolj.checking import check
from portfolj.errors import InputRefused
from portfolj.evaluation import open_everything
from portfolj.federation import load_federation
from portfolj.strategy.reading import read_strategy


def faults_of(folder, stated, **kinds):
    places = places_of(folder, stated, **kinds)
    with pytest.raises(InputRefused) as refused:
        read_strategy(load_federation(places.raw("prov")))
    assert all(fault.file == "federation.toml" and fault.action for fault in refused.value.faults)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (YOUTH + 'malgrupper = ["unga"]\n', "Inställningen 'strategy.priorities.1.malgrupper' finns inte"),
        (YOUTH + 'target_group = ["unga"]\n', "Menade du target_groups?"),
        ('[[strategy.priorities]]\nname = "Allt"\n', "minst en av target_groups, orientation, owners"),
        (YOUTH + 'years = "snart"\n', "perioden 'snart' går inte att tolka; skriv till exempel 2014-2019"),
        (YOUTH + 'years = "2020-2018"\n', "börja före den slutar"),
        (YOUTH + "share_pct = 101\n", "Tillåtet: högst 100"),
        (YOUTH + "share_pct = -1\n", "Tillåtet: minst 0"),
        (YOUTH + 'share_pct = "en femtedel"\n', "Tillåtet: ett tal"),
        (YOUTH + 'years = "2016-2018"\n' + YOUTH, "eget namn för varje prioritering"),
        ('[[strategy.priorities]]\nname = ""\ntarget_groups = ["unga"]\n', "strategy.priorities.1.name är ''"),
        ('[[strategy.priorities]]\nname = "U"\ntarget_groups = "unga"\n', "en lista inom hakparenteser"),
        ('[strategy]\ncounting = "dela"\n' + YOUTH, "Tillåtet: 'once', 'split' eller 'overlapping'"),
        ('[[strategy.priorities]]\nname = "U"\ntarget_groups = ["ungdom"]\n', "Koden 'ungdom' finns inte."),
        ('[[strategy.priorities]]\nname = "U"\ntarget_groups = ["Psykisk ohälsa"]\n', "Menade du psykisk_ohalsa?"),
        ('[[strategy.priorities]]\nname = "U"\ntarget_groups = ["ej_definierad"]\n', "finns inte"),
        ('[[strategy.priorities]]\nname = "U"\norientation = ["struktur"]\n', "Menade du strukturpaverkande?"),
        ('[[strategy.priorities]]\nname = "U"\nowners = ["kommunen"]\n', "Menade du kommun?"),
        ('[[strategy.priorities]]\nname = "U"\nprocess_support = ["esf"]\n', "processledare, esf_stod"),
        ('[[strategy.priorities]]\nname = "U"\nthemes = ["a*"]\n', "Temat 'a*' kan inte läsas"),
        ('[[strategy.priorities]]\nname = "U"\nthemes = [""]\n', "termen är tom"),
    ],
)
def test_what_is_wrong_with_a_priority_is_told(tmp_path, stated, told):
    assert any(told in fault for fault in faults_of(tmp_path, stated)), told


def test_every_code_that_is_wrong_is_told_at_once_with_its_priority(tmp_path):
    faults = faults_of(tmp_path, YOUTH.replace('["unga"]', '["ung", "unga"]\nowners = ["fk", "x"]') + HEALTH)
    assert [fault.split(":")[0] for fault in faults] == [
        "federation.toml, strategy.priorities (Unga), target_groups",
        "federation.toml, strategy.priorities (Unga), owners",
    ]


def test_the_same_name_may_come_again_for_other_years(tmp_path):
    stated = YOUTH + 'years = "2020"\nshare_pct = 10\n' + YOUTH + 'years = "2021"\nshare_pct = 20\n'
    view = opened(tmp_path, stated)
    assert list(view.priorities["priority"]) == ["Unga"]
    assert list(view.by_year.loc[view.by_year["priority"] == "Unga", "intended_share_pct"]) == [10.0, 20.0]


def test_the_setting_that_was_a_list_of_names_still_loads_where_it_is_empty(tmp_path):
    assert not opened(tmp_path, "", settings="priorities = []\n" + SETTINGS).is_stated


def test_a_list_of_names_is_told_how_priorities_are_stated_now(tmp_path):
    faults = faults_of(tmp_path, "", settings='priorities = ["unga"]\n' + SETTINGS)
    assert len(faults) == 1
    assert "priorities är ['unga']" in faults[0]
    assert "[[strategy.priorities]]" in faults[0]
    assert "docs/how-to/styrelsens-prioriteringar.md" in faults[0]


def test_faults_of_priorities_and_ledger_come_together(tmp_path):
    places = places_of(tmp_path, YOUTH.replace('"unga"]', '"ung"]'), rows="Fokus;;;;2021;mycket\n")
    with pytest.raises(InputRefused) as refused:
        open_everything("prov", places=places)
    assert {fault.file for fault in refused.value.faults} == {"federation.toml", "liggare.csv"}


def test_the_check_tells_of_priorities(tmp_path):
    checked = check(places_of(tmp_path, YOUTH.replace('"unga"]', '"ung"]')).raw("prov"))
    assert [fault.cell for fault in checked.faults] == ["strategy.priorities (Unga), target_groups"]
    assert "Menade du unga?" in checked.text
