"""The tables of a report as one workbook, with Swedish headings, for people who work in a spreadsheet program."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.exhibits import labels, swedish
from portfolj.exhibits.files import tidy_tables
from portfolj.exhibits.published import FINDINGS
from portfolj.exhibits.scope import ONCE, PART_LABELS, amounts_missing, least_bases, reconciles
from portfolj.exhibits.sheet import Sheet
from portfolj.portfolio import tables
from portfolj.portfolio.counting import COUNTING_WORDS
from portfolj.portfolio.view import Portfolio
from portfolj.review.doubt import DOUBTS

SHEETS = {
    "owner": ("Huvudman", "Insatser och beviljade kronor per huvudman"),
    "target_group": ("Målgrupp", "Insatser och beviljade kronor per målgrupp, efter tre räkneregler"),
    "target_group_mentions": ("Nämnd målgrupp", "Insatser som nämner gruppen, också som andra grupp"),
    "orientation": ("Inriktning", "Insatser och beviljade kronor per inriktning"),
    "process_support": ("Processtöd", "Beviljade kronor till processtöd"),
    "year": ("År", "Beviljade kronor per beslutsår och finansiär"),
    "basis": ("Grund", "Vad svaren vilar på"),
    "ledger_parts": ("Hela liggaren", "Var liggarens beviljade kronor finns"),
    "published": ("Tryckta siffror", "Tryckta siffror mot liggaren och mot varandra"),
    "pending": ("Väntar på beslut", "Svar som väntar på beslut, och hur mycket varje beslut kan flytta"),
    "interventions": ("Insatser", "Alla insatser med svar, grund och orden bakom"),
}
HEADINGS = {
    "owner": "Huvudman", "target_group": "Målgrupp", "target_groups": "Målgrupper", "orientation": "Inriktning",
    "kind": "Processtöd", "year": "År", "financing": "Finansiering", "count": "Insatser", "granted_sek": "Beviljat, kr",
    "mean_granted_sek": "Medel per insats, kr", "count_once": "Insatser, en gång",
    "granted_once_sek": "Beviljat en gång, kr", "granted_split_sek": "Beviljat delat, kr",
    "granted_overlapping_sek": "Beviljat överlappande, kr", "count_overlapping": "Insatser som nämner gruppen",
    "without_amount": "Insatser utan belopp", "dimension": "Uppgift", "code": "Kod", "basis": "Vilar på", "part": "Del",
    "interventions": "Insatser", "entries": "Rader", "entries_without_amount": "Rader utan belopp",
    "table": "Tabell",
    "category": "Kategori", "measure": "Mått", "printed": "Tryckt", "computed": "Beräknat", "finding": "Utfall",
    "why": "Varför",
    "intervention_key": "Nyckel", "intervention_id": "Nummer", "name": "Insats", "applicant": "Sökande",
    "target_group_text": "Målgrupp i liggaren", "description": "Beskrivning", "goal_text": "Mål", 
    "first_year": "Första år",
    "last_year": "Sista år", "row_count": "Rader", "rows_without_amount": "Rader utan belopp",
    "process_support": "Processtöd",
    "said": "Svar nu", "doubt": "Varför det inte är säkert", "could_become": "Ledtråd",
    "moves_sek": "Kan flytta, kr",
}  # fmt: skip
SUFFIXES = {"_basis": "grund", "_decided_by": "avgjord av", "_rule": "regel", "_evidence": "ord", "_reason": "skäl"}
# The file's own date would make two runs on the same ledger differ.
CREATED = datetime(2000, 1, 1)
WIDEST = 60


def write_workbook(portfolio: Portfolio, path: Path, more: Iterable[Sheet] = (), *, hides: bool = False) -> None:
    """Writes ``tables.xlsx``: a sheet on what it is, then a sheet a table. Ledger text never becomes a formula or link.

    ``more``: sheets that come last; ``hides``: whether a figure in one of them may be hidden. The federation's notice
    stands on every sheet and in every printed page's header.
    """
    import xlsxwriter

    # In memory: a run that is killed leaves no sheets in the system's temporary folder.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "nan_inf_to_errors": False}  # fmt: skip
    content = io.BytesIO()  # on a full disk the library would leave half a file open and complain when it is dropped
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": _title(portfolio), "created": CREATED})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "notice": book.add_format({"bold": True}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "money": book.add_format({"num_format": "#,##0"}),
            "ore": book.add_format({"num_format": "#,##0.00"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _about(book.add_worksheet("Om tabellerna"), portfolio, formats, hides=hides)
        frames = tidy_tables(portfolio)
        for name, (sheet, title) in SHEETS.items():
            if not frames[name].empty:
                frame = labelled(portfolio, name, frames[name])
                full = f"{title}, {portfolio.period_label}"
                _sheet(book.add_worksheet(sheet), portfolio, full, frame, formats, notes=_notes(portfolio, name))
        for page in more:
            _sheet(book.add_worksheet(page.name), portfolio, page.title, page.frame, formats, notes=list(page.notes))
    path.write_bytes(content.getbuffer())


def labelled(portfolio: Portfolio, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table with Swedish words for its codes and headings."""
    book = portfolio.codebook
    words = {
        "owner": lambda v: labels.code(book, "owner", v),
        "target_group": lambda v: labels.code(book, "target_groups", v),
        "target_groups": lambda v: labels.code(book, "target_groups", v),
        "orientation": lambda v: labels.code(book, "orientation", v),
        "kind": lambda v: labels.code(book, "process_support", v),
        "process_support": lambda v: labels.code(book, "process_support", v) if v else "",
        "financing": labels.FINANCING.__getitem__,
        "part": PART_LABELS.__getitem__,
        "finding": lambda v: FINDINGS[v],
        "basis": lambda v: labels.basis(book, v),
        "doubt": DOUBTS.__getitem__,
    }
    shown = frame.copy()
    if "dimension" in frame and name != "published":
        for column in frame.columns.intersection(["code", "said", "could_become"]):
            pairs = zip(frame["dimension"], frame[column], strict=True)
            shown[column] = [labels.code(book, dimension, code) if code else "" for dimension, code in pairs]
        shown["dimension"] = frame["dimension"].map(labels.ALL_DIMENSIONS)
    for column in shown.columns.intersection(list(words)):
        shown[column] = [words[column](value) for value in shown[column]]
    for column in shown:
        for suffix, group in (("_basis", "basis"), ("_reason", "reason"), ("_decided_by", "decided_by")):
            if str(column).endswith(suffix):
                shown[column] = [book.label(group, value) if value else "" for value in shown[column]]
    return shown.rename(columns={column: _heading(str(column)) for column in shown})


