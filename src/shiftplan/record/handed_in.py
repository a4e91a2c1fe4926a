"""What people hand in for a record: lists and typed texts.

Files or texts -> changes, answers and calls, for `LiveWeek.record`, and what of them deserves a
second look; turnouts are read by `files.read_attendance`, changes that are made together by
`files.read_changes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from shiftplan.errors import Fault
from shiftplan.errors.message import AtShift, Message, Person
from shiftplan.files.lists.seat_forms import CALLS, answers_by
from shiftplan.files.lists.seat_lists import read_seats
from shiftplan.files.lists.typed import Given
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Need, absent, gone_by
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.record.refusals import refused
from shiftplan.record.saying import first_of
from shiftplan.seasons import Turnout
from shiftplan.week.records import moved_shifts, overlap
from shiftplan.week.roster import Assignment, Roster


def read_shift_answers(
    problem: Problem,
    given: Given,
    roster: Roster | None,
    *,
    usual: Literal["confirmed", "declined"],
    on_note: Callable[[Fault], None] | None = None,
    before: Iterable[ShiftAnswer] = (),
) -> tuple[ShiftAnswer, ...]:
    """Read what people said about the shifts that they were told.

    Parameters
    ----------
    problem
        The week as it is now.
    given
        A CSV file or a workbook with the column volunteer_id or volunteer, perhaps shift_id, or
        center, date and start, and perhaps answer; answers of a form have such columns too. Or a
        text, such as `V00001`, `Nguyễn Văn An: T3` or `V00001: S1`; what names no file is one.
        Several are read together.
    roster
        The roster that was told. A row or text without a shift is about all shifts that the person
        has in it, or those on its date; without a roster each names its shift.
    usual
        What a text says, and a row of a list without a column for answers. In such a column, cells
        that are blank, or say that the person has not decided, are no answers.
    on_note
        Called with what was read as something else than what is written, with answers about shifts
        that the person does not have, with those that contradict an earlier one, and with the
        number of people who have not answered.
    before
        Answers that were given already, of which `on_note` hears where these contradict them.

    Raises
    ------
    InputError
        With every fault of the lists.
    MissingExtraError
        One is a workbook, and the package openpyxl is missing.
    """
    return read_seats(ShiftAnswer, given, answers_by(usual), problem, roster, on_note, before)


def read_calls(
    problem: Problem,
    given: Given,
    *,
    on_note: Callable[[Fault], None] | None = None,
) -> tuple[Call, ...]:
    """Read which reserves were called, and what they said.

    Parameters
    ----------
    problem
        The week as it is now.
    given
        A CSV file or a workbook with the columns volunteer_id or volunteer, answer, and shift_id or
        center, date and start. Or a text, such as `V00001: S1: comes`; what names no file is one.
        Several are read together.
    on_note
        Called with what was read as something else than what is written.

    Raises
    ------
    InputError
        With every fault of the lists.
    MissingExtraError
        One is a workbook, and the package openpyxl is missing.
    """
    return read_seats(Call, given, CALLS, problem, None, on_note)


def worth_a_look(
    before: CurrentWeek,
    now: CurrentWeek,
    groups: Iterable[Sequence[AnyChange]],
    said: Sequence[ShiftAnswer | Call],
    turnouts: Iterable[Turnout],
    at: datetime,
) -> Iterator[Message]:
    """Yield what was recorded, and yet may be a mistake.

    Changes that were recorded already, needs of shifts that do not take place, people of moved
    shifts who did not offer the new hours, answers of people who are absent then, pins that no
    longer hold, answers before anybody was told anything, and attendance in shifts that are still
    to begin.

    Parameters
    ----------
    before, now
        The week before and after it was recorded.
    groups, said, turnouts
        What was recorded.
    at
        The present moment by the clocks of the week.
    """
    known = {change: n for n, changes in before.state.changed.items() for change in changes}
    again = [known[change] for group in groups for change in group if change in known]
    if again:
        yield Message("record.recorded_before", n=len(again), entry=min(again))
    shifts = now.problem.shift_by_id
    gone = gone_by(now.changes, now.problem.shifts)
    needs = (change for group in groups for change in group if isinstance(change, Need))
    if unheld := dict.fromkeys(need.shift_id for need in needs if need.shift_id in gone):
        yield Message("record.need_of_closed", which=first_of(map(AtShift, unheld)))
    moved = moved_shifts(before.problem.shift_by_id, shifts)
    known_to = (now.known or Roster()).assignments
    unoffered = [p for p in known_to if p.shift_id in moved and not _is_offered(now, p)]
    if unoffered:
        people = dict.fromkeys(Person(pair.volunteer_id) for pair in unoffered)
        yield Message("record.not_offered", n=len(people), which=first_of(people))
    coming = [one for one in said if one.answer in ("confirmed", "comes")]
    away = [p for p in coming if absent(now.changes, p.volunteer_id, shifts[p.shift_id])]
    if away:
        which = first_of(Person(one.volunteer_id) for one in away)
        yield Message("record.absent_then", which=which)
    own = _musts(before.files)  # else it is what people confirmed, and took back themselves
    was = (p for p in _musts(before.problem) if p in own or p not in before.promised)
    given_up = [p for p in was if p not in _musts(now.problem)]
    if given_up:
        which = first_of(
            Message("entry.at", what=Person(p.volunteer_id), when=AtShift(p.shift_id))
            for p in given_up
        )
        yield Message("record.pins_given_up", n=len(given_up), which=which)
    if now.told is None and any(isinstance(one, ShiftAnswer) for one in said):
        yield Message("record.answered_untold")
    early = [t.shift_id for t in turnouts if shifts[t.shift_id].start > at]
    if early:
        yield Message("record.not_begun", which=first_of(map(AtShift, early)))


def _musts(problem: Problem) -> dict[Assignment, None]:
    """Assignments that the week decides."""
    return {Assignment.of(pin): None for pin in problem.pins if pin.state == "must"}


def _is_offered(week: CurrentWeek, pair: Assignment) -> bool:
    """Whether a person offered the time of a shift, or said already that they cannot come then."""
    problem, shift = week.problem, week.problem.shift_by_id[pair.shift_id]
    person = problem.volunteer_by_id.get(pair.volunteer_id)
    if person is None or absent(week.changes, pair.volunteer_id, shift):
        return True
    return problem.offers.state(person, shift) is not None or any(
        who == pair.volunteer_id and overlap(shift, hours)
        for (_, who), hours in refused(week.files, week.state)
    )
