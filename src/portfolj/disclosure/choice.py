"""Which part of the people to look at for a hidden count: of each attribute the values that are likely to help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from portfolj.disclosure.parts import Parts

ALL_UP_TO = 10  # values of an attribute that is asked about, that are all looked at


class Size(NamedTuple):
    """How many values of each attribute: of those that are ``asked`` about, where they have many, and of ``others``."""

    asked: int
    others: int


SIZES = (Size(4, 1), Size(8, 1), Size(6, 2), Size(4, 3))  # of the parts looked at, one after another


def values_around(parts: Parts, count: int, hidden: np.ndarray, size: Size) -> dict[str, np.ndarray]:
    """For each attribute some classes of values, those first that people have who are otherwise as the count asks and
    that counts like it are hidden of, since what is hidden already costs nothing.

    ``hidden``: for every count whether it is. Of what the count asks about there are values that it counts and others.
    """
    asked = parts.asked(count)
    chosen = {}
    for attribute, many in parts.sizes.items():
        among = {each: values for each, values in asked.items() if each != attribute}
        numbers = parts.by_class(attribute, among)
        near = _hidden_near(parts, attribute, among, hidden)
        worth = (numbers > 0) * (1 + 3 * np.minimum(near, 5) + np.log1p(numbers)) + 0.01 * near
        order = np.argsort(-worth, kind="stable")
        if attribute not in asked:
            chosen[attribute] = np.sort(order[: size.others])
        elif many > ALL_UP_TO:
            inside = np.isin(order, asked[attribute])
            some = (order[inside][: size.asked // 2], order[~inside][: size.asked - size.asked // 2])
            chosen[attribute] = np.sort(np.concatenate(some))
        else:
            chosen[attribute] = np.arange(many)
    return chosen


def _hidden_near(
    parts: Parts, attribute: str, among: Mapping[str, np.ndarray], hidden: np.ndarray
) -> np.ndarray:  # fmt: skip
    """For each class of the attribute how many hidden counts are of it and some of the people meant; less of counts
    that are of many classes at once."""
    found = np.zeros(parts.sizes[attribute])
    for table in parts.tables:
        if attribute not in table.attributes:
            continue
        hit = np.flatnonzero(hidden[table.counts])
        for each, mask in zip(table.attributes, table.masks, strict=True):
            if each in among:
                hit = hit[mask[np.ix_(hit, among[each])].any(axis=1)]
        found += np.asarray(table.narrow[table.attributes.index(attribute)][hit].sum(axis=0)).ravel()
    return found
