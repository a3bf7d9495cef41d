"""Room is made in the history when a run is over, and no page ever leads to what has gone."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portfolj.errors import PortfoljError
from portfolj.fleet import run
from portfolj.fleet.history import beyond_kept, make_room
from portfolj.fleet.outcome import Outcome, Status
from portfolj.places import Places
from portfolj.report import kept
from portfolj.report.lock import only_one
from portfolj.report.manifest import write_manifest
from portfolj.report.ways_in import write_ways_in

FIRST = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Two federations with a report that stands and four earlier ones each."""
    for key in ("ett", "tva"):
        for day in range(5):
            created = FIRST + timedelta(days=day)
            old = tmp_path / key / "historik" / "2019" / created.strftime("%Y-%m-%dT%H%M%S")
            folder = tmp_path / key / "2019" if day == 4 else old
            folder.mkdir(parents=True)
            (folder / "index.html").write_text(f"{day}", encoding="utf-8")
            write_manifest(
                folder, federation=key, federation_name=key, period="2019", parameters={}, inputs={},
                rows={"in": 1, "used": 1, "set_aside": 0}, vintages={}, created=created,
            )  # fmt: skip
    return tmp_path


def links(out: Path) -> list[str]:
    return re.findall(r'href="([^"]*historik[^"]*)"', (out / "index.html").read_text(encoding="utf-8"))


def old_of(key: str, *days: int) -> tuple[str, ...]:
    return tuple(f"{key}/historik/2019/2026-11-0{day}T000000" for day in days)


def test_the_newest_of_each_period_stay_and_the_others_are_named(out: Path) -> None:
    old = beyond_kept(["ett"], out=out, keep=2)
    (outcome,) = make_room([Outcome("ett", Status.DONE)], old, out=out)
    assert outcome.removed == old_of("ett", 2, 1)
    assert sorted(path.name for path in (out / "ett" / "historik" / "2019").iterdir()) == [
        "2026-11-03T000000", "2026-11-04T000000",
    ]  # fmt: skip
    assert len(list((out / "tva" / "historik" / "2019").iterdir())) == 4


def test_a_federation_that_another_run_is_at_work_on_keeps_its_history_till_then(out: Path) -> None:
    old = beyond_kept(["ett", "tva"], out=out, keep=2)
    with only_one(out / "ett"):
        ett, tva = make_room([Outcome(name, Status.DONE) for name in ("ett", "tva")], old, out=out)
    assert (ett.removed, tva.removed) == ((), old_of("tva", 2, 1))
    assert len(list((out / "ett" / "historik" / "2019").iterdir())) == 4


def test_no_page_leads_to_what_is_about_to_go_when_a_run_is_killed_there(
    out: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ways_in(out)
    assert len(links(out)) == 8

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr("portfolj.fleet.history.remove_kept", killed)
    raw = tmp_path_factory.mktemp("data") / "raw"
    raw.mkdir()
    for key in ("ett", "tva"):
        (raw / key).mkdir()
        (raw / key / "federation.toml").write_text("trasig", encoding="utf-8")
    places = Places(data=raw.parent, out=out, notebooks=Path(__file__).parents[2] / "notebooks")
    with pytest.raises(Killed):
        run(["ett"], places=places, parameters={}, keep=1)
    assert [link for link in links(out) if not (out / link).is_file()] == []
    assert sorted(link.removesuffix("/index.html") for link in links(out)) == sorted(
        [*old_of("ett", 4), *old_of("tva", 4, 3, 2, 1)]
    )
    monkeypatch.undo()
    run(["ett"], places=places, parameters={}, keep=1)  # the next run takes away what was left
    assert [report.href for report in kept.kept_reports(out / "ett")] == list(old_of("ett", 4))


def test_how_it_went_is_told_though_the_pages_that_lead_to_the_reports_could_not_be_written(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise PortfoljError("Disken är full.")

    monkeypatch.setattr(
        sys.modules["portfolj.fleet.run"], "write_ways_in", full
    )  # the package has the function by that name
    places = Places(data=out / "data", out=out, notebooks=Path(__file__).parents[2] / "notebooks")
    told: list[list[Outcome]] = []
    with pytest.raises(PortfoljError, match="Disken är full"):
        run(["ett"], places=places, parameters={}, finished=told.append)
    ((outcome,),) = told
    assert (outcome.federation, outcome.status) == ("ett", Status.REFUSED)  # there is no such folder of data
