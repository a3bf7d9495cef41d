"""``portfolj codebook explain``: the answers of ``classify``, what they rest on, and why all else does not count."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from coding_yardstick import odd_rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolj import cli
from portfolj.coding import classify, load_codebook
from portfolj.coding.codebook import DIMENSIONS, TEXT_FIELDS
from portfolj.coding.explained import as_text
from portfolj.coding.explaining import Explanation, Finding, explain
from portfolj.coding.pasted import pasted_fields
from portfolj.errors import PortfoljError

DATA = Path(__file__).parent / "data"
RAW = Path(__file__).parents[2] / "data" / "raw"
CODEBOOK = load_codebook()
WRITTEN = pd.read_csv(DATA / "written_rows.csv", dtype=str, keep_default_na=False)


def assert_explained(fields: dict[str, str]) -> None:
    """The answers are those of classify, their evidence counts, and nothing counts for another answer."""
    explanation = explain(fields, codebook=CODEBOOK)
    coded = classify(pd.DataFrame([dict.fromkeys(TEXT_FIELDS, "") | fields]), codebook=CODEBOOK).iloc[0]
    for dimension, answer in explanation.answers.items():
        code = answer.code if dimension in DIMENSIONS else ";".join(answer.codes)
        found = [finding for finding in explanation.findings if finding.dimension == dimension]
        assert (code, answer.cells[3]) == (coded[dimension], coded[f"{dimension}_evidence"])
        for evidence in answer.evidence:
            said = [finding.counts for finding in found if finding.evidence == evidence]
            assert any(said) if answer.codes else said and not any(said)
        supported = {finding.code for finding in found if finding.evidence in answer.evidence and finding.counts}
        assert {finding.code for finding in found if finding.counts} <= supported | set(answer.codes)
        for finding in found:
            text = fields[finding.evidence.field]
            assert text[finding.evidence.start : finding.evidence.end] == finding.evidence.words


def test_explanations_agree_with_the_coding_on_real_and_written_interventions() -> None:
    for rows in (odd_rows(described=False), WRITTEN):
        texts = [field for field in TEXT_FIELDS if field in rows.columns]
        for row in rows[texts].to_dict("records"):
            assert_explained({field: text for field, text in row.items() if text})


PIECES = sorted({piece for text in WRITTEN["description"] for piece in text.replace(". ", ", ").split(", ")})
some_text = st.lists(
    st.sampled_from([*PIECES, "inte unga", "i lokaler hos Flens kommun", "dels", "utbildning i"]), max_size=4
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.fixed_dictionaries(dict.fromkeys(TEXT_FIELDS, some_text)), joint=st.sampled_from([", ", ". ", "\n"]))
def test_explanations_agree_with_the_coding_on_texts_put_together_from_pieces(
    texts: dict[str, list[str]], joint: str
) -> None:
    assert_explained({field: joint.join(pieces) for field, pieces in texts.items() if pieces})


def explained(**fields: str) -> Explanation:
    return explain(fields, codebook=CODEBOOK)


def finding(explanation: Explanation, words: str, dimension: str) -> Finding:
    (found,) = [
        each for each in explanation.findings if (each.dimension, each.evidence.words) == (dimension, words)
    ]  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("dimension", "words", "why", "fields"),
    [
        ("target_groups", "nyanlända", "nekas av ”inte”", {"description": "För unga, inte nyanlända."}),
        ("target_groups", "missbruk", "står efter ”bemötande av”: bara vad personalen lär sig om eller vad som utreds",
         {"description": "Utbildning för handläggare i bemötande av personer med missbruk."}),
        ("target_groups", "Unga", "fältet målgrupp går före", {"target_group_text": "Nyanlända", "name": "Unga"}),
        ("target_groups", "unga", "läses inte ur fältet sökande", {"applicant": "Stiftelsen för unga"}),
        ("target_groups", "sjukskrivning", "utesluts av termen ”utan sjukskrivning”, som träffar ”utan sjukskrivning”",
         {"description": "Unga utan sjukskrivning."}),
        ("owner", "Flens kommun", "står vid ”hos”: en plats, partner eller finansiär är ingen ägare",
         {"description": "Kursen hålls i lokaler hos Flens kommun."}),
        ("owner", "Flens kommun", "nämns bara: inga ord säger att den driver eller ansvarar för insatsen",
         {"description": "Deltagarna bor på orten och känner Flens kommun väl."}),
        ("owner", "Region Skåne", "en av flera parter, och ingen av dem räknas ensam",
         {"applicant": "Flens kommun, Region Skåne"}),
        ("owner", "Region Skåne", "fältet sökande går före",
         {"applicant": "Flens kommun", "description": "Drivs av Region Skåne."}),
        ("orientation", "rutiner", "en svag regel, som ger vika för andra",
         {"description": "Deltagarna får arbetsträning, coachning och samtal om vardagens rutiner."}),
        ("orientation", "förstudie", "fältet beskrivning går före", {"description": "Deltagarna får en coach.",
         "name": "En förstudie"}),
        ("process_support", "processledare", "ger vika för stöd till ESF-arbete",
         {"description": "Medfinansiering av ett ESF-projekt med en processledare."}),
        ("process_support", "Förstudie", "kräver ESF eller EU i texten, eller namnet på en insats med ESF-pengar",
         {"description": "Förstudie."}),
    ],
)  # fmt: skip
def test_the_reason_why_words_do_not_count_is_the_step_that_took_them(
    dimension: str, words: str, why: str, fields: dict[str, str]
) -> None:
    assert finding(explained(**fields), words, dimension).why == why


def test_words_that_count_have_their_rule_and_the_term_as_it_is_written() -> None:
    explanation = explained(description="Handläggarna får utbildning. Insatsen är för personal och chefer.")
    counted = [each for each in explanation.findings if each.dimension == "target_groups" and each.counts]
    assert {CODEBOOK.rule(each.rule).code for each in counted} == {"personal_beslutsfattare"}
    assert all(each.term in CODEBOOK.rule(each.rule).include for each in counted)


def test_a_conclusion_without_terms_of_its_own_is_told_as_its_rule() -> None:
    explanation = explained(description="För långtidsarbetslösa.")
    (concluded,) = [each for each in explanation.findings if each.dimension == "orientation"]
    assert (concluded.rule, concluded.term, concluded.evidence.words) == (
        "I-individ-malgrupp", "", "långtidsarbetslösa",
    )  # fmt: skip
    assert CODEBOOK.implied["I-individ-malgrupp"] in as_text(explanation, codebook=CODEBOOK)


def test_the_words_of_the_second_opinion_are_told() -> None:
    texts = [text for text in WRITTEN["description"] if text]
    coded = classify(pd.DataFrame({"name": "", "description": texts}), codebook=CODEBOOK)
    told = [text for text, rule in zip(texts, coded["orientation_rule"], strict=True) if rule == "I-statistik"]
    assert told
    for text in told:
        explanation = explained(description=text)
        words = [each for each in explanation.findings if each.rule == "I-statistik"]
        assert words
        assert all(each.counts and each.code == explanation.answers["orientation"].code for each in words)


def test_marks_stand_under_the_words_of_the_text_as_it_was_written() -> None:
    text = "Arbetstraning for langtidssjukskrivna\toch inte nyanlanda som ar\nlangt fran arbetsmarknaden"
    lines = as_text(explained(description=text), codebook=CODEBOOK, width=70).split("\n")
    assert lines[:7] == [
        "Beskrivning",
        "  Arbetstraning for langtidssjukskrivna och inte nyanlanda som ar",
        "  =============     ===================          ---------",
        "  langt fran arbetsmarknaden",
        "  ==========================",
        "  Läst som: Arbetsträning för långtidssjukskrivna och inte nyanlända",
        "  som är långt från arbetsmarknaden",
    ]
    assert max(map(len, lines)) <= 70


def test_a_long_text_loses_no_character_when_it_is_wrapped() -> None:
    text = "Ord " * 60 + "x" * 150 + " unga."
    lines = as_text(explained(description=text), codebook=CODEBOOK, width=60).split("\n")
    shown = [line[2:] for line in lines[1 : lines.index("")] if set(line) - set("=- ")]
    assert "".join(shown).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Coachning: för unga", {"description": "Coachning: för unga"}),
        ("För unga.\nMålgrupp: alla", {"description": "För unga.\nMålgrupp: alla"}),
        ("Sökande: Flens kommun", {"applicant": "Flens kommun"}),
        ("Namn: Väg in\nMål: Arbete\nBeskrivning: Ett: två\noch tre\n", {
            "name": "Väg in", "goal_text": "Arbete", "description": "Ett: två\noch tre",
        }),
        ("Nr\tInsats\tSökande\tBelopp\tBeskrivning\n7\tVäg in\tFlens kommun\t5\t\"Två\nrader\"\n", {
            "name": "Väg in", "applicant": "Flens kommun", "description": "Två\nrader",
        }),
        ("", {"description": ""}),
    ],
)  # fmt: skip
def test_a_pasted_intervention_is_parted_into_its_fields(text: str, fields: dict[str, str]) -> None:
    assert pasted_fields(text) == fields


def test_two_pasted_rows_or_two_columns_for_a_field_are_refused() -> None:
    with pytest.raises(PortfoljError, match="en rad i taget"):
        pasted_fields("Insats\tSökande\na\tb\nc\td\n")
    with pytest.raises(PortfoljError, match="Sökande, Sökande kan vara samma fält") as caught:
        pasted_fields("Insats\tSökande\tSökande\tBeskrivning\na\tb\tc\td\n")
    assert caught.value.exit_code == 2


def test_a_list_of_regular_expressions_is_explained_with_what_it_takes_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "taggar.csv"
    path.write_text(
        "kod;etikett;uttryck;uteslut\nU;Unga;\\bunga?\\b;\nM;;missbruk;stöd\nX;;saknas;\n", encoding="utf-8"
    )
    code, told = typed(capsys, monkeypatch, "Unga med missbruk", "--name", "Stöd", "--codebook", str(path))
    assert code == 0
    assert told.rstrip().split("\n")[-6:] == [
        "Koder: U.",
        "  = ”Unga”  U  Unga",
        "  - ”missbruk”  M",
        "      Tas bort av uteslut, som träffar ”Stöd”",
        "",
        "= räknas   - räknas inte",
    ]
    assert "  Unga med missbruk\n  ====     --------\n" in told


def typed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str, pasted: str = ""
) -> tuple[int, str]:
    """The exit code of ``portfolj codebook explain``, and what it prints."""
    monkeypatch.setattr("sys.argv", ["portfolj", "codebook", "explain", *arguments])
    monkeypatch.setattr("sys.stdin", io.StringIO(pasted))
    code: object = 0
    try:
        cli.main()
    except SystemExit as ended:
        code = ended.code or 0
    printed = capsys.readouterr()
    return int(str(code)), printed.out + printed.err


def test_texts_are_taken_from_the_argument_the_options_and_what_is_pasted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = typed(capsys, monkeypatch, "Coachning", "--applicant", "Flens kommun", "--name", "Unga")
    assert code == 0
    assert "Huvudman: Kommun (kommun)" in told
    assert "Målgrupp: Unga (unga). Grund: bara namnet." in told
    code, told = typed(capsys, monkeypatch, "-", pasted="Sökande: Flens kommun\nMålgrupp: Unga\n")
    assert "Huvudman: Kommun (kommun). Grund: eget fält." in told
    code, told = typed(capsys, monkeypatch, "-", "--field", "goal_text", pasted="Målgrupp: unga\n")
    assert told.startswith("Mål\n  Målgrupp: unga\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Ingen text"),
        (["  "], "Ingen text"),
        (["Unga", "--description", "Unga"], "två gånger"),
        (["Unga", "--federation", "x", "--codebook", "y"], "inte båda"),
        (["Unga", "--intervention", "x"], "--federation"),
        (["Unga", "--federation", "finns-inte"], "finns-inte"),
        (["Unga", "--codebook", "saknas.toml"], "saknas.toml"),
    ],
)
def test_a_command_that_can_not_be_answered_says_why(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = typed(capsys, monkeypatch, *arguments)
    assert (code, message in told) == (2, True)


def test_personal_numbers_are_masked_in_what_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, told = typed(capsys, monkeypatch, "Coachning för 19900101-0017")
    assert "0017" not in told


def test_an_intervention_of_a_ledger_is_explained_with_what_the_federation_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "raw" / "solbacka"
    folder.mkdir(parents=True)
    (folder / "beslut.csv").write_text(
        "Dnr;Insats;Sökande;Målgrupp;År;Beviljat\n1;Unga framåt;;;2024;120\n"
        "2;Grön rehab;Flens kommun;Missbruk;2024;80\n3;Lotsen;;;2024;10\n",
        encoding="utf-8",
    )
    (folder / "federation.toml").write_text(
        'name = "Solbacka"\n[ledger]\nfiles = ["beslut.csv"]\nunit = "tkr"\n'
        "[classification]\nderive_orientation = true\n",
        encoding="utf-8",
    )
    (folder / "codebook.toml").write_text(
        '[fold.target_groups]\nmissbruk = "ej_definierad"\n[[target_groups.codes.unga.rules]]\nid = "EGEN-1"\n'
        'include = ["framåt"]\n',
        encoding="utf-8",
    )
    (folder / "decisions.csv").write_text(
        "intervention_key,name,dimension,code,decided_by,decided_on,why\n2,,owner,region,Anna Ek,2026-11-20,Avtalet\n",
        encoding="utf-8",
    )
    data = ["--federation", "solbacka", "--data", str(tmp_path / "data")]
    _, told = typed(capsys, monkeypatch, *data, "--intervention", "unga framåt")
    assert "Unga (unga). Grund: bara namnet.\n  Förbundet räknar: Ej definierad, framgår bara på svagare grund." in told
    assert "EGEN-1" in told
    _, told = typed(capsys, monkeypatch, *data, "--intervention", "2")
    assert "Huvudman: Kommun (kommun). Grund: eget fält.\n  Beslutat: Region (Anna Ek, 2026-11-20: Avtalet)." in told
    assert "Förbundet räknar: Ej definierad, har en kod som inte visas för sig." in told
    _, told = typed(capsys, monkeypatch, *data, "--intervention", "Lotsen")
    assert "Förbundet räknar: Strukturpåverkande." in told
    code, told = typed(capsys, monkeypatch, *data, "--intervention", "Unga framåtz")
    assert (code, "Menade du 'Unga framåt'" in told) == (2, True)
    _, told = typed(capsys, monkeypatch, *data, "--name", "Framåt")
    assert "EGEN-1" in told
