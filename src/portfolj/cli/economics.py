"""The command that answers one question on money: how long until an income has paid a cost."""

from __future__ import annotations

from typing import Annotated

import typer

from portfolj.cli.app import app
from portfolj.errors import PortfoljError


@app.command()
def payback(
    cost: Annotated[str, typer.Option("--cost", metavar="KRONOR", help="Vad det kostade, i kronor.")],
    income: Annotated[str, typer.Option("--income", metavar="KRONOR", help="Vad det ger på ett år, i kronor.")],
    discount_rate: Annotated[
        float, typer.Option("--discount-rate", metavar="PROCENT", min=0, max=50, help="Kalkylränta per år.")
    ] = 0.0,
    fade_out: Annotated[
        float, typer.Option("--fade-out", metavar="PROCENT", min=0, max=100, help="Hur mycket som försvinner per år.")
    ] = 0.0,
    deadweight: Annotated[
        float,
        typer.Option("--deadweight", metavar="PROCENT", min=0, max=100, help="Hur stor del som hade kommit ändå."),
    ] = 0.0,
) -> None:
    """Räknar hur många månader det tar innan en årlig intäkt har betalat en kostnad, och säger regeln."""
    from portfolj.economics.options import Options
    from portfolj.exhibits.economics.answer import payback_answer

    options = Options(discount_rate=discount_rate / 100, fade_out=fade_out / 100, deadweight=deadweight / 100)
    cost_sek, income_sek = _kronor(cost, "--cost"), _kronor(income, "--income")
    if cost_sek < 0:
        raise PortfoljError(f"--cost är {cost!r}. En kostnad är noll eller mer; skriv den utan minustecken.")
    typer.echo(payback_answer(cost_sek, income_sek, options=options))


def _kronor(text: str, option: str) -> float:
    """An amount as people write it, in kronor or in the unit that it names: ``57 000 000``, ``57 mkr``, ``-1 200``."""
    from portfolj.federation import Unit
    from portfolj.ledger.amounts import ALLOWED_AMOUNTS, AmountUnreadable, parse_amount

    try:
        amount = parse_amount(text, unit=Unit.KR)
    except AmountUnreadable:
        amount = None
    if amount is None:
        raise PortfoljError(f"{option} är {text!r} och går inte att läsa som ett belopp. Tillåtet: {ALLOWED_AMOUNTS}.")
    return amount.ore / 100
