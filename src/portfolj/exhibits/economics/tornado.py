"""Which assumption matters most: each moved alone from its lowest to its highest value, and where the answer turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.options import HORIZON_YEARS
from portfolj.economics.ranges import percent_of
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import pictures, words
from portfolj.exhibits.economics.lacking import has_payback, no_payback
from portfolj.exhibits.economics.rules import in_short
from portfolj.exhibits.economics.unknown_years import unknown_notes
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, Table, definitions, details, finding, money_column, note, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

SOURCES = {"federation": "förbundets eget", "assumed": "antagande"}
SWITCHING = (
    f"Brytvärdet är det värde där resultatet efter {words.HORIZON} blir noll. På ena sidan betalar sig "
    "kostnaden, på den andra inte. Ligger det inom spannet kan det antagandet ensamt vända svaret. "
    "Utanför betyder att det ligger utanför spannet. Tiden är återbetalningstiden."
)


def tornado(view: EconomicsView) -> Html:
    """The figure and table of the first actor, then those of the others to open."""
    frame = words.table_of(view, "sensitivity")
    if not words.actors_who_pay(view, frame):
        return no_payback(view)
    first, *others = words.actors_who_pay(view, frame)
    closed = [
        details(f"{words.label(view, actor)}: vad som betyder mest", _table(view, frame, actor).html())
        for actor in others
    ]
    return Html(
        finding(tornado_finding(view)), _figure(view, frame, first), _table(view, frame, first).html(),
        *(note(text) for text in (SWITCHING, *_notes(view, frame))), *closed,
    )  # fmt: skip


def _notes(view: EconomicsView, frame: pd.DataFrame) -> list[str]:
    years = view.options.write_off_years
    whole = (
        [f"Här räknas hela kostnaden, också det som skrivs av efter {words.HORIZON}."] if years > HORIZON_YEARS else []
    )
    return [*whole, *words.who_pays_nothing(view, frame), *unknown_notes(view), in_short(view)]


def tornado_finding(view: EconomicsView) -> str:
    """What moves the first actor's result the most, and whether any one assumption can turn it."""
    frame = words.table_of(view, "sensitivity")
    if not words.actors_who_pay(view, frame):
        return ""
    actor = words.actors_who_pay(view, frame)[0]
    rows = frame[frame["actor"] == actor]
    name, top = words.inside(view, actor), rows.iloc[0].to_dict()
    base = float(top["result_base_sek"])
    turns = [_said(record) for record in rows.to_dict("records") if _turns(record)]
    sign, other = ("positivt", "negativt") if base > 0 else ("negativt", "positivt")
    text = f"För {name} betyder {_said(top)} mest. Resultatet efter {words.HORIZON} är {sign}"
    if not turns:
        return f"{text}, och inget antagande kan ensamt ändra det inom sitt spann."
    many = "ett antagande kan ensamt göra" if len(turns) == 1 else "vart och ett av de här antagandena kan göra"
    return f"{text}, men {many} det {other}: {swedish.listed(turns)}."


def ranges(view: EconomicsView) -> Html:
    """The spans that uncertainty is reckoned with, and who has stated them."""
    if not view.ranges or not has_payback(view):
        return no_payback(view)
    frame = pd.DataFrame(
        [{"label": one.label, "low": one.low, "likely": one.likely, "high": one.high,
          "source": SOURCES.get(one.source, one.source)} for one in view.ranges]
    )  # fmt: skip
    assumed = int((frame["source"] == SOURCES["assumed"]).sum())
    notes = ["Är ett spann för snävt ser svaret säkrare ut än det är."]
    if assumed:
        count = swedish.sentence(swedish.in_words(assumed, neuter=True))
        count = f"Alla {swedish.in_words(assumed)}" if assumed == len(frame) > 1 else count
        many = f"{count} spann är {'ett antagande' if assumed == 1 else 'antaganden'}"
        notes.append(
            f"{many} som följer med portfolj. Ingen har mätt dem för de här insatserna. Förbundet kan ange egna under "
            "[economics] i federation.toml."
        )
    notes += _not_holding(view)
    table = Table(
        name="spann",
        caption="Spann som osäkerheten räknas med",
        frame=frame,
        columns=[
            Column("label", "Antagande"),
            Column("low", "Lägst", words.pct, numeric=True),
            Column("likely", "Troligast", words.pct, numeric=True),
            Column("high", "Högst", words.pct, numeric=True),
            Column("source", "Vems spann"),
        ],
        notes=notes,
    )
    # Below the table: a column of long texts makes it unreadable on a telephone.
    reasons = [(one.label, one.reason) for one in view.ranges if one.reason]
    return Html(table.html(), *([paragraph("Varför spannen är som de är:"), definitions(reasons)] if reasons else []))


