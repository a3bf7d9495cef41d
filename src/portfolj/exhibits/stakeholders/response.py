"""How many answered the surveys, of how many who were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import HIDDEN, known, people_column, shown_value, text_column
from portfolj.exhibits.markup import Column, Html, Table, bullets, finding, paragraph
from portfolj.exhibits.stakeholders.words import group_word, legend, nothing, printed_in
from portfolj.stakeholders.questions import NO_ANSWER, WRITTEN
from portfolj.stakeholders.respondents import ROLE

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView


def response(view: StakeholdersView) -> Html:
    """A row per survey and group: asked, answered and the rate."""
    frame = view.survey.survey
    if frame.empty:
        return nothing(
            "inga svar på enkäter",
            "vad de som arbetar med eller deltar i insatserna svarar när alla får samma frågor",
            "Det som behövs är frågorna, svaren (en rad för varje svarande, eller antal) och hur många som var "
            "inbjudna. Filerna anges under stakeholders i federation.toml.",
        )
    own = frame[frame["question"].eq("")]
    if not (own["count"].notna() | own["suppressed"] | own["invited"].notna()).any():
        return left_out("Filerna säger inte hur många som var inbjudna eller svarade.")
    rows = [_row(view, record) for record in own.to_dict("records")]
    columns = [
        Column("who", "Vilka"),
        people_column("invited", "Inbjudna"),
        people_column("answered", "Svarade"),
        text_column("rate", "Svarsfrekvens", missing=swedish.MISSING),
    ]
    notes: list[Any] = [legend(view, zeros_hidden=view.survey.zeros_hidden)] if own["suppressed"].any() else []
    if places := printed_in(list(own["printed_in"])):
        notes.append(places)
    notes.append("Den som svarade på minst en fråga räknas som svarande.")
    table = Table(
        name="svarsfrekvens",
        caption="Svarsfrekvens",
        frame=pd.DataFrame(rows).astype("object"),
        columns=columns,
        notes=notes,
    )
    told = response_finding(view)
    return Html(*([finding(told)] if told else []), table.html())


def response_finding(view: StakeholdersView) -> str:
    """How many of those asked answered, a sentence per survey; empty where it is hidden or not known."""
    frame = view.survey.survey
    told = []
    for record in frame[frame["question"].eq("") & frame["by"].eq("")].to_dict("records"):
        if swedish.is_missing(record["count"]) or swedish.is_missing(record["invited"]):
            continue
        answered, invited = int(record["count"]), int(record["invited"])
        name = f"enkäten {record['survey']}" if record["survey"] else "enkäten"
        told.append(
            f"{swedish.number(answered)} av {swedish.number(invited)} inbjudna svarade på {name} "
            f"({swedish.percent(answered, invited)})."
        )
    return " ".join(told)


def survey_limits(view: StakeholdersView) -> Html:
    """What the surveys can't tell, and what is not shown."""
    frame = view.survey.survey
    if frame.empty:
        return left_out("Det finns inga svar på enkäter.")
    items = ["Vad de som inte svarade tycker. De kan skilja sig från dem som svarade."]
    if frame["answer"].eq(WRITTEN).any():
        items.append(
            "Vad som står i fritextsvaren. De visas aldrig, bara hur många som skrev något. Det som ska "
            "citeras kodas som utsagor."
        )
    if frame["suppressed"].any():
        items.append(
            "De antal som är dolda. Det gäller också andelar, mittersta svar och svarsfrekvenser som räknas ur dem."
        )
    if not (frame["question"].ne("") & frame["answer"].eq(NO_ANSWER)).any():
        items.append("Hur många som hoppade över en fråga, där det inte framgår av antalen.")
    return Html(paragraph("Enkäterna säger inte:"), bullets(items))


def _row(view: StakeholdersView, record: dict[str, Any]) -> dict[str, Any]:
    answered = shown_value(record, "count")
    invited = None if swedish.is_missing(record["invited"]) else int(record["invited"])
    rate: Any = None
    if answered is HIDDEN:
        rate = HIDDEN
    elif known(answered) and invited:
        rate = swedish.percent(float(record["count"]), invited)
    who = group_word(record["by"], record["group"])
    if record["by"] not in ("", ROLE):
        who = f"{swedish.sentence(record['by'])}: {who}"
    return {
        "who": f"{record['survey']}: {who}" if record["survey"] else who,
        "invited": invited,
        "answered": answered,
        "rate": rate,
    }
