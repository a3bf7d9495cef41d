"""A form as DOCX, for whoever writes by hand or in a word processor: the same questions, with room for answers.

Headings are real headings and the first row of each table is marked as its header, repeated on each page. The
language is Swedish, and the title is a property of the file.
"""

from __future__ import annotations

import io
from typing import Any

from portfolj.forms.asked import Asked
from portfolj.ledger.filled import FormField, Section

_LANGUAGE = "sv-SE"
_GREY = "595959"
_ROOM = {"long": 4}  # empty lines in a box
_LOWEST_ROW = 0.9  # centimetres: room to write by hand
_MORE = {"long": 0.6, "choice": 0.5}  # of a column's width
_ASKED = ("Uppgift", "Svar")


def document_of(asked: Asked) -> bytes:
    """The form as the bytes of a DOCX file."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    _set_up(document, asked)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.0)
    page.top_margin = page.bottom_margin = Cm(2.0)
    document.add_heading(asked.title, level=1)
    for line in asked.form.intro:
        document.add_paragraph(line.replace("de gula rutorna", "rutorna"))
    for section in asked.form.sections:
        _section(document, section, asked)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document: Any, asked: Asked) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    properties = document.core_properties
    properties.title, properties.subject, properties.language = asked.title, asked.form.title, _LANGUAGE
    properties.author = asked.federation
    properties.comments = ""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), _LANGUAGE)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    for level, size in ((1, 20), (2, 15), (3, 12)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(name), None)  # a theme's font goes before the one that is named


def _section(document: Any, section: Section, asked: Asked) -> None:
    document.add_heading(section.title, level=2)
    if section.explanation:
        document.add_paragraph(section.explanation).paragraph_format.keep_with_next = True
    plain: list[FormField] = []
    for field in section.fields:
        if field.kind != "table":
            plain.append(field)
            continue
        _fields(document, plain, asked)
        plain = []
        _table(document, field)
    _fields(document, plain, asked)


def _fields(document: Any, fields: list[FormField], asked: Asked) -> None:
    if not fields:
        return
    table = _new_table(document, _ASKED, [7.0, 10.0])
    listed: set[tuple[str, ...]] = set()
    for field in fields:
        label, answer = table.add_row().cells
        label.paragraphs[0].add_run(field.label).bold = True
        if field.explanation:
            _small(label.add_paragraph(), field.explanation)
        choices = asked.choices(field)
        if choices in listed:
            answer.paragraphs[0].add_run("Skriv ett av svaren ovan:")
        elif choices:
            listed.add(choices)
            answer.paragraphs[0].add_run(f"☐ {choices[0]}")
            for choice in choices[1:]:
                answer.add_paragraph(f"☐ {choice}")
        for _ in range(_ROOM.get(field.kind, 0)):
            answer.add_paragraph()
    _finish(document, table, [7.0, 10.0])


def _table(document: Any, field: FormField) -> None:
    document.add_heading(field.label, level=3)
    lines = [field.explanation, "Exempel: " + " | ".join(field.example)]
    for line in filter(None, lines):
        document.add_paragraph(line).paragraph_format.keep_with_next = True
    widths = _widths(field)
    table = _new_table(document, [column.label for column in field.columns], widths)
    for _ in range(field.rows):
        table.add_row()
    _finish(document, table, widths)


def _widths(field: FormField) -> list[float]:
    """Centimetres for each column, of the 17 that the page has."""
    shares = [column.span + (_MORE.get(column.kind, 0.0) if column.span == 1 else 0.0) for column in field.columns]
    shares[0] += 0.2
    return [17.0 * share / sum(shares) for share in shares]


def _new_table(document: Any, headings: Any, widths: list[float]) -> Any:
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=len(widths))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        run = cell.paragraphs[0].add_run(heading)
        run.bold, run.font.size = True, Pt(10)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    return table


def _finish(document: Any, table: Any, widths: list[float]) -> None:
    """The table's header row marked, its rows kept whole, its columns of their widths, and a line after it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table.autofit = False
    header = table.rows[0]._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    header.append(mark)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        row.height = Cm(_LOWEST_ROW)
        properties = row._tr.get_or_add_trPr()
        properties.insert(0, OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    document.add_paragraph()


def _small(paragraph: Any, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(_GREY)
