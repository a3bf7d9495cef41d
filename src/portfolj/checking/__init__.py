"""``portfolj check``: everything in a federation's folder that a run would refuse, without running anything."""

from portfolj.checking.check import Checked, check

__all__ = ["Checked", "check"]
