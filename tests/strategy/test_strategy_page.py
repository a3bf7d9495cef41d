"""The strategy as people see it: words, tables, picture, files and sheets."""

from __future__ import annotations

import re

import pytest
from strategy_case import HEALTH, ROWS, YOUTH, opened

from portfolj.exhibits import strategy as exhibits
from portfolj.exhibits.strategy.files import strategy_tables
from portfolj.exhibits.strategy.headline import strategy_sentences
from portfolj.exhibits.strategy.sheets import strategy_sheets

SHARED = YOUTH + "share_pct = 80\n" + HEALTH + 'years = "2021"\n'
EVERY = (exhibits.priorities, exhibits.intended_and_actual, exhibits.outside, exhibits.not_known)


def text_of(html) -> str:
    plain = re.sub(r"<[^>]+>", " ", re.sub(r'src="data:[^"]*"', "", str(html)))
    return " ".join(plain.replace("\u00a0", " ").split())


def test_nothing_stated_is_one_sentence_that_says_how(tmp_path):
    view = opened(tmp_path, "")
    assert text_of(exhibits.priorities(view)) == (
        "Styrelsens prioriteringar är inte angivna. Skriv dem under [[strategy.priorities]] i federation.toml, så "
        "visar sidan om pengarna följde dem."
    )
    assert all('class="absent"' in str(exhibit(view)) for exhibit in EVERY[1:])
    assert strategy_sentences(view) == []
    assert list(strategy_sheets(view)) == []
    assert {name: len(frame) for name, frame in strategy_tables(view).items()} == {"strategy": 0, "strategy_outside": 0}


def test_the_page_says_what_went_where(tmp_path):
    view = opened(tmp_path, SHARED)
    told = text_of(exhibits.intended_and_actual(view))
    assert (
        "160 tkr av 225 tkr (71 %) gick till styrelsens prioriteringar och 40 tkr till annat. För 25 tkr vet vi inte, "
        "eftersom målgruppen saknas."
    ) in told
    assert "”Unga” fick 160 tkr av avsedda 180 tkr. Ytterligare 25 tkr kan höra dit" in told
    assert (
        "Avstämning: 4 insatser. Tabellens rader är tillsammans 285 002 kr, minus 60 001 kr som räknats mer än en "
        "gång, är 225 001 kr, lika mycket som i liggaren."
    ) in told
    assert strategy_sentences(view) == [
        "160\u00a0tkr av 225\u00a0tkr (71\u00a0%) gick till styrelsens prioriteringar och 40\u00a0tkr till annat. "
        "För 25\u00a0tkr vet vi inte, eftersom målgruppen saknas."
    ]


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (71, "”Unga” fick 160 tkr av avsedda 160 tkr."),
        (83, "”Unga” fick 160 tkr av avsedda 187 tkr, och kan inte ha fått så mycket som avsett."),
    ],
)
def test_a_priority_is_told_by_what_is_certain(tmp_path, share, told):
    assert told in text_of(exhibits.intended_and_actual(opened(tmp_path, YOUTH + f"share_pct = {share}\n")))


def test_a_priority_without_money_is_told(tmp_path):
    other = '[[strategy.priorities]]\nname = "Nya"\ntarget_groups = ["nyanlanda_utrikesfodda"]\n'
    told = text_of(exhibits.intended_and_actual(opened(tmp_path, YOUTH + other)))
    assert "Ingen insats hör säkert till ”Nya”; 1 kan höra dit." in told
    none = ROWS.replace("Fokus;;;;2021;25000\n", "")
    assert "Ingen insats hör säkert till ”Nya”." in text_of(
        exhibits.intended_and_actual(opened(tmp_path / "b", YOUTH + other, rows=none))
    )
    later = other + 'years = "2030"\n'
    assert "”Nya” gällde inte under perioden." in text_of(
        exhibits.intended_and_actual(opened(tmp_path / "c", YOUTH + later))
    )


