"""For the analyst: which answers wait for a decision, what each could move in the board's tables, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from portfolj.coding.codebook import ORIENTATION, TARGET_GROUPS
from portfolj.coding.target_groups import STAFF
from portfolj.errors import ReconciliationError
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.markup import (
    LONGEST_LIST,
    Column,
    Html,
    Table,
    command,
    count_column,
    finding,
    paragraph,
    steps,
)
from portfolj.exhibits.scope import nothing_funded, reconciles, table_notes
from portfolj.portfolio import tables
from portfolj.portfolio.counting import COUNTING_WORDS, CountingRule
from portfolj.portfolio.money import known_sum_sek, sum_sek
from portfolj.portfolio.view import Portfolio
from portfolj.review.doubt import DOUBTS, at_stake, kronor_in_doubt
from portfolj.review.moves import changes_ore
from portfolj.review.stakes import stakes as stakes_of

MONEY_BESIDE = {"count": "granted_sek", "could_leave": "could_leave_sek", "could_come": "could_come_sek"}
NOTHING_OPEN = "Inget svar väntar på beslut."
DECIDED_LATER = {"owner": "den huvudman", "target_groups": "den målgrupp", "orientation": "den inriktning"}
BETWEEN = {"owner": "huvudmän", "target_groups": "målgrupper", "orientation": "inriktningar"}


def stakes(portfolio: Portfolio) -> Html:
    """What decisions could change in the board's tables: per category what could leave it and what could come."""
    open_ = at_stake(portfolio)
    if open_.empty:
        return paragraph(nothing_funded(portfolio) or NOTHING_OPEN)
    frame = stakes_of(portfolio)
    return Html(
        finding(stakes_finding(portfolio)),
        *(
            _stakes_table(portfolio, frame[frame["dimension"] == dimension], dimension, open_)
            for dimension in labels.DIMENSIONS
            if (open_["dimension"] == dimension).any()
        ),
    )


def stakes_finding(portfolio: Portfolio) -> str:
    """How many answers wait, about how many interventions, and how much they could move at the most per table."""
    open_ = at_stake(portfolio)
    if open_.empty:
        return nothing_funded(portfolio) or NOTHING_OPEN
    count = open_["intervention_key"].nunique()
    text = (
        f"{swedish.number(len(open_))} svar om {swedish.interventions(count)} väntar på beslut."
        if len(open_) > 1
        else "Ett svar väntar på beslut."
    )
    by_dimension = {d: rows for d in BETWEEN if len(rows := open_[open_["dimension"] == d])}
    if not portfolio.has_amounts:
        waiting = [
            f"{swedish.number(len(rows))} om {labels.inside(labels.DIMENSIONS[d])}" for d, rows in by_dimension.items()
        ]
        return f"{text} Det är {swedish.listed(waiting)}." if len(open_) > 1 else text
    scale = labels.scale(portfolio)
    most = [f"{scale.text(sum_sek(rows['moves_sek']))} mellan {BETWEEN[d]}" for d, rows in by_dimension.items()]
    return f"{text} {'Besluten' if len(open_) > 1 else 'Det'} kan flytta högst {swedish.listed(most)}."


def _stakes_table(portfolio: Portfolio, frame: pd.DataFrame, dimension: str, open_: pd.DataFrame) -> Html:
    codebook = portfolio.codebook
    shown = frame[(frame["count"] > 0) | (frame["could_come"] > 0)]
    shown = shown.assign(label=[codebook.label(dimension, code) for code in shown["code"]])
    headings = {"count": "Nu", "could_leave": "Väntar på beslut", "could_come": "Ledtrådar pekar hit"}
    if not frame["could_come"].any():
        del headings["could_come"]
    columns = [Column("label", labels.DIMENSIONS[dimension])]
    columns += [count_column(key, f"{heading}, insatser") for key, heading in headings.items()]
    if portfolio.has_amounts:
        columns += [
            Column(MONEY_BESIDE[key], f"{heading}, kronor", swedish.kronor, numeric=True)
            for key, heading in headings.items()
        ]
    total: dict[str, Any] = {"label": "Summa"}
    total |= {column: int(frame[column].sum()) for column in MONEY_BESIDE}
    total |= {column: known_sum_sek(frame[column]) for column in MONEY_BESIDE.values()}
    own = open_[open_["dimension"] == dimension]
    return Table(
        name=f"oppet-{dimension.replace('_', '-')}",
        caption=f"{labels.DIMENSIONS[dimension]}: vad beslut kan ändra i styrelsens tabell, {portfolio.period_label}",
        frame=shown,
        columns=columns,
        total=total,
        reconciles=[_now_reconciles(portfolio, dimension), _reconciles(portfolio, frame, dimension)]
        if portfolio.has_amounts
        else [],
        notes=_stakes_notes(portfolio, own, dimension),
    ).html()


