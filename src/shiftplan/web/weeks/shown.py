"""A week and its tables as the page shows them: faults and notes at their cells.

(`WeekPlace`, `ReadWeek`) -> `WeekState`; rows of a table -> `TableShown`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.mending import Grid, is_mended, rows_of_table, titles_of_week
from shiftplan.files.sheet import fold
from shiftplan.present.faults import fault_advice, fault_place
from shiftplan.present.words import Lang
from shiftplan.problem.notes import in_order
from shiftplan.web.bodies import Moment
from shiftplan.web.weeks.places import WeekPlace
from shiftplan.web.weeks.reading import ReadWeek
from shiftplan.week.fields import Frozen

_CELL = re.compile("([A-Z]{1,3})[0-9]{1,7}")
_NEAR = 2
"""Rows shown above and below one with a fault."""
_HEADS = 5
"""First rows of a table, in which its header stands."""
_MOST_NEAR, _MOST_ROWS = 300, 500
"""Rows that are shown at once: those near faults, and those of a part of a table."""
_SPARE = 3
"""Blank rows below a table, for what it lacks."""
_MOST_FAULTS = 1_000
_RENAMING = ("files.rename", "workbook.rename_sheet")
"""Remedies that tell a new name."""


class NewName(Frozen):
    """A new name for a sheet or file, by which its table is known."""

    title: str
    """Its name now."""
    to: str
    """Its new name."""


class FaultShown(Frozen):
    """A fault or note of a week, at its cell."""

    code: str
    """What kind it is."""
    place: str
    """Where it is, in words."""
    text: str
    """What is wrong and a way out."""
    value: str
    """What stands there; empty where that is nothing, or private."""
    title: str
    """Sheet or file that can be shown; empty where it concerns none."""
    row: int | None
    """Row of it; None where it concerns the whole table."""
    column: int | None
    """Column, from 1; None where it concerns the whole row."""
    more: int
    """Further ones of the same kind that are not listed."""
    rename: NewName | None
    """What a new name would mend; None where none does."""


class WeekListed(Frozen):
    """A week that can be opened."""

    week_id: str
    """What addresses name it by: `weeks/<week_id>/` is its workbench."""
    name: str
    """Name of its folder or file."""
    place: str
    """Where it is, if it is not among the weeks of the server; else empty."""
    used: Moment | None
    """When it was changed last; None if it is no longer there."""


class WeekState(Frozen):
    """A week as its files are now."""

    week_id: str
    """What addresses name it by."""
    name: str
    """Name of its folder or file."""
    days: tuple[dt.date, ...]
    """Its dates; none where it has faults."""
    faults: tuple[FaultShown, ...]
    """What is wrong: it opens when there are none."""
    num_faults: int
    """How many faults there are, also those that are not listed."""
    notes: tuple[FaultShown, ...]
    """What is no fault but worth a look."""
    titles: tuple[str, ...]
    """Its sheets or files, which can be shown and mended."""
    is_mended: bool
    """Whether something was changed; then a copy of how it was is beside it."""


class RowShown(Frozen):
    """A row of a table."""

    row: int
    """Its number, from 1."""
    cells: tuple[str, ...]
    """What its cells show."""


class TableShown(Frozen):
    """Rows of a sheet or file."""

    title: str
    """Its name."""
    columns: int
    """How many columns there are."""
    rows: tuple[RowShown, ...]
    """Rows, in order; some may be missing between them."""
    last_row: int
    """Number of the last row that can be shown; the last ones are blank."""


def listed(week: WeekPlace) -> WeekListed:
    """A week as the list shows it."""
    place = "" if week.is_own else str(week.path.parent)
    return WeekListed(week_id=week.week_id, name=week.path.name, place=place, used=week.used)


def state_of_week(week: WeekPlace, found: ReadWeek, lang: Lang) -> WeekState:
    """A week as its page shows it."""
    try:
        titles = titles_of_week(week.path)
    except InputError:
        titles = ()
    places = _Places(week.path, titles)
    live = found.live
    return WeekState(
        week_id=week.week_id,
        name=week.path.name,
        days=() if live is None else live.files.horizon.dates,
        faults=tuple(places.shown(found.faults[:_MOST_FAULTS], lang)),
        num_faults=sum(1 + fault.more for fault in found.faults),
        notes=tuple(places.shown(in_order(found.notes), lang)),
        titles=titles,
        is_mended=is_mended(week.path),
    )


def table_shown(week: WeekPlace, found: ReadWeek, title: str, start: int | None) -> TableShown:
    """Rows of a table: those near faults, or all from a row on.

    InputError: the week has no such table, or it cannot be read.
    """
    grid = rows_of_table(week.path, title)
    last = max(grid, default=0) + _SPARE
    if start is not None:
        numbers: Iterable[int] = range(start, min(last, start + _MOST_ROWS - 1) + 1)
    else:
        places = _Places(week.path, (title,))
        faulty = {f.row for f in places.shown(found.faults, "en") if f.row and f.title == title}
        numbers = _near(faulty, grid, last)
    rows = tuple(RowShown(row=number, cells=grid.get(number, ())) for number in numbers)
    columns = max((len(row) for row in grid.values()), default=1)
    return TableShown(title=title, columns=columns, rows=rows, last_row=last)


def _near(faulty: Collection[int], grid: Grid, last: int) -> list[int]:
    """Numbers of the first rows, and of those near rows with faults."""
    heads = sorted(grid)[:_HEADS]
    around = (n for row in sorted(faulty) for n in range(row - _NEAR, row + _NEAR + 1))
    near = dict.fromkeys(n for n in (*heads, *around) if 1 <= n <= last)
    return sorted([*near][:_MOST_NEAR])


class _Places:
    """Finds the cells that faults of a week are about."""

    def __init__(self, week: Path, titles: Collection[str]) -> None:
        self._week, self._titles = week, titles
        self._heads: dict[str, tuple[tuple[str, ...], ...]] = {}

    def shown(self, faults: Iterable[Fault], lang: Lang) -> Iterator[FaultShown]:
        """Faults at their places, in a language."""
        for fault in faults:
            title = fault.sheet or fault.file
            title = title if title in self._titles else ""
            yield FaultShown(
                code=fault.code,
                place=fault_place(fault, lang),
                text=fault_advice(fault, lang),
                value=fault.seen().value,
                title=title,
                row=fault.row if title else None,
                column=self._column(fault, title) if title else None,
                more=fault.more,
                rename=_new_name(fault),
            )

    def _column(self, fault: Fault, title: str) -> int | None:
        """The column of a fault: that of its cell, or the one whose heading names it."""
        if found := _CELL.fullmatch(fault.cell):
            from openpyxl.utils import column_index_from_string

            return column_index_from_string(found[1])
        if fault.sheet or not fault.column:
            return None
        called = {fold(fault.column), fold(dict(fault.headings).get(fault.column, ""))} - {""}
        for row in self._first_rows(title):
            for place, text in enumerate(row, start=1):
                if fold(text) in called:
                    return place
        return None

    def _first_rows(self, title: str) -> tuple[tuple[str, ...], ...]:
        if title not in self._heads:
            try:
                rows = rows_of_table(self._week, title)
            except InputError:
                rows = {}
            self._heads[title] = tuple(rows[n] for n in sorted(rows)[:_HEADS])
        return self._heads[title]


def _new_name(fault: Fault) -> NewName | None:
    """The sheet or file that a fault would have renamed, and how."""
    if not isinstance(fault.remedy, Message) or fault.remedy.code not in _RENAMING:
        return None
    facts = {name: str(value) for name, value in fault.remedy.params.items()}
    if fault.sheet:
        return NewName(title=fault.sheet, to=facts["name"])
    return NewName(title=facts["name"], to=facts.get("to", fault.file))
