"""Which sheets of a file are read: those that are stated, else the only one with a header."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portfolj.errors import Fault, Reason
from portfolj.ledger.cells import Sheet, clean_text, text_of
from portfolj.ledger.header import Header, find_header
from portfolj.ledger.headings import AMOUNT_FIELDS


@dataclass
class ChosenSheets:
    """The sheets to read with their headers, those left out with the reason, and the faults of choosing.

    ``missing``: stated title -> the fault if no other file has that sheet either.
    """

    read: list[tuple[Sheet, Header]] = field(default_factory=list)
    left_out: list[tuple[Sheet, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    missing: dict[str, Fault] = field(default_factory=dict)


def choose_sheets(
    sheets: Sequence[Sheet], *, stated: Sequence[str] = (), mapping: Mapping[str, str] | None = None
) -> ChosenSheets:
    """What to read of one file's sheets. ``stated`` sheets that are not there are faults, as are several candidates."""
    chosen = ChosenSheets()
    file = sheets[0].file if sheets else ""
    wanted = {clean_text(title).casefold() for title in stated}
    if wanted and not all(sheet.is_text for sheet in sheets):
        titles = [sheet.title for sheet in sheets]
        for title in stated:
            if clean_text(title).casefold() not in {clean_text(t).casefold() for t in titles}:
                close = difflib.get_close_matches(title, titles, n=1)
                chosen.missing[title] = Fault(
                    file,
                    "",
                    "ledger.sheets",
                    Reason.SHEET_MISSING,
                    f"Bladet ”{title}” finns inte",
                    ", ".join(f"”{t}”" for t in titles),
                    f"Menade du ”{close[0]}”?" if close else "Rätta sheets i federation.toml",
                )
        if len(chosen.missing) == len(stated):
            chosen.faults += chosen.missing.values()
        for sheet in sheets:
            if clean_text(sheet.title).casefold() not in wanted:
                chosen.left_out.append((sheet, "står inte i sheets"))
                continue
            header = find_header(sheet, mapping=mapping)
            if header:
                chosen.read.append((sheet, header))
            else:
                chosen.faults.append(_no_header(sheet))
        return chosen
    found = [(sheet, find_header(sheet, mapping=mapping)) for sheet in sheets]
    with_rows = [(s, h) for s, h in found if h and any(any(text_of(v) for v in row) for row in s.rows[h.last + 1 :])]
    headed = with_rows or [(s, h) for s, h in found if h]
    # A sheet without a name column is read only where nothing better is there, so that the fault can name the headings.
    named = [(s, h) for s, h in headed if "name" in h.fields or "name" in h.match.ambiguous] or headed
    if any(not s.hidden for s, _ in named):
        # What is hidden makes nothing that is seen ambiguous.
        named = [(s, h) for s, h in named if not s.hidden]
    if len(named) > 1:
        alike = len({same_headings(h) for _, h in named}) == 1
        every = ", ".join(f'"{s.title}"' for s, _ in named)
        action = (
            f"Skriv i federation.toml under [ledger] sheets = [{every}] om alla gäller, eller bara de blad som gäller"
            if alike
            else "Skriv vilka som gäller i federation.toml under [ledger], till exempel "
            f'sheets = ["{named[0][0].title}"]'
        )
        chosen.faults.append(
            Fault(
                file,
                "",
                "",
                Reason.SHEET_AMBIGUOUS,
                f"{len(named)} blad ser ut som liggare: {', '.join(f'”{s.title}”' for s, _ in named)}",
                "ett blad, eller de blad som står i sheets",
                action,
            )
        )
        return chosen
    chosen.read = named
    read = {id(sheet) for sheet, _ in named}
    for sheet, header in found:
        if id(sheet) not in read:
            why = "har ingen rad under rubrikerna" if header else "har ingen rubrikrad"
            chosen.left_out.append((sheet, "är dolt" if sheet.hidden else why))
    if not named:
        chosen.faults.append(
            _no_header(max(sheets, key=lambda s: len(s.rows)))
            if sheets
            else Fault(file, "", "", Reason.NO_ROWS, "Filen har inga blad", "", "")
        )
    return chosen


def same_headings(header: Header) -> tuple[tuple[str, str], ...]:
    """What sheets with the same table have in common: the fields and their headings, whichever way they are ordered."""
    return tuple(sorted((field, clean_text(header.headings[c]).casefold()) for field, c in header.fields.items()))


def _no_header(sheet: Sheet) -> Fault:
    first = next((row for row in sheet.rows if sum(bool(text_of(v)) for v in row) > 1), ())
    seen = ", ".join(f"”{text_of(v)[:40]}”" for v in first[:12] if text_of(v))
    return Fault(
        sheet.file,
        sheet.title,
        "",
        Reason.NO_HEADER,
        "Ingen rubrikrad känns igen" + (f"; första raden med flera celler är {seen}" if seen else ""),
        "en rad med rubriker som Insats, År, Finansiering, Beviljat belopp",
        'Skriv liggarens egna rubriker under [ledger.columns] i federation.toml, till exempel name = "Vår rubrik"',
    )


def header_faults(sheet: Sheet, header: Header) -> list[Fault]:
    """The fault of a header that has no column for the name."""
    if "name" in header.fields or "name" in header.match.ambiguous or "name" in header.match.missing:
        return []
    listed = ", ".join(f"”{h}”" for h in header.headings if h)
    unused = [
        h
        for c, h in enumerate(header.headings)
        if h and c not in header.fields.values() and not set(AMOUNT_FIELDS) & {h}
    ]
    example = unused[0] if unused else "Vår rubrik"
    return [
        Fault(
            sheet.file,
            sheet.title,
            f"rad {sheet.numbers[header.last]}",
            Reason.NO_NAME_COLUMN,
            f"Ingen kolumn känns igen som insatsens namn. Rubrikerna är {listed}",
            "en kolumn Insats, Projekt eller liknande",
            f'Skriv vilken det är under [ledger.columns] i federation.toml, till exempel name = "{example}"',
        )
    ]
