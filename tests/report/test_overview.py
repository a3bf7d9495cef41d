from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from portfolj.exhibits.markup import Html
from portfolj.report.layout import FAILURE_FILE
from portfolj.report.overview import write_overview
from published_folders import GROUPS, Intervention, publish_small

ROOT = Path(__file__).parents[2]
# Two federations that can be summed. Arvika: 1 000 000 + 500 000 + 250 000 = 1 750 000 kr.
ARVIKA: list[Intervention] = [
    ("kommun", "unga", "strukturpaverkande", "stated", 1_000_000),
    ("ej_definierad", "unga", "individinriktad", "stated", 500_000),
    ("region", "ej_definierad", "strukturpaverkande", "derived", 250_000),
]
# Borås: 2 000 000 + 250 000 = 2 250 000 kr. Together 4 000 000 kr to 5 interventions.
BORAS: list[Intervention] = [
    ("af", "missbruk", "individinriktad", "stated", 2_000_000),
    ("kommun", "psykisk_ohalsa", "ej_definierad", "stated", 250_000),
]
ENDED = ",all,all,60,50,20,5,0,0.4600,False"  # 23 of 50
HIDDEN = ",all,all,,,,,,,True"


def page_of(out: Path) -> BeautifulSoup:
    path = write_overview(out)
    assert path is not None
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def plain(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def lines(page: BeautifulSoup, table: int) -> dict[str, list[str]]:
    """The cells of each line of a table, its sums among them, by heading; 0 money, 1 target groups, 2 follow-up."""
    return {
        plain(row.th): [plain(cell) for cell in row.find_all("td")]
        for row in page.find_all("table")[table].select("tbody tr, tfoot tr")
    }


def headings(page: BeautifulSoup, table: int) -> list[str]:
    return [plain(th) for th in page.find_all("table")[table].select("thead th")]


def findings(page: BeautifulSoup) -> list[str]:
    return [plain(li) for li in page.select("ul.finding li")]


def notes(page: BeautifulSoup) -> str:
    return " ".join(plain(note) for note in page.select(".note, .reconciles"))


def about(page: BeautifulSoup) -> str:
    return plain(page.select("section[aria-labelledby=om-oversikten]")[0])


@pytest.fixture(autouse=True)
def without_figure(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the tests about the figure draw it: drawing takes longer than all else."""
    if "figure" not in request.node.name and "bytes" not in request.node.name:
        monkeypatch.setattr("portfolj.report.overview.orientation_figure", lambda frame: Html())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Arvika and Borås, both about 2019."""
    publish_small(tmp_path, "arvika", name="Samordningsförbundet Arvika", interventions=ARVIKA, outcomes=[ENDED])
    publish_small(tmp_path, "boras", name="Samordningsförbundet Borås", interventions=BORAS)
    return tmp_path


def test_money_is_summed_to_the_krona_and_each_line_leads_to_its_report(out: Path) -> None:
    page = page_of(out)
    assert headings(page, 0) == [
        "Förbund", "Insatser", "Beviljat, mkr", "Till strukturer", "Härlett", "Utan huvudman", "Utan målgrupp",
        "Utan inriktning", "Att veta",
    ]  # fmt: skip
    assert lines(page, 0) == {
        # 1 250 of 1 750 to structures, 250 of them derived; 500 without owner, 250 without target group
        "Arvika": ["3", "1,75", "71 %", "14 %", "29 %", "14 %", "0 %", ""],
        "Borås": ["2", "2,25", "0 %", "0 %", "0 %", "0 %", "11 %", ""],
        # 1 250, 250, 500, 250 and 250 of 4 000
        "Summa 2019, 2 förbund": ["5", "4,00", "31 %", "6 %", "13 %", "6 %", "6 %", ""],
    }
    assert "Summa 2019, 2 förbund: raderna är tillsammans 4 000 000 kr." in notes(page)
    links = [str(a["href"]) for a in page.select("tbody th a")]
    assert links == ["arvika/2019/index.html", "boras/2019/index.html"] * 3
    assert all((out / link).is_file() for link in links)


def test_target_groups_stand_by_money_once_and_reconcile(out: Path) -> None:
    page = page_of(out)
    assert headings(page, 1)[:4] == ["Förbund", "Missbruk", "Unga", "Psykisk ohälsa"]
    assert headings(page, 1)[-3:] == ["Övriga grupper", "Ingen målgrupp", "Beviljat"]
    assert lines(page, 1)["Arvika"] == ["0,00", "1,50", "0,00", "0,00", "0,25", "1,75"]
    assert lines(page, 1)["Summa 2019, grund: eget fält, 2 förbund"] == ["2,00", "1,50", "0,25", "0,00", "0,25", "4,00"]
    assert "målgrupperna är tillsammans 4 000 000 kr, lika mycket som det beviljade" in notes(page)


def test_the_findings_are_of_the_table(out: Path) -> None:
    assert findings(page_of(out)) == [
        "2 förbund har en rapport om 2019. Tillsammans beviljade de 4,00 mkr till 5 insatser.",
        "31 % av pengarna 2019 gick till strukturpåverkande insatser, varav 0,25 mkr härlett. Andelen går från 0 % "
        "(Samordningsförbundet Borås) till 71 % (Samordningsförbundet Arvika).",
        "Den målgrupp som fick mest var missbruk: 2,00 mkr (50 %) i 2 förbund som räknas lika. 6 % av pengarna gick "
        "till insatser utan känd målgrupp.",
        "1 av 2 förbund har uppföljning av deltagare.",
    ]


def test_the_figure_says_its_figures(out: Path) -> None:
    (image,) = page_of(out).find_all("img")
    alt = str(image["alt"]).replace("\xa0", " ")
    assert "Samordningsförbundet Arvika: till strukturer 71 %, till individer 29 %" in alt
    assert "Samordningsförbundet Borås: till individer 89 %, går inte att bedöma 11 %" in alt


def test_the_file_has_a_line_per_federation_with_every_target_group(out: Path) -> None:
    page_of(out)
    table = pd.read_csv(out / "oversikt.csv").set_index("federation")
    assert list(table.index) == ["arvika", "boras"]
    assert list(table["granted_sek"]) == [1_750_000, 2_250_000]
    assert list(table["structural_sek"]) == [1_250_000, 0]
    groups = table[[f"target_group_{code}_sek" for code in GROUPS]]
    assert list(groups.sum(axis=1)) == list(table["granted_sek"])
    assert list(table["undefined_owner_interventions"]) == [1, 0]
    assert table.loc["arvika", ["exits", "share_work_or_study"]].tolist() == [50, 0.46]
    assert table.loc["boras", ["exits", "share_work_or_study"]].isna().all()


def test_other_years_are_told_and_never_summed(out: Path) -> None:
    publish_small(out, "z", name="Samordningsförbundet Zinkgruvan", period="2014-2018", interventions=BORAS)
    page = page_of(out)
    assert lines(page, 0)["Summa 2019, 2 förbund"][:2] == ["5", "4,00"]
    assert "Zinkgruvan 2014–2018" in lines(page, 0)
    assert plain(page.find_all("caption")[0]).endswith("2019 om inget annat står")
    assert "samma sätt: Samordningsförbundet Zinkgruvan." in notes(page)
    assert findings(page)[0].startswith("2 av 3 förbund har en rapport om 2019.")


def test_where_no_two_reports_are_alike_there_is_no_sum(tmp_path: Path) -> None:
    publish_small(tmp_path, "a", interventions=ARVIKA, period="2018", outcomes=[ENDED])
    publish_small(tmp_path, "b", interventions=BORAS, period="2019", outcomes=[ENDED])
    page = page_of(tmp_path)
    assert not page.find_all("tfoot")
    assert "Därför finns ingen summa." in notes(page)
    assert findings(page)[0] == (
        "2 förbund har en rapport. De gäller olika perioder, och därför summeras det beviljade inte."
    )


def test_groups_are_not_summed_over_answers_that_rest_on_different_words(out: Path) -> None:
    publish_small(out, "c", name="Cirkelby", interventions=BORAS, parameters={"basis": "named"})
    page = page_of(out)
    # The money of three is summed, 4 000 000 + 2 250 000, but no share that hangs on what answers rest on.
    assert lines(page, 0)["Summa 2019, 3 förbund"] == ["7", "6,25", "20 %", "4 %", "–", "–", "8 %", ""]
    assert lines(page, 0)["Cirkelby"][-1] == "Svaren vilar minst på bara namnet."
    assert "Summa 2019, grund: eget fält, 2 förbund" in lines(page, 1)
    assert "räknas ingen gemensam andel" in notes(page)


def test_a_ledger_without_the_field_for_target_group_counts_as_resting_on_descriptions(out: Path) -> None:
    described: list[Intervention] = [("af", "unga", "individinriktad", "described", 1_000_000)]
    publish_small(out, "c", name="Cirkelby", interventions=described)
    page_of(out)
    bases = pd.read_csv(out / "oversikt.csv").set_index("federation")["basis"]
    assert dict(bases) == {"arvika": "stated", "boras": "stated", "c": "described"}


def test_a_list_of_codes_of_its_own_is_told_and_not_summed(out: Path) -> None:
    own: list[Intervention] = [("kommun", "veteraner", "individinriktad", "stated", 9_000_000)]
    publish_small(out, "c", name="Cirkelby", interventions=own, groups=("unga", "veteraner", "ej_definierad"))
    page = page_of(out)
    assert headings(page, 1)[1] == "veteraner"
    # Codes that a federation doesn't have are no zeros.
    assert lines(page, 1)["Cirkelby"] == ["9,00", "–", "0,00", "–", "0,00", "0,00", "9,00", "Egen kodlista."]
    assert lines(page, 1)["Summa 2019, grund: eget fält, 2 förbund"][-2:] == ["4,00", ""]


def test_what_is_lacking_is_said_with_its_reason(out: Path) -> None:
    unknown: list[Intervention] = [("af", "unga", "individinriktad", "stated", None)] * 2
    publish_small(out, "c", name="Cirkelby", interventions=unknown)
    publish_small(out, "d", name="Djurö")
    page = page_of(out)
    assert lines(page, 0)["Cirkelby"] == [
        "2", "uppgift saknas", "–", "–", "–", "–", "–", "Belopp saknas för 2 av 2 insatser.",
    ]  # fmt: skip
    assert lines(page, 0)["Djurö"][-1] == "Inga insatser med medlemmarnas pengar."
    assert lines(page, 2)["Djurö"] == ["–", "–", "Ingen uppföljning i underlaget."]
    assert "Utan belopp: Cirkelby och Djurö." in notes(page)
    assert lines(page, 0)["Summa 2019, 4 förbund"][:2] == ["7", "4,00"]


def test_a_sum_with_a_hidden_part_is_at_least_what_is_shown(out: Path) -> None:
    publish_small(out, "c", name="Cirkelby", outcomes=[HIDDEN])
    publish_small(out, "d", name="Djurö", outcomes=[",all,all,30,30,,,,,True"])
    publish_small(out, "e", name="Edsbyn", outcomes=[",all,all,50,50,10,0,0,0.2000,False"])
    page = page_of(out)
    told = lines(page, 2)
    assert told["Cirkelby"] == [".. dolt", ".. dolt", "Dolt för att skydda små tal."]
    assert told["Djurö"] == ["30", ".. dolt", "Dolt för att skydda små tal."]
    # 50 + 30 + 50 exits are shown; of the 100 whose outcome is shown, 23 + 10 went to work or studies.
    assert told["Summa 2019, 5 förbund, 4 med uppföljning"] == ["minst 130", "33 %", "Andelen gäller 2 förbund."]
    assert findings(page)[-1] == (
        "4 av 5 förbund har uppföljning av deltagare. Av 100 avslut 2019 i 2 av dem gick 33 % till arbete eller "
        "studier."
    )
    file = pd.read_csv(out / "oversikt.csv").set_index("federation").sort_index()
    assert pd.isna(file.loc["c", "exits"])
    assert file["follow_up_suppressed"].tolist() == [False, False, True, True, False]


def test_what_was_not_told_is_no_hidden_number(out: Path) -> None:
    publish_small(out, "c", name="Cirkelby", outcomes=[",all,all,30,,,,,,False"])
    publish_small(out, "d", name="Djurö", outcomes=[",all,all,30,0,0,0,0,,False"])
    publish_small(out, "e", name="Edsbyn", outcomes=[",all,all,30,30,,,,,False"])
    told = lines(page_of(out), 2)
    assert told["Cirkelby"] == ["–", "–", "Avslut är inte redovisat."]
    assert told["Djurö"] == ["0", "–", "Inga avslut i perioden."]
    assert told["Edsbyn"] == ["30", "–", "Arbete eller studier är inte redovisat."]


def test_interventions_that_only_have_counts_are_no_whole(out: Path) -> None:
    publish_small(out, "c", name="Cirkelby", outcomes=["IBIS,all,all,60,50,20,5,0,0.4600,False"])
    assert lines(page_of(out), 2)["Cirkelby"] == ["–", "–", "Ingen uppföljning i underlaget."]


def test_an_old_report_is_marked_with_its_date_and_a_federation_without_one_is_named(out: Path) -> None:
    publish_small(out, "c", name="Cirkelby", interventions=BORAS, created=datetime(2026, 9, 1, tzinfo=UTC))
    for key in ("c", "never"):
        (out / key).mkdir(exist_ok=True)
        (out / key / FAILURE_FILE).write_text("")
    page = page_of(out)
    assert lines(page, 0)["Cirkelby"][-1] == "Senaste körningen misslyckades . Rapporten är från 1 september 2026."
    assert [a["href"] for a in page.select("td a")] == ["c/fel.html"]
    assert findings(page)[-1] == (
        "Cirkelby (från 1 september 2026) har en äldre rapport, för att senaste körningen misslyckades."
    )
    assert "never Har ingen rapport ännu." in about(page)


@pytest.mark.parametrize(
    ("table", "content", "reason"),
    [
        ("owner", None, "saknar tables/owner.csv"),
        ("owner", "owner,count,granted_sek\naf,1,1\n", "har ändrats sedan rapporten gjordes (tables/owner.csv)"),
    ],
)
def test_tables_that_are_not_the_published_ones_are_left_out_and_named(
    out: Path, table: str, content: str | None, reason: str
) -> None:
    path = publish_small(out, "c", name="Cirkelby", interventions=BORAS) / "tables" / f"{table}.csv"
    if content is None:
        path.unlink()
    else:
        path.write_text(content)
    page = page_of(out)
    assert list(lines(page, 0)) == ["Arvika", "Borås", "Summa 2019, 2 förbund"]
    assert f"Rapportens tabeller {reason}. Kör om den" in about(page)


def test_tables_that_contradict_each_other_are_left_out(out: Path) -> None:
    # Ten interventions for 1 krona in target_group.csv, none in the others.
    publish_small(out, "c", name="Cirkelby", groups=("unga,10,1", *GROUPS))
    assert "går inte ihop med varandra" in about(page_of(out))


def test_an_overview_of_fewer_than_two_is_taken_away(out: Path) -> None:
    page_of(out)
    (out / "boras" / "2019" / "manifest.json").unlink()
    assert write_overview(out) is None
    assert not (out / "oversikt.html").exists()
    assert not (out / "oversikt.csv").exists()


def test_names_and_notices_are_text_whatever_they_hold(out: Path) -> None:
    publish_small(out, "c", name="=HYPERLINK(1)<script>alert(1)</script>", interventions=BORAS, notice="<b>Obs</b>")
    page = page_of(out)
    assert page.find("script") is None
    assert "<b>Obs</b>" in about(page)
    assert "'=HYPERLINK(1)" in (out / "oversikt.csv").read_text(encoding="utf-8")


def test_the_same_reports_give_the_same_bytes(out: Path) -> None:
    def made() -> Mapping[str, bytes]:
        page_of(out)
        return {name: (out / name).read_bytes() for name in ("oversikt.html", "oversikt.csv")}

    assert made() == made()


def test_the_figure_has_the_twenty_that_granted_most(tmp_path: Path) -> None:
    for number in range(25):
        publish_small(tmp_path, f"f{number:03}", name=f"Förbund {number}", interventions=[*ARVIKA] * (number + 1))
    page = page_of(tmp_path)
    # 1 + 2 + ... + 25 = 325 times 3 interventions and 1.75 million
    assert lines(page, 0)["Summa 2019, 25 förbund"][:2] == ["975", "568,8"]
    (image,) = page.find_all("img")
    assert re.findall(r"Förbund (\d+):", str(image["alt"])) == [str(number) for number in range(24, 4, -1)]


def test_every_column_of_the_file_is_described(out: Path) -> None:
    page_of(out)
    section = (ROOT / "docs" / "reference" / "filer.md").read_text(encoding="utf-8").split("### oversikt.csv\n")[1]
    described = set(re.findall(r"`([\w…]+)`", section.split("\n## ")[0]))
    columns = pd.read_csv(out / "oversikt.csv").columns
    assert {re.sub(r"^target_group_\w+_sek$", "target_group_…_sek", name) for name in columns} <= described
