"""What each priority was meant to have and what it had, in the period and year by year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from portfolj.exhibits import labels, swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, bullets, count_column, details, finding, money_column
from portfolj.exhibits.scope import amounts_missing, nothing_funded, reconciles, undated_line
from portfolj.exhibits.strategy import words
from portfolj.exhibits.strategy.pictures import shares_per_year
from portfolj.portfolio.money import known_sum_sek, sum_sek
from portfolj.strategy.money import Line
from portfolj.strategy.summary import Verdict
from portfolj.strategy.view import StrategyView

LINES = {
    Line.OUTSIDE.value: "Utanför alla prioriteringar",
    Line.UNKNOWN.value: "Vet vi inte",
    Line.NOT_STATED.value: "År utan prioriteringar",
    Line.OVERLAP.value: "Räknat mer än en gång",
}
VERDICTS = {
    Verdict.NO_SHARE.value: "ingen andel bestämd",
    Verdict.AT_LEAST.value: "minst så mycket som avsett",
    Verdict.LESS.value: "mindre än avsett",
    Verdict.CANNOT_TELL.value: "går inte att säga",
}
NO_MONEY = "Insatsernas belopp är inte kända. Därför går det bara att räkna insatser."


def intended_and_actual(view: StrategyView) -> Html:
    """The finding, a picture over years, and the tables: each priority in the period, and each year's lines."""
    if not view.is_stated:
        return left_out(words.NOT_STATED)
    if nothing := nothing_funded(view.portfolio):
        return finding(nothing)
    told = [priority_finding(view, record) for record in view.priorities.to_dict("records")]
    return Html(
        finding(strategy_finding(view)),
        bullets([text for text in told if text]),
        shares_per_year(view),
        _in_the_period(view),
        details("År för år", _per_year(view)),
    )


def sum_of(view: StrategyView, line: Line) -> float | None:
    """What stands on a kind of line in the period; 0 where there is none of it, None where no amount is known."""
    rows = view.by_year[view.by_year["line"] == line.value]
    return known_sum_sek(rows["granted_sek"]) if len(rows) else 0.0


def within_sek(view: StrategyView) -> float:
    """Money to interventions that belong to some priority, each krona once."""
    parts = [Line.PRIORITY, Line.OVERLAP]
    return sum_sek(view.by_year.loc[view.by_year["line"].isin([line.value for line in parts]), "granted_sek"])


def strategy_finding(view: StrategyView) -> str:
    """How much went to the priorities, how much to what is outside all of them, and how much can't be told."""
    if not view.portfolio.has_amounts:
        return _counted(view)
    total = sum_sek(view.portfolio.interventions["granted_sek"])
    within = within_sek(view)
    text = (
        f"{words.money(view, within)} av {words.money(view, total)} ({swedish.percent(within, total)}) gick till "
        "styrelsens prioriteringar"
    )
    outside, unknown, free = (sum_of(view, line) or 0.0 for line in (Line.OUTSIDE, Line.UNKNOWN, Line.NOT_STATED))
    text += f" och {words.money(view, outside)} till annat." if outside else "."
    if unknown:
        text += f" För {words.money(view, unknown)} vet vi inte, eftersom {_why_unknown(view)} saknas."
    if free:
        text += f" {words.money(view, free)} beviljades år då ingen prioritering gällde."
    return text


def _why_unknown(view: StrategyView) -> str:
    rows = view.decisions[view.decisions["status"] == Line.UNKNOWN.value]
    return words.lacks(";".join(dict.fromkeys(";".join(rows["cannot_judge"]).split(";"))))


def _counted(view: StrategyView) -> str:
    made = view.decisions
    every = made["intervention_key"].nunique()
    own = made.loc[made["status"] == Line.PRIORITY.value, "intervention_key"].nunique()
    unknown = made.loc[made["status"] == Line.UNKNOWN.value, "intervention_key"].nunique()
    text = f"{swedish.number(own)} av {swedish.interventions(every)} hör till någon av styrelsens prioriteringar."
    if unknown:
        text += f" För {swedish.number(unknown)} vet vi inte, eftersom {_why_unknown(view)} saknas."
    return f"{text} {NO_MONEY}"


def priority_finding(view: StrategyView, record: dict[Any, Any]) -> str:
    """Whether one priority had what it was meant to; empty where nothing was intended and some was granted."""
    name, verdict = f"”{record['priority']}”", record["verdict"]
    if not record["interventions"]:
        text = f"Ingen insats hör säkert till {name}"
        if record["unknown_interventions"]:
            return f"{text}; {swedish.number(record['unknown_interventions'])} kan höra dit."
        return f"{text}." if not swedish.is_missing(record["first_year"]) else f"{name} gällde inte under perioden."
    if not view.portfolio.has_amounts or verdict == Verdict.NO_SHARE.value:
        return ""
    had, intended = (words.money(view, record[column]) for column in ("granted_sek", "intended_sek"))
    text = f"{name} fick {had} av avsedda {intended}"
    if verdict == Verdict.LESS.value:
        return f"{text}, och kan inte ha fått så mycket som avsett."
    if verdict == Verdict.AT_LEAST.value:
        return f"{text}."
    if unknown := record["unknown_sek"]:
        return f"{text}. Ytterligare {words.money(view, unknown)} kan höra dit, så om det räckte går inte att säga."
    return f"{text}. Om det räckte går inte att säga, eftersom belopp saknas."


