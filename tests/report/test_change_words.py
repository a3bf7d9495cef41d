"""What has changed as people read it: sentences, the table, and the section of a report's first page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup
from report_tables import ENTRY, OUTCOME, interventions, report, table

from portfolj.coding import load_codebook
from portfolj.portfolio.counting import CountingRule
from portfolj.report.cells import Change
from portfolj.report.change_section import section_of
from portfolj.report.change_words import MOST_SENTENCES, sentences
from portfolj.report.changed import Report, compare, frame_of
from portfolj.report.checks import page_faults
from portfolj.report.page import PageContext, assemble_page
from portfolj.report.predecessor import Compared, Since

CODEBOOK = load_codebook()
GRANTED = {"a": Decimal(100), "b": Decimal(200), "c": Decimal(300)}
PARTS = ("part", "interventions", "entries", "granted_sek", "entries_without_amount")


def said(before: Report, after: Report) -> list[str]:
    found = sentences(compare(before, after, k=5), codebook=CODEBOOK, granted_sek=GRANTED)
    return [sentence.replace("\u00a0", " ") for sentence in found]


def entries(*rows: tuple[object, ...]) -> Report:
    return report(entries=table(ENTRY, *((key, year, "Finsam", "counted", sek, n) for key, year, sek, n in rows)),
                  interventions=interventions())  # fmt: skip


def shown(since: Since) -> BeautifulSoup:
    html = section_of(since, codebook=CODEBOOK, counting=CountingRule.ONCE, granted_sek=GRANTED)
    page = assemble_page(Markup("<h2>Läs</h2>") + html, page=PageContext(title="Förbundet", federation_name="Solbacka"))
    assert page_faults(page) == []
    return BeautifulSoup(page, "html.parser")


def text_of(soup: BeautifulSoup) -> str:
    section = soup.find("section")
    assert section is not None
    return " ".join(section.get_text(" ").replace("\u00a0", " ").split())


def compared(frame: object) -> Since:
    return Since(Compared.COMPARED, frame, "2026-11-03T02:00:00+01:00", "0" * 64)  # type: ignore[arg-type]


def test_rows_of_the_ledger_are_told_with_their_money_and_their_interventions() -> None:
    before = entries(("a", 2018, 100, 1), ("b", 2018, 200, 1), ("c", 2018, 300, 1))
    after = entries(("a", 2018, 150, 1), ("b", 2019, 200, 1), ("a", 2019, 1000, 1), ("b", 2020, 250, 1))
    assert said(before, after) == [  # 1 000 + 250 = 1 250 kr came, 300 went, 150 - 100 = 50 more
        "Två rader har kommit till i liggaren, tillsammans 1 250 kr: Ateljén och Bron.",
        "En rad har försvunnit ur liggaren, 300 kr: Cirkeln.",
        "En rad i liggaren har fått ett annat år eller en annan finansiering: Bron.",
        "En rad i liggaren har fått ett annat belopp, 50 kr mer: Ateljén.",
    ]


def test_the_whole_comes_first_and_then_what_moved_most() -> None:
    owners = ("owner", "granted_sek")
    before = report(ledger_parts=table(PARTS, ("counted", 3, 3, 600, 0)), owner=table(owners, ("af", 600), ("fk", 0)))
    after = report(ledger_parts=table(PARTS, ("counted", 3, 3, 500, 0)), owner=table(owners, ("af", 200), ("fk", 300)))
    assert said(before, after) == [
        "Det beviljade är nu 500 kr, 100 kr mindre än förut.",
        "Till insatser med huvudmannen Arbetsförmedlingen går 400 kr mindre, nu 200 kr.",
    ]


def test_a_code_is_told_with_what_it_was_what_it_is_and_why() -> None:
    now = interventions(
        {"intervention_key": "a", "owner": "fk", "owner_decided_by": "decision"},
        {"intervention_key": "b", "target_groups": "unga;missbruk"},
        {"intervention_key": "c", "owner": "lsg", "owner_decided_by": "rule", "description": "LSG söker"},
    )
    assert said(report(interventions=interventions()), report(interventions=now)) == [
        "En insats har fått en annan huvudman sedan texten i liggaren ändrades: Cirkeln (från ej definierad till lokal "
        "samverkansgrupp).",
        "En insats har fått en annan text i liggaren: Cirkeln.",
        "En insats har fått andra målgrupper genom kodbokens regler: Bron (från unga till unga och missbruk).",
        "En insats har fått en annan huvudman genom beslut: Ateljén (från kommun till Försäkringskassan).",
        "Två andra uppgifter i rapportens tabeller har också ändrats.",
    ]


def test_a_code_that_the_codebook_no_longer_has_is_written_as_it_stands() -> None:
    then = interventions({"intervention_key": "a", "owner": "landsting"})
    (sentence,) = said(report(interventions=then), report(interventions=interventions()))
    assert "(från landsting till kommun)" in sentence


def test_of_many_interventions_the_largest_are_named_and_the_rest_counted() -> None:
    changes = [Change("text", "interventions", str(n), "description", why="text", name=f"Insats {n}") for n in range(9)]
    granted = {str(n): Decimal(n) for n in range(9)}
    (sentence,) = sentences(frame_of(changes), codebook=CODEBOOK, granted_sek=granted)
    assert sentence.replace("\u00a0", " ") == (
        "Nio insatser har fått en annan text i liggaren: Insats 8, Insats 7, Insats 6 och 6 till."
    )


def test_counts_of_people_are_told_as_how_many_cells_and_never_as_numbers() -> None:
    rows = [("", "sex", group) for group in ("kvinna", "man", "okänt")]
    before = [(100, 60, 20, "", False), (100, 60, "", "", True), (100, 60, 20, "", False)]
    after = [(108, 60, 20, "", False), (100, 60, 21, "", True), (100, 60, "", "", True)]
    then, now = (
        report(outcomes=table(OUTCOME, *((*row, *cells) for row, cells in zip(rows, side, strict=True))))
        for side in (before, after)
    )
    texts = said(then, now)
    assert texts == ["Om deltagare: ett antal har ändrats, ett antal visas inte längre och ett antal visas nu."]


def test_what_is_withheld_is_said_to_be_so() -> None:
    before, after = (report(outcomes=table(OUTCOME, ("", "all", "all", n, 60, 20, "", False))) for n in (100, 102))
    texts = said(before, after)
    assert texts[-1] == (
        "Skillnader som säger något om färre personer än gränsen för små tal visas inte, varken i antal eller i kronor."
    )
    assert not any(character.isdigit() for text in texts for character in text)


def test_versions_and_parameters_are_told_last_in_words() -> None:
    made_of = {
        "versions": {"portfolj": "0.2.0"},
        "vintages": {"codebook": "2027.1"},
        "parameters": {"basis": "named", "discount_rate_pct": 3.5},
    }
    now = report(made_of, **entries(("a", 2018, 1, 1)).tables)
    assert said(entries(), now)[1:] == [
        "Kodboken har nu version 2027.1, förut 2026.1.",
        "Programmet har nu version 0.2.0, förut 0.1.0.",
        f"Grunden är nu ”{CODEBOOK.label('basis', 'named')}”, förut ”{CODEBOOK.label('basis', 'stated')}”. "
        "Kalkylräntan i procent är nu 3,5, förut förbundets egen inställning.",
    ]


def test_there_are_never_more_than_ten_sentences_and_the_last_ones_are_kept() -> None:
    rows = [Change("code", "interventions", "a", dimension, "x", "y", why=why, name="A")
            for dimension in ("owner", "target_groups", "orientation", "process_support")
            for why in ("decision", "text", "rule")]  # fmt: skip
    version = Change("version", "manifest", "versions", "portfolj", "1", "2")
    found = sentences(frame_of([*rows, version]), codebook=CODEBOOK, granted_sek=GRANTED)
    assert len(rows) == 12
    assert len(found) == MOST_SENTENCES
    assert found[-1] == "Programmet har nu version 2, förut 1."


# --- the section


def test_the_first_report_says_what_is_true_of_it_when_it_is_made_once_more_too() -> None:
    # The second report carries FIRST on, so that equal content has equal bytes; it is not the first, nor is the next.
    assert text_of(shown(Since(Compared.FIRST, frame_of([])))) == (
        "Vad som har ändrats Ingen tidigare rapport om perioden säger något annat än den här. "
        "När något ändras står det här."
    )


def test_a_report_that_could_not_be_compared_says_so() -> None:
    # Said once more beside a report that can be read: it is not of the one before that this is said.
    assert text_of(shown(Since(Compared.UNREADABLE, frame_of([])))) == (
        "Vad som har ändrats En tidigare rapport om perioden gick inte att läsa. Därför är inget jämfört med den."
    )


def test_where_nothing_differs_the_section_says_so_and_since_when() -> None:
    assert text_of(shown(compared(frame_of([])))) == (
        "Vad som har ändrats Inget skiljer sig från rapporten från 3 november 2026."
    )


def test_the_table_has_money_only_largest_first_with_signs() -> None:
    owners, years = ("owner", "count", "granted_sek"), ("year", "financing", "granted_sek")
    before = report(owner=table(owners, ("kommun", 5, 1000000), ("fk", 2, 50000)), year=table(years, (2019, "ESF", 7)))
    after = report(owner=table(owners, ("kommun", 4, 600000), ("fk", 2, 50500.5)), year=table(years, (2019, "ESF", 9)))
    soup = shown(compared(compare(before, after, k=5)))
    rows = [
        [cell.get_text().replace("\u00a0", " ") for cell in row.find_all(["th", "td"])] for row in soup.find_all("tr")
    ]
    assert rows == [
        ["Vad", "Skillnad, kr", "Förut, kr", "Nu, kr"],
        ["Huvudman: kommun", "−400 000", "1 000 000", "600 000"],
        ["Huvudman: Försäkringskassan", "+500,50", "50 000", "50 500,50"],
        ["År: 2019, ESF", "+2", "7", "9"],
    ]
    assert soup.caption is not None
    assert soup.caption.get_text().startswith("De största ändringarna i kronor")
    assert "Sedan rapporten från 3 november 2026:" in text_of(soup)
    assert "Alla fyra ändringar står i changes.csv" in text_of(soup)  # three amounts and one count


@pytest.mark.parametrize("rule", list(CountingRule))
def test_the_target_groups_are_counted_by_the_reports_own_rule(rule: CountingRule) -> None:
    columns = ("target_group", "granted_once_sek", "granted_split_sek", "granted_overlapping_sek")
    before, after = (report(target_group=table(columns, ("unga", *row))) for row in ((1, 1, 1), (11, 21, 31)))
    wanted = {CountingRule.ONCE: "+10", CountingRule.SPLIT: "+20", CountingRule.OVERLAPPING: "+30"}
    html = section_of(compared(compare(before, after, k=5)), codebook=CODEBOOK, counting=rule, granted_sek=GRANTED)
    cells = [cell.get_text() for cell in BeautifulSoup(html, "html.parser").find_all("td")]
    assert cells[0] == wanted[rule]
    assert len(cells) == 3


def test_names_from_a_ledger_are_text_and_never_markup() -> None:
    name = "<script>alert(1)</script>"
    change = Change("intervention", "interventions", "x", "", why="added", difference=Decimal(5), name=name)
    soup = shown(compared(frame_of([change])))
    assert soup.find("script") is None
    assert name in text_of(soup)


def test_goals_that_are_judged_otherwise_and_facts_that_came_or_went_are_told() -> None:
    goals = ("intervention_key", "name", "main_class")
    facts = ("intervention_key", "fact", "status")
    before = report(goal_quality=table(goals, ("a", "Ateljén", "activity"), ("b", "Bron", "volume")),
                    documentation=table(facts, ("a", "owner", "missing"), ("a", "parties", "missing"),
                                        ("b", "final_report", "present"), ("c", "owner", "not_required")))  # fmt: skip
    after = report(goal_quality=table(goals, ("a", "Ateljén", "outcome_measurable"), ("b", "Bron", "volume")),
                   documentation=table(facts, ("a", "owner", "present"), ("a", "parties", "present"),
                                       ("b", "final_report", "missing"), ("c", "owner", "present")))  # fmt: skip
    assert said(before, after) == [  # b has 200 kr, a 100 kr
        "En uppgift som fanns saknas nu, om en insats.",
        "En insats mål bedöms på ett annat sätt: Ateljén (från aktivitet till mätbart utfall).",
        "Två uppgifter som saknades finns nu, om en insats.",
        "En annan uppgift i rapportens tabeller har också ändrats.",
    ]
