"""Files on economics as people write them, and everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from economics_case import STATES, Rows, federation_of, places_of, read, refused
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolj.economics.reading import read_economics
from portfolj.errors import Reason

INCOMES = "År;Deltagare;Aktör;Intäkt 1 år, tkr;Kostnad, tkr"
VALUES = "Nyckel;Värde;Enhet;År;Aktör;Källa;Säkerhet"
BREAK_EVEN = "Fall;Kostnad, mkr;Nyckel;Värde per person och år, tkr;Tryckt antal personer;Källa"
PUBLISHED = "År;Aktör;Mått;Tryckt;Enhet;Källa"


def test_incomes_under_title_rows_in_thousands_become_kronor(tmp_path: Path) -> None:
    rows: Rows = [
        ["Tabell 7. Samhällsekonomisk lönsamhet"], [], ["År", "Antal deltagare", "Aktör", "Intäkt kort sikt (tkr)",
        "Kostnad, kr", "Härledd"],
        [2016, 42, "Samhället", 1540, 3_343_000, None], [2016, 42, "Landstinget", "104,5", None, "nej"],
        [2017, 140, "Af", "−848", None, "ja"], [2017, 140, "Hushållen", "1 234", "12 000", None],
    ]  # fmt: skip
    found = read(tmp_path, {"incomes": rows}).incomes
    assert found["actor"].tolist() == ["samhallet", "region", "af", "individen"]
    assert found["income_1y_sek"].tolist() == [1_540_000, 104_500, -848_000, 1_234_000]
    assert found["cost_sek"].fillna(-1).tolist() == [3_343_000, -1, -1, 12_000]
    assert found["derived"].tolist() == [False, False, True, False]
    assert [str(found[name].dtype) for name in ("year", "participants", "derived")] == ["int64", "int64", "bool"]


def test_english_field_names_are_headings_too(tmp_path: Path) -> None:
    lines = ["year,participants,actor,income_1y_kr,profit_1y_kr", "2016,42,samhallet,1540000,-1803000"]
    found = read(tmp_path, {"incomes": lines})
    assert found.incomes["income_1y_sek"].tolist() == [1_540_000]
    assert [(r.cell, r.reason) for r in found.remarks] == [("E1", Reason.COLUMN_NOT_USED)]


@pytest.mark.parametrize(
    ("label", "code"),
    [("Kommun", "kommun"), ("region", "region"), ("Landsting", "region"), ("STATEN", "staten"), ("Fk", "fk"),
     ("Försäkringskassan", "fk"), ("Arbetsförmedlingen", "af"), ("Övrig stat", "ovrig_stat"),
     ("Individen", "individen"), ("Individerna/hushållen", "individen"), ("Vården", "vard"), ("vard", "vard")],
)  # fmt: skip
def test_actors_are_known_by_what_people_call_them(tmp_path: Path, label: str, code: str) -> None:
    lines = [INCOMES, f"2016;42;{label};1;2"]
    found = read(tmp_path, {"incomes": lines}, 'actors = { vard = "Vården" }')
    assert found.incomes["actor"].tolist() == [code]


def test_the_unit_may_stand_above_the_table_in_the_heading_in_a_column_or_in_the_cell(tmp_path: Path) -> None:
    head = "År;Deltagare;Aktör;Intäkt"
    for lines in (
        ["Belopp i tkr;;;", head, "2016;42;Af;1,5"],
        [f"{head} (tkr)", "2016;42;Af;1,5"],
        [f"{head};Enhet", "2016;42;Af;1,5;tkr"],
        [head, "2016;42;Af;1,5 tkr"],
    ):
        assert read(tmp_path, {"incomes": lines}).incomes["income_1y_sek"].tolist() == [1_500]


def test_rows_in_are_rows_used_and_rows_set_aside_each_with_its_reason(tmp_path: Path) -> None:
    lines = [INCOMES, "2016;42;Af;1;2", "2016;42;Fk;–;2", ";;;;", "Totalt;;;3;4", "2016;42;Af;1;2", "Källa: T7;;;;"]
    found = read(tmp_path, {"incomes": lines})
    assert found.sources.to_dict("records") == [
        {"file": "incomes.csv", "kind": "incomes", "rows_in": 6, "rows_used": 1, "rows_set_aside": 5}
    ]
    assert list(zip(found.set_aside["row"], found.set_aside["reason"], strict=True)) == [
        (3, "income_missing"), (4, "empty_row"), (5, "sum_row"), (6, "duplicate"), (7, "note_row"),
    ]  # fmt: skip
    assert set(found.set_aside["kind"]) == {"incomes"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2016, 2019), st.sampled_from(["Af", "Fk", "Region"]), st.integers(-9_999, 9_999)),
        min_size=1,
    )
)
def test_every_amount_survives_the_swedish_way_of_writing_it(tmp_path: Path, rows: list[tuple[int, str, int]]) -> None:
    stated = {(year, actor): amount for year, actor, amount in rows}
    written = [f"{y};42;{a};{amount:,};".replace(",", " ").replace("-", "−") for (y, a), amount in stated.items()]
    lines = [INCOMES, ";;;;", *written, *written[:2]]
    found = read(tmp_path, {"incomes": lines})
    assert found.incomes["income_1y_sek"].tolist() == [1_000.0 * amount for amount in stated.values()]
    (source,) = found.sources.to_dict("records")
    assert source["rows_in"] == source["rows_used"] + source["rows_set_aside"] == len(lines) - 1


def test_everything_wrong_with_incomes_is_told_at_once(tmp_path: Path) -> None:
    lines = [
        INCOMES, "2016;42;Samhälet;1;2", "2016;42;Af;många;2", "2017;-3;Af;1;2", "2018;10;Af;1;2", "2018;11;Fk;1;2",
        "2018;10;Af;5;2", "i fjol;10;Af;1;2", "2019;0;Af;1;2", "2020;;Af;1;2", "2021;5;;1;-2",
    ]  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"incomes": lines})
    assert places_of(faults) == [
        ("C2", Reason.WORD_UNKNOWN), ("D3", Reason.AMOUNT_UNREADABLE), ("B4", Reason.NUMBER_OUTSIDE),
        ("B6", Reason.ROWS_CONTRADICT), ("C7", Reason.ROWS_CONTRADICT), ("A8", Reason.YEAR_UNREADABLE),
        ("B9", Reason.NUMBER_OUTSIDE), ("B10", Reason.VALUE_MISSING), ("C11", Reason.VALUE_MISSING),
        ("E11", Reason.NUMBER_OUTSIDE),
    ]  # fmt: skip
    assert faults[0].action == "Menade du Samhället?"
    assert "Samhälet" in faults[0].found
    assert all(fault.file == "incomes.csv" and fault.action for fault in faults)


def test_an_amount_without_a_unit_is_refused(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"incomes": ["År;Deltagare;Aktör;Intäkt", "2016;42;Af;1540"]})
    assert places_of(faults) == [("D2", Reason.UNIT_UNKNOWN)]


def test_a_row_with_another_unit_than_its_heading_is_refused(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"incomes": ["År;Deltagare;Aktör;Intäkt, tkr;Enhet", "2016;42;Af;1540;kr"]})
    assert places_of(faults) == [("D2", Reason.UNIT_CONTRADICTION)]


def test_a_file_without_a_column_that_is_needed_says_which_and_what_to_call_it(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"incomes": ["År;Deltagare;Intäkt, tkr", "2016;42;1540"], "values": ["hej;då", "1;2"]})
    assert [(f.file, f.reason) for f in faults] == [
        ("incomes.csv", Reason.COLUMN_MISSING),
        ("values.csv", Reason.NO_HEADER),
    ]
    assert faults[0].action == "Kalla kolumnen ”Aktör”"
    assert not any("followup" in str(fault) for fault in faults)


def test_files_that_are_not_there_and_files_named_twice_are_refused_together(tmp_path: Path) -> None:
    federation = federation_of(tmp_path, {}, 'incomes = ["borta.csv"]\nvalues = ["v.csv", "v.csv"]')
    with refused() as faults:
        read_economics(federation, states=STATES)
    assert [(f.file, f.reason) for f in faults] == [
        ("borta.csv", Reason.FILE_MISSING), ("federation.toml", Reason.SETTING_WRONG), ("v.csv", Reason.FILE_MISSING),
    ]  # fmt: skip


def test_transitions_are_read_by_code_label_and_the_words_of_follow_up(tmp_path: Path) -> None:
    rows: Rows = [
        ["Övergångar"], ["Tillstånd före", "Tillstånd efter", "Antal", "År"],
        ["Sjukpenning", "Arbete på heltid", 7, 2019], ["a-kassa", "work_half_time", "5", "2020"],
        ["Sjukpenning", "Ingen försörjning", None, 2019], ["Summa", None, 12, None],
    ]  # fmt: skip
    found = read(tmp_path, {"transitions": rows})
    assert found.transitions.astype(object).values.tolist()[0] == ["sickness_benefit", "work_full_time", 7, 2019]
    assert found.transitions["state_before"].tolist() == ["sickness_benefit", "unemployment_benefit"]
    assert found.transitions["year"].tolist() == [2019, 2020]
    assert found.set_aside["reason"].tolist() == ["count_missing", "sum_row"]


def test_everything_wrong_with_transitions_is_told_at_once(tmp_path: Path) -> None:
    lines = [
        "Före;Efter;Antal;År", "Sjukpening;Arbete på heltid;3;2019", "Sjukpenning;;3;2019",
        "Sjukpenning;Arbete på halvtid;-1;2019", "Sjukpenning;Arbete på halvtid;2,5;nyss",
    ]  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"transitions": lines})
    assert places_of(faults) == [
        ("A2", Reason.WORD_UNKNOWN), ("B3", Reason.VALUE_MISSING), ("C4", Reason.NUMBER_OUTSIDE),
        ("C5", Reason.NUMBER_OUTSIDE), ("D5", Reason.YEAR_UNREADABLE),
    ]  # fmt: skip
    assert faults[0].action == "Menade du Sjukpenning?"


def test_a_transition_told_twice_is_counted_twice_and_remarked_on(tmp_path: Path) -> None:
    found = read(tmp_path, {"transitions": ["Före;Efter;Antal", *["Sjukpenning;Arbete på heltid;3"] * 2]})
    assert found.transitions["count"].sum() == 6
    assert places_of(found.remarks) == [("C3", Reason.DUPLICATE_ROWS)]


@pytest.mark.parametrize("said", ["", "Hela perioden"])
def test_transitions_without_a_year_are_of_the_whole_period(tmp_path: Path, said: str) -> None:
    found = read(tmp_path, {"transitions": ["Före;Efter;Antal;År", f"Sjukpenning;Arbete på heltid;3;{said}"]})
    assert found.transitions["year"].isna().tolist() == [True]


def test_transitions_with_and_without_a_year_are_not_read_together(tmp_path: Path) -> None:
    lines = [
        "Före;Efter;Antal;År", "Sjukpenning;Arbete på heltid;3;", "Sjukpenning;Arbete på heltid;3;2019",
        "Sjukpenning;Arbete på halvtid;3;hela perioden",
    ]  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"transitions": lines})
    assert places_of(faults) == [("D2", Reason.VALUE_MISSING), ("D4", Reason.VALUE_MISSING)]


def test_transitions_with_and_without_a_year_in_two_files_are_not_read_together(tmp_path: Path) -> None:
    with_year = ["Före;Efter;Antal;År", "Sjukpenning;Arbete på heltid;3;2019"]
    (tmp_path / "utan.csv").write_text("Före;Efter;Antal\nSjukpenning;Arbete på heltid;3\n", encoding="utf-8")
    (tmp_path / "med.csv").write_text("\n".join(with_year), encoding="utf-8")
    with refused() as faults:
        read_economics(federation_of(tmp_path, {}, 'transitions = ["utan.csv", "med.csv"]'), states=STATES)
    assert [(f.file, f.cell, f.reason) for f in faults] == [("utan.csv", "C2", Reason.VALUE_MISSING)]


@pytest.mark.parametrize("word", ["x", "-", "–", "saknas", "okänt", "?", "nyss"])
def test_a_word_that_is_no_year_is_never_every_year_the_whole_period_or_a_mean(tmp_path: Path, word: str) -> None:
    files: dict[str, Sequence[str]] = {
        "published": [PUBLISHED, f"{word};Samhället;Återbetalningstid;33;;T15"],
        "transitions": ["Före;Efter;Antal;År", f"Sjukpenning;Arbete på heltid;3;{word}"],
        "values": [VALUES, f"monthly_wage_sek;27000;kr;{word};;Prov;"],
    }
    with refused() as faults:
        read(tmp_path, files)
    assert [(f.file, f.cell, f.reason) for f in faults] == [
        ("published.csv", "A2", Reason.YEAR_UNREADABLE), ("transitions.csv", "D2", Reason.YEAR_UNREADABLE),
        ("values.csv", "D2", Reason.YEAR_UNREADABLE),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["", "alla", "Varje år"])
def test_a_value_of_every_year_has_an_empty_cell_or_says_so(tmp_path: Path, said: str) -> None:
    found = read(tmp_path, {"values": [VALUES, f"monthly_wage_sek;27000;kr;{said};;Prov;"]})
    assert [value.year for value in found.values] == [None]


@pytest.mark.parametrize("word", ["", "x", "–", "saknas"])
def test_a_row_without_a_figure_is_set_aside_whatever_its_year(tmp_path: Path, word: str) -> None:
    found = read(tmp_path, {"values": [VALUES, f"monthly_wage_sek;{word};kr;x;;;"]})
    assert found.values == ()
    assert found.set_aside["reason"].tolist() == ["value_missing"]


@pytest.mark.parametrize(
    ("word", "code"), [("härlett", "D"), ("Uträknat", "D"), ("D", "D"), ("antaget", "A"), ("tryckt", "P"), ("", "O")]
)
def test_how_sure_a_value_is_is_told_in_words(tmp_path: Path, word: str, code: str) -> None:
    found = read(tmp_path, {"values": [VALUES, f"monthly_wage_sek;27000;kr;;;Prov;{word}"]})
    assert [value.confidence for value in found.values] == [code]


def test_a_cost_of_nobody_is_refused_since_every_actor_would_bear_it(tmp_path: Path) -> None:
    lines = [VALUES, "cost_per_participant_sek;16;tkr;;;Prov;", "cost_total_sek;16;tkr;2019;Alla;Prov;"]
    with refused() as faults:
        read(tmp_path, {"values": lines})
    assert places_of(faults) == [("E2", Reason.VALUE_MISSING), ("E3", Reason.VALUE_MISSING)]


def test_a_cost_in_a_file_without_a_column_of_actors_is_refused_at_its_key(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"values": ["Nyckel;Värde;Enhet;Källa", "cost_total_sek;16;tkr;Prov"]})
    assert places_of(faults) == [("A2", Reason.VALUE_MISSING)]


def test_a_value_of_another_actor_than_its_key_can_have_is_refused(tmp_path: Path) -> None:
    lines = [
        VALUES, "municipal_tax_pct;20;%;2019;Regionen;Prov;", "regional_tax_pct;11;%;2019;kommun;Prov;",
        "monthly_wage_sek;27000;kr;2019;kommun;Prov;", "municipal_tax_pct;20;%;2019;Kommunen;Prov;",
        "regional_tax_pct;11;%;2019;;Prov;", "cost_total_sek;1;kr;2019;vard;Prov;",
    ]  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"values": lines}, 'actors = { vard = "Vården" }')
    assert places_of(faults) == [(cell, Reason.WORD_UNKNOWN) for cell in ("E2", "E3", "E4")]


def costs_file(*rows: str, key: str = "cost_total_sek") -> list[str]:
    """A file of costs: ``kommun 2019 100`` a row, ``-`` for every year."""
    lines = []
    for row in rows:
        actor, year, sek = row.split()
        lines.append(f"{key};{sek};kr;{year.strip('-')};{actor};Prov;")
    return [VALUES, *lines]


EU = 'actors = { eu = "EU (Socialfonden)" }'


@pytest.mark.parametrize("key", ["cost_total_sek", "cost_per_participant_sek"])
def test_a_cost_of_the_state_that_is_not_that_of_its_parts_names_all_the_cells(tmp_path: Path, key: str) -> None:
    lines = costs_file("staten 2019 100", "af 2019 50", "fk - 30", "ovrig_stat 2019 18,5", key=key)
    with refused() as faults:
        read(tmp_path, {"values": lines})
    assert places_of(faults) == [("B2", Reason.ROWS_CONTRADICT)]
    assert "B3, B4 och B5 ger 98,50 kr" in faults[0].found  # 50 + 30 + 18.50


def test_a_cost_of_society_that_is_not_that_of_its_parts_is_refused(tmp_path: Path) -> None:
    parts = ("kommun - 100", "region - 100", "af - 30", "fk - 30", "ovrig_stat - 30")
    with refused() as faults:
        read(tmp_path, {"values": costs_file(*parts, "samhallet 2019 300", "samhallet 2020 290")})
    assert places_of(faults) == [("B7", Reason.ROWS_CONTRADICT)]  # 100 + 100 + 3 x 30 = 290
    with refused() as faults:
        read(tmp_path, {"values": costs_file("kommun - 1", "region - 2", "staten - 3", "samhallet - 9")})
    assert places_of(faults) == [("B5", Reason.ROWS_CONTRADICT)]


def test_a_cost_of_an_own_actor_is_societys_too(tmp_path: Path) -> None:
    parts = ("kommun - 100", "region - 100", "staten - 100", "eu - 50")
    assert len(read(tmp_path, {"values": costs_file(*parts, "samhallet - 350")}, EU).values) == 5
    with refused() as faults:
        read(tmp_path, {"values": costs_file(*parts, "samhallet - 300")}, EU)
    assert places_of(faults) == [("B6", Reason.ROWS_CONTRADICT)]


@pytest.mark.parametrize(
    "rows",
    [
        ("staten - 100", "af - 33,3", "fk - 33,3", "ovrig_stat - 33"),  # 99.60: within a krona
        ("staten - 100", "af - 30", "fk - 30"),
        ("staten 2019 100", "af 2020 1", "fk 2020 1", "ovrig_stat 2020 1"),
        ("samhallet - 1000", "kommun - 1", "region - 1", "af - 1", "fk - 1"),
        ("samhallet - 1000", "kommun - 1", "staten - 1"),
    ],
)
def test_costs_that_can_both_be_right_are_read(tmp_path: Path, rows: tuple[str, ...]) -> None:
    assert len(read(tmp_path, {"values": costs_file(*rows)}).values) == len(rows)


def test_costs_of_two_files_are_held_against_each_other_and_the_other_file_is_named(tmp_path: Path) -> None:
    for name, rows in (("a.csv", ["staten - 9"]), ("b.csv", ["af - 1", "fk - 1", "ovrig_stat - 1"])):
        (tmp_path / name).write_text("\n".join(costs_file(*rows)), encoding="utf-8")
    with refused() as faults:
        read_economics(federation_of(tmp_path, {}, 'values = ["a.csv", "b.csv"]'), states=STATES)
    assert [(f.file, f.cell, f.reason) for f in faults] == [("a.csv", "B2", Reason.ROWS_CONTRADICT)]
    assert "b.csv, B4 ger 3 kr" in faults[0].found


def test_own_values_are_read_in_the_unit_of_their_key(tmp_path: Path) -> None:
    lines = [
        "Värden som förbundet räknar med;;;;;;", VALUES, "monthly_wage_sek;27 500,50;kr/mån;2019;;Statistik;V",
        "Arbetsgivaravgift;31,42;%;alla år;;Lagen;verifierat", "municipal_tax_pct;20,5 %;;2019;;Kommunen;tryckt",
        "cost_per_participant_sek;16;tkr;;Kommun;Rapport;P", "price_index;343,2;index;2019;;Statistik;",
        "income_support;120 tkr;;2019;;Socialtjänsten;antaget", "sickness_benefit_sek_per_year;;kr/år;;;;",
    ]  # fmt: skip
    found = read(tmp_path, {"values": lines})
    assert [(v.key, v.actor, v.year, v.value, v.unit, v.confidence) for v in found.values] == [
        ("monthly_wage_sek", "", 2019, 27_500.5, "kr per månad", "V"),
        ("employer_fee_pct", "", None, 31.42, "procent", "V"),
        ("municipal_tax_pct", "kommun", 2019, 20.5, "procent", "P"),
        ("cost_per_participant_sek", "kommun", None, 16_000, "kr per deltagare", "P"),
        ("price_index", "", 2019, 343.2, "index", "O"),
        ("income_support_sek_per_year", "", 2019, 120_000, "kr per år", "A"),
    ]
    assert {v.file for v in found.values} == {"values.csv"}
    assert found.set_aside["reason"].tolist() == ["value_missing"]


def test_everything_wrong_with_values_is_told_at_once(tmp_path: Path) -> None:
    lines = [
        VALUES, "montly_wage_sek;1;kr/mån;;;Prov;", "monthly_wage_sek;27000;;;;Prov;",
        "monthly_wage_sek;27000;kr/år;;;Prov;",
        "employer_fee_pct;0,3142;%;;;Prov;", "employer_fee_pct;31;%;2019;;;", "employer_fee_pct;32;%;2020;;Prov;kanske",
        "employer_fee_pct;32;%;2021;Kommmun;Prov;", "monthly_wage_sek;1 ooo;kr;2019;;Prov;",
        "monthly_wage_sek;1000;kr;2020;;Prov;", "monthly_wage_sek;1001;kr;2020;;Prov;",
        "monthly_wage_sek;-1;kr;2021;;Prov;", "work_extent_pct;50;dollar;;;Prov;", "work_extent_pct;150;%;;;Prov;M",
        "vår_egen;1;kr;;;Prov;",
    ]  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"values": lines})
    assert places_of(faults) == [
        ("A2", Reason.WORD_UNKNOWN), ("B3", Reason.UNIT_UNKNOWN), ("C4", Reason.UNIT_CONTRADICTION),
        ("B5", Reason.NUMBER_OUTSIDE), ("F6", Reason.VALUE_MISSING), ("G7", Reason.WORD_UNKNOWN),
        ("E8", Reason.WORD_UNKNOWN), ("B9", Reason.AMOUNT_UNREADABLE), ("A11", Reason.ROWS_CONTRADICT),
        ("B12", Reason.NUMBER_OUTSIDE), ("C13", Reason.UNIT_UNKNOWN), ("B14", Reason.NUMBER_OUTSIDE),
        ("G14", Reason.WORD_UNKNOWN), ("A15", Reason.WORD_UNKNOWN),
    ]  # fmt: skip
    assert faults[0].action == "Menade du monthly_wage_sek?"
    assert faults[6].action == "Menade du Kommunen?"


def test_a_row_with_a_fault_contradicts_no_other(tmp_path: Path) -> None:
    lines = [
        VALUES,
        "price_index;1;index;;;Prov;",
        "price_index;2;index;i fjol;;Prov;",
        "price_index;3;index;;Ingen;Prov;",
    ]
    with refused() as faults:
        read(tmp_path, {"values": lines})
    assert places_of(faults) == [("D3", Reason.YEAR_UNREADABLE), ("E4", Reason.WORD_UNKNOWN)]


def test_break_even_cases_keep_what_is_printed_and_leave_the_cost_to_the_ledger_where_none_stands(
    tmp_path: Path,
) -> None:
    lines = [
        BREAK_EVEN, "struktur;;production_full_time;500;114;Granskningen",
        "IBIS;21,4;Högre månadslön;;215;Granskningen",
    ]  # fmt: skip
    found = read(tmp_path, {"break_even": lines}).break_even
    assert found["case"].tolist() == found["label"].tolist() == ["struktur", "IBIS"]
    assert found["cost_sek"].isna().tolist() == [True, False]
    assert found["cost_sek"][1] == 21_400_000
    assert found["value_key"].tolist() == ["production_full_time", "production_extra_wage"]
    assert found["value_per_person_year_sek"].fillna(0).tolist() == [500_000, 0]
    assert found["printed_persons"].tolist() == [114, 215]
    assert found["years"].tolist() == [1.0, 1.0]


def test_everything_wrong_with_break_even_is_told_at_once(tmp_path: Path) -> None:
    lines = [
        f"{BREAK_EVEN};Antal år", "a;dyrt;;500;;Prov;", ";57;;500;;Prov;", "b;57;;;;Prov;",
        "c;57;produktion_heltid;;;Prov;",
        "d;57;;500;många;Prov;", "e;57;;500;;;0", "f;57;;500;;Prov;", "f;58;;500;;Prov;",
    ]  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"break_even": lines})
    assert places_of(faults) == [
        ("B2", Reason.AMOUNT_UNREADABLE), ("A3", Reason.NAME_MISSING), ("A4", Reason.VALUE_MISSING),
        ("C5", Reason.WORD_UNKNOWN), ("E6", Reason.NUMBER_UNREADABLE), ("F7", Reason.VALUE_MISSING),
        ("G7", Reason.NUMBER_OUTSIDE), ("A9", Reason.ROWS_CONTRADICT),
    ]  # fmt: skip


def test_printed_figures_are_kept_as_printed_beside_their_number(tmp_path: Path) -> None:
    lines = [
        PUBLISHED, "2016;Samhället;Intäkt kort sikt;1 540;tkr;T7", "2016;Af;payback_months;–;månader;T7",
        "Medel;Samhället;Återbetalningstid;33 mån;;T15", "2016;Kommun;result_1y;−247 tkr;;T7",
    ]  # fmt: skip
    found = read(tmp_path, {"published": lines}).published
    assert found["measure"].tolist() == ["income_1y", "payback_months", "payback_months", "result_1y"]
    assert found["printed"].tolist() == ["1 540 tkr", "–", "33 mån", "−247 tkr"]
    assert found["value"].fillna(-1).tolist() == [1_540_000, -1, 33, -247_000]
    assert found["unit"].tolist() == ["sek", "months", "months", "sek"]
    assert found["year"].isna().tolist() == [False, False, True, False]


def test_everything_wrong_with_printed_figures_is_told_at_once(tmp_path: Path) -> None:
    lines = [
        PUBLISHED, "2016;Af;Vinst;1;tkr;T7", "2016;Af;result_1y;1;;T7", "2016;Af;payback_months;snart;;T7",
        "2016;Fk;payback_months;27;tkr;T7", "2016;Fk;result_1y;;tkr;T7", "2016;Fk;income_1y;5;tkr;",
        "2016;Alla;income_1y;5;tkr;T7", "2017;Fk;income_1y;5;tkr;T7", "2017;Fk;income_1y;6;tkr;T7",
    ]  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"published": lines})
    assert places_of(faults) == [
        ("C2", Reason.WORD_UNKNOWN), ("D3", Reason.UNIT_UNKNOWN), ("D4", Reason.NUMBER_UNREADABLE),
        ("E5", Reason.UNIT_CONTRADICTION), ("D6", Reason.VALUE_MISSING), ("F7", Reason.VALUE_MISSING),
        ("B8", Reason.VALUE_MISSING), ("D10", Reason.ROWS_CONTRADICT),
    ]  # fmt: skip


def test_a_federation_without_files_has_empty_frames(tmp_path: Path) -> None:
    found = read(tmp_path, {})
    assert found.values == found.remarks == ()
    assert all(len(frame) == 0 for frame in (found.incomes, found.transitions, found.break_even, found.published))
    assert "income_1y_sek" in found.incomes


def test_the_faults_of_all_kinds_of_files_come_together(tmp_path: Path) -> None:
    files: dict[str, Sequence[str]] = {
        "incomes": [INCOMES, "2016;42;Af;x1;2"], "transitions": ["Före;Efter;Antal", "Hem;Sjukpenning;1"],
        "values": [VALUES, "price_index;1;index;;;;"], "break_even": [BREAK_EVEN, "a;1;;;;Prov"],
        "published": [PUBLISHED, "2016;Af;vad;1;tkr;T7"],
    }  # fmt: skip
    with refused() as faults:
        read(tmp_path, files)
    assert [fault.file for fault in faults] == [
        "break_even.csv",
        "incomes.csv",
        "published.csv",
        "transitions.csv",
        "values.csv",
    ]


def test_a_personal_number_in_any_file_is_refused_and_never_repeated(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"transitions": ["Före;Efter;Antal;Vem", "Sjukpenning;Arbete på heltid;1;811228-9874"]})
    assert [fault.reason for fault in faults] == [Reason.PERSONAL_NUMBER]
    assert "9874" not in str(faults)
