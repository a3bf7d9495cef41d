"""Decisions from a notebook: a frame filled in with pandas, with the same checks as the workbook."""

from __future__ import annotations

from datetime import date

import pandas as pd

from portfolj.portfolio.view import Portfolio
from portfolj.review.applied import Applied
from portfolj.review.book import write_decisions
from portfolj.review.frame_answers import FRAME, frame_answers
from portfolj.review.merging import merge


def decide(portfolio: Portfolio, frame: pd.DataFrame, *, by: str, today: date | None = None) -> Applied:
    """Puts the rows of ``frame`` that have a code into decisions.csv, signed ``by``; see ``frame_answers`` for columns.

    ``pending(portfolio)`` gives a frame to fill in. The figures change when the portfolio is opened again. Raises
    InputRefused with every fault at once, by row and column; decisions.csv is then as it was.

    >>> from portfolj import decide, open_portfolio, pending  # doctest: +SKIP
    >>> portfolio = open_portfolio("rar-sormland")  # doctest: +SKIP
    >>> frame = pending(portfolio)  # doctest: +SKIP
    >>> frame.loc[0, ["code", "why"]] = ["forbund", "Kansliet höll i satsningen"]  # doctest: +SKIP
    >>> decide(portfolio, frame, by="Anna Ek")  # doctest: +SKIP
    1 nytt beslut i data/raw/rar-sormland/decisions.csv
    """
    answers = frame_answers(portfolio, frame, by=by, today=today or date.today())
    return write_decisions(merge(answers, portfolio), subject=FRAME.capitalize())
