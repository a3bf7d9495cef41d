"""What people read of it: sentences, tables, what a federation without files is told, and files for machines."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from documentation_case import opened

from portfolj.documentation.view import DocumentationView
from portfolj.errors import ReconciliationError
from portfolj.exhibits import documentation as exhibits
from portfolj.exhibits.documentation.facts import facts_finding
from portfolj.exhibits.documentation.files import FILES, documentation_tables
from portfolj.exhibits.documentation.headline import documentation_sentences
from portfolj.exhibits.documentation.lacking import lacking_finding
from portfolj.exhibits.documentation.phase_money import phase_money_finding
from portfolj.exhibits.documentation.phases import money_line, phases_finding
from portfolj.exhibits.documentation.sheets import documentation_sheets
from portfolj.exhibits.markup import Html
from small_ledger import row

LEDGER = [
    row("1", "Ung <start>", applicant="Flens kommun", group="unga", amount="600000", year="2018"),
    row("2", "Steget", amount="400000", year="2019"),
]
FACTS = ["Dnr;Parter;Start;Slut;Tar över;Slutrapport;Mätbara mål;Uppföljning", "1;AF;2018;2018;Kommunen;Dnr 7;ja;Enkät",
         "9;AF;;;;;;"]  # fmt: skip
PHASES = [
    "Insats;Fas;Belopp, kr;Villkor;Uppfyllt;Beslutad", "Steget;1;100000;En plan;nej;2019-01-01",
    "Steget;2;250000;;;", "Ung <start>;1;700000;Ett avtal;ja;2018-01-01", "Ung <start>;2;50000;;;",
]  # fmt: skip


def plain(text: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(text)).replace("\u00a0", " "))


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> DocumentationView:
    files = {"facts": FACTS, "phases": PHASES}
    return opened(tmp_path_factory.mktemp("page"), LEDGER, files, "required = { owner = 2018 }")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> DocumentationView:
    return opened(tmp_path_factory.mktemp("bare"), LEDGER)


def test_the_findings_say_how_many_have_all_what_waits_and_what_does_not_add_up(view: DocumentationView) -> None:
    # Steget lacks owner, group, goals, parties, start, end, follow-up and who takes over: eight things as often.
    assert plain(facts_finding(view)) == (
        "1 av 2 insatser har alla uppgifter som krävs. Oftast saknas huvudman, målgrupp, mätbara mål och fem uppgifter "
        "till, för 1 insats."
    )
    assert plain(lacking_finding(view)) == (
        "1 insats har varken mätbara mål eller uppföljning. Den fick 0,40 mkr. Vad de pengarna ledde till går inte att "
        "säga."
    )
    assert plain(phases_finding(view)) == (
        "250 000 kr i en fas väntar på villkor som inte är uppfyllda. 50 000 kr i en fas kan beslutas: inget villkor "
        "står i vägen."
    )
    assert phase_money_finding(view) == "Fasernas pengar stämmer inte med liggaren för Steget och Ung <start>."
    # one short finding on the first page
    assert [plain(text) for text in documentation_sentences(view)] == [
        "1 av 2 insatser har alla uppgifter som krävs. 250 000 kr i en fas väntar på villkor som inte är uppfyllda."
    ]


def test_a_federation_that_has_not_asked_has_no_sentences_and_is_told_how_to_add_a_file(
    bare: DocumentationView,
) -> None:
    assert documentation_sentences(bare) == []
    told = plain(exhibits.facts(bare))
    assert "har ingen fil med dem" in told
    assert 'facts = ["underlag.csv"]' in told.replace("&#34;", '"')
    for exhibit in (exhibits.phases, exhibits.phase_money, exhibits.unmatched):
        assert 'class="absent"' in str(exhibit(bare))  # which a page leaves out with its heading


def test_the_tables_reconcile_to_the_krona(view: DocumentationView) -> None:
    assert "tillsammans 1 000 000 kr, lika mycket som i liggaren" in plain(exhibits.facts(view))
    assert "tillsammans 400 000 kr, plus 600 000 kr till övriga insatser, är 1 000 000 kr" in plain(
        exhibits.lacking(view)
    )
    assert (
        "Faserna är tillsammans 1 100 000 kr: 800 000 kr beslutade, 250 000 kr som väntar på villkor och 50 000 kr"
        in plain(exhibits.phases(view))
    )
    lost = view.tables["phases"].assign(state=["decided", "lost", "decided", "open"])
    with pytest.raises(ReconciliationError):
        money_line(lost)


def test_a_name_from_the_ledger_is_escaped_and_ids_are_unique(view: DocumentationView) -> None:
    parts = [exhibits.facts, exhibits.lacking, exhibits.unmatched, exhibits.phases, exhibits.phase_money]
    page = str(Html(*(part(view) for part in parts)))
    assert "<start>" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) >= 5


def test_the_row_on_something_else_is_shown_with_its_place(view: DocumentationView) -> None:
    assert "9 Finns inte i liggaren facts.csv, rad 3" in plain(exhibits.unmatched(view))


def test_the_figure_says_in_words_what_it_draws(view: DocumentationView) -> None:
    alt = re.search(r'alt="([^"]+)"', str(exhibits.facts(view)))
    assert alt is not None
    assert "Huvudman 0,40" in plain(alt[1])
    assert "Budget per år 0,00" in plain(alt[1])


def test_files_have_their_columns_also_where_there_is_nothing(view: DocumentationView, bare: DocumentationView) -> None:
    for each in (view, bare):
        tables = documentation_tables(each)
        assert {name: tuple(table.columns) for name, table in tables.items()} == {
            name: columns for name, (_, columns) in FILES.items()
        }
    facts = documentation_tables(view)["documentation_facts"].set_index("fact")
    assert facts.loc["parties", ["required", "present", "missing", "missing_sek"]].tolist() == [2, 1, 1, 400_000]
    assert (facts["required"] == facts["present"] + facts["missing"]).all()
    sums = documentation_tables(view)["phase_sums"]
    assert (sums["planned_sek"] == sums["decided_sek"] + sums["waits_sek"] + sums["open_sek"]).all()
    phases = documentation_tables(view)["phases"]
    assert phases["decided_on"].fillna("").tolist() == ["2019-01-01", "", "2018-01-01", ""]
    assert phases["found_in"].tolist() == [f"phases.csv, rad {n}" for n in (2, 3, 4, 5)]


def test_sheets_have_names_that_fit_and_only_what_there_is(view: DocumentationView, bare: DocumentationView) -> None:
    names = [sheet.name for sheet in documentation_sheets(view)]
    assert names == ["Underlag", "Underlag per uppgift", "Faser", "Faser och liggaren"]
    assert all(len(name) <= 31 for name in names)
    assert [sheet.name for sheet in documentation_sheets(bare)] == names[:2]
    first = next(iter(documentation_sheets(view))).frame
    assert first["Insats"].tolist() == ["Ung <start>", "Steget"]
    assert first["Slutrapport"].tolist() == ["finns", "krävs inte"]


def test_amounts_that_are_not_known_are_told_as_such(tmp_path: Path) -> None:
    lines = ["Insats;Fas;Belopp, kr;Villkor;Uppfyllt", "Steget;1;100;En plan;nej", "Steget;2;;Ett avtal;nej",
             "Steget;3;5;;"]  # fmt: skip
    view = opened(tmp_path, [row("2", "Steget", amount="", year="2019")], {"phases": lines})
    assert plain(phases_finding(view)) == "Minst 5 kr i två faser väntar på villkor som inte är uppfyllda."
    told = plain(exhibits.phases(view))
    assert "uppgift saknas" in told
    assert "Filen säger inte vilka faser som är beslutade" in told
    assert phase_money_finding(view) == "Det går inte att säga om fasernas pengar stämmer med liggaren."
    assert pd.isna(view.tables["facts"].set_index("fact").loc["owner", "missing_sek"])
    # Where no amount at all is known there is no column of money, and nobody is said to have got most.
    assert "Beviljat utan uppgiften" not in plain(exhibits.facts(view))
    assert "Ingen insats har ett beviljat belopp" in plain(exhibits.facts(view))
    assert "fått mest" not in plain(exhibits.lacking(view))
    assert plain(facts_finding(view)) == (
        "Den enda insatsen saknar huvudman, målgrupp, mätbara mål och sex uppgifter till."
    )
    assert plain(lacking_finding(view)) == "Den enda insatsen har varken mätbara mål eller uppföljning."


def test_a_fact_that_is_never_asked_for_has_a_dash_and_no_bar(tmp_path: Path) -> None:
    told = str(exhibits.facts(opened(tmp_path, LEDGER, {"facts": FACTS}, 'not_required = ["owner"]')))
    assert "Huvudman alla år" not in plain(told)  # no column of years where no year is stated
    assert "Huvudman 0 0 0 – 2" in plain(told)
    alt = re.search(r'alt="([^"]+)"', told)
    assert alt is not None
    assert "Huvudman" not in alt[1]


def test_a_federation_without_interventions_says_so(tmp_path: Path) -> None:
    view = opened(tmp_path, [row("1", "Ung start", year="2010")], period="2018-2019")
    assert "inga insatser med medlemmarnas pengar" in plain(exhibits.facts(view))
    assert documentation_sentences(view) == []
