"""The exceptions of shiftplan.

ShiftplanError
 ├── InputError   the user's data; carries every fault found, not only the first
 ├── NoRosterError   a roster was required of a result that has none
 ├── MissingExtraError   an optional package is needed that is not installed
 ├── ClusterError   the cluster that a batch runs on cannot be reached, or is gone
 └── ModelError   our bug; carries the folder in which the problem was saved
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from shiftplan.errors.faults import MOST_ALIKE as MOST_ALIKE
from shiftplan.errors.faults import Fault as Fault
from shiftplan.errors.faults import FaultCode as FaultCode
from shiftplan.errors.faults import OtherRow as OtherRow
from shiftplan.errors.faults import kept as kept

SHOWN = 50
"""Faults that the text of an InputError shows; the error object carries them all."""


class ShiftplanError(Exception):
    """Base of all errors that shiftplan raises on purpose."""


class InputError(ShiftplanError):
    """The user's data cannot be used; `faults` lists what is wrong with it.

    Of faults of one kind, table and column the first 1,000 are listed; `Fault.more` of the last
    one tells how many there are beyond.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(kept(faults))
        super().__init__(self.faults)

    @property
    def count(self) -> int:
        """Number of faults, those included that are not listed."""
        return sum(1 + fault.more for fault in self.faults)

    def __str__(self) -> str:
        count = self.count
        head = "1 fault in the input" if count == 1 else f"{count} faults in the input"
        lines = [head + ":", *(f"  {fault}" for fault in self.faults[:SHOWN])]
        if count > SHOWN:
            lines.append(f"  ... and {count - SHOWN} more")
        return "\n".join(lines)


class NoRosterError(ShiftplanError):
    """A roster was required, but the solve ended without one."""


class MissingExtraError(ShiftplanError):
    """An optional package is needed that is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        """The package."""
        self.extra = extra
        """The extra of shiftplan that brings it."""
        super().__init__(package, extra)

    def __str__(self) -> str:
        return (
            f"This needs the package {self.package}, which is not installed.\n"
            f"Maybe the extra is missing; install it with:  pip install 'shiftplan[{self.extra}]'"
        )


class ClusterError(ShiftplanError):
    """The cluster that a batch runs on cannot be reached, or is gone; a later start goes on."""


class ModelError(ShiftplanError):
    """The model and the checker disagree, or a solver failed: a bug of ours, never of the data."""

    def __init__(self, message: str, saved: Path | None = None) -> None:
        self.saved = saved
        """Folder that holds the problem and the roster, for a bug report; None when unsaved."""
        note = f"\nThe problem was saved in {saved}; please report it." if saved else ""
        super().__init__(message + note)
