"""Who of a roster comes by the record: some are absent or declined, reserves were called in.

(`CurrentWeek`, `Roster`) -> `WhoComes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar

from shiftplan.analysis.explain import Answer, SeatReasons
from shiftplan.errors.message import Message
from shiftplan.problem.changes import absences_in, absent, gone_by
from shiftplan.record.current import CurrentWeek
from shiftplan.record.refusals import refused
from shiftplan.week.records import overlap
from shiftplan.week.roster import Assignment, Change, Roster

Away = Literal["absent", "declined", "closed"]
"""Why somebody does not come to a shift that a roster gives them: `absent` also where attendance
says so, `closed` where the shift does not take place."""
Mark = Away | Literal["called"]
"""The same, or that a reserve comes who has no place in the roster."""
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class WhoComes:
    """Who of a roster comes."""

    given: Roster
    """The roster."""
    away: Mapping[Assignment, Away]
    """Assignments of it to which nobody comes, in order, and why."""
    called: tuple[Assignment, ...]
    """Reserves who were called and come to shifts that it does not give them."""

    @property
    def marks(self) -> dict[Assignment, Mark]:
        """All of both."""
        return {**self.away, **dict.fromkeys(self.called, "called")}

    @property
    def changes(self) -> tuple[Change, ...]:
        """What makes the roster the one of those who come."""
        gone = tuple(Change(pair, added=False) for pair in self.away)
        return (*gone, *(Change(pair, added=True) for pair in self.called))

    @cached_property
    def roster(self) -> Roster:
        """Those who come."""
        return self.given.after(self.changes) if self.changes else self.given


def barred_by_record(week: CurrentWeek) -> dict[Assignment, Away]:
    """Pairs that only the record keeps apart, and why; the week's own pins are not among them."""
    barred = week.problem.barred - week.files.barred
    return dict(who_comes(week, Roster.of(barred)).away) if barred else {}


def kinds_as_recorded(
    kinds: tuple[str, ...], pair: Assignment, away: Mapping[Assignment, Away]
) -> tuple[str, ...]:
    """Kinds of rules that keep somebody from a shift; how they are away in place of a pin.

    `away`: what `barred_by_record` says.
    """
    return (away[pair],) if "pins" in kinds and pair in away else kinds


def as_recorded(found: _Found, away: Mapping[Assignment, Away]) -> _Found:
    """Reasons against people, of whom some are absent or declined instead of pinned.

    `away`: what `barred_by_record` says. Other answers stay as they are.
    """
    match found:
        case SeatReasons(people=people):
            said = (kinds_as_recorded(one.rules, Assignment.of(one), away) for one in people)
            people = tuple(replace(one, rules=r) for one, r in zip(people, said, strict=True))
            return replace(found, people=people)
        case Answer(question="why_not") if why := away.get(Assignment.of(found)):
            because = tuple(
                replace(
                    one, rule=why, message=Message(f"conflict.away_{why}", **one.message.params)
                )
                if one.rule == "pins" and one.who == found.volunteer_id
                else one
                for one in found.because
            )
            return replace(found, because=because)
    return found


def who_comes(week: CurrentWeek, roster: Roster) -> WhoComes:
    """Find who of a roster comes, by what was recorded; unknown ids count as coming."""
    shifts, people, state = week.problem.shift_by_id, week.problem.volunteer_by_id, week.state
    gone, absences = gone_by(week.changes, week.problem.shifts), absences_in(week.changes)
    declined = {
        pair
        for pair, hours in refused(week.files, state)
        if pair.shift_id in shifts and overlap(shifts[pair.shift_id], hours)
    }
    missed = state.missed

    def why(pair: Assignment) -> Away | None:
        shift_id, who = pair
        if shift_id not in shifts or who not in people:
            return None
        if shift_id in gone:
            return "closed"
        if pair in missed or absent(absences.get(who, ()), who, shifts[shift_id]):
            return "absent"
        return "declined" if pair in declined else None

    away = {pair: found for pair in roster.assignments if (found := why(pair)) is not None}
    called = tuple(pair for pair in week.called_in.assignments if pair not in roster)
    return WhoComes(roster, away, called)
