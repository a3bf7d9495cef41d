"""Files on statements and surveys: every form read, every fault at once, and no word of a respondent repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from stakeholders_case import QUESTIONS, places_of, read, refused

from portfolj.errors import Reason
from portfolj.stakeholders.files import COLUMNS

SECRET = "Sven Svensson blev sjuk"
WIDE = (
    "Svarsid;Roll;1;2;3. Hur väl fungerar det?;4",
    "1;chef;Nöjd;Telefon;4;Jag vill tacka",
    "2;Chef;missnöjd;telefon;5;",
    "3;handläggare;;Möten;-;",
)


def test_a_federation_without_files_has_nothing(tmp_path: Path) -> None:
    files = read(tmp_path, {})
    assert (files.questions, files.responses, files.surveys) == ((), (), ())
    assert list(files.statements.columns) == list(COLUMNS["statements"])
    assert files.sources.empty


def test_a_row_per_respondent_is_read_by_number_or_text_of_the_question(tmp_path: Path) -> None:
    files = read(tmp_path, {"questions": QUESTIONS, "survey": WIDE})
    (responses,) = files.responses
    assert responses.size == 3
    assert responses.groups["roll"] == ("chef", "chef", "handläggare")
    assert responses.answers["1"] == (frozenset(["Nöjd"]), frozenset(["Missnöjd"]), frozenset())
    assert responses.answers["3"] == (frozenset("4"), frozenset("5"), frozenset())
    # What somebody wrote is not kept, only that it was written.
    assert responses.answers["4"] == (frozenset(["written"]), frozenset(), frozenset())
    assert "tacka" not in repr(files) + repr(vars(responses))


def test_several_answers_stand_in_one_cell(tmp_path: Path) -> None:
    rows = [["Roll", "Svarande", 1, 2], ["chef", 7, "Nöjd", "Telefon;Webb;"], ["chef", 8, "Nöjd", None]]
    (responses,) = read(tmp_path, {"questions": QUESTIONS, "survey": rows}).responses
    assert responses.answers["2"] == (frozenset(["Telefon", "Webb"]), frozenset())


def test_a_row_per_answer_says_the_same(tmp_path: Path) -> None:
    long = (
        "Svarande;Roll;Fråga nr;Svar", "1;chef;1;Nöjd", "1;chef;2;Telefon", "1;chef;2;Webb", "1;;3;4",
        "2;handläggare;1;", "2;handläggare;3;5",
    )  # fmt: skip
    files = read(tmp_path, {"questions": QUESTIONS, "survey": long})
    (responses,) = files.responses
    assert responses.groups["roll"] == ("chef", "handläggare")
    assert responses.answers["2"] == (frozenset(["Telefon", "Webb"]), frozenset())
    assert responses.answers["1"] == (frozenset(["Nöjd"]), frozenset())
    source = files.sources.set_index("kind").loc["stakeholders:survey"]
    assert source["rows_in"] == source["rows_used"] + source["rows_set_aside"] == 6


def test_rows_in_are_rows_used_and_rows_set_aside(tmp_path: Path) -> None:
    survey = (*WIDE, "4;chef;;;;", "1;chef;Nöjd;Telefon;4;Jag vill tacka")
    files = read(tmp_path, {"questions": QUESTIONS, "survey": survey})
    source = files.sources.set_index("kind").loc["stakeholders:survey"]
    assert (source["rows_in"], source["rows_used"], source["rows_set_aside"]) == (5, 3, 2)
    assert sorted(files.set_aside["reason"]) == ["duplicate_answer", "no_answers"]


def test_a_fault_in_a_file_of_respondents_never_repeats_what_stands_there(tmp_path: Path) -> None:
    survey = (
        "Svarsid;Roll;1;3;Kommentar", f"1;chef;{SECRET};4;{SECRET}", f"2;chef;Nöjd;{SECRET};", "2;chef;Missnöjd;4;",
    )  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"questions": QUESTIONS, "survey": survey})
    assert places_of(faults) == [
        ("C2", Reason.WORD_UNKNOWN), ("D3", Reason.WORD_UNKNOWN), ("A4", Reason.ROWS_CONTRADICT),
    ]  # fmt: skip
    assert "Svensson" not in "\n".join(map(str, faults))
    assert "Nöjd, Varken eller, Missnöjd" in faults[0].allowed


def test_a_column_that_is_no_question_is_told_without_its_heading(tmp_path: Path) -> None:
    survey = (f"Svarsid;Roll;1;{SECRET}", "1;chef;Nöjd;x")
    files = read(tmp_path, {"questions": QUESTIONS, "survey": survey})
    (remark,) = files.remarks
    assert (remark.cell, remark.reason) == ("D1", Reason.COLUMN_NOT_USED)
    assert "Svensson" not in str(remark)


def test_a_personal_number_stops_the_reading_and_is_not_repeated(tmp_path: Path) -> None:
    survey = ("Svarsid;Roll;4", "1;chef;Ring 811228-9874")
    with refused() as faults:
        read(tmp_path, {"questions": QUESTIONS, "survey": survey})
    assert [fault.reason for fault in faults] == [Reason.PERSONAL_NUMBER]
    assert "9874" not in str(faults[0])


def test_faults_of_questions_are_told_together(tmp_path: Path) -> None:
    questions = (
        "Fråga nr;Fråga;Slag;Svarsalternativ;Bedömning", "1;A?;ett svar;Ja;", "2;B?;gissning;Ja | Nej;",
        ";C?;skala;1-5;", "4;D?;ett svar;Ja | ja;", "5;E?;skala;5-1;", "6;F?;ett svar;Ja | Nej;kanske",
        "1;G?;ett svar;Ja | Nej;",
    )  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"questions": questions})
    assert places_of(faults) == [
        ("D2", Reason.VALUE_MISSING), ("C3", Reason.WORD_UNKNOWN), ("A4", Reason.VALUE_MISSING),
        ("D5", Reason.ROWS_CONTRADICT), ("D6", Reason.NUMBER_OUTSIDE), ("E7", Reason.WORD_UNKNOWN),
        ("A8", Reason.ROWS_CONTRADICT),
    ]  # fmt: skip


def test_answers_without_questions_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"survey": ("Svarsid;Roll;Fråga;Svar", "1;chef;1;Ja")})
    assert "stakeholders.questions" in faults[0].action


def test_answers_in_columns_without_questions_are_refused_with_one_message(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"questions": QUESTIONS[:1], "survey": ("Svarsid;Roll;1;2", "1;chef;Nöjd;Webb")})
    assert [(fault.file, "stakeholders.questions" in fault.action) for fault in faults] == [("survey.csv", True)]


def test_answers_are_not_judged_by_questions_that_are_wrong(tmp_path: Path) -> None:
    rows = ("Svarsid;1", "1;Nöjd", "2;Missnöjd", "2;Nöjd")
    with refused() as faults:
        read(
            tmp_path, {"questions": (QUESTIONS[0], "1;Hur nöjd är du?;ett svar;Nöjd | nöjd | Missnöjd"), "survey": rows}
        )
    assert [(fault.file, fault.cell, fault.reason) for fault in faults] == [
        ("questions.csv", "D2", Reason.ROWS_CONTRADICT),
        ("survey.csv", "A4", Reason.ROWS_CONTRADICT),
    ]


def test_a_personal_number_among_the_questions_is_in_no_message_about_the_answers(tmp_path: Path) -> None:
    number = "850709-9805"
    questions = (QUESTIONS[0], f"1;Hur nöjd är du?;ett svar;Nöjd | {number}", f"2 {number};Varför?;fritext;")
    files = {"questions": questions, "survey_counts": ("Fråga nr;Svar;Antal", "1;Kanske;7", "9;Ja;7")}
    with refused() as faults:
        read(tmp_path, files)
    assert {fault.reason for fault in faults} >= {Reason.PERSONAL_NUMBER}
    assert not [fault for fault in faults if number in str(fault)]


def test_more_rows_of_answers_than_were_asked_are_refused(tmp_path: Path) -> None:
    survey = ("Svarsid;Roll;1", *(f"{n};Chef;Nöjd" for n in range(3)), "4;;Nöjd")
    with refused() as faults:
        read(tmp_path, {"questions": QUESTIONS, "survey": survey, "invited": ("Roll;Inbjudna", "alla;3", "chef;2")})
    assert places_of(faults) == [("B2", Reason.ROWS_CONTRADICT), ("B3", Reason.ROWS_CONTRADICT)]
    asked = ("Roll;Inbjudna", "alla;4", "chef;3")
    assert len(read(tmp_path / "all", {"questions": QUESTIONS, "survey": survey, "invited": asked}).invited) == 2


@pytest.mark.parametrize("word", ["Summa", "Totalt", "alla roller", "Samtliga"])
def test_the_row_of_the_sum_is_everybody_and_not_a_role(tmp_path: Path, word: str) -> None:
    files = read(tmp_path, {"questions": QUESTIONS, "invited": ("Roll;Inbjudna", "chef;8", "lärare;9", f"{word};17")})
    assert list(files.invited["role"]) == ["chef", "lärare", ""]


def test_two_surveys_each_have_their_questions(tmp_path: Path) -> None:
    questions = ("Enkät;Fråga nr;Fråga;Slag;Svarsalternativ", "Chefer;1;A?;ett svar;Ja | Nej",
                 "Deltagare;1;B?;ett svar;Ofta | Aldrig")  # fmt: skip
    survey = ("Enkät;Svarsid;1", "Deltagare;1;Ofta", "Deltagare;2;Aldrig")
    files = read(tmp_path, {"questions": questions, "survey": survey})
    assert files.surveys == ("Chefer", "Deltagare")
    assert files.responses[0].answers["1"] == (frozenset(["Ofta"]), frozenset(["Aldrig"]))
    with refused() as faults:
        read(tmp_path, {"questions": questions, "survey": ("Svarsid;Roll;1", "1;chef;Ofta")})
    assert faults[0].reason == Reason.COLUMN_MISSING
    with refused() as faults:
        read(tmp_path, {"questions": questions, "survey": ("Enkät;Svarsid;1", "Deltagare;1;Ofta", "Chefer;2;Ja")})
    assert ("A3", Reason.ROWS_CONTRADICT) in places_of(faults)


def test_counts_are_held_against_the_questions_and_those_who_answered(tmp_path: Path) -> None:
    invited = ("Roll;Inbjudna;Svarade", ";9;7", "chef;4;3")
    counts = ("Fråga nr;Roll;Svar;Antal", "1;;Nöjd;4", "1;;Missnöjd;3", "1;chef;Nöjd;2", "2;;inget svar;1")
    files = read(tmp_path, {"questions": QUESTIONS, "survey_counts": counts, "invited": invited})
    assert files.counts[["role", "answer", "count"]].to_numpy().tolist() == [
        ["", "Nöjd", 4], ["", "Missnöjd", 3], ["chef", "Nöjd", 2], ["", "no_answer", 1],
    ]  # fmt: skip
    wrong = ("Fråga nr;Roll;Svar;Antal", "1;;Nöjd;6", "1;;Missnöjd;3", "9;;Nöjd;1", "1;;Kanske;1", "3;;4;två")
    with refused() as faults:
        read(tmp_path, {"questions": QUESTIONS, "survey_counts": wrong})
    assert places_of(faults) == [
        ("A4", Reason.WORD_UNKNOWN), ("C5", Reason.WORD_UNKNOWN), ("D6", Reason.NUMBER_UNREADABLE),
    ]  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"questions": QUESTIONS, "survey_counts": wrong[:3], "invited": invited})
    assert "fler svar än svarande" in faults[0].found


def test_printed_counts_that_contradict_are_told_and_not_refused(tmp_path: Path) -> None:
    invited = ("Inbjudna;Svarade;Tryckt i", "9;7;Rapport")
    counts = ("Fråga nr;Svar;Antal;Tryckt i", "1;Nöjd;6;Rapport", "1;Missnöjd;3;Rapport")
    files = read(tmp_path, {"questions": QUESTIONS, "survey_counts": counts, "invited": invited})
    assert [remark.reason for remark in files.remarks] == [Reason.ROWS_CONTRADICT]


def test_more_answered_than_were_asked_is_refused(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"questions": QUESTIONS, "invited": ("Inbjudna;Svarade", "7;9")})
    assert places_of(faults) == [("B2", Reason.NUMBER_OUTSIDE)]


def test_a_survey_is_either_rows_or_counts(tmp_path: Path) -> None:
    counts = ("Fråga nr;Svar;Antal", "1;Nöjd;6")
    with refused() as faults:
        read(tmp_path, {"questions": QUESTIONS, "survey": WIDE, "survey_counts": counts,
                        "invited": ("Inbjudna;Svarade", "9;7")})  # fmt: skip
    assert [fault.reason for fault in faults] == [Reason.ROWS_CONTRADICT] * 2


def test_statements_are_read_with_the_federations_own_words(tmp_path: Path) -> None:
    statements = (
        "Källa;Slag av källa;Roll;Tema;Styrka eller utvecklingsområde;Utsaga;Får citeras",
        "K1;intervju;Chef;Tid;styrka;Vi hann.;ja", "K1;intervju;chef;tid;hinder;;",
        "K2;workshop;Processledare;Tid;-;Nej.;nej",
        "K1;intervju;Chef;Tid;styrka;Vi hann.;ja",
    )  # fmt: skip
    files = read(tmp_path, {"statements": statements})
    assert files.statements["role"].tolist() == ["Chef", "Chef", "Processledare"]
    assert files.statements["kind"].tolist() == ["strength", "develop", "develop"]
    assert files.statements["quotable"].tolist() == [True, False, False]
    assert files.set_aside["reason"].tolist() == ["duplicate_statement"]


def test_faults_of_statements_are_told_together_without_the_statement(tmp_path: Path) -> None:
    statements = (
        "Källa;Roll;Tema;Slag;Utsaga;Får citeras", f"K1;;Tid;styrka;{SECRET};ja", "K2;chef;;styrka;;",
        "K3;chef;Tid;tja;;", "K4;chef;Tid;styrka;;ja", "K5;chef;Tid;styrka;;kanske", "K3;politiker;Tid;styrka;;",
    )  # fmt: skip
    with refused() as faults:
        read(tmp_path, {"statements": statements})
    assert places_of(faults) == [
        ("B2", Reason.VALUE_MISSING), ("C3", Reason.VALUE_MISSING), ("D4", Reason.WORD_UNKNOWN),
        ("F5", Reason.VALUE_MISSING), ("F6", Reason.WORD_UNKNOWN), ("B7", Reason.ROWS_CONTRADICT),
    ]  # fmt: skip
    assert "Svensson" not in "\n".join(map(str, faults))


def test_nothing_that_was_said_is_in_what_a_log_would_show(tmp_path: Path) -> None:
    files = read(tmp_path, {"statements": ("Källa;Roll;Tema;Slag;Utsaga", f"K1;chef;Tid;styrka;{SECRET}")})
    assert repr(files) == "StakeholdersFiles(1 statements, 0 questions)"


def test_files_that_are_not_there_or_named_twice_are_told(tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {}, 'statements = ["finns_inte.csv", "finns_inte.csv"]')
    assert {fault.reason for fault in faults} == {Reason.FILE_MISSING, Reason.SETTING_WRONG}
