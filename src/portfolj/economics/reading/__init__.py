"""The federation's own files on economics: incomes, transitions, values, break-even and what others have printed."""

from portfolj.economics.reading.files import EconomicsFiles, empty_frame
from portfolj.economics.reading.read import read_economics

__all__ = ["EconomicsFiles", "empty_frame", "read_economics"]