def _in_the_period(view: StrategyView) -> Html:
    scale = labels.scale(view.portfolio)
    frame = view.priorities.assign(
        years=[swedish.years(*pair) if not swedish.is_missing(pair[0]) else "inte i perioden"
               for pair in zip(view.priorities["first_year"], view.priorities["last_year"], strict=True)],
        said=view.priorities["verdict"].map(VERDICTS),
        share=[swedish.percent(had, of) if not swedish.is_missing(had) else None
               for had, of in zip(view.priorities["granted_sek"], view.priorities["of_sek"], strict=True)],
    )  # fmt: skip
    columns = [
        Column("priority", "Prioritering"),
        Column("years", "År", missing=swedish.NOT_APPLICABLE),
        money_column("intended_sek", "Avsett", scale, missing=swedish.NOT_APPLICABLE),
        money_column("granted_sek", "Fick", scale),
        Column("share", "Andel av årens pengar", numeric=True, missing=swedish.NOT_APPLICABLE),
        money_column("unknown_sek", "Kan höra dit", scale, missing=swedish.NOT_APPLICABLE),
        Column("said", "Fick den så mycket?", missing=swedish.NOT_APPLICABLE),
        count_column("interventions", "Insatser"),
    ]
    total = {"priority": "Allt som beviljades", "interventions": len(view.portfolio.interventions),
             "granted_sek": known_sum_sek(view.portfolio.interventions["granted_sek"])}  # fmt: skip
    return Table(
        name="strategi",
        caption=f"Avsedda och beviljade pengar per prioritering, {view.portfolio.period_label}",
        frame=pd.concat([frame, _other_lines(view)], ignore_index=True),
        columns=columns,
        total=total,
        reconciles=[reconciles(view.reconciliation)] if view.reconciliation is not None else [],
        notes=_notes(view),
    ).html()


def _other_lines(view: StrategyView) -> pd.DataFrame:
    """The money of the period that is not a priority's, and what stands in several of them."""
    made, records = view.decisions, []
    for line, label in LINES.items():
        rows = view.by_year[view.by_year["line"] == line]
        if len(rows):
            own = made[made["status"] == line] if line != Line.OVERLAP.value else made[made["priorities"].map(len) > 1]
            count = own["intervention_key"].nunique()
            records.append({"priority": label, "interventions": count,
                            "granted_sek": known_sum_sek(rows["granted_sek"])})  # fmt: skip
    return pd.DataFrame(records, columns=["priority", "interventions", "granted_sek"])


def _notes(view: StrategyView) -> list[str]:
    notes = [
        f"{words.RULE[view.settings.counting]} En insats med beslut flera år kan stå på flera rader, därför summeras "
        "inte antalen.",
        "Avsett är styrelsens andel av medlemmarnas pengar varje år. Kan höra dit: insatser där det som avgör inte är "
        "känt. Samma pengar kan stå vid flera prioriteringar.",
    ]
    if view.portfolio.federation.classification.derive_orientation:
        notes.append("En härledd inriktning räknas som känd.")
    return [*notes, *(text for text in (amounts_missing(view.portfolio), undated_line(view.portfolio)) if text)]


def _per_year(view: StrategyView) -> Html:
    scale = labels.scale(view.portfolio)
    lines = view.by_year
    frame = lines.assign(
        year=["utan år" if pd.isna(year) else str(int(year)) for year in lines["year"]],
        label=[priority or LINES[line] for priority, line in zip(lines["priority"], lines["line"], strict=True)],
        unknown_sek=lines["unknown_sek"].where(lines["line"] == Line.PRIORITY.value),
    )
    columns = [
        Column("label", "Prioritering"),
        Column("year", "År"),
        Column("intended_share_pct", "Avsedd andel", words.pct, numeric=True, missing=swedish.NOT_APPLICABLE),
        Column("share_pct", "Faktisk andel", _share, numeric=True, missing=swedish.NOT_APPLICABLE),
        money_column("granted_sek", "Fick", scale),
        money_column("unknown_sek", "Kan höra dit", scale, missing=swedish.NOT_APPLICABLE),
        count_column("interventions", "Insatser"),
    ]
    return Table(
        name="strategi-ar",
        caption=f"Avsedd och faktisk andel av pengarna per beslutsår, {view.portfolio.period_label}",
        frame=frame,
        columns=columns,
        total={"label": "Summa", "granted_sek": known_sum_sek(lines["granted_sek"])},
        notes=["Varje års rader är tillsammans det som beviljades det året."],
    ).html()


def _share(value: float) -> str:
    return swedish.percent(value, 100)
