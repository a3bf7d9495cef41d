"""Which regular expressions see no further than a sentence, so that a sentence that comes again is searched once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from portfolj.coding.expressions import REPEATS, is_digit, parsed, ways_to_begin

_ENDS = ".!?;"  # one of these stands at the end of every sentence but the last; see terms.sentences
_CATEGORIES = ("CATEGORY_DIGIT", "CATEGORY_SPACE", "CATEGORY_WORD")


def is_local(expression: re.Pattern[str]) -> bool:
    """Whether what is found in a text is what is found in each of its sentences alone.

    So it is where the expression begins at the edge of a word, with its first letter or digit, matches no sign that
    ends a sentence, and looks at nothing around it. All else is held to reach further.
    """
    items = parsed(expression)
    if expression.flags & (re.ASCII | re.LOCALE) or len(items) < 2 or not _is_edge(*items[0]):
        return False
    begins_word = is_digit(*items[1]) or all(start.text[:1].isalnum() for start in ways_to_begin(items[1:]))
    return begins_word and _stays_within(items)


def _is_edge(operator: Any, argument: Any) -> bool:
    return str(operator) == "AT" and str(argument) == "AT_BOUNDARY"


def _stays_within(items: Iterable[Any]) -> bool:
    return all(_may_stand(str(operator), argument) for operator, argument in items)


def _may_stand(operator: str, argument: Any) -> bool:
    if operator == "LITERAL":
        return chr(argument) not in _ENDS
    if operator == "IN":
        return all(_is_no_end(str(kind), member) for kind, member in argument)
    if operator == "AT":
        return str(argument) == "AT_BOUNDARY"
    if operator == "SUBPATTERN":
        return not argument[1] & (re.ASCII | re.LOCALE) and _stays_within(argument[3])
    if operator == "ATOMIC_GROUP":
        return _stays_within(argument)
    if operator in REPEATS:
        return _stays_within(argument[2])
    return operator == "BRANCH" and all(map(_stays_within, argument[1]))


def _is_no_end(kind: str, member: Any) -> bool:
    if kind == "LITERAL":
        return chr(member) not in _ENDS
    if kind == "RANGE":
        return not any(member[0] <= ord(end) <= member[1] for end in _ENDS)
    return kind == "CATEGORY" and str(member) in _CATEGORIES
