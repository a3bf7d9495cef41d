"""federation.toml: what is allowed, and every fault of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolj.errors import InputRefused, PortfoljError, Reason
from portfolj.federation import Basis, Unit, load_federation, parse_federation, parse_period

SMALLEST = 'name = "Finsam Exempel"\n[ledger]\nfiles = ["liggare.csv"]\nunit = "tkr"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "liggare.csv").write_text("Insats\n", encoding="utf-8")
    return tmp_path


def faults_of(text, folder):
    with pytest.raises(InputRefused) as refused:
        parse_federation(text, folder=folder)
    assert all(fault.file == "federation.toml" and fault.action for fault in refused.value.faults)
    return [(fault.cell, fault.reason) for fault in refused.value.faults]


def test_the_smallest_settings_load_with_the_stated_defaults(folder):
    federation = parse_federation(SMALLEST, folder=folder)
    assert (federation.key, federation.name, federation.ledger.unit) == (folder.name, "Finsam Exempel", Unit.TKR)
    assert (federation.period, federation.classification.basis) == ("", Basis.STATED)
    assert not federation.classification.derive_orientation
    assert federation.small_cell_threshold == 5


@pytest.mark.parametrize(
    ("old", "new", "cell", "reason"),
    [
        ('unit = "tkr"', 'unit = "öre"', "ledger.unit", Reason.UNIT_UNKNOWN),
        ('unit = "tkr"\n', "", "ledger.unit", Reason.SETTING_WRONG),
        ('name = "Finsam Exempel"\n', "", "name", Reason.SETTING_WRONG),
        ("liggare.csv", "borta.csv", "ledger.files", Reason.FILE_MISSING),
        ('["liggare.csv"]', '["liggare.csv", "liggare.csv"]', "ledger.files", Reason.SETTING_WRONG),
        ('["liggare.csv"]', "[]", "ledger.files", Reason.SETTING_WRONG),
        ("unit =", "enhet = 1\nunit =", "ledger.enhet", Reason.SETTING_UNKNOWN),
        ("[ledger]", 'peroid = "2014"\n[ledger]', "peroid", Reason.SETTING_UNKNOWN),
        ("[ledger]", 'period = "2019-2014"\n[ledger]', "period", Reason.SETTING_WRONG),
        ("[ledger]", "small_cell_threshold = 1\n[ledger]", "small_cell_threshold", Reason.SETTING_WRONG),
    ],
)
def test_a_wrong_setting_is_told_by_its_key(folder, old, new, cell, reason):
    assert faults_of(SMALLEST.replace(old, new), folder) == [(cell, reason)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("period = 2019", "period är 2019. Tillåtet: text inom citattecken."),
        ("period = 2019-01-01", "period är 2019-01-01. Tillåtet: text inom citattecken."),
        ('period = "alla"', "går inte att tolka; skriv till exempel 2014-2019, 2019 eller lämna tomt"),
        ("contact = true", "contact är true. Tillåtet: text inom citattecken."),
        ("small_cell_threshold = 1", "small_cell_threshold är 1. Tillåtet: minst 2."),
        ('small_cell_threshold = "fem"', "small_cell_threshold är 'fem'. Tillåtet: ett heltal."),
        ("small_cell_threshold = inf", "small_cell_threshold är inf. Tillåtet: ett heltal."),
        ("small_cell_threshold = 2.5", "small_cell_threshold är 2.5. Tillåtet: ett heltal."),
        ("small_cell_threshold = []", "small_cell_threshold är []. Tillåtet: ett heltal."),
        ('strategy = "unga"', "Tillåtet: en tabell [strategy] med"),
        ('notice = "text"', "Tillåtet: en tabell [notice] med"),
        ('financing = "text"', "Tillåtet: en tabell [financing] med"),
        ('classification = {derive_orientation = "kanske"}', "är 'kanske'. Tillåtet: true eller false."),
        ("classification = {derive_orientation = []}", "är []. Tillåtet: true eller false."),
        ("followup = {scale = 3}", "followup.scale är 3. Tillåtet: en lista inom hakparenteser."),
        ("followup = {scale = [1, 2, 3]}", "Tillåtet: högst 2 värden i listan."),
        ("followup = {step = -1}", "followup.step är -1. Tillåtet: minst 0."),
        ('classification = {basis = "stark"}', "Tillåtet: 'stated', 'described' eller 'named'."),
    ],
)
def test_what_is_allowed_is_told_in_swedish(folder, line, told):
    with pytest.raises(InputRefused) as refused:
        parse_federation(f"{line}\n{SMALLEST}", folder=folder)
    assert told in str(refused.value)


def test_what_is_allowed_in_the_ledger_is_told_in_swedish(folder):
    text = 'name = ""\n[ledger]\nfiles = "liggare.csv"\nsheets = 1\nunit = 5\ncolumns = "Insats"\n'
    with pytest.raises(InputRefused) as refused:
        parse_federation(text, folder=folder)
    assert {fault.cell: fault.allowed for fault in refused.value.faults} == {
        "name": "förbundets namn",
        "ledger.files": 'en lista med filnamn, till exempel files = ["liggare.xlsx"]',
        "ledger.sheets": "en lista inom hakparenteser",
        "ledger.unit": "'kr', 'tkr' eller 'mkr'",
        "ledger.columns": "en tabell [ledger.columns] med en rad för varje inställning",
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("write_off_years = 6", "högst 5"),
        ("write_off_years = 0", "minst 1"),
        ("discount_rate_pct = 50.5", "högst 50"),
        ('discount_rate_pct = "hög"', "ett tal"),
        ("discount_rate_pct = []", "ett tal"),
        ("fade_out_pct = 101", "högst 100"),
        ("deadweight_pct = -1", "minst 0"),
        ("value_year = 2101", "högst 2100"),
        ("price_year = 1989", "minst 1990"),
        ("seed = -1", "minst 0"),
        ("ranges = { income_pct = [0, 1, inf] }", "lägst, troligast och högst i procent"),
        ("ranges = { income_pct = [nan, nan, nan] }", "lägst, troligast och högst i procent"),
        ('actors = { EU = "Socialfonden" }', 'till exempel eu = "EU (Socialfonden)"'),
    ],
)
def test_the_bounds_of_a_setting_of_the_economics_are_told(folder, line, told):
    with pytest.raises(InputRefused) as refused:
        parse_federation(f"{SMALLEST}[economics]\n{line}\n", folder=folder)
    (fault,) = refused.value.faults
    assert fault.reason == Reason.SETTING_WRONG
    assert told in fault.allowed


def test_a_cost_may_be_spread_over_as_many_years_as_a_result_is_of(folder):
    federation = parse_federation(f"{SMALLEST}[economics]\nwrite_off_years = 5\n", folder=folder)
    assert federation.economics.write_off_years == 5


TAKEN = (
    "samhallet", "kommun", "region", "staten", "af", "fk", "ovrig_stat", "individen", "arbetsgivare", "realekonomin",
    "alla",
)  # fmt: skip


@pytest.mark.parametrize("code", TAKEN)
def test_an_actor_may_not_have_a_code_that_is_taken(folder, code):
    text = f'{SMALLEST}[economics.actors]\n{code} = "Egen etikett"\n'
    assert faults_of(text, folder) == [(f"economics.actors.{code}", Reason.SETTING_WRONG)]


@pytest.mark.parametrize(
    "label",
    ["Samhället", "kommunen", " Region ", "Landstinget", "Staten i allt", "AF", "Försäkringskassan", "Övriga staten",
     "Individen", "Arbetsgivare", "Arbetsgivarna", "Produktion och resurser", "Alla aktörer", "ovrig_stat"],
)  # fmt: skip
def test_an_actor_may_not_have_a_label_that_already_means_somebody(folder, label):
    text = f'{SMALLEST}[economics.actors]\nvard = "{label}"\n'
    assert faults_of(text, folder) == [("economics.actors.vard", Reason.SETTING_WRONG)]


def test_two_actors_may_not_be_called_the_same(folder):
    text = f'{SMALLEST}[economics.actors]\nvard = "Vården"\nhalsa = "vården"\neu = "Vard"\nesf = "Socialfonden"\n'
    assert faults_of(text, folder) == [
        ("economics.actors.halsa", Reason.SETTING_WRONG), ("economics.actors.eu", Reason.SETTING_WRONG),
    ]  # fmt: skip


def test_own_actors_may_pay_a_benefit_a_measure_and_the_wage_subsidy(folder):
    lines = 'income_support = "eu"\nstudy = "region"\nwage_subsidy = "kommun"\n'
    text = f'{SMALLEST}[economics.actors]\neu = "EU (Socialfonden)"\n[economics.payers]\n{lines}'
    assert parse_federation(text, folder=folder).economics.payers == {
        "income_support": "eu", "study": "region", "wage_subsidy": "kommun",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "reason", "action"),
    [
        ('income_suport = "kommun"', Reason.SETTING_UNKNOWN, "Menade du income_support?"),
        ('wage = "kommun"', Reason.SETTING_UNKNOWN, None),
        ('study = "komun"', Reason.SETTING_WRONG, "Menade du kommun?"),
        ('study = "Arbetsförmedlingen"', Reason.SETTING_WRONG, "Menade du af?"),
        ('study = "Socialfonden"', Reason.SETTING_WRONG, "Menade du eu?"),
        *((f'study = "{code}"', Reason.SETTING_WRONG, None)
          for code in ("samhallet", "staten", "individen", "arbetsgivare", "realekonomin")),
    ],
)  # fmt: skip
def test_who_pays_what_must_exist_and_be_able_to_pay(folder, line, reason, action):
    text = f'{SMALLEST}[economics.actors]\neu = "Socialfonden"\n[economics.payers]\n{line}\n'
    with pytest.raises(InputRefused) as refused:
        parse_federation(text, folder=folder)
    (fault,) = refused.value.faults
    assert (fault.cell, fault.reason) == (f"economics.payers.{line.split()[0]}", reason)
    assert action is None or fault.action == action


@pytest.mark.parametrize(
    ("text", "place"), [("\nname = Finsam\n", "fel på rad 2, tecken 8"), ('name = "Finsam', "slutar för tidigt")]
)
def test_broken_toml_is_told_by_its_place_in_swedish(folder, text, place):
    with pytest.raises(InputRefused, match=place):
        parse_federation(text, folder=folder)


def test_an_unknown_field_and_one_column_for_two_amounts_are_told(folder):
    text = SMALLEST + '[ledger.columns]\nnamn = "Insats"\ngranted = "Belopp"\npaid = "Belopp"\n'
    assert faults_of(text, folder) == [
        ("ledger.columns.paid", Reason.SETTING_WRONG),
        ("ledger.columns.namn", Reason.SETTING_UNKNOWN),
    ]


def test_every_fault_comes_at_once_with_the_nearest_name(folder):
    with pytest.raises(InputRefused) as refused:
        parse_federation(SMALLEST.replace("unit", "unitt").replace("[ledger]", "nmae = 1\n[ledger]"), folder=folder)
    assert len(refused.value.faults) == 3  # unitt and nmae are unknown, unit is missing
    assert {"Menade du unit?", "Menade du name?"} <= {fault.action for fault in refused.value.faults}


def test_broken_toml_is_one_fault(folder):
    assert faults_of("name = Finsam", folder) == [("", Reason.SETTING_WRONG)]


def test_settings_saved_in_another_encoding_are_a_user_error(folder):
    (folder / "federation.toml").write_bytes(SMALLEST.replace("Exempel", "Åmål").encode("cp1252"))
    with pytest.raises(InputRefused, match="UTF-8"):
        load_federation(folder)


def test_a_byte_order_mark_does_no_harm(folder):
    (folder / "federation.toml").write_text(SMALLEST, encoding="utf-8-sig")
    assert load_federation(folder).name == "Finsam Exempel"


def test_a_folder_without_settings_is_a_user_error(folder):
    with pytest.raises(PortfoljError, match="portfolj new"):
        load_federation(folder)


@pytest.mark.parametrize(
    ("text", "period"), [("2014-2019", (2014, 2019)), ("2019", (2019, 2019)), ("", None), (" 2014–2019 ", (2014, 2019))]
)
def test_periods(text, period):
    assert parse_period(text) == period


@pytest.mark.parametrize("text", ["2019-2014", "19", "2014-19", "1789", "alla"])
def test_periods_that_are_not(text):
    with pytest.raises(ValueError, match="perioden"):
        parse_period(text)
