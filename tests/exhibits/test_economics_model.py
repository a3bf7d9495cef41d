"""The model from states, what it can't say, and the page of a federation that has nothing to go on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from economics_views import (
    BREAK_EVEN,
    CANCEL,
    FLOWS,
    FROM_STATES,
    STRUCTURAL,
    TABLES,
    from_states,
    view_of,
    without_anything,
)
from test_economics_payback import sentences, text_of
from test_followup_shown import cells, plain, soup

from portfolj.exhibits import economics

EVERY_VIEW = [view_of(), from_states(), without_anything(), without_anything(break_even=BREAK_EVEN)]


def test_a_state_with_few_people_is_hidden_and_the_sign_explained() -> None:
    shown = economics.model_changes(from_states())
    assert cells(shown, "Försörjningsstöd") == ["40", "25", "−15"]
    assert cells(shown, "Studier") == ["..", "..", ".."]
    assert ".. betyder dolt: färre än 5 personer" in text_of(shown)
    assert "12 fler i läget ”Arbete på heltid” och 15 färre i läget ”Försörjningsstöd”" in text_of(shown)


def test_what_one_pays_another_gets() -> None:
    shown = economics.model_flows(from_states())
    # kommun, fk, ovrig_stat, individen, employers, real economy: 15 fewer at 100 000; 12 in work at 400 000
    assert cells(shown, "Försörjningsstöd")[:4] == ["1 500", "–", "–", "−1 500"]
    assert cells(shown, "Produktion")[-2:] == ["4 800", "−4 800"]
    assert "4 800 000 kr i produktion minus 0 kr i resurser är samhällets 4 800 000 kr." in text_of(shown)


def test_a_sum_with_a_hidden_part_is_hidden_and_one_with_a_missing_value_is_not_made() -> None:
    shown = economics.model_flows(from_states())
    assert cells(shown, "Summa") == ["1 500", "kan inte beräknas", "..", "..", "0", "−4 800"]
    assert cells(shown, "Studiestöd")[2:4] == ["..", ".."]


def test_flows_are_told_with_the_labels_of_states_and_not_their_codes() -> None:
    shown = plain(text_of(economics.model_flows(from_states())))
    assert "Arbete på heltid" in shown
    assert "work_full_time" not in shown


def test_flows_that_do_not_cancel_are_not_said_to() -> None:
    shown = economics.model_flows(from_states(cancel=CANCEL.assign(sum_sek=10.0)))
    assert soup(shown).select(".reconciles") == []


def test_an_income_that_cannot_be_computed_says_which_value_is_missing() -> None:
    shown = economics.model_income(from_states())
    assert cells(shown, "Kommunen") == ["1 500", ""]
    assert cells(shown, "Försäkringskassan") == [
        "kan inte beräknas",
        "kan inte beräknas: värde saknas (Sjukpenning 2020)",
    ]
    assert "4,80 mkr per år för samhället" in text_of(shown)


def test_missing_values_are_listed_once() -> None:
    view = from_states(values=SimpleNamespace(used=[], missing=["Sjukpenning 2020", "Månadslön 2020"]))
    assert sentences(economics.missing_values(view)) == ["Sjukpenning 2020", "Månadslön 2020"]
    assert "Inget värde gissas" in text_of(economics.missing_values(view))
    assert "Inget värde som räkningen behöver saknas." in text_of(economics.missing_values(view_of()))


def test_incomes_from_a_file_are_not_said_to_come_of_the_model() -> None:
    for name in ("model_changes", "model_flows", "model_income"):
        assert len(soup(getattr(economics, name)(view_of())).select("p.absent")) == 1


def test_without_files_the_page_says_in_one_place_what_is_missing_and_how_to_add_it() -> None:
    shown = text_of(economics.basis(without_anything()))
    assert "förbundets mapp saknar uppgifter om intäkter" in shown
    assert 'incomes = ["intakter.csv"]' in shown
    told = sentences(economics.headline(without_anything()))
    assert told == ["Det går inte att säga om insatserna har lönat sig: förbundets mapp saknar uppgifter om intäkter."]
    for name in sorted(set(economics.__all__) - {"basis", "headline"}):
        page = soup(getattr(economics, name)(without_anything()))
        assert [tag.get("class") for tag in page.find_all(True)] == [["absent"]], name


def test_states_without_values_are_not_said_to_be_missing() -> None:
    frames = {name: FROM_STATES[name] for name in ("changes", "flows", "model_income")}
    view = without_anything(**frames)
    assert sentences(economics.headline(view)) == [
        "Om insatserna har lönat sig kan inte beräknas: värde saknas (Sjukpenning 2020)."
    ]
    assert 'values = ["varden.csv"]' in text_of(economics.basis(view))
    assert "incomes =" not in text_of(economics.basis(view))
    assert cells(economics.model_changes(view), "Försörjningsstöd") == ["40", "25", "−15"]


def test_jobs_with_a_subsidy_told_apart_are_not_in_the_sums() -> None:
    apart = FLOWS.assign(apart=FLOWS["item"] == "benefit")
    view = from_states(flows=apart)
    assert "Försörjningsstöd" not in [th.get_text() for th in soup(economics.model_flows(view)).table.find_all("th")]
    # The benefit moves 15 x 100 000 from the individual to the municipality; nothing else is told apart.
    shown = economics.model_income(view)
    assert cells(shown, "Kommunen", table=1) == ["1 500"]
    assert cells(shown, "Individen", table=1) == ["−1 500"]


def test_a_flow_whose_payer_nobody_knows_leaves_every_actor_uncertain_but_not_production() -> None:
    unknown = FLOWS.assign(payer=FLOWS["payer"].mask(FLOWS["item"] == "sick", ""))
    row = cells(economics.model_flows(from_states(flows=unknown)), "Sjukpenning")
    assert row == ["kan inte beräknas"] * 4 + ["–"]


def test_remarks_on_the_states_are_told() -> None:
    view = from_states(remarks=("Uppföljningen säger inte hur mycket den som arbetar arbetar.",))
    assert "hur mycket den som arbetar arbetar" in text_of(economics.model_changes(view))


def test_structural_money_is_told_of_without_any_incomes() -> None:
    view = without_anything(break_even=BREAK_EVEN, structural=STRUCTURAL)
    assert "114 personer fler än annars" in sentences(economics.headline(view))[1]
    assert "Gå jämnt ut" in text_of(economics.method(view))


@pytest.mark.parametrize("name", economics.__all__)
@pytest.mark.parametrize("view", EVERY_VIEW)
def test_every_exhibit_is_made_of_every_view_without_codes_or_missing_numbers(name: str, view: Any) -> None:
    page = soup(getattr(economics, name)(view))
    seen = plain(page.get_text(" ")) + " ".join(str(picture["alt"]) for picture in page.find_all("img"))
    for code in ("nan", "<NA>", "None", "samhallet", "inf ", "value_missing", "ovrig_stat"):
        assert code not in seen.split() if code.isalpha() else code not in seen
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_exhibits_leave_the_tables_as_they_were() -> None:
    view, before = from_states(), {name: frame.copy() for name, frame in FROM_STATES.items()}
    for name in economics.__all__:
        getattr(economics, name)(view)
        getattr(economics, name)(view_of())
    assert all(FROM_STATES[name].equals(frame) for name, frame in before.items())
    assert TABLES["payback"]["payback_months"].notna().sum() == 17  # 20 actor-years less three of no income


def test_text_from_files_is_escaped() -> None:
    hostile = FLOWS.assign(label="<script>alert(1)</script>")
    assert soup(economics.model_flows(from_states(flows=hostile))).find("script") is None
