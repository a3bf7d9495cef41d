"""Whatever stands in the files they are read or refused, never anything else, and no person's cell is told."""

from __future__ import annotations

import tempfile
from pathlib import Path

from followup_case import KEY, federation_of
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolj.errors import InputRefused
from portfolj.federation import PERSON_KINDS
from portfolj.followup.headings import fields_of
from portfolj.followup.reading import read_follow_up

CANARY = "KANARIEFÅGEL"
CELLS = st.sampled_from([
    "", "-", "P1", "P2", "811228-9874", "A", "2020-01-01", "2020", "2019-13-45", "Kvinna", "1985", "34", "20-29",
    "Flen", "FK", "Arbete 50 %, studier", "Felregistrering", "Försörjning", "ja", "nej", "1", "1,5", "99", "3 mån",
    "Deltagare", "uppfyllt", "16 %", "#REF!", "Summa", CANARY, "=1+1", "\u200b",
])  # fmt: skip
# A heading may be a field's name, a point in time, a sex, an item, a group, or what was meant to be a cell.
MORE = ("Start", "6 mån", "Kvinnor", "Avslutade män", "Fråga", "Sjukpenning", "Lön efter", "Före", "", CANARY)
KINDS = ("participations", "assessments", "statuses", "counts", "exits", "goals", "published")


@st.composite
def files(draw: st.DrawFn) -> dict[str, list[str]]:
    found = {}
    for kind in draw(st.lists(st.sampled_from(KINDS), unique=True, min_size=1, max_size=3)):
        known = draw(st.sampled_from([fields_of(kind), fields_of(kind)[:3]]))
        head = draw(st.permutations([*known, *draw(st.lists(st.sampled_from(MORE), max_size=3))]))
        rows = draw(st.lists(st.lists(CELLS, min_size=len(head) - 1, max_size=len(head) + 1), max_size=5))
        found[kind] = [";".join(row) for row in [head, *rows]]
    return found


@settings(max_examples=40)
@given(files())
def test_files_are_read_or_refused_and_nobody_is_told_of(content: dict[str, list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = read_follow_up(federation_of(Path(folder), content), key=KEY)
        except InputRefused as refused:
            told = "\n".join(str(f) for f in refused.faults if f.file.removesuffix(".csv") in PERSON_KINDS)
        else:
            told = found.set_aside.to_csv() + found.sources.to_csv() + repr(found)
            assert (found.sources["rows_in"] == found.sources["rows_used"] + found.sources["rows_set_aside"]).all()
    assert CANARY not in told
    assert "9874" not in told
