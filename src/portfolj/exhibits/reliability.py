"""For the analyst: how well the shipped codebook codes, against two people who coded the same interventions."""

from __future__ import annotations

import pandas as pd

from portfolj.agreement.shipped import Measured, ShippedQuality, shipped_quality
from portfolj.agreement.shipped_words import quality_sentence
from portfolj.coding import load_codebook
from portfolj.coding.codebook import ORIENTATION, OWNER, TARGET_GROUPS
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.markup import Column, Html, Table, command, finding, paragraph
from portfolj.portfolio.view import Portfolio

MEASURES = {"kappa": "Cohens kappa", "alpha": "Krippendorffs alfa", "micro_f1": "mikro-F1"}
OF_DIMENSION = {OWNER: ("kappa", "alpha"), TARGET_GROUPS: ("micro_f1", "alpha"), ORIENTATION: ("kappa", "alpha")}
SCOPES = {"described": "med beskrivning", "all": "alla"}
PAIRS = {"coder1": "Kodboken mot kodare 1", "coder2": "Kodboken mot kodare 2", "coders": "Kodarna sinsemellan"}
WHAT_THEY_ARE = (
    "Rätt är samma svar som minst en av kodarna, för målgrupper mikro-F1 mot den som ligger närmast. Det är lättare "
    "att nå än att båda kodarna ger samma svar. "
    "Kappa och alfa är 1 när alla svar är lika och 0 när de inte är likare än slumpen ger. Mikro-F1 är 1 när alla "
    "målgrupper är desamma. Inom parentes står ett intervall som rymmer det sanna värdet i 95 fall av 100."
)


def reliability(portfolio: Portfolio) -> Html:
    """The shipped codebook's figures on the shipped coded set, the two coders' beside, with date and version."""
    return reliability_of(shipped_quality(), portfolio)


def reliability_of(quality: ShippedQuality, portfolio: Portfolio) -> Html:
    """``reliability`` with the figures given; what is not measured says so."""
    return Html(
        finding(_finding(quality)),
        _right(quality).html(),
        _agreement(quality).html(),
        *(paragraph(text) for text in _limits(quality, portfolio)),
    )


def _finding(quality: ShippedQuality) -> str:
    half = quality.best
    figures = [half.of(dimension)[name] for name in ("right", "agreement_coders") for dimension in (OWNER, ORIENTATION)]
    known = [_share(figure.value) for figure in figures if figure.value is not None]
    if len(known) < len(figures):
        return "Hur ofta kodboken har rätt är inte mätt än."
    owner, orientation, coders_owner, coders_orientation = known
    return (
        f"Kodboken gav samma huvudman som någon av två kodare i {owner} av insatserna och samma inriktning i "
        f"{orientation}. Kodarna själva var överens i {coders_owner} och {coders_orientation}."
    )


def _right(quality: ShippedQuality) -> Table:
    records = []
    for dimension, label in labels.DIMENSIONS.items():
        is_share = dimension != TARGET_GROUPS
        beside = "agreement_coders" if is_share else "micro_f1_coders"
        for scope, which in SCOPES.items():
            of = quality.best.of(dimension, scope=scope)
            records.append(
                {
                    "label": f"{label}, {'andel' if is_share else MEASURES['micro_f1']}",
                    "which": which,
                    "rows": swedish.number(of.rows) if of.rows else swedish.NOT_APPLICABLE,
                    "right": _written(of["right"], share=is_share),
                    "coders": _written(of[beside], share=is_share),
                }
            )
    columns = [
        Column("label", "Uppgift och mått"),
        Column("which", "Vilka insatser"),
        Column("rows", "Antal", numeric=True),
        Column("right", "Kodboken rätt"),
        Column("coders", "Kodarna lika"),
    ]
    return Table(
        name="traffsakerhet", caption="Så ofta har kodboken rätt", frame=pd.DataFrame(records), columns=columns,
        notes=[quality_sentence(quality.best)],
    )  # fmt: skip


def _agreement(quality: ShippedQuality) -> Table:
    records = []
    for dimension, measures in OF_DIMENSION.items():
        of = quality.best.of(dimension)
        for measure in measures:
            record = {"label": f"{labels.DIMENSIONS[dimension]}, {MEASURES[measure]}"}
            record |= {pair: _written(of[f"{measure}_{pair}"], share=False) for pair in PAIRS}
            records.append(record)
    columns = [Column("label", "Uppgift och mått"), *(Column(pair, heading) for pair, heading in PAIRS.items())]
    return Table(
        name="overensstammelse", caption="Kodboken mot var och en av kodarna, insatser med beskrivning",
        frame=pd.DataFrame(records), columns=columns, notes=[WHAT_THEY_ARE],
    )  # fmt: skip


def _limits(quality: ShippedQuality, portfolio: Portfolio) -> list[str]:
    texts = []
    if quality.best.is_measured:
        texts.append(
            "De kodade insatserna är verkliga och kommer från många förbund. Två personer kodade dem var för sig. Alla "
            "kodbokens svar räknas, också de som bara vilar på namnet."
        )
    if portfolio.codebook.version != load_codebook().version:
        texts.append(
            "Förbundet har egna tillägg i codebook.toml. Siffrorna gäller den medföljande kodboken, utan tilläggen."
        )
    sample = command("portfolj sample", portfolio.federation.key, "--n 30 --seed 1")
    texts.append(
        "Hur väl kodboken träffar i just den här liggaren syns först när någon har kodat ett urval för hand: "
        + sample
        + " drar urvalet, och "
        + command("portfolj agreement")
        + " räknar."
    )
    return texts


def _written(figure: Measured, *, share: bool) -> str:
    """``95 % (92–98)`` or ``0,86 (0,80–0,91)``; in words why where there is no figure or no interval."""
    if figure.value is None:
        return figure.why_not
    value = _share(figure.value) if share else _decimals(figure.value)
    if figure.low is None or figure.high is None:
        return f"{value} ({figure.why_not})"
    low, high = (
        swedish.number(100 * bound) if share else _decimals(bound) for bound in (figure.low, figure.high)
    )  # fmt: skip
    return f"{value}{swedish.NBSP}({low}–{high})"


def _share(value: float) -> str:
    return f"{swedish.number(100 * value)}{swedish.NBSP}%"


def _decimals(value: float) -> str:
    return swedish.number(value, decimals=2)
