"""Who can be called when somebody does not come: a ranked list of people for each shift.

(`Problem`, `Roster`) -> `reserves` -> `Reserve`s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.on_call import standing_by, with_stand_by
from shiftplan.case.arrays import NOT_AVAILABLE, PREFERRED, UNDESIRED, Array, Arrays
from shiftplan.errors.allowed import FromZero, PairChances
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.known_ids import need_shift
from shiftplan.rules.attendance import chance_of_at_least
from shiftplan.rules.base import rnd
from shiftplan.rules.registry import forbidden_pairs
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster


@dataclass(frozen=True, slots=True)
class Reserve:
    """One person on the stand-by list of a shift."""

    shift_id: str
    """The shift."""
    rank: int
    """Place on the list; 1 is called first."""
    volunteer_id: str
    """The person."""
    reason: Message | str
    """What speaks for and against the person; `str` of it is English. A text where the list was
    read from a file."""


@takes_week
def reserves(
    problem: Problem,
    roster: Roster,
    *,
    per_shift: int = 3,
    called: Mapping[str, int] | None = None,
    chances: Mapping[tuple[str, str], float] | None = None,
    shifts: Iterable[str] | None = None,
) -> tuple[Reserve, ...]:
    """Make a stand-by list for each shift, so that a person who does not come costs one call.

    They come in the order of the problem's shifts; the same input gives the same lists. Alternative
    and optional shifts that are not held have none.

    Who is not in a shift may stand by for it when the roster with this one assignment more breaks
    no hard rule that it does not break already. A reserve comes in somebody's place: where rules
    about the team are broken then, as when the room is full, there must be a member of the team
    in whose place the person breaks none of these. An empty team has nobody to stand in for;
    whoever is on its list can simply be asked to come. People whose show_rate, or chance to come to
    this shift, is 0 are not on its list. Times at which somebody stands by (table `stand_by`) count
    as offered.
    Everybody is judged for one call: put who was called into the roster and make the lists again.

    People are ranked by, one after the other:

    1. what they cover: for each requirement that counts them the chance that fewer people come
       than its minimum (than its target where the minimum is 0), when everybody in the team comes
       by their own chance; the sum, rounded to 0.1, higher first;
    2. having offered to stand by at that time;
    3. not being on the list of another shift at that time;
    4. fewer lists on which they are first, so that calls are spread; each call that they had
       counts as one more;
    5. their wish: preferred, available, undesired;
    6. km from home to the center, rounded to 5 km; last when it is unknown or the person mobile;
    7. their load: shifts worked by shifts offered, history included; last when nothing is offered;
    8. a higher chance to come;
    9. their volunteer_id.

    Shifts get their lists in the order of what is at risk, the sum of the chances of point 1, and
    then of their ids, so that people who are rare go where they are needed most.

    Parameters
    ----------
    problem, roster
        Any roster of the problem; what it breaks already is not held against anybody.
    per_shift
        Longest list, 0 or more.
    called
        Volunteer id -> how often the person was called lately; None for nobody. Unknown ids are
        ignored.
    chances
        Chance that a person comes to a shift, 0 to 1, by (shift id, volunteer id), such as those
        that `ShowRates.chances` has learned; the person's show_rate where there is none.
    shifts
        Ids of the shifts that get a list, no others being considered; None for all.

    Raises
    ------
    InputError
        If an option is out of range, or a shift is unknown.
    """
    check_options(("per_shift", per_shift, FromZero), ("chances", chances, PairChances))
    asked = None if shifts is None else set(shifts)
    for shift_id in sorted(asked or ()):
        need_shift(problem, shift_id)
    if per_shift == 0 or not problem.volunteers or asked == set():
        return ()
    lists = _Lists(problem, roster, called or {}, chances or {})
    ids = [shift.shift_id for shift in problem.shifts]
    held = lists.case.is_held
    places = [s for s, i in enumerate(ids) if (asked is None or i in asked) and held(i)]
    order = sorted(places, key=lambda s: (-lists.at_risk(s), ids[s]))
    found = {shift: lists.make(shift, per_shift) for shift in order}
    return tuple(reserve for shift in places for reserve in found[shift])


class _Lists:
    """What is known of one roster, and the lists made so far.

    People and shifts are named by their index in the problem.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        called: Mapping[str, int],
        chances: Mapping[tuple[str, str], float],
    ) -> None:
        self._problem, on_call = problem, with_stand_by(problem)
        self._candidates = Candidates(on_call, roster)
        self._arrays, self.case = Arrays(on_call), self._candidates.case
        case = self.case
        self._stands_by = standing_by(self._arrays, problem)
        people = problem.volunteers
        self._worked = np.array([len(case.shifts_of[v.volunteer_id]) for v in people], np.int64)
        """Shifts each person works, int of shape (num_volunteers,)."""
        offered = self._arrays.offered + self._arrays.past("shifts_offered")
        self._load = np.full(len(people), np.inf)
        """Shifts worked by shifts offered, history included; infinite when nothing is offered."""
        with np.errstate(over="ignore"):  # next to nothing offered is as nothing
            worked = self._worked + self._arrays.past("shifts_worked")
            np.divide(worked, offered, out=self._load, where=offered > 0)
        self._show_rate = np.array([v.show_rate for v in people])
        self._own_chances: dict[int, dict[int, float]] = defaultdict(dict)
        """Shift -> person -> chance to come, where it is not the show rate."""
        index, shift_index = self._arrays.volunteer_index, self._arrays.shift_index
        for (shift_id, who), chance in chances.items():
            if shift_id in shift_index and who in index:
                self._own_chances[shift_index[shift_id]][index[who]] = chance
        self._mobile = np.array([v.mobile for v in people], dtype=bool)
        """Who is sent anywhere, bool of shape (num_volunteers,)."""
        self._placed = np.array([c.lat is not None and c.lon is not None for c in problem.centers])
        self._possible = self._who_may()
        self._risks: list[list[tuple[Requirement, float]]] = [[] for _ in problem.shifts]
        """Requirements of each shift that need anybody, with the chance that too few come."""
        for need in problem.requirements:
            if needed := need.minimum or need.target:
                there = {v.volunteer_id for v in case.counted(need)}
                shifts = case.shifts_counted(need)
                rates = [
                    float(self._comes(shift_index[shift.shift_id])[index[v.volunteer_id]])
                    for shift in shifts
                    for v in case.people_in[shift.shift_id]
                    if v.volunteer_id in there and case.counts(need, v, shift)
                ]
                risk = 1 - chance_of_at_least(rates, needed)
                for shift in shifts:
                    self._risks[shift_index[shift.shift_id]].append((need, risk))
        self._meets = cache(self._arrays.meets)
        self._place_of_id = np.argsort(np.argsort([v.volunteer_id for v in people]))
        self._firsts = np.array([called.get(v.volunteer_id, 0) for v in people], dtype=np.int64)
        """Lists on which each person is first, and calls that the person had."""
        self._listed: dict[int, list[int]] = {}
        """Person -> shifts on whose lists the person is."""

    def _comes(self, shift: int) -> Array:
        """Chance that each person comes to a shift, shape (num_volunteers,)."""
        own = self._own_chances.get(shift)
        if not own:
            return self._show_rate
        found = self._show_rate.copy()
        found[[*own]] = [*own.values()]
        return found

    def at_risk(self, shift: int) -> float:
        """Sum of the chances that too few come to a shift."""
        return round(sum(risk for _, risk in self._risks[shift]), 9)

    def make(self, shift: int, longest: int) -> list[Reserve]:
        reserves: list[Reserve] = []
        shift_id = self._problem.shifts[shift].shift_id
        for person in self._by_rank(shift):
            who = self._problem.volunteers[person].volunteer_id
            if not self._candidates.can_stand_by(shift_id, who):
                continue
            reserves.append(Reserve(shift_id, len(reserves) + 1, who, self._reason(person, shift)))
            self._listed.setdefault(person, []).append(shift)
            self._firsts[person] += len(reserves) == 1
            if len(reserves) == longest:
                break
        return reserves

    def _by_rank(self, shift: int) -> list[int]:
        """People who might stand by for a shift, best first."""
        people = np.flatnonzero(self._possible[shift])
        covered = np.zeros(len(people))
        for need, risk in self._risks[shift]:
            covered += np.where(self._counts(need, shift)[people], risk, 0.0)
        span = self._arrays.span[shift]
        keys = (
            -np.round(covered, 1),
            ~self._stands_by[people, span],
            np.array([self._is_listed(person, shift) for person in people.tolist()], dtype=bool),
            self._firsts[people],
            -self._arrays.state[people, span],
            np.floor(self._km(people, shift) / 5 + 0.5),
            self._load[people],
            -self._comes(shift)[people],
            self._place_of_id[people],
        )
        ranked: list[int] = people[np.lexsort(keys[::-1])].tolist()
        return ranked

    def _is_listed(self, person: int, shift: int) -> bool:
        """Whether a person is on the list of a shift that overlaps this one."""
        start, end, listed = self._arrays.start, self._arrays.end, self._listed.get(person, ())
        return any(start[other] < end[shift] and start[shift] < end[other] for other in listed)

    def _counts(self, need: Requirement, shift: int) -> Array:
        """Whom a requirement of a shift counts, bool of shape (num_volunteers,)."""
        counted = np.ones(len(self._worked), dtype=bool)
        for condition in need.conditions:
            counted &= self._meets(condition)[:, shift]
        return counted

    def _is_home(self, people: Array, shift: int) -> Array:
        """Whether the center of a shift is each person's home center, bool; not of the mobile."""
        at_home = self._arrays.home[people] == self._arrays.center[shift]
        return np.asarray(at_home & ~self._mobile[people])

    def _km(self, people: Array, shift: int) -> Array:
        """Distance from home to the center of a shift, float; infinite when it is unknown.

        Mobile people have none, and so come after those who live somewhere.
        """
        home, there = self._arrays.home[people], self._arrays.center[shift]
        known = (home >= 0) & self._placed[home] & self._placed[there] & ~self._mobile[people]
        km: Array = np.where(known, self._arrays.km[home, there], np.inf)
        km[self._is_home(people, shift)] = 0.0
        return km

    def _who_may(self) -> Array:
        """Who might stand by, bool of shape (num_shifts, num_volunteers).

        Only those are left out who never come or certainly break a hard rule.
        """
        arrays = self._arrays
        pairs = [
            (arrays.volunteer_index[v.volunteer_id], arrays.shift_index[shift_id])
            for shift_id, people in self._candidates.case.people_in.items()
            for v in people
        ]
        who, where = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        hard = [rule for rule in self._problem.active_rules if rule.hard]
        excluded = forbidden_pairs(hard, arrays)
        excluded[who, where] = True
        excluded |= (self._show_rate == 0)[:, None]
        for shift, own in self._own_chances.items():
            for person, chance in own.items():
                excluded[person, shift] |= chance == 0
        for rule in hard:
            classes = rule.exclusive(arrays)
            if classes is not None and len(classes):
                taken = np.zeros((arrays.num_volunteers, int(classes.max()) + 1), dtype=bool)
                taken[who, classes[where]] = True
                excluded |= taken[:, classes]
            if (most := rule.most_of_each(arrays)) is not None:
                excluded |= (self._worked >= most)[:, None]
        return np.ascontiguousarray(~excluded.T)

    def _reason(self, person: int, shift: int) -> Message:
        """For what the person counts, how far they have to go, their load, and their wish."""
        one = np.array([person])
        span, parts = self._arrays.span[shift], [self._what_for(person, shift)]
        if self._stands_by[person, span]:
            parts.append(Message("stand_by.offers"))
        km = self._km(one, shift)[0]
        if self._is_home(one, shift)[0]:
            parts.append(Message("stand_by.home_center"))
        elif np.isfinite(km):
            parts.append(Message("stand_by.km_away", km=rnd(km)))
        worked, offered = self._worked[person], self._arrays.offered[person]
        parts.append(Message("stand_by.used", worked=worked, offered=offered))
        state = self._arrays.state[person, span]
        if state == PREFERRED:
            parts.append(Message("stand_by.prefers"))
        elif state == UNDESIRED:
            parts.append(Message("stand_by.would_rather_not"))
        elif state == NOT_AVAILABLE:
            minutes = int(self._arrays.outside[person, span])
            parts.append(Message("stand_by.outside", minutes=minutes))
        if self._is_listed(person, shift):
            parts.append(Message("stand_by.on_another_list"))
        return Message("stand_by.reason", parts=parts)

    def _what_for(self, person: int, shift: int) -> Message:
        """Skills of the shift's requirements that count one person, each at the highest level."""
        levels: dict[str, int] = {}
        level_of, day = self._problem.volunteers[person].level, self._problem.shifts[shift].day
        for need, _ in self._risks[shift]:
            held = [ability for one in need.conditions if one.held for ability in one.abilities]
            if held and self._counts(need, shift)[person]:
                held = [ability for ability in held if level_of(ability[0], day) >= ability[1]]
                levels |= {k: max(levels.get(k, 1), level) for k, level in held}
        if not levels:
            return Message("stand_by.one_more")
        names = {s.skill_id: s.name or s.skill_id for s in self._problem.skills}
        skills = [names[k] + (f" {level}" if level > 1 else "") for k, level in levels.items()]
        return Message("stand_by.counts_for", skills=skills)
