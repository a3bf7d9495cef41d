"""What those who answered say of the goals, beside how the goals were judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import HIDDEN, hidden_mark, people_column
from portfolj.exhibits.markup import Column, Html, Table, finding
from portfolj.exhibits.stakeholders.words import VERDICTS, legend, printed_in

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView

REMARKS = {
    "agrees": "Det mittersta svaret och bedömningen säger samma sak.",
    "higher": "De som svarade är mer positiva än bedömningen.",
    "lower": "De som svarade är mindre positiva än bedömningen.",
    "open": "Bedömningen lämnar öppet om målet är uppfyllt. Svaren avgör det inte.",
    "unknown": "Går inte att jämföra: ett antal är dolt eller saknas, eller så är svaren inte steg av uppfyllelse.",
}


def beside_verdicts(view: StakeholdersView) -> Html:
    """A row per goal: the answers, the one in the middle, the verdict, and whether they pull the same way."""
    frame = view.verdicts
    if frame.empty:
        return left_out("Ingen fråga i enkäterna gäller ett mål som har bedömts.")
    survey = view.survey.survey
    rows = []
    for record in frame.to_dict("records"):
        own = survey[
            survey["survey"].eq(record["survey"]) & survey["question"].eq(record["question"]) & survey["by"].eq("")
        ]
        hidden = bool(own["suppressed"].any()) or record["survey"] in (*view.survey.late, *view.survey.too_few)
        rows.append(
            {
                "goal": f"Mål {record['goal']}" if record["goal"] else record["text"],
                **{step: _count(record[step], hidden=hidden) for step in ("met", "partly_met", "not_met")},
                "middle": _middle(record) or (HIDDEN if hidden else None),
                "verdict": swedish.sentence(VERDICTS[record["verdict"]]),
                "remark": REMARKS[record["finding"]],
            }
        )
    notes: list[Any] = (
        [legend(view, zeros_hidden=view.survey.zeros_hidden)] if HIDDEN in [r["middle"] for r in rows] else []
    )
    if places := printed_in(list(frame["printed_in"])):
        notes.append(places)
    notes.append(
        "Det mittersta svaret är det som står i mitten när svaren ställs i ordning. Svaren säger hur de tillfrågade "
        "upplever målen. Bedömningen kan bygga på annat, så att de skiljer sig betyder inte att någon av dem är fel."
    )
    table = Table(
        name="svar-och-bedomning",
        caption="Målen enligt dem som svarade, och enligt bedömningen",
        frame=pd.DataFrame(rows).astype("object"),
        columns=[
            Column("goal", "Mål"),
            people_column("met", "Helt"),
            people_column("partly_met", "Delvis"),
            people_column("not_met", "Inte alls"),
            Column("middle", "Mittersta svaret", write=_as_text),
            Column("verdict", "Bedömning"),
            Column("remark", "Jämförelse"),
        ],
        notes=notes,
    )
    told = verdicts_finding(view)
    return Html(*([finding(told)] if told else []), table.html())


def verdicts_finding(view: StakeholdersView) -> str:
    """For how many goals answers and verdict say the same, and where they don't; empty where none can be compared."""
    frame = view.verdicts
    compared = frame[frame["finding"].isin(["agrees", "higher", "lower"])]
    if compared.empty:
        return ""
    same = int(compared["finding"].eq("agrees").sum())
    goals = "det mål" if len(compared) == 1 else f"de {swedish.in_words(len(compared))} mål"
    many = "inget" if not same else swedish.in_words(same, neuter=True)
    text = f"För {many} av {goals} som går att jämföra säger svaren och bedömningen samma sak."
    for record in compared[compared["finding"].ne("agrees")].to_dict("records"):
        name = f"Mål {record['goal']}" if record["goal"] else f"”{record['text']}”"
        text += f" {name} är bedömt som {VERDICTS[record['verdict']]}, men det mittersta svaret är {_middle(record)}."
    return text


def _middle(record: dict[str, Any]) -> str:
    low, high = (VERDICTS.get(str(record[name]), "") for name in ("middle_low", "middle_high"))
    return low if low == high else f"mellan {low} och {high}"


def _count(value: Any, *, hidden: bool) -> Any:
    if swedish.is_missing(value):
        return HIDDEN if hidden else None
    return int(value)


def _as_text(value: Any) -> Any:
    return hidden_mark() if value is HIDDEN else swedish.sentence(str(value))
