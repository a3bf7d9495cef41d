"""What it takes for a cost to be paid: how many persons, each worth how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import curves, words
from portfolj.exhibits.economics.rules import not_in_force
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, Table, details, finding, paragraph, steps

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

CURVE_YEARS = (1, 3, 5)
MOST_CURVES = 4
KINDS = {
    "stated": "angivet värde",
    "model": "modellens värde",
    "printed": "värde som det tryckta antalet förutsätter",
}
LEGEND = {"stated": "Angivet värde", "model": "Modellens värde", "printed": "Värde ur tryckt antal"}
IMPLIED = (
    "Där trycket bara har ett antal, eller ett antal som inte följer av det angivna värdet, står också det värde som "
    "antalet förutsätter. Det är räknat baklänges."
)


def break_even(view: EconomicsView) -> Html:
    """A curve per cost with the points on it, and every point in a table."""
    frame = words.table_of(view, "break_even")
    if frame.empty:
        return left_out("Det finns inga beräkningar av vad som krävs för att gå jämnt ut.")
    drawable = frame[frame["persons"].notna() & frame["value_per_person_year_sek"].notna() & frame["cost_sek"].notna()]
    drawn = [(float(cost), rows) for cost, rows in drawable.groupby("cost_sek", sort=False)]
    drawn = sorted(drawn, key=lambda pair: -pair[0])[:MOST_CURVES]
    shown = [_curve(cost, rows) for cost, rows in drawn]
    if len(shown) > 1:
        shown = [shown[0], details("Kurvor för de andra kostnaderna", *shown[1:])]
    opening = break_even_finding(view)
    return Html(
        *([finding(opening)] if opening else []), paragraph(_structural(view)),
        *(paragraph(text) for text in not_in_force(view, "Den här räkningen")), *shown, _table(view, frame).html(),
    )  # fmt: skip


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
        f"De strukturpåverkande insatserna fick {words.money(cost)} av medlemmarnas pengar. Det går jämnt ut om det "
        f"här händer för {swedish.counted(int(record['persons']), 'person', 'personer')} fler än annars, "
        f"{_during(record['years'])}: {_in_sentence(record)}. Räknat med "
        f"{words.kronor(record['value_per_person_year_sek'])} per person och år för samhället."
    )


def _structural(view: EconomicsView) -> str:
    record = words.record_of(words.table_of(view, "structural"))
    told = (
        "En strukturpåverkande insats har inga deltagare att räkna på. Då går det att vända på frågan: hur många "
        "måste det gå bättre för, och hur mycket bättre, för att pengarna ska komma tillbaka? Svaret säger vad som "
        "krävs. Det säger inte att det har hänt."
    )
    if not record:
        return told
    if not record["count"]:
        return f"{told} Liggaren har inga insatser av det slaget."
    count = swedish.interventions(int(record["count"]))
    if not words.is_known(record["granted_sek"]):
        return f"{told} Liggaren har {count} av det slaget, men inga belopp för {_them(int(record['count']))}."
    if not record["granted_sek"]:
        return f"{told} Liggaren har {count} av det slaget, utan pengar från medlemmarna."
    whole = record["of_granted_sek"]
    share = f" ({swedish.percent(record['granted_sek'], whole)})" if words.is_known(whole) else ""
    without = int(record.get("without_amount") or 0)
    lacking = f" För {swedish.interventions(without)} av dem saknas belopp." if without else ""
    return (
        f"{told} Liggaren har {count} av det slaget. De har fått {swedish.kronor(record['granted_sek'])} av "
        f"medlemmarnas pengar{share}.{lacking}"
    )


def _them(count: int) -> str:
    return "den" if count == 1 else "dem"


def _curve(cost_sek: float, rows: pd.DataFrame) -> Html:
    """The curve of a cost, then what each number on it is."""
    records = rows.to_dict("records")
    cases = list(dict.fromkeys(str(record["case"]) for record in records))
    points = [
        curves.Point(cases.index(str(record["case"])) + 1, str(record["kind"]),
                     float(record["value_per_person_year_sek"]), float(record["persons"]))
        for record in records
    ]  # fmt: skip
    explained = [_explained([record for record in records if record["case"] == case]) for case in cases]
    said = " ".join(f"{number}: {text}" for number, text in enumerate(explained, start=1))
    spans = sorted({*CURVE_YEARS, *(int(years) for years in rows["years"])})
    cost = words.money(cost_sek)
    picture = curves.break_even_curve(
        cost_sek, years=spans, points=points, kinds=LEGEND,
        alt=f"Linjediagram över hur många personer som behövs för att {cost} ska vara betalda, beroende på vad varje "
            f"person är värd per år och hur många år det varar. {said}",
        caption=f"Personer som behövs för att betala {cost}. En linje för varje antal år som värdet varar. Skalorna är "
                "logaritmiska: ett lika långt steg gör talet lika många gånger större. Siffrorna vid märkena är fallen "
                "i listan.",
    )  # fmt: skip
    return Html(picture, steps(explained))


def _explained(records: list[dict[str, Any]]) -> str:
    """A case with every number of persons it has, each with the value that it rests on."""
    told = [
        f"{swedish.number(int(record['persons']))} personer à {words.kronor(record['value_per_person_year_sek'])} per "
        f"år ({KINDS.get(str(record['kind']), record['kind'])})"
        for record in records
    ]
    name = _name(records[0])
    lasting = "" if "år" in name.split() else f", {_during(records[0]['years'])}"  # a name may tell it already
    return f"{name}{lasting}: {swedish.listed(told)}."


def _table(view: EconomicsView, frame: pd.DataFrame) -> Table:
    records = frame.to_dict("records")
    rows = frame.assign(
        name=[_name(record) for record in records],
        amount=pd.Series([_kronor(r["cost_sek"]) for r in records], index=frame.index, dtype="object"),
        each=pd.Series([_kronor(r["value_per_person_year_sek"]) for r in records], index=frame.index, dtype="object"),
        whose=[swedish.sentence(KINDS.get(str(record["kind"]), str(record["kind"]))) for record in records],
        reason=[swedish.sentence(words.why(record)) if words.is_known(record.get("why")) else "" for record in records],
    )
    kinds = set(frame["kind"])
    printed = frame["kind"] != "model"
    return Table(
        name="ga-jamnt-ut",
        caption="Personer som behövs för att kostnaden ska vara betald",
        frame=rows,
        columns=[
            Column("name", "Vad som ska hända"),
            text_column("amount", "Kostnad", missing=swedish.MISSING),
            text_column("each", "Värde per person och år", missing="värde saknas"),
            Column("whose", "Vems värde"),
            Column("years", "Hur länge", lambda years: f"{words.plain(float(years))}{swedish.NBSP}år", numeric=True),
            Column("persons", "Personer", lambda value: swedish.number(int(value)), numeric=True,
                   missing=words.NOT_COMPUTED),
            *([_printed_column()] if frame["printed_persons"].notna().any() else []),
            *([Column("reason", "Varför det saknas")] if rows["reason"].ne("").any() else []),
        ],
        notes=[
            "Personer = kostnad / (värde per person och år × antal år), avrundat uppåt.",
            *([IMPLIED] if "printed" in kinds else []),
            *_sources("de angivna och tryckta värdena", frame.loc[printed, "source"]),
            *_sources("modellens värden", frame.loc[~printed, "source"]),
        ],
    )  # fmt: skip


def _sources(what: str, texts: pd.Series) -> list[str]:
    """Where the values are from, each source once: a table with it on every row is hard to read."""
    told = words.once(part.rstrip(".") for text in texts for part in words.unjoined(text))
    return [f"Källa till {what}: {'; '.join(told)}."] if told else []


def _printed_column() -> Column:
    return Column("printed_persons", "Tryckt antal", lambda value: swedish.number(int(value)), numeric=True,
                  missing=swedish.NOT_APPLICABLE)  # fmt: skip


def _name(record: dict[str, Any]) -> str:
    return str(record["label"] if words.is_known(record.get("label")) else record["case"])


def _in_sentence(record: dict[str, Any]) -> str:
    name = _name(record)
    return name[:1].lower() + name[1:] if not name[:2].isupper() else name


def _during(years: float) -> str:
    if years == 1:
        return "i ett år"
    return f"i {swedish.in_words(int(years))} år" if years == int(years) else f"i {words.plain(years)} år"


def _kronor(value: Any) -> str | None:
    return words.kronor(value) if words.is_known(value) else None
