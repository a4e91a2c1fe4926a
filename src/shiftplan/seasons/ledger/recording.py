"""From a published roster and what became of it to one week of the ledger.

(`Problem`, `Roster`, `Turnout`s) -> `WorkedWeek`, or the faults of what does not fit together; and
the roster as it was worked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from shiftplan.case.case import Case
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message, Word
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import unknown_ids
from shiftplan.rules import BalanceFar, BalanceShifts, BalanceStrain, Continuity, Mentor, Mentored
from shiftplan.rules.company import Per
from shiftplan.rules.mentors import mentors_of
from shiftplan.seasons.ledger.entries import (
    RESERVES,
    Entry,
    Lesson,
    State,
    Turnout,
    WorkedWeek,
)
from shiftplan.seasons.shows import Show, ShowAnswer
from shiftplan.seasons.shows.show import hours_between
from shiftplan.week.fields import tallies
from shiftplan.week.occupied import Occupied
from shiftplan.week.records import Shift, Volunteer
from shiftplan.week.roster import Roster
from shiftplan.week.scope import EVERY

Pair = tuple[str, str]
_THERE: tuple[State, ...] = ("came", "called")


def week_of(
    problem: Problem,
    roster: Roster,
    turnouts: Iterable[Turnout],
    *,
    attended: bool,
    answers: Mapping[Pair, ShowAnswer],
    told: Mapping[Pair, datetime],
) -> WorkedWeek:
    """Make the week of a published roster and of how its shifts turned out.

    Whoever has no turnout came as planned, which is news of who comes only if they were `attended`.
    Answers and moments are of pairs in the roster, others are ignored. An InputError has every
    unknown id, every turnout that stands twice, and every one that the roster contradicts.
    """
    check_options(("answers", answers, Mapping[Pair, ShowAnswer]))
    check_options(("told", told, Mapping[Pair, datetime]))
    rows = list(turnouts)
    faults = [*unknown_ids(problem, roster.assignments, "roster")]
    faults += unknown_ids(problem, rows, "attendance")
    faults += _contradictions(roster, rows)
    if faults:
        raise InputError(faults)
    recorder = _Recorder(problem, roster, _states(roster, rows))
    return recorder.week(recorder.shows(answers, told) if attended else ())


def as_worked(roster: Roster, turnouts: Iterable[Turnout]) -> Roster:
    """The roster of who was there, planned and came or called in; the turnouts fit it."""
    return Roster.of(pair for pair, state in _states(roster, turnouts).items() if state in _THERE)


def _states(roster: Roster, turnouts: Iterable[Turnout]) -> dict[Pair, State]:
    """What became of every planned shift of a person, and of those called in."""
    states: dict[Pair, State] = {(a.shift_id, a.volunteer_id): "came" for a in roster.assignments}
    return states | {(row.shift_id, row.volunteer_id): row.state for row in turnouts}


def _contradictions(roster: Roster, rows: Sequence[Turnout]) -> Iterator[Fault]:
    seen: dict[Pair, State] = {}
    for i, row in enumerate(rows):
        pair, state = (row.shift_id, row.volunteer_id), row.state
        names = {"who": row.volunteer_id, "shift": row.shift_id}
        said: tuple[Message, Message] | None = None
        if pair in seen and seen[pair] == state:
            message = Message("seasons.turnout_again", **names)
            yield Fault("duplicate_row", "attendance", message=message, index=i)
        elif pair in seen:
            message = Message("seasons.other_turnout", state=Word(seen[pair]), **names)
            said = message, Message("problem.one_row_right")
        elif state in RESERVES and pair in roster:
            message = Message("seasons.no_reserve", **names)
            said = message, Message("seasons.came_meant", state=Word("came"))
        elif state not in RESERVES and pair not in roster:
            message = Message("seasons.not_in_roster", **names)
            said = message, Message("seasons.leave_replaced_out", state=Word("called"))
        if said is not None:
            about = ("attendance", "state", state, said[0])
            yield Fault("contradicting_attendance", *about, remedy=said[1], index=i)
        seen.setdefault(pair, state)


class _Recorder:
    """Counts what everybody offered and did; `states` holds shifts planned and of reserves."""

    def __init__(self, problem: Problem, roster: Roster, states: Mapping[Pair, State]) -> None:
        self.problem, self.states = problem, states
        self.planned = Case(problem, Roster.of(set(roster.assignments)))
        present = [pair for pair, state in states.items() if state in _THERE]
        self.done = Case(problem, Roster.of(present))
        self.asked = Counter[str]()
        self.of_person: dict[str, list[tuple[Shift, State]]] = defaultdict(list)
        for (shift_id, who), state in states.items():
            if state == "asked":
                self.asked[who] += 1
            else:
                self.of_person[who].append((self.done.shifts[shift_id], state))

    def shows(
        self, answers: Mapping[Pair, ShowAnswer], told: Mapping[Pair, datetime]
    ) -> Iterator[Show]:
        """Yield who came of those planned, and who did not without an excuse."""
        horizon = self.problem.horizon
        for (shift_id, who), state in self.states.items():
            if state in ("came", "absent"):
                pair, start = (shift_id, who), self.done.shifts[shift_id].start
                yield Show(
                    volunteer_id=who,
                    start=start,
                    came=state == "came",
                    notice_hours=hours_between(told.get(pair), start, horizon),
                    answer=answers.get(pair),
                )

    def week(self, shows: Iterable[Show]) -> WorkedWeek:
        horizon = self.problem.horizon
        entries = tuple(filter(None, map(self._entry, self.problem.volunteers)))
        shows = tuple(shows)
        return WorkedWeek(start=horizon.start, days=horizon.days, entries=entries, shows=shows)

    def _entry(self, volunteer: Volunteer) -> Entry | None:
        """What a person offered and did; None when that is nothing at all."""
        who, case = volunteer.volunteer_id, self.done
        taken = self.of_person.get(who, [])
        inside = [s for s, _ in case.offers.times(volunteer)]
        beside = [n for _, n in case.occupied_on(volunteer, "counted_shifts", EVERY)]
        minutes_beside = [n for _, n in case.occupied_on(volunteer, "counted_minutes", EVERY)]
        days_beside = [day for day, _ in case.occupied_on(volunteer, "is_work", EVERY)]
        attended = beside or minutes_beside or days_beside
        if not inside and not taken and not self.asked[who] and not attended:
            return None
        minutes = sorted(map(case.minutes, inside), reverse=True)[: case.offers.most(volunteer)]
        excused = [s for s, state in taken if state == "excused"]
        offered = max(len(minutes), len(taken)) - len(excused)
        minutes_offered = max(sum(minutes), sum(case.minutes(s) for s, _ in taken))
        minutes_offered -= sum(map(case.minutes, excused))
        worked = case.worked(volunteer)
        ends = [row.end for row in case.occupied.get(who, ()) if self._is_over(row)]
        wishes, refused = self.planned.wishes(volunteer)
        lessons = self.lessons.get(who, {})
        return Entry(
            volunteer_id=who,
            name=volunteer.name,
            shifts_offered=offered + sum(beside),
            shifts_worked=len(worked) + sum(beside),
            hours_offered=(minutes_offered + sum(minutes_beside)) / 60,
            hours_worked=(sum(map(case.minutes, worked)) + sum(minutes_beside)) / 60,
            undesired_worked=sum(case.offers.state(volunteer, s) == "undesired" for s in worked),
            far_worked=sum(self._is_far(volunteer, s) for s in worked),
            strain_worked=sum(s.strain for s in worked) if self.shares_strain else 0,
            named_offered=tallies({n: case.offers.count(volunteer, (n,)) for n in self.named}),
            named_worked=tallies({n: len(case.worked(volunteer, (n,))) for n in self.named}),
            wishes=wishes,
            wishes_met=wishes - refused,
            mentored=len({s for shifts, _ in lessons.values() for s in shifts}),
            lessons=tuple(
                Lesson(skill_id=skill, shifts=len(shifts), mentors=tuple(mentors))
                for skill, (shifts, mentors) in sorted(lessons.items())
            ),
            called=sum(state == "called" for _, state in taken),
            asked=self.asked[who],
            excused=len(excused),
            absent=sum(state == "absent" for _, state in taken),
            last_worked=max((*(s.day for s in worked), *days_beside), default=None),
            last_shift_end=max((*(s.end for s in worked), *ends), default=None),
            last_center=self._last_center(volunteer),
        )

    def _is_over(self, row: Occupied) -> bool:
        """Whether work beside shifts ends in the week; the next week has the row of any other."""
        horizon = self.problem.horizon
        return row.is_work and horizon.start <= row.end.date() < horizon.end

    @cached_property
    def named(self) -> list[str]:
        """Types and tags that a rule shares out by themselves."""
        rules = (r for r in self.problem.rules if isinstance(r, BalanceShifts))
        return sorted({name for rule in rules for name in rule.shifts})

    def _last_center(self, volunteer: Volunteer) -> str | None:
        """Center of the last shift that counts for the first rule to remember it, if any."""
        rules = (r for r in self.problem.rules if isinstance(r, Continuity) and r.remembers)
        rule = next((r for r in rules if self.done.is_member(volunteer, r.group)), None)
        worked = [] if rule is None else self.done.worked(volunteer, rule.which)
        return worked[-1].center_id if worked else None

    @cached_property
    def shares_strain(self) -> bool:
        """Whether a rule shares strain out."""
        return any(isinstance(rule, BalanceStrain) for rule in self.problem.rules)

    def _is_far(self, volunteer: Volunteer, shift: Shift) -> bool:
        """Whether a shift is far by the first rule that shares out far ones among all people."""
        rules = (r for r in self.problem.rules if isinstance(r, BalanceFar) and r.which.is_all)
        rule = next(rules, None)
        if rule is None or volunteer.mobile:
            return False
        return (self.done.km(volunteer, shift) or 0.0) > rule.beyond_km

    @cached_property
    def lessons(self) -> dict[str, dict[str, tuple[set[str], set[str]]]]:
        """Volunteer id -> skill -> (shifts with a mentor, mentors), from who was there."""
        found: dict[str, dict[str, tuple[set[str], set[str]]]] = {}
        for skill, novice_level, mentor_level, per in mentoring(self.problem):
            for shift in self.problem.shifts:
                mentors = mentors_of(self.done, shift, skill, mentor_level, per)
                for v in self.done.people_in[shift.shift_id] if mentors else ():
                    if v.level(skill, shift.day) <= novice_level:
                        of_person = found.setdefault(v.volunteer_id, {})
                        shifts, met = of_person.setdefault(skill, (set(), set()))
                        shifts.add(shift.shift_id)
                        met.update(mentors)
        return found


def mentoring(problem: Problem) -> list[tuple[str, int, int, Per]]:
    """(skill, highest level of a novice, lowest level of a mentor, per) of rules about mentors.

    A mentor is no novice, as in the rule `mentored`, which counts these shifts.
    """
    usual = problem.horizon.mentor_skill
    found: set[tuple[str, int, int, Per]] = set()
    for rule in problem.rules:
        if isinstance(rule, (Mentor, Mentored)):
            lowest = max(rule.mentor_level, rule.novice_level + 1)
            found.add((rule.skill or usual, rule.novice_level, lowest, rule.per))
    return sorted(found)
