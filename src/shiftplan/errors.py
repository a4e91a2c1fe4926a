"""The exceptions of shiftplan, and faults: one precise complaint about the user's data each.

ShiftplanError
 ├── InputError   the user's data; carries every fault found, not only the first
 ├── NoRosterError   a roster was required of a result that has none
 └── ModelError   our bug; carries the folder in which the problem was saved
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint about the input: where, which value, what is allowed, and a way out."""

    code: str
    """Stable name of the kind of fault; docs/faults.md lists them all."""
    table: str
    """Table of the fault, such as `volunteers`."""
    column: str
    """Column or field; empty when the fault concerns the whole row or table."""
    value: str
    """The value as it was written; empty when there is none."""
    message: str
    """What is wrong and what is allowed, in one sentence."""
    remedy: str = ""
    """A way out that starts with "Maybe"; empty when there is no better guess than the message."""
    index: int | None = None
    """Position in the table, counted from 0; None when the fault concerns the whole table."""
    file: str = ""
    """File the table was read from; empty for a problem made in Python."""
    row: int | None = None
    """Line in the file (the header is line 1), or row of the sheet; None outside files."""

    @property
    def where(self) -> str:
        """Place of the fault, as a person would look it up."""
        if self.file:
            parts = [self.file]
            if self.row is not None:
                parts.append(f"row {self.row}")
            if self.column:
                parts.append(f"column {self.column}")
            return ", ".join(parts)
        place = self.table if self.index is None else f"{self.table}[{self.index}]"
        return f"{place}.{self.column}" if self.column else place

    def __str__(self) -> str:
        value = f" {self.value!r}:" if self.value else ""
        text = f"{self.where}:{value} {self.message}"
        return f"{text}\n    {self.remedy}" if self.remedy else text


class ShiftplanError(Exception):
    """Base of all errors that shiftplan raises on purpose."""


class InputError(ShiftplanError):
    """The user's data cannot be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        head = "1 fault in the input" if count == 1 else f"{count} faults in the input"
        return "\n".join([head + ":", *(f"  {fault}" for fault in self.faults)])


class NoRosterError(ShiftplanError):
    """A roster was required, but the solve ended without one."""


class ModelError(ShiftplanError):
    """The model and the checker disagree, or a solver failed: a bug of ours, never of the data."""

    def __init__(self, message: str, saved: Path | None = None) -> None:
        self.saved = saved
        """Folder that holds the problem and the roster, for a bug report; None when unsaved."""
        note = f"\nThe problem was saved in {saved}; please report it." if saved else ""
        super().__init__(message + note)
