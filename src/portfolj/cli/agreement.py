"""Commands about how well coders agree: sample, agreement."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from portfolj.cli.app import DataOption, app
from portfolj.places import find_places


@app.command()
def sample(
    federation: Annotated[str, typer.Argument(metavar="FÖRBUND", help="En mapp under data/raw.")],
    n: Annotated[int, typer.Option("--n", metavar="ANTAL", help="Hur många insatser.")] = 30,
    seed: Annotated[int, typer.Option("--seed", metavar="TAL", help="Samma tal drar samma insatser.")] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="MAPP", help="Mapp för filerna. Förval: data/samples/FÖRBUND.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Drar ett urval insatser och skriver en arbetsbok till var och en av två kodare, utan maskinens svar."""
    from portfolj.agreement import sample_federation

    drawn = sample_federation(federation, n=n, seed=seed, folder=out, places=find_places(data=data))
    for line in drawn.sentences:
        typer.echo(line)
    typer.echo("Skrev en fil till var kodare:")
    for path in drawn.paths:
        typer.echo(f"  {path}")
    own = f" --federation {federation}" if drawn.has_own_codes else ""
    files = " ".join(shlex.quote(str(path)) for path in drawn.paths)
    typer.echo("Låt två personer koda var för sig. Jämför sedan deras svar, och maskinens:")
    typer.echo(f"  portfolj agreement {files} --machine{own}")


@app.command()
def agreement(
    files: Annotated[
        list[Path], typer.Argument(metavar="FIL", help="En fil med en kolumn per kodare, eller en fil per kodare.")
    ],
    machine: Annotated[
        bool, typer.Option("--machine", help="Koda texterna med kodboken och jämför den också.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FIL", help="Skriv allt i en arbetsbok, .xlsx.")] = None,
    federation: Annotated[
        str | None, typer.Option("--federation", metavar="FÖRBUND", help="Förbundet vars egna koder filerna har.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Bladet, om en arbetsbok har flera med svar.")] = None,
    data: DataOption = None,
) -> None:
    """Räknar hur väl kodare är överens, med intervall, och visar var de svarade olika."""
    from portfolj import coding
    from portfolj.agreement import measure_agreement, read_coded, told, write_result
    from portfolj.federation import known_federation

    codebook = coding.load_codebook()
    if federation is not None:
        codebook = coding.codebook_of(known_federation(federation, places=find_places(data=data)))
    coded = read_coded(files, codebook=codebook, sheet=sheet, machine=machine)
    figures = measure_agreement(coded)
    if out is not None:
        write_result(figures, coded, out, codebook=codebook)
    for line in told(coded, figures, codebook=codebook):
        typer.echo(line)
    if out is not None:
        typer.echo(f"\nSkrev {out}")
