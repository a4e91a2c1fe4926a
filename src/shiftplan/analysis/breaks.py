"""Who of a roster goes on a break when.

(`Problem`, `Roster`) -> `break_times` -> times by shift and person.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from shiftplan.analysis.taking_turns import Cells, OneByOne, TurnGroup, TurnNeed, Turns
from shiftplan.case.case import laid_out
from shiftplan.citizens.shift_design.candidates import break_groups
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.demand import design_policy_at
from shiftplan.week.records import Shift, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster

BreakTime = tuple[dt.datetime, dt.datetime]
"""First minute of a break and first minute after it, wall-clock time."""
BreakTimes = Mapping[tuple[str, str], tuple[BreakTime, ...]]
"""Id of a shift, id of a person -> when that person is on a break, in order of time."""
_Span = tuple[int, int]
_Choices = tuple[tuple[tuple[_Span, ...], ...], ...]
"""For each group of breaks, what one chooses from: minutes after the start of the shift."""
_LAST = "_break_times_last"
"""Where a week keeps the roster asked for last, and its breaks; copies of the week have none."""


@takes_week
def break_times(problem: Problem, roster: Roster) -> BreakTimes:
    """When each person of a roster is on a break.

    The table `breaks` says which breaks a shift has, and when each may begin. Shifts of a center
    that overlap, directly or through others, are decided together, usually those of one day, and
    nothing else matters to them. So that, one after the other:

    1. no more people are on a break together than `most_on_break` of the table policy allows at
       the center; one always may;
    2. the fewest minutes of people are missing in what is needed, heads and skills alike; those
       below a minimum count `minimum_factor` times. What is needed is what requirements about
       times say of the center, or where there are none, those of the shifts;
    3. breaks are spread: the sum over time of the square of the people on a break is least.

    For a few shifts nothing is better; where dozens of people overlap, each goes when it is best
    with the others as they are. Who of several people alike goes first is drawn by their ids and
    the shift's: a change of one person mostly moves no break but theirs. The same input gives the
    same breaks. Where breaks could be taken together in more than 1,000 ways, the break of the
    shift with most times begins at every second of these, and so on; one of five or more may then
    find no room.

    Parameters
    ----------
    problem
        The week, whose table `breaks` says which breaks there are.
    roster
        Any roster; unknown ids are left out.

    Returns
    -------
    mapping
        Shift id, volunteer id -> starts and ends of the breaks, in order of time; people without
        breaks are left out.
    """
    if not problem.breaks:
        return {}
    last: tuple[Roster, BreakTimes] | None = vars(problem).get(_LAST)
    if last is None or last[0] != roster:
        last = vars(problem)[_LAST] = roster, _decided(problem, roster)
    return last[1]


def _decided(problem: Problem, roster: Roster) -> BreakTimes:
    laid, found = _Laid(problem, roster), dict[tuple[str, str], tuple[BreakTime, ...]]()
    best = cache(_best)  # many shifts differ in nothing that matters here
    for shifts in laid.together():
        overlapping = _Overlapping(laid, shifts)
        found.update(overlapping.times(best(overlapping.turns())))
    return {pair: found[pair] for pair in sorted(found)}


def _best(turns: Turns) -> tuple[tuple[int, ...], ...]:
    """People at each choice of each group, so that it costs least."""
    found = OneByOne(turns)
    if found.cost > found.least:
        from shiftplan.analysis.turns_searched import searched  # HiGHS takes a while to import

        better = searched(turns, may_exceed=found.exceeds)
        if better is not None and OneByOne(turns, better).cost < found.cost:
            return better
    return found.counts


class _Laid:
    """A week and its roster, laid out for those who ask for spans, breaks and needs of shifts."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem, self.case = problem, laid_out(problem, roster)
        self._minutes = problem.horizon.minutes
        self._timed: dict[str, list[Requirement]] = defaultdict(list)
        self._of_shift: dict[str, list[Requirement]] = defaultdict(list)
        for need in problem.requirements:
            if need.shift_id is not None:
                self._of_shift[need.shift_id].append(need)
            elif need.center_id is not None and need.start is not None:
                self._timed[need.center_id].append(need)
        self._choices = cache(self._choices_of)

    def together(self) -> Iterator[list[Shift]]:
        """Yield shifts with people that overlap, where any of them has a break."""
        own: dict[str, list[Shift]] = defaultdict(list)
        for shift in self.problem.shifts:
            if self.case.people_in[shift.shift_id]:
                own[shift.center_id].append(shift)
        for shifts in own.values():
            end, groups = 0, list[list[Shift]]()
            for shift in sorted(shifts, key=lambda s: (self.span(s), s.shift_id)):
                begin, stop = self.span(shift)
                if not groups or begin >= end:
                    groups.append([])
                groups[-1].append(shift)
                end = max(end, stop)
            yield from (group for group in groups if any(map(self.breaks, group)))

    def span(self, of: Shift | Requirement) -> _Span:
        """First minute of a shift, or of what is needed, and first one after it."""
        if isinstance(of, Requirement) and of.shift_id is not None:
            of = self.problem.shift_by_id[of.shift_id]
        assert of.start is not None
        assert of.end is not None
        return self._minutes(of.start), self._minutes(of.end)

    def breaks(self, shift: Shift) -> _Choices:
        """What people of a shift choose from."""
        begin, end = self.span(shift)
        return self._choices(shift.type, end - begin)

    def _choices_of(self, kind: str, length: int) -> _Choices:
        own = [row for row in self.problem.breaks if row.concerns(kind, length)]
        while True:
            try:
                return tuple(tuple(sorted(choices)) for choices in break_groups(own, length))
            except InputError:  # too many ways to take several breaks: the one with most starts
                most = max(own, key=lambda row: len(row.begins(length)))  # has every other
                rarer = most.model_copy(update={"step": 2 * most.step})
                own = [rarer if row is most else row for row in own]

    def people(self, shift: Shift) -> list[Volunteer]:
        """Who is in a shift, in order of ids."""
        found = {v.volunteer_id: v for v in self.case.people_in[shift.shift_id]}
        return [found[who] for who in sorted(found)]

    def needs(self, shifts: Sequence[Shift]) -> list[Requirement]:
        """What is needed while some shifts of a center last."""
        timed = self._timed.get(shifts[0].center_id, ())
        counted = [need for need in timed if any(map(need.may_count, shifts))]
        return counted or [need for shift in shifts for need in self._of_shift[shift.shift_id]]


