"""The command about earlier reports: keep."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from portfolj.cli.app import OutOption, app
from portfolj.errors import PortfoljError
from portfolj.places import find_places

if TYPE_CHECKING:
    from portfolj.report.shelf import Report


@app.command()
def keep(
    federations: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FÖRBUND]...", help="Mappar i mappen för rapporter. Utelämnat: alla."),
    ] = None,
    last: Annotated[
        int, typer.Option("--last", min=0, metavar="ANTAL", help="Så många tidigare rapporter per period behålls.")
    ] = ...,  # type: ignore[assignment]
    yes: Annotated[
        bool, typer.Option("--yes", help="Ta bort. Utan flaggan visas bara vad som skulle tas bort.")
    ] = False,
    out: OutOption = None,
) -> None:
    """Behåller de senaste av de tidigare rapporterna. Visar först; rör aldrig rapporten som gäller."""
    from portfolj.report.kept import beyond_the_last, kept_reports, remove_empty_history, remove_kept, size_bytes
    from portfolj.report.layout import HISTORY_FOLDER
    from portfolj.report.lock import only_one
    from portfolj.report.ways_in import write_ways_in

    folder = find_places(out=out).out
    known = sorted(path.parent.name for path in folder.glob(f"*/{HISTORY_FOLDER}"))
    chosen = list(dict.fromkeys(federations)) if federations else known
    if unknown := [name for name in chosen if name not in known]:
        have = f"Förbund med tidigare rapporter: {', '.join(known)}." if known else "Inget förbund har det."
        raise PortfoljError(f"{', '.join(unknown)} har inga tidigare rapporter i {folder}. {have}")
    count, size = 0, 0

    def tell(reports: Sequence[Report]) -> None:
        nonlocal count, size
        for report in reports:
            taken = size_bytes(report)
            typer.echo(f"{report.href}  {_megabytes(taken)}")
            count, size = count + 1, size + taken

    for name in chosen:
        with only_one(folder / name) if yes else nullcontext():
            reports = beyond_the_last(kept_reports(folder / name), last)
            tell(reports)
            if yes:
                write_ways_in(folder, without=[report.href for report in reports])  # first: no page leads to what goes
                remove_kept(reports)
                remove_empty_history(folder / name)
    if not count:
        typer.echo("Inget att ta bort.")
    elif yes:
        typer.echo(f"Tog bort {_reports(count)}, {_megabytes(size)}.")
    else:
        typer.echo(f"Skulle ta bort {_reports(count)}, {_megabytes(size)}. Lägg till --yes för att göra det.")


def _reports(count: int) -> str:
    return "1 tidigare rapport" if count == 1 else f"{count} tidigare rapporter"


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB".replace(".", ",")
