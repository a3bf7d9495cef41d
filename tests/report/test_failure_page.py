from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from portfolj.report.checks import page_faults
from portfolj.report.execute import Failure
from portfolj.report.failure_page import MOST_SHOWN, REFUSED, remove_failure_page, write_failure_page
from portfolj.report.layout import FAILURE_FILE
from portfolj.report.manifest import write_manifest

TRIED = datetime(2026, 11, 27, 2, 3, tzinfo=UTC)
FAULTS = "Liggaren kan inte läsas rätt: 2 fel.\n  a.csv, cell D2: ett <b>fel</b>.\n  a.csv, cell D9: ett till."


def failed(out: Path, failure: str = REFUSED, message: str = FAULTS, tried: datetime = TRIED) -> BeautifulSoup:
    path = write_failure_page(out, "rar", name="Förbundet & Co", failure=failure, message=message, tried=tried)
    assert path == out / "rar" / FAILURE_FILE
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def text_of(page: BeautifulSoup) -> str:
    return " ".join(page.get_text().split())


def standing(out: Path, period: str, created: datetime) -> None:
    folder = out / "rar" / period
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("rapporten")
    write_manifest(
        folder, federation="rar", federation_name="Förbundet & Co", period=period, parameters={}, inputs={}, rows={},
        vintages={}, created=created,
    )  # fmt: skip


def test_a_refused_ledger_has_its_faults_on_the_page_as_text(tmp_path: Path) -> None:
    page = failed(tmp_path)
    assert [li.get_text() for li in page.find(id="hande").find_next("ul").find_all("li")] == [
        "a.csv, cell D2: ett <b>fel</b>.",
        "a.csv, cell D9: ett till.",
    ]
    assert page.find("b") is None
    assert "portfolj check rar" in text_of(page)


def test_the_page_says_when_it_was_tried_and_how_old_the_report_is_that_stands(tmp_path: Path) -> None:
    standing(tmp_path, "2014-2019", datetime(2026, 11, 3, 2, tzinfo=UTC))
    standing(tmp_path, "2020", datetime(2026, 10, 1, 2, tzinfo=UTC))
    page = failed(tmp_path)
    assert page.select_one("p.finding").get_text() == (
        "Körningen den 27 november 2026 klockan 02.03 gav ingen ny rapport. "
        "Den som ligger kvar är från den 3 november 2026."
    )
    links = page.find(id="kvar").find_next("ul").find_all("li")
    assert [(li.a["href"], li.span.get_text()) for li in links] == [
        ("2020/index.html", "Framställd 1 oktober 2026."),
        ("2014-2019/index.html", "Framställd 3 november 2026."),
    ]
    assert all((tmp_path / "rar" / li.a["href"]).is_file() for li in links)


def test_a_federation_without_a_report_is_told_so(tmp_path: Path) -> None:
    page = failed(tmp_path)
    assert "Förbundet har ingen tidigare rapport." in text_of(page)
    assert page.find(id="kvar") is None


def test_runs_that_fail_in_a_row_keep_since_when_until_one_succeeds(tmp_path: Path) -> None:
    later = TRIED + timedelta(days=2)
    assert "Ingen körning har lyckats" not in text_of(failed(tmp_path))
    for tried in (TRIED + timedelta(days=1), later):
        text = text_of(failed(tmp_path, tried=tried))
        assert "Ingen körning har lyckats från och med den 27 november 2026 klockan 02.03 till nu." in text
    assert "Körningen den 29 november 2026 klockan 02.03 gav ingen ny rapport." in text
    remove_failure_page(tmp_path, "rar")
    assert list((tmp_path / "rar").iterdir()) == []
    assert "Ingen körning har lyckats" not in text_of(failed(tmp_path, tried=later))


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (Failure.KERNEL_DIED.value, "Processen som räknade dog"),
        (Failure.TIMED_OUT.value, "tog längre tid än den fick"),
        (Failure.STOPPED.value, "Körningen avbröts"),
        (Failure.CELL_RAISED.value, "Programmet stannade på ett fel i sig självt"),
        ("", "Programmet stannade på ett fel i sig självt"),
    ],
)
def test_what_is_not_the_users_fault_is_told_by_its_kind_and_never_by_its_trace(
    tmp_path: Path, failure: str, words: str
) -> None:
    page = failed(tmp_path, failure, "Traceback (most recent call last):\n  hemligt = 1")
    assert words in text_of(page)
    assert "Traceback" not in str(page)
    assert "hemligt" not in str(page)
    assert failure == Failure.STOPPED.value or "körningens logg" in text_of(page)


@pytest.mark.parametrize("failure", [REFUSED, *Failure, ""])
def test_every_such_page_passes_the_checks_of_a_page(tmp_path: Path, failure: str) -> None:
    standing(tmp_path, "2020", TRIED)
    failed(tmp_path, failure)
    assert page_faults(str(failed(tmp_path, failure, tried=TRIED + timedelta(days=1)))) == []


def test_a_ledger_with_a_fault_in_every_cell_still_gets_a_page(tmp_path: Path) -> None:
    lines = [f"  a.csv, cell D{n}: {'fel ' * 100}" for n in range(20_000)]
    page = failed(tmp_path, message="\n".join(["20000 fel.", *lines]))
    shown = page.find(id="hande").find_next("ul").find_all("li")
    assert len(shown) == MOST_SHOWN + 1
    assert shown[-1].get_text() == f"… och {20_000 - MOST_SHOWN} till. Alla står i körningens logg."
