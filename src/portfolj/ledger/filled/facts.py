"""What a filled form tells of each fact of ``reference/documentation.toml``, as a cell of a file of facts would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from portfolj.federation import Unit
from portfolj.ledger.amounts import AmountUnreadable, parse_amount, write_kronor
from portfolj.ledger.cells import Value, text_of
from portfolj.ledger.filled.form import FilledForm, Row
from portfolj.ledger.filled.goals import goal_sentence


def facts_of(form: FilledForm) -> dict[str, tuple[Value, str]]:
    """Fact -> what the form tells of it, empty where it tells nothing, and the cell where it does."""
    told: dict[str, tuple[Value, str]] = {}
    for field in form.form.fields:
        if not field.fact:
            continue
        if field.kind == "table":
            rows = form.rows(field.code)
            texts = (_IN_WORDS[field.code](row) for row in rows)
            cell = form.row_address(rows[0], field.columns[0].code) if rows else ""
            told[field.fact] = "; ".join(filter(None, texts)), cell
        else:
            told[field.fact] = form.answers.get(field.code), form.address(field.code)
    return told


def _party(row: Row) -> str:
    party, contribution = row.text("party"), row.text("contribution")
    return f"{party} ({contribution})" if party and contribution else party or contribution


def _budget(row: Row) -> str:
    return ": ".join(filter(None, [row.text("year"), f"{_kronor(row, 'amount_sek')} {row.text('financing')}".strip()]))


def _money(row: Row) -> str:
    amounts = [
        f"{text} {word}" for code, word in (("used_sek", "använt"), ("returned_sek", "återbetalt"))
        if (text := _kronor(row, code))
    ]  # fmt: skip
    return ": ".join(filter(None, [row.text("year"), ", ".join(amounts)]))


def _outcome(row: Row) -> str:
    verdict = row.text("verdict")
    return f"{row.text('goal')}{f' ({verdict})' if verdict else ''}"


def _kronor(row: Row, code: str) -> str:
    value = row.answers.get(code)
    try:
        amount = parse_amount(value, unit=Unit.KR)
    except AmountUnreadable:
        return text_of(value)  # the ledger tells of the fault
    return "" if amount is None else write_kronor(amount.ore)


_IN_WORDS: Final[Mapping[str, Callable[[Row], str]]] = {
    "goals": goal_sentence, "parties": _party, "budget": _budget, "outcomes": _outcome, "money": _money,
}  # fmt: skip