def _now_reconciles(portfolio: Portfolio, dimension: str) -> str:
    name = f"target_group_{portfolio.counting}" if dimension == TARGET_GROUPS else dimension
    return reconciles(tables.reconciliations(portfolio)[name])


def _reconciles(portfolio: Portfolio, frame: pd.DataFrame, dimension: str) -> str:
    """What waits in the categories against what is weak or undefined, and to which other sum where groups overlap."""
    certain = kronor_in_doubt(portfolio).set_index("dimension").loc[dimension]
    leaves_sek, weak, undefined = sum_sek(frame["could_leave_sek"]), certain["weak_sek"], certain["undefined_sek"]
    ore = round(100 * leaves_sek) - round(100 * weak) - round(100 * undefined)
    several = dimension == TARGET_GROUPS
    if ore and not several:
        raise ReconciliationError(f"det som väntar på beslut om {dimension} går inte ihop: {ore / 100} kr skiljer")
    parts = [(weak, "med svagt svar"), (undefined, "utan svar")]
    said = swedish.listed([f"{swedish.kronor(sek)} {which}" for sek, which in parts if sek]) or "inga kända belopp"
    text = f"{swedish.kronor(leaves_sek)} väntar på beslut: {said}"
    if ore > 0:
        text += f", och {swedish.kronor(ore / 100)} som räknas i mer än en målgrupp"
    if ore < 0:
        text += f", men {swedish.kronor(-ore / 100)} ligger kvar i sin målgrupp hur det än beslutas"
    return f"{text}."


def _stakes_notes(portfolio: Portfolio, open_: pd.DataFrame, dimension: str) -> list[str]:
    notes = []
    if dimension == TARGET_GROUPS:
        notes = [f"Räkneregel: {COUNTING_WORDS[portfolio.counting]}.", _also_orientation(portfolio, open_)]
    unknown = int((open_["could_become"] == "").sum())
    if unknown == len(open_):
        notes.append("Ingen ledtråd pekar åt något håll. Allt som väntar räknas som att det kan flytta.")
    elif unknown:
        notes.append(
            f"För {swedish.number(unknown)} av {swedish.number(len(open_))} svar pekar ingen ledtråd åt något håll. "
            "De räknas som att hela beloppet kan flytta."
        )
    return [note for note in notes if note]


def _also_orientation(portfolio: Portfolio, open_: pd.DataFrame) -> str:
    """That a decision on target groups takes away an orientation which was derived from their absence."""
    frame = portfolio.interventions
    derived = frame[(frame[f"{ORIENTATION}_decided_by"] == "derived")].set_index("intervention_key")["granted_sek"]
    other = open_[(open_["could_become"].str.split(";").str[0] != STAFF)]["intervention_key"]
    amounts = derived[derived.index.isin(other)]
    if amounts.empty:
        return ""
    money = f", {swedish.kronor(sum_sek(amounts))}," if amounts.notna().any() else ""
    return (
        f"{swedish.interventions(len(amounts))}{money} har en inriktning som är härledd, eftersom målgruppen saknas "
        "eller är personal. Beslutas en annan målgrupp blir också inriktningen ej definierad."
    )


