"""Every count of a survey's tables protected together: only what may be shown leaves this module."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from portfolj.disclosure import Count, Moved, Where, moved, protection
from portfolj.disclosure.counts import plain
from portfolj.followup.codes import fold
from portfolj.stakeholders.questions import NO_ANSWER, SEVERAL, Question
from portfolj.stakeholders.survey_people import (
    Respondents,
    base,
    cell,
    everybody,
    group_attribute,
    nobody,
    not_chosen,
    told_as,
)

MOST_SMALL: Final = 0.5  # of the cells that are not zero: a table by groups with more small ones is not made
WORTH: Final = 4.0  # how much more than another count of a group a reader misses how many of it answered
Division = tuple[str, str]  # the question's code and what it is told by


@dataclass(frozen=True, eq=False)
class SurveyShown:
    """What may be shown of one survey's counts. ``divisions``: the tables by groups that are made; ``left_out``: those
    that are not: nearly all of whose counts are small, or whose groups few have joined or left; ``groupings``: by what
    the number of respondents is told.
    ``zeros_hidden``: whether a hidden count may be nobody; ``late``: whether nothing may be shown, since only few have
    come or gone since an earlier report."""

    _shown: dict[Where, int]
    hidden: frozenset[Where]
    groups: dict[str, tuple[str, ...]]
    groupings: tuple[str, ...]
    divisions: frozenset[Division]
    left_out: tuple[Division, ...]
    zeros_hidden: bool
    late: bool

    def __getitem__(self, place: Where) -> int | None:
        """The count, None where it is hidden."""
        return self._shown.get(place)


def shown_of(
    people: Respondents,
    questions: Sequence[Question],
    *,
    k: int,
    known: Sequence[Count] = (),
    before: Sequence[Mapping[Where, int]] = (),
) -> SurveyShown:
    """The survey's counts that may be shown: on everybody, by each grouping, question by question.

    ``known``: counts that others have printed. ``before``: what each earlier version of the survey has shown.

    Counts that stand in no table but follow from those that do (who did not choose an option) are protected too.
    """
    asked = [question for question in questions if _is_asked(people, question)]
    groupings = [by for by in people.groups if not _is_thin(people, [everybody(by, g) for g in people.groups[by]], k=k)]
    divisions, left_out = (
        set(),
        [(question.code, by) for by in people.groups if by not in groupings for question in asked],
    )
    for by in groupings:
        for question in asked:
            cells = [place for group in people.groups[by] for place in in_table(question, everybody(by, group))]
            if _is_thin(people, cells, k=k):
                left_out.append((question.code, by))
            else:
                divisions.add((question.code, by))
    places = _places(people, asked, groupings, divisions)
    since = moved(
        {place: people.count(place) for place in places},
        before,
        parts=_parts(people, asked, groupings, divisions),
        k=k,
        told_as=partial(told_as, of_group=people.of_group),
        groupings={fold(group_attribute(by)) for by in groupings},
    )
    # Of whom so few have come or gone nothing is told: which of their counts are hidden would tell what they did.
    asked = [question for question in asked if base(question, everybody()) not in since.little]
    groupings = [
        by
        for by in groupings
        if fold(group_attribute(by)) not in since.regrouped and not _moved(people, everybody(), by, since)
    ]
    kept = {
        (question.code, by)
        for question in asked
        for by in groupings
        if (question.code, by) in divisions and not _moved(people, base(question, everybody()), by, since)
    }
    left_out += sorted(divisions - kept)
    divisions = kept
    places = _places(people, asked, groupings, divisions)
    counts = {place: people.count(place) for place in places}
    found = protection(
        [Count(place, value) for place, value in counts.items()],
        domains=people.domains,
        k=k,
        sensitive=since.little & places,
        known=[*known, *(fact for fact in nobody(asked, people.domains) if not people.count(fact.where))],
        people=people.numbers,
        weights={everybody(by, group): WORTH for by in groupings for group in people.groups[by]},
    )
    hidden = frozenset(place for place in places if plain(place, people.domains) in found.hidden)
    shown = {place: value for place, value in counts.items() if place not in hidden}
    return SurveyShown(
        shown,
        hidden,
        dict(people.groups),
        tuple(groupings),
        frozenset(divisions),
        tuple(left_out),
        bool(found.zeros_too),
        since.wholly or everybody() in since.little,
    )


def _places(
    people: Respondents, asked: Sequence[Question], groupings: Sequence[str], divisions: Collection[Division]
) -> frozenset[Where]:
    """Every count that is asked about, in a table or not."""
    places = {everybody()} | {everybody(by, group) for by in groupings for group in people.groups[by]}
    for question in asked:
        places |= set(_every(question, everybody()))
        for by in (by for by in groupings if (question.code, by) in divisions):
            places |= {place for group in people.groups[by] for place in _every(question, everybody(by, group))}
    return frozenset(places)


def _moved(people: Respondents, whole: Where, by: str, since: Moved) -> bool:
    """Whether any group's part of a count has moved by few."""
    return any(whole | everybody(by, group) in since.little for group in people.groups[by])


def in_table(question: Question, within: Where) -> Iterator[Where]:
    """The cells of a question's row: one per answer, and those who gave none."""
    yield from (cell(question, answer, within) for answer in (*question.all_answers, NO_ANSWER))


def _every(question: Question, within: Where) -> Iterator[Where]:
    """The same with what follows from them: how many answered the question, and who did not choose an option."""
    yield from in_table(question, within)
    yield base(question, within)
    if question.kind == SEVERAL:
        yield from (not_chosen(question, answer, within) for answer in question.answers)


def _parts(
    people: Respondents, asked: Sequence[Question], groupings: Sequence[str], divisions: Collection[Division]
) -> Iterator[tuple[Where, list[Where]]]:
    """Counts, and those that each is the sum of."""
    for by in groupings:
        yield everybody(), [everybody(by, group) for group in people.groups[by]]
    for question in asked:
        own = [by for by in groupings if (question.code, by) in divisions]
        for within in [everybody(), *(everybody(by, group) for by in own for group in people.groups[by])]:
            yield within, [base(question, within), cell(question, NO_ANSWER, within)]
            answers = [cell(question, answer, within) for answer in question.all_answers]
            if question.kind == SEVERAL:
                for answer, chosen in zip(question.answers, answers, strict=True):
                    yield base(question, within), [chosen, not_chosen(question, answer, within)]
            else:
                yield base(question, within), answers
        for by in own:
            of_groups = zip(*(in_table(question, everybody(by, group)) for group in people.groups[by]), strict=True)
            yield from zip(in_table(question, everybody()), map(list, of_groups), strict=True)


def _is_asked(people: Respondents, question: Question) -> bool:
    return all(attribute in people.domains for attribute, _ in base(question, everybody()))


def _is_thin(people: Respondents, cells: Sequence[Where], *, k: int) -> bool:
    somebody = [number for place in cells if (number := people.count(place))]
    return sum(number < k for number in somebody) > MOST_SMALL * len(somebody)
