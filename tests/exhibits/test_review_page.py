"""What the review page says about sureness, pending decisions and the codebook's quality follows from its figures.

Expected figures are worked out from the ledgers written in the tests, or read from ``coding_quality.toml`` itself.
"""

from __future__ import annotations

import sys
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from portfolj import exhibits
from portfolj.agreement.shipped import parse_quality
from portfolj.errors import ReconciliationError
from portfolj.exhibits.files import tidy_tables
from portfolj.exhibits.pending import stakes_finding
from portfolj.exhibits.reliability import reliability_of
from portfolj.portfolio.view import Portfolio
from portfolj.review.doubt import kronor_in_doubt
from small_ledger import portfolio_of, row

NBSP = "\u00a0"
KNOWN = {"applicant": "Flens kommun", "group": "Unga", "description": "Coachning av deltagare"}  # sure in every way
# Sure of owner and orientation; the two target groups stand in the name only.
HINTED = row(
    "2", "Coachning av unga med psykisk ohälsa", applicant="Flens kommun", description="Coachning av deltagare",
    amount="300",
)  # fmt: skip


def soup_of(shown: Any) -> BeautifulSoup:
    return BeautifulSoup(shown._repr_html_(), "html.parser")


def text_of(shown: Any) -> str:
    return " ".join(soup_of(shown).get_text(" ").split())


def rows_of(shown: Any, name: str) -> dict[str, list[str]]:
    """The rows of the table ``name``: its first cell -> the others, the total's row among them."""
    table = soup_of(shown).find(id=f"tabell-{name}").find_parent("table")
    rows = [[" ".join(cell.get_text().split()) for cell in tr.find_all(["th", "td"])] for tr in table.find_all("tr")]
    return {cells[0]: cells[1:] for cells in rows[1:]}


def headings_of(shown: Any, name: str) -> list[str]:
    table = soup_of(shown).find(id=f"tabell-{name}").find_parent("table")
    return [th.get_text() for th in table.thead.find_all("th")]


@pytest.fixture
def mixed(tmp_path: Path) -> Portfolio:
    """600 kr sure in every way; 300 kr with a group only in the name; 100 kr with nothing but a name that says none."""
    rows = [
        row("1", "Alfa", **KNOWN, amount="600"),
        HINTED,
        row("3", "Fokus", amount="100"),
    ]
    return portfolio_of(rows, tmp_path, basis="stated")


def test_sure_weak_and_undefined_are_shown_in_interventions_and_kronor_to_the_krona(mixed: Portfolio) -> None:
    rows = rows_of(exhibits.certainty(mixed), "sakerhet")
    assert rows["Huvudman"] == ["2", "0", "1", "900 kr", "0 kr", "100 kr"]
    assert rows["Målgrupp"] == ["1", "0", "2", "600 kr", "0 kr", "400 kr"]
    text = text_of(exhibits.certainty(mixed))
    assert "Varje rad är tillsammans 3 insatser och 1 000 kr, lika mycket som i liggaren." in text
    assert "Av 1 000 kr är huvudmannen säker för 900 kr, målgruppen för 600 kr och inriktningen för 900 kr." in text


def test_the_alternative_text_of_the_figure_has_the_shares_of_the_table(mixed: Portfolio) -> None:
    alt = soup_of(exhibits.certainty(mixed)).find("img")["alt"]
    # 2 of 3 interventions and 900 of 1 000 kronor
    assert f"Huvudman, insatser: säkert 67{NBSP}%, svagt 0{NBSP}%, ej definierat 33{NBSP}%" in alt
    assert f"Huvudman, kronor: säkert 90{NBSP}%, svagt 0{NBSP}%, ej definierat 10{NBSP}%" in alt


