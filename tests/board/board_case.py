"""The board's page of a federation, made in this process: the notebook's cells in order, rendered as a report does."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import nbformat

from portfolj import exhibits
from portfolj.evaluation import Evaluation, open_evaluation
from portfolj.places import Places
from portfolj.report.execute import ExecutedNotebook
from portfolj.report.pages import PAGES, page_context, siblings
from portfolj.report.render import ONLY_IN_JUPYTER, render_page

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "0_board.ipynb"
DEMOS = tuple(sorted(path.parent.name for path in (ROOT / "data" / "raw").glob("*/federation.toml")))


@cache
def evaluation_of(federation: str, places: Places) -> Evaluation:
    """A federation's evaluation, opened once."""
    return open_evaluation(federation, places=places)


def page_of(evaluation: Evaluation) -> str:
    """The page as HTML."""
    node = nbformat.read(NOTEBOOK, as_version=4)
    for cell in node.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and ONLY_IN_JUPYTER not in tags and "parameters" not in tags:
            shown = eval(cell.source, {"exhibits": exhibits, "evaluation": evaluation})
            data = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
            cell.outputs = [nbformat.v4.new_output("execute_result", data)]
    board = PAGES[0]
    context = page_context(evaluation.portfolio, board.title, siblings(board))
    return render_page(ExecutedNotebook(NOTEBOOK.name, node, {}, NOTEBOOK), page=context)
