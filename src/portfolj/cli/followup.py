"""The command about the secret that follow-up of persons needs: key."""

from __future__ import annotations

from typing import Annotated

import typer

from portfolj.cli.app import DataOption, app
from portfolj.places import find_places


@app.command()
def key(
    federation: Annotated[str, typer.Argument(metavar="FÖRBUND", help="Förbundets mapp under data/raw.")],
    data: DataOption = None,
) -> None:
    """Gör en nyckel, så att personnummer i uppföljningen kan läsas utan att föras vidare. Skriver aldrig över."""
    from portfolj.federation import known_federation
    from portfolj.followup.identity import make_key

    places = find_places(data=data)
    settings = known_federation(federation, places=places)
    path = make_key(settings.key, data=places.data)
    typer.echo(
        f"Skrev {path}\nBara du kan läsa filen. Spara en kopia på ett säkert ställe utanför arkivet och datamappen: "
        "utan den går det inte att se att en person är densamma som i en tidigare fil."
    )
