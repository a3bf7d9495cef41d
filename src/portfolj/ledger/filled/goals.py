"""The goals of an application as the sentences that its cells are read as, and what each of them lacks."""

from __future__ import annotations

import re
from datetime import datetime

from portfolj.errors import Fault, Reason
from portfolj.ledger.cells import text_of
from portfolj.ledger.filled.form import FilledForm, Row

PERCENT, PEOPLE = "procent", "personer"
_NEEDED = {
    "change": "vad som ska ha förändrats", "whom": "för vilka", "level": "hur mycket", "when": "när det mäts",
    "baseline": "hur det är i dag",
}  # fmt: skip


def goal_text_of(form: FilledForm) -> str:
    """The goals of the form, one sentence each: ``40 procent av deltagarna ska studera ett år efter avslut (...).``"""
    return " ".join(f"{text}." for row in form.rows("goals") if (text := goal_sentence(row)))


def goal_sentence(row: Row) -> str:
    """One goal as a sentence without its stop. A part that is missing is left out, never made up."""
    change = re.sub(r"^ska(?:ll)?\s+", "", row.text("change").rstrip(". "), flags=re.IGNORECASE)
    whom, level, measure, when = (row.text(code).rstrip(". ") for code in ("whom", "level", "measure", "when"))
    if isinstance(row.answers.get("when"), datetime) or re.fullmatch(r"\d{4}", when):
        when = f"senast {when}"
    if measure.casefold() == PERCENT:
        level = f"{_number_of(level)} procent" if level else ""
    amount = f"{level} av {whom}" if level and whom and measure.casefold() in (PERCENT, PEOPLE) else ""
    source = re.sub(r"^enligt\s+", "", row.text("source").rstrip(". "), flags=re.IGNORECASE)
    ended = [change, *([] if amount else [level]), when, f"enligt {source}" if source else ""]
    words = [amount or whom, "ska" if change else "", *ended]
    sentence = " ".join(filter(None, words))
    baseline = row.text("baseline").rstrip(". ")
    sentence += f" (utgångsläge {baseline})" if baseline else ""
    return sentence[:1].upper() + sentence[1:]


def _number_of(level: str) -> str:
    return re.sub(r"\s*(?:%|procent)$", "", level)


def goal_remarks(form: FilledForm) -> list[Fault]:
    """What each goal lacks to be measured. It stops nothing."""
    remarks = []
    for row in form.rows("goals"):
        lacking = [code for code in _NEEDED if not row.text(code)]
        if lacking:
            told = ", ".join(_NEEDED[code] for code in lacking)
            remarks.append(form.fault(
                form.row_address(row, lacking[0]), Reason.GOAL_INCOMPLETE, f"Målet säger inte {told}", "",
                "Be sökanden fylla i det som saknas; målet går annars inte att följa upp",
            ))  # fmt: skip
        level = text_of(row.answers.get("level"))
        if row.text("measure").casefold() in (PERCENT, PEOPLE) and level and not re.search(r"\d|alla|varje", level):
            found = f"Målet har måttet {row.text('measure')} men ingen siffra: ”{level[:60]}”"
            remarks.append(form.fault(
                form.row_address(row, "level"), Reason.GOAL_INCOMPLETE, found, "",
                "Skriv ett tal, eller välj annat mått",
            ))  # fmt: skip
    return remarks
