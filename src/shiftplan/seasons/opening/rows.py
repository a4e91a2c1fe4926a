"""Rows of opening hours and of standard needs, and which of them is meant most closely.

Values of cells -> rows; (rows, center, date) -> those that decide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Annotated

from pydantic import Field

from shiftplan.errors import Fault, InputError, OtherRow
from shiftplan.errors.message import Column, Message
from shiftplan.week.days import Clock, Days
from shiftplan.week.fields import Frozen, Id, NameSet, People, Positive, Text
from shiftplan.week.records import Center
from shiftplan.week.skill_names import SkillSet
from shiftplan.week.where import names_of

MOST_ROWS = 50_000
"""Rows that a table of opening hours or of standard needs may have."""


class Hours(Frozen):
    """A session in which some centers are open on some days; each becomes a shift."""

    where: Text = ""
    """A center_id, a name in the column groups of centers, `minority`, `remote`, or a type such as
    xã; empty for all centers."""
    days: Days = Days()
    """Weekdays such as `Mon-Fri` or `T2-T6`, or dates such as `2026-12-24`; empty for every day. On
    its days such a row replaces those of the same place for every day."""
    start: Clock
    """Time at which the shift starts."""
    end: Clock
    """Time at which it ends; a time not after the start is on the next date."""
    session: Annotated[Id, Field(max_length=50)] | None = None
    """Last part of the shift's id, such as `am`; empty for the time at which it starts."""
    type: Text = ""
    """Shift type, such as `night`; rules can be limited to types."""
    note: Text = ""
    """A remark for people."""

    @property
    def label(self) -> str:
        """What tells the shift from others of its center and date."""
        return self.session or f"{self.start:%H%M}"

    def on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """First minute of the shift on a date, and first minute after it."""
        later = dt.timedelta(days=self.end <= self.start)
        return dt.datetime.combine(day, self.start), dt.datetime.combine(day + later, self.end)


class StandardNeed(Frozen):
    """People that the shifts of some centers need on some days."""

    where: Text = ""
    """A center_id, a name in the column groups of centers, `minority`, `remote`, or a type such as
    xã; empty for all centers."""
    days: Days = Days()
    """Weekdays such as `Mon-Fri` or `T2-T6`, or dates such as `2026-12-24`; empty for every day."""
    shifts: NameSet = ()
    """Types or tags of shifts, or ends of their ids such as `am`; empty for any shift."""
    skill_id: Id | None = None
    """Skill counted; None for every head."""
    min_level: Positive | None = None
    """Level from which people count; 1 when a skill is given without a level."""
    with_skills: SkillSet = ()
    """What a person must also hold to count, written as in `requirements`."""
    minimum: People = 0
    """People needed at least; empty seats below it are dearer."""
    target: People
    """People wanted; 0 if nobody is needed, whatever more general rows say."""
    reason: Text = ""
    """Why, for people."""

    @property
    def level(self) -> int | None:
        """Level counted."""
        return self.min_level if self.skill_id is None else self.min_level or 1


class ByPlace:
    """Rows of a table by the places that they are for, and which of them disagree."""

    def __init__(self, table: str, rows: Sequence[Hours | StandardNeed]) -> None:
        if len(rows) > MOST_ROWS:
            said = Message("seasons.too_many_rows", rows=len(rows), most=MOST_ROWS)
            raise InputError([Fault("too_large", table, message=said)])
        self._table, self._rows = table, rows
        self._at: dict[str, list[int]] = {}
        for index, row in enumerate(rows):
            self._at.setdefault(row.where, []).append(index)
        self.on = cache(self._on)
        self.faults: dict[tuple[int, int], Fault] = {}
        """Rows that disagree -> the fault of it."""

    def of(self, center: Center) -> Iterator[tuple[int, list[str]]]:
        """Yield each closeness, the highest first, with the names of a center that rows have."""
        named = [(rank, name) for rank, name in names_of(center) if name in self._at]
        for rank, pairs in groupby(named, key=lambda pair: pair[0]):
            yield rank, [name for _, name in pairs]

    def _on(self, where: str, day: dt.date) -> tuple[int, ...]:
        """Rows for a place and a date, in order of the table."""
        return tuple(i for i in self._at[where] if self._rows[i].days.has(day))

    def disagree(self, index: int, other: int, column: str, center_id: str, day: dt.date) -> None:
        """Add the fault of a row that says something else than one that is meant as closely."""
        if (index, other) in self.faults:
            return
        facts = {"column": Column(column), "center": center_id, "day": day}
        row = self._rows[index]
        value = row.label if isinstance(row, Hours) else getattr(row, column)
        self.faults[index, other] = Fault(
            "contradicting_rows",
            self._table,
            column,
            str(value),
            Message("seasons.rows_disagree", **facts),
            remedy=Message("seasons.one_row_closer"),
            index=index,
            other=OtherRow(other),
        )
