"""How sure it is: the chance to have the cost back in time, per actor, from many draws of what is uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.options import HORIZON_YEARS
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import pictures, words
from portfolj.exhibits.economics.few_movers import few_movers_sentence
from portfolj.exhibits.economics.lacking import no_payback
from portfolj.exhibits.economics.rules import in_short
from portfolj.exhibits.economics.unknown_years import unknown_notes
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, Table, finding, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

PERCENTILES = {
    "payback_p05_months": "Kort tid (1 av 20 är kortare)",
    "payback_p50_months": "Mitten (hälften är kortare)",
    "payback_p95_months": "Lång tid (1 av 20 är längre)",
}
LOWERING = ("deadweight_pct", "fade_out_pct", "discount_rate_pct")  # what can't make an income larger
NOT_OF_WORKING = (
    "Procenten säger hur ofta räkningen går ihop om spannen stämmer. Hur troligt det är att insatserna fungerade går "
    "inte att räkna ut utan något att jämföra med."
)


def chance(view: EconomicsView) -> Html:
    """The chance at each horizon as a figure and a table, and the span of payback as another."""
    frame = words.table_of(view, "chance")
    if not words.actors_who_pay(view, frame):
        return no_payback(view)
    actors, spans = words.actors_who_pay(view, frame), sorted({int(years) for years in frame["horizon_years"]})
    rows = pd.DataFrame([_row(view, frame, actor, spans) for actor in actors]).astype("object")
    table = Table(
        name="chans",
        caption="Hur ofta kostnaden är betald inom en viss tid, i procent av omräkningarna",
        frame=rows,
        columns=[
            Column("label", "Aktör"),
            *(text_column(f"within_{years}", f"Inom {swedish.number(years)} år") for years in spans),
            text_column("never", "Betalar sig aldrig"),
        ],
        notes=[
            _how(view),
            *words.who_pays_nothing(view, frame),
            *unknown_notes(view),
            in_short(view),
        ],
    )
    spread = Table(
        name="tidens-spann",
        caption="Hur lång återbetalningstiden kan bli",
        frame=rows,
        columns=[Column("label", "Aktör"), *(text_column(key, heading) for key, heading in PERCENTILES.items())],
        notes=[
            "Nio gånger av tio ligger tiden mellan den korta och den långa. Där det står aldrig är det så många "
            "omräkningar där kostnaden inte betalar sig att gränsen hamnar bland dem."
        ],
    )
    text = chance_finding(view)
    told = [paragraph(line) for line in (NOT_OF_WORKING, few_movers_sentence(view), one_sided(view)) if line]
    return Html(
        *([finding(text)] if text else []), *told, _figure(view, frame, actors, spans), table.html(), spread.html()
    )


def chance_finding(view: EconomicsView) -> str:
    """The first actor's chance to have the cost back in the medium term; empty where it is not known."""
    frame = words.table_of(view, "chance")
    if not words.actors_who_pay(view, frame):
        return ""
    actor = words.actors_who_pay(view, frame)[0]
    record = words.record_of(frame, actor=actor, horizon_years=HORIZON_YEARS)
    if not record or not words.is_known(record["chance_to_break_even"]):
        return ""
    name, never = words.inside(view, actor), float(record["share_never"])
    share = words.chance(float(record["chance_to_break_even"]))
    text = (
        f"I {share} av {swedish.number(view.draws)} omräkningar, där allt osäkert får variera inom sina spann, har "
        f"{name} fått tillbaka kostnaden inom {words.HORIZON}."
    )
    text += f" I {words.chance(never)} sker det aldrig." if never > 0 else ""
    return f"{text} Det är inte sannolikheten för att insatserna fungerade."


def one_sided(view: EconomicsView) -> str:
    """That spans which can only lower the income make the chance lower than the payback alone; empty without such."""
    only_lower = [one for one in view.ranges if one.name in LOWERING and one.low == one.likely < one.high]
    frame = words.table_of(view, "chance")
    actors = words.actors_who_pay(view, frame)
    if not only_lower or not actors:
        return ""
    names = [words.UNCERTAIN[one.name] for one in only_lower]
    record = words.record_of(words.table_of(view, "payback_summary"), actor=actors[0])
    months = record.get("payback_pooled_months") if record else None
    time = f" de {words.months(months)} som står ovan" if _is_short(months) else " återbetalningstiden ovan"
    some = "Ett av spannen" if len(names) == 1 else f"{swedish.sentence(swedish.in_words(len(names)))} av spannen"
    return (
        f"{some} kan bara sänka intäkten, aldrig höja den: {swedish.listed(names)}. De står på sitt lägsta värde i "
        "räkningen av återbetalningstiden och på ett högre i nästan varje omräkning. Därför blir kostnaden betald mer "
        f"sällan i tid här än{time} får en att tro."
    )


def _is_short(months: Any) -> bool:
    return words.is_known(months) and 1 < months <= words.HORIZON_MONTHS


def _row(view: EconomicsView, frame: pd.DataFrame, actor: str, spans: list[int]) -> dict[str, Any]:
    own = frame[frame["actor"] == actor]
    share = dict(zip(own["horizon_years"].astype("int64"), own["chance_to_break_even"], strict=True))
    first = own.iloc[0]
    return {
        "label": words.label(view, actor),
        **{f"within_{years}": _share(share.get(years)) for years in spans},
        "never": _share(first["share_never"]),
        **{key: words.percentile(str(first[key])) for key in PERCENTILES},
    }


def _share(value: Any) -> str | None:
    return words.chance(float(value)) if words.is_known(value) else None


def _how(view: EconomicsView) -> str:
    seed = view.seed
    return (
        f"{swedish.number(view.draws)} omräkningar med slumpade värden ur spannen, med startvärde {seed}. Samma "
        "startvärde ger samma svar varje gång."
    )


def _figure(view: EconomicsView, frame: pd.DataFrame, actors: list[str], spans: list[int]) -> Html:
    rows = []
    for actor in actors:
        own = frame[frame["actor"] == actor]
        share = dict(zip(own["horizon_years"].astype("int64"), own["chance_to_break_even"], strict=True))
        if all(words.is_known(share.get(years)) for years in spans):
            pairs = tuple((years, float(share[years])) for years in spans)
            rows.append(pictures.Chances(words.label(view, actor), pairs))
    if not rows:
        return Html()
    said = "; ".join(
        f"{row.label} "
        + swedish.listed([f"{words.chance(share)} inom {swedish.number(years)} år" for years, share in row.by_years])
        for row in rows
    )
    return pictures.chances(
        rows,
        alt=f"Punktdiagram över hur ofta kostnaden är betald, per aktör och tid. {said}.",
        caption="Hur ofta kostnaden är betald, i procent av omräkningarna, per aktör och tid. Siffrorna står i "
        "tabellen nedan.",
    )
