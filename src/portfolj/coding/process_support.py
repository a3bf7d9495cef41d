"""Money to process leaders and to ESF work: read from every text, the name included, on any basis."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from portfolj.coding.answers import Answer, Evidence
from portfolj.coding.codebook import PROCESS_SUPPORT, TEXT_FIELDS
from portfolj.coding.reading import FieldReading

ESF_SUPPORT = "esf_stod"
PROCESS_LEADERS = "processledare"
ESF_NAME_RULE = "P-esf-namn"
NEITHER = Answer()


def name_expression(esf_names: Sequence[str]) -> re.Pattern[str] | None:
    """An expression that finds the name of an ESF-financed row of the same ledger as a word of its own."""
    names = sorted({name.strip() for name in esf_names if name.strip()}, key=len, reverse=True)
    if not names:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)")


def code_process_support(readings: Mapping[str, FieldReading], *, esf_name: re.Pattern[str] | None) -> Answer:
    """``esf_stod`` wins over ``processledare``; an answer without codes where it is neither.

    Co-financing, a pre-study or a strategist counts as ESF support beside the words ESF or EU, or beside the name of
    an ESF-financed row. Rules without ESF or EU in their words end in ``-utan`` and need such a name.
    """
    for reading in readings.values():
        if PROCESS_SUPPORT in reading.dimensions:
            break
    else:
        return NEITHER
    hits = [hit for field in TEXT_FIELDS if field in readings for hit in readings[field].of(PROCESS_SUPPORT)]
    for hit in hits:
        if hit.rule.code == ESF_SUPPORT and not hit.rule.id.endswith("-utan"):
            return Answer((ESF_SUPPORT,), None, (hit.rule.id,), (readings[hit.field].evidence(hit),))
    if esf_name:
        for hit in hits:
            if hit.rule.code == ESF_SUPPORT:
                named = _name_evidence(readings, esf_name)
                if named:
                    evidence = (readings[hit.field].evidence(hit), named)
                    return Answer((ESF_SUPPORT,), None, (ESF_NAME_RULE,), evidence)
    for hit in hits:
        if hit.rule.code == PROCESS_LEADERS:
            return Answer((PROCESS_LEADERS,), None, (hit.rule.id,), (readings[hit.field].evidence(hit),))
    return NEITHER


def _name_evidence(readings: Mapping[str, FieldReading], esf_name: re.Pattern[str]) -> Evidence | None:
    for field in TEXT_FIELDS:
        match = esf_name.search(readings[field].text) if field in readings else None
        if match:
            return readings[field].words_at(match.start(), match.end())
    return None
