"""A period that nobody took part in, reported after one that many did: a new budget year, and last year's file."""

from __future__ import annotations

from portfolj.disclosure import Remembered, remembered
from portfolj.earlier import with_this_report
from portfolj.evaluation import open_everything
from portfolj.followup.view import view_of
from portfolj.places import Places
from portfolj.stakeholders.view import stakeholders_of


def test_a_period_with_nobody_in_it_is_reported_though_another_has_been(places: Places) -> None:
    opened = open_everything("ratt-insats", places=places)
    portfolio, rows = opened.portfolio, opened.follow_up
    said = stakeholders_of(portfolio, opened.stakeholders)
    before = remembered.read(remembered.text_of(with_this_report(Remembered(), view_of(portfolio, rows), said)))
    opened = open_everything("ratt-insats", places=places, period="2030-2031")
    later, rows = opened.portfolio, opened.follow_up
    view = view_of(later, rows, before=before)
    assert sum(count.value for count in view.shown) == 0
    assert not view.hidden
