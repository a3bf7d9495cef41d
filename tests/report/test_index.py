from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from portfolj.report.checks import PageFaulty, page_faults
from portfolj.report.index import Entry, period_label, write_report_index, write_site_index
from portfolj.report.layout import FAILURE_FILE, HISTORY_FOLDER, OVERVIEW_FILE
from portfolj.report.manifest import write_manifest
from portfolj.report.page import PageContext, assemble_page
from portfolj.report.shelf import read_shelf
from published_folders import MADE, publish_small

PAGE = PageContext(title="Portföljen", federation_name="Förbundet")


def rows_of(path: Path) -> list[list[str]]:
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    return [[cell.get_text("|") for cell in row.find_all(["th", "td"])] for row in soup.select("tbody tr")]


def test_the_site_index_is_valid_when_there_is_no_report(tmp_path: Path) -> None:
    path = write_site_index(tmp_path / "reports")
    assert "inga rapporter ännu" in path.read_text(encoding="utf-8")


def test_federations_stand_in_swedish_order_each_with_its_newest_period_first(tmp_path: Path) -> None:
    for key, name, period in (
        ("o", "Örebro", "2019"), ("a", "Åmål", "2014-2019"), ("z", "Zinkgruvan", "2014-2016"),
        ("z", "Zinkgruvan", "2017-2019"), ("ae", "Ängelholm", ""),
    ):  # fmt: skip
        publish_small(tmp_path, key, name=name, period=period)
    made = "22 november 2026"
    assert [row[:2] for row in rows_of(write_site_index(tmp_path))] == [
        ["Zinkgruvan|z", f"2017–2019|, Zinkgruvan|, {made}|2014–2016|, Zinkgruvan|, {made}"],
        ["Åmål|a", f"2014–2019|, Åmål|, {made}"],
        ["Ängelholm|ae", f"alla år|, Ängelholm|, {made}"],
        ["Örebro|o", f"2019|, Örebro|, {made}"],
    ]


def test_headline_notice_and_name_come_from_the_manifest_and_are_escaped(tmp_path: Path) -> None:
    publish_small(tmp_path, "x", name="<b>X</b>", headline=["56 <insatser>"], notice="Konstruerade rader")
    ((name, _, headline),) = rows_of(write_site_index(tmp_path))
    assert (name, headline) == ("<b>X</b>|x", "56 <insatser>|Konstruerade rader")


def test_a_broken_manifest_is_named_and_the_rest_is_listed(tmp_path: Path) -> None:
    publish_small(tmp_path, "good", name="Bra")
    (publish_small(tmp_path, "bad", name="Dålig") / "manifest.json").write_text('{"federation": 1}')
    publish_small(tmp_path, "hidden", below=".2019.building")
    path = write_site_index(tmp_path)
    assert [row[0] for row in rows_of(path)] == ["Bra|good"]
    assert "Rapporten i bad/2019 går inte att läsa" in path.read_text(encoding="utf-8")


def test_a_failed_run_is_marked_with_the_date_of_the_report_that_still_stands(tmp_path: Path) -> None:
    publish_small(tmp_path, "old", name="Gammal", created=datetime(2026, 9, 1, tzinfo=UTC))
    publish_small(tmp_path, "well", name="Hel")
    for key in ("old", "never"):
        (tmp_path / key).mkdir(exist_ok=True)
        (tmp_path / key / FAILURE_FILE).write_text("")
    path = write_site_index(tmp_path)
    told = {row[0]: row[1] for row in rows_of(path)}
    assert told["Gammal|old"].endswith("Senaste körningen misslyckades|. Rapporten är från 1 september 2026.")
    assert told["never"] == "Ingen rapport ännu.|Senaste körningen misslyckades|. "
    assert "misslyckades" not in told["Hel|well"]
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert [a["href"] for a in soup.select(".failed a")] == ["old/fel.html", "never/fel.html"]
    assert [row["data-period"] for row in soup.select("tbody tr[data-fel]")] == ["2019", ""]


