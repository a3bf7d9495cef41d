"""The tables of follow-up as sheets of the workbook, with Swedish words. A hidden figure is its sign, never empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.flow import state_label
from portfolj.exhibits.followup.sheet_reported import (
    contradictions_rows,
    money_rows,
    national_rows,
    published_rows,
    reported_rows,
)
from portfolj.exhibits.followup.sheet_rows import (
    BEFORE_AFTER,
    balance_rows,
    change_rows,
    coded,
    divided,
    means_rows,
    outcomes_rows,
    participants_rows,
    progression_rows,
    shares_rows,
    steps_rows,
    verdict_word,
    year_word,
)
from portfolj.exhibits.followup.shown import legend
from portfolj.exhibits.sheet import Sheet

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


def sheets(view: FollowUpView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    for name, title, make in SHEETS:
        frame = make(view)
        if not frame.empty:
            hidden = bool(frame.isin([swedish.HIDDEN]).to_numpy().any())
            when = "" if make is national_rows else f", {view.portfolio.period_label}"  # the nation has its own years
            yield Sheet(name, f"{title}{when}", frame, (legend(view),) if hidden else ())


# The name of a sheet, its title and what makes its rows.
SHEETS: tuple[tuple[str, str, Callable[[FollowUpView], pd.DataFrame]], ...] = (
    ("Deltagare", "Deltaganden, personer och det som saknas", participants_rows),
    ("Könsfördelning", "Kvinnor och män bland deltagandena", balance_rows),
    ("Utfall", "Deltaganden, avslut och utfall", outcomes_rows),
    ("Andelar", "Andelar med 95-procentiga intervall (Wilsons metod)", shares_rows),
    ("Hela landet", "Andel till arbete eller studier i hela landet, som tryckt", national_rows),
    ("Sysselsättning", "a. Sysselsättning före och efter",
     partial(divided, frame="occupation", texts={"code": ("Sysselsättning", words.occupation)}, counts=BEFORE_AFTER)),
    ("Sysselsättning grupper", "b. Sysselsättning före och efter, i grupper",
     partial(divided, frame="occupation_grouped", texts={"group": ("Grupp av sysselsättning", words.occupation_group)},
             counts=BEFORE_AFTER)),
    ("Började eller ökade", "c. Arbete och studier efter avslut",
     partial(divided, frame="started_or_increased", texts={"measure": ("Efter avslut", words.started)},
             counts={"after": "Antal", "started_or_increased": "Därav började eller ökade"})),
    ("Försörjning", "d. Försörjning före och efter",
     partial(divided, frame="income", texts={"code": ("Försörjning", words.income)}, counts=BEFORE_AFTER)),
    ("Försörjning övergång", "e. Försörjning efter, för dem som hade en viss före",
     partial(divided, frame="income_transition", texts={
         "source_before": ("Före", words.income), "source_after": ("Efter", words.income),
     })),
    ("Tid i insats", "f. Deltagandenas längd", partial(divided, frame="length", texts={"band": ("Tid", words.length)})),
    ("Lägen", "Deltaganden i varje läge vid varje tidpunkt",
     partial(coded, frame="status", texts={"point": ("Tidpunkt", words.point), "status": ("Läge", state_label)})),
    ("Lägen i grupper", "Deltaganden i varje grupp av lägen vid varje tidpunkt",
     partial(divided, frame="flow_status",
             texts={"point": ("Tidpunkt", words.point), "status": ("Läge", state_label)})),
    ("Läge vid avslut", "Läget vid avslut jämfört med läget vid start", steps_rows),
    ("Flöde", "Deltaganden som gick från ett läge till ett annat, eller stod kvar",
     partial(divided, frame="flow", texts={
         "point_from": ("Från tidpunkt", words.point), "point_to": ("Till tidpunkt", words.point),
         "status_from": ("Från läge", state_label), "status_to": ("Till läge", state_label),
     })),
    ("Förflyttning", "Förflyttning enligt deltagarnas skattningar", progression_rows),
    ("Medelvärden", "Medelvärde per fråga, första och sista skattningen", means_rows),
    ("Medelförändring", "Medelförändringen med 95-procentigt intervall", change_rows),
    ("Mål", "Insatsernas mål, utfall och bedömning",
     partial(coded, frame="goals", counts={}, texts={
         "intervention": ("Insats", str), "goal": ("Mål nr", str), "text": ("Mål", str), "target": ("Målvärde", str),
         "outcome": ("Utfall", str), "verdict": ("Bedömning", verdict_word), "judged_by": ("Vem som bedömde", str),
         "basis": ("På vad", str),
     })),
    ("Redovisade utfall", "Redovisade antal, summor och andelar", reported_rows),
    ("Antal", "Redovisade antal per insats, år och kön",
     partial(coded, frame="counts", texts={
         "intervention": ("Insats", str), "year": ("År", year_word), "sex": ("Kön", words.sex),
         "measure": ("Mått", words.measure),
     })),
    ("Utfall vid avslut", "Hur deltagandena slutade, som redovisat",
     partial(coded, frame="exits", texts={
         "intervention": ("Insats", str), "base": ("Räknat på", words.base), "outcome": ("Utfall", str),
         "printed_in": ("Tryckt i", str),
     })),
    ("Tryckt uppföljning", "Tryckta siffror om uppföljningen, och vad underlaget ger", published_rows),
    ("Går inte ihop", "Redovisade och tryckta siffror som inte går ihop", contradictions_rows),
    ("Kostnad", "Beviljade pengar per deltagande, och vems pengarna är", money_rows),
)  # fmt: skip
