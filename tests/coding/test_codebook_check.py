"""``portfolj codebook check``: every kind of fault is found, all at once, on its line; what ships has none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from portfolj.coding.faults import Checked, check_codebook, check_shipped
from portfolj.coding.source import read_text, shipped_text
from portfolj.coding.toml_lines import Key, lines_of
from portfolj.errors import Fault, InputRefused, PortfoljError

CODE = """[target_groups.codes.kriminalitet]
label_sv = "Kriminalitet"
label_en = "Crime"
definition_sv = "Personer som lämnar kriminalitet."
definition_en = "People who leave crime."
examples_sv = ["Stöd till personer som lämnar kriminalitet."]
examples_en = ["Support for people who leave crime."]
source = "Förbundets verksamhetsplan 2026"

[[target_groups.codes.kriminalitet.rules]]
id = "EGEN-01"
include = ["*kriminell*", "*kriminalitet*"]
"""


def checked(text: str) -> Checked:
    return check_codebook(text, file="egen.toml")


def told(faults: tuple[Fault, ...]) -> list[tuple[int, str]]:
    """The line of each fault, and what was found."""
    return [(int(fault.cell.split(",")[0].removeprefix("rad ")), fault.found) for fault in faults]


def test_the_shipped_codebook_has_neither_faults_nor_warnings() -> None:
    result = check_shipped()
    assert [str(fault) for fault in (*result.faults, *result.warnings)] == []
    table = tomllib.loads(shipped_text())
    codes = [code for dimension in ("owner", "target_groups", "orientation", "process_support")
             for code in table[dimension]["codes"].values()]  # fmt: skip
    rules = [rule for code in codes for rule in code.get("rules", [])]
    terms = sum(len(rule["include"]) + len(rule.get("exclude", [])) for rule in rules)
    terms += sum(len(role["include"]) for role in table["roles"])
    assert f": {len(codes)} koder, {len(rules)} regler, {len(table['roles'])} roller, {terms} termer." in result.summary


def test_a_federations_additions_that_are_right_have_no_faults_or_warnings() -> None:
    result = checked('version = "2026-02"\n' + CODE + '[fold.target_groups]\nmissbruk = "kriminalitet"\n')
    assert (result.faults, result.warnings) == ((), ())
    assert result.summary.endswith("+2026-02 lägger till: 1 kod, 1 regel, 2 termer, 1 sammanslagning.")


def test_an_empty_file_adds_nothing_and_has_no_faults() -> None:
    assert checked("") == Checked((), (), checked("# bara en kommentar\n").summary)


def test_a_rule_for_fields_that_its_dimension_is_never_read_from_is_a_fault() -> None:
    (fault,) = checked(CODE + 'fields = ["applicant"]\n').faults
    assert told((fault,)) == [(13, "target_groups läses aldrig ur applicant, så regeln kan inte svara")]
    assert "description" in fault.allowed


def test_a_dead_term_is_a_fault_on_its_own_line() -> None:
    result = checked(CODE.replace('["*kriminell*", ', '[\n    "*kriminell*",\n    ') + 'exclude = ["*kriminalitet*"]\n')
    assert told(result.faults) == [(14, "”*kriminalitet*” utesluts alltid av regelns egna exclude")]


def test_a_term_of_a_word_list_is_dead_only_where_all_its_words_are() -> None:
    lists = '[lists]\nvuxna = ["medelålders", "femtioåringar"]\n'
    rule = '[[target_groups.codes.unga.rules]]\nid = "EGEN-02"\ninclude = ["{vuxna} nybörjare"]\n'
    assert checked(lists + rule + 'exclude = ["medelålders"]\n').faults == ()
    result = checked(lists + rule + 'exclude = ["medelålders", "nybörjare"]\n')
    assert told(result.faults) == [(5, "”{vuxna} nybörjare” utesluts alltid av regelns egna exclude")]


def test_an_owners_term_that_another_owner_has_is_a_fault() -> None:
    text = '[[owner.codes.region.rules]]\nid = "EGEN-03"\ninclude = [\n  "jobbtorg*"\n]\n'
    ((line, found),) = told(checked(text).faults)
    assert line == 4
    assert "kommun (O-kommun-03)" in found


def test_a_term_that_always_brings_another_code_is_a_warning_until_it_is_meant_or_excluded() -> None:
    rule = '\n[[target_groups.codes.kriminalitet.rules]]\nid = "EGEN-04"\ninclude = ["unga kriminella"]\n'
    ((line, found),) = told(checked(CODE + rule).warnings)
    assert (line, found) == (
        16, "”unga kriminella” ger alltid unga också, genom ”unga” i T-unga-01",
    )  # fmt: skip
    meant = '[[target_groups.codes.unga.rules]]\nid = "EGEN-05"\ninclude = ["unga kriminella"]\n'
    assert not any("alltid" in found for _, found in told(checked(CODE + rule + meant).warnings))
    excluded = '[[target_groups.codes.unga.rules]]\nid = "T-unga-01"\nexclude = ["unga kriminella"]\n'
    assert checked(CODE + rule + excluded).warnings == ()


def test_a_shipped_term_that_an_own_broader_term_always_joins_is_a_warning_at_the_own_term() -> None:
    result = checked(CODE.replace('"*kriminell*"', '"*missbr*"'))
    lines = told(result.warnings)
    assert {line for line, _ in lines} == {12}
    found = "”*missbruk*” (T-missbruk-01) ger alltid kriminalitet också, genom ”*missbr*” i EGEN-01"
    assert found in [found for _, found in lines]


def test_a_weak_term_that_always_gives_way_is_a_warning() -> None:
    rule = (
        '\n[[target_groups.codes.kriminalitet.rules]]\nid = "EGEN-06"\nstrength = "weak"\ninclude = ["unga på väg"]\n'
    )
    ((line, found),) = told(checked(CODE + rule).warnings)
    assert line == 17
    assert found == "”unga på väg” ger inte kriminalitet, för ”unga” i T-unga-01 går före"


def test_a_term_that_the_shipped_codebook_has_no_need_of_is_a_warning() -> None:
    text = '[[target_groups.codes.missbruk.rules]]\nid = "EGEN-07"\ninclude = ["spelmissbruk", "krogvana"]\n'
    ((line, found),) = told(checked(text).warnings)
    assert line == 3
    assert found.startswith("”spelmissbruk” behövs inte")


def test_a_term_twice_in_a_list_is_a_warning_where_it_stands_last() -> None:
    result = checked(CODE.replace('"*kriminell*", ', '"*kriminell*",\n"*kriminell*",\n'))
    assert told(result.warnings) == [(13, "”*kriminell*” står 2 gånger i include")]


def test_an_example_that_does_not_get_its_code_is_a_fault_on_its_line() -> None:
    text = CODE.replace("examples_sv = [", 'examples_sv = [\n  "Stöd till unga.",\n  ')
    ((line, found),) = told(checked(text).faults)
    assert (line, found) == (7, "Exemplet ”Stöd till unga.” får unga i stället för kriminalitet")


def test_an_example_of_the_shipped_codebook_that_an_addition_breaks_is_told() -> None:
    text = '[[target_groups.codes.missbruk.rules]]\nid = "T-missbruk-01"\nexclude = ["personer med missbruk"]\n'
    (fault,) = checked(text).faults
    assert fault.found.startswith(
        "Ett exempel i portfoljs kodbok, ”Personer med missbruk får stöd mot arbete.”, får nu"
    )


def test_a_code_without_examples_source_or_rules_is_a_warning() -> None:
    bare = "\n".join(CODE.splitlines()[:5]) + "\n"
    assert told(checked(bare).warnings) == [
        (1, "examples_sv, examples_en, source saknas"),
        (1, "Koden har inga regler, så bara beslut kan ge den"),
    ]
    assert len(checked(bare + '[fold.target_groups]\nmissbruk = "kriminalitet"\n').warnings) == 1


def test_a_code_without_its_definition_is_a_fault() -> None:
    result = checked(CODE.replace('definition_sv = "Personer som lämnar kriminalitet."\n', ""))
    assert told(result.faults) == [(1, "definition_sv saknas")]


def test_an_expression_that_could_hang_is_a_fault_and_a_repeat_in_a_repeat_a_warning() -> None:
    text = CODE.replace('"*kriminell*", ', "\n're:kriminell(a+)+$',\n're:(?:krim\\w*){1,2}x',\n're:brott(?:s+)+',\n")
    result = checked(text)
    assert [(line, "kan hänga" in found) for line, found in told(result.faults)] == [(13, True)]
    assert [(line, "upprepning i en upprepning" in found) for line, found in told(result.warnings)] == [(15, True)]


TERMS = {
    '"*"': "träffar nästan allt",
    '"<3> unga"': "mellan två ord",
    '"{kommuner} stad"': "{municipality}",
    "'re:un(ga'": "en parentes ( saknar sin )",
    "'re:x*'": "tom text",
    "'re:a{99999999999}'": "för stort",
    f"'re:{'(' * 5000}a{')' * 4900}'": "för stort",
    f"'re:{'(' * 60}a{')' * 60}'": "i varandra",
    f"'re:{'a' * 20_000}'": "20000 tecken",
    '"re:\\\\b(ung"': "en parentes ( saknar sin )",
    '"re:\\bung"': "styrtecken",
    '""': "tom",
}


def test_every_term_that_breaks_the_syntax_is_a_fault_with_the_reason_and_the_line() -> None:
    found = told(checked(CODE.replace('"*kriminell*"', "\n" + ",\n".join(TERMS))).faults)
    assert [line for line, _ in found] == list(range(13, 13 + len(TERMS)))
    for (_, message), (term, why) in zip(found, TERMS.items(), strict=True):
        assert why in message, term
        assert len(message) < 300


def test_everything_wrong_in_a_code_and_its_rules_stands_with_its_line() -> None:
    text = """[target_groups.codes.kriminalitet]
