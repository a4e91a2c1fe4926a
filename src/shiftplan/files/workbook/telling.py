"""Faults and notes of a sheet whose cells become rows of a table that has a sheet of its own.

What is told of a cell -> a fault or note of the table, at that cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shiftplan.errors import Fault, FaultCode
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.sheet import Sheet

_SHOWN = 8
"""Parts of a list that a message shows."""


@dataclass(frozen=True)
class Teller:
    """Adds what is told of the cells of a sheet to the sheet of a table."""

    sheet: Sheet
    """Sheet of the table, which gets faults and notes."""
    title: str
    """Name of the sheet that the cells are in."""

    def refuse(self, bad: Bad, cell: str = "", value: str = "") -> None:
        """Add the fault of a cell, or else of the first row."""
        fault = Fault(bad.code, self.sheet.table, "", value, bad.message, remedy=bad.remedy)
        self.sheet.faults.append(self._placed(fault, cell))

    def note(
        self,
        message: Message,
        cell: str,
        *,
        key: str = "",
        column: str = "",
        value: str = "",
        remedy: str | Message = "",
        code: FaultCode = "read_as",
    ) -> None:
        """Add a note at a cell; of those with one `key`, or message, and column others count."""
        notes, alike = self.sheet.notes, (key or message.code, column)
        if alike in notes:
            notes[alike] = replace(notes[alike], more=notes[alike].more + 1)
            return
        note = Fault(code, self.sheet.table, column, value, message, remedy=remedy)
        notes[alike] = self._placed(note, cell)

    def _placed(self, fault: Fault, cell: str) -> Fault:
        row = row_of(cell) if cell else 1
        return replace(fault, file=self.sheet.file, row=row, sheet=self.title, cell=cell)


def row_of(cell: str) -> int:
    """Number of the row of a cell."""
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def first_of(parts: Iterable[str | Message]) -> tuple[str | Message, ...]:
    """The first parts of a list, and how many more there are."""
    first, more = [*parts][:_SHOWN], [*parts][_SHOWN:]
    return (*first, Message("form.more", n=len(more))) if more else (*first,)