def test_the_picture_tells_the_same_in_words(tmp_path):
    html = str(exhibits.intended_and_actual(opened(tmp_path, SHARED)))
    alt = re.search(r'<img alt="([^"]*)"', html)[1].replace("\u00a0", " ")
    # 100 001 and 25 000 of 165 001 are 60.6 and 15.2 percent.
    assert "Unga: 2020 100 procent, avsett 80 procent; 2021 61 procent, kanske 15 till, avsett 80 procent." in alt
    assert "Psykisk ohälsa: 2021 36 procent, kanske 15 till." in alt


def test_what_is_outside_is_listed_by_kronor(tmp_path):
    rows = ROWS + "Chefsdag;Flens kommun;Personal;Seminarium för personalen.;2020;90000\n"
    told = text_of(exhibits.outside(opened(tmp_path, SHARED, rows=rows)))
    assert told.index("Chefsdag") < told.index("Chefsnätverk")
    assert told.endswith("Kronorna är de som beviljades de åren.")
    assert "Summa 130 000 kr" in told


def test_what_is_not_known_is_counted_by_what_is_missing(tmp_path):
    told = text_of(exhibits.not_known(opened(tmp_path, SHARED)))
    assert "Målgruppen 1 25 000 kr" in told
    none = text_of(exhibits.not_known(opened(tmp_path / "b", SHARED, rows=ROWS.replace("Fokus;;;;2021;25000\n", ""))))
    assert none == "För varje insats går det att säga om den hör till en prioritering."


def test_the_stated_table_says_what_belongs(tmp_path):
    stated = (
        '[strategy]\nsource = "Verksamhetsplan 2020–2021"\n'
        '[[strategy.priorities]]\nname = "Stöd"\nowners = ["kommun", "region"]\nthemes = ["stöd*"]\nshare_pct = 12.5\n'
    )
    told = text_of(exhibits.priorities(opened(tmp_path, stated)))
    assert "Stöd alla år huvudman: Kommun eller Region; tema: ”stöd*” 12,5 %" in told
    assert "Källa: Verksamhetsplan 2020–2021." in told
    assert "Ord söks i insatsens namn, målgrupp, beskrivning och mål." in told


def test_without_amounts_interventions_are_counted(tmp_path):
    rows = re.sub(r";\d+$", ";", ROWS, flags=re.MULTILINE)
    view = opened(tmp_path, SHARED, rows=rows)
    assert strategy_sentences(view) == [
        "2 av 4\u00a0insatser hör till någon av styrelsens prioriteringar. För 1 vet vi inte, eftersom målgruppen "
        "saknas. Insatsernas belopp är inte kända. Därför går det bara att räkna insatser."
    ]
    assert "<img" not in str(exhibits.intended_and_actual(view))


def test_a_period_without_interventions_says_so(tmp_path):
    view = opened(tmp_path, SHARED, period="2015")
    told = text_of(exhibits.intended_and_actual(view))
    assert told == "Liggaren innehåller inga insatser med medlemmarnas pengar 2015."
    assert strategy_sentences(view) == []


def test_ids_are_unique_and_what_people_write_is_escaped(tmp_path):
    view = opened(tmp_path, SHARED.replace('"Unga"', '"<b>Unga</b>"'))
    html = "".join(str(exhibit(view)) for exhibit in EVERY)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "<b>Unga" not in html


def test_files_and_sheets_have_what_the_page_has(tmp_path):
    view = opened(tmp_path, SHARED)
    tables = strategy_tables(view)
    assert tables["strategy"]["granted_sek"].sum() == 225_001
    assert list(tables["strategy_outside"]["name"]) == ["Chefsnätverk", "Fokus"]
    lines, rest = strategy_sheets(view)
    assert lines.frame["Fick, kr"].sum() == 225_001
    assert list(rest.frame["Saknas"].fillna("")) == ["", "Målgruppen"]
