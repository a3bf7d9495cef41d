"""Reports made by other machines: dask.distributed does the work that this machine's own processes otherwise do.

joblib sends the tasks, so that the code that makes many reports is one. What is here is the connection: that the
address answers, that the workers have the same program and see the same folders, and that it is taken down afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolj.errors import PortfoljError, cause_of
from portfolj.fleet.same import FolderMarks, folder_marks, program_marks
from portfolj.places import Places

if TYPE_CHECKING:
    from distributed import Client

    from portfolj.fleet.cluster_backend import ClusterBackend

CONNECT_SECONDS = 15.0
HOW_TO = "docs/how-to/kluster.md"


@contextlib.contextmanager
def cluster_backend(
    address: str,
    *,
    places: Places,
    federations: Sequence[str],
    instead: Callable[..., object],
) -> Iterator[ClusterBackend]:
    """A joblib backend that has its calls made by the workers behind ``address``, for as long as the context lasts.

    ``address`` is a scheduler's (``tcp://10.0.0.5:8786``, ``tls://…``) or the file that ``dask scheduler
    --scheduler-file`` writes. ``instead``: see ``ClusterBackend``. joblib's ``batch_size`` is to be 1 and its
    ``pre_dispatch`` "all". Raises PortfoljError before any work where nobody answers, there are no workers, or a worker
    has another program or other folders than here.
    """
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise PortfoljError(
            "--cluster behöver paketen dask och distributed. Installera dem med: pip install portfolj[cluster]"
        ) from None
    from portfolj.fleet.cluster_backend import ClusterBackend

    with _quiet_distributed(), _connected(address) as client:
        hosts = _hosts(client, address)
        _check_program(client, hosts)
        _check_folders(client, hosts, places=places, federations=federations)
        yield ClusterBackend(client, address=address, instead=instead)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Client]:
    from distributed import Client

    stated = _in_file(address) if address.endswith(".json") else address
    try:
        # In a thread, so that it also works where an event loop runs already.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, _reach(stated, CONNECT_SECONDS)).result()
        client = Client(stated, timeout=CONNECT_SECONDS, set_as_default=False, name="portfolj")
    except (OSError, TimeoutError) as error:
        reason = str(error).strip().partition("\n")[0] or "ingenting kom tillbaka"
        raise PortfoljError(
            f"Ingen schemaläggare svarar på {stated} inom {CONNECT_SECONDS:g} sekunder. Kontrollera adressen, att dask "
            f"scheduler är igång där och att porten går att nå härifrån. ({reason})"
        ) from None
    except (ValueError, TypeError, RuntimeError) as error:
        # A wrong scheme, no port, or tls:// without certificates: dask's own words say which.
        raise PortfoljError(
            f"--cluster {address} går inte att använda: {error}. Skriv schemaläggarens adress, till exempel "
            f"tcp://10.0.0.5:8786. För tls:// behövs certifikat, se {HOW_TO}."
        ) from None
    try:
        yield client
    finally:
        client.close(timeout=CONNECT_SECONDS)


def _in_file(path: str) -> str:
    """The address in the file that a scheduler wrote."""
    try:
        return str(json.loads(Path(path).read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError, KeyError, TypeError):
        raise PortfoljError(
            f"--cluster {path}: filen finns inte eller har ingen adress. Den skrivs av dask scheduler "
            f"--scheduler-file {path}."
        ) from None


async def _reach(address: str, seconds: float) -> None:
    """Raise where nobody answers as dask does. A client would wait for ever for somebody else that says nothing."""
    from distributed.comm import connect
    from distributed.security import Security

    secured = Security().get_connection_args("client")
    comm = await asyncio.wait_for(connect(address, timeout=seconds, **secured), seconds + 1)
    await comm.close()


def _hosts(client: Client, address: str) -> dict[str, str]:
    """The workers' addresses, each with a name that a person knows it by."""
    workers = client.scheduler_info()["workers"]
    if not workers:
        raise PortfoljError(
            f"Schemaläggaren på {address} har inga arbetare. Starta minst en: dask worker {address} --nthreads 1"
        )
    return {worker: f"{told['host']} ({told['name']})" for worker, told in workers.items()}


