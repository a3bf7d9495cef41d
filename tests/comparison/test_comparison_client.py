"""Kolada asked over a real connection: pages, batches, and each way in which it can fail."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from kolada_server import WORLD, Kolada, kolada_server

from portfolj.comparison.kolada.client import ADDRESS_VARIABLE, Client, KoladaError


@pytest.fixture
def kolada() -> Iterator[Kolada]:
    with kolada_server() as server:
        yield server


def client_of(kolada: Kolada, waits: list[float] | None = None, **more: float) -> Client:
    return Client(kolada.address, sleep=(waits if waits is not None else []).append, **more)


def test_every_page_is_asked_for_though_the_server_gives_another_name_of_itself(kolada: Kolada) -> None:
    kolada.page_size = 10
    pages = list(client_of(kolada).pages("/municipality"))
    assert [each["id"] for _, body in pages for each in body["values"]] == [m["id"] for m in WORLD.municipalities()]
    assert [question for question, _ in pages][:2] == [
        "/municipality?per_page=5000", "/municipality?page=2&per_page=10",
    ]  # fmt: skip


def test_at_most_25_ids_are_asked_for_at_once(kolada: Kolada) -> None:
    pages = list(client_of(kolada).pages_of("data", "kpi", ["N00100"], "municipality", WORLD.CODES, "year", ["2024"]))
    assert len(pages) == len(kolada.asked) == 2  # 30 municipalities
    assert sum(body["count"] for _, body in pages) == 30


def test_the_same_question_is_asked_once(kolada: Kolada) -> None:
    client = client_of(kolada)
    assert list(client.pages("/municipality")) == list(client.pages("/municipality"))
    assert len(kolada.asked) == 1


def test_a_server_that_is_busy_is_asked_again_after_the_time_that_it_says(kolada: Kolada) -> None:
    kolada.failures, waits = [(429, "3"), (500, "")], []
    assert len(list(client_of(kolada, waits).pages("/municipality"))) == 1
    assert waits == [3.0, 1.0]


@pytest.mark.parametrize(
    ("failures", "asked"),
    [
        ([(500, "")] * 3, 3),  # three attempts
        ([(429, "3600")], 1),  # nobody waits for an hour
        ([(404, "")], 1),  # the same again would be the same
    ],
)
def test_a_server_that_goes_on_failing_is_left(kolada: Kolada, failures: list[tuple[int, str]], asked: int) -> None:
    kolada.failures = failures
    with pytest.raises(KoladaError) as raised:
        list(client_of(kolada).pages("/municipality"))
    assert raised.value.kind == "status"
    assert len(kolada.asked) == asked


def test_a_slow_server_is_not_waited_for(kolada: Kolada) -> None:
    kolada.slow_seconds = 0.5
    with pytest.raises(KoladaError) as raised:
        list(client_of(kolada, timeout_seconds=0.1).pages("/municipality"))
    assert raised.value.kind == "timeout"


def test_a_server_that_drips_is_not_waited_for_either(kolada: Kolada) -> None:
    kolada.drips = True
    began = time.monotonic()
    with pytest.raises(KoladaError) as raised:
        list(client_of(kolada, timeout_seconds=0.2, deadline_seconds=20.0).pages("/municipality"))
    assert raised.value.kind == "timeout"
    assert time.monotonic() - began < 5


def test_everything_together_has_a_deadline(kolada: Kolada) -> None:
    client = client_of(kolada, deadline_seconds=0.0)
    with pytest.raises(KoladaError) as raised:
        list(client.pages("/municipality"))
    assert raised.value.kind == "timeout"
    assert kolada.asked == []


def test_nobody_at_the_address() -> None:
    with kolada_server() as gone:
        address = gone.address
    with pytest.raises(KoladaError) as raised:
        list(Client(address).pages("/municipality"))
    assert raised.value.kind == "network"


@pytest.mark.parametrize("text", ["<html>Underhåll</html>", "[]", '{"count": 1}', "[" * 100_000])
def test_what_is_not_an_answer_of_kolada_is_refused(kolada: Kolada, text: str) -> None:
    kolada.broken = text
    with pytest.raises(KoladaError) as raised:
        list(client_of(kolada).pages("/municipality"))
    assert raised.value.kind == "unreadable"


def test_pages_that_lead_back_are_found(kolada: Kolada) -> None:
    kolada.broken = '{"values": [], "next_url": "https://kolada.invalid/v3/municipality?per_page=5000"}'
    with pytest.raises(KoladaError, match="tar inte slut"):
        list(client_of(kolada).pages("/municipality"))


def test_only_the_web_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, "file:///etc")
    with pytest.raises(KoladaError) as raised:
        list(Client().pages("/passwd"))
    assert raised.value.kind == "address"


def test_the_address_is_that_of_the_environment(kolada: Kolada, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, f"{kolada.address}/")
    assert len(list(Client().pages("/municipality"))) == 1
