"""A codebook of regular expressions: read, refused where it is wrong, and the same hits as pandas and ``re``."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import ANY

import pandas as pd
import pytest

from portfolj.coding import load_tags, tag_texts
from portfolj.errors import InputRefused, PortfoljError

HEAD = "Code,tag,Notes,Regular expression,Exclude regular expression\n"
UKCAT = Path(__file__).parents[2] / "benchmarks" / "data" / "ukcat.csv"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tags.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_tag_stands_where_its_expression_does_and_the_exclude_does_not(tmp_path: Path) -> None:
    path = written(
        tmp_path, HEAD + r"A,Army,,\barmy\b,\bsalvation army\b" + "\nB,Heading,,,\n" + r"C,Dogs,x,\bdogs?\b," + "\n"
    )
    texts = ["The Army and a DOG", "Salvation army, then the army", "dogma", None, "dogs"]
    tagged = tag_texts(texts, tags=load_tags(path))  # type: ignore[arg-type]
    assert tagged.to_dict("split")["data"] == [
        [0, "A", "Army", "Army", 4, 8],
        [0, "C", "Dogs", "DOG", 15, 18],
        [4, "C", "Dogs", "dogs", 0, 4],
    ]


def test_swedish_headings_and_semicolons_are_read(tmp_path: Path) -> None:
    tags = load_tags(written(tmp_path, "Kod;Etikett;Uttryck;Uteslut\nU;Unga;ung(a|dom);ungern\n")).tags
    assert [(tag.code, tag.tag, tag.include.pattern, tag.exclude and tag.exclude.pattern) for tag in tags] == [
        ("U", "Unga", "ung(a|dom)", "ungern")
    ]


def test_all_that_is_wrong_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = HEAD + 'A,a,,(,\nA,b,,x*,\nB,"two\nlines",,fine,\nC,c,,ok,[\nD,d,,(a+)+$,\n'
    with pytest.raises(InputRefused) as caught:
        load_tags(written(tmp_path, text))
    assert "kan hänga" in caught.value.faults[-1].found
    assert [(fault.cell, fault.found) for fault in caught.value.faults] == [
        ("rad 2", "Uttrycket i include kan inte användas: en parentes ( saknar sin ) (tecken 1 i uttrycket)"),
        ("rad 3", "Koden 'A' står på två rader"),
        ("rad 3", "Uttrycket i include kan inte användas: uttrycket träffar en tom text; kräv minst ett tecken"),
        ("rad 6", "Uttrycket i exclude kan inte användas: en hakparentes [ saknar sin ] (tecken 1 i uttrycket)"),
        ("rad 7", ANY),
    ]


def test_a_file_that_is_no_codebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="Rubriken för include saknas"):
        load_tags(written(tmp_path, "code,tag\nA,b\n"))
    with pytest.raises(PortfoljError, match=r"saknas\.csv"):
        load_tags(tmp_path / "saknas.csv")
    path = tmp_path / "binary.csv"
    for content in (b"\x89PNG\r\n\x1a\n\x00\x81\xff", HEAD.encode() + b"A," + b"a" * 200_000 + b",,x,\n"):
        path.write_bytes(content)
        with pytest.raises(PortfoljError, match="binary"):
            load_tags(path)


def test_a_file_as_excel_saves_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    path.write_bytes("kod;etikett;uttryck\r\nÅ;Åldrar;år\r\n".encode("cp1252"))
    assert [(tag.code, tag.tag) for tag in load_tags(path).tags] == [("Å", "Åldrar")]


def test_the_public_list_gives_the_hits_of_pandas_and_no_expression_of_it_hangs() -> None:
    tags = load_tags(UKCAT)
    assert len(tags.tags) > 200
    words = sorted({word for tag in tags.tags for word in tag.include.pattern.replace("\\b", "|").split("|")})
    plain = ["".join(letter for letter in word if letter.isalnum() or letter in " -'.") for word in words]
    texts = pd.Series([" ".join(plain[at : at + 5]) for at in range(0, len(plain), 2)], dtype="object")
    expected = set()
    for tag in tags.tags:
        found = [bool(tag.include.search(text)) and not (tag.exclude and tag.exclude.search(text)) for text in texts]
        expected.update((row, tag.code) for row in texts.index[found])
    tagged = tag_texts(texts, tags=tags)
    assert set(zip(tagged["row"], tagged["code"], strict=True)) == expected
    assert len(expected) > 500
