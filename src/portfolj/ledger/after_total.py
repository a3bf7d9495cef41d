"""Rows of budgets and balances, and rows below the sheet's grand total: set aside where certain, else refused.

A **grand total** is a sum row with a plain sum word ("Summa", "Totalt"; not "Delsumma", "Summa Flen" or "Varav") and
rows above it; one of a single year only where it equals all rows above. It is **certain** where it equals them.

- A row whose whole text is a word of ``reference/balance_words.toml`` ("Budget 2020", "Kvar att fördela") is a note
  below a certain grand total. Elsewhere it is refused, unless an applicant, a target group, a description, a date or
  an id makes it an intervention.
- Any other row with an amount below the last grand total, and no sum of its own, is counted and remarked on where at
  least half of the columns that are filled for nearly all rows above are filled for it too. Otherwise it is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from portfolj.errors import Fault, Reason
from portfolj.ledger.amounts import Amount
from portfolj.ledger.cells import is_blank, text_of
from portfolj.ledger.kinds import DATA, IDENTIFYING, NOTE, SUM, is_plain_total, sum_label
from portfolj.ledger.table import Table

_USUAL = ("intervention_id", "applicant", "target_group_text", "decision_date", "year", "financing", "document")
_NEARLY_ALL = 0.8


@dataclass
class AfterTotal:
    """Rows that are of another kind than they seemed, the faults and the remarks."""

    kinds: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


def rows_after_total(table: Table, kinds: dict[int, str]) -> AfterTotal:
    """What the rows of budgets and balances, and those below the grand total, are. ``kinds`` is left as it is."""
    out = AfterTotal()
    above: dict[str, int] = defaultdict(int)
    counted: list[int] = []
    total, certain = -1, False
    for row, kind in kinds.items():
        if kind == SUM and counted:
            equal = _amounts(table, row) and all(above[f] == ore for f, ore in _amounts(table, row).items())
            if is_plain_total(sum_label(table, row), equal=bool(equal)):
                total, certain = row, certain or bool(equal)
        if kind != DATA:
            continue
        if (
            _holds_amount(table, row)
            and is_balance(_label(table, row))
            and not (_identified(table, row) and not certain)
        ):
            _balance_row(table, row, certain, out)
            continue
        counted.append(row)
        for name, ore in _amounts(table, row).items():
            above[name] += ore
    if total >= 0:
        _below(table, kinds, [r for r in counted if r < total], [r for r in counted if r > total], total, out)
    return out


@lru_cache(maxsize=4096)
def is_balance(label: str) -> bool:
    """Whether the text is nothing but words of a budget or a balance, such as ``Kvar att fördela 2020``."""
    words = _balance_words()
    text = " ".join(re.sub(r"[\s:.,()*/=–]+|-(?=\s|$|\d)", " ", label.casefold()).split())
    for start in words["starts"]:
        if text == start or text.startswith(f"{start} "):
            rest = text[len(start) :].split()
            if all(word in words["rest"] or re.fullmatch(r"[\d%-]+", word) for word in rest):
                return True
    return False


def _balance_row(table: Table, row: int, certain: bool, out: AfterTotal) -> None:
    label = _label(table, row)
    if certain and not _identified(table, row):
        out.kinds[row] = NOTE
        found = f"Raden ”{label}” står efter bladets total och räknas inte: den är en budget, ett saldo eller liknande"
        out.remarks.append(_at(table, row, Reason.BALANCE_ROW, found, "", ""))
        return
    found = f"Raden ”{label}” har ett belopp men ser ut som en budget, ett saldo eller ett medelvärde, inte en insats"
    action = "Ta bort raden eller flytta den till under totalen"
    if not _identified(table, row):
        action += ". Är den en insats: ge den ett namn som säger det, eller fyll i sökande"
    out.faults.append(_at(table, row, Reason.BALANCE_ROW, found, "en insats per rad", action))


def _below(
    table: Table, kinds: dict[int, str], above: list[int], below: list[int], total: int, out: AfterTotal
) -> None:
    usual = [name for name in _USUAL if len(_filled(table, above, name)) >= _NEARLY_ALL * len(above)]
    added = _with_own_sum(table, kinds, below)
    place = table.sheet.numbers[total]
    for row in below:
        # A row without a name is refused for that.
        if not _amounts(table, row) or not table.texts("name").get(row) or row in added:
            continue
        present = [name for name in usual if _filled(table, [row], name)]
        label = _label(table, row)
        if usual and 2 * len(present) >= len(usual):
            found = f"Raden ”{label}” står under bladets summa på rad {place} och räknas som en insats"
            out.remarks.append(_at(table, row, Reason.ROW_AFTER_TOTAL, found, "", "Flytta den ovanför summan"))
            continue
        found = f"Raden ”{label}” har ett belopp men står under bladets summa på rad {place}"
        if usual:
            lacking = ", ".join(f"”{table.header.headings[table.header.fields[n]]}”" for n in usual if n not in present)
            found += f" och saknar det som raderna ovanför har: {lacking}"
        action = "Flytta raden ovanför summan om den är en insats, annars ta bort den"
        out.faults.append(_at(table, row, Reason.ROW_AFTER_TOTAL, found, "insatserna ovanför summan", action))


def _with_own_sum(table: Table, kinds: dict[int, str], below: list[int]) -> set[int]:
    """The rows that the next sum row adds up, from the sum row before them."""
    found: set[int] = set()
    sums = [row for row, kind in kinds.items() if kind == SUM]
    for first, last in zip([-1, *sums], sums, strict=False):
        block = [row for row in below if first < row < last]
        total = _amounts(table, last) if block else {}
        if total and all(ore == sum(_amounts(table, r).get(name, 0) for r in block) for name, ore in total.items()):
            found |= set(block)
    return found


def _amounts(table: Table, row: int) -> dict[str, int]:
    return {f: a.ore for f in table.amount_fields if isinstance(a := table.amounts[f][row], Amount)}


def _holds_amount(table: Table, row: int) -> bool:
    return any(table.amounts[f][row] is not None for f in table.amount_fields)


def _filled(table: Table, rows: list[int], name: str) -> list[int]:
    values = table.values(name)
    return [row for row in rows if not is_blank(values.get(row))]


def _identified(table: Table, row: int) -> bool:
    named = bool(table.texts("intervention_id").get(row)) and bool(table.texts("name").get(row))
    return named or any(_filled(table, [row], name) for name in IDENTIFYING)


def _label(table: Table, row: int) -> str:
    return table.texts("name").get(row) or next((t for v in table.sheet.rows[row] if (t := text_of(v))), "")


def _at(table: Table, row: int, reason: Reason, found: str, allowed: str, action: str) -> Fault:
    place = f"rad {table.sheet.numbers[row]}"
    return Fault(table.sheet.file, table.sheet.title, place, reason, found, allowed, action)


@lru_cache(maxsize=1)
def _balance_words() -> dict[str, list[str]]:
    return tomllib.loads((files("portfolj") / "reference" / "balance_words.toml").read_text(encoding="utf-8"))
