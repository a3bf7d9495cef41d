"""People made to fit counts, where counts are all there is. What can be worked out of counts hangs on the counts alone,
so these do as well as the real ones; nothing but the given counts is ever told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolj.stakeholders.files import Responses
from portfolj.stakeholders.questions import NO_ANSWER, SEVERAL, Question
from portfolj.stakeholders.respondents import ROLE

# (question, role or "" for all, answer) -> count
Given = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True, repr=False, eq=False)
class Made:
    """``responses``: people who fit; ``undivided``: questions whose counts by role they could not be made to fit."""

    responses: Responses
    undivided: frozenset[str]


def made_to_fit(survey: str, questions: Sequence[Question], given: Given, answered: Mapping[str, int]) -> Made:
    """People of whom every given count holds. ``answered``: role, or ``""`` for all -> how many answered the survey."""
    roles = sorted({role for _, role, _ in given} | set(answered))
    roles = [role for role in roles if role]
    sizes = {role: max(answered.get(role, 0), _needed(questions, given, role)) for role in roles}
    size = max(answered.get("", 0), sum(sizes.values()), _needed(questions, given, ""))
    of_role = [""] * (size - sum(sizes.values())) + [role for role in roles for _ in range(sizes[role])]
    answers: dict[str, tuple[frozenset[str], ...]] = {}
    undivided = set()
    for question in questions:
        own = {(role, answer): count for (code, role, answer), count in given.items() if code == question.code}
        if own:
            answers[question.code], fits = _answers(question, own, of_role)
            undivided |= set() if fits else {question.code}
    return Made(Responses(survey, size, {ROLE: tuple(of_role)} if roles else {}, answers), frozenset(undivided))


def _needed(questions: Sequence[Question], given: Given, role: str) -> int:
    """How many people it takes for the role's counts, the question with most of them."""
    most = 0
    for question in questions:
        own = {answer: n for (code, who, answer), n in given.items() if code == question.code and who == role}
        chosen = [count for answer, count in own.items() if answer != NO_ANSWER]
        together = max(chosen, default=0) if question.kind == SEVERAL else sum(chosen)
        most = max(most, together + own.get(NO_ANSWER, 0))
    return most


def _answers(
    question: Question, own: Mapping[tuple[str, str], int], of_role: Sequence[str]
) -> tuple[tuple[frozenset[str], ...], bool]:
    several = question.kind == SEVERAL
    said: list[set[str]] = [set() for _ in of_role]
    silent = [False] * len(of_role)
    fits = True

    def place(answer: str, places: Iterable[int], count: int) -> int:
        """How many of the count found no place."""
        for n in reversed(list(places)) if answer == NO_ANSWER else places:
            if count and not silent[n] and (not said[n] or (several and answer != NO_ANSWER and answer not in said[n])):
                silent[n] = answer == NO_ANSWER
                said[n] |= {answer} - {NO_ANSWER}
                count -= 1
        return count

    for answer in (NO_ANSWER, *question.all_answers):  # those who gave none first: they have no other answer
        in_roles = {role: count for (role, what), count in own.items() if what == answer and role}
        for role, count in in_roles.items():
            fits &= not place(answer, [n for n, who in enumerate(of_role) if who == role], count)
        left = own.get(("", answer), 0) - sum(in_roles.values())
        if left > 0:
            left = place(answer, [n for n, who in enumerate(of_role) if who not in in_roles], left)
        if left > 0:
            fits = False
            place(answer, range(len(of_role)), left)
    return tuple(frozenset(each) for each in said), fits