def _not_holding(view: EconomicsView) -> list[str]:
    """A remark on each stated span that the calculation's own value lies outside."""
    own = percent_of(view.options)
    return [
        f"{one.label}: förbundets spann går från {words.pct(one.low)} till {words.pct(one.high)}, men "
        f"återbetalningstiden är räknad med {words.pct(own[one.name])}. Omräkningarna svarar därför på en annan fråga "
        "än återbetalningstiden."
        for one in view.ranges
        if one.source == "federation" and not one.low <= own[one.name] <= one.high
    ]


def _table(view: EconomicsView, frame: pd.DataFrame, actor: str) -> Table:
    rows = frame[frame["actor"] == actor]
    records = rows.to_dict("records")
    scale, base = words.money_scale(view), float(rows["result_base_sek"].iloc[0])
    rows = rows.assign(
        span=[f"{words.pct(record['low'])} till {words.pct(record['high'])}" for record in records],
        time_low=[words.months(record["payback_low_months"]) for record in records],
        time_high=[words.months(record["payback_high_months"]) for record in records],
        switching=pd.Series([_switching(record) for record in records], index=rows.index, dtype="object"),
    )
    return Table(
        name=f"kanslighet-{actor}",
        caption=f"{words.label(view, actor)}: resultat efter {words.HORIZON} när ett antagande i taget ändras",
        frame=rows,
        columns=[
            Column("label", "Antagande"),
            text_column("span", "Lägst till högst"),
            money_column("result_low_sek", "Resultat vid lägsta", scale),
            money_column("result_high_sek", "Resultat vid högsta", scale),
            text_column("time_low", "Tid vid lägsta"),
            text_column("time_high", "Tid vid högsta"),
            text_column("switching", "Brytvärde", missing="finns inget"),
        ],
        notes=[f"Innan något ändras är resultatet {scale.text(base)}."],
    )


def _figure(view: EconomicsView, frame: pd.DataFrame, actor: str) -> Html:
    scale = words.money_scale(view)
    records = frame[frame["actor"] == actor].to_dict("records")
    swings = [
        pictures.Swing(swedish.sentence(_said(record)), float(record["result_low_sek"]),
                       float(record["result_base_sek"]), float(record["result_high_sek"]), words.pct(record["low"]),
                       words.pct(record["high"]))
        for record in records
    ]  # fmt: skip
    unit, sek = ("mkr", 1_000_000) if max(_largest(swing) for swing in swings) >= 1_000_000 else (scale.unit, scale.sek)
    said = "; ".join(
        f"{swing.label}: {swing.low_text} ger {words.money(swing.low_sek)}, {swing.high_text} ger "
        f"{words.money(swing.high_sek)}"
        for swing in swings
    )
    name = words.inside(view, actor)
    return pictures.tornado(
        swings, unit=unit, sek=sek,
        alt=f"Liggande stapeldiagram över resultatet efter {words.HORIZON} för {name} när ett antagande i taget "
            f"ändras. Utgångsläget är {words.money(swings[0].base_sek)}. {said}.",
        caption=f"Resultat efter {words.HORIZON} för {name} när ett antagande i taget går från sitt lägsta till sitt "
                "högsta värde. Den svarta linjen är utgångsläget, den streckade är noll. Siffrorna står i tabellen "
                "nedan.",
    )  # fmt: skip


def _largest(swing: pictures.Swing) -> float:
    return max(abs(value) for value in (swing.low_sek, swing.base_sek, swing.high_sek))


def _turns(record: dict[str, Any]) -> bool:
    ends = (record["result_low_sek"], record["result_high_sek"])
    return min(ends) < 0 < max(ends)


def _switching(record: dict[str, Any]) -> str | None:
    value = record["switching_value"]
    if not words.is_known(value):
        return None
    inside = record["low"] <= value <= record["high"]
    return words.about(value) if inside else f"{words.about(value)}, utanför"


def _said(record: dict[str, Any]) -> str:
    """What is uncertain, inside a sentence."""
    return words.UNCERTAIN.get(str(record["parameter"]), str(record["label"]))
