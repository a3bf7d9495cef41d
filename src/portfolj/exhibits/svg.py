"""A drawing with much text made smaller, without a change that can be seen.

Letters are drawn as outlines, each once, and then named at every place where it stands. In a picture with thousands of
letters those names are most of the file, and a page has a largest size.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_BETWEEN = re.compile(r">\s+<")
_LINES = re.compile(r"\s*\n\s*")
_LETTER = re.compile(r'<use xlink:href="#([^"]+)"(?: transform="translate\(([-\d.]+) 0\)")?/>')
_OUTLINE = re.compile(r'<path id="([^"]+)"')
_DECIMALS = re.compile(r"(?<![\d.])([1-9]\d*\.\d\d)\d+")  # not of what is below 1: scales are


def slimmed(svg: str) -> str:
    """The same drawing with short names of letters, two decimals, and nothing that is not drawn.

    >>> slimmed('<svg><!-- a --> <path id="DejaVuSans-61"/> <use xlink:href="#DejaVuSans-61"/></svg>')
    '<svg><path id="a0"/><use xlink:href="#a0"/></svg>'
    """
    names = {name: f"a{number}" for number, name in enumerate(dict.fromkeys(_OUTLINE.findall(svg)))}

    def letter(found: re.Match[str]) -> str:
        name, right = names.get(found[1], found[1]), found[2]
        return f'<use xlink:href="#{name}"' + (f' x="{float(right):.4g}"' if right else "") + "/>"

    svg = _METADATA.sub("", _COMMENT.sub("", svg))
    svg = _LETTER.sub(letter, svg)
    svg = _OUTLINE.sub(lambda found: f'<path id="{names[found[1]]}"', svg)
    svg = _DECIMALS.sub(r"\1", svg)
    return _LINES.sub(" ", _BETWEEN.sub("><", svg))
