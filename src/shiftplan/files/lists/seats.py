"""What was said or seen of people in their shifts: answers, calls, attendance.

Lists and texts, the week, the roster that was told -> (shift, person, state), faults, notes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from shiftplan.errors import FaultCode
from shiftplan.errors.message import AtShift, Message
from shiftplan.files.answers.calendar import Calendar
from shiftplan.files.cells import Bad
from shiftplan.files.lists.remarks import tells_time
from shiftplan.files.lists.roster import RosterRows
from shiftplan.files.lists.seat_columns import settle_columns
from shiftplan.files.lists.seat_forms import SeatForm
from shiftplan.files.lists.times import DAY, Times, moment, names_days, times_said
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.validation import explain
from shiftplan.week.fields import Frozen, Id
from shiftplan.week.roster import Roster

Model = TypeVar("Model", bound=Frozen)
_ID: TypeAdapter[str] = TypeAdapter(Id)
_OF_SHIFT = ("shift_id", "date", "start", "end", "center_id", "center")
"""Columns that tell of a row which shift it is about."""
_OF_PERSON = ("volunteer_id", "volunteer")
_MINUTE = dt.timedelta(minutes=1)
_NOT_YET = "not_reached"
"""State of a call that another one may follow."""
_OF_RESERVES = ("called", "asked")
"""States of attendance of people who are not in the roster."""


class SeatRow(NamedTuple):
    """What a row tells of one shift of a person."""

    row: int
    """Index of the row."""
    shift_id: str
    """The shift."""
    volunteer_id: str
    """The person."""
    state: str
    """What is told."""


@dataclass
class SeatRows(RosterRows):
    """The rows of such a list on their way to ids."""

    form: SeatForm = field(kw_only=True)
    """What the list holds."""
    told: Roster | None = field(kw_only=True)
    """The roster that people know; None where there is none."""
    found: list[SeatRow] = field(default_factory=list)
    """What rows without a fault tell."""
    silent: list[int] = field(default_factory=list)
    """Indexes of rows of people who have not answered."""
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    """(Shift id, volunteer id) -> the state that was told last."""

    def __post_init__(self) -> None:
        if self.week is not None:
            self.calendar = Calendar.of(self.week)
        if self.sheet.usable:
            shifts = () if self.week is None else self.week.shift_by_id
            settle_columns(self.sheet, self.form, shifts)
        super().__post_init__()
        for doubt in self.doubts:
            key = f"doubt.{doubt.code}", doubt.column
            first = self.sheet.notes.setdefault(key, doubt)
            if first is not doubt:
                self.sheet.notes[key] = replace(first, more=first.more + 1)
        for row in self.silent[:1]:
            told, column = Message("files.not_answered", n=len(self.silent)), self.form.column
            value = self.sheet.cell(row, column) or ""
            self.sheet.note(told, column=column, value=value, index=row)

    def models(self, model: type[Model]) -> tuple[Model, ...]:
        """What its rows tell, as rows of a model that has the column of the form."""
        names = ("shift_id", "volunteer_id", self.form.column)
        rows = (dict(zip(names, seat[1:], strict=True)) for seat in self.found)
        return tuple(map(model.model_validate, rows))

    def _telling(self, texts: dict[str, str]) -> Iterator[str]:
        yield from super()._telling(texts)
        yield self.form.column

    def _read(self, index: int, texts: dict[str, str]) -> None:
        state = self._state(index, texts)
        if state == "":
            self.silent.append(index)
            return
        person = self._person(index, texts)
        shifts = self._shifts(index, texts, person)
        if person is None or state is None or self._limits(index, texts, shifts):
            return
        for shift in shifts:
            self._compare_seat(index, texts, shift, person, state)
            self.found.append(SeatRow(index, shift, person, state))

    def _state(self, index: int, texts: dict[str, str]) -> str | None:
        """What a row tells; empty where it is not decided, None where it has a fault."""
        form, text = self.form, texts.get(self.form.column, "")
        is_silent = form.in_option and form.column in texts
        found = form.state_of(text) if text else "" if is_silent else form.usual or None
        if found is not None:
            return found
        code: FaultCode = "not_one_of" if text else "missing_value"
        remedy = Nearest(form.states).remedy(text)
        bad = Bad(code, Message(f"files.one_of_{form.table}"), remedy)
        column = form.column if form.column in texts else "volunteer_id"
        self.sheet.refuse(index, column, bad)
        return None

    def _limits(self, index: int, texts: dict[str, str], shifts: Sequence[str]) -> bool:
        """Whether an answer, or a remark beside it, limits what it says; the row has a fault then.

        Times limit an answer for all shifts of a person, unless each of these is then.
        """
        form, text = self.form, texts.get(self.form.column, "")
        if form.limits_itself(text):
            self._refuse_limits(index, form.column, "files.answer_limited")
            return True
        if not form.in_option or self.week is None or any(texts.get(name) for name in _OF_SHIFT):
            return False
        remarks = {form.column: form.remark_in(text), "note": texts.get("note", "")}
        for column, remark in remarks.items():
            if remark and tells_time(remark, self.calendar):
                times = times_said(remark, self.calendar)
                if not all(self._lies_in(shift, times) for shift in shifts):
                    said = "answer" if column == form.column else "remark"
                    self._refuse_limits(index, column, f"files.{said}_limited")
                    return True
        return False

    def _refuse_limits(self, index: int, column: str, said: str) -> None:
        remedy = Message("files.one_row_a_shift")
        self.sheet.refuse(index, column, Bad("invalid_value", Message(said), remedy))

    def _person(self, index: int, texts: dict[str, str]) -> str | None:
        found = super()._person(index, texts)
        if found is None or self.week is None or found in self.known.names:
            return found
        bad = self.known.people.find(found)
        assert isinstance(bad, Bad)
        self.sheet.refuse(index, "volunteer_id", bad)
        return None

    def _shift(self, index: int, texts: dict[str, str]) -> str | None:
        found = super()._shift(index, texts)
        if found is None or self.week is None or found in self.known.shifts:
            return found
        remedy = Nearest(sorted(self.known.shifts)).remedy(found)
        self.sheet.refuse(
            index, "shift_id", Bad("unknown_id", Message("files.no_such_shift"), remedy)
        )
        return None

    def _shifts(self, index: int, texts: dict[str, str], person: str | None) -> Sequence[str]:
        """Ids of the shifts that a row is about; none where it has a fault."""
        given = {name for name in _OF_SHIFT if texts.get(name)}
        is_placed = not given.isdisjoint(("shift_id", "center_id", "center"))
        if is_placed or self.form.needs_shift or self.week is None:
            shift = self._shift(index, texts)
            return () if shift is None else (shift,)
        times = self._times(index, texts) if given else ((None, None),)
        if person is None or not times:
            return ()
        own = self.told.shifts_of.get(person, ()) if self.told is not None else ()
        found = [shift for shift in own if self._lies_in(shift, times)]
        if not found:
            said = "files.no_shift_told_then" if given else "files.no_shift_told"
            said = said if self.told is not None else "files.nothing_told"
            message, remedy = Message(said, who=self._called(person)), "files.tell_the_shift"
            bad = Bad("missing_value", message, Message(remedy))
            self.sheet.refuse(index, self._first(texts, given), bad)
        elif given or len(found) > 1:
            shifts = tuple(map(AtShift, found))
            self._note(index, "files.read_as_shifts", texts, shifts=shifts)
        return found

    def _compare_seat(
        self, index: int, texts: dict[str, str], shift_id: str, person: str, state: str
    ) -> None:
        """Tell of a shift that somebody does not have, and of what was told otherwise before."""
        if self.week is None or state in _OF_RESERVES:
            return
        who = self._called(person)
        told = None if self.form.needs_shift else self.told
        if told is not None and (shift_id, person) not in told:
            self._note(index, "files.not_in_shift_told", texts, who=who, shift=AtShift(shift_id))
        before = self.states.setdefault((shift_id, person), state)
        if before != state and _NOT_YET not in (before, state):
            self.states[shift_id, person] = state
            self._note(index, "files.told_otherwise", texts, who=who, shift=AtShift(shift_id))

    def _times(self, index: int, texts: dict[str, str]) -> Times:
        """The times that a row tells without a place; none where it has a fault."""
        text = texts.get("date", "")
        day = self.read_date(text) if text else None
        if texts.get("start") or texts.get("end"):
            if day is None:
                self._lack(index, "date" if "date" in texts else "start")
                return ()
            hours = self._hours(index, {"start": "", **texts})
            if hours is not None and isinstance(day, dt.date):
                start = moment(day, hours[0])
                return ((start, start + _MINUTE),)
        elif isinstance(day, dt.date):
            return ((moment(day, dt.timedelta()), moment(day, DAY)),)
        elif names_days(text) and (times := times_said(text, self.calendar)):
            return times
        if isinstance(day, Bad):
            self.sheet.refuse(index, "date", day)
        return ()

    def _lies_in(self, shift_id: str, times: Times) -> bool:
        shift = self.known.shifts.get(shift_id)
        return shift is not None and any(
            (start is None or start <= shift.start) and (end is None or shift.start < end)
            for start, end in times
        )

    def _called(self, person: str) -> str | Message:
        """A person as sentences name one, whose week they do not know."""
        name = self.known.names[person]
        return Message("name.with_id", name=name, id=person) if name else person

    def _is_id(self, index: int, column: str, text: str) -> bool:
        try:
            _ID.validate_python(text)
        except ValidationError as error:
            details = error.errors(include_url=False)[0]
            self.sheet.refuse(index, column, Bad(*explain(details, None)))
            return False
        return True

    def _lack(self, index: int, column: str) -> None:
        message, is_shift = Message("files.value_needed"), column in _OF_SHIFT
        remedy = Message("files.tell_the_shift") if is_shift else ""
        self.sheet.refuse(index, column, Bad("missing_value", message, remedy))

    def _first(self, texts: Mapping[str, str], given: Collection[str]) -> str:
        """The column that faults and notes of a whole row stand at."""
        columns = (*(name for name in _OF_SHIFT if name in given), *_OF_PERSON)
        return next((name for name in columns if texts.get(name)), _OF_PERSON[0])

    def _note(self, index: int, said: str, texts: Mapping[str, str], **facts: Any) -> None:
        """Tell how a row was read."""
        column = self._first(texts, texts.keys())
        message, value = Message(said, **facts), texts.get(column, "")
        self.sheet.note(message, column=column, value=value, index=index)
