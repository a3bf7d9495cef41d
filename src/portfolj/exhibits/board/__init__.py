"""The whole on one page for a board. Each takes an ``Evaluation`` and gives HTML for notebook and page."""

from portfolj.exhibits.board.cross import groups_and_orientations
from portfolj.exhibits.board.page import board_sentences, funded, results, to_decide, unknown

__all__ = ["board_sentences", "funded", "groups_and_orientations", "results", "to_decide", "unknown"]
