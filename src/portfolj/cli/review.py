"""The command about a person's review of the coding: review."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from portfolj.cli.app import DataOption, OutOption, app
from portfolj.places import find_places


@app.command()
def review(
    federation: Annotated[str, typer.Argument(metavar="FÖRBUND", help="Förbundets mapp under data/raw.")],
    apply: Annotated[bool, typer.Option("--apply", help="För in bokens svar i decisions.csv.")] = False,
    period: Annotated[
        str | None, typer.Option(metavar="2014-2019", help="Tomt: förbundets egen. alla-ar: alla år.")
    ] = None,
    basis: Annotated[str | None, typer.Option(help="Vad ett svar minst ska vila på: stated, described, named.")] = None,
    data: DataOption = None,
    out: OutOption = None,
) -> None:
    """Gör en granskningsbok i Excel: det som behöver ett beslut först. --apply för in svaren i decisions.csv."""
    from portfolj.portfolio.view import open_portfolio
    from portfolj.review import book
    from portfolj.review.waiting import pairs_waiting, waiting

    places = find_places(data=data, out=out)
    portfolio = open_portfolio(federation, period=period or "", basis=basis or "", places=places)
    elsewhere = (("data", data), ("out", out))
    flags = "".join(f" --{flag} {shlex.quote(str(folder))}" for flag, folder in elsewhere if folder is not None)
    if apply:
        applied = book.apply_review(portfolio, places=places)
        typer.echo(f"{federation}: {applied}")
        if applied.changes:
            typer.echo(f"Gör rapporten på nytt: portfolj run {federation}{flags}")
        return
    written = book.write_review(portfolio, places=places)
    pairs = pairs_waiting(written.pairs)
    typer.echo(f"{federation}: {waiting(written.items)}.{f' {pairs}.' if pairs else ''}")
    typer.echo(
        f"Skrev {written.path}\nSvara i boken, spara, stäng och kör: portfolj review {federation} --apply{flags}"
    )
