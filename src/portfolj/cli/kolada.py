"""The command that fetches Kolada's figures for a federation's municipalities."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from portfolj.cli.app import DataOption, OutOption, app
from portfolj.errors import PortfoljError
from portfolj.federation import Federation, load_federation
from portfolj.places import find_places

if TYPE_CHECKING:
    from portfolj.comparison.kolada.client import Client

_AGE = timedelta(days=1)  # figures that come once a year need not be fetched twice a day


@app.command("kolada")
def fetch_kolada(
    federations: Annotated[
        list[str] | None, typer.Argument(metavar="[FÖRBUND]...", help="Mappar under data/raw.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Alla förbund som jämför kommuner.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Hämta också det som är hämtat det senaste dygnet.")] = False,
    data: DataOption = None,
    out: OutOption = None,
) -> None:
    """Hämtar nyckeltal för förbundets kommuner, liknande kommuner och riket från Kolada."""
    from portfolj.cli.listed import chosen_federations
    from portfolj.comparison.kolada.client import Client

    places = find_places(data=data, out=out)
    chosen = chosen_federations(federations or [], everything=everything, list_file=None, places=places)
    loaded = [load_federation(places.raw(name)) for name in chosen]
    comparing = [federation for federation in loaded if federation.comparison.municipalities]
    without = [f.key for f in loaded if f not in comparing and f.key in (federations or [])]
    if without or not comparing:
        raise PortfoljError(
            f"{', '.join(without) or 'Inget förbund'} har inga kommuner att jämföra. Skriv dem i federation.toml, till "
            'exempel:\n  [comparison]\n  municipalities = ["0484", "0428"]'
        )
    client = Client()
    failed = [federation.key for federation in comparing if not _fetch(federation, client, force=force)]
    if failed:
        raise PortfoljError(
            f"Hämtningen misslyckades för {', '.join(failed)}. Det som har hämtats tidigare är kvar och "
            "används, med sitt datum."
        )


def _fetch(federation: Federation, client: Client, *, force: bool) -> bool:
    """Whether the figures are there now; says how it went."""
    from portfolj.comparison.kolada.client import KINDS, KoladaError
    from portfolj.comparison.kolada.compared import compared_of
    from portfolj.comparison.kolada.fetch import fetch, is_older

    now = datetime.now().astimezone()
    if not force and not is_older(federation, _AGE, now=now):
        typer.echo(f"{federation.key}: redan hämtat det senaste dygnet. Med --force hämtas det igen.")
        return True
    try:
        kept = fetch(federation, client, now=now)
    except KoladaError as error:
        typer.echo(f"{federation.key}: {KINDS[error.kind]}: {error}.", err=True)
        return False
    compared = compared_of(federation.comparison, kept)
    typer.echo(
        f"{federation.key}: hämtat. {len(compared.values)} uppgifter om {len(compared.indicators)} nyckeltal, "
        f"{len(compared.own)} egna och {len(compared.similar.codes)} liknande kommuner."
    )
    for row in compared.about_indicators.itertuples():
        if row.state != "used":
            typer.echo(f"  {row.indicator} används inte: {_why(row.state, row.expected_title, row.title)}")
    for code in compared.unknown:
        typer.echo(f"  {code}: Kolada har ingen kommun med den koden.")
    if compared.similar.why_none:
        typer.echo(f"  Inga liknande kommuner: {compared.similar.why_none}.")
    return True


def _why(state: str, expected: str, title: str) -> str:
    if state == "title_changed":
        return f"rubriken ska vara ”{expected}” men är ”{title}”."
    return "Kolada har inget sådant nyckeltal."
