"""The door of the simulation: a problem and a roster in, what citizens experience out.

(`Problem`, `Roster`) -> `simulate` -> `Experience`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated

from shiftplan.citizens.draws import USUAL, Citizens, Conduct, VisitCrowd, attendance
from shiftplan.citizens.estimate import Estimate
from shiftplan.citizens.experience import (
    CitizenFigures,
    Experience,
    ExperienceComparison,
    compare_experiences,
    worst_first,
)
from shiftplan.citizens.lanes import lanes_by_center
from shiftplan.citizens.serving import Sums, figures, serve
from shiftplan.citizens.stepping import serve_visits
from shiftplan.errors import InputError
from shiftplan.errors.allowed import PairChances, Range, Seed
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.known_ids import unknown_ids
from shiftplan.week.demand import policy_at
from shiftplan.week.roster import Roster
from shiftplan.week.where import area_classes

__all__ = [
    "CitizenFigures",
    "Conduct",
    "Estimate",
    "Experience",
    "ExperienceComparison",
    "compare_experiences",
    "simulate",
]

RUNS = 200
"""Simulated weeks, where nothing else is asked for."""
MOST_RUNS = 100_000
"""Most repetitions: figures of each are kept until the end."""


@takes_week
def simulate(
    problem: Problem,
    roster: Roster,
    *,
    runs: int = RUNS,
    seed: int = 0,
    conduct: Conduct = USUAL,
    chances: Mapping[tuple[str, str], float] | None = None,
) -> Experience:
    """Say what citizens will experience under a roster.

    Citizens come at random by the table demand, wait in one line for each center, and are served
    first come, first served by people of the roster who can help them and who show up. Who comes
    when nobody who can help has time before closing is cut. Centers are independent: a person whom
    a roster puts in two places at once works in both.

    Everything random about citizens depends only on seed, center, date and run, and who shows up
    only on seed, volunteer, date and run. So two rosters can be compared on the same citizens
    with `compare_experiences`, and more runs begin with the same ones.

    Parameters
    ----------
    problem
        Centers, services, demand and people.
    roster
        Who works what; it may break rules. What stands twice counts once.
    runs
        Independent repetitions of the horizon, 2 to 100,000.
    seed
        Seed of everything random, 0 to 2147483583.
    conduct
        How citizens and volunteers behave.
    chances
        Chance that a person comes to a shift, 0 to 1, by (shift id, volunteer id), such as those
        that `ShowRates.chances` has learned; the person's show_rate where there is none. Shifts of
        a person that touch are one turn at work, with the chance of the first.

    Returns
    -------
    Experience
        Figures with 95% confidence intervals by center, area, service, and in all.

    Raises
    ------
    InputError
        If an option is out of range, or the roster names an unknown id.
    """
    kind = Annotated[int, Range(2, MOST_RUNS)]
    check_options(("runs", runs, kind), ("seed", seed, Seed), ("chances", chances, PairChances))
    if faults := list(unknown_ids(problem, roster.assignments, "roster")):
        raise InputError(faults)
    citizens = Citizens(problem, seed, runs, conduct)
    services = problem.services
    total = Sums(len(services), runs)
    areas: defaultdict[str, Sums] = defaultdict(lambda: Sums(len(services), runs))
    centers = []
    for center, lanes in lanes_by_center(problem, roster, chances or {}):
        sums = Sums(len(services), runs)
        within = policy_at(center, problem.policy).within_minutes
        for lane in lanes:
            present = attendance(lane.team, seed, runs, conduct)
            sums.present += present @ (lane.team.end - lane.team.begin)
            for first, count, crowd in citizens.crowds(lane):
                there = present[first : first + count]
                if isinstance(crowd, VisitCrowd):
                    outcome = serve_visits(crowd, lane.team, there, conduct)
                else:
                    outcome = serve(crowd, lane.team, there, conduct)
                sums.add(crowd, outcome, first, within)
        centers.append(_row(center.center_id, center.name, sums))
        for area in area_classes(center):
            areas[area] += sums
        total += sums
    return Experience(
        runs,
        seed,
        conduct,
        worst_first(centers),
        worst_first(_row(area, "", sums) for area, sums in areas.items()),
        worst_first(
            figures(s.service_id, s.name, total.counts[:, i], total.waits[i])
            for i, s in enumerate(services)
        ),
        _row("", "", total),
    )


def _row(key: str, name: str, sums: Sums) -> CitizenFigures:
    return figures(key, name, sums.counts.sum(axis=1), sums.waits.sum(axis=0), sums.present)
