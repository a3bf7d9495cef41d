"""What several rooms' tests share: the sample notebook and one report made of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from portfolj.fleet import Outcome
from portfolj.places import Places
from portfolj.portfolio.view import Portfolio, open_portfolio

# A test never fails because the machine is busy.
settings.register_profile("house", deadline=None, max_examples=50)
settings.load_profile("house")

ROOT = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "report" / "data" / "sample.ipynb"
HOSTILE_LEDGER = Path(__file__).parent / "whole" / "data" / "hostile.csv"
HOSTILE_SETTINGS = """
name = "Förbundet <script>alert(1)</script> & Co"
[notice]
title = "<b>Obs</b>"
text = "Text med $x^2$ och </style><script>alert(2)</script>."
[ledger]
files = ["hostile.csv"]
unit = "kr"
[classification]
basis = "named"
"""


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A copy of the demo federations, with one whose ledger is hostile, and an empty folder for reports."""
    base = tmp_path_factory.mktemp("work")
    raw = base / "data" / "raw"
    shutil.copytree(ROOT / "data" / "raw", raw, ignore=shutil.ignore_patterns(".gitkeep"))
    (raw / "elak").mkdir()
    shutil.copy(HOSTILE_LEDGER, raw / "elak" / "hostile.csv")
    (raw / "elak" / "federation.toml").write_text(HOSTILE_SETTINGS, encoding="utf-8")
    return Places(data=base / "data", out=base / "reports", notebooks=ROOT / "notebooks")


@pytest.fixture(scope="session")
def rar(places: Places) -> Portfolio:
    """The demo federation with amounts, as its report counts it."""
    return open_portfolio("rar-sormland", places=places)


@pytest.fixture(scope="session")
def urval(places: Places) -> Portfolio:
    """The demo with hardly any amounts."""
    return open_portfolio("finsam-urval", places=places)


@pytest.fixture(scope="session")
def outcomes(places: Places) -> dict[str, Outcome]:
    """How a run over all federations of ``places`` went; the reports stand in ``places.out``."""
    from portfolj import fleet

    names = ["elak", "finsam-urval", "rar-sormland"]
    return {outcome.federation: outcome for outcome in fleet.run(names, places=places, parameters={})}


@pytest.fixture(scope="session")
def sample_notebook() -> Path:
    """A small notebook with tables, figures, long words and hostile text."""
    return SAMPLE


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder with one page made of the sample notebook, its index and its manifest."""
    from portfolj.report.execute import execute
    from portfolj.report.index import write_report_index, write_site_index
    from portfolj.report.manifest import write_manifest
    from portfolj.report.page import Entry, PageContext
    from portfolj.report.parameters import checked_parameters
    from portfolj.report.publish import publish
    from portfolj.report.render import render_page

    out = tmp_path_factory.mktemp("reports")
    shared = {
        "federation_name": "Samordningsförbundet RAR i Sörmland",
        "period_label": "2014–2019",
        "notice_title": "Konstruerade rader",
        "notice_text": 'Raderna är gjorda för att provköra; "summor" & </style> är påhittade, 100 %.',
        "contact": "kansliet@example.org",
        "produced_on": "22 november 2026",
        "provenance": [
            ("Liggare", "ledger.xlsx, SHA-256 0f3a…91"),
            ("Kodbok", "2026-11-01"),
            ("Version", "portfolj 0"),
        ],
    }
    parameters = checked_parameters(SAMPLE, {"period": "2014-2019"})

    def build(folder: Path) -> None:
        ran = execute(SAMPLE, parameters=parameters, out=folder / "notebooks" / "sample.ipynb", environment={})
        page = PageContext(title="Vad förbundet beviljade", links=[("Rapportens förstasida", "index.html")], **shared)
        (folder / "sample.html").write_text(render_page(ran, page=page), encoding="utf-8")
        write_report_index(
            folder,
            page=PageContext(title="Portföljen 2014–2019", **shared),
            pages=[Entry("sample.html", "Vad förbundet beviljade", "För styrelsen: till vem och hur mycket.")],
            files=[Entry("notebooks/sample.ipynb", "Notebooken som den kördes", "För den som vill se koden.")],
            findings={
                "sample.html": [
                    "56 insatser fick 70,2 miljoner kronor.",
                    "Hälften gick till <unga> & långtidssjukskrivna.",
                ]
            },
        )
        write_manifest(
            folder, federation="rar", federation_name=shared["federation_name"], period="2014-2019",
            parameters=parameters, inputs={"ledger.xlsx": "0" * 64}, rows={"in": 60, "used": 56, "set_aside": 4},
            vintages={"codebook": "2026-11-01"}, headline=["56 insatser, 70,2 mkr"], notice=shared["notice_title"],
        )  # fmt: skip

    publish(build, out / "rar" / "2014-2019")
    write_site_index(out)
    return out / "rar" / "2014-2019"
