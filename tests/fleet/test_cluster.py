"""Reports made on a cluster: a real scheduler and two workers on this machine, one of them killed midway."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import dask
import pytest
import trustme
import yaml
from cluster_processes import Cluster, Meanwhile, begun, cluster_in, places_of_nobody, small_places, stand_in, wait_for
from distributed import Client
from typer.testing import CliRunner

from portfolj.cli import app
from portfolj.errors import PortfoljError
from portfolj.fleet import Outcome, Status, cluster, cluster_backend, exit_code, same
from portfolj.fleet.many import make_many
from portfolj.fleet.one import Task
from portfolj.places import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return places_of_nobody(tmp_path)


def made(
    federations: list[str],
    places: Places,
    address: str,
    *,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> dict[str, Outcome]:
    """How the stand-in went for each federation, made by the cluster."""
    tasks = [Task(name, places) for name in federations]
    outcomes = make_many(tasks, jobs=1, cluster=address, make=stand_in, tell=tell)
    assert [outcome.federation for outcome in outcomes] == federations
    return {outcome.federation: outcome for outcome in outcomes}


def test_the_work_is_done_by_the_workers_and_told_as_it_is_done(two_workers: Cluster, places: Places) -> None:
    told: list[str] = []
    names = [f"ett-{number}" for number in range(6)]
    outcomes = made(names, places, two_workers.address, tell=lambda outcome: told.append(outcome.federation))
    assert {outcome.status for outcome in outcomes.values()} == {Status.DONE}
    assert sorted(told) == names
    assert os.getpid() not in begun(places)
    assert len(begun(places)) == 6


def test_a_killed_workers_report_is_made_by_another(two_workers: Cluster, places: Places) -> None:
    def kill() -> None:
        wait_for(lambda: len(begun(places, "väntar-*")) == 2, "both workers to begin")
        os.kill(begun(places, "väntar-1")[0], signal.SIGKILL)
        (places.out / "go on").touch()

    killing = Meanwhile(kill)
    outcomes = made(["väntar-1", "väntar-2", "ett"], places, two_workers.address)
    killing.ended()
    assert {name: outcome.status for name, outcome in outcomes.items()} == dict.fromkeys(outcomes, Status.DONE)
    assert len(set(begun(places, "väntar-1"))) == 2  # once in vain
    assert len(begun(places, "väntar-2")) == 1


def test_a_report_that_make_one_could_not_tell_of_has_failed_and_the_others_go_on(
    two_workers: Cluster, places: Places
) -> None:
    outcomes = made(["felar", "ett", "två"], places, two_workers.address)
    assert {name: outcome.status for name, outcome in outcomes.items()} == {
        "felar": Status.FAILED, "ett": Status.DONE, "två": Status.DONE,
    }  # fmt: skip
    assert "nothing that make_one would raise" in outcomes["felar"].message


def test_one_worker_is_enough_and_what_it_dies_of_has_failed(tmp_path: Path) -> None:
    places = places_of_nobody(tmp_path / "places")
    with cluster_in(tmp_path, workers=0, allowed_failures=0) as running:
        with pytest.raises(PortfoljError, match="inga arbetare"):
            made(["ett"], places, running.address)
        running.start_workers(1, "--no-nanny")
        # The file that the scheduler wrote stands for its address.
        assert made(["ett"], places, str(running.file))["ett"].status is Status.DONE
        died = made(["dör"], places, running.address)["dör"]
    # joblib does the work in its own process where it is told of one thread only.
    assert os.getpid() not in begun(places)
    assert died.status is Status.FAILED
    assert "Arbetaren dog 1 gång medan" in died.message
    assert "tcp://127.0.0.1" in died.message


def test_a_cluster_whose_workers_are_all_gone_is_not_waited_for_for_ever(
    two_workers: Cluster, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Client.scheduler_info

    def none_after_the_first_began(client: Client) -> dict[str, object]:
        told = asked(client)
        return {**told, "workers": {}} if begun(places) else told

    monkeypatch.setattr(Client, "scheduler_info", none_after_the_first_began)
    monkeypatch.setattr(cluster_backend, "PATIENCE_SECONDS", 0.1)
    outcomes = made(["väntar"], places, two_workers.address)
    (places.out / "go on").touch()
    assert outcomes["väntar"].status is Status.FAILED
    assert "inte haft någon arbetare på 0.1 sekunder" in outcomes["väntar"].message


def test_a_scheduler_that_goes_away_is_told_once_and_what_is_done_stands(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    places = places_of_nobody(tmp_path / "places")
    done: list[str] = []
    with cluster_in(tmp_path, workers=1) as running:

        def kill() -> None:
            wait_for(lambda: done == ["ett"] and bool(begun(places, "väntar")), "the second report")
            running.processes[0].kill()

        killing = Meanwhile(kill)
        outcomes = made(
            ["ett", "väntar", "sen"], places, running.address, tell=lambda outcome: done.append(outcome.federation)
        )
        killing.ended()
        (places.out / "go on").touch()
    assert {name: outcome.status for name, outcome in outcomes.items()} == {
        "ett": Status.DONE, "väntar": Status.FAILED, "sen": Status.FAILED,
    }  # fmt: skip
    assert capfd.readouterr() == ("", "")  # nothing of dask's own
    assert outcomes["väntar"].message == outcomes["sen"].message
    assert "slutade svara" in outcomes["sen"].message
    assert exit_code(list(outcomes.values())) == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://127.0.0.1:8786", "går inte att använda"),
        ("tcp://127.0.0.1", "går inte att använda"),
        ("tls://127.0.0.1:8786", "certifikat"),
        ("finns-inte.json", "filen finns inte"),
        ("", "går inte att använda"),
    ],
)
def test_an_address_that_is_none_is_refused(address: str, said: str, places: Places) -> None:
    with pytest.raises(PortfoljError, match=said):
        made(["ett"], places, address)


@pytest.mark.harness
def test_with_certificates_in_dasks_own_settings_the_work_is_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(tmp_path / "dask.pem")
    mine = {"cert": str(tmp_path / "dask.pem")}
    tls = {"ca-file": str(tmp_path / "ca.pem"), "scheduler": mine, "worker": mine, "client": mine}
    settings = {"distributed": {"comm": {"require-encryption": True, "tls": tls}}}
    here = {
        "distributed.comm.require-encryption": True,
        "distributed.comm.tls.ca-file": tls["ca-file"],
        "distributed.comm.tls.client": {**dask.config.get("distributed.comm.tls.client"), **mine},
    }
    (tmp_path / "dask.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    monkeypatch.setenv("DASK_CONFIG", str(tmp_path / "dask.yaml"))
    places = places_of_nobody(tmp_path / "places")
    with (
        dask.config.set(here),
        cluster_in(tmp_path, workers=1, protocol="tls") as running,
    ):
        assert running.address.startswith("tls://")
        assert made(["ett"], places, running.address)["ett"].status is Status.DONE
        with pytest.raises(PortfoljError):
            made(["två"], places, running.address.replace("tls://", "tcp://"))
    assert os.getpid() not in begun(places)


def test_an_address_where_nobody_or_somebody_else_answers_is_refused_in_time(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with (
            pytest.raises(PortfoljError, match="Ingen schemaläggare svarar"),
            cluster.cluster_backend(f"127.0.0.1:{port}", places=places, federations=[], instead=print),
        ):
            pass
    with (
        pytest.raises(PortfoljError, match="Ingen schemaläggare svarar"),
        cluster.cluster_backend(f"tcp://127.0.0.1:{port}", places=places, federations=[], instead=print),
    ):
        pass


def test_without_dask_it_is_said_what_to_install(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PortfoljError, match=re.escape("pip install portfolj[cluster]")):
        made(["ett"], places, "tcp://127.0.0.1:8786")


def test_workers_with_another_program_are_refused_before_any_work(
    two_workers: Cluster, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = same.program()
    other = {**here, "python": "3.99.0", "files": {**here["files"], "other.py": "0" * 64}}
    monkeypatch.setattr(same, "program", lambda: other)
    with pytest.raises(PortfoljError) as refused:
        made(["ett"], places, two_workers.address)
    assert str(refused.value).count(f"{same.PROGRAM}: ") == 2  # both workers
    assert str(refused.value).count("här 3.99.0") == 2
    assert "(arbetare-0)" in str(refused.value)
    assert not begun(places)


def test_workers_with_another_key_are_refused_and_no_token_is_left(
    two_workers: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = small_places(tmp_path, ["prov"])
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "prov.key").write_text("ab" * 32, encoding="ascii")
    monkeypatch.setenv("PORTFOLJ_KEYS", str(tmp_path / "keys"))
    with (
        pytest.raises(PortfoljError, match="nyckeln för prov") as refused,
        cluster.cluster_backend(two_workers.address, places=places, federations=["prov"], instead=print),
    ):
        pass
    assert "ab" * 32 not in str(refused.value)
    assert list(places.out.iterdir()) == []
    # Every other mark is the same there as here.
    assert len(str(refused.value).splitlines()) == 4  # one line each, between two that say what is wrong
    monkeypatch.delenv("PORTFOLJ_KEYS")
    with cluster.cluster_backend(two_workers.address, places=places, federations=["prov"], instead=print):
        assert list(places.out.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"token": ""}, "reports är inte samma mapp som här"),
        ({"can_write": False}, "får inte skriva i"),
        ({"notebooks": "other"}, "notebooks har inte samma notebooker som här"),
        ({"ledgers": {"prov": "other"}}, "prov har inte samma filer som här"),
        ({"keys": {"prov": "other"}}, "nyckeln för prov saknas eller är en annan"),
        ({}, None),
    ],
)
def test_a_worker_that_sees_other_folders_is_named(
    change: dict[str, object], said: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = small_places(tmp_path, ["prov"])

    def asked(*args: object, token: Path) -> dict[str, object]:
        marks = same.folder_marks(places, ["prov"], token=token)
        return {"a": marks, "b": replace(marks, **change)}

    monkeypatch.setattr(cluster, "_asked", asked)
    hosts = {"a": "maskin-a", "b": "maskin-b"}
    if said is None:
        cluster._check_folders(None, hosts, places=places, federations=["prov"])
        return
    with pytest.raises(PortfoljError) as refused:
        cluster._check_folders(None, hosts, places=places, federations=["prov"])
    (fault,) = str(refused.value).splitlines()[1:-1]
    assert fault.startswith("  maskin-b: ")
    assert said in fault


@pytest.mark.parametrize(
    ("more", "said"),
    [([], "Ingen schemaläggare svarar på tcp://127.0.0.1:1"), (["--jobs", "2"], "--jobs eller --cluster")],
)
def test_the_command_ends_with_2_before_any_work(
    more: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = small_places(tmp_path, ["prov"])
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.2)
    folders = ["--data", str(places.data), "--out", str(places.out)]
    ran = CliRunner().invoke(app, ["run", "prov", "--cluster", "tcp://127.0.0.1:1", *more, *folders])
    assert isinstance(ran.exception, PortfoljError)
    assert ran.exception.exit_code == 2
    assert said in str(ran.exception)
    assert not (places.out / "prov").exists()