def test_the_reasons_sum_to_what_is_not_sure(mixed: Portfolio) -> None:
    rows = rows_of(exhibits.doubts(mixed), "varfor-osakert")
    assert rows["Underlag saknas"] == ["1", "100 kr", "1", "100 kr", "1", "100 kr"]
    assert rows["Framgår bara på svagare grund än rapporten kräver"] == ["–", "–", "1", "300 kr", "–", "–"]
    assert rows["Svagt eller ej definierat"] == ["1", "100 kr", "2", "400 kr", "1", "100 kr"]


def test_a_page_whose_parts_do_not_add_up_is_not_made(mixed: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("certainty", "pending"):
        module = sys.modules[f"portfolj.exhibits.{name}"]  # the package has a function of the same name
        monkeypatch.setattr(module, "kronor_in_doubt", lambda p: kronor_in_doubt(p).assign(weak_sek=0.01))
    for exhibit in (exhibits.certainty, exhibits.doubts, exhibits.stakes):
        with pytest.raises(ReconciliationError):
            exhibit(mixed)


def test_the_boards_categories_show_what_could_leave_and_what_hints_point_to(mixed: Portfolio) -> None:
    shown = exhibits.stakes(mixed)
    assert headings_of(shown, "oppet-target-groups")[1:] == [
        "Nu, insatser", "Väntar på beslut, insatser", "Ledtrådar pekar hit, insatser",
        "Nu, kronor", "Väntar på beslut, kronor", "Ledtrådar pekar hit, kronor",
    ]  # fmt: skip
    rows = rows_of(shown, "oppet-target-groups")
    assert rows["Unga"] == ["1", "0", "1", "600 kr", "0 kr", "300 kr"]
    assert rows["Ej definierad"] == ["2", "2", "0", "400 kr", "400 kr", "0 kr"]
    assert rows["Summa"] == ["3", "2", "1", "1 000 kr", "400 kr", "300 kr"]
    # No hint points to any owner, so the table has no columns for hints.
    assert rows_of(shown, "oppet-owner")["Ej definierad"] == ["1", "1", "100 kr", "100 kr"]
    text = text_of(shown)
    assert "400 kr väntar på beslut: 400 kr utan svar." in text
    assert "För 1 av 2 svar pekar ingen ledtråd åt något håll." in text
    # owner 1 + target group 2 + orientation 1 = 4 answers about the interventions 2 and 3
    assert "4 svar om 2 insatser väntar på beslut." in text
    assert (
        "Besluten kan flytta högst 100 kr mellan huvudmän, 400 kr mellan målgrupper och 100 kr mellan inriktningar."
        in text
    )


@pytest.mark.parametrize(
    ("counting", "moves"),
    [
        ("once", "från Ej definierad till Unga, Psykisk ohälsa"),
        ("split", "från Ej definierad: 150 kr till Unga och 150 kr till Psykisk ohälsa"),
        ("overlapping", "från Ej definierad: 300 kr till Unga och 300 kr till Psykisk ohälsa"),
    ],
)
def test_each_decision_says_from_where_to_where_it_moves_kronor(counting: str, moves: str, tmp_path: Path) -> None:
    rows = [
        row("1", "Alfa", **KNOWN),
        HINTED,
    ]
    portfolio = portfolio_of(rows, tmp_path, basis="stated", counting=counting)
    (cells,) = rows_of(exhibits.pending(portfolio), "vantar").values()
    total = "600 kr" if counting == "overlapping" else "300 kr"
    now = "Ej definierad: framgår bara på svagare grund än rapporten kräver"
    assert cells == ["Målgrupp", now, moves, total, "2"]


def test_groups_that_overlap_are_told_in_the_reconciliation(tmp_path: Path) -> None:
    rows = [
        row("1", "Alfa", **KNOWN),
        HINTED,
    ]
    portfolio = portfolio_of(rows, tmp_path, basis="named", counting="overlapping")
    # 300 kr stand under both groups; the intervention itself has 300 kr with a weak answer.
    assert "600 kr väntar på beslut: 300 kr med svagt svar, och 300 kr som räknas i mer än en målgrupp." in text_of(
        exhibits.stakes(portfolio)
    )


def test_a_decision_on_the_target_group_that_takes_away_a_derived_orientation_is_said(tmp_path: Path) -> None:
    rows = [row("1", "Fokus", amount="100"), row("2", "Alfa", **KNOWN)]
    portfolio = portfolio_of(rows, tmp_path, derive=True)
    assert portfolio.interventions.set_index("name").loc["Fokus", "orientation_decided_by"] == "derived"
    assert (
        "1 insats, 100 kr, har en inriktning som är härledd, eftersom målgruppen saknas eller är personal. Beslutas en "
        "annan målgrupp blir också inriktningen ej definierad." in text_of(exhibits.stakes(portfolio))
    )


def test_what_waits_is_a_table_of_its_own_and_a_long_list_goes_on_there(tmp_path: Path) -> None:
    rows = [row(str(n), f"Fokus {n}", applicant="Flens kommun", amount=str(n)) for n in range(1, 261)]
    portfolio = portfolio_of(rows, tmp_path)
    written = tidy_tables(portfolio)["pending"]
    assert list(written) == [
        "intervention_key", "name", "dimension", "said", "doubt", "granted_sek", "could_become", "moves_sek",
    ]  # fmt: skip
    page = exhibits.pending(portfolio)
    shown = soup_of(page).find(id="tabell-vantar").find_parent("table").tbody.find_all("tr")
    assert len(shown) == 500
    assert len(written) == 520  # 260 interventions without target group and orientation
    assert "Här visas de 500 första. Ytterligare 20 står i tables/pending.csv." in text_of(page)


def test_a_portfolio_without_amounts_is_told_in_interventions(urval: Portfolio) -> None:
    shown = exhibits.certainty(urval)
    assert [heading for heading in headings_of(shown, "sakerhet") if "kronor" in heading] == []
    assert "kronor" not in soup_of(shown).find("img")["alt"]
    rows = rows_of(shown, "sakerhet")
    assert {sum(int(cell) for cell in cells) for cells in rows.values()} == {len(urval.interventions)}
    assert "kr" not in headings_of(exhibits.pending(urval), "vantar")
    assert "mkr" not in stakes_finding(urval)


def test_an_empty_portfolio_says_so_and_shows_no_table(tmp_path: Path) -> None:
    portfolio = portfolio_of([row("1", **KNOWN)], tmp_path, period="2012")
    for exhibit in (exhibits.certainty, exhibits.doubts, exhibits.stakes):
        assert text_of(exhibit(portfolio)) == "Liggaren innehåller inga insatser med medlemmarnas pengar 2012."
    assert text_of(exhibits.pending(portfolio)) == ""


def test_where_all_is_sure_nothing_waits(tmp_path: Path) -> None:
    portfolio = portfolio_of([row("1", **KNOWN)], tmp_path)
    assert text_of(exhibits.doubts(portfolio)) == "Alla svar är säkra."
    assert text_of(exhibits.stakes(portfolio)) == "Inget svar väntar på beslut."


def test_the_commands_count_as_the_page_does(tmp_path: Path) -> None:
    rows = [row("1", **KNOWN, year="2018"), row("2", **KNOWN, year="2019")]
    as_set = [
        code.get_text() for code in soup_of(exhibits.how_to_decide(portfolio_of(rows, tmp_path))).find_all("code")
    ]
    assert as_set == ["portfolj review prov", "portfolj review prov --apply", "portfolj run prov"]
    other = portfolio_of(rows, tmp_path, period="2018")
    asked = [code.get_text() for code in soup_of(exhibits.how_to_decide(other)).find_all("code")]
    assert asked == [
        "portfolj review prov --period 2018", "portfolj review prov --period 2018 --apply",
        "portfolj run prov --period 2018",
    ]  # fmt: skip


def test_decisions_are_shown_with_what_the_rule_reads_and_whether_the_text_is_another(tmp_path: Path) -> None:
    rows = [row("1", "Alfa", **KNOWN), row("2", "Beta", **KNOWN), row("3", "Gamma", **KNOWN)]
    decisions = [
        ("1", "", "owner", "region", "Anna Ek", "2026-11-20", "Avtalet", ""),
        ("2", "", "target_groups", "psykisk_ohalsa", "Bo Alm", "2026-11-21", "", "0123456789ab"),
        ("3", "", "not_same_as", "1", "Anna Ek", "2026-11-20", "Olika ansökningar", ""),
    ]
    shown = exhibits.decisions_made(portfolio_of(rows, tmp_path, decisions=decisions))
    assert list(rows_of(shown, "beslut").items()) == [
        ("Beta", ["Målgrupp", "Psykisk ohälsa", "Unga", "ändrad", "Bo Alm, 2026-11-21"]),
        ("Alfa", ["Huvudman", "Region", "Kommun", "okänt: skrivet för hand", "Anna Ek, 2026-11-20: Avtalet"]),
        ("Gamma (3)", ["Inte samma insats", "Alfa (1)", "–", "–", "Anna Ek, 2026-11-20: Olika ansökningar"]),
    ]
    text = text_of(shown)
    assert "3 beslut gäller. För 1 av dem har texten ändrats sedan någon beslutade." in text


def test_names_alike_are_asked_about_until_somebody_has_answered(tmp_path: Path) -> None:
    rows = [
        row("1", "Lotsen Flen 2018", **KNOWN, amount="100", year="2018"),
        row("2", "Lotsen Flen 2019", **{**KNOWN, "applicant": "Region Sörmland"}, amount="250"),
    ]
    shown = exhibits.lookalikes(portfolio_of(rows, tmp_path))
    assert rows_of(shown, "lika") == {
        "Lotsen Flen 2019 (2, 2019)": [
            "Lotsen Flen 2018 (1, 2018)",
            f"100{NBSP}%".replace(NBSP, " "),
            "350 kr",
            "Huvudman",
        ]
    }
    no = [("2", "", "not_same_as", "1", "Anna Ek", "2026-11-20", "", "")]
    answered = portfolio_of(rows, tmp_path, decisions=no)
    assert text_of(exhibits.lookalikes(answered)).startswith("Inga insatser har så lika namn")


def test_no_personal_number_in_a_name_reaches_what_waits(tmp_path: Path) -> None:
    rows = [row("1", "Stöd till 811228-9874", amount="100"), row("2", "Stöd till 811228-9874", amount="50")]
    decisions = [("1", "", "owner", "kommun", "811228-9874", "2026-11-20", "811228-9874", "0123456789ab")]
    portfolio = portfolio_of(rows, tmp_path, decisions=decisions)
    shown = [exhibits.pending(portfolio), exhibits.lookalikes(portfolio), exhibits.decisions_made(portfolio)]
    text = " ".join(text_of(part) for part in shown) + tidy_tables(portfolio)["pending"].to_csv()
    assert "9874" not in text
    assert "[personnummer borttaget" in text


# The quality of the shipped codebook -------------------------------------------------------------------------------

MEASURED = """
coded_set = "prov.csv"
draws = 2000
seed = 1
[odd]
measured_on = 2026-11-22
codebook_version = "2026.1"
coding_sha256 = "0"
[odd.described.owner]
rows = 40
right = { value = 0.955, low = 0.9, high = 1.0 }
agreement_coders = { value = 0.9, low = 0.8, high = 0.975 }
kappa_coder1 = { value = 0.8649, low = 0.71, high = 0.97 }
kappa_coder2 = { why_not = "bara en kategori" }
alpha_coders = { value = 1.0, why_not = "intervall saknas: alla omdragningar ger samma siffra" }
[odd.described.owner.codes]
[odd.described.target_groups]
rows = 40
right = { value = 0.931, low = 0.9, high = 0.96 }
[odd.described.target_groups.codes]
[odd.described.orientation]
rows = 40
right = { value = 0.925, low = 0.85, high = 0.975 }
agreement_coders = { value = 0.93, low = 0.85, high = 1.0 }
[odd.described.orientation.codes]
"""


@pytest.fixture
def any_portfolio(tmp_path: Path) -> Portfolio:
    return portfolio_of([row("1", **KNOWN)], tmp_path)


def test_figures_stand_with_interval_date_and_version_the_coders_beside(any_portfolio: Portfolio) -> None:
    shown = reliability_of(parse_quality(MEASURED), any_portfolio)
    right = soup_of(shown).find(id="tabell-traffsakerhet").find_parent("table")
    first = [cell.get_text().replace(NBSP, " ") for cell in right.tbody.tr.find_all(["th", "td"])]
    # Half up on the decimal text: 95.5 is 96, 97.5 is 98.
    assert first == ["Huvudman, andel", "med beskrivning", "40", "96 % (90–100)", "90 % (80–98)"]
    text = text_of(shown)
    assert "Mätt 2026-11-22 med kodboken 2026.1." in text
    assert (
        "Kodboken gav samma huvudman som någon av två kodare i 96 % av insatserna och samma inriktning i 93 %. Kodarna "
        "själva var överens i 90 % och 93 %." in text
    )


def test_a_figure_that_is_undefined_or_not_measured_says_why_instead(any_portfolio: Portfolio) -> None:
    rows = rows_of(reliability_of(parse_quality(MEASURED), any_portfolio), "overensstammelse")
    assert rows["Huvudman, Cohens kappa"] == ["0,86 (0,71–0,97)", "bara en kategori", "inte mätt än"]
    assert rows["Huvudman, Krippendorffs alfa"][2] == "1,00 (intervall saknas: alla omdragningar ger samma siffra)"
    assert set(rows["Inriktning, Cohens kappa"]) == {"inte mätt än"}


def test_a_codebook_that_nobody_has_measured_has_blank_figures(any_portfolio: Portfolio) -> None:
    shown = reliability_of(parse_quality(""), any_portfolio)
    cells = {cell for row in rows_of(shown, "overensstammelse").values() for cell in row}
    assert cells == {"inte mätt än"}
    text = text_of(shown)
    assert text.startswith("Hur ofta kodboken har rätt är inte mätt än.")
    assert "nan" not in text.lower().split()


def test_a_federation_with_a_codebook_of_its_own_is_told_that_the_figures_are_of_the_shipped_one(
    tmp_path: Path, any_portfolio: Portfolio
) -> None:
    sentence = "Siffrorna gäller den medföljande kodboken, utan tilläggen."
    assert sentence not in text_of(exhibits.reliability(any_portfolio))
    own = '[[owner.codes.ovrigt.rules]]\nid = "EGEN-1"\ninclude = ["Björkarnas vänner"]\n'
    portfolio = portfolio_of([row("1", **KNOWN)], tmp_path / "egen", codebook=own)
    assert sentence in text_of(exhibits.reliability(portfolio))


def test_the_figures_that_ship_are_those_on_the_page(any_portfolio: Portfolio) -> None:
    table = tomllib.loads((resources.files("portfolj") / "reference" / "coding_quality.toml").read_text("utf-8"))
    half = table["even"] if table["even"]["measured_on"] else table["odd"]
    shown = exhibits.reliability(any_portfolio)
    assert f"Mätt {half['measured_on']} med kodboken {half['codebook_version']}." in text_of(shown)
    kappa = rows_of(shown, "overensstammelse")["Huvudman, Cohens kappa"]
    for cell, pair in zip(kappa, ("coder1", "coder2", "coders"), strict=True):
        figure = half["described"]["owner"][f"kappa_{pair}"]
        written = float(cell.split(" ")[0].replace(",", "."))
        assert abs(written - figure["value"]) <= 0.005
