"""A report beside one that stood before it: what changed, through a whole run."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from bs4 import BeautifulSoup

from portfolj import fleet
from portfolj.disclosure import ALL, Count, Remembered, remembered, where
from portfolj.fleet import Outcome
from portfolj.places import Places


def test_a_run_tells_what_differs_from_the_report_that_stood_there(
    outcomes: dict[str, Outcome], places: Places, tmp_path: Path
) -> None:
    made = outcomes["rar-sormland"].folder
    assert made is not None
    first = BeautifulSoup((made / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert "Ingen tidigare rapport om perioden säger något annat" in first.get_text()
    standing = tmp_path / "reports" / "rar-sormland" / "2014-2019"
    shutil.copytree(made, standing)
    # The report that stands is from when Fokus had 60 000 kr instead of 70 000, and the municipalities 10 000 kr less.
    for name, now, then in (
        ("entries", "2014/002,2014,Finsam,counted,70000,1", "2014/002,2014,Finsam,counted,60000,1"),
        ("owner", "kommun,5,4300000,", "kommun,5,4290000,"),
    ):
        file = standing / "tables" / f"{name}.csv"
        text = file.read_text(encoding="utf-8")
        assert text.count(now) == 1
        file.write_text(text.replace(now, then), encoding="utf-8")
    again = Places(data=places.data, out=tmp_path / "reports", notebooks=places.notebooks)
    (outcome,) = fleet.run(["rar-sormland"], places=again, parameters={})
    assert outcome.folder is not None, outcome.message
    rows = list(csv.DictReader((outcome.folder / "tables" / "changes.csv").open(encoding="utf-8")))
    assert [(row["table"], row["column"], row["before"], row["after"], row["difference"]) for row in rows] == [
        ("entries", "granted_sek", "60000", "70000", "10000"), ("owner", "granted_sek", "4290000", "4300000", "10000"),
    ]  # fmt: skip
    page = BeautifulSoup((outcome.folder / "index.html").read_text(encoding="utf-8"), "html.parser")
    section = page.find("section", attrs={"aria-labelledby": "vad-som-har-andrats"})
    assert section is not None
    assert [item.get_text().replace("\u00a0", " ") for item in section.find_all("li")] == [
        "En rad i liggaren har fått ett annat belopp, 10 000 kr mer: Fokus.",
        "Till insatser med huvudmannen kommun går 10 000 kr mer, nu 4 300 000 kr.",
    ]


def test_a_survey_that_one_more_has_answered_since_an_earlier_report_is_not_told_on_the_page_either(
    places: Places, tmp_path: Path
) -> None:
    raw = tmp_path / "data" / "raw" / "prov"
    raw.mkdir(parents=True)
    (raw / "federation.toml").write_text(
        'name = "Prov"\n[ledger]\nfiles = ["liggare.csv"]\nunit = "kr"\n'
        '[stakeholders]\nquestions = ["fragor.csv"]\nsurvey = ["svar.csv"]\n',
        encoding="utf-8",
    )
    (raw / "liggare.csv").write_text("Insats;År;Beviljat\nSteget;2024;1000\n", encoding="utf-8")
    (raw / "fragor.csv").write_text(
        "Fråga nr;Fråga;Slag;Svarsalternativ\n1;Nöjd?;ett svar;Ja | Nej\n", encoding="utf-8"
    )
    (raw / "svar.csv").write_text(
        "Svarsid;1\n" + "".join(f"{n};Ja\n" for n in range(20)) + "21;Nej\n", encoding="utf-8"
    )
    memory = tmp_path / "reports" / "prov" / "shown_counts.json"
    memory.parent.mkdir(parents=True)
    yes = Count(where({"question 1": "Ja"}), 20)
    before = remembered.with_report(Remembered(), [], [], asked={"survey ": [yes, Count(ALL, 20)]})
    memory.write_text(remembered.text_of(before), encoding="utf-8")
    own = Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=places.notebooks)
    (outcome,) = fleet.run(["prov"], places=own, parameters={})
    assert outcome.folder is not None, outcome.message
    page = BeautifulSoup((outcome.folder / "stakeholders.html").read_text(encoding="utf-8"), "html.parser").get_text()
    assert "Bara några få har svarat på enkäten" in " ".join(page.split())
    assert "Nöjd?" not in page
    rows = list(csv.DictReader((outcome.folder / "tables" / "survey.csv").open(encoding="utf-8")))
    assert [(row["question"], row["count"], row["suppressed"]) for row in rows] == [("", "", "True")]
    assert remembered.read(memory.read_text(encoding="utf-8")) == before
