"""From a forecast of citizens to the people each shift needs, with the reason of each figure.

`Problem` (demand, services, languages, policy) -> `Staffing`: requirements and their reasons.
`Problem` as it was read -> `Problem` as it is solved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shiftplan.citizens.derived import DerivedRequirement
from shiftplan.citizens.load import (
    center_loads,
    contradictions,
    crowds,
    language_shares,
    outside,
)
from shiftplan.citizens.pools import Abilities, CenterPools
from shiftplan.citizens.show_rates import MeanShowRates
from shiftplan.citizens.teams import CenterTeams
from shiftplan.citizens.ways import used_services, ways_of
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.profile import with_recommended
from shiftplan.week.demand import Policy, policy_at
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Requirement

__all__ = ["DerivedRequirement", "Staffing", "staff"]


@dataclass(frozen=True)
class Staffing:
    """What `staff` makes of a forecast."""

    problem: Problem
    """The problem with these requirements instead of its own."""
    needs: tuple[DerivedRequirement, ...]
    """The requirements in order of shifts, heads first, with their reasons."""

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The requirements alone."""
        return self.problem.requirements


@takes_week
def staff(problem: Problem, policy: Policy | None = None) -> Staffing:
    """Turn the forecast of citizens into requirements.

    A shift's team is the smallest that serves the promised share of each service's citizens
    within the promised time, and is not too busy in its busiest slot. Slot by slot it is judged
    as a queue with the modified offered load of the slot, which lags behind arrivals (Jennings,
    Mandelbaum, Massey and Whitt, 1996), and the mixed lengths of its services (`Line`). Where the
    forecast has a spread, the promise is kept on average over all sizes of the days, unless the
    policy names a `quantile` of the forecast to plan for.

    Skills are pooled, and nobody is counted twice: services are taken from the rarest ability to
    the commonest, and the people who hold an ability must be enough for its services and for all
    rarer ones together. Then for every set of services enough people can help with one of them,
    even if the same few hold all rarer abilities (Hall's condition; see docs/staffing.md).
    Citizens who need a language ask for people who speak it and hold the ability as well, counted
    in the same way. Requirements that follow from others are left out.

    Parameters
    ----------
    problem
        With demand and services; its table policy goes before `policy`.
    policy
        Values for all centers; None for the defaults.

    Raises
    ------
    InputError
        If there is no demand, demand at a time when its center has no shift, more than a team of
        thousands can serve, or a policy whose minimum promises more than its target.
    """
    needs = derive(problem, policy)
    requirements = tuple(
        need.requirement.model_copy(update={"reason": str(need.reason)}) for need in needs
    )
    return Staffing(problem.model_copy(update={"requirements": requirements}), needs)


def derive(problem: Problem, policy: Policy | None = None) -> tuple[DerivedRequirement, ...]:
    """The needs that `staff` finds, without texts. Raises InputError as it does."""
    needs = {shift: own for found in by_center(problem, policy) for shift, own in found.items()}
    return tuple(need for shift in problem.shifts for need in needs[shift.shift_id])


def by_center(
    problem: Problem, policy: Policy | None = None
) -> Iterator[dict[str, tuple[DerivedRequirement, ...]]]:
    """Yield the needs that `derive` finds, shift id -> its own, center by center."""
    if not any(d.arrivals for d in problem.demand):
        message = Message("citizens.none_expected")
        raise InputError([Fault("nothing_to_staff", "demand", "arrivals", "", message)])
    policies = {c.center_id: policy_at(c, problem.policy, policy) for c in problem.centers}
    services = used_services(problem)
    ways = ways_of(problem, services)
    loads = center_loads(problem, policies, ways)
    faults = [*contradictions(policies), *outside(problem, loads)]
    if faults := [*faults, *crowds(problem, loads, policies)]:
        raise InputError(faults)
    languages = language_shares(problem, policies)
    abilities = Abilities(problem, services, (n for own in languages.values() for n in own))
    show_rates = MeanShowRates(problem)
    shifts: dict[str, list[Shift]] = {}
    for shift in problem.shifts:
        shifts.setdefault(shift.center_id, []).append(shift)
    for center, own in shifts.items():
        promised, through = policies[center], ways[center]
        teams = CenterTeams(
            problem.horizon,
            promised,
            problem.center_by_id[center].capacity,
            loads[center],
            through,
            CenterPools(abilities, through, languages[center], promised.least_citizens),
            show_rates,
        )
        yield {shift.shift_id: tuple(teams.needs(shift)) for shift in own}


def still_holds(note: Fault, *, recommended: bool) -> bool:
    """Whether a note on a week is one on the prepared week too, whose rules may be more."""
    return not (recommended and note.table == "rules" and note.code != "unknown_name")


def prepare(problem: Problem, *, anew: bool = False, recommended: bool = False) -> Problem:
    """A week with requirements from its forecast where it has none, or `anew` in any case.

    `recommended` adds the rules of `with_recommended`. Raises InputError as `staff` does.
    """
    if recommended:
        problem = with_recommended(problem)
    if anew or (problem.demand and not problem.requirements):
        return staff(problem).problem
    return problem
