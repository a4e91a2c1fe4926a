"""The best of all designs of a tiny week, found by trying each of them.

`Problem`, policy -> cost in sixtieths of what prices count in. Written from what the records say of
themselves and from the page on designs, without a look at the model: time is a row of quarters of
an hour, in each of which people are counted.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations_with_replacement, pairwise, product
from math import comb, prod

import numpy as np

from shiftplan.problem import Problem
from shiftplan.week.demand import DesignPolicy, design_policy_at
from shiftplan.week.shift_types import Break, ShiftType
from shiftplan.week.where import closeness

QUARTER = 15
DAY = 24 * 60 // QUARTER
MANY = 2_000
"""Designs of a center, at most."""


class TooManyError(Exception):
    """There are more designs than can be tried."""


@dataclass(frozen=True)
class _Kind:
    """A class of people: what they meet; and how many of them could be in each shift."""

    meets: frozenset
    people: tuple[int, ...] | None


def best(
    problem: Problem,
    policy: DesignPolicy | None = None,
    *,
    cyclic: bool = False,
    period: int | None = None,
    offers: bool = True,
) -> int:
    """What the cheapest of all designs costs, in sixtieths."""
    days = problem.horizon.days
    found: dict[frozenset, int] = {frozenset(): 0}  # times used so far -> least cost without them
    centers = []
    for center in problem.centers:
        own = _Center(problem, center.center_id, policy, cyclic, period or days, offers)
        if own.is_needed:
            centers.append(own)
            costs = own.costs()
            joined: dict[frozenset, int] = {}
            for (used, cost), (more, extra) in product(found.items(), costs.items()):
                times, total = used | more, cost + extra
                joined[times] = min(total, joined.get(times, total))
            found = joined
    return min(cost + sum(price for *_, price in used) for used, cost in found.items())


def _quarters(problem: Problem, start: dt.datetime, end: dt.datetime) -> range:
    midnight = dt.datetime.combine(problem.horizon.start, dt.time())
    a, b = (int((moment - midnight).total_seconds()) // 60 for moment in (start, end))
    assert a % QUARTER == b % QUARTER == 0
    return range(a // QUARTER, b // QUARTER)


class _Center:
    def __init__(self, problem, name, policy, cyclic, period, offers):
        self.problem, self.cyclic, self.period = problem, cyclic, period
        self.center = problem.center_by_id[name]
        self.base = policy
        self.policy = design_policy_at(self.center, problem.policy, policy)
        self.days = problem.horizon.days
        self.length = self.days * DAY if cyclic else (self.days + 3) * DAY
        self._read_needs()
        if self.is_needed:
            self._read_shifts()
            self._read_people(offers)

    def _at(self, quarters):
        return [q % self.length for q in quarters] if self.cyclic else list(quarters)

    def _read_needs(self):
        problem, name = self.problem, self.center.center_id
        timed = [n for n in problem.requirements if n.center_id == name and n.start]
        rows = [(n, _quarters(problem, n.start, n.end)) for n in timed]
        self.open = np.zeros(self.length, dtype=bool)
        for shift in problem.shifts:
            if shift.center_id == name:
                self.open[self._at(_quarters(problem, shift.start, shift.end))] = True
        for _, when in rows:
            self.open[self._at(when)] = True
        told = {need.conditions for need in timed}
        for need in problem.requirements:
            if need.shift_id and need.conditions not in told:
                shift = problem.shift_by_id[need.shift_id]
                if shift.center_id == name:
                    rows.append((need, _quarters(problem, shift.start, shift.end)))
        self.needs = defaultdict(lambda: np.zeros((2, self.length), dtype=int))
        self.needs[()]  # heads first
        for need, when in rows:
            for quarter in self._at(when):
                self.needs[need.conditions][:, quarter] += need.minimum, need.target
        self.is_needed = any(own.any() for own in self.needs.values())

    def _read_shifts(self):
        """The shifts there may be: (day of the period, start, length) -> row, dates, breaks."""
        rows = [(closeness(r.where, self.center), r) for r in self.problem.shift_types]
        near = max(rank for rank, _ in rows)
        meant = [row for rank, row in rows if rank == near > 0]
        meant = [row for row in meant if row.where == meant[-1].where]
        self.rows = meant
        self.shifts: dict[tuple[int, int, int], tuple[ShiftType, list[int]]] = {}
        free: set[tuple[int, int, int]] = set()
        for row in meant:
            first = row.earliest.hour * 60 + row.earliest.minute
            last = row.latest.hour * 60 + row.latest.minute
            last += 24 * 60 * (last < first)
            for date, start, length in product(
                range(self.days),
                range(first, last + 1, row.step),
                range(row.min_minutes, row.max_minutes + 1, row.step),
            ):
                day = date + start // (24 * 60)
                if self.cyclic:
                    day %= self.days
                begin = start % (24 * 60) // QUARTER
                quarters = range(day * DAY + begin, day * DAY + begin + length // QUARTER)
                is_meant = row.days.has(self.problem.horizon.dates[date])
                if not is_meant or day >= self.days or (day, begin, length) in free:
                    continue
                if self.cyclic and len(quarters) > self.length:
                    continue
                if not all(self.open[self._at(quarters)]):
                    continue
                free.add((day, begin, length))
                key = day % self.period, begin, length, row
                self.shifts.setdefault(key, (row, []))[1].append(day)
        self.keys = list(self.shifts)

    def _span(self, key, day):
        _, begin, length, _ = key
        return range(day * DAY + begin, day * DAY + begin + length // QUARTER)

    def _most(self, key):
        wanted = sum(own[1] for own in self.needs.values())
        needed = max(wanted[self._at(self._span(key, d))].max() for d in self.shifts[key][1])
        if self.policy.change_price:  # too many on one date may save a change to the next
            needed = wanted.max()
        return needed * (1 + len(self._choices(key)))

    def _read_people(self, offers):
        """Classes of people with, for each shift, who could be in it: by person and date."""
        problem = self.problem
        asked = [one for one in self.needs if one]
        if not offers or not problem.volunteers:
            of_one = [frozenset(kind for kind in asked if _follows(kind, one)) for one in asked]
            self.classes = dict.fromkeys([frozenset(), *of_one])
            return
        self.classes = defaultdict(lambda: defaultdict(list))
        self.limits: dict[str, int] = {}
        for person in problem.volunteers:
            own = [w for w in problem.availability if w.volunteer_id == person.volunteer_id]
            windows = [_quarters(problem, w.start, w.end) for w in own]
            rows = [rule for rule in problem.rules if rule.rule == "max_shifts" and rule.hard]
            if person.max_shifts is not None and rows:
                self.limits[person.volunteer_id] = person.max_shifts
            for key in self.keys:
                for day in self.shifts[key][1]:
                    span = self._span(key, day)
                    if any(w.start <= span.start and span.stop <= w.stop for w in windows):
                        date = problem.horizon.dates[day]
                        of = frozenset(kind for kind in asked if meets(person, kind, date))
                        self.classes[of][person.volunteer_id].append((key, day))

    def _limit(self, of, key):
        most = self._most(key)
        people = self.classes[of]
        if people is None:
            return most
        dates = self.shifts[key][1]
        return min(most, *(sum((key, d) in own for own in people.values()) for d in dates))

    def _choices(self, key):
        """The groups of breaks of a shift: for each, the ways to take them, in quarters."""
        _, _, length, row = key
        own: list[tuple[range, int]] = []
        for one in self.problem.breaks:
            if _has(row, one, length):
                last = length - one.minutes - one.after
                last = last if one.latest is None else min(last, one.latest)
                begins = range(one.earliest, last + 1, one.step)
                if begins:
                    own.append((begins, one.minutes))
        own.sort(key=lambda one: (one[0][0], one[0][-1]))
        groups: list[list[tuple[range, int]]] = []
        end = -1
        for begins, minutes in own:
            if begins[0] >= end or not groups:
                groups.append([])
            groups[-1].append((begins, minutes))
            end = max(end, begins[-1] + minutes)
        found = []
        for group in groups:
            ways = set()
            while not ways:
                for starts in product(*(begins for begins, _ in group)):
                    spans = sorted((s, s + m) for s, (_, m) in zip(starts, group, strict=True))
                    if all(a[1] <= b[0] for a, b in pairwise(spans)):
                        ways.add(tuple(spans))
                group = group[:-1]
            found.append(sorted(ways))
        return found

    def _options(self, key):
        """Whoever may be in a shift, with their breaks: (people of each class, who is away)."""
        groups = self._choices(key)
        of_class = []
        for of in self.classes:
            some = []
            for count in range(self._limit(of, key) + 1):
                if prod(comb(len(ways) + count - 1, count) for ways in groups) > MANY:
                    raise TooManyError
                taken = (combinations_with_replacement(ways, count) for ways in groups)
                some += [(count, one) for one in product(*taken)]
            of_class.append(some)
        if prod(map(len, of_class)) > MANY:
            raise TooManyError
        most = self._most(key)
        every = []
        for combined in product(*of_class):
            counts = [count for count, _ in combined]
            if sum(counts) > most:
                continue
            away = np.zeros((len(counts), self.length), dtype=np.int8)
            for place, (_, taken) in enumerate(combined):
                for spans in (spans for way in taken for spans in way):
                    for a, b in spans:
                        for day in self.shifts[key][1]:
                            first = self._span(key, day).start
                            when = range(first + a // QUARTER, first + b // QUARTER)
                            away[place, self._at(when)] += 1
            every.append((counts, away))
        return every

    def costs(self):
        """Set of used times -> the least cost of a design that uses them, without their price."""
        classes = list(self.classes)
        options = [self._options(key) for key in self.keys]
        if prod(map(len, options)) > MANY:
            raise TooManyError
        shape = [len(o) for o in options]
        index = np.indices(shape).reshape(len(shape), -1) if shape else np.zeros((0, 1), dtype=int)
        num = index.shape[1]
        counts = np.zeros((num, len(self.keys), len(classes)), dtype=np.int64)
        away = np.zeros((num, len(classes), self.length), dtype=np.int8)
        inside = np.zeros((num, len(classes), self.length), dtype=np.int8)
        for place, (key, own) in enumerate(zip(self.keys, options, strict=True)):
            counts[:, place] = np.array([count for count, _ in own])[index[place]]
            away += np.array([gone for _, gone in own])[index[place]]
            for day in self.shifts[key][1]:
                for quarter in self._at(self._span(key, day)):
                    inside[:, :, quarter] += counts[:, place].astype(np.int8)
        allowed = self._allowed(counts, inside, away, classes)
        cost = self._seats(counts, classes) + self._changes(counts)
        for kind in self.needs:
            who = [n for n, of in enumerate(classes) if not kind or kind in of]
            there = (inside[:, who] - away[:, who]).sum(axis=1)
            cost = cost + self._cover(kind, there)
        found: dict[frozenset, int] = {}
        for number in np.flatnonzero(allowed):
            used = frozenset(
                self._time(key)
                for place, key in enumerate(self.keys)
                if counts[number, place].any()
            )
            most = self.policy.most_times
            if most is not None and len({(start, length) for _, start, length, _ in used}) > most:
                continue
            found[used] = min(int(cost[number]), found.get(used, int(cost[number])))
        return found

    def _time(self, key):
        """Whose time it is, the time, and its price: where it is shared, the highest."""
        _, begin, length, row = key
        sharing = [self.center]
        if row.shared:
            sharing = [one for one in self.problem.centers if self._shares(one, row)]
        names = {one.center_id for one in sharing}
        here = [
            _quarters(self.problem, s.start, s.end)
            for s in self.problem.shifts
            if s.center_id in names
        ]
        is_new = (begin, length) not in {(own.start % DAY, len(own) * QUARTER) for own in here}
        policies = [design_policy_at(one, self.problem.policy, self.base) for one in sharing]
        price = max(one.time_price for one in policies)
        price += is_new * max(one.new_time_price for one in policies)
        return ("shared", row) if row.shared else self.center.center_id, begin, length, 60 * price

    def _shares(self, center, row):
        """Whether a center that needs somebody takes a row."""
        own = _Center(self.problem, center.center_id, self.base, self.cyclic, 1, offers=False)
        return own.is_needed and row in own.rows

    def _allowed(self, counts, inside, away, classes):
        allowed = np.ones(len(counts), dtype=bool)
        in_shifts, on_break = inside.sum(axis=1), away.sum(axis=1)
        many = (on_break > 1) & (on_break > self.policy.most_on_break * in_shifts + 1e-9)
        allowed &= ~many.any(axis=1)
        for place, of in enumerate(classes):
            people = self.classes[of]
            if people is None:
                continue
            could = np.zeros((len(people), (self.days + 3) * DAY), dtype=bool)
            most = 0
            for number, (name, own) in enumerate(people.items()):
                apart = self._apart(own)
                most += min(apart, self.limits.get(name, apart))
                for key, day in own:
                    could[number, list(self._span(key, day))] = True
            held = np.zeros((len(counts), could.shape[1]), dtype=np.int64)
            times = 0
            for shift, key in enumerate(self.keys):
                for day in self.shifts[key][1]:
                    held[:, list(self._span(key, day))] += counts[:, shift, place][:, None]
                    times = times + counts[:, shift, place]
            allowed &= (held <= could.sum(axis=0)).all(axis=1) & (times <= most)
        return allowed

    def _apart(self, own):
        """Shifts that one person could work at most, none at the time of another."""
        spans = sorted((self._span(key, day) for key, day in own), key=lambda span: span.stop)
        best = [0]
        for place, span in enumerate(spans):
            before = sum(other.stop <= span.start for other in spans[:place])
            best.append(max(best[-1], best[before] + 1))
        return best[-1]

    def _seats(self, counts, classes):
        cost = np.zeros(len(counts), dtype=np.int64)
        for place, key in enumerate(self.keys):
            for number, of in enumerate(classes):
                hourly = self.policy.hour_price + self.policy.skill_price * len(of)
                each = 60 * key[3].price + hourly * key[2]
                cost += counts[:, place, number] * each * len(self.shifts[key][1])
        return cost

    def _changes(self, counts):
        begin = defaultdict(lambda: np.zeros(len(counts), dtype=np.int64))
        for place, key in enumerate(self.keys):
            for day in self.shifts[key][1]:
                begin[day, key[1]] += counts[:, place].sum(axis=1)
        cost = np.zeros(len(counts), dtype=np.int64)
        for day, start in product(range(self.days), {key[1] for key in self.keys}):
            if day or self.cyclic:
                before = begin[(day - 1) % self.days, start]
                cost += np.maximum(0, begin[day, start] - before)
        return 60 * self.policy.change_price * cost

    def _cover(self, kind, there):
        policy, (least, wanted) = self.policy, self.needs[kind]
        cost = np.zeros(len(there), dtype=np.int64)
        highest = int(there.max(initial=0))
        targets = np.array([own[1] for own in self.needs.values()])
        told = self.needs[()].any()  # somebody asks for heads
        wanted_heads = targets.max(axis=0) if told else targets.sum(axis=0)
        for quarter in np.flatnonzero(self.open):
            target = int(wanted[quarter])
            table = []
            for people in range(highest + 1):
                price = 0.0
                for number in range(max(0, target - people)):
                    hourly = policy.short_price + number * policy.short_rise
                    below = target - number <= least[quarter]
                    hourly *= self.center.priority * (policy.minimum_factor if below else 1)
                    price += int(hourly + 0.5)
                for number in range(max(0, people - wanted_heads[quarter]) if not kind else 0):
                    price += policy.surplus_price + min(number, 9) * policy.surplus_rise
                table.append(int(price) * QUARTER)
            cost += np.array(table)[there[:, quarter]]
        return cost


def meets(person, kind, date) -> bool:
    return all(one.is_met(lambda skill: person.level(skill, date)) for one in kind)


def _follows(kind, other) -> bool:
    """Whether whoever meets other conditions meets these, as all levels of the skills show."""
    holders = [{"a": a, "b": b} for a, b in product(range(2), range(3))]
    told = [[all(c.is_met(levels.get) for c in one) for one in (other, kind)] for levels in holders]
    return all(has for given, has in told if given)


def _has(row: ShiftType, one: Break, length: int) -> bool:
    longest = length if one.max_shift is None else one.max_shift
    return one.type in ("", row.type) and one.min_shift <= length <= longest
