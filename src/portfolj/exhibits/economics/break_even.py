"""What it takes for a cost to be paid: how many persons, each worth how much, and the highest cost that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.payback import MONTHS
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import pictures, words
from portfolj.exhibits.economics.lacking import no_payback
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, Table, details, finding, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

CURVE_YEARS = (1, 3, 5)
MOST_CURVES = 4
KINDS = {
    "stated": "angivet värde",
    "model": "modellens värde",
    "printed": "värde som trycket förutsätter",
}


def break_even(view: EconomicsView) -> Html:
    """A curve per cost with the points on it, and every point in a table."""
    frame = words.table_of(view, "break_even")
    if frame.empty:
        return left_out("Det finns inga beräkningar av vad som krävs för att gå jämnt ut.")
    drawable = frame[frame["persons"].notna() & frame["value_per_person_year_sek"].notna() & frame["cost_sek"].notna()]
    drawn = [(float(cost), rows) for cost, rows in drawable.groupby("cost_sek", sort=False)]
    drawn = sorted(drawn, key=lambda pair: -pair[0])[:MOST_CURVES]
    curves = [_curve(cost, rows) for cost, rows in drawn]
    if len(curves) > 1:
        others = details("Kurvor för de andra kostnaderna", *curves[1:])
        curves = [curves[0], others]
    opening = break_even_finding(view)
    return Html(*([finding(opening)] if opening else []), paragraph(_structural(view)), *curves, _table(frame).html())


def break_even_finding(view: EconomicsView) -> str:
    """How many persons the structural money needs; empty where it or the value is not known."""
    structural = words.record_of(words.table_of(view, "structural"))
    frame = words.table_of(view, "break_even")
    if not structural or frame.empty or not words.is_known(structural.get("granted_sek")):
        return ""
    cost = float(structural["granted_sek"])
    own = frame[(frame["cost_sek"].sub(cost).abs() < 0.5) & frame["persons"].notna()]
    if not cost or own.empty:
        return ""
    record = own.iloc[0].to_dict()
    return (
        f"De strukturpåverkande insatserna fick {words.money(cost)}. Det går jämnt ut om "
        f"{swedish.counted(int(record['persons']), 'person', 'personer')} fler än annars når det här "
        f"{_during(record['years'])}: {_in_sentence(record)}, värt "
        f"{swedish.kronor(round(record['value_per_person_year_sek']))} per person och år för samhället."
    )


def highest_cost(view: EconomicsView) -> Html:
    """The highest cost per participant that pays back in so many months, beside what a participant did cost."""
    frame = words.table_of(view, "highest_cost")
    if frame.empty:
        return no_payback(view)
    spans = sorted({int(months) for months in frame["months"]})
    records = []
    for actor in words.actors_in(frame):
        own = frame[frame["actor"] == actor]
        highest = {int(m): cost for m, cost in zip(own["months"], own["highest_cost_per_participant_sek"], strict=True)}
        first = own.iloc[0]
        records.append(
            {
                "label": words.label(view, actor),
                "income": first["income_per_participant_sek"],
                "cost": first["cost_per_participant_sek"],
                **{f"in_{months}": highest.get(months) for months in spans},
            }
        )
    table = Table(
        name="hogsta-kostnad",
        caption="Högsta kostnad per deltagare som är betald inom en viss tid, kr",
        frame=pd.DataFrame(records),
        columns=[
            Column("label", "Aktör"),
            *(Column(f"in_{months}", f"Inom {_span(months)}", _kr, numeric=True, missing=words.NOT_COMPUTED)
              for months in spans),
            Column("cost", "Räknad kostnad", _kr, numeric=True, missing=swedish.MISSING),
            Column("income", "Intäkt per deltagare och år", _kr, numeric=True, missing=words.NOT_COMPUTED),
        ],
        notes=["En aktör som inte får någon intäkt får inte tillbaka något belopp, hur litet det än är. Där står 0."]
        if (frame["highest_cost_per_participant_sek"] == 0).any()
        else [],
    )  # fmt: skip
    text = highest_cost_finding(view)
    return Html(*([finding(text)] if text else []), table.html())


def highest_cost_finding(view: EconomicsView) -> str:
    """What a participant may cost society at the most to be paid within the longest time; empty where not known."""
    frame = words.table_of(view, "highest_cost")
    if frame.empty:
        return ""
    actor = words.actors_in(frame)[0]
    own = frame[frame["actor"] == actor].sort_values("months")
    record = own.iloc[-1].to_dict()
    highest, cost = record["highest_cost_per_participant_sek"], record["cost_per_participant_sek"]
    if not words.is_known(highest):
        return ""
    name, span = words.inside(view, actor), _span(int(record["months"]))
    text = f"För {name} får en deltagare kosta högst {swedish.kronor(round(highest))} för att vara betald inom {span}"
    if not words.is_known(cost):
        return f"{text}."
    than = "mer" if cost > highest else "mindre" if cost < highest else "lika mycket"
    return f"{text}. Kostnaden var {than}: {swedish.kronor(round(cost))}." if than != "lika mycket" else f"{text}."


def _structural(view: EconomicsView) -> str:
    record = words.record_of(words.table_of(view, "structural"))
    told = (
        "En strukturpåverkande insats har inga deltagare att räkna på. Då går det att vända på frågan: hur många "
        "måste det gå bättre för, och hur mycket bättre, för att pengarna ska komma tillbaka? Svaret säger vad som "
        "krävs. Det säger inte att det har hänt."
    )
    if not record or not words.is_known(record.get("granted_sek")):
        return told
    whole = record["of_granted_sek"]
    of = f", {swedish.percent(record['granted_sek'], whole)} av pengarna" if words.is_known(whole) else ""
    without = int(record.get("without_amount") or 0)
    of += f". För {swedish.interventions(without)} av dem saknas belopp" if without else ""
    return (
        f"{told} Liggaren har {swedish.interventions(int(record['count']))} av det slaget, med "
        f"{swedish.kronor(record['granted_sek'])}{of}."
    )


def _curve(cost_sek: float, rows: pd.DataFrame) -> Html:
    points = [
        pictures.Point(_name(record), float(record["value_per_person_year_sek"]), float(record["persons"]))
        for record in rows.to_dict("records")
    ]
    said = "; ".join(
        f"{point.label} ({KINDS.get(str(kind), kind)}): {swedish.number(point.persons)} personer à "
        f"{swedish.kronor(round(point.value_sek))} per år"
        for point, kind in zip(points, rows["kind"], strict=True)
    )
    spans = sorted({*CURVE_YEARS, *(int(years) for years in rows["years"])})
    cost = words.money(cost_sek)
    return pictures.break_even_curve(
        cost_sek, years=spans, points=points,
        alt=f"Linjediagram över hur många personer som behövs för att {cost} ska vara betalda, beroende på vad varje "
            f"person är värd per år och hur länge. {said}.",
        caption=f"Personer som behövs för att betala {cost}. Skalorna är logaritmiska: ett lika långt steg gör "
                "talet lika många gånger större. Samma märke är samma fall, med olika värden. Siffrorna står i "
                "tabellen nedan.",
    )  # fmt: skip


def _table(frame: pd.DataFrame) -> Table:
    records = frame.to_dict("records")
    rows = frame.assign(
        name=[_name(record) for record in records],
        amount=pd.Series([_kronor(r["cost_sek"]) for r in records], index=frame.index, dtype="object"),
        each=pd.Series([_kronor(r["value_per_person_year_sek"]) for r in records], index=frame.index, dtype="object"),
        rests=[_rests_on(record) for record in records],
    )
    return Table(
        name="ga-jamnt-ut",
        caption="Personer som behövs för att kostnaden ska vara betald",
        frame=rows,
        columns=[
            Column("name", "Vad som ska hända"),
            text_column("amount", "Kostnad", missing=swedish.MISSING),
            text_column("each", "Värde per person och år", missing="värde saknas"),
            Column("years", "Hur länge", lambda years: f"{words.plain(float(years))}{swedish.NBSP}år", numeric=True),
            Column("persons", "Personer", lambda value: swedish.number(int(value)), numeric=True,
                   missing=words.NOT_COMPUTED),
            *([_printed_column()] if frame["printed_persons"].notna().any() else []),
            Column("rests", "Vad värdet vilar på"),
        ],
        notes=[
            "Personer = kostnad / (värde per person och år × antal år), avrundat uppåt.",
            *(["Där bara antalet är tryckt står det värde som antalet förutsätter, räknat baklänges."]
              if (frame["kind"] == "printed").any() else []),
        ],
    )  # fmt: skip


def _printed_column() -> Column:
    return Column("printed_persons", "Tryckt antal", lambda value: swedish.number(int(value)), numeric=True,
                  missing=swedish.NOT_APPLICABLE)  # fmt: skip


def _rests_on(record: dict[str, Any]) -> str:
    kind = swedish.sentence(KINDS.get(str(record["kind"]), str(record["kind"])))
    why = swedish.sentence(words.why(record)) if words.is_known(record.get("why")) else ""
    parts = [kind, *(str(text).rstrip(".") for text in (record.get("source"), why) if words.is_known(text))]
    return ". ".join(parts) + ("." if len(parts) > 1 else "")


def _name(record: dict[str, Any]) -> str:
    return str(record["label"] if words.is_known(record.get("label")) else record["case"])


def _in_sentence(record: dict[str, Any]) -> str:
    name = _name(record)
    return name[:1].lower() + name[1:] if not name[:2].isupper() else name


def _during(years: float) -> str:
    if years == 1:
        return "i ett år"
    return f"i {swedish.in_words(int(years))} år" if years == int(years) else f"i {words.plain(years)} år"


def _span(months: int) -> str:
    years = months // MONTHS
    if months % MONTHS:
        return swedish.counted(months, "månad", "månader")
    return "ett år" if years == 1 else f"{swedish.in_words(years)} år"


def _kronor(value: Any) -> str | None:
    return swedish.kronor(round(value)) if words.is_known(value) else None


def _kr(value: float) -> str:
    return swedish.number(value)
