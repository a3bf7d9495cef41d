"""Owner, target groups, orientation and process support of an intervention, by a codebook that is data."""

from portfolj.coding.answers import Evidence, parse_evidence
from portfolj.coding.classify import classify, coded_columns
from portfolj.coding.codebook import Codebook, DecidedBy, Missing
from portfolj.coding.decisions import decision_remarks, read_decisions, unused_decisions
from portfolj.coding.load import ADDITIONS_FILE, codebook_in, codebook_of, load_codebook, set_up
from portfolj.coding.settle import settle
from portfolj.coding.table import classify_table, read_columns, tag_table
from portfolj.coding.tags import Tags, load_tags, tag_texts

__all__ = [
    "ADDITIONS_FILE",
    "Codebook",
    "DecidedBy",
    "Evidence",
    "Missing",
    "Tags",
    "classify",
    "classify_table",
    "codebook_in",
    "codebook_of",
    "coded_columns",
    "decision_remarks",
    "load_codebook",
    "load_tags",
    "parse_evidence",
    "read_columns",
    "read_decisions",
    "set_up",
    "settle",
    "tag_table",
    "tag_texts",
    "unused_decisions",
]
