"""Tables, figures and sentences as HTML that a screen reader can follow. Everything from a ledger is escaped here.

The class ``mathjax_ignore`` keeps JupyterLab from setting the dollar signs of a description as mathematics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from portfolj.exhibits import swedish

# A page is for reading: longer lists go on in the table files.
LONGEST_LIST = 500
WRAPPER = Markup('<div class="portfolj mathjax_ignore tex2jax_ignore">{}</div>')


class Html:
    """Something to show in a notebook and on a page: ``text/html``, already escaped."""

    def __init__(self, *parts: Markup | Html) -> None:
        self.markup: Markup = Markup("\n").join(part.markup if isinstance(part, Html) else part for part in parts)

    def _repr_html_(self) -> str:
        return str(WRAPPER.format(self.markup))

    def __repr__(self) -> str:
        # Jupyter keeps this beside the HTML; without it the notebook would hold a memory address, new at each run.
        return f"<{self.markup.striptags()[:60]}>"

    def __str__(self) -> str:
        return str(self.markup)


@dataclass(frozen=True)
class Column:
    """One column of a table: a heading, and how its values are written. Numbers are set to the right."""

    key: str
    heading: str
    write: Callable[[Any], str | Markup] = str
    numeric: bool = False
    missing: str = swedish.MISSING

    def cell(self, value: Any) -> Markup:
        """A value as escaped text; a missing one says so."""
        if swedish.is_missing(value):
            return Markup('<span class="undefined">{}</span>').format(self.missing)
        return escape(self.write(value))


def cells(values: Iterable[Markup], frame: pd.DataFrame) -> pd.Series:
    """Marked-up cells as a column beside ``frame``. As plain text pandas would forget that they are escaped."""
    return pd.Series(list(values), index=frame.index, dtype="object")


def count_column(key: str, heading: str) -> Column:
    """A column of whole numbers."""
    return Column(key, heading, lambda value: swedish.number(int(value)), numeric=True)


def money_column(key: str, heading: str, scale: swedish.MoneyScale, *, missing: str = swedish.MISSING) -> Column:
    """A column of amounts in SEK, shown in the report's unit, which the heading names."""
    return Column(key, f"{heading}, {scale.unit}", scale.number, numeric=True, missing=missing)


@dataclass(frozen=True)
class Table:
    """A table for people. ``name`` makes its ids unique on the page. The first column heads each row.

    ``base`` says under the caption what the figures are counted of.
    """

    name: str
    caption: str
    frame: pd.DataFrame
    columns: Sequence[Column]
    total: Mapping[str, Any] | None = None
    extra: Sequence[Mapping[str, Any]] = ()
    notes: Sequence[str | Markup] = ()
    reconciles: Sequence[str] = ()
    link: Callable[[Mapping[str, Any]], str] | None = None
    base: str = ""

    def html(self) -> Html:
        """The table in a region that can be scrolled by keyboard, followed by its reconciliation line and notes."""
        head = Markup("").join(_heading(column) for column in self.columns)
        body = Markup("\n").join(self._row(record) for record in self.frame.to_dict("records"))
        foot = [self._row(self.total, kind="total")] if self.total is not None else []
        foot += [self._row(record, kind="extra") for record in self.extra]
        parts = [
            Markup(
                '<div class="scroll" role="region" tabindex="0" aria-labelledby="{id}"><table>\n'
                '<caption><span id="{id}">{caption}</span>{base}</caption>\n'
                "<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
                "{foot}</table></div>"
            ).format(
                id=f"tabell-{self.name}",
                caption=self.caption,
                base=Markup('<span class="scope">{}</span>').format(self.base) if self.base else "",
                head=head,
                body=body,
                foot=Markup("\n<tfoot>\n{}\n</tfoot>").format(Markup("\n").join(foot)) if foot else "",
            )
        ]
        parts += [
            Markup('<p class="reconciles"><span>Avstämning:</span> {}</p>').format(line) for line in self.reconciles
        ]
        parts += [Markup('<p class="note">{}</p>').format(note) for note in self.notes]
        return Html(*parts)

    def _row(self, record: Mapping[str, Any], *, kind: str = "") -> Markup:
        first, *others = self.columns
        heading = first.cell(record.get(first.key))
        address = self.link(record) if self.link is not None and not kind else ""
        if address:
            heading = Markup('<a href="{}">{}</a>').format(address, heading)
        cells = [Markup('<th scope="row">{}</th>').format(heading)]
        for column in others:
            absent = kind and column.key not in record
            text = Markup("") if absent else column.cell(record.get(column.key))
            cells.append(Markup('<td class="number">{}</td>' if column.numeric else "<td>{}</td>").format(text))
        opening = Markup('<tr class="{}">').format(kind) if kind else Markup("<tr>")
        return opening + Markup("").join(cells) + Markup("</tr>")


def _heading(column: Column) -> Markup:
    template = '<th scope="col" class="number">{}</th>' if column.numeric else '<th scope="col">{}</th>'
    return Markup(template).format(column.heading)


def finding(text: str) -> Html:
    """A headline finding: the sentence to read if only one is read."""
    return Html(Markup('<p class="finding">{}</p>').format(text))


def paragraph(text: str | Markup) -> Html:
    """A paragraph of running text."""
    return Html(Markup("<p>{}</p>").format(text))


def note(text: str | Markup) -> Html:
    """A paragraph in the small type of notes."""
    return Html(Markup('<p class="note">{}</p>').format(text))


def details(summary: str, *parts: Html) -> Html:
    """What is closed until somebody opens it; on paper it is open."""
    inner = Html(*parts).markup
    return Html(Markup("<details><summary>{}</summary>\n{}\n</details>").format(summary, inner))


def bullets(items: Iterable[str | Markup], *, kind: str = "") -> Html:
    """An unordered list."""
    rows = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return Html(Markup('<ul class="{}">{}</ul>' if kind else "<ul>{1}</ul>").format(kind, rows))


def steps(items: Iterable[str | Markup]) -> Html:
    """An ordered list: what to do, one thing after the other."""
    return Html(Markup("<ol>{}</ol>").format(Markup("").join(Markup("<li>{}</li>").format(item) for item in items)))


def command(*words: str) -> Markup:
    """A command as it is typed."""
    return Markup("<code>{}</code>").format(" ".join(words))


def definitions(pairs: Iterable[tuple[str, str | Markup]]) -> Html:
    """A list of terms and what they mean or hold."""
    rows = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in pairs)
    return Html(Markup("<dl>{}</dl>").format(rows))


def anchor_of(heading: str) -> str:
    """The id that a page gives a heading without one: its words in small letters with hyphens between."""
    return "-".join("".join(c if c.isalnum() else " " for c in heading.casefold()).split()) or "avsnitt"


def subheading(text: str, *, anchor: str = "") -> Html:
    """A heading of the third level."""
    if anchor:
        return Html(Markup('<h3 id="{}">{}</h3>').format(anchor, text))
    return Html(Markup("<h3>{}</h3>").format(text))
