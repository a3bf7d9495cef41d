"""Regular expressions as analysts write them, compiled; what is wrong with one is told in Swedish."""

from __future__ import annotations

import importlib
import re
import warnings
from typing import Any

_parser: Any = importlib.import_module("re._parser")

LONGEST = 10_000  # characters; the longest of the public UK-CAT list has 3 000
DEEPEST = 30  # groups and repeats within each other
# How Python's ``re`` begins what it says, and the same in Swedish.
_SAYS = {
    "missing ), unterminated": "en parentes ( saknar sin )",
    "missing ), ": "en parentes ( saknar sin )",
    "unbalanced parenthesis": "en parentes ) saknar sin (",
    "unterminated character set": "en hakparentes [ saknar sin ]",
    "nothing to repeat": "inget står före *, +, ? eller { att upprepa",
    "multiple repeat": "två upprepningar står direkt efter varandra",
    "bad escape": "efter \\ står ett tecken som inte betyder något där",
    "bad character range": "ett intervall inom hakparentes går baklänges",
    "look-behind requires": "(?<= och (?<! klarar bara ord av en enda längd",
    "min repeat greater": "det minsta antalet i {} är större än det största",
    "unknown extension": "gruppen börjar med (? och ett tecken som inte finns",
    "global flags not at the start": "(?i) och liknande får bara stå först; stora och små bokstäver är redan lika",
    "invalid group reference": "en hänvisning går till en grupp som inte finns",
}


def compile_expression(text: str) -> re.Pattern[str]:
    """The expression, made to ignore case. Raises ValueError, in Swedish, where it can't be read or is too large."""
    if len(text) > LONGEST:
        raise ValueError(f"uttrycket har {len(text)} tecken; högst {LONGEST} får det ha")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sets that may mean something else in a later Python
            expression = re.compile(text, re.IGNORECASE)
            depth = _depth(_parser.parse(text, re.IGNORECASE))
    except re.error as error:
        said = next((swedish for start, swedish in _SAYS.items() if error.msg.startswith(start)), error.msg)
        where = f" (tecken {error.pos + 1} i uttrycket)" if error.pos is not None else ""
        raise ValueError(f"{said}{where}") from None
    except (RecursionError, OverflowError):
        raise ValueError("uttrycket är för stort") from None
    if depth > DEEPEST:
        raise ValueError(f"grupper står i varandra i {depth} steg; högst {DEEPEST} får det vara")
    if expression.search(""):
        raise ValueError("uttrycket träffar en tom text; kräv minst ett tecken")
    return expression


def _depth(items: Any) -> int:
    return max(
        (1 + _depth(part) for operator, argument in items for part in parts_of(str(operator), argument)), default=0
    )


def parts_of(operator: str, argument: Any) -> list[Any]:
    """The sequences within an item of a parse tree."""
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [argument[2]]
    if operator == "SUBPATTERN":
        return [argument[3]]
    if operator == "BRANCH":
        return list(argument[1])
    if operator == "GROUPREF_EXISTS":
        return [part for part in argument[1:] if part is not None]
    if operator == "ATOMIC_GROUP":
        return [argument]
    return [argument[1]] if operator in ("ASSERT", "ASSERT_NOT") else []