def _check_program(client: Client, hosts: Mapping[str, str]) -> None:
    here = program_marks()
    faults = []
    for worker, answer in _asked(client, hosts, program_marks).items():
        if isinstance(answer, BaseException):
            faults.append(f"{hosts[worker]}: portfolj går inte att köra där ({type(answer).__name__}: {answer})")
            continue
        faults += [
            f"{hosts[worker]}: {name}: {_short(answer.get(name))}, här {_short(version)}"
            for name, version in here.items()
            if answer.get(name) != version
        ]
    if faults:
        raise PortfoljError(
            "Arbetarna har inte samma program som här, och skulle kunna göra andra rapporter:\n  "
            + "\n  ".join(faults)
            + "\nInstallera samma portfolj ur samma requirements.lock på alla maskiner och starta om arbetarna."
        )


def _check_folders(client: Client, hosts: Mapping[str, str], *, places: Places, federations: Sequence[str]) -> None:
    """Raise where a worker has other folders by the same names. A file written here shows whether they are shared."""
    secret = secrets.token_hex(16)
    places.out.mkdir(parents=True, exist_ok=True)
    token = places.out / f".kluster-{secret[:8]}"
    try:
        token.write_text(secret, encoding="ascii")
        here = folder_marks(places, federations, token=token)
        answers = _asked(client, hosts, folder_marks, places, federations, token=token)
    except OSError as error:
        raise PortfoljError(f"Kan inte skriva i rapporternas mapp {places.out}: {cause_of(error)}.") from None
    finally:
        token.unlink(missing_ok=True)
    faults = [
        f"{hosts[worker]}: {fault}" for worker, answer in answers.items() for fault in _other(here, answer, places)
    ]
    if faults:
        raise PortfoljError(
            "Arbetarna ser inte samma mappar som här:\n  "
            + "\n  ".join(faults)
            + f"\nAlla maskiner behöver samma delade disk på samma sökväg, se {HOW_TO}."
        )


def _other(here: FolderMarks, there: FolderMarks | BaseException, places: Places) -> Iterator[str]:
    if isinstance(there, BaseException):
        yield f"svarade inte som den skulle ({type(there).__name__}: {there})"
        return
    if there.token != here.token:
        yield f"{places.out} är inte samma mapp som här"
    elif not there.can_write:
        yield f"får inte skriva i {places.out}"
    if there.notebooks != here.notebooks:
        yield f"{places.notebooks} har inte samma notebooker som här"
    for federation, mark in here.ledgers.items():
        if there.ledgers[federation] != mark:
            yield f"{places.raw(federation)} har inte samma filer som här"
    for federation, mark in here.keys.items():
        if there.keys[federation] != mark:
            yield (
                f"nyckeln för {federation} saknas eller är en annan. Gör ingen ny: låt PORTFOLJ_KEYS peka på samma "
                "mapp på alla maskiner"
            )


def _asked(client: Client, hosts: Mapping[str, str], question: Any, *args: object, **named: Any) -> dict[str, Any]:
    """Every worker's answer, or the exception that it gave instead."""
    return client.run(question, *args, workers=list(hosts), on_error="return", **named)


def _short(version: object) -> str:
    return "inte installerat" if version is None else str(version)[:16]


@contextlib.contextmanager
def _quiet_distributed() -> Iterator[None]:
    """dask tells of lost connections in its log, many lines each. What they mean to the run is told once, by us."""
    # dask gives some of its logs a level of their own.
    logs = [logging.getLogger(name) for name in ("distributed", *logging.root.manager.loggerDict)]
    levels = {log: log.level for log in logs if log.name.partition(".")[0] == "distributed"}
    for log in levels:
        log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for log, level in levels.items():
            log.setLevel(level)
