"""Lanes: a center's days from opening to closing, with who may come and who is at work.

(`Problem`, `Roster`) -> `Lane`s as arrays. Minutes count from the horizon's first midnight.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shiftplan.case.case import Case
from shiftplan.citizens.load import language_shares
from shiftplan.citizens.mixes import VISITS, JourneyMix, KindMix, journey_mix, kind_mix
from shiftplan.citizens.officials import official_windows
from shiftplan.problem import Problem
from shiftplan.week.demand import Demand, Service
from shiftplan.week.records import Center, Shift, Volunteer
from shiftplan.week.roster import Roster
from shiftplan.week.visits import Official

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Chances = Mapping[tuple[str, str], float]
"""(Shift id, volunteer id) -> chance that the person comes."""


class SimulatedPerson(NamedTuple):
    """A volunteer in one window at work; touching shifts of a date are one window.

    Officials stand in as volunteers whose id only tells them apart.
    """

    volunteer: Volunteer
    day: dt.date  # date that the shifts belong to
    begin: int  # first minute
    end: int  # first minute after it
    chance: float  # that the person comes, 0 to 1
    official: Official | None = None  # the row of officials in whose place the person stands

    @property
    def key(self) -> tuple[bool, str]:
        """What tells people apart."""
        return self.official is not None, self.volunteer.volunteer_id

    def can_help(self, service: Service) -> bool:
        """Whether the person can help with a service."""
        if self.official is not None:
            return service.service_id in (self.official.services or (service.service_id,))
        skill = service.skill_id
        return skill is None or self.volunteer.level(skill, self.day) >= service.min_level

    def speaks(self, language: str) -> bool:
        """Whether the person speaks a language."""
        if self.official is not None:
            return language in self.official.languages
        return self.volunteer.level(language, self.day) > 0


@dataclass(frozen=True)
class SimulatedTeam:
    """Who is at work in a lane, the least able first; a column for each window of a person."""

    members: tuple[SimulatedPerson, ...]
    begin: Floats  # first minute of each window, shape (columns,)
    end: Floats  # first minute after each window, shape (columns,)
    able: Bools  # who can help with which service, shape (services, columns)
    speaks: Bools  # languages of the lane, shape (1 + languages, columns); row 0 is nobody
    same: Ints  # columns of the same person, filled with the own, shape (columns, most)


@dataclass(frozen=True)
class SimulatedDay:
    """The rows of the table demand that begin on one date, as arrays of shape (rows,)."""

    date: dt.date
    start: Floats  # first minute
    length: Floats  # minutes
    mean: Floats  # mean number of citizens
    spread: Floats  # standard deviation of the forecast mean over its value
    service: Ints  # position in the table services, -1 for visits


@dataclass(frozen=True)
class Lane:
    """Dates of one center between which it closes for the night; usually a single one."""

    center_id: str
    days: tuple[SimulatedDay, ...]  # dates with demand
    languages: Floats  # parts of the citizens who need each language, shape (languages,)
    team: SimulatedTeam
    kinds: KindMix
    journeys: JourneyMix | None  # of visits; None where only requests are forecast


def lanes_by_center(
    problem: Problem, roster: Roster, chances: Chances = MappingProxyType({})
) -> Iterator[tuple[Center, list[Lane]]]:
    """Yield each center with its lanes, in the order of the problem.

    `chances` says how likely people are to come to a shift where that is not their show rate.

    A lane goes on over midnight where any shift of the center, staffed or not, or any row of its
    demand does. Repeated assignments count once.
    """
    case = Case(problem, roster)
    shares = language_shares(problem)
    rows: dict[str, list[Demand]] = {c.center_id: [] for c in problem.centers}
    shifts: dict[str, list[Shift]] = {c.center_id: [] for c in problem.centers}
    for row in problem.demand:
        rows[row.center_id].append(row)
    for shift in problem.shifts:
        shifts[shift.center_id].append(shift)
    service_index: dict[str | None, int] = {None: VISITS}
    service_index |= {s.service_id: i for i, s in enumerate(problem.services)}
    minutes = np.array([s.minutes_per_citizen for s in problem.services], dtype=np.float64)
    for center in problem.centers:
        place = center.center_id
        lanes = []
        for first, last in _stretches([*rows[place], *shifts[place]]):
            there = [r for r in rows[place] if first <= r.start.date() <= last]
            days = _days(case, there, service_index)
            is_visited = any(row.service_id is None for row in there)
            journeys = journey_mix(problem, center, service_index) if is_visited else None
            requests = np.zeros(len(minutes))
            for day in days:
                one = day.service != VISITS
                np.add.at(requests, day.service[one], day.mean[one])
                if journeys is not None:
                    requests += day.mean[~one].sum() * journeys.requests(len(minutes))
            at_work = [s for s in shifts[place] if first <= s.day <= last]
            members = [*_members(case, at_work, chances), *_officials(case, center, first, last)]
            team = _team(case, members, requests * minutes, shares[place])
            spoken = np.array([*shares[place].values()], float)
            lanes.append(Lane(place, days, spoken, team, kind_mix(problem, center), journeys))
        yield center, lanes


def _stretches(rows: Iterable[Demand | Shift]) -> list[tuple[dt.date, dt.date]]:
    """First and last dates of the stretches that rows cover without a break at midnight."""
    minute = dt.timedelta(minutes=1)
    stretches: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted({(r.start.date(), (r.end - minute).date()) for r in rows}):
        if stretches and first <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(last, stretches[-1][1]))
        else:
            stretches.append((first, last))
    return stretches


def _days(
    case: Case, rows: Iterable[Demand], service_index: Mapping[str | None, int]
) -> tuple[SimulatedDay, ...]:
    """Rows as arrays, by their first date; their order in the table does not matter."""
    days = []
    minutes = case.horizon.minutes
    ordered = sorted(rows, key=lambda r: (r.start, r.end, service_index[r.service_id]))
    for date, group in groupby(ordered, key=lambda r: r.start.date()):
        table = [
            (minutes(r.start), minutes(r.end), r.arrivals, r.spread, service_index[r.service_id])
            for r in group
        ]
        start, end, mean, spread, service = np.array(table, dtype=np.float64).T
        days.append(SimulatedDay(date, start, end - start, mean, spread, service.astype(np.int64)))
    return tuple(days)


def _team(
    case: Case, members: list[SimulatedPerson], work: Floats, shares: Mapping[str, float]
) -> SimulatedTeam:
    """The people of a lane, ordered by how much of the lane's work they can do.

    `work` is in mean minutes by service, shape (services,). Who can do least of it in minutes and
    in the citizens' own language comes first; then who holds the fewest levels in all.
    """
    services, skills = case.week.services, case.week.skills
    able = np.zeros((len(services), len(members)), dtype=bool)
    speaks = np.zeros((1 + len(shares), len(members)), dtype=bool)
    for j, member in enumerate(members):
        for i, service in enumerate(services):
            able[i, j] = member.can_help(service)
        for i, language in enumerate(shares, start=1):
            speaks[i, j] = member.speaks(language)
    parts = np.array([*shares.values()], dtype=np.float64)
    own = np.maximum(0.0, 1 - parts.sum()) + parts @ speaks[1:]
    ability = np.round((work @ able) * own, 6)
    levels = [sum(m.volunteer.level(s.skill_id, m.day) for s in skills) for m in members]
    order = sorted(
        range(len(members)),
        key=lambda j: (ability[j], levels[j], members[j].key[::-1], members[j].begin),
    )
    members = [members[j] for j in order]
    columns: dict[tuple[bool, str], list[int]] = {}
    for j, member in enumerate(members):
        columns.setdefault(member.key, []).append(j)
    most = max(map(len, columns.values()), default=0)
    rows = [columns[m.key] for m in members]
    same = [row + [j] * (most - len(row)) for j, row in enumerate(rows)]
    return SimulatedTeam(
        tuple(members),
        np.array([m.begin for m in members], dtype=np.float64),
        np.array([m.end for m in members], dtype=np.float64),
        able[:, order],
        speaks[:, order],
        np.array(same, dtype=np.int64).reshape(len(members), most),
    )


def _members(case: Case, shifts: Iterable[Shift], chances: Chances) -> list[SimulatedPerson]:
    """Windows of all people in some shifts; those of a person and date do not touch."""
    found: dict[tuple[str, dt.date], list[SimulatedPerson]] = {}
    for shift in sorted(shifts, key=lambda s: case.span[s.shift_id]):
        begin, end = case.span[shift.shift_id]
        for volunteer in case.people_in[shift.shift_id]:
            own = found.setdefault((volunteer.volunteer_id, shift.day), [])
            if own and begin <= own[-1].end:
                own[-1] = own[-1]._replace(end=max(end, own[-1].end))
            else:
                pair = (shift.shift_id, volunteer.volunteer_id)
                chance = chances.get(pair, volunteer.show_rate)
                own.append(SimulatedPerson(volunteer, shift.day, begin, end, chance))
    return [member for own in found.values() for member in own]


def _officials(
    case: Case, center: Center, first: dt.date, last: dt.date
) -> Iterator[SimulatedPerson]:
    """Yield the officials of a center on some dates, each in a window of one row; all come."""
    number = 0
    dates = (day for day in case.horizon.dates if first <= day <= last)
    for row, day, begin, end in official_windows(case.week, center, dates):
        for _ in range(row.people):
            number += 1
            stand_in = Volunteer(volunteer_id=f"official {number}")
            yield SimulatedPerson(stand_in, day, begin, end, 1.0, row)
