"""Which kinds of follow-up a federation has, what can't be known without the others, and what to collect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits.markup import Column, Html, Table, bullets, finding, paragraph
from portfolj.federation.followup import KINDS

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


@dataclass(frozen=True)
class Kind:
    """A kind of follow-up: its name, what it tells, what can't be known without it and what a federation collects."""

    name: str
    tells: str
    unknown: str
    collect: str


ABOUT = {
    "participations": Kind(
        "Rader per deltagande",
        "vilka som deltog, vad de gjorde före och efter, och hur länge de var med",
        "Vilka deltagarna var (kön, ålder, kommun, remittent), hur många som gick till arbete eller studier i varje "
        "grupp, vad de försörjde sig på före och efter, och hur länge de var med.",
        "En rad per deltagande: start och slut, kön, födelseår, kommun, remittent, sysselsättning och försörjning före "
        "och efter, och skälet till avslutet.",
    ),
    "assessments": Kind(
        "Självskattningar",
        "hur deltagarna själva skattade sin situation, från en gång till en annan",
        "Om deltagarna själva tyckte att de kom närmare arbete.",
        "Samma frågor på samma skala vid minst två tillfällen för varje deltagare, till exempel var tredje månad.",
    ),
    "statuses": Kind(
        "Lägen över tid",
        "var deltagarna befann sig vid start, längs vägen och vid avslut",
        "Hur deltagarna rörde sig mellan lägen längs vägen, och hur många som stod i ett annat läge vid avslut.",
        "Varje deltagares läge vid start, var tredje månad och vid avslut, med samma ord varje gång.",
    ),
    "counts": Kind(
        "Antal per insats, år och kön",
        "hur många som deltog och avslutade, också där inga rader per deltagande finns",
        "Hur många som deltog i insatser som bara redovisar antal.",
        "Antal deltagare och avslutade per insats, år och kön, som i Uppföljning Finsam.",
    ),
    "exits": Kind(
        "Utfall vid avslut",
        "hur deltagandena slutade, i antal, som ESF-projekt redovisar dem",
        "Hur deltagandena slutade i projekt som bara redovisar antal.",
        "Antal per utfall, och om de räknas av alla deltagare eller av dem som fullföljde.",
    ),
    "goals": Kind(
        "Mål och utfall",
        "vilka mål insatserna hade och om de nåddes",
        "Om insatserna nådde sina mål, vem som har bedömt det och på vilket underlag.",
        "För varje mål: målet som det sattes, utfallet, bedömningen, vem som bedömde och på vad.",
    ),
    "published": Kind(
        "Tryckta siffror",
        "vad andra har tryckt om samma insatser",
        "Om tryckta siffror om insatserna stämmer med underlaget och med varandra.",
        "De siffror som en utvärdering eller slutrapport trycker, som de står där, med källa.",
    ),
}


def kinds(view: FollowUpView) -> Html:
    """What there is to go on, and for each kind that is missing what can't be known and what to collect."""
    has = [kind for kind in KINDS if kind in view.kinds]
    lacks = [kind for kind in KINDS if kind not in view.kinds]
    if not has:
        opening = Html(
            finding("Förbundets mapp har inga uppgifter om deltagare, utfall eller mål."),
            paragraph(
                "Liggaren säger vad pengarna gick till. Den säger inte vem som kom, eller vad det ledde till. "
                "Tabellen visar vad som därför inte går att veta, och vad förbundet behöver samla in."
            ),
        )
    else:
        opening = Html(
            paragraph("Sidan bygger på:"),
            bullets([f"{ABOUT[kind].name}: {ABOUT[kind].tells}" for kind in has]),
        )
    return Html(opening, _missing(lacks)) if lacks else opening


def _missing(lacks: list[str]) -> Html:
    frame = pd.DataFrame([vars(ABOUT[kind]) for kind in lacks])
    columns = [
        Column("name", "Saknas"),
        Column("unknown", "Vad som inte går att veta"),
        Column("collect", "Vad förbundet behöver samla in"),
    ]
    return Table(
        name="saknade-slag",
        caption="Vad som saknas, och vad det gör omöjligt att veta",
        frame=frame,
        columns=columns,
        notes=["Filerna läggs i förbundets mapp och anges under followup i federation.toml."],
    ).html()


def absent(kind: str) -> Html:
    """The sentence in place of an exhibit that has nothing to go on. A page leaves it out: ``kinds`` says it there."""
    about = ABOUT[kind]
    text = f"{about.name} saknas. Därför går det inte att veta: {about.unknown[:1].casefold()}{about.unknown[1:]}"
    return left_out(text)


def left_out(text: str) -> Html:
    """A sentence in place of an exhibit, which a page leaves out with its heading."""
    return Html(Markup('<p class="absent">{}</p>').format(text))
