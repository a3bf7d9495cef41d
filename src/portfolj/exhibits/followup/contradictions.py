"""What does not add up among reported and printed figures, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.own_contradictions import WHOM, odd_count_sentences, own_sum_sentence
from portfolj.exhibits.followup.printed import in_unit, what
from portfolj.exhibits.followup.shown import table_of
from portfolj.exhibits.markup import Html, bullets, paragraph
from portfolj.followup.count_contradictions import can_contradict

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


def contradictions(view: FollowUpView) -> Html:
    """A sentence for each contradiction, or that there is none."""
    if all(table_of(view, name).empty for name in ("published", "exits", "counts")):
        return absent("published")
    sentences = contradiction_sentences(view)
    if sentences:
        return bullets(sentences)
    compared = (("de tryckta siffrorna", _printed(view)), ("de redovisade antalen", _counts(view)))
    what = [name for name, is_so in compared if is_so]
    if not what:
        return paragraph("Inga siffror går att jämföra med varandra. Därför går det inte att säga om de går ihop.")
    return paragraph(f"{swedish.sentence(swedish.listed(what))} går ihop, så långt de går att jämföra.")


def _printed(view: FollowUpView) -> bool:
    """Whether any printed figure was held against the rows, or against others that are printed."""
    frame = table_of(view, "published")
    if frame.empty:
        return False
    of_sex = (frame["unit"] == "percent") & (frame["group"] == "sex") & frame["measure"].str.startswith("share_of_")
    whole = any(
        {"woman", "man"} <= set(own["category"]) for _, own in frame[of_sex].groupby(["intervention", "measure"])
    )
    return whole or bool(frame["verdict"].isin(["agrees", "differs"]).any())


def _counts(view: FollowUpView) -> bool:
    """Whether any reported counts were held against one another."""
    counts, exits = table_of(view, "counts"), table_of(view, "exits")
    told = set() if exits.empty else set(exits["code"])
    return (not counts.empty and can_contradict(counts)) or bool(told & {"total", "completed"} and len(exits) > 1)


def contradiction_sentences(view: FollowUpView) -> list[str]:
    """What does not add up, a sentence each; empty where all does or nothing can be held against anything."""
    return [*odd_count_sentences(view), *_sums(view), *_against_rows(view)]


def _sums(view: FollowUpView) -> list[str]:
    """Totals and printed shares that their own parts do not make up."""
    sentences = []
    for record in table_of(view, "contradictions").to_dict("records"):
        unit = str(record["unit"])
        if swedish.is_missing(record["sum"]) or not record["printed"]:
            sentences.append(own_sum_sentence(record))
            continue
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
