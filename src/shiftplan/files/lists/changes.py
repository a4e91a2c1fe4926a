"""What a row of late changes says: its kind, the columns it needs, and the change it is.

(Kind, values of a row) -> a change of the week.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from shiftplan.errors.message import Message
from shiftplan.errors.message.catalogue import words_for
from shiftplan.files import cells
from shiftplan.files.beside import values_by_word
from shiftplan.files.cells import Bad
from shiftplan.files.headings import bare, folded
from shiftplan.files.layout import TABLES
from shiftplan.files.sheet import Sheet
from shiftplan.problem import changes as late
from shiftplan.problem.changes import AnyChange
from shiftplan.problem.nearest import Nearest
from shiftplan.week.demand import Demand
from shiftplan.week.fields import Frozen
from shiftplan.week.records import Availability, Center, Shift, StandBy, Volunteer
from shiftplan.week.wishes import Pin, Preference

_HOURS = ("date", "start", "end")
SPAN = (*_HOURS, "end_date")
"""Columns of an interval."""
CLEARS = "clears"
"""Column that names those whose values are taken away: a blank cell leaves what was there."""
_PERSON = tuple(name for name in TABLES["volunteers"].columns if name != "volunteer_id")
_CENTER = tuple(name for name in TABLES["centers"].columns if name != "center_id")
_SHIFT = ("type", "tags", "alternative", "optional", "skill_id", "min_level", "strain", "teaches")
_NEED = ("skill_id", "min_level", "with_skills", "minimum", "target", "needed_percent")
_FORECAST = ("arrivals_low", "arrivals_high", "arrivals_cv")
KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "absent": (("volunteer_id",), (*SPAN, "name")),
    "closed": (("center_id",), SPAN),
    "cancelled": (("shift_id",), ()),
    "requirement": (("shift_id",), _NEED),
    "volunteer": (("volunteer_id",), (*_PERSON, "skills")),
    "available": (("volunteer_id", *_HOURS), ("end_date", "state", "name")),
    "stand_by": (("volunteer_id",), (*SPAN, "name")),
    "person": (("volunteer_id",), (*_PERSON, "skills", CLEARS)),
    "center": (("center_id",), (*_CENTER, CLEARS)),
    "new_shift": (("shift_id", "center_id", *_HOURS), ("end_date", *_SHIFT)),
    "moved": (("shift_id",), ("center_id", *SPAN, *_SHIFT, CLEARS)),
    "pin": (("volunteer_id", "shift_id", "state"), ()),
    "preference": (("volunteer_id", "state"), ("shift_id", "date", "shifts", "weight")),
    "demand": (("center_id", *_HOURS, "arrivals"), ("service_id", "end_date", *_FORECAST)),
}
"""Kind of change -> columns it needs, and columns it may have; a note may stand beside each."""
ROWS = {
    "person": ("volunteers", "volunteer_id"),
    "center": ("centers", "center_id"),
    "moved": ("shifts", "shift_id"),
}
"""Kind of change -> the table and the id of the row that becomes different."""
_UPDATES: Mapping[str, type[Frozen]] = {
    "person": Volunteer,
    "center": Center,
    "new_shift": Shift,
    "moved": Shift,
    "pin": Pin,
    "preference": Preference,
    "demand": Demand,
}
"""Kind of change -> the row that becomes different or new."""
ROW_OF: Mapping[str, type[Frozen]] = {
    **_UPDATES,
    "available": Availability,
    "stand_by": StandBy,
}
"""Kind of change -> the row that its columns fill."""


_OF_REPAIR = ("added", "removed")
"""What the file says that `repair` writes about whose shifts changed."""
_STATES = {"available": "availability", "pin": "pins", "preference": "preferences"}
"""Kind of change -> the table whose words its state may be."""


def read_kinds(sheet: Sheet) -> None:
    """Put kinds of changes, and their states, in the place of words; other words are told."""
    if "change" not in sheet.header:
        return
    place, further = sheet.header.index("change"), kinds_by_word(also=True)
    kind_of_word = {bare(kind): kind for kind in KINDS} | kinds_by_word()
    for index, row in enumerate(sheet.rows):
        text = row[place]
        row[place] = kind = kind_of_word.get(bare(text)) or further.get(bare(text)) or text
        if kind != text and bare(text) not in kind_of_word:
            message = Message("files.read_as_word", value=Message(f"change.{kind}"))
            sheet.note(message, column="change", value=text, index=index)
        state = sheet.cell(index, "state")
        if state and kind in _STATES:
            words = values_by_word(_STATES[kind], "state")
            row[sheet.header.index("state")] = words.get(folded(state), state)


def kinds_by_word(*, also: bool = False) -> dict[str, str]:
    """Word without accents -> kind of change; `also`: those that kinds are called beside."""
    codes = {f"change.{kind}.also" if also else f"change.{kind}": kind for kind in KINDS}
    return {bare(word): kind for code, kind in codes.items() for word in words_for(code)}


def no_kind(text: str) -> Bad:
    """Why a text is no kind of change."""
    names = tuple(Message(f"change.{kind}") for kind in KINDS)
    remedy = Nearest(KINDS).remedy(text)
    if text in _OF_REPAIR:
        remedy = Message("files.changes_of_repair")
    return Bad("not_one_of", Message("files.one_of", names=names), remedy)


class NothingToClearError(ValueError):
    """A column that always has a value, or one that the kind of change does not have."""


class SkillError(ValueError):
    """A skill that is not written as a name, or as a name, a colon and a level."""


def change_of(kind: str, record: dict[str, Any], before: Frozen | None) -> AnyChange:
    """Make the change that a row of a kind tells; its values are used up.

    `before` is the row of the week that becomes different, for kinds that are about one.
    ValidationError: a value is out of range. OverflowError: there is no such date. SkillError,
    NothingToClearError: a cell holds something else.
    """
    if kind in _UPDATES:
        return late.Update(row=_row(kind, record, before))
    if kind in ("absent", "closed", "available", "stand_by"):
        record.pop("name", None)
        start, end = _moments(*(record.pop(name, None) for name in SPAN))
        if kind == "available":
            return late.Offer(window=Availability(**record, start=start, end=end))
        if kind == "stand_by":
            return late.Update(row=StandBy(**record, start=start, end=end))
        model = late.Absence if kind == "absent" else late.Closing
        return model(**record, start=start, end=end)
    if kind == "cancelled":
        return late.Cancellation(**record)
    if kind == "requirement":
        return late.Need(**record)
    record["skills"] = dict(_levels(record.pop("skills", ())))
    return late.Arrival(volunteer=Volunteer(**record))


def idle(change: AnyChange, shifts: Iterable[Shift]) -> Message | None:
    """Why an absence changes nothing, such as one from 1:00 to 5:00 that may mean the afternoon."""
    if not isinstance(change, late.Absence) or change.start is None or change.end is None:
        return None
    if any(shift.start < change.end and change.start < shift.end for shift in shifts):
        return None
    return Message("files.absent_from_nothing", start=change.start, end=change.end)


def _row(kind: str, record: dict[str, Any], before: Frozen | None) -> Any:
    """The row as it is now: what the file leaves blank stays as it was."""
    values = {} if before is None else dict(before)
    for column in record.pop(CLEARS, ()):
        values[column] = _nothing_in(kind, column)
    if kind in ("new_shift", "moved", "demand") and "date" in record:
        record["start"], record["end"] = _moments(*(record.pop(name, None) for name in SPAN))
    if "skills" in record and isinstance(before, Volunteer):
        levels = dict(_levels(record["skills"]))
        record["skills"] = [dict(g) for g in before.skills if g.skill_id not in levels]
        record["skills"] += [{"skill_id": s, "level": n} for s, n in levels.items() if n]
    return _UPDATES[kind](**values | record)


def _nothing_in(kind: str, column: str) -> Any:
    """What a field of a row holds that says nothing."""
    field = _UPDATES[kind].model_fields.get(column)
    if field is None or field.is_required() or column not in KINDS[kind][1]:
        raise NothingToClearError(column)
    return field.get_default()


def clearable(kind: str) -> tuple[str, ...]:
    """Columns of a kind whose values can be taken away."""
    fields = _UPDATES[kind].model_fields
    return tuple(n for n in KINDS[kind][1] if n in fields and not fields[n].is_required())


def _moments(
    day: Any, start: timedelta | None, end: timedelta | None, last: Any = None
) -> tuple[datetime | None, datetime | None]:
    """First minute and first minute after; an end that is not after the start is a day later.

    `last`: the date of the end, where another than the first is told.
    """
    if day is None and last is None:
        return None, None
    first = timedelta(0) if start is None else start
    after = timedelta(days=1) if end is None else end
    if last is None:
        after += timedelta(days=1) if after <= first else timedelta(0)
    begin, until = None if day is None else cells.at(day, first), cells.at(last or day, after)
    if until is None or (begin is None and day is not None):
        raise OverflowError
    return begin, until


def _levels(names: Sequence[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        skill, colon, level = name.rpartition(":")
        height = cells.read_whole(level.strip())
        if not colon:
            yield name, 1
        elif skill and isinstance(height, int):
            yield skill.strip(), height
        else:
            raise SkillError(name)