def _heading(column: str) -> str:
    for suffix, word in SUFFIXES.items():
        if column.endswith(suffix):
            return f"{HEADINGS[column.removesuffix(suffix)]}: {word}"
    return HEADINGS[column]


def _about(sheet: Any, portfolio: Portfolio, formats: dict[str, Any], *, hides: bool) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    row = _head(sheet, portfolio, _title(portfolio), formats)
    lines = [
        ("Förbund", portfolio.federation.name),
        ("Kontakt", portfolio.federation.contact),
        ("Period", portfolio.period_label),
        *least_bases(portfolio),
        ("Räkneregel för målgrupper", COUNTING_WORDS[portfolio.counting]),
        ("Belopp", "Kronor. Medlemmarnas pengar; andra finansiärer står bara på bladen År och Hela liggaren."),
        ("Tom cell", f"Uppgiften saknas i {'underlaget' if hides else 'liggaren'}. Den är inte noll."),
    ]
    if hides:
        why = (
            "Talet är dolt: få personer, eller ett tal som tillsammans med andra tal eller en tidigare rapport skulle "
            "avslöja få. Dolt är inte detsamma som noll."
        )
        lines.append((swedish.HIDDEN, why))
    for label, text in lines:
        sheet.write_string(row, 0, label, formats["notice"])
        sheet.write_string(row, 1, text, formats["wrap"])
        row += 1


def _head(sheet: Any, portfolio: Portfolio, title: str, formats: dict[str, Any]) -> int:
    sheet.write_string(0, 0, title, formats["title"])
    notice = portfolio.federation.notice
    if notice:
        text = f"{notice.title}. {notice.text}"
        sheet.write_string(1, 0, text, formats["notice"])
        # '&' starts a code in a header; a header holds 255 characters at most.
        sheet.set_header("&L" + notice.title.replace("&", "&&")[:200])
    sheet.set_footer("&L" + portfolio.federation.name.replace("&", "&&")[:150] + "&RSida &P av &N")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return 3


def _sheet(
    sheet: Any, portfolio: Portfolio, title: str, frame: pd.DataFrame, formats: dict[str, Any], *, notes: list[str]
) -> None:
    top = _head(sheet, portfolio, title, formats)
    for position, heading in enumerate(frame.columns):
        values = frame.iloc[:, position]
        sheet.write_string(top, position, str(heading), formats["head"])
        kind = formats["money" if pd.api.types.is_integer_dtype(values) else "ore"] if "kr" in str(heading) else None
        longest = 0
        for offset, value in enumerate(values, start=1):
            longest = max(longest, _write(sheet, top + offset, position, value, kind))
        sheet.set_column(position, position, min(max(longest, len(str(heading)) * 0.8, 8) + 2, WIDEST))
    for offset, text in enumerate(notes):
        sheet.write_string(top + len(frame) + 2 + offset, 0, text)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(0, top)
    sheet.autofilter(top, 0, top + len(frame), len(frame.columns) - 1)


def _notes(portfolio: Portfolio, name: str) -> list[str]:
    """What stands under a table: its counting rule, its reconciliation and how many amounts are missing."""
    lines = tables.reconciliations(portfolio)
    rule = {"target_group": "Räkneregel: se rubrikerna.", "year": "Räkneregel: varje rad på sitt beslutsår."}
    own = {name: "Avstämning"} if name in lines else {}
    own |= {f"{name}_{r}": f"Avstämning, {words}" for r, words in COUNTING_WORDS.items() if f"{name}_{r}" in lines}
    if not own:
        return []
    said = [f"{what}: {reconciles(lines[line], with_count=name != 'process_support')}" for line, what in own.items()]
    notes = [rule.get(name, ONCE), *said, amounts_missing(portfolio)]
    return [text for text in notes if text]


def _write(sheet: Any, row: int, column: int, value: Any, number_format: Any) -> int:
    """Writes one value as what it is, text as text whatever it looks like. Gives its width in characters."""
    if swedish.is_missing(value):
        return 0
    if isinstance(value, str):
        sheet.write_string(row, column, value)
        return len(value)
    sheet.write_number(row, column, float(value), number_format)
    return len(f"{float(value):,.0f}")


def _title(portfolio: Portfolio) -> str:
    return f"Tabeller, {portfolio.federation.name}, {portfolio.period_label}"
