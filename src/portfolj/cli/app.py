"""The application that the commands belong to, and the options that several of them share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="portfolj",
    help="Från ett samordningsförbunds liggare till en rapport som styrelsen kan läsa.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="MAPP", help="Mapp med raw/ och processed/. Förval: data/ i portfoljs mapp."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="MAPP", help="Mapp för rapporter. Förval: reports/ i portfoljs mapp.")
]
