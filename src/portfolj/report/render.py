"""An executed notebook as a page: nbconvert with the project's own template, then headings, contents and the shell."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from portfolj.exhibits.markup import anchor_of
from portfolj.report.checks import PageFaulty, page_faults
from portfolj.report.execute import ExecutedNotebook, quicken_imports
from portfolj.report.page import TEMPLATES, PageContext, assemble_page

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

ONLY_IN_JUPYTER = "jupyter-only"
_HEADINGS = ["h1", "h2", "h3"]
_one_at_a_time = threading.Lock()


def render_page(executed: ExecutedNotebook, *, page: PageContext) -> str:
    """The page as HTML, ready to publish: code hidden, checked. Raises PageFaulty naming what is wrong with it."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_body(executed.node), "html.parser")
    drop_empty_sections(soup)
    say_legends_once(soup)
    contents = settle_headings(soup)
    html = assemble_page(soup.decode(formatter="minimal"), page=page, contents=contents)
    if faults := page_faults(html, notice=page.notice):
        raise PageFaulty(executed.name, faults)
    return html


def drop_empty_sections(soup: BeautifulSoup) -> None:
    """Take out every exhibit that says that there is nothing to show, and each section that holds only such ones.

    Such an exhibit is a paragraph of class ``absent`` and nothing else. What is missing is told in one place, so a page
    does not say it once more under each heading. A section without any exhibit stays.
    """
    absent = [tag for tag in soup.find_all("div", recursive=False) if _says_only_absent(tag)]
    for level in (3, 2):
        for heading in soup.find_all(f"h{level}"):
            cell = heading.find_parent("div", class_="prose")
            section = _section(cell, level) if cell is not None else []
            exhibits = [tag for tag in section if not _is_prose(tag)]
            empty = all(any(tag is one for one in absent) for tag in exhibits)
            if cell is not None and exhibits and empty and not any(tag.find(_HEADINGS) for tag in section):
                for tag in (cell, *(tag for tag in section if _is_prose(tag))):
                    tag.decompose()
    for tag in absent:
        tag.decompose()


def say_legends_once(soup: BeautifulSoup) -> None:
    """Leave the legend of hidden figures once in each section of the second level, before the first that needs it.

    In a notebook each exhibit has its own. On a page it would stand under nearly every table, and one that stands in
    what is closed would not be seen.
    """
    told = False
    for exhibit in soup.find_all(True, recursive=False):
        if _is_prose(exhibit) and exhibit.find(_HEADINGS[:2]):
            told = False
        for legend in exhibit.find_all("span", class_="legend"):
            note = legend.find_parent("p")
            if note is not None and told:
                note.decompose()
            elif note is not None:
                told = True
                first = _outermost(note, exhibit)
                if first is not note:  # else it stands alone, below the sentence that it is about
                    first.insert_before(note.extract())


def _outermost(note: Tag, exhibit: Tag) -> Tag:
    """What a reader meets first of that which the note is about: the table before it, or what both are closed in."""
    table = note.find_previous_sibling("div", class_="scroll")
    first = table if table is not None else note
    return next((tag for tag in first.parents if tag.parent is exhibit), first)


def _section(cell: Tag, level: int) -> list[Tag]:
    """What stands after the cell of a heading, up to the next heading of its own level or a higher one."""
    section = []
    for sibling in cell.find_next_siblings():
        if _is_prose(sibling) and sibling.find(_HEADINGS[:level]):
            break
        section.append(sibling)
    return section


def _says_only_absent(tag: Tag) -> bool:
    children = tag.find_all(True, recursive=False)
    return bool(children) and all("absent" in (child.get("class") or []) for child in children)


def settle_headings(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Drop the notebook's own h1 (the page has its title), give every h2 and h3 an id of its own, and return id and
    text of each h2 in order."""
    first = soup.find("h1")
    if first is not None:
        first.decompose()
    taken = {str(tag["id"]) for tag in soup.find_all(id=True) if tag.name not in ("h2", "h3")}
    contents = []
    for heading in soup.find_all(["h2", "h3"]):
        heading["id"] = _free_id(str(heading.get("id") or anchor_of(heading.get_text())), taken)
        if heading.name == "h2":
            contents.append((str(heading["id"]), " ".join(heading.get_text().split())))
    return contents


def _is_prose(tag: Tag) -> bool:
    return "prose" in (tag.get("class") or [])


def _free_id(wanted: str, taken: set[str]) -> str:
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    taken.add(free)
    return free


def _body(node: Any) -> str:
    visible = type(node)(node)
    visible.cells = [cell for cell in node.cells if ONLY_IN_JUPYTER not in cell.metadata.get("tags", ())]
    with _one_at_a_time:  # the exporter keeps state while it renders
        return str(_exporter().from_notebook_node(visible)[0])


@cache
def _exporter() -> Any:
    quicken_imports()
    from nbconvert.exporters.html import HTMLExporter

    return HTMLExporter(
        template_name="portfolj",
        extra_template_basedirs=[str(TEMPLATES)],
        language_code="sv",
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
