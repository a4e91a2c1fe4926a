"""CSV tables by themselves: a row becomes a model, whose fields are the columns.

Text -> models with the row of each, or every fault; models -> text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shiftplan.errors import InputError
from shiftplan.files.cells import write
from shiftplan.files.csv_text import neutral, neutral_columns, read_sheet, to_csv
from shiftplan.files.layout import Kind, columns_of_model
from shiftplan.files.rows import Rows
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import read_text
from shiftplan.problem import Problem
from shiftplan.week.fields import Frozen

Record = dict[str, Any]
"""Column -> value of a row; blanks are left out."""


@dataclass
class TableRows:
    """The rows of a table that became models, and the faults of the others."""

    rows: Rows
    """All rows."""
    models: list[Any]
    """Those without a fault."""
    kept: list[int]
    """The row of each model, from 0."""

    @property
    def sheet(self) -> Sheet:
        """The table as text, with its faults."""
        return self.rows.sheet

    def good(self) -> tuple[Any, ...]:
        """The models; InputError with every fault of the table, in order of its rows."""
        if self.sheet.faults:
            raise InputError(sorted(self.sheet.faults, key=lambda fault: fault.row or 0))
        return tuple(self.models)


@dataclass(frozen=True)
class CsvTable:
    """A table that is a file of its own."""

    name: str
    """Its name in faults."""
    model: type[Frozen]
    """What a row becomes; fields without a default are columns without blanks."""
    order: str = ""
    """Columns that stand first."""
    last: str = ""
    """Column that stands last; a row that was cut off is noticed by it."""
    without: str = ""
    """Field that the table does not hold."""
    also: tuple[str, ...] = ()
    """Columns that must be there, but may be blank."""
    others: bool = False
    """Whether columns that are not known are ignored instead of being faults."""

    @cached_property
    def columns(self) -> dict[str, Kind]:
        """Columns in the order in which they are written, and what they hold."""
        kinds = columns_of_model(self.model, self.order, self.last)
        return {name: kind for name, kind in kinds.items() if name != self.without}

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Columns without blanks."""
        fields = self.model.model_fields
        return tuple(name for name in self.columns if fields[name].is_required())

    def read(self, path: Path, prepare: Callable[[Record], None] | None = None) -> TableRows:
        """Read a file, as `parse` does."""
        return self.parse(read_text(path), path.name, prepare)

    def parse(
        self, text: str, file: str, prepare: Callable[[Record], None] | None = None
    ) -> TableRows:
        """Read the text of a file.

        Parameters
        ----------
        text, file
            The text, and the name of the file for faults.
        prepare
            Changes the values of a row before they become a model.

        Raises
        ------
        InputError
            The text is no such table. Faults of rows are kept in what is returned.

        """
        must = (*self.needed, *self.also)
        sheet = read_sheet(text, self.name, file, self.columns, must, others=self.others)
        if not sheet.usable:
            raise InputError(sheet.faults)
        rows = Rows(sheet)
        rows.read(self.columns, self.needed)
        records = rows.records()
        if prepare is not None:
            for record in records:
                prepare(record)
        return TableRows(rows, *rows.models(self.model, records))

    def text(self, models: Iterable[Frozen]) -> str:
        """The table as CSV text; nothing in it is taken for a formula."""
        header = list(self.columns)
        rows = ([write(getattr(row, name)) for name in header] for row in models)
        return to_csv(header, neutral_columns(header, rows, self.columns))


class PeopleColumns:
    """Names, dates and times that stand in a table beside ids; blank where an id is unknown."""

    def __init__(self, problem: Problem) -> None:
        self.shifts = {s.shift_id: s for s in problem.shifts}
        self.volunteers = {v.volunteer_id: v for v in problem.volunteers}
        self.centers = {c.center_id: c.name for c in problem.centers}

    def cells(self, shift_id: str, volunteer_id: str) -> dict[str, str]:
        """Both ids, and the columns date, start, end, center_id, center and volunteer."""
        found = {"shift_id": shift_id, "volunteer_id": volunteer_id}
        if (shift := self.shifts.get(shift_id)) is not None:
            found |= {"date": f"{shift.day}", "center_id": shift.center_id}
            found |= {"start": f"{shift.start:%H:%M}", "end": f"{shift.end:%H:%M}"}
            found["center"] = self.centers[shift.center_id]
        if (volunteer := self.volunteers.get(volunteer_id)) is not None:
            found["volunteer"] = volunteer.name
        return found


def text_for_people(header: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """CSV text of rows, blank where one has no such column; nothing is taken for a formula."""
    header = tuple(header)
    return to_csv(header, ([neutral(row.get(name, "")) for name in header] for row in rows))
