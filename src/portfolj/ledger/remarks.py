"""Remarks: what does not stop a reading but should be seen by whoever keeps the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from portfolj.errors import Fault, Reason
from portfolj.ledger.amounts import write_kronor
from portfolj.ledger.cells import Sheet, text_of
from portfolj.ledger.header import Header
from portfolj.ledger.headings import AMOUNT_FIELDS, label_of
from portfolj.ledger.personal_numbers import holds_personal_number

ALIKE_FROM = 90.0  # per cent of letters in common, names in small letters without punctuation
_ALL_PAIRS_UP_TO = 2_000
_TEXTS_THAT_MAY_DIFFER = ("name", "applicant", "target_group_text", "description", "goal_text")


def sheet_remarks(sheet: Sheet, header: Header | None, why_not_read: str) -> list[Fault]:
    """Personal numbers in any cell, sheets and columns that are not used, hidden rows and amounts kept as text."""
    remarks = [
        Fault(
            sheet.file,
            sheet.title,
            sheet.address(row, column),
            Reason.PERSONAL_NUMBER,
            "Cellen innehåller ett personnummer",
            "inga personnummer i liggaren",
            "Ta bort det ur liggaren; det har inte förts vidare",
        )
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if value is not None and holds_personal_number(value)
    ]
    if holds_personal_number(sheet.title) or holds_personal_number(sheet.file):
        remarks.append(
            Fault(
                sheet.file,
                sheet.title,
                "",
                Reason.PERSONAL_NUMBER,
                "Filens eller bladets namn innehåller ett personnummer",
                "",
                "Byt namn",
            )
        )
    if header is None:
        text = f"Bladet läses inte: det {why_not_read}" if sheet.title else "Filen läses inte"
        return [*remarks, Fault(sheet.file, sheet.title, "", Reason.SHEET_NOT_READ, text, "", "")]
    hidden = [row for row in sheet.hidden_rows if row > header.last]
    if hidden:
        text = f"{len(hidden)} rader är dolda eller bortfiltrerade (den första är rad {sheet.numbers[min(hidden)]}) och räknas ändå"
        remarks.append(
            Fault(
                sheet.file,
                sheet.title,
                "",
                Reason.HIDDEN_ROWS,
                text,
                "",
                "Ta bort filtret, eller radera raderna om de inte gäller",
            )
        )
    return [*remarks, *_unused_columns(sheet, header), *_amounts_as_text(sheet, header)]


def _unused_columns(sheet: Sheet, header: Header) -> Iterator[Fault]:
    taken = {*header.fields.values(), *(c for columns in header.match.ambiguous.values() for c in columns)}
    for column, heading in enumerate(header.headings):
        if heading and column not in taken:
            yield Fault(
                sheet.file,
                sheet.title,
                sheet.address(header.last, column),
                Reason.COLUMN_NOT_USED,
                f"Kolumnen ”{heading}” används inte",
                "",
                "Koppla den under [ledger.columns] i federation.toml om den behövs",
            )


def _amounts_as_text(sheet: Sheet, header: Header) -> Iterator[Fault]:
    if sheet.is_text:
        return
    for name in AMOUNT_FIELDS:
        column = header.fields.get(name)
        if column is None:
            continue
        rows = [
            row
            for row in range(header.last + 1, len(sheet.rows))
            if column < len(sheet.rows[row]) and isinstance(v := sheet.rows[row][column], str) and re.search(r"\d", v)
        ]
        if rows:
            text = f"{len(rows)} belopp under ”{header.headings[column]}” är sparade som text; de räknas här, men Excels SUMMA hoppar över dem"
            yield Fault(
                sheet.file,
                sheet.title,
                sheet.address(rows[0], column),
                Reason.AMOUNT_AS_TEXT,
                text,
                "",
                "Gör om dem till tal i liggaren",
            )


def ledger_remarks(rows: pd.DataFrame) -> list[Fault]:
    """Remarks on the ledger as a whole, from ``Ledger.rows``: corrections, differing texts, names alike, doubled rows."""
    if rows.empty:
        return []
    return [*_negative_grants(rows), *_paid_more(rows), *_texts_differ(rows), *_doubled(rows), *_names_alike(rows)]


def _negative_grants(rows: pd.DataFrame) -> Iterator[Fault]:
    for row in rows[(rows["entry_type"] == "granted") & (rows["amount_sek"] < 0)].itertuples():
        text = f"Negativt beviljat belopp, {write_kronor(round(row.amount_sek * 100))}, räknas som en rättelse som minskar det beviljade för ”{row.name}”"
        yield _at(row, Reason.NEGATIVE_GRANT, text, "")
    granted = rows[(rows["entry_type"] == "granted") & (rows["financing"] == "Finsam")]
    for key, total in granted.groupby("intervention_key")["amount_sek"].sum().items():
        if total < 0:
            row = next(granted[granted["intervention_key"] == key].itertuples())
            yield _at(
                row,
                Reason.NEGATIVE_GRANT,
                f"”{row.name}” har tillsammans ett negativt beviljat belopp, {write_kronor(round(total * 100))}",
                "Kontrollera att den rad som rättas finns i liggaren",
            )


def _paid_more(rows: pd.DataFrame) -> Iterator[Fault]:
    sums = rows.pivot_table(
        index="intervention_key", columns="entry_type", values="amount_sek", aggfunc="sum", observed=True
    )
    if not {"granted", "paid"} <= set(sums.columns):
        return
    for key in sums.index[sums["paid"].round(2) > sums["granted"].round(2)]:
        row = next(rows[rows["intervention_key"] == key].itertuples())
        paid, granted = (write_kronor(round(sums.at[key, kind] * 100)) for kind in ("paid", "granted"))
        yield _at(
            row,
            Reason.PAID_MORE_THAN_GRANTED,
            f"”{row.name}” har fått {paid} utbetalt men {granted} beviljat",
            "Kontrollera raderna",
        )


def _texts_differ(rows: pd.DataFrame) -> Iterator[Fault]:
    for name in _TEXTS_THAT_MAY_DIFFER:
        known = rows[rows[name].notna() & (rows[name] != "")]
        counts = known.groupby("intervention_key")[name].nunique()
        for key in counts.index[counts > 1]:
            own = known[known["intervention_key"] == key]
            texts = [f"”{_short(t)}”" for t in own[name].drop_duplicates().head(3)]
            more = f" och {counts[key] - 3} till" if counts[key] > 3 else ""
            row = next(own.itertuples())
            yield _at(
                row,
                Reason.TEXT_DIFFERS,
                f"Samma insats ({_short(str(key))}) har olika {label_of(name)}: {', '.join(texts)}{more}",
                "Den vanligaste används. Kontrollera att raderna gäller samma insats",
            )


def _doubled(rows: pd.DataFrame) -> Iterator[Fault]:
    facts = ["intervention_key", "name", "decision_date", "year", "amount_sek", "entry_type", "financing", "document"]
    # Two rows without date, year or document have too little in common to be called doubled.
    told = rows[rows["amount_sek"].notna() & (rows["decision_date"].notna() | rows["document"].notna())]
    for row in told[told.duplicated(facts)].itertuples():
        yield _at(
            row,
            Reason.DUPLICATE_ROWS,
            f"Raden är lik en tidigare rad för ”{row.name}”: samma datum, belopp och finansiering. Båda räknas",
            "Ta bort den ena om den är inskriven två gånger",
        )


def _names_alike(rows: pd.DataFrame) -> Iterator[Fault]:
    named = rows.drop_duplicates(["intervention_key", "name"])
    forms = [_comparable(name) for name in named["name"]]
    keys = named["intervention_key"].tolist()
    told: set[tuple[str, str]] = set()
    for first, second in _alike(forms):
        pair = (min(keys[first], keys[second]), max(keys[first], keys[second]))
        if pair[0] == pair[1] or pair in told:
            continue
        told.add(pair)
        row, other = list(named.iloc[[second, first]].itertuples())
        one, two = _name_with_id(other), _name_with_id(row)
        same = forms[first] == forms[second]
        what = (
            f"{one} och {two} har samma namn men räknas som två insatser"
            if same
            else f"{one} och {two} liknar varandra och räknas som två insatser"
        )
        yield _at(row, Reason.NAMES_ALIKE, what, "Skriv samma id eller namn i liggaren om de är en och samma")


def _alike(forms: list[str]) -> Iterator[tuple[int, int]]:
    from rapidfuzz import fuzz, process

    blocks = {"": list(range(len(forms)))} if len(forms) <= _ALL_PAIRS_UP_TO else _by_start(forms)
    for members in blocks.values():
        texts = [forms[i] for i in members]
        for start in range(0, len(texts), 500):
            scores = process.cdist(texts[start : start + 500], texts, scorer=fuzz.ratio, score_cutoff=ALIKE_FROM)
            for a, b in zip(*scores.nonzero(), strict=True):
                first, second = members[start + int(a)], members[int(b)]
                # "Etapp 1" and "Etapp 2" differ by what matters.
                if first < second and re.findall(r"\d+", forms[first]) == re.findall(r"\d+", forms[second]):
                    yield first, second


def _by_start(forms: list[str]) -> dict[str, list[int]]:
    blocks: dict[str, list[int]] = {}
    for position, form in enumerate(forms):
        blocks.setdefault(form[:4], []).append(position)
    return blocks


def _comparable(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold()).split())


def _name_with_id(row: object) -> str:
    name, key = str(getattr(row, "name", "")), getattr(row, "intervention_id", None)
    return f"”{_short(name)}” ({key})" if isinstance(key, str) and key else f"”{_short(name)}”"


def _short(text: str) -> str:
    text = text_of(text)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _at(row: object, reason: Reason, found: str, action: str) -> Fault:
    place = getattr(row, "cell", "") or f"rad {getattr(row, 'row', '')}"
    return Fault(str(getattr(row, "file", "")), str(getattr(row, "sheet", "")), place, reason, found, "", action)
