"""The shell that every page stands in: head, header, notice, table of contents, footer.

It makes no request, and runs no script but the one that it is given.
"""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

TEMPLATES = Path(str(files("portfolj.report"))) / "templates"
_HERE = TEMPLATES / "portfolj"
_TOLD = re.compile(r'<meta name="portfolj-([a-z]+)" content="([^"]*)">')


@dataclass(frozen=True)
class Entry:
    """A page or a file to open: ``href`` beside the index, what it is called and one sentence on what it is for."""

    href: str
    text: str
    description: str = ""


@dataclass(frozen=True)
class PageContext:
    """What a page says around its body. All of it is plain text and is escaped.

    ``provenance`` holds (label, value), ``links`` (text, address) of sibling pages, ``told`` (name, value) of what the
    program itself reads from the page again (see ``told_by``); no reader sees it.
    """

    title: str
    federation_name: str
    period_label: str = ""
    notice_title: str = ""
    notice_text: str = ""
    contact: str = ""
    produced_on: str = ""
    provenance: Sequence[tuple[str, str]] = ()
    links: Sequence[tuple[str, str]] = ()
    links_heading: str = "Mer i samma rapport"
    told: Sequence[tuple[str, str]] = ()
    links_note: str = "Länkarna fungerar när sidorna ligger i samma mapp. Den här sidan kan läsas för sig."

    @property
    def document_title(self) -> str:
        """Title of the document: the page's own first, since that is what a tab and a screen reader say first."""
        return " – ".join(part for part in (self.title, self.federation_name, self.period_label) if part)

    @property
    def has_footer(self) -> bool:
        """Whether there is anything to say below the page."""
        return bool(self.links or self.provenance or self.produced_on or self.contact)

    @property
    def notice_heading(self) -> str:
        """The notice's title as a sentence; empty where it has none."""
        return _as_sentence(self.notice_title)

    @property
    def notice(self) -> str:
        """The notice as one line of text; empty where there is none."""
        return " ".join(part for part in (self.notice_heading, self.notice_text.strip()) if part)


def assemble_page(body: str, *, page: PageContext, contents: Sequence[tuple[str, str]] = (), script: str = "") -> str:
    """The whole page as HTML. ``body`` is trusted HTML; ``contents`` holds (id, heading text) of its sections.

    ``script`` is the package's own and may not hold ``</script``; the page's policy lets exactly it run, by its hash.
    """
    from markupsafe import Markup

    template, css = _shell()
    return template.render(
        page=page,
        body=Markup(body),
        contents=contents,
        css=Markup(css),
        print_css=Markup(_print_css(page)),
        script=Markup(script),
        script_hash=Markup(script_hash(script)),
    )


def script_hash(script: str) -> str:
    """The script as a content policy names it: ``sha256-`` and its digest in base64."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode("ascii")


@cache
def _shell() -> tuple[Any, str]:
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, keep_trailing_newline=True)
    return environment.get_template("page.html.j2"), _without_comments((_HERE / "page.css").read_text(encoding="utf-8"))


def _print_css(page: PageContext) -> str:
    """Margin boxes of each printed page: the notice above, whose page it is and its number below."""
    foot = " · ".join(part for part in (page.title, page.federation_name, page.period_label) if part)
    return (
        f"@page{{@top-left{{content:{css_string(page.notice)}}}@bottom-left{{content:{css_string(foot)}}}"
        '@bottom-right{content:"Sida " counter(page) " av " counter(pages)}}'
    )


def told_by(path: Path) -> dict[str, str]:
    """What a page's ``told`` holds; empty where there is no such page, or it says nothing."""
    try:
        head = path.read_text(encoding="utf-8").partition("<title>")[0]
    except (OSError, ValueError):
        return {}
    return {name: html.unescape(value) for name, value in _TOLD.findall(head)}


def css_string(text: str) -> str:
    """The text as a CSS string literal that can end neither the string nor the style element."""
    return '"' + "".join(c if c.isalnum() or c in " .,-" else f"\\{ord(c):x} " for c in text) + '"'


def _as_sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/\s*", "", css, flags=re.DOTALL).strip()
