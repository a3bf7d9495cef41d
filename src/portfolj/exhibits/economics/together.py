"""The years together: the mean that is usually printed beside the payback of the sums, which is the fairer one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.actors import PARTS_OF_STATE, SOCIETY, STATE
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import pictures, words
from portfolj.exhibits.economics.halfway import half_of_draws, longer_for_each
from portfolj.exhibits.economics.lacking import has_payback, no_payback
from portfolj.exhibits.economics.rules import in_short, per_year
from portfolj.exhibits.economics.unknown_years import unknown_notes, unknown_sentence
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, Table, finding, money_column

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

TWO_WAYS = (
    "Medelvärdet ger varje år samma vikt, hur få eller många deltagare det än hade, och hoppar över år utan "
    "återbetalningstid. Räknat på summorna är varje krona med: alla kostnader mot alla intäkter."
)
WHICH = (
    "Använd tiden räknad på summorna. Medelvärdet står här bara för att rapporter brukar trycka det, så att talen går "
    "att jämföra."
)


def payback_together(view: EconomicsView) -> Html:
    """The pooled payback per actor as a figure, then both ways of counting, with the years that have none named."""
    frame = words.table_of(view, "payback_summary")
    if not has_payback(view) or frame.empty:
        return no_payback(view)
    rows = frame.set_index("actor").loc[words.actors_in(frame)].reset_index()
    records = rows.to_dict("records")
    several = bool((rows["years"] > 1).any())
    rows = rows.assign(
        label=[words.label(view, str(actor)) for actor in rows["actor"]],
        pooled=[words.pooled(record) for record in records],
        mean=[_mean(record) for record in records],
        without=[words.year_list(years) or "inget" for years in rows["years_without_payback"]],
    )
    scale = words.money_scale(view)
    table = Table(
        name="aterbetalning-tillsammans",
        caption="Återbetalningstid per aktör, alla åren tillsammans" if several else "Återbetalningstid per aktör",
        frame=rows,
        columns=[
            Column("label", "Aktör"),
            money_column("income_1y_sek", f"Intäkt {per_year(view)}", scale, missing=swedish.NOT_APPLICABLE),
            money_column("cost_sek", "Kostnad", scale, missing=swedish.NOT_APPLICABLE),
            text_column("pooled", "Räknat på summorna" if several else "Återbetalningstid"),
            *([text_column("mean", "Medelvärde av åren")] if several else []),
            *([Column("without", "År utan återbetalningstid")] if several else []),
            money_column("result_5y_sek", f"Resultat efter {words.HORIZON}", scale, missing=swedish.NOT_APPLICABLE),
        ],
        notes=[
            *unknown_notes(view),
            *([WHICH, TWO_WAYS] if several else []),
            *_losing(view, rows),
            *_parts(view, rows),
            in_short(view),
        ],
    )
    return Html(finding(together_finding(view)), _figure(view, rows), table.html())


def together_finding(view: EconomicsView) -> str:
    """The first actor's payback and what half of the draws say, then the mean; empty where there is none to tell of."""
    frame = words.table_of(view, "payback_summary")
    if not has_payback(view) or frame.empty:
        return ""
    actor = words.actors_in(frame)[0]
    record = words.record_of(frame, actor=actor)
    name = words.inside(view, actor)
    if not words.is_known(record["income_1y_sek"]) or not words.is_known(record["cost_sek"]):
        return f"För {name} går återbetalningstiden inte att räkna ut{_because(view, actor)}."
    income, cost = words.money(record["income_1y_sek"]), words.money(record["cost_sek"])
    money = f"kostnaden är räknad till {cost} och intäkten till {income} {per_year(view)}"
    left_out = unknown_sentence(view, actor)
    if not record["cost_sek"]:
        won = f"Intäkten är räknad till {income} {per_year(view)}."
        return f"{swedish.sentence(name)} {words.NO_COST} för insatserna. {won} {left_out}".strip()
    if not words.is_known(record["payback_pooled_months"]):
        return f"För {name} betalar sig kostnaden inte: {money}. {left_out}".strip()
    months = words.months(record["payback_pooled_months"])
    half = half_of_draws(view, actor, int(record["payback_pooled_months"]))
    half = f", {half} där allt osäkert får variera" if half else ""
    text = f"För {name} tar det {months} innan kostnaden är betald{half}: {money}. {left_out}".strip()
    mean = record["payback_mean_months"]
    if record["years"] > 1 and words.is_known(mean) and mean != record["payback_pooled_months"]:
        text += f" Medelvärdet av årens tider, det som brukar tryckas, är {words.months(mean)}."
    return text


