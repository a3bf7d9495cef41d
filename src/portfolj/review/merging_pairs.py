"""Answers about two interventions that may be one, put into decisions.csv so that no chain contradicts a no."""

from __future__ import annotations

from collections.abc import Sequence

from portfolj.coding.decisions import SAME_AS
from portfolj.portfolio.view import Portfolio
from portfolj.review.answers import PairAnswer
from portfolj.review.lookalike import remains_first
from portfolj.review.merged import Merged
from portfolj.review.standing import Decision


class Pairs:
    """Puts answers about pairs into the file, so that interventions that are one point at the one that remains."""

    def __init__(self, merged: Merged, portfolio: Portfolio) -> None:
        self.merged, self.standing = merged, merged.standing
        self.becomes = {key: other for (key, other), d in self.standing.pairs.items() if d.code == SAME_AS}
        self.apart = {frozenset(pair): d for pair, d in self.standing.pairs.items() if d.code != SAME_AS}
        rows = portfolio.prepared.interventions.to_dict("records")
        self.order = {str(row["intervention_key"]): remains_first(row) for row in rows}
        self.answered: dict[frozenset[str], PairAnswer] = {}
        self.joined: list[tuple[str, str, PairAnswer]] = []

    def put(self, answer: PairAnswer) -> None:
        """Takes one answer in."""
        pair = frozenset((answer.key, answer.other))
        earlier = self.answered.setdefault(pair, answer)
        if earlier.answer != answer.answer:
            found = f"Samma par har ett annat svar {earlier.place.told}"
            self._fault(answer, found, "ett svar", "Töm den cell som inte gäller")
        elif unknown := sorted(pair - self.standing.keys):
            self._fault(answer, f"Insatsen ”{unknown[0]}” finns inte längre i liggaren", "", "Töm cellen")
        elif earlier is answer:
            self._put(answer, pair)

    def _put(self, answer: PairAnswer, pair: frozenset[str]) -> None:
        link = next((told for told in _both_ways(answer) if self.becomes.get(told[0]) == told[1]), None)
        now = self.standing.pairs[link] if link else self.apart.get(pair)
        if now is not None and now.code == answer.answer:
            self._explain(answer, now)
        elif answer.answer == SAME_AS and self.end(answer.key) == self.end(answer.other):
            return
        elif now is not None and now.code != answer.shown and now.by != answer.signature.by:
            who = now.by or "någon utan namn"
            found = f"decisions.csv har fått ett annat svar av {who} efter att boken gjordes"
            self._fault(
                answer, found, "", "Töm cellen om det ska gälla. Annars: gör en ny granskningsbok och svara där"
            )
        else:
            self._replace(answer, pair, link, now)

    def _replace(
        self, answer: PairAnswer, pair: frozenset[str], link: tuple[str, str] | None, now: Decision | None
    ) -> None:
        if now is not None:
            self.merged.removed.add(now.record)
            self.apart.pop(pair, None)
        if link:
            del self.becomes[link[0]]
        if answer.answer and answer.answer != SAME_AS and self.end(answer.key) == self.end(answer.other):
            found = "De två hör redan ihop genom andra par som är besvarade med ja"
            self._fault(answer, found, "", "Ändra de svaren, eller töm cellen")
        elif answer.answer == SAME_AS and (other := self._kept_apart(answer)):
            found = f"”{other[0]}” och ”{other[1]}” är besvarade med nej, men blir en insats genom det här svaret"
            self._fault(answer, found, "", "Ändra ett av svaren")
        elif answer.answer:
            self._add(answer, pair)
            self.merged.changes["new" if now is None else "changed"] += 1
        elif now is not None:
            self.merged.changes["undone"] += 1

    def _add(self, answer: PairAnswer, pair: frozenset[str]) -> None:
        joins, remains = answer.key, answer.other
        if answer.answer == SAME_AS:
            ends = self.end(joins), self.end(remains)
            # The whole of one goes under the other; of two that are not yet part of anything as the pair says.
            joins, remains = ends if ends[0] == joins else sorted(ends, key=self._order, reverse=True)
            self.becomes[joins] = remains
            self.joined.append((joins, remains, answer))
        else:
            self.apart[pair] = Decision(
                answer.answer, joins, answer.signature.by, answer.signature.on, "", "", -1, False
            )
        signature = answer.signature
        self.merged.without_why += not signature.why
        self.merged.added.append(
            {"intervention_key": joins, "name": "", "dimension": answer.answer, "code": remains,
             "decided_by": signature.by, "decided_on": signature.on, "why": signature.why}
        )  # fmt: skip

    def _explain(self, answer: PairAnswer, now: Decision) -> None:
        if cells := now.told_anew(answer.signature):
            self.merged.written[now.record] = cells
            self.merged.changes["changed"] += 1

    def _kept_apart(self, answer: PairAnswer) -> tuple[str, str] | None:
        """Two that are said to be different and that the answer would make one."""
        ends = {self.end(answer.key), self.end(answer.other)}
        for pair in self.apart:
            one, two = sorted(pair)
            if {self.end(one), self.end(two)} == ends:
                return one, two
        return None

    def end(self, key: str) -> str:
        """The intervention that ``key`` is part of once the answers are in."""
        while key in self.becomes:
            key = self.becomes[key]
        return key

    def _order(self, key: str) -> tuple[object, ...]:
        return self.order.get(key, (0, 9999, key))

    def _fault(self, answer: PairAnswer, found: str, allowed: str, action: str) -> None:
        self.merged.faults.append(answer.place.fault(found, allowed, action))


def _both_ways(answer: PairAnswer) -> Sequence[tuple[str, str]]:
    return (answer.key, answer.other), (answer.other, answer.key)
