"""How well coders agree, people and machine: samples to code twice, measures with intervals, confusions."""

from portfolj.agreement.answers import CodedRows, with_machine
from portfolj.agreement.coded_file import read_coded
from portfolj.agreement.confusions import confusions, differing
from portfolj.agreement.measure import Figure, measure_agreement
from portfolj.agreement.sample import draw_sample
from portfolj.agreement.sample_file import write_sample
from portfolj.agreement.shipped import shipped_quality
from portfolj.agreement.shipped_words import quality_sentence

__all__ = [
    "CodedRows",
    "Figure",
    "confusions",
    "differing",
    "draw_sample",
    "measure_agreement",
    "quality_sentence",
    "read_coded",
    "shipped_quality",
    "with_machine",
    "write_sample",
]
