from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from portfolj.report.checks import PageFaulty
from portfolj.report.manifest import write_manifest
from portfolj.report.page import PageContext
from portfolj.report.site import Entry, period_label, write_report_index, write_site_index

PAGE = PageContext(title="Portföljen", federation_name="Förbundet")


def report(out: Path, key: str, name: str, period: str, **more: object) -> Path:
    folder = out / key / (period or "alla-ar")
    folder.mkdir(parents=True)
    write_manifest(
        folder, federation=key, federation_name=name, period=period, parameters={"basis": "stated"}, inputs={},
        rows={}, vintages={}, created=datetime(2026, 11, 22, tzinfo=UTC), **more,
    )  # fmt: skip
    return folder


def rows_of(path: Path) -> list[list[str]]:
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.select("tbody tr")]


def test_the_site_index_is_valid_when_there_is_no_report(tmp_path: Path) -> None:
    path = write_site_index(tmp_path / "reports")
    assert "inga rapporter ännu" in path.read_text(encoding="utf-8")


def test_reports_stand_in_swedish_order_newest_period_first(tmp_path: Path) -> None:
    for key, name, period in (
        ("o", "Örebro", "2019"), ("a", "Åmål", "2014-2019"), ("z", "Zinkgruvan", "2014-2016"),
        ("z", "Zinkgruvan", "2017-2019"), ("ae", "Ängelholm", ""),
    ):  # fmt: skip
        report(tmp_path, key, name, period)
    listed = [row[:2] for row in rows_of(write_site_index(tmp_path))]
    assert listed == [
        ["Zinkgruvan", "2017–2019, Zinkgruvan"],
        ["Zinkgruvan", "2014–2016, Zinkgruvan"],
        ["Åmål", "2014–2019, Åmål"],
        ["Ängelholm", "alla år, Ängelholm"],
        ["Örebro", "2019, Örebro"],
    ]


def test_headline_notice_and_date_come_from_the_manifest_and_are_escaped(tmp_path: Path) -> None:
    report(tmp_path, "x", "<b>X</b>", "2019", headline=["56 <insatser>"], notice="Konstruerade rader")
    ((name, _, date, headline),) = rows_of(write_site_index(tmp_path))
    assert (name, date, headline) == ("<b>X</b>", "22 november 2026", "56 <insatser>Konstruerade rader")


def test_a_broken_manifest_is_named_and_the_rest_is_listed(tmp_path: Path) -> None:
    report(tmp_path, "good", "Bra", "2019")
    (report(tmp_path, "bad", "Dålig", "2019") / "manifest.json").write_text('{"federation": 1}')
    (report(tmp_path, "hidden", "Halv", ".2019.building")).rename(tmp_path / "hidden" / ".2019.building2")
    path = write_site_index(tmp_path)
    assert [row[0] for row in rows_of(path)] == ["Bra"]
    assert "Rapporten i bad/2019 går inte att läsa" in path.read_text(encoding="utf-8")


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
        findings=["Hälften gick till <unga>."],
    )
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert [li.get_text() for li in soup.select("ul.finding li")] == ["Hälften gick till <unga>."]
    assert [a["href"] for a in soup.select(".files a")] == ["portfolio.html", "tables.xlsx", "manifest.json"]
    assert [span.get_text() for span in soup.select(".size")] == ["12 kB"]


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