class _Alike(NamedTuple):
    """People of a shift who count for the same needs."""

    shift: Shift
    needs: tuple[int, ...]
    people: tuple[str, ...]


class _Overlapping:
    """Shifts of a center that overlap, cut where anything begins or ends."""

    def __init__(self, laid: _Laid, shifts: Sequence[Shift]) -> None:
        self._laid, self._shifts, self._needs = laid, shifts, laid.needs(shifts)
        bounds: list[Shift | Requirement] = [*shifts, *self._needs]
        edges = {m for one in bounds for m in laid.span(one)}
        for shift in shifts:
            begin, _ = laid.span(shift)
            spans = (s for own in laid.breaks(shift) for one in own for s in one)
            edges |= {begin + m for span in spans for m in span}
        self._edges = sorted(edges)
        self._place = {edge: number for number, edge in enumerate(self._edges)}
        self._alike = self._in_kinds()
        self._groups = [
            (kind, TurnGroup(len(kind.people), kind.needs, self._choices(kind.shift, choices)))
            for kind in self._alike
            for choices in laid.breaks(kind.shift)
        ]

    def turns(self) -> Turns:
        """All that matters to who goes when, in numbers."""
        center = self._laid.problem.center_by_id[self._shifts[0].center_id]
        policy = design_policy_at(center, self._laid.problem.policy)
        minutes = tuple(b - a for a, b in pairwise(self._edges))
        people, there = [0] * len(minutes), Counter[int]()
        for kind in self._alike:
            for cell in range(*self._cells(self._laid.span(kind.shift))):
                people[cell] += len(kind.people)
            for number in kind.needs:
                there[number] += len(kind.people)
        return Turns(
            minutes=minutes,
            most=tuple(max(1, int(policy.most_on_break * n + 1e-9)) for n in people),
            needs=tuple(
                TurnNeed(self._cells(self._laid.span(need)), need.minimum, need.target, there[n])
                for n, need in enumerate(self._needs)
            ),
            groups=tuple(group for _, group in self._groups),
            minimum_factor=policy.minimum_factor,
        )

    def times(self, counts: Sequence[Sequence[int]]) -> BreakTimes:
        """When each person is on a break, by how many take each choice of each group."""
        own: dict[tuple[str, str], list[_Span]] = defaultdict(list)
        for (kind, group), people in zip(self._groups, counts, strict=True):
            for who, choice in _shared_out(kind, people):
                spans = own[kind.shift.shift_id, who]
                spans += ((self._edges[a], self._edges[b]) for a, b in group.choices[choice])
        moment = self._laid.problem.horizon.moment
        return {
            pair: tuple((moment(a), moment(b)) for a, b in sorted(spans))
            for pair, spans in own.items()
        }

    def _cells(self, span: _Span) -> Cells:
        return self._place[span[0]], self._place[span[1]]

    def _choices(
        self, shift: Shift, choices: Sequence[Sequence[_Span]]
    ) -> tuple[tuple[Cells, ...], ...]:
        begin, _ = self._laid.span(shift)
        return tuple(tuple(self._cells((begin + a, begin + b)) for a, b in one) for one in choices)

    def _in_kinds(self) -> list[_Alike]:
        """The people, those of a shift together who count for the same needs."""
        found = []
        for shift in self._shifts:
            counted = [
                (number, need)
                for number, need in enumerate(self._needs)
                if (
                    need.may_count(shift)
                    if need.shift_id is None
                    else need.shift_id == shift.shift_id
                )
            ]
            kinds: dict[tuple[int, ...], list[str]] = defaultdict(list)
            for person in self._laid.people(shift):
                own = (n for n, need in counted if self._laid.case.counts(need, person, shift))
                kinds[tuple(own)].append(person.volunteer_id)
            found += [_Alike(shift, own, tuple(people)) for own, people in kinds.items()]
        return found


def _shared_out(kind: _Alike, counts: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield who takes which choice: of pairs of a person and a free place the first in a draw.

    Each pair has a number of its own, made of ids: whoever goes, or comes in the place of somebody
    else, moves few others.
    """
    slots = [choice for choice, people in enumerate(counts) for _ in range(people)]
    drawn = {
        (who, choice): _drawn(f"{kind.shift.shift_id}\0{who}\0{choice}")
        for who in kind.people
        for choice in dict.fromkeys(slots)
    }
    pairs = sorted(
        (drawn[who, choice], who, number)
        for who in kind.people
        for number, choice in enumerate(slots)
    )
    left, free = set(kind.people), set(range(len(slots)))
    for _, who, number in pairs:
        if who in left and number in free:
            left.discard(who)
            free.discard(number)
            yield who, slots[number]


def _drawn(text: str) -> bytes:
    """Bytes that look random, and are always the same for a text."""
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
