"""When a figure that is worked out from counts may be shown: a share, a mean, an interval, a sentence.

Whoever has a share and its denominator has the numerator: 40 per cent of 10 is 4. So a figure is shown only where every
count that can be worked out from it is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from portfolj.disclosure.counts import Where, plain


def may_show(parts: Collection[Where], hidden: Collection[Where], domains: Mapping[str, Sequence[str]]) -> bool:
    """Whether a share, an interval or a sentence may be shown that is worked out from these counts: none is hidden.

    A share has two parts, its numerator and its denominator. An interval of a share has the same two: it can be solved
    for them.
    """
    return not any(plain(part, domains) in hidden for part in parts)


def may_show_share(
    numerator: Where, denominator: Where, hidden: Collection[Where], domains: Mapping[str, Sequence[str]]
) -> bool:
    """Whether a share may be shown: both of its counts are."""
    return may_show((numerator, denominator), hidden, domains)


def may_show_means(
    numbers: Mapping[Where, int], hidden: Collection[Where], domains: Mapping[str, Sequence[str]], *, k: int
) -> bool:
    """Whether the means of one breakdown may be shown, all or none of them.

    ``numbers``: how many people each is the mean of, by what is counted. A mean of fewer than ``k`` people is nearly
    what each of them answered. The others' means and the mean of all together would give it, so none is shown where one
    is of 1 to ``k`` - 1 people or of a hidden number. Groups without people have no mean and do not matter.
    """
    return all(not 0 < number < k for number in numbers.values()) and may_show(list(numbers), hidden, domains)
