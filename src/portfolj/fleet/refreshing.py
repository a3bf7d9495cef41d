"""Kolada's figures fetched anew before reports are made, for the federations that want it and whose are too old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portfolj.errors import PortfoljError
from portfolj.federation import Federation, load_federation
from portfolj.places import Places

_FOR_ALL = ("network", "timeout", "address")  # failures that the next federation would meet too


def refresh(federations: Sequence[str], *, places: Places) -> None:
    """Asks Kolada before any report's fingerprint is taken; never stops a run.

    A network that does not answer is remembered, and the page tells of it together with the date of the figures that
    it has. The other federations are then not asked for: they would wait for the same.
    """
    wanting = [found for name in federations if (found := _wanting(name, places)) is not None]
    if not wanting:
        return
    from portfolj.comparison.kolada import fetch
    from portfolj.comparison.kolada.cache import kept_path, write_failed
    from portfolj.comparison.kolada.client import Client, KoladaError

    now, failure = datetime.now().astimezone(), ""
    client = Client(timeout_seconds=fetch.RUN_TIMEOUT_SECONDS, deadline_seconds=fetch.RUN_DEADLINE_SECONDS)
    for federation in wanting:
        path = kept_path(federation)
        if path is None or not fetch.is_due(federation, now=now):
            continue
        try:
            if failure:
                write_failed(path, failure)
            else:
                fetch.fetch(federation, client, now=now)
        except KoladaError as error:
            failure = error.kind if error.kind in _FOR_ALL else ""
        except OSError:
            continue  # a folder that can't be written in is told of when the report is made there


def _wanting(name: str, places: Places) -> Federation | None:
    try:
        federation = load_federation(places.raw(name))
    except PortfoljError:
        return None  # told when its report is made
    return federation if federation.comparison.municipalities and federation.comparison.refresh_days else None