def test_earlier_reports_that_are_kept_are_listed_last_made_first(tmp_path: Path) -> None:
    publish_small(tmp_path, "x", name="X")
    for day in (3, 14):
        publish_small(tmp_path, "x", created=datetime(2026, 10, day, tzinfo=UTC), below=f"{HISTORY_FOLDER}/2019/{day}")
    soup = BeautifulSoup(write_site_index(tmp_path).read_text(encoding="utf-8"), "html.parser")
    assert [a["href"] for a in soup.select("details a")] == [
        "x/historik/2019/14/index.html",
        "x/historik/2019/3/index.html",
    ]
    assert [li.get_text() for li in soup.select("details li")] == [
        "2019, X, 14 oktober 2026",
        "2019, X, 3 oktober 2026",
    ]
    assert [a["href"] for a in soup.select("td > a")] == ["x/2019/index.html"]


def test_the_overview_is_linked_where_there_is_one(tmp_path: Path) -> None:
    publish_small(tmp_path, "x")
    assert OVERVIEW_FILE not in write_site_index(tmp_path).read_text(encoding="utf-8")
    (tmp_path / OVERVIEW_FILE).write_text("")
    soup = BeautifulSoup(write_site_index(tmp_path).read_text(encoding="utf-8"), "html.parser")
    assert [a.get_text() for a in soup.find_all("a", href=OVERVIEW_FILE)] == ["Översikt över förbunden"]


def test_the_last_report_of_the_federations_own_period_is_the_current_one(tmp_path: Path) -> None:
    publish_small(tmp_path, "x", period="2014-2016", created=datetime(2026, 10, 1, tzinfo=UTC))
    publish_small(tmp_path, "x", period="2017-2019", created=datetime(2026, 10, 2, tzinfo=UTC))
    publish_small(tmp_path, "x", period="2015", created=MADE, parameters={"period": "2015"})
    (x,) = read_shelf(tmp_path).federations
    assert x.current is not None
    assert x.current.href == "x/2017-2019"
    assert [report.period for report in x.reports] == ["2017-2019", "2015", "2014-2016"]


