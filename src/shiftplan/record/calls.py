"""Who is to be called next for each shift that lacks people.

(`CurrentWeek`, stand-by lists) -> `NextCall`s. What a call ended with is recorded as `Call`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shiftplan.analysis.reserves import Reserve, reserves
from shiftplan.case.case import Case
from shiftplan.errors.message import Message
from shiftplan.problem.changes import closed
from shiftplan.record.current import CurrentWeek
from shiftplan.week.json_form import Written
from shiftplan.week.records import Shift, overlap
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster

_LISTED = 5
"""People listed for a shift beside those who were not reached."""


@dataclass(frozen=True, slots=True)
class NextCall(Written):
    """Whom to call next for a shift that lacks people."""

    json_keys = "shift_id missing urgent volunteer_id reason then"

    shift_id: str
    """The shift."""
    missing: int
    """People it lacks: empty seats or, where no seat counts every head, people of the roster told
    who cannot come any more and were not replaced."""
    urgent: int
    """Of these, people below a minimum."""
    volunteer_id: str | None
    """Whom to call; None when nobody is left."""
    reason: Message | str
    """Why this person, or that nobody is left; `str` of it is English."""
    then: tuple[str, ...]
    """Ids of those who follow on the list, in order."""


def next_calls(
    week: CurrentWeek,
    *,
    at: datetime | None = None,
    lists: Iterable[Reserve] | None = None,
    chances: Mapping[tuple[str, str], float] | None = None,
) -> tuple[NextCall, ...]:
    """Find whom to call next for each shift that has an empty seat, or lost people.

    People on the shift's stand-by list are called in its order if they can come as the week is now:
    nobody who is absent, works at that time, said that they cannot come, or fills none of the empty
    seats. People whose attendance says that they did not come are missing, and are not called in
    this week. People who were not reached are tried again last, the fewest attempts first. Nobody
    comes first for two shifts at one time. Calls of this week count in the lists, so that among
    equals other people are called first.

    Shifts below a minimum come first, then in order of time. There are none without a roster.

    Parameters
    ----------
    week
        The week as it is now.
    at
        Wall-clock time; shifts that have ended by then are left out. None for no shift.
    lists
        Stand-by lists, as `read_reserves` returns them; None to make them for the current week.
    chances
        Chances that people come, for lists that are made, as `reserves` takes them.

    Raises
    ------
    InputError
        If an option is out of range.
    """
    roster = week.roster
    if roster is None:
        return ()
    missed = week.state.missed
    roster = Roster.of(pair for pair in roster.assignments if pair not in missed)
    case = Case(week.problem, roster)
    lacking = sorted(_lacking(week, case, at), key=lambda lack: (not lack.urgent, *lack.order))
    given = None if lists is None else tuple(lists)
    finder = _Finder(week, roster, case, given, chances, lacking)
    return tuple(finder.next_call(lack) for lack in lacking)


@dataclass(frozen=True)
class _Lack:
    """What a shift lacks."""

    shift: Shift
    missing: int
    urgent: int
    needs: tuple[Requirement, ...]
    """Requirements with an empty seat."""

    @property
    def order(self) -> tuple[object, ...]:
        return self.shift.start, self.shift.end, self.shift.shift_id


def _lacking(week: CurrentWeek, case: Case, at: datetime | None) -> Iterator[_Lack]:
    needs: dict[str, list[Requirement]] = {}
    asking: set[str] = set()
    for need in week.problem.requirements:
        if (shown := case.shown_at(need, at)) is not None:
            needs.setdefault(shown, []).append(need)
        if need.is_of_heads:
            asking.update(shift.shift_id for shift in week.problem.shifts_counted(need))
    told = {} if week.told is None else week.told.people_in
    barred = week.problem.barred
    for shift in week.problem.shifts:
        own = needs.get(shift.shift_id, ())
        lost = 0
        is_on = case.is_held(shift.shift_id) and not closed(week.changes, shift)
        if is_on and shift.shift_id not in asking:
            known = told.get(shift.shift_id, ())
            team = {v.volunteer_id for v in case.people_in[shift.shift_id]}
            lost = sum((shift.shift_id, who) in barred for who in known) - len(team - {*known})
        asked = [need for need in own if case.asks(need)]
        below = [(need, max(0, need.minimum - case.coverage(need))) for need in asked]
        urgent = sum(n for need, n in below if need.exclusive)
        urgent = max([urgent, *(n for need, n in below if not need.exclusive)])
        apart = sum(case.empty(need) for need in own if need.exclusive)
        missing = max([lost, apart, *(case.empty(need) for need in own if not need.exclusive)])
        if missing and (at is None or shift.end > at):
            empty = tuple(need for need in own if case.empty(need))
            yield _Lack(shift, missing, urgent, empty)


class _Finder:
    """Finds calls, one shift after the other."""

    def __init__(
        self,
        week: CurrentWeek,
        roster: Roster,
        case: Case,
        lists: Sequence[Reserve] | None,
        chances: Mapping[tuple[str, str], float] | None,
        lacking: Sequence[_Lack],
    ) -> None:
        self._week, self._roster, self._case, self._chances = week, roster, case, chances
        calls = week.state.calls
        self._called = week.state.times_called
        """Volunteer id -> calls of this week."""
        missed = (c for c in calls if c.answer == "not_reached")
        self._tries = Counter((call.shift_id, call.volunteer_id) for call in missed)
        """(shift id, volunteer id) -> how often the person was not reached."""
        self._barred = week.problem.barred
        self._first: dict[str, list[Shift]] = {}
        """Volunteer id -> shifts that the person is to be called for."""
        self._gone = {who for _, who in week.state.missed}
        """Who did not come to a shift; in the roster it still counts against their limits."""
        self._is_given = lists is not None
        self._longest = _LISTED + max(self._tries.values(), default=0)
        if lists is None:
            lists = self._make([lack.shift.shift_id for lack in lacking], self._longest)
        self._lists = _by_shift(lists)

    def _make(self, shifts: Sequence[str], longest: int) -> Sequence[Reserve]:
        return reserves(
            self._week.problem,
            self._roster,
            per_shift=longest,
            called=self._called,
            chances=self._chances,
            shifts=shifts,
        )

    def next_call(self, lack: _Lack) -> NextCall:
        shift = lack.shift
        listed = self._lists.get(shift.shift_id, ())
        found = [reserve for reserve in listed if self._can_come(reserve.volunteer_id, lack)]
        if not found and not self._is_given and len(listed) == self._longest:
            everybody = self._make([shift.shift_id], len(self._case.volunteers))
            found = [reserve for reserve in everybody if self._can_come(reserve.volunteer_id, lack)]
        found.sort(key=lambda r: (self._tries[shift.shift_id, r.volunteer_id], r.rank))
        if not found:
            said = Message("stand_by.nobody_left")
            return NextCall(shift.shift_id, lack.missing, lack.urgent, None, said, ())
        who = found[0].volunteer_id
        self._first.setdefault(who, []).append(shift)
        then = tuple(reserve.volunteer_id for reserve in found[1:])
        why = self._why(found[0])
        return NextCall(shift.shift_id, lack.missing, lack.urgent, who, why, then)

    def _can_come(self, who: str, lack: _Lack) -> bool:
        shift, person = lack.shift, self._case.volunteers.get(who)
        if person is None or who in self._gone or (shift.shift_id, who) in self._barred:
            return False
        taken = (*self._case.shifts_of[who], *self._first.get(who, ()))
        if any(overlap(other, shift) for other in taken):
            return False
        return not lack.needs or any(self._case.would_fill(n, person, shift) for n in lack.needs)

    def _why(self, reserve: Reserve) -> Message | str:
        """The reason of the list, with calls that the person had."""
        tries = self._tries[reserve.shift_id, reserve.volunteer_id]
        calls = self._called.get(reserve.volunteer_id, 0)
        parts: list[Message | str] = [reserve.reason]
        parts += [Message("stand_by.not_reached", n=tries)] if tries else []
        parts += [Message("stand_by.called", n=calls)] if calls > tries else []
        return Message("stand_by.reason", parts=tuple(parts)) if len(parts) > 1 else reserve.reason


def _by_shift(lists: Iterable[Reserve]) -> Mapping[str, Sequence[Reserve]]:
    found: dict[str, list[Reserve]] = {}
    for reserve in lists:
        found.setdefault(reserve.shift_id, []).append(reserve)
    return found
