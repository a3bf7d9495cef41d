"""Checks of a finished page that no accessibility scanner makes. A page with faults is a bug and is never published."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from portfolj.report.page import script_hash

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

LARGEST_PAGE_BYTES = 1_500_000
SHORTEST_ALT = 20
FILLER_ALT = re.compile(
    r"no description|^(bild|figur|diagram|graf|image|figure|chart|plot)\W*\d*$|\.(png|svg|jpe?g)$", re.I
)
FORBIDDEN_ELEMENTS = (
    "iframe", "object", "embed", "applet", "frame", "form", "link", "base", "audio", "video", "source", "svg",
)  # fmt: skip
ADDRESS_ATTRIBUTES = (
    "src", "srcset", "href", "xlink:href", "poster", "background", "data", "action", "formaction", "cite", "longdesc",
)  # fmt: skip
SCOPES = ("col", "row", "colgroup", "rowgroup")
_CSS_ADDRESS = re.compile(r"@import|url\(\s*['\"]?(?!data:)", re.IGNORECASE)


class PageFaulty(Exception):
    """A page that must not be published. Always a bug."""

    def __init__(self, name: str, faults: list[str]) -> None:
        self.name, self.faults = name, faults
        super().__init__(name, faults)

    def __str__(self) -> str:
        return "\n".join([f"Sidan {self.name} har {len(self.faults)} fel och publiceras inte:", *self.faults])


def page_faults(html: str, *, notice: str = "", script: str = "") -> list[str]:
    """What is wrong with the page, a sentence each; empty for a page that may be published.

    ``script`` is the one script that the page may have and then must have, let through by its hash.
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    size = len(html.encode())
    faults = [f"sidan är {size} byte, högst {LARGEST_PAGE_BYTES}"] if size >= LARGEST_PAGE_BYTES else []
    for check in (_document, _headings, _images, _tables, _references, _addresses):
        faults += check(soup)
    faults += _scripts(soup, script)
    main = soup.find("main")
    if notice and notice not in _text(main if main else soup):
        faults.append("upplysningen saknas på sidan")
    return faults


def _text(tag: BeautifulSoup | Tag) -> str:
    return " ".join(tag.get_text().split())


def _document(soup: BeautifulSoup) -> list[str]:
    root, title = soup.find("html"), soup.find("title")
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    wanted = {
        'html saknar lang="sv"': root is not None and root.get("lang") == "sv",
        "sidan saknar titel": title is not None and bool(_text(title)),
        "sidan saknar innehållspolicy": policy is not None and "default-src 'none'" in str(policy.get("content")),
        "sidan ska ha en main": len(soup.find_all("main")) == 1,
    }
    return [fault for fault, holds in wanted.items() if not holds]


def _scripts(soup: BeautifulSoup, script: str) -> list[str]:
    found = [(tag.get_text(), tag.attrs) for tag in soup.find_all("script")]
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    said = re.findall(r"script-src[^;]*", str(policy.get("content"))) if policy else []
    if not script:
        faults = ["elementet script får inte finnas på en sida" for _ in found]
        return faults + ["innehållspolicyn släpper fram script" for _ in said]
    faults = [] if found == [(script, {})] else ["sidan ska ha ett script, det som hör till den"]
    return faults + (
        [] if said == [f"script-src '{script_hash(script)}'"] else ["innehållspolicyn ska släppa fram ett script"]
    )


def _headings(soup: BeautifulSoup) -> list[str]:
    faults, level = [], 0
    headings = soup.find_all(re.compile(r"^h[1-6]$"))
    firsts = sum(heading.name == "h1" for heading in headings)
    if firsts != 1:
        faults.append(f"sidan har {firsts} h1, ska ha en")
    for heading in headings:
        text, this_level = _text(heading), int(heading.name[1])
        if this_level > level + 1:
            faults.append(f"rubriken {text!r} hoppar från nivå {level} till {this_level}")
        if not text:
            faults.append(f"en tom rubrik på nivå {this_level}")
        level = this_level
    return faults


