"""When the people of a list of absences cannot come, and who they are.

`Sheet` of a list -> the same with the ids of its people; a row -> the times that it tells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from shiftplan.errors import FaultCode
from shiftplan.errors.message import AtShift, Column, Message
from shiftplan.files import cells
from shiftplan.files.answers.calendar import Calendar, Within
from shiftplan.files.cells import Bad
from shiftplan.files.layout import Kind
from shiftplan.files.lists.form import ListForm, rename
from shiftplan.files.lists.known import KnownRows
from shiftplan.files.lists.remarks import refuse_present, refuse_remark
from shiftplan.files.lists.times import (
    DAY,
    Times,
    days_of,
    moment,
    names_days,
    names_hours,
    times_said,
    told_as,
)
from shiftplan.files.rows import Rows
from shiftplan.problem import Problem
from shiftplan.problem.notes import may_be_swapped
from shiftplan.week.records import Shift

_HOUR = dt.timedelta(hours=1)
_DATES = ("date", "first_day", "last_day")
_TELLING = (*_DATES, "start", "end", "hours", "shift_id")
"""Columns that tell when somebody is absent; a row without any means the whole horizon."""
_OF_DAY = ("start", "end", "hours")
"""Those that tell the hours of its days."""
_COLUMNS: dict[str, Kind] = {
    "volunteer_id": "text",
    **dict.fromkeys(_DATES, "date"),
    "start": "time",
    "end": "time",
    **dict.fromkeys(("hours", "shift_id", "name", "home_center", "note"), "text"),
}
_CALLED = ("first_day", "last_day", "hours", "home_center", "note")
FORM = ListForm(
    "absent",
    _COLUMNS,
    (("volunteer_id", "name"),),
    {"name": "volunteer", **{name: name for name in _CALLED}},
    loosely=(
        ("home_center", "beside.center_id", "shift_id"),
        ("home_center", "beside.home", "shift_id"),
        ("date", "heads.absent", ""),
        ("hours", "heads.absent", ""),
    ),
    repeats=("note",),
    keeps_others=True,
    alone="name",
)
"""What a list of absences holds: people, and when each cannot come."""


class AbsentRows:
    """The rows of a list of absences; faults and notes are kept in its sheet."""

    def __init__(self, rows: Rows, named: KnownRows, week: Problem) -> None:
        self.rows, self.sheet, self.named = rows, rows.sheet, named
        self.calendar = Calendar.of(week)
        self.worded: dict[int, Times] = {}
        """Index of a row -> the times that words in the column `date` or `hours` tell."""
        self.worded_days: dict[int, list[dt.date]] = {}
        """Index of a row -> the days that words tell which name no hours of them."""
        self._name_people()
        self._settle_columns()
        self._read_words()

    def _name_people(self) -> None:
        """Put ids in the place of names, and compare names beside ids."""
        sheet = self.sheet
        names = sheet.column("name") or [""] * len(sheet.rows)
        self._add("volunteer_id", "name")
        place = sheet.header.index("volunteer_id")
        homes = sheet.column("home_center") or [""] * len(names)
        for index, (row, name, home) in enumerate(zip(sheet.rows, names, homes, strict=True)):
            who = row[place]
            found = self.named.person(name, home) if name and not who else who
            if not found:
                lacking = Bad("missing_value", Message("files.value_needed"))
                self.rows.fault(index, "volunteer_id", lacking)
            elif isinstance(found, Bad):
                self.rows.fault(index, "name", found)
            elif who and (bad := self.named.other_name(who, name)) is not None:
                self.rows.fault(index, "name", bad)
            elif found != who:
                row[place] = found
                told = Message("files.read_as_row", id=found, name=self.named.names[found])
                if name != found:
                    sheet.note(told, column="name", value=name, index=index)

    def _add(self, column: str, like: str) -> None:
        """Add a blank column, whose faults stand at another one."""
        if column not in self.sheet.header:
            self.sheet.header.append(column)
            self.sheet.letters[column] = self.sheet.letters.get(like, "")
            self.sheet.headings += tuple(
                (column, t) for name, t in self.sheet.headings if name == like
            )
            for row in self.sheet.rows:
                row.append("")

    def _settle_columns(self) -> None:
        """Take `Từ` and `Đến` for days where they hold dates; hours may stand in `Từ` alone."""
        sheet = self.sheet
        others = {"start": "first_day", "end": "last_day"}
        texts = {cell for name in others for cell in sheet.column(name) or ()} - {""}
        read = cells.date_reader(texts, sheet.days)
        is_free = not {"first_day", "last_day"} & set(sheet.header)
        if texts and is_free and not any(isinstance(read(cell), Bad) for cell in texts):
            rename(sheet, others)
        elif "start" in sheet.header:
            self._add("end", "start")

    def _read_words(self) -> None:
        """Read days that are no single dates, such as `T2-T4` or `sáng thứ 2`; the cell is used."""
        dates, hours = self.sheet.column("date") or (), self.sheet.column("hours") or ()
        read = cells.date_reader(set(dates) - {""}, self.sheet.days)
        for index, row in enumerate(self.sheet.rows):
            for column, found in (("date", dates), ("hours", hours)):
                text = found[index] if found else ""
                if not text or (index in self.rows.bad and column in self.rows.bad[index]):
                    continue
                if column == "date" and not isinstance(read(text), Bad):
                    continue
                if column == "hours" and self._has(index, _DATES):
                    continue
                times = times_said(text, self.calendar) if names_days(text) else ()
                if times:
                    days = [] if names_hours(text) else days_of(times)
                    if days:
                        self.worded_days[index] = days
                    if not days or not self._has(index, _OF_DAY):
                        self._note(index, column, times)
                    self.worded[index] = times
                    row[self.sheet.header.index(column)] = ""
                    break

    def _has(self, index: int, columns: Iterable[str]) -> bool:
        return index in self.worded or any(self.sheet.cell(index, name) for name in columns)

    def refuse_remarks(self) -> None:
        """Add the faults of rows of which columns that are not read tell a time, or no absence."""
        refuse_present(self.rows)
        for index in range(len(self.sheet.rows)):
            refuse_remark(self.rows, index, self.calendar, is_told=self._has(index, _TELLING))

    def times(self, index: int, record: dict[str, Any]) -> Times:
        """Take from a record when somebody is absent; nothing where the row has a fault."""
        told = {name: record.pop(name, None) for name in _TELLING}
        given = {name: value for name, value in told.items() if value is not None}
        if index in self.worded:
            given.pop("date", None)
            times, days = self.worded[index], self.worded_days.get(index)
            wrong = next((name for name in given if name not in (*_OF_DAY, "shift_id")), "")
            of_day = next((name for name in given if name in _OF_DAY), "")
            if wrong or (of_day and not days):
                return self._refuse(index, wrong or of_day, Message("files.time_told_twice"))
            if of_day:
                times = self._of_days(index, given, days)
        else:
            times = self._of_days(index, given, self._days(index, given))
        if not times or "shift_id" not in given:
            return times
        return self._of_shift(index, given["shift_id"], times)

    def _of_days(self, index: int, given: dict[str, Any], days: list[dt.date] | None) -> Times:
        """The times of a row by the values of its cells; None where its days have a fault."""
        if days is None:
            return ()
        has_times = "start" in given or "end" in given
        if "hours" in given and (has_times or not days):
            said = "files.time_told_twice" if has_times else "files.time_needs_date"
            return self._refuse(index, "hours", Message(said))
        if "hours" in given:
            return self._of_hours(index, given["hours"], days)
        if has_times and not days:
            column = "date" if "date" in self.sheet.header else "start"
            return self._refuse(index, column, Message("files.time_needs_date"))
        if not days:
            if any(any(self.sheet.column(name) or ()) for name in _DATES):
                self._tell(index, "volunteer_id", Message("files.absent_all_week"))
            return ((None, None),)
        if has_times and len(days) > 1:
            remedy = Message("files.column_of_hours", column=Column("hours"))
            return self._refuse(index, "start", Message("files.hours_of_many_days"), remedy)
        if not has_times and "last_day" in given and "first_day" not in given:
            return ((None, moment(days[-1], DAY)),)
        first = given.get("start", dt.timedelta())
        last = given.get("end", DAY)
        last += DAY if last <= first else dt.timedelta()
        times: Times = ((moment(days[0], first), moment(days[-1], last)),)
        self._tell_swapped(index, "end", times)
        return times

    def _days(self, index: int, given: dict[str, Any]) -> list[dt.date] | None:
        """The days that a row tells, in order; empty for none, None where it has a fault."""
        day, first, last = (given.get(name) for name in _DATES)
        if first is None and last is None:
            return [] if day is None else [day]
        if day is not None:
            self._refuse(index, "date", Message("files.time_told_twice"))
        elif last is None:
            remedy = Message("files.last_day_same", day=first)
            self._refuse(index, "last_day", Message("files.last_day_needed"), remedy)
        elif first is None:
            return [d for d in self.calendar.days if d <= last] or [last]
        elif last < first:
            bad = Bad("reversed_interval", Message("files.days_reversed"))
            self.rows.fault(index, "last_day", bad)
        else:
            return [d for d in self.calendar.days if first <= d <= last] or [first]
        return None

    def _of_hours(self, index: int, text: str, days: Collection[dt.date]) -> Times:
        """Hours in one cell, on each of some days."""
        span = cells.read_span(text, self.sheet.sessions)
        if not isinstance(span, Bad):
            start, end = span
            end += DAY if end <= start else dt.timedelta()
            times: Times = tuple((moment(day, start), moment(day, end)) for day in days)
            self._tell_swapped(index, "hours", times)
        else:
            times = times_said(text, self.calendar, Within(frozenset(days)))
            if not times:
                self.rows.fault(index, "hours", span)
                return ()
        self._note(index, "hours", times)
        return times

    def _of_shift(self, index: int, shift_id: str, times: Times) -> Times:
        """The time of a shift, which lies in those that the row tells beside it."""
        shift: Shift | None = self.named.shifts.get(shift_id)
        if shift is None:
            message = Message("files.no_such_shift")
            self.rows.fault(index, "shift_id", Bad("unknown_id", message))
            return ()
        for start, end in times:
            if (start or shift.start) <= shift.start and shift.end <= (end or shift.end):
                return ((shift.start, shift.end),)
        hours = {"start": shift.start.time(), "end": shift.end.time()}
        said = Message("files.shift_at_another_time", shift=AtShift(shift_id), **hours)
        if not any(
            shift.day in (start.date(), end.date()) for start, end in times if start and end
        ):
            said = Message("files.shift_on_another_day", shift=AtShift(shift_id), day=shift.day)
        return self._refuse(index, "shift_id", said)

    def _refuse(
        self, index: int, column: str, message: Message, remedy: str | Message = ""
    ) -> Times:
        """Add a fault; a row with one tells no times."""
        is_missing = message.code in ("files.time_needs_date", "files.last_day_needed")
        code: FaultCode = "missing_value" if is_missing else "invalid_value"
        self.rows.fault(index, column, Bad(code, message, remedy))
        return ()

    def _tell_swapped(self, index: int, column: str, times: Times) -> None:
        """Add a note if a start and an end look swapped."""
        for start, end in times:
            if start is not None and end is not None and may_be_swapped(start, end):
                facts = {"start": start, "end": end, "hours": (end - start) / _HOUR}
                self._tell(index, column, Message("files.night_absent", **facts))

    def _note(self, index: int, column: str, times: Times) -> None:
        """Tell which times were read from a cell."""
        self._tell(index, column, Message("files.read_as_absent", times=told_as(times)))

    def _tell(self, index: int, column: str, message: Message) -> None:
        value = self.sheet.cell(index, column) or ""
        self.sheet.note(message, column=column, value=value, index=index)
