"""What does not add up among printed figures, in plain words: against the rows, and against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.printed import in_unit, what
from portfolj.exhibits.followup.shown import table_of
from portfolj.exhibits.markup import Html, bullets, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

WHOM = {"participants": "alla deltagare", "completed": "dem som fullföljt"}


def contradictions(view: FollowUpView) -> Html:
    """A sentence for each contradiction, or that there is none."""
    if table_of(view, "published").empty and table_of(view, "contradictions").empty:
        return absent("published")
    sentences = contradiction_sentences(view)
    if not sentences:
        return paragraph("De tryckta siffrorna går ihop, så långt de går att jämföra.")
    return bullets(sentences)


def contradiction_sentences(view: FollowUpView) -> list[str]:
    """What does not add up, a sentence each; empty where all does or nothing can be held against anything."""
    return [*_sums(view), *_against_rows(view)]


def _sums(view: FollowUpView) -> list[str]:
    """Printed totals and shares that their own printed parts do not make up."""
    sentences = []
    for record in table_of(view, "contradictions").to_dict("records"):
        unit = str(record["unit"])
        total, summed = in_unit(float(record["total"]), unit), in_unit(float(record["sum"]), unit)
        name = record["intervention"]
        if unit == "percent":
            measure, _, group = str(record["what"]).partition(";")
            of = f"{words.measure(measure).removeprefix('Andel ')} {words.PER.get(group, '')}".strip()
            sentences.append(f"{name}: de tryckta andelarna {of} är tillsammans {summed}, inte {total}.")
        else:
            whom = WHOM.get(str(record["what"]), str(record["what"]))
            text = f"{name}: tryckt är {total} för {whom}, men de tryckta delarna är tillsammans {summed}."
            sentences.append(text + _misread(str(record["maybe_read_as"])))
    return sentences


def _misread(maybe: str) -> str:
    """The one digit that would mend the sum, from ``outcome: 23 -> 13``."""
    if not maybe:
        return ""
    outcome, _, figures = maybe.rpartition(": ")
    read, _, meant = figures.partition(" -> ")
    return (
        f" Om {read} ({words.inside(outcome)}) ska vara {meant} går det ihop: troligen ett läsfel i den text som vi "
        "har haft."
    )


def _against_rows(view: FollowUpView) -> list[str]:
    """Printed figures that the rows give otherwise. Those that printed parts already contradict are told there."""
    told = {(r["intervention"], r["what"]) for r in table_of(view, "contradictions").to_dict("records")}
    bases = {"participations": "participants", "completed": "completed"}
    return [
        f"{what(view, record)}: tryckt är {record['printed']}, men underlaget ger "
        f"{in_unit(float(record['computed']), str(record['unit']))}."
        for record in table_of(view, "published").to_dict("records")
        if record["verdict"] == "differs"
        and not swedish.is_missing(record["computed"])
        and (record["intervention"], bases.get(str(record["measure"]))) not in told
    ]
