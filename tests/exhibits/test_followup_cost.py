"""What a participation costs, by whom it was paid, and the reason where that can't be said."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from follow_up_views import PUBLISHED, costs, counts_frame, view_of
from test_followup_shown import cells, plain, soup

from portfolj.exhibits import followup
from portfolj.exhibits.followup.cost import cost_finding
from portfolj.exhibits.followup.printed import beside_outcomes, printed_finding, what
from portfolj.exhibits.followup.sheets import sheets
from portfolj.exhibits.markup import Html
from small_ledger import portfolio_of, row


def text_of(html: Html) -> str:
    return plain(" ".join(soup(html).get_text(" ").split()))


def test_members_money_is_told_with_the_number_that_it_is_divided_by(tmp_path: Path) -> None:
    shown = followup.cost(view_of(tmp_path))
    # 1 000 000 / 267 = 3 745.3
    assert cells(shown, "Insats") == ["Medlemmarna", "1 000 000 kr", "267", "deltaganden", "3 745 kr"]
    assert plain(cost_finding(view_of(tmp_path))) == (
        "Insats: 1 000 000 kr för 267 deltaganden är 3 745 kr per deltagande. Pengarna kom från medlemmarna."
    )


def test_a_sum_of_members_money_and_others_says_that_it_is_one(tmp_path: Path) -> None:
    # 300 000 / 50, 700 000 / 50 and 1 000 000 / 50
    mixed = costs(
        ("Stegen", "Finsam", 300_000.0, 1, 0, "participations", 50, 6_000.0),
        ("Stegen", "ESF", 700_000.0, 1, 0, "participations", 50, 14_000.0),
        ("Stegen", "together", 1_000_000.0, 2, 0, "participations", 50, 20_000.0),
    )
    shown = followup.cost(view_of(tmp_path, cost=mixed))
    rows = [[plain(cell.get_text()) for cell in row.select("td")] for row in soup(shown).select("tbody tr")]
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("Medlemmarna", "300 000 kr", "6 000 kr"), ("ESF", "700 000 kr", "14 000 kr"),
        ("Medlemmarna och ESF, tillsammans", "1 000 000 kr", "20 000 kr"),
    ]  # fmt: skip
    assert "Raden tillsammans lägger ihop medlemmarnas pengar och andras." in text_of(shown)


def test_cofinancing_that_stands_by_itself_in_the_ledger_is_named(tmp_path: Path) -> None:
    ledger = [row("1", "Medfinansiering IBIS"), row("2", "Medfinansiering IBISEN"), row("3", "IBIS")]
    paid = costs(("IBIS", "ESF", 900_000.0, 1, 0, "exits", 90, 10_000.0))  # 900 000 / 90
    text = text_of(followup.cost(view_of(tmp_path, portfolio=portfolio_of(ledger, tmp_path), cost=paid)))
    assert "Medfinansiering IBIS står för sig i liggaren och är inte med i beloppen." in text
    assert "IBISEN" not in text


def test_an_amount_that_is_not_whole_is_not_divided_and_the_reason_is_told(tmp_path: Path) -> None:
    table = costs(
        ("Ung framtid", "Finsam", 500_000.0, 3, 1, "participations", 25, None),
        ("Stegen", "Finsam", None, 2, 2, "participations", 30, None),
        ("Dold", "Finsam", 90_000.0, 1, 0, "participations", None, None),
        ("Okänd", "", None, 0, 0, "participations", 9, None),
        ("Förr", "", None, 0, 0, "participations", 8, None),
    )
    unmatched = counts_frame(("intervention", "why"), ("participations",), [("Okänd", "not_in_ledger", 9)])
    view = view_of(tmp_path, cost=table, unmatched=unmatched)
    shown = followup.cost(view)
    assert cells(shown, "Ung framtid") == ["Medlemmarna", "minst 500 000 kr", "25", "deltaganden", "–"]
    assert cells(shown, "Dold") == ["Medlemmarna", "90 000 kr", "..", "deltaganden", ".."]
    assert [plain(item.get_text()) for item in soup(shown).select("li")] == [
        "Dold: antalet deltaganden är dolt.",
        "Förr: finns i liggaren, men inte med pengar i perioden.",
        "Okänd: finns inte i liggaren.",
        "Stegen: liggaren har inget belopp.",
        "Ung framtid: 1 av 3 rader i liggaren saknar belopp eller år.",
    ]
    assert cost_finding(view) == ""


def test_what_others_pay_has_its_owner_from_the_ledger_and_its_cost_elsewhere(tmp_path: Path) -> None:
    others = counts_frame(("intervention", "why"), ("participations",), [("SPiK", "other_financing", 267)])
    text = text_of(followup.unmatched(view_of(tmp_path, unmatched=others)))
    assert "SPiK Betalas av andra än medlemmarna 267" in text
    assert "har sin huvudman och sin målgrupp ur liggaren" in text
    assert "går inte att säga" not in text


def test_a_count_of_statuses_is_explained_beside_exits_to_work_or_studies(tmp_path: Path) -> None:
    # The made-up whole: 33 of 200 exits went to work or studies. 45 = 33 + 10 + 2 have one of the statuses.
    record = {
        "intervention": "", "group": "status", "category": "Arbete;Studier", "measure": "at_exit", "printed": "45",
        "value": 45.0, "unit": "persons", "note": "", "source": "", "computed": 45.0, "difference": 0.0,
        "why_blank": "", "verdict": "agrees", "reached": 33, "practice": 10,
    }  # fmt: skip
    view = view_of(tmp_path, published=pd.DataFrame([record]))
    assert [plain(text) for text in beside_outcomes(view)] == [
        "33 av 200 avslut (17 %) gick till arbete eller studier, men 45 deltaganden hade läget arbete eller studier "
        "vid avslut. Skillnaden är vad som räknas: av de 45 gick 33 till arbete eller studier och 10 till praktik "
        "eller arbetsträning, och för 2 är det något annat eller okänt."
    ]
    hidden = view_of(tmp_path, published=pd.DataFrame([{**record, "practice": None}]))
    assert [plain(text) for text in beside_outcomes(hidden)] == [
        "33 av 200 avslut (17 %) gick till arbete eller studier, men 45 deltaganden hade läget arbete eller studier "
        "vid avslut. Lägena omfattar mer än arbete och studier; hur många som hade vad visas inte."
    ]


def test_a_step_to_something_else_names_what_it_is_other_than(tmp_path: Path) -> None:
    record = {"intervention": "", "group": "status", "category": "Arbete;Studier", "measure": "step_shown_other"}
    assert what(view_of(tmp_path), record).endswith("till annat än arbete eller studier")


def test_the_base_counts_each_intervention_once_whoever_paid_it_and_printed_numbers_not_at_all(tmp_path: Path) -> None:
    paid = costs(
        ("Stegen", "Finsam", 300_000.0, 1, 0, "participations", 50, 6_000.0),
        ("Stegen", "ESF", 700_000.0, 1, 0, "participations", 50, 14_000.0),
        ("Stegen", "together", 1_000_000.0, 2, 0, "participations", 50, 20_000.0),
        ("Bron", "Finsam", 90_000.0, 1, 0, "participations", 30, 3_000.0),
        ("IBIS", "ESF", 900_000.0, 1, 0, "exits", 90, 10_000.0),
        ("IBIS", "ESF", 900_000.0, 1, 0, "printed", 60, 15_000.0),
    )
    view = view_of(tmp_path, cost=paid)
    assert base_of_table(followup.cost(view)) == "Underlag: 80 deltaganden och 90 deltagare."  # 50 + 30
    hidden = costs(*paid.head(4).iloc[:, :8].itertuples(index=False),
                   ("Dold", "Finsam", 9_000.0, 1, 0, "participations", None, None))  # fmt: skip
    assert base_of_table(followup.cost(view_of(tmp_path, cost=hidden))).startswith("Underlag: dolt antal deltaganden.")


def test_the_sheet_on_cost_has_a_row_for_each_that_pays(tmp_path: Path) -> None:
    paid = costs(
        ("Stegen", "Finsam", 300_000.0, 1, 0, "participations", 50, 6_000.0),
        ("Stegen", "ESF", 700_000.0, 2, 1, "participations", 50, None),
        ("Dold", "ESF", 10_000.0, 1, 0, "participations", None, None),
    )
    sheet = next(sheet for sheet in sheets(view_of(tmp_path, cost=paid)) if sheet.name == "Kostnad")
    rows = sheet.frame.set_index(["Insats", "Pengar från"])
    assert rows.loc[("Stegen", "Medlemmarna"), "Beviljat per deltagande, kr"] == 6_000
    assert rows.loc[("Stegen", "ESF"), "Därav utan belopp eller år"] == 1
    assert rows.loc[("Dold", "ESF"), ["Antal", "Beviljat per deltagande, kr"]].tolist() == ["..", ".."]


def test_counts_alone_say_what_they_are_of(tmp_path: Path) -> None:
    # SSI: 40 + 0 + 4 + 23 + 3 outcomes are told, whether or not they are as many as took part
    assert base_of_table(followup.exit_counts(view_of(tmp_path))) == "Underlag: 70 redovisade utfall."
    names = ("intervention", "year", "sex", "measure")
    rows = [("A", 2019, "woman", "participants", 20), ("A", 2019, "man", "participants", 30),
            ("A", 2020, "all", "participants", 45), ("A", 2020, "woman", "participants", 25),
            ("A", 2020, "all", "to_work", 9)]  # fmt: skip
    counts = counts_frame(names, ("count",), rows)
    # 20 + 30 of 2019, and 45 of 2020, of whom 25 are women
    assert base_of_table(followup.yearly_counts(view_of(tmp_path, counts=counts))) == (
        "Underlag: 95 deltagare, räknade en gång för varje år."
    )


def base_of_table(html: Html) -> str:
    return plain(soup(html).select_one("caption .scope").get_text())


def test_a_referrer_is_told_from_a_municipality_and_all_that_agree_are_called_all(tmp_path: Path) -> None:
    record = {"intervention": "SPiK", "group": "referrer", "category": "Växjö kommun", "measure": "participations"}
    assert what(view_of(tmp_path), record) == "SPiK: deltaganden, remittent Växjö kommun"
    agreeing = PUBLISHED[PUBLISHED["verdict"] == "agrees"]  # two of them
    assert plain(printed_finding(view_of(tmp_path, published=agreeing))) == (
        "Alla 2 tryckta siffror som går att jämföra stämmer med underlaget."
    )
