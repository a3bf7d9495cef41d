"""Many reports in one run: one that fails never stops the others."""

from portfolj.fleet.outcome import Outcome, Status, exit_code
from portfolj.fleet.run import run

__all__ = ["Outcome", "Status", "exit_code", "run"]
