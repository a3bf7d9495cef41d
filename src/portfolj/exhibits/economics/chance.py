"""How sure it is: the chance to have the cost back in time, per actor, from many draws of what is uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.options import HORIZON_YEARS
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import pictures, words
from portfolj.exhibits.economics.lacking import no_payback
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, Table, finding

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

PERCENTILES = {
    "payback_p05_months": "Kort tid (1 av 20 är kortare)",
    "payback_p50_months": "Mitten (hälften är kortare)",
    "payback_p95_months": "Lång tid (1 av 20 är längre)",
}


def chance(view: EconomicsView) -> Html:
    """The chance at each horizon as a figure and a table, and the span of payback as another."""
    frame = words.table_of(view, "chance")
    if not words.actors_who_pay(view, frame):
        return no_payback(view)
    actors, spans = words.actors_who_pay(view, frame), sorted({int(years) for years in frame["horizon_years"]})
    rows = pd.DataFrame([_row(view, frame, actor, spans) for actor in actors]).astype("object")
    table = Table(
        name="chans",
        caption="Chans att kostnaden är betald inom en viss tid",
        frame=rows,
        columns=[
            Column("label", "Aktör"),
            *(text_column(f"within_{years}", f"Inom {swedish.number(years)} år") for years in spans),
            text_column("never", "Betalar sig aldrig"),
        ],
        notes=[
            _how(view),
            *_left_out(view, frame),
            "Chansen säger hur ofta kostnaden är betald om spannen stämmer. Den säger inget om ifall insatserna var "
            "orsaken till skillnaden.",
        ],
    )
    spread = Table(
        name="tidens-spann",
        caption="Hur lång återbetalningstiden kan bli",
        frame=rows,
        columns=[Column("label", "Aktör"), *(text_column(key, heading) for key, heading in PERCENTILES.items())],
        notes=[
            "Nio gånger av tio ligger tiden mellan den korta och den långa. Där det står aldrig är det så många "
            "dragningar där kostnaden inte betalar sig att gränsen hamnar bland dem."
        ],
    )
    text = chance_finding(view)
    return Html(*([finding(text)] if text else []), _figure(view, frame, actors, spans), table.html(), spread.html())


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
    text = (
        f"Chansen att {name} har fått tillbaka kostnaden inom {words.HORIZON} är "
        f"{words.chance(float(record['chance_to_break_even']))}, med de spann som har antagits."
    )
    return f"{text} Risken att den aldrig betalar sig är {words.chance(never)}." if never > 0 else text


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
    return f"{swedish.number(view.draws)} dragningar med startvärde {seed}. Samma startvärde ger samma svar varje gång."


def _left_out(view: EconomicsView, frame: pd.DataFrame) -> list[str]:
    """Those that have no cost to get back, so that nothing is uncertain."""
    without = [actor for actor in words.actors_in(frame) if actor not in words.actors_who_pay(view, frame)]
    names = swedish.listed([words.inside(view, actor) for actor in without])
    return [f"{swedish.sentence(names)} har ingen kostnad att få tillbaka och är inte med."] if names else []


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
        alt=f"Punktdiagram över chansen att kostnaden är betald, per aktör och tid. {said}.",
        caption="Chans att kostnaden är betald, per aktör och tid. Siffrorna står i tabellen nedan.",
    )