lable_sv = "Kriminalitet"
label_en = 3
definition_sv = "Personer som lämnar kriminalitet."
definition_en = "People who leave crime."
source = ["a"]

[[target_groups.codes.kriminalitet.rules]]
id = "EGEN-01"
include = ["*kriminell*"]
alone = "ja"
strength = "stark"
fields = "name"

[[target_groups.codes.kriminalitet.rules]]
id = "EGEN-01"
inclde = ["*kriminalitet*"]
fields = ["name", "namn"]

[[target_groups.codes.kriminalitet.rules]]
include = ["*brott*"]
"""
    assert sorted(told(checked(text).faults)) == [
        (1, "label_sv, label_en saknas"),
        (2, "'lable_sv' finns inte"),
        (3, "label_en är ingen text"),
        (6, "source är ingen text"),
        (11, "alone är 'ja'"),
        (12, "strength är 'stark'"),
        (13, "fields är ingen lista av texter"),
        (15, "Regeln saknar termer"),
        (16, "Id 'EGEN-01' står också på rad 8"),
        (17, "'inclde' finns inte"),
        (18, "Fältet 'namn' finns inte"),
        (20, "Regeln saknar id"),
    ]


def test_names_that_a_cell_of_codes_could_not_hold_and_rules_of_no_answer_are_faults() -> None:
    text = CODE.replace("codes.kriminalitet", 'codes."a;b"').replace('"EGEN-01"', '"EGEN;01"')
    text += '[[target_groups.codes.ej_definierad.rules]]\nid = "E2"\ninclude = ["okänd"]\n'
    assert told(checked(text).faults) == [
        (1, "Koden heter 'a;b'"),
        (11, "Id är 'EGEN;01'"),
        (13, "ej_definierad får inga regler: den är svaret när ingen annan kod träffar"),
    ]


def test_faults_of_all_kinds_come_together_in_the_order_of_the_file() -> None:
    text = (
        CODE.replace("label_en", "lable_en").replace('"*kriminell*"', "'re:(a+)+$', '*'") + 'exclude = ["*krimin*"]\n'
    )
    lines = [line for line, _ in told(checked(text).faults)]
    assert lines == sorted(lines) == [1, 3, 12, 12, 12]


def test_a_whole_codebook_needs_the_codes_and_words_that_the_program_gives() -> None:
    text = shipped_text()
    text = text.replace("[orientation.codes.blandad]", "[orientation.codes.bada]", 1)
    text = text.replace("orientation.codes.blandad.rules", "orientation.codes.bada.rules")
    text = text.replace('ambiguous = { sv = "underlaget är tvetydigt", ', "ambiguous = { ")
    text = text.replace("T-personal-inriktning = ", "T-personal = ")
    rows = text.split("\n")
    found = told(checked(text).faults)
    assert [rows[line - 1].split(" =")[0] for line, _ in found] == [
        "ambiguous", "[implied]", "[orientation.codes.strukturpaverkande]", "[orientation.codes.bada]",
    ]  # fmt: skip
    assert "blandad" in found[2][1]


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("[fold]\nx = \n", "rad 2, tecken 5", "följer inte TOML"),
        ("a = 1\na = 2", "rad 2, tecken 6", "två gånger"),
        ("[fold]\n[lists]\n[fold]\n", "rad 3, tecken 6", "två gånger"),
        ('x = ["re:\\d+"]', "rad 1, tecken 12", "omvänt snedstreck"),
        ("[target_groups.codes.ätstörning]\n", "rad 1, tecken 22", "ska en nyckel stå"),
        ("[target_groups.codes.våld]\n", "rad 1, tecken 23", "ska en nyckel stå"),
        ("label_sv = ”Våld”\n", "rad 1, tecken 12", "krulligt citattecken"),
        ("x = [1,\n", "", "slutar för tidigt"),
        ("x = " + "[" * 9000, "", "för många steg"),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_the_line_and_what_is_wrong(text: str, place: str, found: str) -> None:
    (fault,) = checked(text).faults
    assert fault.cell == place
    assert found in fault.found


def test_a_file_in_another_coding_is_told_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "egen.toml"
    for content, line in ((CODE.encode("cp1252"), 4), (CODE.encode("utf-16"), 1), (b"\x89PNG\r\n\x1a\n\x00\xff", 1)):
        path.write_bytes(content)
        with pytest.raises(InputRefused) as caught:
            read_text(path)
        assert caught.value.faults[0].cell == f"rad {line}"
    path.write_bytes(CODE.encode("utf-8-sig"))
    assert checked(read_text(path)).faults == ()
    with pytest.raises(PortfoljError, match="går inte att läsa"):
        read_text(tmp_path)


ODD = """# a = 1
a = 1 # [x]
"b c".d = 'x]#'
[e.f] # h
list = [ # c
  "one",
  ["two", { three = "x", four = [
    4 ] }],
]
text = \"\"\"
[g]
\\" \"\"\"\"
when = 1979-05-27 07:32:00
[[h]]
[h.i]
j = '''
k'''
[[h]]
l = {}
[[h.m]]
[[h.m]]
n.o = [[]]
"""
ODD_LINES = {
    ("a",): 2, ("b c",): 3, ("b c", "d"): 3, ("e",): 4, ("e", "f"): 4, ("e", "f", "list"): 5, ("e", "f", "list", 0): 6,
    ("e", "f", "list", 1): 7, ("e", "f", "list", 1, 0): 7, ("e", "f", "list", 1, 1): 7,
    ("e", "f", "list", 1, 1, "three"): 7, ("e", "f", "list", 1, 1, "four"): 7, ("e", "f", "list", 1, 1, "four", 0): 8,
    ("e", "f", "text"): 10, ("e", "f", "when"): 13, ("h",): 14, ("h", 0): 14, ("h", 0, "i"): 15, ("h", 0, "i", "j"): 16,
    ("h", 1): 18, ("h", 1, "l"): 19, ("h", 1, "m"): 20, ("h", 1, "m", 0): 20, ("h", 1, "m", 1): 21,
    ("h", 1, "m", 1, "n"): 22, ("h", 1, "m", 1, "n", "o"): 22, ("h", 1, "m", 1, "n", "o", 0): 22,
}  # fmt: skip


def keys_of(value: Any, key: Key = ()) -> set[Key]:
    """Every key and list place that ``tomllib`` found."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {key} - {()} | {found for name, item in inner for found in keys_of(item, (*key, name))}


def test_the_line_of_everything_in_a_toml_text_is_known() -> None:
    assert lines_of(ODD) == ODD_LINES
    assert set(ODD_LINES) == keys_of(tomllib.loads(ODD))
    assert lines_of(ODD.replace("\n", "\r\n")) == ODD_LINES


def test_the_line_of_every_term_of_the_shipped_codebook_holds_it() -> None:
    text, lines = shipped_text(), lines_of(shipped_text())
    table, rows = tomllib.loads(text), text.split("\n")
    assert set(lines) == keys_of(table)
    for key, line in lines.items():
        value: Any = table
        for part in key:
            value = value[part]
        if isinstance(value, str):
            assert value.replace("\\", "\\\\") in rows[line - 1]
