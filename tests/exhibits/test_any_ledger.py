"""Whatever a ledger holds, every exhibit can be shown, says no figure that is not one, and its tables add up."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from portfolj import exhibits
from portfolj.exhibits.files import tidy_tables
from portfolj.exhibits.funded import headline_sentences
from portfolj.exhibits.workbook import write_workbook
from small_ledger import portfolio_of

ROW = st.tuples(
    st.sampled_from(["1", "2", "3"]),
    st.just("Insats"),
    st.sampled_from(["", "Flens kommun", "LSG Flen", "flera parter"]),
    st.sampled_from(["", "Unga", "Personal", "Unga med psykisk ohälsa"]),
    st.sampled_from(["", "Coachning av deltagare", "Utbildning för personal", "Processledare för LSG"]),
    st.sampled_from(["", "2018", "2019", "2020"]),
    st.sampled_from(["Finsam", "Finsam", "ESF", "annan"]),
    st.sampled_from(["beviljat", "beviljat", "utbetalt", "återbetalt"]),
    st.sampled_from(["", "1000", "250,50", "20000000"]),
)
# What each of these once was: no members' money in the period, only ESF money, amounts only where the year is missing,
# and no amount among those without an owner.
ONLY_ESF = [("1", "Insats", "", "", "", "2019", "ESF", "beviljat", "1000")]
ONLY_PAID = [("1", "Insats", "Flens kommun", "", "", "2019", "Finsam", "utbetalt", "1000")]
UNDATED_AMOUNT = [
    ("1", "Insats", "", "", "", "", "Finsam", "beviljat", "1000"),
    ("2", "Insats", "", "", "", "2019", "Finsam", "beviljat", ""),
]
DATED_ONLY_BY_OTHERS = [
    ("1", "Insats", "", "", "", "", "Finsam", "beviljat", "1000"),
    ("1", "Insats", "", "", "", "2018", "ESF", "beviljat", ""),
]
UNKNOWN_DERIVED = [
    ("1", "Insats", "Flens kommun", "Unga", "Coachning av deltagare", "2019", "Finsam", "beviljat", "1000"),
    ("2", "Insats", "Flens kommun", "Unga", "Coachning av deltagare", "2019", "Finsam", "beviljat", "1000"),
    ("3", "Insats", "Flens kommun", "", "", "2019", "Finsam", "beviljat", ""),
]
UNKNOWN_UNDEFINED = [
    ("1", "Insats", "Flens kommun", "Unga", "", "2019", "Finsam", "beviljat", "1000"),
    ("2", "Insats", "Flens kommun", "Unga", "", "2019", "Finsam", "beviljat", "1000"),
    ("3", "Insats", "", "", "", "2019", "Finsam", "beviljat", ""),
]


# Without shrinking: a ledger takes a second, and a failing one is small already.
@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(ROW, min_size=1, max_size=6), st.sampled_from(["", "2019", "2012"]), st.booleans())
@example(ONLY_ESF, "", False)
@example(ONLY_PAID, "2019", True)
@example(UNDATED_AMOUNT, "", False)
@example(DATED_ONLY_BY_OTHERS, "", False)
@example(UNKNOWN_DERIVED, "", True)
@example(UNKNOWN_UNDEFINED, "", False)
def test_every_exhibit_can_be_shown(rows: list[tuple[str, ...]], period: str, derive: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        portfolio = portfolio_of(rows, Path(name), period=period, derive=derive)
        shown = [getattr(exhibits, exhibit)(portfolio)._repr_html_() for exhibit in exhibits.__all__]
        text = re.sub(r'src="data:[^"]*"', "", "\n".join([*shown, *headline_sentences(portfolio)]))
        assert re.findall(r"\bnan\b|<NA>|None|\bNaT\b", text, flags=re.IGNORECASE) == []
        assert re.findall(r"\b1\u00a0(?:insatser|rader|ställen)\b", text) == []
        write_workbook(portfolio, Path(name) / "tables.xlsx")
        files = tidy_tables(portfolio)
        assert files["owner"]["count"].sum() == files["orientation"]["count"].sum() == len(portfolio.interventions)


def test_a_page_does_not_grow_without_end(tmp_path: Path) -> None:
    rows = [(str(i), f"Insats {i}", "Flens kommun", "Unga", "Coachning", "2019", "Finsam", "beviljat", str(i))
            for i in range(1, 1401)]  # fmt: skip
    portfolio = portfolio_of(rows, tmp_path)
    html = exhibits.behind_the_figures(portfolio)._repr_html_()
    assert len(html) < 700_000
    assert "Ytterligare 900 står i tables/interventions.csv" in html
    assert "1\u00a0400\u00a0insatser" in html
    # The whole sum stands under the part that is shown: 1 + 2 + ... + 1400
    assert "980\u00a0700\u00a0kr" in html


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (UNKNOWN_UNDEFINED, "Belopp för den saknas i liggaren."),
        (ONLY_ESF, "Liggaren innehåller inga insatser med medlemmarnas pengar."),
    ],
)
def test_what_is_not_known_is_said(rows: list[tuple[str, ...]], says: str, tmp_path: Path) -> None:
    portfolio = portfolio_of(rows, tmp_path)
    assert says in " ".join(headline_sentences(portfolio))


def test_derived_interventions_without_a_known_amount_are_not_said_to_have_had_nothing(tmp_path: Path) -> None:
    portfolio = portfolio_of(UNKNOWN_DERIVED, tmp_path, derive=True)
    text = " ".join(headline_sentences(portfolio))
    assert "är 1\u00a0insats härledd: inget dokument säger det" in text