def test_only_the_site_index_may_run_a_script_and_only_its_own(tmp_path: Path) -> None:
    publish_small(tmp_path, "x", name="<script>alert(1)</script>")
    html = write_site_index(tmp_path).read_text(encoding="utf-8")
    (script,) = BeautifulSoup(html, "html.parser").find_all("script")
    digest = base64.b64encode(hashlib.sha256(script.get_text().encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'; style-src" in html
    assert page_faults(html, script=script.get_text()) == []
    assert page_faults(html) == ["elementet script får inte finnas på en sida", "innehållspolicyn släpper fram script"]
    changed = html.replace("const tools", "const tool")
    assert page_faults(changed, script=script.get_text()) == ["sidan ska ha ett script, det som hör till den"]
    assert page_faults(html.replace(digest, "AAAA"), script=script.get_text()) == [
        "innehållspolicyn ska släppa fram ett script"
    ]
    plain = assemble_page("<p>a</p>", page=PAGE)
    assert "script" not in plain
    assert "sidan ska ha ett script, det som hör till den" in page_faults(plain, script="x")


def test_three_hundred_federations_fit_in_three_hundred_kilobytes(tmp_path: Path) -> None:
    headline = ["Förbundet beviljade 70,2 miljoner kronor (mkr) till 56 insatser 2014–2019."]
    name = "Samordningsförbundet Mellanbygden nummer"
    first = publish_small(tmp_path, "samordning-000", name=f"{name} 000", headline=headline) / "manifest.json"
    text = first.read_text(encoding="utf-8")
    for number in (f"{number:03}" for number in range(300)):
        for folder in ("2019", f"{HISTORY_FOLDER}/2019/2026-11-21T02-00-00"):
            path = tmp_path / f"samordning-{number}" / folder / "manifest.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace(f"{name} 000", f"{name} {number}"), encoding="utf-8")
    assert write_site_index(tmp_path).stat().st_size < 300_000


def test_the_report_index_leads_to_pages_and_files_and_tells_the_findings(tmp_path: Path) -> None:
    (tmp_path / "portfolio.html").write_text("<a href='https://example.org'>a</a>")
    (tmp_path / "tables.xlsx").write_bytes(b"x" * 12_345)
    path = write_report_index(
        tmp_path,
        page=PAGE,
        pages=[Entry("portfolio.html", "Portföljen", "För styrelsen.")],
        files=[
            Entry("tables.xlsx", "Tabellerna", "För kalkylprogram."),
            Entry("manifest.json", "Uppgifter om körningen"),
        ],
        findings={"portfolio.html": ["Hälften gick till <unga>."]},
    )
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert [li.get_text() for li in soup.select("ul.finding li")] == ["Hälften gick till <unga>."]
    assert [a["href"] for a in soup.select(".files a")] == ["portfolio.html", "tables.xlsx", "manifest.json"]
    assert [span.get_text() for span in soup.select(".size")] == ["12 kB"]


def test_sections_of_a_report_stand_between_the_findings_and_the_pages(tmp_path: Path) -> None:
    (tmp_path / "portfolio.html").write_text("")
    section = Markup("<section><h2>Vad som ändrats</h2></section>")
    path = write_report_index(
        tmp_path,
        page=PAGE,
        pages=[Entry("portfolio.html", "Portföljen")],
        findings={"portfolio.html": ["Ett."]},
        sections=[section],
    )
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert [h2.get_text() for h2 in soup.select("main h2")] == ["I korthet", "Vad som ändrats", "Läs"]


def test_findings_stand_under_the_page_that_says_more(tmp_path: Path) -> None:
    pages = [Entry("För alla.html", "För alla", "Det hela."),
             *(Entry(f"{name}.html", name) for name in ("Portföljen", "Tyst", "Målen"))]  # fmt: skip
    for page in pages:
        (tmp_path / page.href).write_text("")
    found = {"Målen.html": ["Ett mål går att mäta.", "Tre gör det inte."], "Tyst.html": [], "Portföljen.html": ["56."]}
    path = write_report_index(tmp_path, page=PAGE, pages=pages, findings=found)
    section = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one("section")
    assert section is not None
    first = section.select_one("p")
    assert first is not None
    assert first.get_text() == "För alla: det hela."
    assert [(a["href"], a.get_text()) for a in section.select("h3 a")] == [
        ("Portföljen.html", "Portföljen"), ("Målen.html", "Målen"),
    ]  # fmt: skip
    assert [[li.get_text() for li in ul.select("li")] for ul in section.select("ul")] == [
        ["56."], ["Ett mål går att mäta.", "Tre gör det inte."],
    ]  # fmt: skip


def test_a_finding_of_a_page_that_is_not_there_is_not_lost(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"gone\.html"):
        write_report_index(tmp_path, page=PAGE, pages=[Entry("a.html", "A")], findings={"gone.html": ["Ett."]})


def test_a_dead_link_on_any_page_stops_the_report(tmp_path: Path) -> None:
    (tmp_path / "portfolio.html").write_text("<a href='gone.html#x'>a</a>")
    with pytest.raises(PageFaulty, match=r"portfolio.html har en länk till gone\.html"):
        write_report_index(tmp_path, page=PAGE, pages=[Entry("portfolio.html", "Portföljen")])


def test_the_manifest_is_the_same_but_for_its_time_and_knows_every_file(tmp_path: Path) -> None:
    contents = []
    for number, moment in enumerate((datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))):
        folder = tmp_path / str(number)
        (folder / "tables").mkdir(parents=True)
        (folder / "tables" / "owner.csv").write_bytes(b"owner,count\n")
        path = write_manifest(
            folder, federation="rar", federation_name="RAR", period="2014-2019", parameters={"b": 1, "a": "x"},
            inputs={"ledger.xlsx": "ab"}, rows={"used": 56, "in": 60}, vintages={"codebook": "2026-11-01"},
            created=moment,
        )  # fmt: skip
        contents.append(json.loads(path.read_text(encoding="utf-8")))
    first, second = contents
    assert first.pop("created") != second.pop("created")
    assert first == second
    assert first["outputs"] == {"tables/owner.csv": hashlib.sha256(b"owner,count\n").hexdigest()}
    assert list(first["parameters"]) == ["a", "b"]
    assert {"python", "portfolj", "pandas"} <= set(first["versions"])


def test_a_period_reads_as_people_write_it() -> None:
    assert [period_label(p) for p in ("2014-2019", "2019", "")] == ["2014–2019", "2019", "alla år"]


def test_the_sample_report_is_whole(sample_report: Path) -> None:
    manifest = json.loads((sample_report / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["outputs"]) == ["index.html", "notebooks/sample.ipynb", "sample.html"]
    assert 'id="tabell-agare"' in (sample_report / "sample.html").read_text(encoding="utf-8")
    assert 'period = \\"2014-2019\\"' in (sample_report / "notebooks" / "sample.ipynb").read_text(encoding="utf-8")
