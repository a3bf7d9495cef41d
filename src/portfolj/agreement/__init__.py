"""How well coders agree, people and machine: samples to code twice, measures with intervals, confusions."""

from portfolj.agreement.answers import CodedRows, with_machine
from portfolj.agreement.coded_file import read_coded
from portfolj.agreement.confusions import confusions
from portfolj.agreement.measure import Figure, measure_agreement
from portfolj.agreement.sample import draw_sample
from portfolj.agreement.sample_file import write_sample

__all__ = [
    "CodedRows",
    "Figure",
    "confusions",
    "draw_sample",
    "measure_agreement",
    "read_coded",
    "with_machine",
    "write_sample",
]
