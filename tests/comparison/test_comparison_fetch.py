"""Kolada's answers fetched from a real server, kept, used without one, and told of on the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from comparison_case import COMPARISON, NAME, federation_in, loaded, opened
from kolada_server import WORLD, Kolada, kolada_server
from typer.testing import CliRunner

from portfolj.cli import app
from portfolj.comparison.kolada.cache import FAILED_FILE, kept_fingerprint, kept_path, read_kept
from portfolj.comparison.kolada.client import ADDRESS_VARIABLE, Client, KoladaError
from portfolj.comparison.kolada.fetch import fetch, is_due
from portfolj.errors import InputRefused
from portfolj.exhibits import comparison as shown
from portfolj.exhibits.comparison.files import comparison_tables
from portfolj.exhibits.comparison.headline import comparison_sentences
from portfolj.exhibits.comparison.sheets import comparison_sheets
from portfolj.fleet.refreshing import refresh
from portfolj.places import Places
from portfolj.report.fingerprint import fingerprint

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
REFRESHED = COMPARISON + "refresh_days = 30\n"


@pytest.fixture
def kolada(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kolada]:
    with kolada_server() as server:
        monkeypatch.setenv(ADDRESS_VARIABLE, server.address)
        yield server


def fetched(places: Places, kolada: Kolada) -> None:
    fetch(loaded(places), Client(kolada.address, sleep=lambda seconds: None), now=NOW)


def text_of(places: Places) -> str:
    view = opened(places)
    parts = (shown.fetched, shown.similar)
    return " ".join(part(view).markup.striptags() for part in parts)


def test_what_is_fetched_is_the_servers_figures(tmp_path: Path, kolada: Kolada) -> None:
    kolada.page_size = 50
    places = federation_in(tmp_path)
    fetched(places, kolada)
    compared = opened(places).compared
    assert compared is not None
    for row in compared.values.itertuples():
        if row.missing == "":
            assert row.value == WORLD.value_of(row.indicator, row.municipality, row.year)
    assert set(compared.values["year"]) == set(range(2018, 2025))  # eight years back from 2025, which has nothing yet
    assert set(compared.values["role"]) == {"own", "similar", "nation"}
    # Each answer as it was received, so that a figure can be followed.
    kept = json.loads((places.processed(NAME) / "kolada.json").read_text(encoding="utf-8"))
    assert [each["question"] for each in kept["answers"]] == kolada.asked
    assert kept["address"] == kolada.address


def test_a_value_that_is_missing_says_why(tmp_path: Path, kolada: Kolada) -> None:
    places = federation_in(tmp_path, settings=COMPARISON.replace('"9901", "9902"', '"9902", "9903"'))
    fetched(places, kolada)
    compared = opened(places).compared
    assert compared is not None
    missing = compared.values[(compared.values["missing"] != "") & (compared.values["role"] == "own")]
    assert [tuple(row) for row in missing[["municipality", "year", "missing"]].itertuples(index=False)] == [
        ("9902", 2021, "deleted"), ("9903", 2022, "no_value"),
    ]  # fmt: skip
    assert "borttaget ur Kolada" in text_of(places)
    assert "inget värde i Kolada" in text_of(places)


def test_figures_that_the_settings_ask_for_later_are_said_not_to_be_fetched(tmp_path: Path, kolada: Kolada) -> None:
    places = federation_in(tmp_path)
    fetched(places, kolada)
    federation_in(tmp_path, settings=COMPARISON.replace("similar = 3", "similar = 20"))
    compared = opened(places).compared
    assert compared is not None
    assert "not_fetched" in set(compared.values["missing"])


def test_a_changed_title_is_told_and_the_indicator_is_not_used(tmp_path: Path, kolada: Kolada) -> None:
    kolada.titles["N31008"] = "Något helt annat, andel (%)"
    places = federation_in(tmp_path)
    fetched(places, kolada)
    compared = opened(places).compared
    assert compared is not None
    assert "N31008" not in set(compared.values["indicator"])
    assert "N31008 används inte" in text_of(places)
    assert "Något helt annat, andel (%)" in text_of(places)
    # Somebody has looked and says that it is the same.
    same = COMPARISON + '[comparison.titles]\nN31008 = "Något helt annat, andel (%)"\n'
    federation_in(tmp_path, settings=same)
    compared = opened(places).compared
    assert compared is not None
    assert "N31008" in set(compared.values["indicator"])


def test_without_an_indicator_of_likeness_nobody_is_called_alike(tmp_path: Path, kolada: Kolada) -> None:
    del kolada.titles["N00903"]
    places = federation_in(tmp_path)
    fetched(places, kolada)
    compared = opened(places).compared
    assert compared is not None
    assert compared.similar.codes == ()
    assert "N00903 går inte att använda" in text_of(places)
    assert set(compared.values["role"]) == {"own", "nation"}


def test_a_municipality_that_kolada_does_not_know_is_told(tmp_path: Path, kolada: Kolada) -> None:
    places = federation_in(tmp_path, settings=COMPARISON.replace("9902", "8888"))
    fetched(places, kolada)
    assert "Kolada har ingen kommun med koden 8888" in text_of(places)


def test_nothing_fetched_says_what_to_do(tmp_path: Path) -> None:
    places = federation_in(tmp_path)
    page = text_of(places)
    assert "portfolj kolada prov" in page
    assert comparison_sentences(opened(places)) == []
    assert list(comparison_sheets(opened(places))) == []


def test_a_federation_that_compares_nothing_has_headings_alone(tmp_path: Path) -> None:
    view = opened(federation_in(tmp_path, settings=""))
    assert (view.compared, view.allocation) == (None, None)
    assert {name: len(frame) for name, frame in comparison_tables(view).items()} == {
        "comparison": 0, "similar_municipalities": 0, "allocation": 0, "allocation_change": 0,
    }  # fmt: skip
    for part in (getattr(shown, name) for name in shown.__all__):
        assert part(view).markup.striptags()


def test_a_failure_leaves_what_was_fetched_before_and_the_page_says_so(tmp_path: Path, kolada: Kolada) -> None:
    places = federation_in(tmp_path)
    fetched(places, kolada)
    before = (places.processed(NAME) / "kolada.json").read_bytes()
    kolada.broken = "<html>"
    with pytest.raises(KoladaError):
        fetched(places, kolada)
    assert (places.processed(NAME) / "kolada.json").read_bytes() == before
    assert "Det gick inte att hämta nyare vid det senaste försöket: svaret gick inte att läsa." in text_of(places)
    assert "1 juni 2025" in text_of(places)
    kolada.broken = ""
    fetched(places, kolada)
    assert not (places.processed(NAME) / FAILED_FILE).exists()


def test_a_federations_own_recorded_answers_are_used_until_there_are_newer(tmp_path: Path, kolada: Kolada) -> None:
    elsewhere = federation_in(tmp_path / "annan")
    fetched(elsewhere, kolada)
    recorded = (elsewhere.processed(NAME) / "kolada.json").read_text(encoding="utf-8")
    places = federation_in(tmp_path, kolada_json=recorded.replace("2025-06-01", "2024-12-01"))
    kept = read_kept(loaded(places))
    assert kept is not None
    assert kept.is_own
    assert "ur förbundets egen mapp" in text_of(places)
    fetched(places, kolada)
    kept = read_kept(loaded(places))
    assert kept is not None
    assert not kept.is_own


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 2}', '{"format": 1, "answers": [], "fetched_at": "igår"}'])
def test_own_answers_that_cannot_be_read_are_refused(tmp_path: Path, text: str) -> None:
    places = federation_in(tmp_path, kolada_json=text)
    with pytest.raises(InputRefused) as raised:
        opened(places)
    assert "portfolj kolada" in str(raised.value)


@pytest.mark.parametrize(
    "answer",
    [
        ("/kpi/N31008", {"values": [{"id": "N31008"}]}),
        ("/data/kpi/N31008/year/2024", {"values": [{"kpi": "N31008", "municipality": "9901", "period": "x"}]}),
        ("/annat", {"values": []}),
    ],
)
def test_own_answers_of_another_shape_are_refused(tmp_path: Path, answer: tuple[str, object]) -> None:
    content = {
        "format": 1, "address": "x", "fetched_at": NOW.isoformat(),
        "answers": [{"question": answer[0], "answer": answer[1]}],
    }  # fmt: skip
    with pytest.raises(InputRefused, match="Svaren från Kolada går inte att använda"):
        opened(federation_in(tmp_path, kolada_json=json.dumps(content)))


def test_a_run_fetches_when_the_figures_are_too_old_and_at_no_other_time(tmp_path: Path, kolada: Kolada) -> None:
    never = federation_in(tmp_path / "aldrig")
    refresh([NAME], places=never)
    assert kolada.asked == []
    places = federation_in(tmp_path, settings=REFRESHED)
    refresh([NAME, "finns-inte"], places=places)
    count = len(kolada.asked)
    assert count > 0
    refresh([NAME], places=places)
    assert len(kolada.asked) == count
    federation = loaded(places)
    now = datetime.now().astimezone()
    assert not is_due(federation, now=now + timedelta(days=29))
    assert is_due(federation, now=now + timedelta(days=31))


def test_the_same_question_of_many_federations_is_asked_once(tmp_path: Path, kolada: Kolada) -> None:
    places = federation_in(tmp_path, settings=REFRESHED)
    other = places.raw("annat")
    other.mkdir()
    for file in places.raw(NAME).iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    refresh([NAME, "annat"], places=places)
    assert len(kolada.asked) == len(set(kolada.asked))
    assert (places.processed("annat") / "kolada.json").is_file()


def test_a_network_that_does_not_answer_stops_no_run_and_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kolada_server() as gone:
        monkeypatch.setenv(ADDRESS_VARIABLE, gone.address)
    places = federation_in(tmp_path, settings=REFRESHED)
    empty = kept_fingerprint(loaded(places))
    refresh([NAME], places=places)
    assert "nätet svarade inte" in text_of(places)
    failed = kept_fingerprint(loaded(places))
    assert failed != empty  # the page says something else
    refresh([NAME], places=places)
    assert kept_fingerprint(loaded(places)) == failed  # the same failure again is no news


def test_the_fingerprint_is_of_what_kolada_has_answered(tmp_path: Path, kolada: Kolada) -> None:
    places = federation_in(tmp_path)
    before = kept_fingerprint(loaded(places))
    fetched(places, kolada)
    assert kept_fingerprint(loaded(places)) != before
    assert kept_fingerprint(loaded(federation_in(tmp_path / "utan", settings=""))) == ""


def test_a_folder_elsewhere_has_nowhere_to_keep_answers(tmp_path: Path) -> None:
    places = federation_in(tmp_path)
    moved = tmp_path / "annanstans"
    places.raw(NAME).rename(moved)
    from portfolj.federation import load_federation

    federation = load_federation(moved)
    assert kept_path(federation) is None
    with pytest.raises(KoladaError):
        fetch(federation, Client("http://127.0.0.1:9"), now=NOW)


def run_command(places: Places, *words: str) -> tuple[int, str]:
    arguments = ["kolada", *words, "--data", str(places.data), "--out", str(places.out)]
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output + (str(result.exception) if result.exception else "")


def test_the_command_fetches_and_says_what_came(
    tmp_path: Path, kolada: Kolada, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTFOLJ_NOTEBOOKS", str(tmp_path))
    places = federation_in(tmp_path)
    kolada.titles["N00957"] = "Annat"
    code, said = run_command(places, NAME)
    assert code == 0
    assert "2 egna och" in said
    assert "N00957 används inte" in said
    asked = len(kolada.asked)
    code, said = run_command(places, "--all")
    assert (code, len(kolada.asked)) == (0, asked)
    assert "redan hämtat" in said
    assert run_command(places, NAME, "--force")[0] == 0
    assert len(kolada.asked) == 2 * asked


def test_the_command_says_what_failed_and_what_is_missing(
    tmp_path: Path, kolada: Kolada, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTFOLJ_NOTEBOOKS", str(tmp_path))
    kolada.failures = [(404, "")]
    code, said = run_command(federation_in(tmp_path), NAME)
    assert code != 0
    assert "Kolada svarade med ett fel: svarskod 404" in said
    code, said = run_command(federation_in(tmp_path, settings=""), NAME)
    assert code != 0
    assert "har inga kommuner att jämföra" in said


def test_a_report_is_made_again_when_kolada_has_answered(tmp_path: Path, kolada: Kolada) -> None:
    notebooks = Path(__file__).parents[2] / "notebooks"
    places = replace(federation_in(tmp_path), notebooks=notebooks)
    before = fingerprint(NAME, places=places, parameters={})
    assert fingerprint(NAME, places=places, parameters={}) == before
    fetched(places, kolada)
    assert fingerprint(NAME, places=places, parameters={}) != before