def _images(soup: BeautifulSoup) -> list[str]:
    faults, seen = [], set()
    for number, image in enumerate(soup.find_all("img"), start=1):
        alt = " ".join(str(image.get("alt") or "").split())
        if len(alt) < SHORTEST_ALT or FILLER_ALT.search(alt):
            faults.append(f"figur {number} har ingen riktig alternativtext: {alt!r}")
        elif alt in seen:
            faults.append(f"figur {number} har samma alternativtext som en annan figur")
        seen.add(alt)
    return faults


def _tables(soup: BeautifulSoup) -> list[str]:
    faults = []
    for number, table in enumerate(soup.find_all("table"), start=1):
        caption = table.find("caption")
        name = _text(caption) if caption else ""
        if not name:
            faults.append(f"tabell {number} saknar rubrik (caption)")
        headers = table.find_all("th")
        if not headers:
            faults.append(f"tabell {number} ({name}) saknar rubrikceller")
        faults += [
            f"tabell {number} ({name}): rubrikcellen {_text(th)!r} saknar scope"
            for th in headers
            if th.get("scope") not in SCOPES
        ]
        faults += [f"tabell {number} ({name}): en tom rubrikcell" for th in headers if not _text(th)]
    return faults


def _references(soup: BeautifulSoup) -> list[str]:
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    faults = [f"id {name!r} används {ids.count(name)} gånger" for name in sorted(set(ids)) if ids.count(name) > 1]
    for tag in soup.find_all(True):
        for attribute in ("aria-labelledby", "aria-describedby", "headers", "for"):
            value = tag.get(attribute)
            names = value if isinstance(value, list) else str(value or "").split()
            faults += [f"{attribute} pekar på {name!r} som inte finns" for name in names if name not in ids]
        target = str(tag.get("href") or "")
        if target.startswith("#") and target[1:] not in ids:
            faults.append(f"länken {target} leder ingenstans")
        if tag.name != "main" and str(tag.get("tabindex", "0")) != "0":
            faults.append(f"{tag.name} har tabindex {tag['tabindex']}")
    return faults


def _addresses(soup: BeautifulSoup) -> list[str]:
    faults = [f"elementet {tag.name} får inte finnas på en sida" for tag in soup.find_all(FORBIDDEN_ELEMENTS)]
    for tag in soup.find_all(True):
        for attribute, value in tag.attrs.items():
            text = str(value).strip()
            if attribute.lower().startswith("on"):
                faults.append(f"{tag.name} har händelsen {attribute}")
            elif attribute.lower() in ADDRESS_ATTRIBUTES and not _is_local(tag.name, attribute, text):
                faults.append(f"{tag.name} {attribute} pekar utanför sidan: {text[:80]}")
            elif attribute.lower() == "style" and _CSS_ADDRESS.search(text):
                faults.append(f"{tag.name} hämtar något i sin style")
        if tag.name == "meta" and str(tag.get("http-equiv", "")).casefold() == "refresh":
            faults.append("sidan laddar om sig själv")
    faults += ["en stilmall hämtar något" for style in soup.find_all("style") if _CSS_ADDRESS.search(style.get_text())]
    return faults


def _is_local(element: str, attribute: str, address: str) -> bool:
    """A picture is inside the page; a link goes within the page, to a file below it, or openly to the web or mail."""
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", address)
    if element == "a" and attribute == "href":
        return not address.startswith(("/", "\\")) and (
            scheme is None or scheme[1].lower() in ("http", "https", "mailto")
        )
    if element == "img" and attribute == "src":
        return address.startswith("data:image/")
    return False


def dead_links(folder: Path, *, written_later: Collection[str] = ()) -> list[str]:
    """Links of the pages in ``folder`` to files beside them that are not there, a sentence each."""
    from bs4 import BeautifulSoup

    faults = []
    for path in sorted(folder.glob("*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in soup.find_all("a", href=True):
            address = unquote(urlsplit(str(link["href"])).path)
            inside = address and not urlsplit(str(link["href"])).scheme and not address.startswith("..")
            if inside and address not in written_later and not (path.parent / address).is_file():
                faults.append(f"{path.name} har en länk till {address} som inte finns")
    return faults
