"""The words that people read for what is on file, and for phases and their money."""

from __future__ import annotations

from typing import Any

from portfolj.exhibits import swedish

STATUS = {"present": "finns", "missing": "saknas", "not_required": "krävs inte"}
WHY = {
    "setting": "förbundet kräver den inte",
    "stated": "filen säger att den inte krävs",
    "earlier": "pengarna är från ett tidigare år",
    "ongoing": "insatsen pågår",
    "end_unknown": "slutet är inte känt",
}
MET = {"yes": "ja", "partly": "delvis", "no": "nej", "unclear": "oklart", "": swedish.NOT_APPLICABLE}
STATES = {
    "decided": "beslutad",
    "decided_unmet": "beslutad fast ett tidigare villkor inte är uppfyllt",
    "waits": "väntar på ett tidigare villkor",
    "open": "inte beslutad, inget villkor i vägen",
}
AGREES = {
    "decided": "ja, med de beslutade faserna",
    "planned": "ja, med alla faser",
    "differs": "nej",
    "amount_missing": "går inte att säga, belopp saknas",
    "not_in_ledger": "går inte att säga, insatsen finns inte i liggaren",
}
NOT_STATED = "inte angivet"


def span(start: Any, end: Any) -> str:
    """``1 januari 2024–30 juni 2024``, or the one day that is known; empty where none is. No day is broken in two."""
    first, last = (
        "" if swedish.is_missing(day) or day != day else swedish.long_date(day.date()).replace(" ", swedish.NBSP)
        for day in (start, end)
    )
    if first and last:
        return f"{first}–{last}"
    return f"från {first}" if first else f"till {last}" if last else ""
