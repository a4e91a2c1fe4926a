"""The exceptions of shiftplan.

ShiftplanError
 ├── InputError   the user's data; carries every fault found, not only the first
 ├── NoRosterError   a roster was required of a result that has none
 ├── MissingExtraError   an optional package is needed that is not installed
 ├── ClusterError   the cluster that a batch runs on cannot be reached, or is gone
 ├── DiskFullError  the disk is full while a batch writes its results
 └── ModelError   our bug; carries the folder in which the problem was saved
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from shiftplan.errors.codes import FaultCode as FaultCode
from shiftplan.errors.faults import MOST_ALIKE as MOST_ALIKE
from shiftplan.errors.faults import Fault as Fault
from shiftplan.errors.faults import OtherRow as OtherRow
from shiftplan.errors.faults import Say, line_of
from shiftplan.errors.faults import kept as kept
from shiftplan.errors.message import Message

SHOWN = 50
"""Faults that the text of an InputError shows; the error object carries them all."""


class ShiftplanError(Exception):
    """Base of all errors that shiftplan raises on purpose; `str(error)` is English."""

    def __init__(self, message: str | Message, details: str = "") -> None:
        super().__init__(message, details)
        self.message = message
        """What is wrong, in one sentence."""
        self.details = details
        """Lines for whoever looks into it, in the words of other programs; often empty."""

    def said(self, say: Say = str) -> str:
        """What is wrong, in the language of `say`, and the details as they are."""
        text = self.message if isinstance(self.message, str) else say(self.message)
        return "\n".join(filter(None, (text, self.details)))

    def __str__(self) -> str:
        return self.said()


class InputError(ShiftplanError):
    """The user's data cannot be used; `faults` lists what is wrong with it.

    Of faults of one kind, table and column the first 1,000 are listed; `Fault.more` of the last
    one tells how many there are beyond.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(kept(faults))
        super().__init__(Message("errors.faults", n=self.count))
        self.args = (self.faults,)

    @property
    def count(self) -> int:
        """Number of faults, those included that are not listed."""
        return sum(1 + fault.more for fault in self.faults)

    def said(self, say: Say = str) -> str:
        """The first faults in the language of `say`, and how many more there are."""
        lines = [super().said(say), *(f"  {line_of(fault, say)}" for fault in self.faults[:SHOWN])]
        if self.count > SHOWN:
            lines.append("  " + say(Message("form.more", n=self.count - SHOWN)))
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
        super().__init__(Message("errors.missing_extra", package=package, extra=extra))
        self.args = (package, extra)


class ClusterError(ShiftplanError):
    """The cluster that a batch runs on cannot be reached, or is gone; a later start goes on."""


class DiskFullError(ShiftplanError, OSError):
    """The disk is full; what is done by then stays done, and a later start goes on."""

    def __init__(self, details: str, number: int | None = errno.ENOSPC) -> None:
        super().__init__(Message("batches.disk_full"), details)
        self.errno = number
        self.args = (details, number)


class ModelError(ShiftplanError):
    """The model and the checker disagree, or a solver failed: a bug of ours, never of the data."""

    def __init__(
        self, message: str | Message, saved: Path | None = None, details: str = ""
    ) -> None:
        super().__init__(message, details)
        self.saved = saved
        """Folder that holds the problem and the roster, for a bug report; None when unsaved."""
        self.args = (message, saved, details)

    def said(self, say: Say = str) -> str:
        """What is wrong in the language of `say`, and where the problem was saved."""
        where = "" if self.saved is None else say(Message("errors.saved", folder=self.saved))
        return "\n".join(filter(None, (super().said(say), where)))
