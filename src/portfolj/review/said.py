"""What the rules said about an intervention, in plain Swedish, and where in its texts the words stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from portfolj.coding import Codebook, parse_evidence
from portfolj.coding.codebook import PROCESS_SUPPORT, UNDEFINED
from portfolj.ledger import mask_personal_numbers
from portfolj.review.choices import NO_SUPPORT, REVIEWED, labels_of
from portfolj.review.doubt import DOUBTS

SEVERAL = "several"  # the words count for more than one dimension
Marked = list[tuple[str, str]]  # pieces of a text with the dimension that each counts for, "" for none


def said(row: Mapping[str, Any], dimension: str, codebook: Codebook) -> str:
    """The answer now, what it rests on, and by which rule; for a decision who, when, why and what the rule said."""
    decided_by, code = str(row[f"{dimension}_decided_by"]), str(row[dimension])
    answer = labels_of(codebook, dimension, code) if code or dimension == PROCESS_SUPPORT else ""
    if decided_by == "decision":
        before = str(row[f"{dimension}_rule_said"])
        rule = labels_of(codebook, dimension, before) if before or dimension == PROCESS_SUPPORT else "inget"
        note = str(row[f"{dimension}_decided_note"]).rstrip(".")
        return f"{answer}\nBeslutat{f' av {note}' if note else ''}.\nRegeln sade: {rule}."
    if dimension == PROCESS_SUPPORT and not code:
        return NO_SUPPORT
    if code == UNDEFINED:
        why = DOUBTS.get(str(row[f"{dimension}_reason"]), DOUBTS["no_rule"])
        hint = str(row.get(f"{dimension}_hint") or "")
        lines = [f"{answer}: {why}."]
        lines += (
            [f"Ledtråd: {labels_of(codebook, dimension, hint)}, {_basis(row, dimension, codebook)}."] if hint else []
        )
        return "\n".join([*lines, *_because(row, dimension, codebook)])
    if decided_by == "derived":
        return f"{answer}\n{DOUBTS['derived'][:1].upper()}{DOUBTS['derived'][1:]}."
    basis = _basis(row, dimension, codebook)
    return "\n".join([answer, *([f"Vilar på: {basis}."] if basis else []), *_because(row, dimension, codebook)])


def marked(row: Mapping[str, Any], field: str) -> Marked:
    """The text of ``field`` in pieces, each with the dimension whose evidence it is; personal numbers masked.

    The pieces joined are the text. Nothing is marked where masking moved the words.
    """
    text = "" if pd.isna(row[field]) else str(row[field])
    if mask_personal_numbers(text) != text:
        return [(mask_personal_numbers(text), "")]
    owners = [""] * len(text)
    for dimension in REVIEWED:
        for words in parse_evidence(str(row[f"{dimension}_evidence"])):
            if words.field == field and text[words.start : words.end] == words.words:
                for place in range(words.start, words.end):
                    owners[place] = dimension if owners[place] in ("", dimension) else SEVERAL
    pieces: Marked = []
    for letter, owner in zip(text, owners, strict=True):
        if pieces and pieces[-1][1] == owner:
            pieces[-1] = (pieces[-1][0] + letter, owner)
        else:
            pieces.append((letter, owner))
    return pieces


def _basis(row: Mapping[str, Any], dimension: str, codebook: Codebook) -> str:
    basis = str(row.get(f"{dimension}_basis") or "")
    return codebook.label("basis", basis) if basis else ""


def _because(row: Mapping[str, Any], dimension: str, codebook: Codebook) -> list[str]:
    """The words and the rules that read them."""
    words = list(dict.fromkeys(f"”{e.words}”" for e in parse_evidence(str(row[f"{dimension}_evidence"]))))
    rules = [rule.strip() for rule in str(row[f"{dimension}_rule"]).split(";") if rule.strip()]
    lines = [f"Ord: {mask_personal_numbers(', '.join(words))}."] if words else []
    return lines + [f"Regel {rule}: {codebook.explain(rule)}" for rule in dict.fromkeys(rules)]
