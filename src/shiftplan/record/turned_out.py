"""How a week turned out according to its record, for the ledger and for chances still open.

`LiveWeek` -> `TurnedOut` -> a `Ledger` with the week; with `ShowRates` -> the chance of everybody
told, as far as answers are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from shiftplan.problem import Problem
from shiftplan.problem.changes import gone_by, possible
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import Told, Withdrawn
from shiftplan.record.live import LiveWeek
from shiftplan.record.state import RecordState
from shiftplan.seasons import Ledger, ShowRates, Turnout
from shiftplan.seasons.ledger import RESERVES, State
from shiftplan.seasons.shows import ShowAnswer
from shiftplan.week.records import Shift, is_same
from shiftplan.week.roster import Assignment, Roster

_Assigned = tuple[str, str]
"""Ids of a shift and a volunteer, as in a roster."""


@dataclass(frozen=True)
class TurnedOut:
    """What the record of a week says about published shifts."""

    problem: Problem
    """The week as it is now."""
    roster: Roster
    """What people were told, with the shifts that they lost because they cannot come, and without
    shifts that are no longer in the week."""
    turnouts: tuple[Turnout, ...]
    """Recorded turnouts and reserves who were called; where none is recorded, `excused` for people
    who declined their shift or cannot come, even if another version was published since."""
    attended: bool
    """Whether attendance was recorded, and all shifts have begun."""
    answers: Mapping[_Assigned, ShowAnswer]
    """Who confirmed, and who did not answer by the deadline."""
    told: Mapping[_Assigned, datetime]
    """When people were first told of an assignment that they have had since, at the same place and
    time."""

    def added_to(self, ledger: Ledger) -> Ledger:
        """The ledger with the week; InputError as `Ledger.record` raises it."""
        return ledger.record(
            self.problem,
            self.roster,
            self.turnouts,
            attended=self.attended,
            answers=self.answers,
            told=self.told,
        )

    def chances(self, rates: ShowRates) -> dict[_Assigned, float]:
        """Chance of each assignment to be kept; 0 for people who declined or cannot come."""
        found = rates.chances(self.problem, self.roster, answers=self.answers, told=self.told)
        gone = {Assignment.of(t) for t in self.turnouts if t.state == "excused"}
        return {pair: 0.0 if pair in gone else chance for pair, chance in found.items()}


def turned_out(live: LiveWeek, now: datetime | None = None) -> TurnedOut:
    """Read from its record how a week turned out, or how it stands now.

    Parameters
    ----------
    live
        The week, in which something was told.
    now
        Wall-clock time that decides which deadlines have passed, and which shifts have begun; None
        for all.

    Raises
    ------
    InputError
        Nothing was told.
    """
    week = live.now
    if week.told is None:
        raise week.state.lacking("record.nothing_told")
    problem, promises = week.problem, _Promises(live, now)
    if week.state.refused:  # to decline a shift takes nothing back of what was offered
        windows = (*week.offered, *problem.availability)
        problem = problem.fitting(availability=windows)
    states = _states(week, promises)
    reserves = {pair for pair, state in states.items() if state in RESERVES}
    shifts = problem.shift_by_id
    there = shifts.keys() - gone_by(week.changes, problem.shifts)
    known = Roster.of(pair for pair in promises.ever if pair[0] in there)
    lost = {*known.assignments} - {*possible(problem, known).assignments}
    planned = ({*week.told.assignments} | (states.keys() & promises.ever) | lost) - reserves
    people = problem.volunteer_by_id
    roster = Roster.of((where, who) for where, who in planned if where in shifts and who in people)
    for pair in {*roster.assignments} - {*possible(problem, roster).assignments}:
        states.setdefault(pair, "excused")
    return TurnedOut(
        problem,
        roster,
        tuple(
            Turnout(shift_id=where, volunteer_id=who, state=state)
            for (where, who), state in sorted(states.items())
            if where in shifts and who in people
        ),
        attended=bool(week.state.turnouts)
        and (now is None or all(shifts[where].start <= now for where in roster.people_in)),
        answers=_answers(week.state, promises),
        told={pair: at for pair, (at, _) in promises.since.items()},
    )


def _states(week: CurrentWeek, promises: _Promises) -> dict[_Assigned, State]:
    """What is known of shifts: of those promised, and of those of reserves.

    Reserves who said that they come did so, unless attendance says otherwise. A call that was made
    before the person was planned for the shift anyway does not count. Whoever came without having
    been told or called counts as a reserve; that such a person did not come says nothing.
    """
    found: dict[_Assigned, State] = {
        Assignment.of(call): "asked"
        for call in week.state.calls
        if Assignment.of(call) not in promises.since
    }
    found |= dict.fromkeys(week.called_in.assignments, "called")
    for pair, row in week.state.turnouts.items():
        came = row.state in ("came", "called")
        if pair in promises.ever and not (pair in found and came):
            found[pair] = row.state
        elif came or pair in found or row.state == "asked":
            found[pair] = "called" if came else "asked"
    return found


def _answers(state: RecordState, promises: _Promises) -> dict[_Assigned, ShowAnswer]:
    found: dict[_Assigned, ShowAnswer] = dict.fromkeys(promises.asked, "unanswered")
    for pair, said in state.answers.items():
        found.pop(pair, None)
        if said.answer == "confirmed":
            found[pair] = "confirmed"
    return found


def chances_of(live: LiveWeek, roster: Roster | None, rates: ShowRates) -> dict[_Assigned, float]:
    """Chance of each assignment of a roster; None for the newest one of the week.

    For those told also by the answers given until now.
    """
    roster = live.now.roster if roster is None else roster
    if roster is None:
        return {}
    found = rates.chances(live.now.problem, roster)
    if live.now.told is not None:
        now = live.now.problem.horizon.local(datetime.now(UTC))
        told = turned_out(live, now).chances(rates)
        found |= {pair: chance for pair, chance in told.items() if pair in found}
    return found


class _Promises:
    """What was published, entry by entry."""

    def __init__(self, live: LiveWeek, now: datetime | None) -> None:
        self.ever: set[_Assigned] = set()
        """Every assignment that was ever published."""
        self.since: dict[_Assigned, tuple[datetime, Shift]] = {}
        """What holds now: since when, and the shift as it was published."""
        self.asked: set[_Assigned] = set()
        """Of these, assignments that people were asked to confirm by a deadline that has passed."""
        for entry in live.entries:
            match entry.body:
                case Told() as told:
                    self._tell(entry.at, told, live.roster_of(told.version), now)
                case Withdrawn():
                    self.since, self.asked = {}, set()

    def _tell(self, at: datetime, told: Told, roster: Roster, now: datetime | None) -> None:
        shifts = {shift.shift_id: shift for shift in told.shifts}
        before, self.since = self.since, {}
        for pair in roster.assignments:
            if pair.shift_id not in shifts:
                continue
            old, shift = before.get(pair), shifts[pair.shift_id]
            self.since[pair] = old if old and is_same(old[1], shift) else (at, shift)
        self.ever |= self.since.keys()
        has_passed = told.deadline is not None and (now is None or told.deadline <= now)
        unchanged = {pair for pair in self.asked if self.since.get(pair) == before.get(pair)}
        self.asked = set(self.since) if has_passed else unchanged & self.since.keys()
