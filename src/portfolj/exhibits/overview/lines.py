"""What the tables of the overview have in common: lines that lead to reports, and sums at the foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.markup import Column, Html, Table, cells
from portfolj.exhibits.overview.frame import period_words

SHARED_START = "Samordningsförbundet "
NAME = Column("line", "Förbund", lambda value: value)
REMARKS = Column("remarks", "Att veta", lambda value: value)


def with_names(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with each line's heading: the federation, leading to its report, and its years if not the usual."""
    usual = usual_period(frame)
    lines = [
        Markup('<a href="{}/index.html">{}</a>{}').format(
            record["folder"],
            short_name(record["name"]),
            Markup('<span class="small observe">{}</span>').format(period_words(record["period"]))
            if record["period"] != usual
            else "",
        )
        for _, record in frame.iterrows()
    ]
    return frame.assign(line=cells(lines, frame))


def overview_table(
    name: str, caption: str, frame: pd.DataFrame, columns: Sequence[Column], *,
    sums: Sequence[Mapping[str, Any]], notes: Sequence[str], reconciles: Sequence[str] = (),
) -> Html:  # fmt: skip
    """The table; the only sum stands as its total, several as rows below it."""
    only = len(sums) == 1
    table = Table(
        name=name, caption=caption, frame=frame, columns=columns, total=sums[0] if only else None,
        extra=() if only else sums, notes=notes, reconciles=reconciles,
    )  # fmt: skip
    return Html(Markup('<div class="dense">{}</div>').format(table.html().markup))


def text_column(key: str, heading: str) -> Column:
    """A column of figures that are already written."""
    return Column(key, heading, lambda value: value, numeric=True, missing=swedish.NOT_APPLICABLE)


def usual_period(frame: pd.DataFrame) -> str | None:
    """The years that most federations report on; None where no two report on the same."""
    counts = frame["period"].value_counts()
    return str(counts.index[0]) if len(frame) == 1 or counts.iloc[0] > 1 else None


def periods_of(frame: pd.DataFrame) -> str:
    """The years of the federations as the end of a caption."""
    usual = usual_period(frame)
    if usual is None:
        return "vars och ens egen period"
    return period_words(usual) + ("" if frame["period"].nunique() == 1 else " om inget annat står")


def short_name(name: str) -> str:
    """The name as a heading among other federations: without the word that they share, where a name is left."""
    rest = name.removeprefix(SHARED_START)
    return rest if rest[:1].isupper() else name
