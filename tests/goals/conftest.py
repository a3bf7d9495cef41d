"""A small federation whose goals are graded by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from goal_ledgers import grade_by_hand, opened, places_at

from portfolj.goals import graded
from portfolj.goals.view import GoalsView, open_goals


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Goals have the classes that the ledger's author gave them, whatever the grader would say."""
    monkeypatch.setattr(graded, "grade", grade_by_hand)
    graded._graded.cache_clear()
    yield
    graded._graded.cache_clear()


@pytest.fixture
def view(by_hand: None, tmp_path: Path) -> GoalsView:
    """The goals of the small federation."""
    return open_goals(opened(places_at(tmp_path)))
