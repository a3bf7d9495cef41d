"""The classes of an intervention's goals, as people decide on them and read them.

No words of the codebook stand for them: a goal is graded by how it is put. A federation can't add classes of its own.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from portfolj.coding.codebook import Code, Dimension

GOALS = "goals"
NO_GOAL = "missing"
CLASSES_FILE = "goal_classes.toml"


@cache
def goal_classes() -> Dimension:
    """The classes with their words, strongest first."""
    text = (resources.files("portfolj") / "reference" / CLASSES_FILE).read_text(encoding="utf-8")
    table = tomllib.loads(text)
    codes = tuple(
        Code(code["code"], code["label_sv"], code["label_en"], code["definition_sv"], code["definition_en"])
        for code in table["codes"]
    )
    return Dimension(GOALS, table["label_sv"], table["label_en"], codes)


def strongest(codes: str) -> str:
    """The strongest class of a cell of classes joined by ``;``: that of the text as a whole."""
    order = [code.code for code in goal_classes().codes]
    return min(codes.split(";"), key=order.index)
