"""How well coders agree, people and machine: samples to code twice, measures with intervals, confusions."""

from portfolj.agreement.answers import CodedRows, with_machine
from portfolj.agreement.coded_file import read_coded
from portfolj.agreement.confusions import confusions, differing
from portfolj.agreement.measure import Figure, measure_agreement
from portfolj.agreement.result_file import figures_table, write_result
from portfolj.agreement.sample import draw_sample
from portfolj.agreement.sampling import sample_federation
from portfolj.agreement.shipped import shipped_quality
from portfolj.agreement.shipped_words import quality_sentence
from portfolj.agreement.words import told

__all__ = [
    "CodedRows",
    "Figure",
    "confusions",
    "differing",
    "draw_sample",
    "figures_table",
    "measure_agreement",
    "quality_sentence",
    "read_coded",
    "sample_federation",
    "shipped_quality",
    "told",
    "with_machine",
    "write_result",
]
