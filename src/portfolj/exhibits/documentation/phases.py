"""Stepwise funding: each intervention's phases, the condition for going on, and what is at stake in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.documentation.phases import DECIDED, DECIDED_UNMET, OPEN, WAITS
from portfolj.errors import ReconciliationError
from portfolj.exhibits import swedish
from portfolj.exhibits.documentation.words import MET, NOT_STATED, STATES, span
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, finding
from portfolj.portfolio.money import known_sum_sek, sum_sek

if TYPE_CHECKING:
    from portfolj.documentation.view import DocumentationView

NO_PHASES = "Förbundets mapp har ingen fil med faser. Därför går det inte att säga vad som väntar på villkor."


def phases(view: DocumentationView) -> Html:
    """A row per phase; a sentence where there is none, which a page leaves out."""
    frame = view.tables["phases"]
    if frame.empty:
        return left_out(NO_PHASES)
    shown = frame.assign(
        time=[span(*pair) or None for pair in zip(frame["start"], frame["end"], strict=True)],
        condition=[text or None for text in frame["condition"]],
        met=[MET[code] for code in frame["met"]],
        state=[STATES[code] for code in frame["state"]],
        at_stake=[_at_stake(*row) for row in zip(frame["at_stake_sek"], frame["next_phase"], _following(frame),
                                                  strict=True)],
    )  # fmt: skip
    table = Table(
        name="faser",
        caption="Insatser som finansieras i steg: fas, villkor och vad som står på spel i nästa fas",
        frame=shown,
        columns=[
            Column("name", "Insats"),
            Column("phase", "Fas"),
            Column("amount_sek", "Belopp", swedish.kronor, numeric=True),
            Column("time", "Tid", missing=NOT_STATED),
            Column("condition", "Villkor för att gå vidare", missing="inget villkor"),
            Column("met", "Uppfyllt"),
            Column("state", "Läge"),
            Column("at_stake", "Står på spel i nästa fas", numeric=True),
        ],
        total={"name": "Summa", "amount_sek": known_sum_sek(frame["amount_sek"])},
        reconciles=[money_line(frame)],
        notes=_notes(frame),
    )
    return Html(finding(phases_finding(view)), table.html())


def phases_finding(view: DocumentationView) -> str:
    """How much money waits on conditions that are not met, and what else a board should know; empty without phases."""
    frame = view.tables["phases"]
    if frame.empty:
        return ""
    told = [waiting_finding(view)]
    unmet = frame[frame["state"] == DECIDED_UNMET]
    ready = frame[frame["state"] == OPEN]
    if len(ready) and frame["decided_on"].notna().any():
        told.append(f"{money_of(ready)} i {_counted(len(ready))} kan beslutas: inget villkor står i vägen.")
    if len(unmet):
        told.append(
            f"{money_of(unmet)} i {_counted(len(unmet))} är beslutade fast ett tidigare villkor inte är uppfyllt."
        )
    return " ".join(told)


def waiting_finding(view: DocumentationView) -> str:
    """How much money waits on conditions that are not met; empty without phases."""
    frame = view.tables["phases"]
    if frame.empty:
        return ""
    waits = frame[frame["state"] == WAITS]
    if waits.empty:
        return "Inga pengar väntar på ett villkor som inte är uppfyllt."
    return f"{money_of(waits)} i {_counted(len(waits))} väntar på villkor som inte är uppfyllda."


def money_of(frame: pd.DataFrame) -> str:
    """What the phases come to: ``Minst`` ahead of it where some amount is not known."""
    amount = known_sum_sek(frame["amount_sek"])
    if amount is None:
        return "Okända belopp"
    missing = int(frame["amount_sek"].isna().sum())
    return f"Minst {swedish.kronor(amount)}" if missing else swedish.kronor(amount)


def _counted(count: int) -> str:
    return f"{swedish.in_words(count)} {'fas' if count == 1 else 'faser'}"


def _following(frame: pd.DataFrame) -> list[str]:
    """The state of each phase's next one; empty after an intervention's last."""
    return [state if following else "" for state, following in zip([*frame["state"].iloc[1:], ""], frame["next_phase"],
                                                                   strict=True)]  # fmt: skip


def _at_stake(amount: Any, following: str, state: str) -> str:
    if not following:
        return "sista fasen"
    if state in (DECIDED, DECIDED_UNMET):
        return "nästa fas är beslutad"
    return swedish.MISSING if swedish.is_missing(amount) else swedish.kronor(float(amount))


def money_line(frame: pd.DataFrame) -> str:
    """That the phases' money is the decided, the waiting and the rest. Raises ReconciliationError where it is not."""
    total = sum_sek(frame["amount_sek"])
    parts = {name: sum_sek(frame.loc[frame["state"].isin(states), "amount_sek"]) for name, states in (
        ("beslutade", (DECIDED, DECIDED_UNMET)), ("som väntar på villkor", (WAITS,)),
        ("som inget villkor hindrar", (OPEN,)),
    )}  # fmt: skip
    if round(sum(parts.values()) * 100) != round(total * 100):
        raise ReconciliationError(f"faserna är {total} kr men delarna {sum(parts.values())} kr")
    said = swedish.listed([f"{swedish.kronor(amount)} {name}" for name, amount in parts.items()])
    return f"Faserna är tillsammans {swedish.kronor(total)}: {said}."


def _notes(frame: pd.DataFrame) -> list[str]:
    notes = [
        "Tabellen har alla faser i filen, också de utanför rapportens period. En fas väntar när ett villkor i en "
        "tidigare fas av samma insats inte är uppfyllt, bara delvis är det eller är oklart."
    ]
    if not frame["decided_on"].notna().any():
        notes.append("Filen säger inte vilka faser som är beslutade. Därför räknas ingen som beslutad.")
    missing = int(frame["amount_sek"].isna().sum())
    if missing:
        notes.append(f"{swedish.counted(missing, 'fas', 'faser')} saknar belopp och räknas inte i pengar.")
    return notes
