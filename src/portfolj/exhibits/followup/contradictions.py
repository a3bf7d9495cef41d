"""What does not add up among printed figures, in plain words: against the rows, and against one another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.printed import in_unit, what
from portfolj.exhibits.followup.shown import known, shown_value, table_of, whole
from portfolj.exhibits.markup import Html, bullets, paragraph
from portfolj.portfolio.against_each_other import one_digit_misread

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


def contradictions(view: FollowUpView) -> Html:
    """A sentence for each contradiction, or that there is none."""
    if table_of(view, "published").empty:
        return absent("published")
    sentences = contradiction_sentences(view)
    if not sentences:
        return paragraph("De tryckta siffrorna går ihop, så långt de går att jämföra.")
    return bullets(sentences)


def contradiction_sentences(view: FollowUpView) -> list[str]:
    """What does not add up, a sentence each; empty where all does or nothing can be held against anything."""
    frame = table_of(view, "published")
    return [*_against_parts(view, frame), *_against_rows(view, frame), *_shares_that_do_not_sum(view, frame)]


def _is_sum(record: dict[str, Any]) -> bool:
    return record["group"] == "exits" and record["measure"] == "sum"


def _against_parts(view: FollowUpView, frame: pd.DataFrame) -> list[str]:
    """Printed totals that their own printed parts do not sum to, with the one digit that would mend it."""
    exits = table_of(view, "exits")
    sentences = []
    for record in frame.to_dict("records"):
        if not _is_sum(record) or exits.empty or swedish.is_missing(record["value"]):
            continue
        own = (exits["intervention"] == record["intervention"]) & (exits["base"] == record["category"])
        parts = [shown_value(part, "count") for part in exits[own].to_dict("records")]
        if not parts or not known(*parts):
            continue
        numbers, total = [whole(part) for part in parts], int(record["value"])
        if sum(numbers) == total:
            continue
        base = words.base(str(record["category"]))
        added = " + ".join(swedish.number(number) for number in numbers)
        text = (
            f"{record['intervention']}, {words.inside(base)}: tryckt är {record['printed']}, men de tryckta delarna "
            f"är {added} = {swedish.number(sum(numbers))}."
        )
        sentences.append(text + _misread(numbers, total))
    return sentences


def _misread(numbers: list[int], total: int) -> str:
    """Which part would mend the sum by a digit that scanning confuses; empty where none would, or several."""
    over = sum(numbers) - total
    mended = [(n, n - over) for n in numbers if n >= over and one_digit_misread(Decimal(n), Decimal(n - over))]
    if len(mended) != 1:
        return ""
    wrong, right = (swedish.number(number) for number in mended[0])
    return f" Om {wrong} ska vara {right} går det ihop: troligen ett läsfel i den text som vi har haft."


def _against_rows(view: FollowUpView, frame: pd.DataFrame) -> list[str]:
    return [
        f"{what(view, record)}: tryckt är {record['printed']}, men underlaget ger "
        f"{in_unit(record['computed'], record['unit'])}."
        for record in frame.to_dict("records")
        if record["verdict"] == "differs" and not swedish.is_missing(record["computed"]) and not _is_sum(record)
    ]


def _shares_that_do_not_sum(view: FollowUpView, frame: pd.DataFrame) -> list[str]:
    """Printed shares of one whole, a category each, that do not sum to 100."""
    sentences = []
    shares = frame[frame["measure"].str.startswith("share_of_") & frame["value"].notna()]
    for (intervention, group, measure), part in shares.groupby(["intervention", "group", "measure"], sort=False):
        total = part["value"].sum()
        if len(part) > 1 and total != 100:
            listed = swedish.listed([str(text) for text in part["printed"]])
            of = words.measure(str(measure).removeprefix("share_of_"))
            sentences.append(
                f"{intervention}, {words.inside(of)} {words.PER.get(str(group), '')}: de tryckta andelarna {listed} "
                f"är tillsammans {in_unit(total, 'percent')}, inte {in_unit(100, 'percent')}."
            )
    return sentences
