"""Everything that a federation's comparison needs, asked of Kolada at once and kept whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from portfolj.comparison.kolada.answers import NOT_FETCHED, AnswerUnreadable, read_answers
from portfolj.comparison.kolada.cache import Kept, kept_path, read_kept, write_failed, write_kept
from portfolj.comparison.kolada.client import Client, KoladaError
from portfolj.comparison.kolada.compared import INHABITANTS, similar_of, usable
from portfolj.errors import InputRefused
from portfolj.federation import Federation
from portfolj.federation.comparison import NATION

SIMILAR_YEARS: Final = 4  # the latest year that all have is sought among these; later ones are often not there yet
RUN_TIMEOUT_SECONDS: Final = 5.0
RUN_DEADLINE_SECONDS: Final = 60.0


def fetch(federation: Federation, client: Client, *, now: datetime) -> Kept:
    """Asks Kolada for titles, municipalities and values, and keeps the answers. Raises KoladaError, OSError.

    ``now``: with its zone. An earlier file stays as it is where anything fails, with how it failed beside it.
    """
    path = kept_path(federation)
    if path is None:
        raise KoladaError("address", "förbundets mapp ligger inte under data/raw, så svaren har ingenstans att sparas")
    try:
        kept = Kept(client.address, now, tuple(_ask(federation, client, this_year=now.year)))
    except KoladaError as error:
        write_failed(path, error.kind)
        raise
    write_kept(path, kept)
    return kept


def is_due(federation: Federation, *, now: datetime) -> bool:
    """Whether a run shall fetch by itself: the federation wants it, and what is kept is older than it allows."""
    settings = federation.comparison
    if not settings.municipalities or not settings.refresh_days or kept_path(federation) is None:
        return False
    return is_older(federation, timedelta(days=settings.refresh_days), now=now)


def is_older(federation: Federation, age: timedelta, *, now: datetime) -> bool:
    """Whether nothing is kept that is younger than ``age`` and has what the settings ask for."""
    try:
        kept = read_kept(federation)
        if kept is None or now - kept.fetched_at > age:
            return True
        return not _is_enough(federation, kept)
    except (InputRefused, AnswerUnreadable):
        return True


def _is_enough(federation: Federation, kept: Kept) -> bool:
    """Whether the answers are to the questions that the settings would lead to."""
    settings, answers = federation.comparison, read_answers(kept.answers)
    everybody = {*settings.municipalities, *similar_of(settings, answers).codes}
    wanted = {i.id for i in usable(settings, answers, settings.indicators)}
    untitled = {*settings.indicators, *settings.similar_by} - set(answers.titles)
    years = range(kept.fetched_at.year - settings.years + 1, kept.fetched_at.year)
    return not untitled and not any(
        answers.missing(i, code, year) == NOT_FETCHED for i in wanted for code in everybody for year in years
    )


def _ask(federation: Federation, client: Client, *, this_year: int) -> Sequence[tuple[str, Any]]:
    settings = federation.comparison
    ids = list(dict.fromkeys([*settings.indicators, *settings.similar_by, INHABITANTS]))
    try:
        answers = [*client.pages_of("kpi", ids), *client.pages("/municipality")]
        years = [str(year) for year in range(this_year - SIMILAR_YEARS + 1, this_year + 1)]
        answers += client.pages_of("data", "kpi", list(settings.similar_by), "year", years)
        so_far = read_answers(answers)
        everybody = [*settings.municipalities, *similar_of(settings, so_far).codes, NATION]
        years = [str(year) for year in range(this_year - settings.years + 1, this_year + 1)]
        answers += client.pages_of("data", "kpi", ids, "municipality", everybody, "year", years)
        read_answers(answers)
    except AnswerUnreadable as error:
        raise KoladaError("unreadable", str(error)) from None
    return answers
