"""What is shown of statements and surveys: counts, words, and that page, file and workbook hide the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from stakeholders_case import QUESTIONS, federation_of, view_of

from portfolj.checking import check
from portfolj.exhibits import stakeholders as shown
from portfolj.exhibits.stakeholders.files import stakeholders_tables
from portfolj.exhibits.stakeholders.headline import stakeholders_sentences
from portfolj.exhibits.stakeholders.sheets import stakeholders_sheets
from portfolj.stakeholders.grouping import merged
from portfolj.stakeholders.view import StakeholdersView

# 12 managers and 14 caseworkers; per question and role how many gave each answer.
NICE = [("chef", "Nöjd", 7), ("chef", "Varken eller", 5), ("handläggare", "Nöjd", 6), ("handläggare", "Missnöjd", 6),
        ("handläggare", "", 2)]  # fmt: skip
SCALE = ["4"] * 12 + ["2"] * 7 + ["5"] * 6 + [""]
WRITTEN = "En hemlig kommentar"
EVERY = (
    shown.themes, shown.themes_by_role, shown.contrasts, shown.quotes, shown.statements_limits, shown.response,
    shown.answers, shown.answers_by_group, shown.beside_verdicts, shown.survey_limits,
)  # fmt: skip


def rows_of_survey() -> list[str]:
    people = [(role, answer) for role, answer, number in NICE for _ in range(number)]
    return ["Svarsid;Roll;1;2;3;4"] + [
        f"{n};{role};{answer};{'Telefon|Möten' if n < 6 or 12 <= n < 19 else 'Möten'};{SCALE[n]};"
        + (WRITTEN if n < 6 else "")
        for n, (role, answer) in enumerate(people)
    ]


def statements() -> list[str]:
    lines = ["Källa;Roll;Tema;Slag;Utsaga;Får citeras"]
    # 12 managers all raise time, 3 of them also as a strength; 10 caseworkers, 5 of whom raise it.
    lines += [f"C{n};chef;Tid;utvecklingsområde;Ord {n} av chef;ja" for n in range(12)]
    lines += [f"C{n};chef;Stöd;styrka;;" for n in range(9)]
    lines += [f"H{n};handläggare;Tid;utvecklingsområde;Ord {n} av handläggare;ja" for n in range(5)]
    lines += [f"H{n};handläggare;Stöd;styrka;Hemligt {n};nej" for n in range(10)]
    return lines


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> StakeholdersView:
    invited = ("Roll;Inbjudna", ";40", "chef;15", "handläggare;25")
    files = {"questions": QUESTIONS, "survey": rows_of_survey(), "invited": invited, "statements": statements()}
    return view_of(tmp_path_factory.mktemp("stakeholders"), files)


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> StakeholdersView:
    return view_of(tmp_path_factory.mktemp("nothing"), {})


def test_answers_are_counted_with_those_who_gave_none_apart(view: StakeholdersView) -> None:
    frame = view.survey.survey
    own = frame[frame["question"].eq("1") & frame["by"].eq("")].set_index("answer")
    assert own.loc["Nöjd", "count"] == 13
    # Two left the question: hidden, and so is another, or 26 less the others would give them.
    assert own.loc["no_answer", "suppressed"]
    assert own["suppressed"].sum() >= 2
    middle = frame[frame["question"].eq("3") & frame["by"].eq("")].set_index("answer")
    assert bool(middle.loc["no_answer", "suppressed"])


def test_who_answered_of_whom_is_told_for_all_and_by_role(view: StakeholdersView) -> None:
    frame = view.survey.survey
    own = frame[frame["question"].eq("")].set_index("group")
    assert own[["answered", "invited"]].astype(int).to_numpy().tolist() == [[26, 40], [12, 15], [14, 25]]
    assert "26 av 40 inbjudna svarade på enkäten (65\u00a0%)." in str(shown.response(view))


def test_several_answers_say_that_shares_are_more_than_all(view: StakeholdersView) -> None:
    frame = view.survey.survey
    own = frame[frame["question"].eq("2") & frame["by"].eq("")].set_index("answer")
    assert own.loc["Telefon", "count"] == 6 + 7
    assert own.loc["Telefon", "share"] == pytest.approx(13 / 26)
    assert own.loc["Möten", "share"] == 1
    assert "mer än 100 procent" in str(shown.answers(view))


def test_a_scale_has_its_middle_answer_only_where_every_count_is_shown(tmp_path: Path) -> None:
    asked = (
        "Fråga nr;Fråga;Slag;Svarsalternativ;Utanför skalan", "3;Hur väl?;skala;1 | 2 | 3 | Vet ej;Vet ej",
        "5;Mer?;fritext;;",
    )  # fmt: skip
    answers = ["1"] * 6 + ["2"] * 5 + ["3"] * 9 + ["Vet ej"] * 8
    survey = ["Svarsid;Roll;3;5", *(f"{n};x;{answer};a" for n, answer in enumerate(answers))]
    # Twenty on the scale: the tenth and the eleventh are both 2. With "Vet ej" as a step they would not be.
    assert ">2</td>" in str(shown.answers(view_of(tmp_path / "a", {"questions": asked, "survey": survey})))
    few = [*survey, "98;x;1;a", "99;x;;a"]  # one left the question, and some other count must be hidden with it
    view = view_of(tmp_path / "b", {"questions": asked, "survey": few})
    page = str(shown.answers(view))
    assert ">2</td>" not in page
    assert view.survey.survey["suppressed"].sum() > 1


def test_nothing_that_is_hidden_or_written_is_on_a_page_in_a_file_or_in_the_workbook(view: StakeholdersView) -> None:
    pages = "".join(str(exhibit(view)) for exhibit in EVERY)
    tables = stakeholders_tables(view)
    sheets = list(stakeholders_sheets(view))
    everything = pages + "".join(frame.to_csv() for frame in tables.values())
    everything += "".join(sheet.frame.to_csv() + " ".join(sheet.notes) for sheet in sheets)
    assert WRITTEN not in everything
    assert "Hemligt" not in everything  # may not be quoted
    assert "Ord 1 av chef" in everything
    hidden = tables["survey"]["suppressed"]
    assert hidden.any()
    assert tables["survey"].loc[hidden, ["count", "share"]].isna().all(axis=None)
    workbook = next(sheet for sheet in sheets if sheet.name == "Enkätsvar").frame
    assert (workbook["Antal"] == "..").tolist() == hidden.tolist()
    assert not tables["survey"]["count"].between(1, 4).any()
    assert ".. betyder dolt: färre än 5 personer" in pages


def test_themes_count_sources_and_statements(view: StakeholdersView) -> None:
    number = view.themes.number
    assert (number("sources", ("", "", "")), number("statements", ("", "", ""))) == (22, 36)
    assert number("sources", ("Tid", "chef", "")) == 12
    assert number("sources", ("Tid", "handläggare", "")) == 5
    assert number("sources", ("Stöd", "", "strength")) == 19
    page = str(shown.themes(view))
    assert "Flest källor tar upp ”Stöd”: 19 av 22." in page
    assert "Oftast nämns som styrka ”Stöd” (19 källor) och som utvecklingsområde ”Tid” (17 källor)." in page


def test_contrasts_are_shares_of_sources(view: StakeholdersView) -> None:
    first = view.contrasts.iloc[0]
    assert (first["theme"], first["higher"], first["lower"]) == ("Tid", "chef", "handläggare")
    assert first["difference"] == pytest.approx(12 / 12 - 5 / 10)
    page = str(shown.contrasts(view))
    assert "Rollerna skiljer sig mest om ”Tid”: 12 av 12 i rollen chef tar upp det, men 5 av 10" in page
    assert "inte dragna med lott" in page
    assert "bara där antalet inte är dolt" in page  # else a role left out would seem to lie between the two


def test_roles_with_too_few_sources_are_not_held_against_others(tmp_path: Path) -> None:
    view = view_of(tmp_path, {"statements": statements()}, "contrast_sources = 11")
    assert view.contrasts.empty
    assert 'class="absent"' in str(shown.contrasts(view))


def test_a_role_with_few_sources_is_put_together_and_never_quoted(tmp_path: Path) -> None:
    few = [f"P{n};politiker;Tid;styrka;Ord av politiker;ja" for n in range(3)]
    more = [f"E{n};ekonom;Tid;styrka;Ord av ekonom;ja" for n in range(4)]
    view = view_of(tmp_path, {"statements": [*statements(), *few, *more]})
    assert view.themes.roles["politiker"] == view.themes.roles["ekonom"] == "övriga"
    assert view.quotes.small_roles
    assert not view.quotes.frame["text"].str.contains("politiker|ekonom").any()
    assert "sammanlagda till övriga: ekonom och politiker" in str(shown.themes_by_role(view))


def test_of_a_count_that_is_shown_a_few_are_quoted(view: StakeholdersView) -> None:
    told = view.quotes.frame.groupby(["theme", "kind", "role"]).size()
    assert told.to_dict() == {("Tid", "develop", "chef"): 3, ("Tid", "develop", "handläggare"): 3}
    assert view.quotes.allowed == 12 + 5


def test_the_order_of_quotes_does_not_tell_whose_they_are(tmp_path: Path) -> None:
    # One manager says two things in a row in the file; in the sheet they stand among those of others.
    said = [f"C0;chef;{theme};utvecklingsområde;Ö {theme};ja" for theme in ("Tid", "Stöd")]
    view = view_of(tmp_path, {"statements": [*said, *statements()]})
    frame = view.quotes.frame
    assert len(frame) > 3
    assert list(frame.itertuples(index=False, name=None)) == sorted(frame.itertuples(index=False, name=None))


def test_a_hidden_count_is_quoted_once_at_most(tmp_path: Path) -> None:
    # Two managers and one caseworker of the many raise the theme: each count of it is hidden.
    few = [f"{who};{role};Lokaler;styrka;Lokal {who};ja" for who, role in (("C0", "chef"), ("C1", "chef"),
                                                                           ("H0", "handläggare"))]  # fmt: skip
    view = view_of(tmp_path, {"statements": [*statements(), *few]})
    assert view.themes.number("sources", ("Lokaler", "", "strength")) is None
    assert view.quotes.frame["theme"].eq("Lokaler").sum() == 1


def test_groups_are_put_together_until_they_are_enough() -> None:
    assert merged(["a"] * 6 + ["b"] * 7 + ["c"] * 2, k=5) == {"a": "övriga", "c": "övriga", "b": "b"}
    assert merged(["a"] * 6 + ["b"] * 2, k=5) == {}  # only one group would be left
    assert merged(["a"] * 6 + ["b"] * 7, k=5) == {"a": "a", "b": "b"}
    assert merged(["a"] * 6 + [""] * 7, k=5) == {"a": "a", "uppgift saknas": "uppgift saknas"}


def test_without_sources_it_is_said_that_they_are_not_known(tmp_path: Path) -> None:
    lines = [line.split(";", 1)[1] for line in statements()]
    view = view_of(tmp_path, {"statements": lines})
    assert not view.themes.has_sources
    assert view.themes.frame["sources"].isna().all()
    assert view.themes.number("statements", ("Tid", "", "")) == 17
    assert "hur många källor" in str(shown.themes(view))
    assert "Hur många personer" in str(shown.statements_limits(view))


def test_a_federation_without_files_reads_what_cant_be_known(nothing: StakeholdersView) -> None:
    assert "Därför går det inte att veta" in str(shown.themes(nothing))
    assert "Därför går det inte att veta" in str(shown.response(nothing))
    others = [exhibit for exhibit in EVERY if exhibit not in (shown.themes, shown.response)]
    assert all('class="absent"' in str(exhibit(nothing)) for exhibit in others)
    assert stakeholders_sentences(nothing) == []
    assert list(stakeholders_sheets(nothing)) == []
    tables = stakeholders_tables(nothing)
    assert {name: len(frame) for name, frame in tables.items()} == {"themes": 0, "survey": 0}
    assert "question" in tables["survey"].columns


def test_check_tells_of_the_files_and_their_faults(tmp_path: Path) -> None:
    survey = [*rows_of_survey(), "40;chef;;;;", "41;chef;;;;"]
    federation = federation_of(tmp_path, {"questions": QUESTIONS, "survey": survey})
    told = check(federation.folder)
    assert told.faults == ()
    assert "Vad de berörda säger" in told.text
    assert "questions.csv: 4 rader = 4 använda + 0 åt sidan" in told.text
    # Two persons' rows set aside are few.
    assert "survey.csv: 28 rader, varav åt sidan: färre än 5 rader utan svar" in told.text
    assert "färre än 5" in check(tmp_path / "survey.csv").text
    (tmp_path / "survey.csv").write_text("Svarsid;Roll;1\n1;chef;Sur", encoding="utf-8")
    for path in (tmp_path, tmp_path / "survey.csv"):
        told = check(path)
        assert [fault.cell for fault in told.faults] == ["C2"]
        assert "Sur" not in told.text
