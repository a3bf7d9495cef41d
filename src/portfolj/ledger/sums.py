"""The sheet's own totals, compared with the rows that they should add up.

A total that equals the sum of all rows above it, of the rows since the total before it, or of the year that it names,
is right. Any other is
remarked on, with the arithmetic where it explains the difference: SUM skips amounts kept as text, and a formula may
miss rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from portfolj.errors import Fault, Reason
from portfolj.ledger.amounts import Amount, write_kronor
from portfolj.ledger.cells import text_of
from portfolj.ledger.kinds import DATA, NOT_GRANTED, SUM, sum_label
from portfolj.ledger.table import Table


def sum_remarks(table: Table, kinds: dict[int, str], *, years: Mapping[int, int | None] | None = None) -> list[Fault]:
    """One remark per total of the sheet that differs from its rows, in plain Swedish with the difference in kronor.

    ``years`` is the year of each data row: a total of one year ("Summa 2020") answers for that year's rows.
    """
    return [remark for name in table.amount_fields for remark in _column_remarks(table, kinds, name, years or {})]


def _column_remarks(table: Table, kinds: dict[int, str], name: str, years: Mapping[int, int | None]) -> list[Fault]:
    column = table.header.fields[name]
    data = [row for row in table.body if kinds[row] in (DATA, NOT_GRANTED)]
    above: list[int] = []
    block: list[int] = []
    remarks = []
    for row in table.body:
        kind = kinds[row]
        if kind in (DATA, NOT_GRANTED):
            above.append(row)
            block.append(row)
        if kind != SUM:
            continue
        total = table.amounts[name][row]
        if isinstance(total, Amount) and not _partial(table, row):
            counted = table.sum_range(row, column)
            in_range = [r for r in data if r in counted] if counted else []
            # A total may also stand above its rows.
            above_or_below = above or data
            of_year = _rows_of_year(table, row, data, years)
            if total.ore not in {_sum(table, name, r) for r in (above_or_below, block, in_range, of_year) if r}:
                remarks.append(
                    _remark(
                        table,
                        row,
                        name,
                        total.ore,
                        in_range or of_year or _nearest(table, name, total.ore, above_or_below, block),
                    )
                )
            elif (
                counted
                and total.ore == _sum(table, name, in_range)
                and total.ore not in (_sum(table, name, above_or_below), _sum(table, name, block))
            ):
                remarks.append(_short_range(table, row, name, in_range, above_or_below))
        block = []
    return remarks


def _rows_of_year(table: Table, row: int, data: list[int], years: Mapping[int, int | None]) -> list[int]:
    """The rows of the one year that the total's label names; none where it names no year or several."""
    named = {int(year) for year in re.findall(r"\b(?:19|20)\d{2}\b", sum_label(table, row))}
    return [r for r in data if years.get(r) in named] if len(named) == 1 else []


def _partial(table: Table, row: int) -> bool:
    """A total of one kind of money, or of a part, has other rows to answer for than all of those above it."""
    label = next((text_of(v) for v in table.sheet.rows[row] if isinstance(v, str) and text_of(v)), "").casefold()
    return label.startswith("varav") or any(
        word in label.split() for word in ("finsam", "esf", "eu", "annan", "övrigt")
    )


def _sum(table: Table, name: str, rows: list[int]) -> int:
    return sum(a.ore for row in rows if isinstance(a := table.amounts[name][row], Amount))


def _nearest(table: Table, name: str, total: int, above: list[int], block: list[int]) -> list[int]:
    return min((above, block), key=lambda rows: abs(_sum(table, name, rows) - total))


def _remark(table: Table, row: int, name: str, total: int, rows: list[int]) -> Fault:
    column = table.header.fields[name]
    expected = _sum(table, name, rows)
    texts = [
        r
        for r in rows
        if not table.sheet.is_text
        and isinstance(table.value(r, column), str)
        and isinstance(table.amounts[name][r], Amount)
    ]
    in_texts = _sum(table, name, texts)
    found = (
        f"Bladets egen summa är {write_kronor(total)} men raderna är tillsammans {write_kronor(expected)}: "
        f"skillnaden är {write_kronor(expected - total)}"
    )
    stored = "1 belopp är sparat" if len(texts) == 1 else f"{len(texts)} belopp är sparade"
    if texts and total + in_texts == expected:
        why = (
            f"{stored} som text och uppgår till {write_kronor(in_texts)}. SUMMA i "
            "Excel hoppar över text, "
            f"och {write_kronor(total)} + {write_kronor(in_texts)} = {write_kronor(expected)}, så det "
            "förklarar hela skillnaden"
        )
    elif texts:
        why = (
            f"{stored} som text och uppgår till {write_kronor(in_texts)}; SUMMA i "
            "Excel hoppar över text, "
            "men det förklarar inte hela skillnaden"
        )
    else:
        why = "Skillnaden får ingen förklaring av raderna"
    action = (
        "Rapporten räknar alla rader. Gör om texterna till tal i liggaren"
        if texts
        else "Rapporten räknar raderna. Kontrollera summan med den som för liggaren"
    )
    return Fault(
        table.sheet.file,
        table.sheet.title,
        table.sheet.address(row, column),
        Reason.SUM_DIFFERS,
        f"{found}. {why}",
        "",
        action,
    )


def _short_range(table: Table, row: int, name: str, in_range: list[int], above: list[int]) -> Fault:
    column = table.header.fields[name]
    left_out = [r for r in above if r not in set(in_range)]
    rows = "1 rad" if len(left_out) == 1 else f"{len(left_out)} rader"
    found = (
        f"Bladets egen summa räknar inte alla rader: {rows} på tillsammans "
        f"{write_kronor(_sum(table, name, left_out))} ligger utanför formelns område"
    )
    return Fault(
        table.sheet.file,
        table.sheet.title,
        table.sheet.address(row, column),
        Reason.SUM_DIFFERS,
        found,
        "",
        "Rapporten räknar alla rader. Rätta formeln om det inte är en delsumma",
    )