def per_actor(view: EconomicsView) -> str:
    """The pooled payback of every actor after the first, in one sentence; empty without any."""
    frame = words.table_of(view, "payback_summary")
    if not has_payback(view) or frame.empty:
        return ""
    groups: dict[str, list[str]] = {}
    finite: dict[str, int] = {}
    for actor in words.actors_in(frame)[1:]:
        record = words.record_of(frame, actor=actor)
        groups.setdefault(words.pooled(record), []).append(words.inside(view, actor))
        if record["cost_sek"] and words.is_known(record["payback_pooled_months"]):
            finite[actor] = int(record["payback_pooled_months"])
    never, unknown, free = (groups.pop(word, []) for word in (words.NEVER, words.NOT_COMPUTED, words.NO_COST))
    times = [f"{months} för {swedish.listed(names)}" for months, names in groups.items()]
    told = [
        f"Återbetalningstiden är {swedish.listed(times)}." if times else "",
        "Också där tar det längre tid i hälften av omräkningarna." if longer_for_each(view, finite) else "",
        f"För {swedish.listed(never, last='eller')} betalar kostnaden sig aldrig." if never else "",
        f"För {swedish.listed(unknown, last='eller')} går det inte att räkna ut." if unknown else "",
        f"{swedish.sentence(swedish.listed(free))} {words.NO_COST} för insatserna." if free else "",
    ]
    return " ".join(text for text in told if text)


def _because(view: EconomicsView, actor: str) -> str:
    """Why no payback of the actor can be told, after a colon."""
    frame = words.table_of(view, "payback")
    unknown = frame[(frame["actor"] == actor) & (frame["income_1y_sek"].isna() | frame["cost_sek"].isna())]
    return f": {words.why_without(words.record_of(unknown))}" if not unknown.empty else ""


def _mean(record: dict[str, Any]) -> str | None:
    months = record["payback_mean_months"]
    if not words.is_known(months):
        return None
    without = words.unjoined(record["years_without_payback"])
    years = int(record["years"]) - len(without)
    of = f" ({swedish.in_words(years, neuter=True)} av {swedish.in_words(int(record['years']))} år)" if without else ""
    return f"{words.months(months)}{of}"


def _losing(view: EconomicsView, rows: pd.DataFrame) -> list[str]:
    """The actors who pay nothing for the interventions and still lose money by them each year."""
    losing = rows[(rows["cost_sek"] == 0) & (rows["income_1y_sek"] < 0)]
    if losing.empty:
        return []
    names = [words.inside(view, str(actor)) for actor in losing["actor"]]
    return [
        f"{swedish.sentence(swedish.listed(names))} {words.NO_COST} för insatserna men får det ändå sämre: det är "
        f"{'deras' if len(names) > 1 else 'dess'} intäkt som står med minus."
    ]


def _parts(view: EconomicsView, rows: pd.DataFrame) -> list[str]:
    actors = set(rows["actor"])
    notes = []
    if STATE in actors and actors & set(PARTS_OF_STATE):
        names = [words.inside(view, actor) for actor in PARTS_OF_STATE]
        notes.append(f"{words.label(view, STATE)} är {swedish.listed(names)} tillsammans.")
    if SOCIETY in actors:
        notes.append(
            "Samhället är inte summan av kommunen, regionen och staten: också deltagarna räknas in, och "
            "pengar som bara byter ägare räknas inte."
        )
    return notes


def _figure(view: EconomicsView, rows: pd.DataFrame) -> Html:
    known = rows[rows["income_1y_sek"].notna() & rows["cost_sek"].gt(0)]
    if known.empty:
        return Html()
    left = " ".join(words.who_pays_nothing(view, rows))
    bars = [
        pictures.Payback(str(record["label"]), _whole(record["payback_pooled_months"]))
        for record in known.to_dict("records")
    ]
    said = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return pictures.payback_bars(
        bars,
        alt=f"Liggande stapeldiagram över återbetalningstid per aktör. {said}.",
        caption="Tid innan intäkten har betalat kostnaden, per aktör. Den streckade linjen är "
        f"{words.HORIZON}; en randig stapel går längre. Siffrorna står i tabellen nedan. {left}".strip(),
    )


def _whole(months: Any) -> int | None:
    return int(months) if words.is_known(months) else None
