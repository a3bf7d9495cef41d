"""A reviewer's answers put into decisions.csv: what each changes there, and what stands in the way.

What the file says already is not written again, so the same answers given twice change nothing. A decision that
somebody else has made since the reviewer looked is never replaced unseen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from portfolj.coding import Codebook
from portfolj.coding.choices import labels_of
from portfolj.coding.decisions import ANSWERED, SAME_AS
from portfolj.coding.same import fingerprints
from portfolj.errors import Reason
from portfolj.ledger.personal_numbers import MASK, mask_personal_numbers
from portfolj.portfolio.view import Portfolio
from portfolj.review.answers import Answer, Answers, Kind
from portfolj.review.goal_rows import with_goals
from portfolj.review.merged import Merged
from portfolj.review.merging_pairs import Pairs
from portfolj.review.rows import full_codebook
from portfolj.review.standing import Decision, standing_of

_MASKED = MASK.removesuffix("]")


def merge(answers: Answers, portfolio: Portfolio) -> Merged:
    """``answers`` put into what decisions.csv says now. Raises InputRefused where that file is faulty itself."""
    merged = Merged(standing_of(portfolio), len(answers.codes) + len(answers.pairs), faults=list(answers.faults))
    pairs = Pairs(merged, portfolio)
    # What is taken apart first, so that what is put together is judged by what is left.
    for pair in sorted(answers.pairs, key=lambda p: p.answer == SAME_AS):
        pairs.put(pair)
    codes = _Codes(merged, portfolio, pairs)
    for answer in answers.codes:
        codes.put(answer)
    codes.compare_joined()
    return merged


class _Codes:
    """Puts answers about codes into the file."""

    def __init__(self, merged: Merged, portfolio: Portfolio, pairs: Pairs) -> None:
        self.merged, self.standing, self.pairs = merged, merged.standing, pairs
        self.codebook: Codebook = full_codebook(portfolio)
        interventions = portfolio.prepared.interventions
        with_all = with_goals(interventions, portfolio.prepared.decisions)
        self.rows = {str(row["intervention_key"]): row for row in with_all.to_dict("records")}
        self.seen = dict(zip(self.rows, fingerprints(interventions), strict=True))
        self.first: dict[tuple[str | int, str], Answer] = {}
        self.names = Counter(str(name).casefold() for name in interventions["name"])

    def put(self, answer: Answer) -> None:
        """Takes one answer in."""
        key = self.standing.same.get(answer.key, answer.key)
        if key not in self.rows:
            found = f"Insatsen ”{answer.key}” finns inte längre i liggaren"
            self._fault(answer, found, "", "Töm svaren på raden, eller radera den")
            return
        if _MASKED in key.casefold():
            found = "Insatsen känns bara igen på ett personnummer, så ett beslut kan inte sparas"
            self._fault(answer, found, "", "Ge raden ett eget id i liggaren, och gör en ny granskningsbok")
            return
        now = self._now(answer, key)
        if not self._is_first(answer, key, now):
            return
        if answer.kind is Kind.DECIDE:
            self._decide(answer, key, now)
        elif now is not None and self._is_free(answer, now):
            if answer.kind is Kind.UNDO:
                self._undo(answer, now)
            elif answer.kind is Kind.STANDS:
                self._confirm(answer, key, now)
            else:
                self._explain(answer, now)

    def _is_first(self, answer: Answer, key: str, now: Decision | None) -> bool:
        """Whether nothing has been answered about the same thing; a fault where something else has."""
        about: list[tuple[str | int, str]] = [(answer.key, answer.dimension)]
        if answer.kind is Kind.DECIDE:
            about.append((key, f"{answer.dimension}, decided"))
        if now is not None and not now.is_shared:
            about.append((now.record, "row"))
        earlier = [self.first.setdefault(thing, answer) for thing in about]
        for first in earlier:
            if (first.kind, first.code) != (answer.kind, answer.code):
                found = f"Samma insats har ett annat svar {first.place.told}"
                self._fault(answer, found, "ett svar", "Ta bort det som inte gäller")
                return False
        return all(first is answer for first in earlier)

    def compare_joined(self) -> None:
        """Tells each pair that is to be one intervention while its two decisions say different things."""
        final = {about: decision.code for about, decision in self.standing.codes.items()}
        for answered in self.first.values():
            about = (self.standing.same.get(answered.key, answered.key), answered.dimension)
            if answered.kind is Kind.DECIDE:
                final[about] = answered.code
            elif answered.kind is Kind.UNDO:
                final.pop(about, None)
        for joins, remains, answer in self.pairs.joined:
            for dimension in ANSWERED:
                one, two = final.get((joins, dimension)), final.get((remains, dimension))
                if one is not None and two is not None and one != two:
                    told = " och ".join(f"”{labels_of(self.codebook, dimension, code)}”" for code in (one, two))
                    what = self.codebook.dimension_label(dimension).lower()
                    found = f"De två har olika beslut om {what}: {told}"
                    action = "Ändra eller ångra det ena beslutet, eller töm cellen"
                    self.merged.faults.append(answer.place.fault(found, "", action))

    def _now(self, answer: Answer, key: str) -> Decision | None:
        """The decision that the answer is about, if there is one."""
        now = self.standing.codes.get((key, answer.dimension))
        if now is None or not now.key:
            return now
        if self.pairs.end(now.key) != self.pairs.end(key):
            return None  # it is about a part that is taken apart by another answer
        if answer.kind is not Kind.DECIDE and answer.key != key and now.key != answer.key:
            return None  # the intervention has become part of another, and this is the other's own decision
        return now

    def _decide(self, answer: Answer, key: str, now: Decision | None) -> None:
        signature = answer.signature
        if now is not None and now.code == answer.code:
            self._explain(answer, now)
            return
        if now is not None and not self._is_free(answer, now):
            return
        row = self.rows[key]
        cells = {
            "dimension": answer.dimension, "code": answer.code, "decided_by": signature.by,
            "decided_on": signature.on, "why": signature.why, "rule_said": self._rule_said(key, answer.dimension),
            "text_seen": answer.seen,
        }  # fmt: skip
        self.merged.without_why += not signature.why
        if now is None or now.is_shared:
            name = mask_personal_numbers(str(row["name"]))
            # A name that several have would, if the key ever went, put the decision on them all.
            is_one = self.names[str(row["name"]).casefold()] == 1 and _MASKED not in name.casefold()
            self.merged.added.append({"intervention_key": key, "name": name if is_one else ""} | cells)
            self.merged.changes["new"] += 1
        else:
            self._write(now, cells, "changed")
        self._note_unseen(answer, key)

    def _undo(self, answer: Answer, now: Decision) -> None:
        if now.is_shared:
            found = "Beslutet gäller flera insatser med samma namn och kan inte ångras för en av dem"
            self._fault(answer, found, "", "Ändra beslutets rad i decisions.csv, eller välj ett annat svar här")
            return
        self.merged.removed.add(now.record)
        self.merged.changes["undone"] += 1

    def _confirm(self, answer: Answer, key: str, now: Decision) -> None:
        if not now.seen or now.seen == answer.seen:
            self._explain(answer, now)
            return
        signature = answer.signature
        told = {"why": signature.why} if signature.why else {}
        told |= {"decided_by": signature.by, "decided_on": signature.on}
        told |= {"rule_said": self._rule_said(key, answer.dimension), "text_seen": answer.seen}
        self._write(now, told, "confirmed")
        self._note_unseen(answer, key)

    def _explain(self, answer: Answer, now: Decision) -> None:
        if cells := now.told_anew(answer.signature):
            self._write(now, cells, "changed")

    def _is_free(self, answer: Answer, now: Decision) -> bool:
        """Whether the decision is the one that the reviewer saw, or the reviewer's own."""
        if now.code == answer.shown or now.by == answer.signature.by:
            return True
        who = now.by or "någon utan namn"
        label = labels_of(self.codebook, answer.dimension, now.code)
        found = f"decisions.csv säger nu ”{label}”, beslutat av {who} efter att boken gjordes"
        self._fault(answer, found, "", "Töm cellen om det ska gälla. Annars: gör en ny granskningsbok och svara där")
        return False

    def _rule_said(self, key: str, dimension: str) -> str:
        row = self.rows[key]
        decided = row[f"{dimension}_decided_by"] == "decision"
        return str(row[f"{dimension}_rule_said"] if decided else row[dimension])

    def _note_unseen(self, answer: Answer, key: str) -> None:
        if answer.seen != self.seen[key]:
            found = f"Texten om ”{answer.key}” har ändrats sedan boken gjordes. Beslutet är infört"
            action = "Insatsen kommer först i nästa granskningsbok"
            self.merged.notes.append(answer.place.fault(found, "", action, reason=Reason.DECISION_TEXT_CHANGED))

    def _write(self, now: Decision, cells: Mapping[str, str], change: str) -> None:
        self.merged.written.setdefault(now.record, {}).update(cells)
        self.merged.changes[change] += 1

    def _fault(self, answer: Answer, found: str, allowed: str, action: str) -> None:
        self.merged.faults.append(answer.place.fault(found, allowed, action))