def pending(portfolio: Portfolio) -> Html:
    """Every answer that waits for a decision: what it is now, why it is doubtful, and what a decision could move."""
    open_ = at_stake(portfolio)
    if open_.empty:
        return Html()
    notes = table_notes(portfolio)
    if len(open_) > LONGEST_LIST:
        left = swedish.number(len(open_) - LONGEST_LIST)
        notes.insert(0, f"Här visas de {LONGEST_LIST} första. Ytterligare {left} står i tables/pending.csv.")
    rows = open_.head(LONGEST_LIST).to_dict("records")
    shown = pd.DataFrame(
        {
            "name": [row["name"] for row in rows],
            "dimension": [labels.DIMENSIONS[row["dimension"]] for row in rows],
            "now": [_now(portfolio, row) for row in rows],
            "moves": [_moves(portfolio, row) for row in rows],
            "moves_sek": [row["moves_sek"] for row in rows],
            "key": [row["intervention_key"] for row in rows],
        }
    )
    columns = [
        Column("name", "Insats"),
        Column("dimension", "Uppgift"),
        Column("now", "Svar nu"),
        Column("moves", "Ett beslut kan flytta insatsen"),
        Column("key", "Nyckel"),
    ]
    if portfolio.has_amounts:
        columns.insert(-1, Column("moves_sek", "Kan flytta", swedish.kronor, numeric=True, missing="belopp saknas"))
    return Table(name="vantar", caption=f"Svar som väntar på beslut, {portfolio.period_label}", frame=shown,
                 columns=columns, notes=notes).html()  # fmt: skip


def _now(portfolio: Portfolio, row: Mapping[str, Any]) -> str:
    return f"{labels.code(portfolio.codebook, row['dimension'], row['said'])}: {DOUBTS[row['doubt']]}"


def _moves(portfolio: Portfolio, row: Mapping[str, Any]) -> str:
    """``från Ej definierad till Unga``; by another rule than ``once`` how much to each of several groups."""
    dimension, other = row["dimension"], row["could_become"]
    source = f"från {labels.code(portfolio.codebook, dimension, row['said'])}"
    if not other:
        return f"{source} till {DECIDED_LATER[dimension]} som beslutas"
    if ";" not in other or portfolio.counting is CountingRule.ONCE or swedish.is_missing(row["granted_sek"]):
        return f"{source} till {labels.code(portfolio.codebook, dimension, other)}"
    changes = changes_ore(row["said"], other, granted_sek=row["granted_sek"], dimension=dimension,
                          counting=portfolio.counting)  # fmt: skip
    gains = [
        f"{swedish.kronor(ore / 100)} till {portfolio.codebook.label(dimension, code)}"
        for code, ore in changes.items()
        if code in other.split(";")
    ]
    return f"{source}: {swedish.listed(gains)}" if gains else "flyttar inget: samma målgrupper i annan ordning"


def how_to_decide(portfolio: Portfolio) -> Html:
    """What the reader does next, with the commands for this federation, period and basis."""
    key, rules = portfolio.federation.key, _rules(portfolio)
    counting = [] if portfolio.counting is CountingRule.ONCE else [f"--counting {portfolio.counting.value}"]
    return steps(
        [
            command("portfolj review", key, *rules)
            + " skriver granskningsboken review.xlsx. Det som väntar på beslut står först, med texten och listor att "
            "välja ur.",
            "Fyll i de svar du vet, och gärna varför. Spara och stäng boken.",
            command("portfolj review", key, *rules, "--apply")
            + " kontrollerar varje cell och för in svaren i decisions.csv.",
            command("portfolj run", key, *rules, *counting) + " gör om rapporten.",
        ]
    )


def _rules(portfolio: Portfolio) -> list[str]:
    """The flags by which the commands count as this page does, where that is not the federation's own way."""
    flags = [] if portfolio.is_own_period else [f"--period {portfolio.period_key}"]
    own_basis = portfolio.federation.classification.basis
    return flags + ([] if portfolio.basis is own_basis else [f"--basis {portfolio.basis.value}"])
