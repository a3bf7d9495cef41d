"""A file with a logic model: what it may hold, and every fault in it at once with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from logic_case import WHOLE, boxes, faults_of, links, model

from portfolj.errors import InputRefused, Reason
from portfolj.federation import load_federation
from portfolj.logic.circles import circles
from portfolj.logic.model import KINDS
from portfolj.logic.reading import read_logic

TWO = boxes(activities=["kurs"], outputs=["gatt"])


def only(text: str) -> tuple[Reason, str]:
    (fault,) = faults_of(text)
    return fault.reason, fault.cell


def test_a_whole_model_is_read_as_it_stands() -> None:
    read = model()
    assert (read.title, read.about, read.name) == ("Vägen till arbete", "intervention", "Insats")
    assert [item.kind for item in read.items] == list(KINDS)
    assert read.by_id["tid"].indicator.planned == 754
    assert read.by_id["mal"].indicator.goal == "1"
    assert [(link.start, link.end) for link in read.links][:2] == [("tid", "kurs"), ("kurs", "gatt")]
    assert read.links[-1].indicator.goal == "1"  # a link that is measured by the goal it leads to


def test_list_and_table_notation_give_the_same_model() -> None:
    inline = 'title = "Modell"\nactivities = [{ id = "a", text = "A" }]\ngoals = [{ id = "g", text = "G" }]\n'
    inline += 'links = [{ from = "a", to = "g" }]\n'
    tables = boxes(activities=["a"], goals=["g"]) + links("a > g")
    one, other = model(inline), model(tables)
    assert [(i.id, i.kind, i.text) for i in one.items] == [(i.id, i.kind, i.text) for i in other.items]
    assert [(k.start, k.end) for k in one.links] == [(k.start, k.end) for k in other.links]


@pytest.mark.parametrize(
    ("text", "reason", "cell"),
    [
        (TWO.replace('title = "Modell"', ""), Reason.VALUE_MISSING, "title"),
        ('title = "Modell"', Reason.VALUE_MISSING, ""),
        (TWO + "[[activitys]]\n", Reason.SETTING_WRONG, "rad 8, activitys"),
        (TWO + '[[goals]]\nid = "g"\ntext = "G"\nverdict = "nästan"\n', Reason.WORD_UNKNOWN, "rad 11, goals, g"),
        (TWO + '[[goals]]\nid = "g"\n', Reason.VALUE_MISSING, "rad 8, goals, g"),
        (TWO + '[[goals]]\ntext = "G"\n', Reason.VALUE_MISSING, "rad 8, goals"),
        (TWO + '[[goals]]\nid = "g g"\ntext = "G"\n', Reason.SETTING_WRONG, "rad 8, goals, g g"),
        (TWO + '[[goals]]\nid = "kurs"\ntext = "G"\n', Reason.ID_TWICE, "rad 8, goals, kurs"),
        (TWO + '[[goals]]\nid = "g"\ntext = 3\n', Reason.SETTING_WRONG, "rad 10, goals, g"),
        ('title = "M"\nactivities = "kurs"\n', Reason.SETTING_WRONG, "rad 2, activities"),
        ('title = "M"\nabout = "insats"\n' + TWO.partition("\n")[2], Reason.WORD_UNKNOWN, "rad 2, about"),
        ('title = "M"\nabout = "municipality"\n' + TWO.partition("\n")[2], Reason.VALUE_MISSING, "rad 2, about"),
        (TWO + links("kurs > gat"), Reason.ID_UNKNOWN, "rad 10, links, kurs → gat"),
        (TWO + '[[links]]\nto = "gatt"\n', Reason.VALUE_MISSING, "rad 8, links,  → gatt"),
        (TWO + links("kurs > gatt", "kurs > gatt"), Reason.LINK_TWICE, "rad 11, links, kurs → gatt"),
        (TWO + links("gatt > kurs"), Reason.LINK_BACKWARDS, "rad 8, links, gatt → kurs"),
        (TWO + links("kurs > kurs"), Reason.LINK_CIRCLE, "rad 8, links, kurs → kurs"),
        (TWO + links("kurs > gatt") + 'measured = "andel"\n', Reason.WORD_UNKNOWN, "rad 11, links, kurs → gatt"),
        (TWO + links("kurs > gatt") + 'measured = "goal"\n', Reason.VALUE_MISSING, "rad 11, links, kurs → gatt"),
        (TWO + links("kurs > gatt") + "goal = 1\n", Reason.SETTING_WRONG, "rad 11, links, kurs → gatt"),
        (TWO + links("kurs > gatt") + "outcome = 4\n", Reason.VALUE_MISSING, "rad 8, links, kurs → gatt"),
        (TWO + links("kurs > gatt") + 'outcome = "4"\nunit = "h"\n', Reason.NUMBER_UNREADABLE,
         "rad 11, links, kurs → gatt"),
        (TWO + "[[goals]]\nid = 3\ntext = 'G'\n", Reason.SETTING_WRONG, "rad 9, goals"),
        (TWO + links("kurs > gatt") + 'outcome = -4\nunit = "h"\n', Reason.NUMBER_UNREADABLE,
         "rad 11, links, kurs → gatt"),
        (TWO + links("kurs > gatt") + "verdict = 'met'\n", Reason.SETTING_WRONG, "rad 11, links, kurs → gatt"),
        ('title = "M"\n[[mål]]\n', Reason.SETTING_WRONG, "rad 2, tecken 4"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_reason_and_place(text: str, reason: Reason, cell: str) -> None:
    assert only(text) == (reason, cell)


def test_only_one_of_intervention_and_municipality_is_allowed() -> None:
    faults = faults_of('intervention = "A"\nmunicipality = "B"\n' + TWO)
    assert faults[0].cell == "rad 2, municipality"


def test_a_name_that_the_model_is_not_about_is_a_fault() -> None:
    assert only('about = "federation"\nintervention = "A"\n' + TWO) == (Reason.SETTING_WRONG, "rad 2, intervention")


def test_the_nearest_id_and_key_are_suggested() -> None:
    assert faults_of(TWO + links("kurs > gat"))[0].action == "Menade du gatt?"
    assert faults_of(TWO + "[[activitys]]\n")[0].action == "Menade du activities?"


def test_a_circle_is_named_with_the_boxes_along_it() -> None:
    text = boxes(activities=["a", "b", "c"]) + links("a > b", "b > c", "c > a")
    (fault,) = faults_of(text)
    assert fault.reason is Reason.LINK_CIRCLE
    assert "a → b → c → a" in fault.found
    assert fault.cell == "rad 17, links, c → a"


def test_two_circles_are_told_at_once() -> None:
    found = circles([("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "c")])
    assert found == [("a", "b", "a"), ("c", "d", "c")]


def test_links_without_a_circle_have_none() -> None:
    assert circles([("a", "b"), ("a", "c"), ("b", "c")]) == []


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_the_file() -> None:
    text = boxes(activities=["a", "a"], goals=["g"]) + links("g > h") + links("g > g")
    reasons = [fault.reason for fault in faults_of(text)]
    assert reasons == [Reason.ID_TWICE, Reason.ID_UNKNOWN, Reason.LINK_CIRCLE]


def test_a_link_to_a_doubled_id_gives_no_further_fault() -> None:
    text = boxes(activities=["a"], goals=["a", "g"]) + links("g > a")
    assert [fault.reason for fault in faults_of(text)] == [Reason.ID_TWICE]


def test_a_verdict_may_be_written_in_swedish() -> None:
    text = TWO + '[[goals]]\nid = "g"\ntext = "G"\nverdict = "Delvis uppfyllt"\n'
    assert model(text).by_id["g"].verdict == "partly_met"


def test_a_personal_number_is_masked_in_texts_and_in_faults() -> None:
    number = "19121212-1212"
    assert number not in model(TWO.replace('"KURS"', f'"Kurs för {number}"')).by_id["kurs"].text
    (fault,) = faults_of(TWO + f'[[goals]]\nid = "g"\ntext = "G"\nverdict = "{number}"\n')
    assert "1212" not in str(fault)


def write(folder: Path, settings: str, **files: str) -> Path:
    (folder / "liggare.csv").write_text("Insats;Belopp\nA;1\n", encoding="utf-8")
    text = f'name = "Provet"\n[ledger]\nfiles = ["liggare.csv"]\nunit = "kr"\n[logic]\nfiles = {settings}\n'
    (folder / "federation.toml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder


def test_the_faults_of_every_file_are_told_together(tmp_path: Path) -> None:
    write(tmp_path, '["a.toml", "b.toml", "c.toml", "a.toml"]', a=TWO + links("kurs > x"), b="title = ")
    with pytest.raises(InputRefused) as refused:
        read_logic(load_federation(tmp_path))
    assert [(fault.file, fault.reason) for fault in refused.value.faults] == [
        ("federation.toml", Reason.SETTING_WRONG),
        ("a.toml", Reason.ID_UNKNOWN),
        ("b.toml", Reason.SETTING_WRONG),
        ("federation.toml", Reason.FILE_MISSING),
    ]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, '["a.toml"]')
    (tmp_path / "a.toml").write_bytes('title = "Väg"\n'.encode("cp1252"))
    with pytest.raises(InputRefused) as refused:
        read_logic(load_federation(tmp_path))
    assert [fault.place for fault in refused.value.faults] == ["a.toml, rad 1"]


def test_a_federation_without_models_has_none(tmp_path: Path) -> None:
    read = read_logic(load_federation(write(tmp_path, "[]")))
    assert (read.models, read.remarks) == ((), ())


def test_a_file_with_a_mark_of_its_encoding_is_read(tmp_path: Path) -> None:
    write(tmp_path, '["a.toml"]', a="\ufeff" + WHOLE.lstrip())
    assert read_logic(load_federation(tmp_path)).models[0].title == "Vägen till arbete"
