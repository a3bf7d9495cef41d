"""The table of federations read with each kind of fault, and the pages of both halves."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from comparison_case import COMPARISON, NAME, federation_in, loaded, opened

from portfolj import checking
from portfolj.comparison.allocation.reading import read_allocation
from portfolj.comparison.view import ComparisonView, open_comparison
from portfolj.errors import InputRefused, Reason
from portfolj.exhibits import comparison as shown
from portfolj.exhibits.comparison.files import comparison_tables
from portfolj.exhibits.comparison.headline import comparison_sentences
from portfolj.exhibits.comparison.sheets import comparison_sheets
from portfolj.federation import parse_federation
from portfolj.places import Places
from portfolj.portfolio.view import open_portfolio

HEAD = "Förbund;Försörjningsmått;Invånare 16-64;Förra året, kr;Begärt, kr;Eget kapital, tkr;Budget, kr\n"
TABLE = HEAD + "Provförbundet;300,5;50;;;;\nAnnat;100;50;1000000;;200;2000000\nSumma;400,5;100;;;;\n"
ALLOCATION = '[allocation]\nfiles = ["fordelning.csv"]\nframe_sek = 2000000\n'


def with_table(folder: Path, text: str = TABLE, *, more: str = "") -> Places:
    return federation_in(folder, settings=ALLOCATION + more, fordelning_csv=text)


def test_the_table_is_read_and_its_sum_set_aside(tmp_path: Path) -> None:
    file = read_allocation(loaded(with_table(tmp_path)))
    assert [(m.name, float(m.support), m.population, m.last_year_sek, m.equity_sek) for m in file.members] == [
        ("Provförbundet", 300.5, 50, None, None), ("Annat", 100.0, 50, 1_000_000, 200_000),
    ]  # fmt: skip
    source = file.sources.iloc[0]
    assert (source["rows_in"], source["rows_used"], source["rows_set_aside"]) == (3, 2, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";300;50;;;;", Reason.VALUE_MISSING),
        ("B;;50;;;;", Reason.VALUE_MISSING),
        ("B;300;;;;;", Reason.VALUE_MISSING),
        ("B;-1;50;;;;", Reason.NUMBER_OUTSIDE),
        ("B;många;50;;;;", Reason.NUMBER_UNREADABLE),
        ("B;300;50,5;;;;", Reason.NUMBER_OUTSIDE),
        ("B;300;50;mycket;;;", Reason.AMOUNT_UNREADABLE),
        ("B;300;50;-1;;;", Reason.NUMBER_OUTSIDE),
        ("B;300;50;1,50;;;", Reason.NUMBER_OUTSIDE),
        ("Annat;301;50;;;;", Reason.ROWS_CONTRADICT),
    ],
)
def test_each_kind_of_fault_has_its_cell(tmp_path: Path, row: str, reason: Reason) -> None:
    with pytest.raises(InputRefused) as raised:
        read_allocation(loaded(with_table(tmp_path, TABLE + row + "\n")))
    faults = [(fault.reason, fault.file) for fault in raised.value.faults]
    assert (reason, "fordelning.csv") in faults


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as raised:
        read_allocation(loaded(with_table(tmp_path, HEAD + "A;x;50;;;;\nB;1;y;;;;\n")))
    assert {fault.cell for fault in raised.value.faults} == {"B2", "C3"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [("Förbund;Invånare\nA;1\n", Reason.COLUMN_MISSING), (HEAD, Reason.NO_ROWS), ("bara text\n", Reason.NO_HEADER)],
)
def test_a_table_of_another_shape_is_refused(tmp_path: Path, text: str, reason: Reason) -> None:
    with pytest.raises(InputRefused) as raised:
        read_allocation(loaded(with_table(tmp_path, text)))
    assert reason in {fault.reason for fault in raised.value.faults}


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    places = federation_in(tmp_path, settings=ALLOCATION)
    with pytest.raises(InputRefused, match=r"fordelning\.csv"):
        read_allocation(loaded(places))


def test_the_page_shows_the_steps_and_the_frame(tmp_path: Path) -> None:
    view = opened(with_table(tmp_path))
    page = shown.allocation(view).markup.striptags()
    # 1 200 000 beside the base grants: Annat may not get less than 900 000, so 1 100 000 is left.
    assert "Modellen ger Provförbundet 1 100 000 kr, 55,00 procent av ramen 2 000 000 kr." in page.replace("\xa0", " ")
    assert "2 000 000 kr = ramen 2 000 000 kr." in page.replace("\xa0", " ")
    assert "2 200 000 kr: 1 100 000 kr av staten, 550 000 kr av regionen" in page.replace("\xa0", " ")
    rows = comparison_tables(view)["allocation"].set_index("federation")
    assert rows["final_sek"].sum() == 2_000_000
    assert rows.loc["Annat", "brake_least_sek"] == 900_000
    assert [sheet.name for sheet in comparison_sheets(view)] == ["Statens fördelning", "Om måtten ändras"]
    assert len(comparison_sentences(view)) == 1
    assert "om försörjningsmåttet ökar med 10 procent" in shown.allocation_change(view).markup.striptags()


def test_rules_say_where_they_come_from(tmp_path: Path) -> None:
    page = shown.allocation_rules(opened(with_table(tmp_path, more='source = "beslut 2025"\n'))).markup.striptags()
    assert "beslut 2025" in page  # the frame is the federation's own
    assert "finsam.se" in page  # the base grant is not
    assert "Gränser för eget kapital är inte angivna" in page


def test_a_table_without_the_federation_itself_says_how_to_name_it(tmp_path: Path) -> None:
    view = opened(with_table(tmp_path, TABLE.replace("Provförbundet", "Ett annat namn")))
    assert "heter Provförbundet" in shown.allocation(view).markup.striptags()
    assert comparison_sentences(view) == []
    named = opened(with_table(tmp_path, TABLE.replace("Prov", "Vårt "), more='federation = "vårt förbundet"\n'))
    assert named.allocation is not None
    assert named.allocation.own == "Vårt förbundet"


def test_what_cannot_be_shared_is_said_and_stops_nothing(tmp_path: Path) -> None:
    view = opened(with_table(tmp_path, more="base_grant_sek = 1500000\n"))
    assert "Grundtilldelningen" in shown.allocation(view).markup.striptags()
    assert comparison_tables(view)["allocation"].empty
    assert comparison_sentences(view) == []
    assert list(comparison_sheets(view)) == []


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ('[comparison]\nmunicipalities = ["484"]\n', "fyra siffror"),
        ('[comparison]\nmunicipalities = ["0000"]\n', "fyra siffror"),
        ('[comparison]\nindicators = ["0914"]\n', "id i Kolada"),
        ("[allocation]\nequity_steps = [[2000000, 30], [0, 60]]\n", "stigande gränser"),
        ("[allocation]\nequity_steps = [[0, 160]]\n", "stigande gränser"),
        ("[allocation]\nbrake_pct = 120\n", "högst 100"),
    ],
)
def test_settings_that_are_wrong_are_told(tmp_path: Path, settings: str, word: str) -> None:
    federation_in(tmp_path, settings="")
    folder = tmp_path / "data" / "raw" / "prov"
    text = (folder / "federation.toml").read_text(encoding="utf-8") + settings
    with pytest.raises(InputRefused, match=word):
        parse_federation(text, folder=folder)


def test_an_indicator_without_a_title_to_check_is_told(tmp_path: Path) -> None:
    places = federation_in(tmp_path, settings=COMPARISON + 'indicators = ["N12345"]\n')
    with pytest.raises(InputRefused, match="N12345") as raised:
        opened(places)
    assert "[comparison.titles]" in str(raised.value)


def test_check_tells_of_the_files(tmp_path: Path) -> None:
    places = with_table(tmp_path)
    assert "fordelning.csv: 3 rader in = 2 använda + 1 åt sidan" in checking.check(places.raw("prov")).text
    assert "Filen går att läsa" in checking.check(places.raw("prov") / "fordelning.csv").text
    broken = with_table(tmp_path / "fel", HEAD + "A;x;50;;;;\n")
    assert [fault.cell for fault in checking.check(broken.raw("prov")).faults] == ["B2"]
    assert [fault.cell for fault in checking.check(broken.raw("prov") / "fordelning.csv").faults] == ["B2"]


@pytest.fixture(scope="module")
def demo(places: Places) -> ComparisonView:
    return open_comparison(open_portfolio("pahittade-kommuner", places=places))


def test_the_demo_says_that_it_is_invented_and_never_that_it_is_kolada(demo: ComparisonView) -> None:
    page = shown.fetched(demo).markup + shown.similar(demo).markup
    assert "Ingen av kommunerna finns" in page
    assert "Källa: Kolada" not in page
    assert demo.compared is not None
    assert all(code.startswith("99") or code == "0000" for code in demo.compared.values["municipality"])


def test_an_indicator_has_a_figure_with_its_text_and_a_table(demo: ComparisonView) -> None:
    assert demo.compared is not None
    page = str(shown.indicators(demo).markup)
    for indicator in demo.compared.indicators:
        assert f"<h3>{indicator.label}</h3>" in page
        assert f'id="tabell-nyckeltal-{indicator.id.lower()}"' in page
    assert page.count("<figure") == len(demo.compared.indicators)
    assert page.count('alt="') == page.count("<figure")


def test_the_demos_amounts_are_the_frame(demo: ComparisonView) -> None:
    tables = comparison_tables(demo)
    assert len(tables["allocation"]) == 83
    assert tables["allocation"]["final_sek"].sum() == 339_000_000
    assert tables["allocation"]["base_sek"].sum() == 33_200_000
    assert len(tables["allocation_change"]) == 18
    names = [sheet.name for sheet in comparison_sheets(demo)]
    assert names == ["Kommuner i jämförelse", "Liknande kommuner", "Statens fördelning", "Om måtten ändras"]


def test_the_demos_files_are_those_that_are_made(tmp_path: Path, places: Places) -> None:
    import subprocess
    import sys

    script = Path(__file__).parents[2] / "demo" / "invented_comparison.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True, capture_output=True)
    for name in ("kolada.json", "fordelning.csv"):
        assert (tmp_path / name).read_bytes() == (places.raw("pahittade-kommuner") / name).read_bytes()


def test_the_workbooks_sheets_name_what_is_missing(demo: ComparisonView) -> None:
    sheet = next(iter(comparison_sheets(demo)))
    empty = sheet.frame[pd.isna(sheet.frame["Värde"])]
    assert set(empty["Saknas"]) == {"inget värde i Kolada", "borttaget ur Kolada"}


def test_a_federation_that_has_asked_for_nothing_is_told_so_once(tmp_path: Path) -> None:
    view = opened(federation_in(tmp_path, settings=""))
    for told in (shown.fetched(view), shown.allocation(view)):
        assert "federation.toml" in str(told)
        assert 'class="absent"' not in str(told)
    for more in (shown.similar, shown.indicators, shown.allocation_change, shown.allocation_rules):
        assert 'class="absent"' in str(more(view))  # which a page leaves out with its heading


def test_a_federation_written_in_two_ways_has_one_share(tmp_path: Path) -> None:
    text = HEAD + "Provförbundet;300;50;;;;\nAnnat;100;50;;;;\nprov förbundet;1;1;;;;\nANNAT ;100;50;;;;\n"
    file = read_allocation(loaded(with_table(tmp_path, text)))
    assert [member.name for member in file.members] == ["Provförbundet", "Annat", "prov förbundet"]
    assert file.set_aside["row"].tolist() == [5]
    with pytest.raises(InputRefused) as refused:
        read_allocation(loaded(with_table(tmp_path, text.replace("ANNAT ;100", "ANNAT ;101"))))
    assert [fault.cell for fault in refused.value.faults] == ["A5"]


def test_kept_answers_are_checked_on_their_own_and_faults_of_them_are_in_swedish(tmp_path: Path) -> None:
    recorded = (Path(__file__).parents[2] / "data" / "raw" / "pahittade-kommuner" / "kolada.json").read_text("utf-8")
    places = federation_in(tmp_path, kolada_json=recorded)
    checked = checking.check(places.raw(NAME) / "kolada.json")
    assert checked.faults == ()
    assert "Kolada: påhittade siffror" in checked.text
    content = json.loads(recorded)
    content["answers"][0]["answer"] = None
    places = federation_in(tmp_path, kolada_json=json.dumps(content))
    (fault,) = checking.check(places.raw(NAME) / "kolada.json").faults
    assert fault.found.endswith("har en annan form än väntat")
