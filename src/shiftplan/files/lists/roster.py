"""A roster as people write it: by ids, or by the names, dates and times that stand beside them.

`Sheet`, perhaps the week it is for -> pairs of ids, faults, and what was read as something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from shiftplan.errors import Fault
from shiftplan.errors.message import AtShift, Message
from shiftplan.files import cells
from shiftplan.files.cells import Bad, clock
from shiftplan.files.layout import Kind
from shiftplan.files.lists.form import ListForm
from shiftplan.files.lists.known import KnownRows
from shiftplan.files.sheet import Sheet
from shiftplan.problem import Problem
from shiftplan.problem.validation import said_by
from shiftplan.week.fields import visible

IDS = ("shift_id", "volunteer_id")
_CALLED = ("date", "start", "end", "center", "volunteer", "home_center")
_COLUMNS: dict[str, Kind] = {"date": "date", "start": "time", "end": "time"}
FORM = ListForm(
    "roster",
    _COLUMNS | dict.fromkeys((*IDS, "center_id", *_CALLED[3:]), "text"),
    (("shift_id", "start"), ("volunteer_id", "volunteer")),
    {name: name for name in _CALLED[3:]},
    loosely=(("start", "heads.hours", ""), ("center", "beside.home", "shift_id")),
    others=True,
)
"""What a roster holds: a shift by its id or by center, date and start, and a person."""
BY_IDS = replace(FORM, needed=(("shift_id",), ("volunteer_id",)))
"""The same where no week tells what names mean."""


@dataclass
class RosterRows:
    """The rows of a roster on their way to ids."""

    sheet: Sheet
    """The list, which gets the faults and notes."""
    week: Problem | None
    """The week it is for; None where only ids can be read."""
    pairs: list[tuple[str, str]] = field(default_factory=list)
    """(Shift id, volunteer id) of the rows without a fault."""
    doubts: list[Fault] = field(default_factory=list)
    """Rows that say something else of a shift or person than the week does."""

    def __post_init__(self) -> None:
        if not self.sheet.usable:
            return
        if self.week is not None:
            self.known = KnownRows(self.week)
            self.known.tell_days(self.sheet)
            days = self.sheet.days
            self.read_date = cells.date_reader(set(self.sheet.column("date") or ()) - {""}, days)
        self.read_time = cache(cells.read_time)
        self.places = {name: i for i, name in enumerate(self.sheet.header)}
        unread: dict[int, dict[str, Bad]] = {}
        for index, column, bad in self.sheet.unread:
            unread.setdefault(index, {})[column] = bad
        for index, row in enumerate(self.sheet.rows):
            texts = {name: row[place] for name, place in self.places.items()}
            broken = unread.get(index, {})
            telling = [name for name in (*IDS, *self._telling(texts)) if name in broken]
            for column in telling:
                self.sheet.refuse(index, column, broken[column])
            if not telling:
                self._read(index, texts | dict.fromkeys(broken, ""))

    @cached_property
    def _only_center(self) -> str:
        """The center of all shifts, which no row has to tell; empty where there are several."""
        centers = {shift.center_id for shift in self.week.shifts} if self.week else set()
        return centers.pop() if len(centers) == 1 else ""

    def _telling(self, texts: dict[str, str]) -> Iterator[str]:
        """Yield the columns that tell of a row what its ids do not."""
        if not texts.get("shift_id"):
            yield from ("date", "start", "end", "center_id", "center")
        if not texts.get("volunteer_id"):
            yield from ("volunteer", "home_center")

    def _read(self, index: int, texts: dict[str, str]) -> None:
        shift, person = self._shift(index, texts), self._person(index, texts)
        if shift is not None and person is not None:
            self.pairs.append((shift, person))

    def _shift(self, index: int, texts: dict[str, str]) -> str | None:
        """Id of a row's shift; None where it has a fault."""
        text = texts.get("shift_id", "")
        if text:
            if self._is_id(index, "shift_id", text) and self.week is not None:
                self._compare(index, text, texts)
            return text
        center = texts.get("center_id") or texts.get("center") or self._only_center
        told = {"center": center} | {name: texts.get(name, "") for name in ("date", "start")}
        lacking = next((name for name, text in told.items() if not text), "")
        if self.week is None or lacking:
            self._lack(index, "shift_id" if "shift_id" in texts else lacking or "start")
            return None
        day = self._value(index, "date", texts, self.read_date)
        hours = self._hours(index, texts)
        if day is None or hours is None:
            return None
        start, end = hours
        found = self.known.shift_at(center, day, start, end)
        if isinstance(found, Bad):
            is_of_center = isinstance(self.known.centers.find(center), Bad)
            column = "center" if texts.get("center") else "center_id"
            self.sheet.refuse(index, column if is_of_center else "start", found)
            return None
        return found

    def _hours(
        self, index: int, texts: dict[str, str]
    ) -> tuple[timedelta, timedelta | None] | None:
        """Start and end that a row tells, perhaps both in one cell; None where it has a fault."""
        text, told = texts["start"], texts.get("end", "")
        span = cells.read_hours(text, told, self.sheet.sessions)
        if isinstance(span, tuple):
            message = Message("files.read_as_hours", start=clock(span[0]), end=clock(span[1]))
            self.sheet.note(message, column="start", value=text, index=index)
            return span
        start = self._value(index, "start", texts, lambda text: span or self.read_time(text))
        end = self._value(index, "end", texts, self.read_time) if told else None
        return None if start is None or (told and end is None) else (start, end)

    def _value(
        self, index: int, column: str, texts: dict[str, str], read: Callable[[str], Any]
    ) -> Any:
        """Value of a cell; None where it has a fault."""
        value = read(texts[column])
        if not isinstance(value, Bad):
            return value
        self.sheet.refuse(index, column, value)
        return None

    def _person(self, index: int, texts: dict[str, str]) -> str | None:
        """Id of a row's person; None where it has a fault."""
        text, name = texts.get("volunteer_id", ""), texts.get("volunteer", "")
        beside = texts.get("home_center", "")
        if self.week is None or text in self.known.names:
            if not text:
                self._lack(index, "volunteer_id")
            elif self._is_id(index, "volunteer_id", text) and self.week is not None and name:
                bad = self.known.other_name(text, name)
                if bad is not None:
                    self._doubt(index, "volunteer", bad)
            return text or None
        if not text and not name:
            self._lack(index, "volunteer_id" if "volunteer_id" in texts else "volunteer")
            return None
        column = "volunteer_id" if text else "volunteer"
        found = self.known.person(text or name, beside)
        if isinstance(found, str):
            message = Message("files.read_as_row", id=found, name=self.known.names[found])
            self.sheet.note(message, column=column, value=text or name, index=index)
            return found
        if text and found.code == "unknown_id":  # ids that the week does not know are data
            return text if self._is_id(index, column, text) else None
        self.sheet.refuse(index, column, found)
        return None

    def _lack(self, index: int, column: str) -> None:
        message, remedy = Message("files.value_needed"), Message("files.empty_seat")
        self.sheet.refuse(index, column, Bad("missing_value", message, remedy))

    def _is_id(self, index: int, column: str, text: str) -> bool:
        try:
            visible(text)
        except ValueError as error:
            self.sheet.refuse(index, column, Bad("invalid_value", said_by(error)))
            return False
        return True

    def _compare(self, index: int, shift_id: str, texts: dict[str, str]) -> None:
        """Doubt a row that says of a known shift that it is on another day, or elsewhere.

        What cannot be read says nothing: somebody else may have made the table.
        """
        shift = self.known.shifts.get(shift_id)
        if shift is None:
            return
        remedy = Message("files.made_for_another_week")
        day = self.read_date(texts["date"]) if texts.get("date") else None
        if isinstance(day, date) and day != shift.day:
            place = AtShift(shift_id)
            said = Message("files.shift_on_another_day", shift=place, day=shift.day)
            self._doubt(index, "date", Bad("outside_horizon", said, remedy))
            return
        hours = {"start": shift.start.time(), "end": shift.end.time()}
        for column, time in hours.items():
            passed = self.read_time(texts[column]) if texts.get(column) else None
            known = timedelta(hours=time.hour, minutes=time.minute)
            if isinstance(passed, timedelta) and passed % timedelta(days=1) != known:
                said = Message("files.shift_at_another_time", shift=AtShift(shift_id), **hours)
                self._doubt(index, column, Bad("invalid_value", said, remedy))
                return
        for column in ("center_id", "center"):
            center = texts.get(column, "")
            if center in ("", shift.center_id, self.known.center_names[shift.center_id]):
                continue
            found = self.known.centers.find(center)
            if isinstance(found, str) and found != shift.center_id:
                place = AtShift(shift_id)
                said = Message("files.shift_at_another_center", shift=place, id=shift.center_id)
                self._doubt(index, column, Bad("invalid_value", said, remedy))
                return

    def _doubt(self, index: int, column: str, bad: Bad) -> None:
        self.doubts.append(self.sheet.fault_of(index, column, bad))
