"""What the documentation says of logic models holds: its example gives its figures, its lists are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portfolj.exhibits.logic import words
from portfolj.followup.codes import codes_of
from portfolj.followup.view import open_follow_up
from portfolj.logic import remarks, view
from portfolj.logic.measures import MEASURES
from portfolj.logic.model import ABOUT, KINDS
from portfolj.logic.model_file import AIM_KEYS, LINK_KEYS, MODEL_KEYS
from portfolj.logic.view import LogicView, open_logic
from portfolj.places import Places
from portfolj.portfolio.view import open_portfolio

ROOT = Path(__file__).parents[2]

REFERENCE = (ROOT / "docs" / "reference" / "logiska-modeller.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "docs" / "how-to" / "logisk-modell.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> LogicView:
    """The how-to's federation with its first model, which is the whole one."""
    base = tmp_path_factory.mktemp("example")
    files: dict[str, str] = {}
    for name, content in re.findall(r"<!-- fil: (\S+) -->\n```\w*\n(.*?)```", EXAMPLE, flags=re.DOTALL):
        files.setdefault(name, content)
    for name, content in files.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(content, encoding="utf-8")
    places = Places(data=base / "data", out=base / "reports", notebooks=ROOT / "notebooks")
    return open_logic(open_follow_up(open_portfolio("solvik", places=places)))


def test_the_examples_figures_are_those_of_its_files(example: LogicView) -> None:
    links = example.tables["links"].set_index("to")
    assert links.loc["slutfort", "value"] == 41 + 9
    assert links.loc["arbete", ["count", "of", "value"]].to_list() == [14 + 3, 41, 41.5]  # 17 / 41 = 0.4146
    assert links.loc["halften", "verdict"] == "partly_met"
    items = example.tables["items"].set_index("id")
    assert items.loc["slutfort", "value"] == 41
    assert items.loc["halften", "verdict"] == "partly_met"


def test_the_example_is_drawn_and_read_out(example: LogicView, tmp_path: Path) -> None:
    from portfolj.exhibits import logic

    page = str(logic.models(example)).replace("\xa0", " ")
    assert "41 % (28–57), 17 av 41 avslut" in page  # 1 450 of 1 600 is 90.6 %
    assert "1 450 av 1 600 planerade timmar (91 %)" in page


def test_every_key_kind_measure_and_weakness_stands_in_the_reference() -> None:
    described = set(re.findall(r"`(\w+)`", REFERENCE))
    keys = {*MODEL_KEYS, *AIM_KEYS, *LINK_KEYS, *ABOUT, *KINDS, *MEASURES, *codes_of("verdict")}
    assert keys | {*remarks.ACTIONS, *view.ACTIONS} <= described


def test_every_code_has_its_word() -> None:
    assert set(words.KINDS) == set(KINDS)
    assert set(words.MEASURES) == set(MEASURES)
    assert set(words.VERDICTS) == set(codes_of("verdict"))
