"""The people that the shifts of one center need.

Loads of a center, and how its citizens are pooled -> `DerivedRequirement`s of a shift.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from shiftplan.citizens.derived import DerivedRequirement, both, wanted_only, within
from shiftplan.citizens.line import Line
from shiftplan.citizens.load import CenterLoad
from shiftplan.citizens.officials import left_by
from shiftplan.citizens.pools import CenterPools, Pool
from shiftplan.citizens.queue import Floats
from shiftplan.citizens.show_rates import MeanShowRates
from shiftplan.citizens.ways import CitizenWays
from shiftplan.week.demand import Policy
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Ability, Requirement
from shiftplan.week.skill_names import name_of_level

Key = tuple[Ability, ...]
"""What each person of a row holds: the highest level of each skill, sorted."""


@dataclass(frozen=True)
class CenterTeams:
    """What makes the requirements of a center's shifts."""

    horizon: Horizon
    policy: Policy
    room: int | None  # people for whom the center has room; None for any number
    load: CenterLoad
    ways: CitizenWays
    pools: CenterPools
    show_rates: MeanShowRates
    _loads: dict[tuple[int, ...], CenterLoad] = field(default_factory=dict)
    """Services -> load of the people who help with these."""
    _lines: dict[tuple[tuple[int, ...], float, str | None], tuple[Line, Line]] = field(
        default_factory=dict
    )
    """Services, part of the citizens, language -> their line all week, and what officials leave."""

    def needs(self, shift: Shift) -> Iterator[DerivedRequirement]:
        """Yield the needs of one shift: heads, abilities from the commonest, languages."""
        minutes = self.horizon.minutes
        slots = self.load.inside(minutes(shift.start), minutes(shift.end))
        line = self._everybody.during(slots)
        if not line.citizens:
            return
        everything = self._need(shift, slots, Pool([], self.pools.everybody, line.citizens))
        heads = within(everything, self.policy.presence, self.room)
        yield heads
        rows: dict[Key, DerivedRequirement] = {}
        needed: set[Key] = set()
        for pool in self.pools.of(line.arrivals_per_hour @ line.minutes / 60):
            abilities = [one for one in pool.abilities if one not in self.pools.abilities.common]
            if not abilities:
                continue
            need = self._need(shift, slots, pool._replace(abilities=abilities))
            asked = within(need, 0, heads.requirement.target)
            key = tuple(sorted(abilities))
            rows[key] = both(rows[key], asked) if key in rows else asked
            if self.pools.enough(pool.own):
                needed.add(key)
        rows = {key: row if key in needed else wanted_only(row) for key, row in rows.items()}
        yield from (need for key, need in rows.items() if not _follows(key, rows))

    def _need(self, shift: Shift, slots: slice, pool: Pool) -> DerivedRequirement:
        """What a pool of citizens needs."""
        policy, ways = self.policy, self.ways
        abilities, members = pool.abilities, pool.members
        all_week, left = self._line(pool)
        line = whole = all_week.during(slots)
        if left is not all_week:
            line = left.during(slots)
        if policy.show_rates:
            line = replace(line, show_rate=self.show_rates.mean(shift.shift_id, abilities))
        target = line.team(policy, policy.target_level, policy.most_utilization)
        minimum = line.smaller(policy, policy.minimum_level, target)
        skill, level = abilities[0] if abilities else (None, None)
        requirement = Requirement(
            shift_id=shift.shift_id,
            skill_id=skill,
            min_level=level,
            with_skills=tuple(name_of_level(*ability) for ability in abilities[1:]),
            minimum=minimum.people,
            target=target.people,
        )
        services = self.pools.abilities.services
        taken = (way for way in ways.through(members) if whole.arrivals_per_hour[way].any())
        came = {i for way in taken for i in ways.steps[way]}
        names = tuple(services[i].service_id for i in members if i in came)
        slot, clock = line.start[line.peak], self.horizon.moment
        busiest = f"{clock(slot):%H:%M}-{clock(slot + line.minutes[line.peak]):%H:%M}"
        made = (requirement, names, line, minimum, target, policy, busiest, ways.has_visits)
        return DerivedRequirement(*made)

    @cached_property
    def _everybody(self) -> Line:
        """All citizens of the center."""
        ways = self.ways
        return Line.of(self.load, slice(None), ways.whole, range(len(ways.steps)), 1.0)

    def _line(self, pool: Pool) -> tuple[Line, Line]:
        """The line of a pool all week, and what officials leave of it to the people of shifts."""
        key = tuple(pool.members), pool.share, pool.language
        if key not in self._lines:
            times, through = self.ways.times(pool.members), self.ways.through(pool.members)
            load = self._loads.get(key[0])
            if load is None:
                load = self._loads[key[0]] = self.load.in_line(self.ways.whole, times)
            line = whole = Line.of(load, slice(None), times, through, pool.share)
            if load.officials:
                load, beside = self._helped(load, pool)
                line = Line.of(load, slice(None), times, through, pool.share, beside)
            self._lines[key] = whole, line
        return self._lines[key]

    def _helped(self, load: CenterLoad, pool: Pool) -> tuple[CenterLoad, Floats]:
        """The load that officials leave to the people of a line, and how many of them serve it.

        Of a line for a language, only those who speak it take somebody.
        """
        services = self.pools.abilities.services
        names = {i: services[i].service_id for i in pool.members}
        own = [[names[i] for i in way if i in names] for way in self.ways.steps]
        told = (own, pool.language, self.policy.most_utilization)
        left, servers = left_by(load.officials, load.busy, *told)
        if load.sizes is None:
            return load.helped(left), servers
        return load.helped(left, left_by(load.officials, load.sizes[2], *told)[0]), servers


def _follows(key: Key, rows: Mapping[Key, DerivedRequirement]) -> bool:
    """Whether a need is met whenever the heads and the others are."""
    asked = rows[key].requirement
    return not asked.target or any(
        other != key
        and all(any(o.skill_id == a.skill_id and o.level >= a.level for o in other) for a in key)
        and need.requirement.minimum >= asked.minimum
        and need.requirement.target >= asked.target
        for other, need in rows.items()
    )
