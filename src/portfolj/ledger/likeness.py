"""Remarks on the ledger as a whole: corrections, texts that differ, rows written twice, names that look alike.

Names are compared in small letters without punctuation; from 90 per cent of letters in common (rapidfuzz ``ratio``)
they are told, unless the digits in them differ ("Etapp 1" and "Etapp 2" differ by what matters). Nothing is merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portfolj.errors import Fault, Reason
from portfolj.ledger.amounts import write_kronor
from portfolj.ledger.cells import text_of
from portfolj.ledger.headings import label_of

ALIKE_FROM = 90.0  # per cent
MOST_PAIRS_TOLD = 200
_ALL_PAIRS_UP_TO = 2_000  # beyond that only names with the same first letters are compared
_TEXTS_THAT_MAY_DIFFER = ("name", "applicant", "target_group_text", "description", "goal_text")

Record = Mapping[str, Any]


def ledger_remarks(records: Sequence[Record]) -> list[Fault]:
    """Remarks from the records that ``Ledger.rows`` is made of (amounts in öre, missing as None)."""
    by_key: dict[str, list[Record]] = {}
    for record in records:
        by_key.setdefault(key_of(record), []).append(record)
    return [
        *_only_names(records),
        *(remark for own in by_key.values() for remark in (*_amounts(own), *_texts_differ(own), *_doubled(own))),
        *_names_alike(records),
    ]


def key_of(record: Record) -> str:
    """The intervention of a record: its id as given, else its name in small letters."""
    return record["intervention_id"] or record["name"].casefold()


def _amounts(own: list[Record]) -> Iterator[Fault]:
    first, sums = own[0], {"granted": 0, "members": 0, "paid": 0}
    for record in own:
        ore, kind = record["ore"] or 0, record["entry_type"]
        sums[kind] = sums.get(kind, 0) + ore
        if kind == "granted" and record["financing"] == "Finsam":
            sums["members"] += ore
        if kind == "granted" and ore < 0:
            text = f"Negativt beviljat belopp, {write_kronor(ore)}, räknas som en rättelse som minskar det beviljade"
            yield _at(record, Reason.NEGATIVE_GRANT, f"{text} för ”{_short(record['name'])}”", "")
    if sums["members"] < 0:
        text = (
            f"”{_short(first['name'])}” har tillsammans ett negativt beviljat belopp, {write_kronor(sums['members'])}"
        )
        yield _at(first, Reason.NEGATIVE_GRANT, text, "Kontrollera att den rad som rättas finns i liggaren")
    kinds = {r["entry_type"] for r in own if r["ore"] is not None}
    if {"granted", "paid"} <= kinds and sums["paid"] > sums["granted"]:
        paid, granted = write_kronor(sums["paid"]), write_kronor(sums["granted"])
        text = f"”{_short(first['name'])}” har fått {paid} utbetalt men {granted} beviljat"
        yield _at(first, Reason.PAID_MORE_THAN_GRANTED, text, "Kontrollera raderna")


def _only_names(records: Sequence[Record]) -> Iterator[Fault]:
    """Between rows with amounts, a row with a name and nothing else may be a heading."""
    with_amount = {(r["file"], r["sheet"]) for r in records if r["ore"] is not None}
    facts = (
        "ore",
        "intervention_id",
        "year",
        "decision_date",
        "applicant",
        "target_group_text",
        "description",
        "document",
    )
    for record in records:
        if (
            record["name"]
            and (record["file"], record["sheet"]) in with_amount
            and not any(record[fact] for fact in facts if not (fact == "year" and record.get("year_implied")))
        ):
            text = f"Raden har bara ett namn, ”{_short(record['name'])}”, och räknas som en insats utan belopp"
            yield _at(record, Reason.NAME_ONLY, text, "Ta bort raden om den är en mellanrubrik")


def _texts_differ(own: list[Record]) -> Iterator[Fault]:
    for name in _TEXTS_THAT_MAY_DIFFER if len(own) > 1 else ():
        texts = {record[name]: record for record in reversed(own) if record[name]}
        if len(texts) > 1:
            listed = ", ".join(f"”{_short(text)}”" for text in list(texts)[::-1][:3])
            more = f" och {len(texts) - 3} till" if len(texts) > 3 else ""
            what = "namn" if name == "name" else label_of(name)
            text = f"Samma insats ({_short(key_of(own[0]))}) har olika {what}: {listed}{more}"
            action = "Den vanligaste används. Kontrollera att raderna gäller samma insats"
            yield _at(next(r for r in own if r[name]), Reason.TEXT_DIFFERS, text, action)


def _doubled(own: list[Record]) -> Iterator[Fault]:
    seen: set[tuple[Any, ...]] = set()
    for record in own:
        if not record["ore"]:
            continue
        dated = bool(record["decision_date"] or record["document"])
        facts = ("name", "decision_date", "year", "ore", "entry_type", "financing", "document", "budget_line")
        # Without a date or a document every text has to be the same as well.
        same = tuple(record[fact] for fact in (facts if dated else (*facts, *_TEXTS_THAT_MAY_DIFFER)))
        if same in seen:
            shared = "samma datum, belopp och finansiering" if dated else "allt är lika"
            text = f"Raden är lik en tidigare rad för ”{_short(record['name'])}”: {shared}"
            action = "Ta bort den ena om den är inskriven två gånger"
            yield _at(record, Reason.DUPLICATE_ROWS, f"{text}. Båda räknas", action)
        seen.add(same)


def _names_alike(records: Sequence[Record]) -> Iterator[Fault]:
    named = list({(key_of(r), r["name"]): r for r in reversed(records) if r["name"]}.values())[::-1]
    forms = [_comparable(record["name"]) for record in named]
    told: set[tuple[str, str]] = set()
    for first, second in _alike(forms):
        one, two = sorted((key_of(named[first]), key_of(named[second])))
        if one == two or (one, two) in told:
            continue
        told.add((one, two))
        if len(told) > MOST_PAIRS_TOLD:
            text = f"Fler än {MOST_PAIRS_TOLD} par av insatser har namn som liknar varandra; resten räknas inte upp"
            yield Fault(str(named[0]["file"]), "", "", Reason.NAMES_ALIKE, text, "", "")
            return
        what = "har samma namn men" if forms[first] == forms[second] else "liknar varandra och"
        text = f"{_name_with_id(named[first])} och {_name_with_id(named[second])} {what} räknas som två insatser"
        yield _at(named[second], Reason.NAMES_ALIKE, text, "Skriv samma id eller namn i liggaren om de är en och samma")


def _alike(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    from rapidfuzz import fuzz, process

    blocks: dict[tuple[str, ...], list[int]] = {}
    for position, form in enumerate(forms):
        letters = form[:4] if len(forms) > _ALL_PAIRS_UP_TO else ""
        blocks.setdefault((letters, *re.findall(r"\d+", form)), []).append(position)
    for members in blocks.values():
        texts = [forms[position] for position in members]
        for start in range(0, len(texts) if len(texts) > 1 else 0, 500):
            scores = process.cdist(texts[start : start + 500], texts, scorer=fuzz.ratio, score_cutoff=ALIKE_FROM)
            for a, b in zip(*scores.nonzero(), strict=True):
                first, second = members[start + int(a)], members[int(b)]
                if first < second:
                    yield first, second


def _comparable(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold()).split())


def _name_with_id(record: Record) -> str:
    key = record["intervention_id"]
    return f"”{_short(record['name'])}” ({key})" if key else f"”{_short(record['name'])}”"


def _short(text: str) -> str:
    text = text_of(text)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _at(record: Record, reason: Reason, found: str, action: str) -> Fault:
    place = record["cell"] or f"rad {record['row']}"
    return Fault(record["file"], record["sheet"], place, reason, found, "", action)
