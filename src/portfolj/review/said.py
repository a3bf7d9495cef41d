"""What is said about an intervention now, in a few Swedish words, and where in its texts the words stand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from portfolj.coding import Codebook, parse_evidence
from portfolj.coding.choices import NO_SUPPORT, labels_of
from portfolj.coding.codebook import PROCESS_SUPPORT, UNDEFINED
from portfolj.coding.goal_classes import GOALS
from portfolj.ledger import mask_personal_numbers
from portfolj.review.choices import REVIEWED
from portfolj.review.doubt import DOUBTS, TEXT_CHANGED

SEVERAL = "several"  # the words count for more than one dimension
Marked = list[tuple[str, str]]  # pieces of a text with the dimension that each counts for, "" for none


def said(row: Mapping[str, Any], dimension: str, codebook: Codebook, *, doubt: str) -> tuple[str, str]:
    """The answer now, and what to know about it.

    That is its basis and its ``doubt`` (a key of ``DOUBTS``, ``""`` for none) with any hint; for a decision who, when,
    why and what the rule said.
    """
    decided_by, code = str(row[f"{dimension}_decided_by"]), str(row[dimension])
    answer = _labels(codebook, dimension, code)
    if decided_by == "decision":
        return answer, _decided(row, dimension, codebook, doubt)
    words = [DOUBTS[doubt]] if doubt else []
    hint = str(row.get(f"{dimension}_hint") or "")
    basis = str(row.get(f"{dimension}_basis") or "")
    if code == UNDEFINED:
        words += [f"ledtråd: {labels_of(codebook, dimension, hint)}"] if hint else []
    elif dimension == GOALS:
        words += [str(row["goals_advice"]).rstrip(".")] if row["goals_advice"] else []
    elif basis and doubt != "named":
        words.append(codebook.label("basis", basis).lower())
    return answer, "; ".join(words)


def _decided(row: Mapping[str, Any], dimension: str, codebook: Codebook, doubt: str) -> str:
    before = str(row[f"{dimension}_rule_said"])
    rule = _labels(codebook, dimension, before) if before or dimension == PROCESS_SUPPORT else "inget"
    note = str(row[f"{dimension}_decided_note"]).rstrip(".")
    changed = f"{DOUBTS[TEXT_CHANGED]}; " if doubt == TEXT_CHANGED else ""
    return mask_personal_numbers(f"{changed}beslutat{f' av {note}' if note else ''}. Regeln sade: {rule}.")


def rules(row: Mapping[str, Any], codebook: Codebook) -> str:
    """The rules that gave the answers, each with what it reads: ``Huvudman M-lsg: …``."""
    told = []
    for dimension in REVIEWED:
        names = dict.fromkeys(rule.strip() for rule in str(row[f"{dimension}_rule"]).split(";") if rule.strip())
        told += [f"{codebook.dimension_label(dimension)} {name}: {codebook.explain(name)}" for name in names]
    return " | ".join(told)


def marked(row: Mapping[str, Any], field: str) -> Marked:
    """The text of ``field`` in pieces, each with the dimension whose evidence it is; personal numbers masked.

    The pieces joined are the text. Nothing is marked where masking moved the words.
    """
    text = "" if pd.isna(row[field]) else str(row[field])
    if mask_personal_numbers(text) != text:
        return [(mask_personal_numbers(text), "")]
    spans = [
        (words.start, words.end, dimension)
        for dimension in REVIEWED
        if field in (cell := str(row[f"{dimension}_evidence"]))
        for words in parse_evidence(cell)
        if words.field == field and text[words.start : words.end] == words.words
    ]
    cuts = sorted({0, len(text), *(place for start, end, _ in spans for place in (start, end))})
    pieces: Marked = []
    for start, end in pairwise(cuts):
        counts = {dimension for first, last, dimension in spans if first <= start and end <= last}
        look = "" if not counts else next(iter(counts)) if len(counts) == 1 else SEVERAL
        if pieces and pieces[-1][1] == look:
            pieces[-1] = (pieces[-1][0] + text[start:end], look)
        else:
            pieces.append((text[start:end], look))
    return pieces


def _labels(codebook: Codebook, dimension: str, code: str) -> str:
    return labels_of(codebook, dimension, code) if code else NO_SUPPORT
