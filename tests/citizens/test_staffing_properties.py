"""What holds for the requirements of every week, tried on small random ones."""

from __future__ import annotations

import math
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from offices import PLAIN, come, figures, office, shift
from pace import costly
from scipy.stats import poisson
from strategies import problems

from shiftplan.citizens.derived import DerivedRequirement
from shiftplan.citizens.queueing import servers_needed
from shiftplan.citizens.staffing import staff
from shiftplan.files import read_week, write_requirements, write_week
from shiftplan.problem import Problem
from shiftplan.week.demand import Demand, Policy

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@st.composite
def weeks(draw: st.DrawFn) -> Problem:
    """A random problem whose citizens come during its shifts."""
    problem = draw(problems(max_volunteers=2, max_shifts=3))
    assume(problem.shifts and problem.services)
    assume(sum("|" in skill.skill_id for skill in problem.skills) < 2)  # else they may be refused
    rows: dict[Any, dict[str, Any]] = {}
    for work in problem.shifts:
        for service in problem.services:
            n = draw(st.floats(0, 40))
            row = {"center_id": work.center_id, "start": work.start, "end": work.end}
            rows[tuple(row.values()), service.service_id] = row | {
                "service_id": service.service_id,
                "arrivals": n,
                "arrivals_cv": draw(st.sampled_from([None, 0.4])),
            }
    assume(any(row["arrivals"] for row in rows.values()))
    demand = tuple(Demand.model_validate(row) for row in rows.values())
    return problem.model_copy(update={"demand": demand})


policies = st.none() | st.builds(
    Policy,
    presence=st.integers(0, 4),
    least_citizens=st.floats(0, 5),
    tolerance=st.floats(0, 0.2),
    patience_minutes=st.none() | st.floats(1, 60),
    quantile=st.none() | st.floats(0.3, 0.9),
    language_share=st.floats(0, 1),
)


@costly(0.3)
@given(weeks(), policies)
def test_requirements_are_valid_and_within_limits(problem, policy):
    """The staffed problem is valid; minimum, target and room are in order; who comes is served."""
    staffed = staff(problem, policy).problem

    assert Problem.model_validate(staffed.model_dump()) == staffed
    room = {
        s.shift_id: c.capacity
        for s in problem.shifts
        for c in problem.centers
        if c.center_id == s.center_id
    }
    heads = {r.shift_id: r for r in staffed.requirements if r.skill_id is None}
    assert {r.shift_id for r in staffed.requirements} == set(heads)
    for row in staffed.requirements:
        assert row.minimum <= row.target <= heads[row.shift_id].target
        assert room[row.shift_id] is None or row.target <= room[row.shift_id]
        assert row.reason
    for demand in problem.demand:
        for work in problem.shifts:
            same = (work.center_id, work.start, work.end)
            if demand.arrivals > 1e-6 and same == (demand.center_id, demand.start, demand.end):
                assert work.shift_id in heads


@costly(0.2)
@given(weeks(), policies, st.randoms(use_true_random=False))
def test_the_same_forecast_gives_the_same_requirements(problem, policy, random):
    """Nothing hangs on chance, or on the order of the forecast's rows."""
    rows = random.sample(problem.demand, len(problem.demand))
    mixed = problem.model_copy(update={"demand": tuple(rows)})

    once, again, turned = (staff(p, policy).requirements for p in (problem, problem, mixed))

    assert once == again
    assert once == turned


def without_names(need: DerivedRequirement, text: str) -> str:
    return text.replace(", ".join(need.services) + ") x", ") x", 1)


STATED = re.compile(
    r"[0-9:-]+: ([0-9.,]+) requests? an hour \(.*\) x ([0-9.,]+) min = ([0-9.,]+)"
    r" (?:people|person) busy.*: ([0-9]+) needed; [0-9.]+%: ([0-9]+)(.*)"
)


@costly(0.25)
@given(weeks(), policies)
def test_reasons_can_be_recomputed(problem, policy):
    """Visits times minutes are the people busy, and the limits named lead to the figures.

    Both languages have the same numbers in the same order.
    """
    swapped = str.maketrans(".,", ",.")
    for need in staff(problem, policy).needs:
        english, vietnamese = (without_names(need, need.reason.said(lang)) for lang in ("en", "vi"))
        assert NUMBER.findall(english.translate(swapped)) == NUMBER.findall(vietnamese)
        found = STATED.fullmatch(english)
        assert found is not None
        visits, minutes, busy = (float(found[i].replace(",", "")) for i in (1, 2, 3))
        assert math.isclose(visits * minutes / 60, busy, rel_tol=0.06, abs_tol=1e-9)
        target, minimum, rest = int(found[4]), int(found[5]), found[6]
        target = limit(rest, r"of the time: ([0-9]+)", target)
        room = limit(rest, r"there is room for ([0-9]+)", target)
        there = limit(rest, r"([0-9]+) are there in any case", 0)
        minimum = 0 if "too few citizens to require" in rest else minimum
        figures = max(min(minimum, room), there), max(min(target, room), there)
        assert figures == (need.requirement.minimum, need.requirement.target)


def limit(text: str, pattern: str, otherwise: int) -> int:
    """The number that a phrase of a reason names, if it is there."""
    found = re.search(pattern, text)
    return int(found[1]) if found else otherwise


@costly(0.1)
@given(weeks())
def test_requirements_survive_their_file(problem):
    """Written with their reasons beside the week, requirements are read as they were."""
    staffed = staff(problem).problem
    with TemporaryDirectory() as folder:
        write_week(problem, folder)
        write_requirements(staffed, Path(folder) / "requirements.csv")

        again = read_week(folder)

    assert again.requirements == staffed.requirements
    assert staff(again).requirements == staffed.requirements


hours = st.lists(st.just(0.0) | st.floats(0.01, 30), min_size=4, max_size=4).filter(any)
minutes = st.floats(1, 60)


@given(hours, minutes, st.floats(1, 2), st.floats(0.8, 0.99))
def test_more_citizens_and_higher_promises_never_need_fewer_people(hourly, length, factor, level):
    """A forecast higher by the same part in all hours, or a higher target, asks for no fewer."""
    services = {"file": {"minutes_per_citizen": length}}
    calm, full = (
        office([come(7 + i, 8 + i, part * n) for i, n in enumerate(hourly)], services)
        for part in (1, factor)
    )

    few, many = figures(calm)["A7"], figures(full)["A7"]
    minimum, target = figures(calm, PLAIN.model_copy(update={"target_level": level}))["A7"]

    assert few[0] <= many[0]
    assert few[1] <= many[1]
    assert (minimum, few[1]) <= (few[0], target)


@given(
    st.floats(0.2, 100), minutes, st.floats(0, 30), st.floats(0.5, 0.98), st.sampled_from([0, 2])
)
def test_steady_weeks_need_the_servers_of_a_queue(hourly, length, within, level, cv):
    """Long after opening the target is that of a stationary queue, found without any week."""
    services = {"file": {"minutes_per_citizen": length, "cv": cv}}
    problem = office([come(0, 72, 72 * hourly)], services, shifts=[shift(0, 71), shift(71, 72)])
    policy = Policy(within_minutes=within, target_level=level, minimum_level=0.5, presence=0)

    _, target = figures(problem, policy)["A71"]

    around = {
        servers_needed(
            hourly * part,
            length,
            within_minutes=within,
            level=level,
            most_utilization=policy.most_utilization,
            cv2=cv**2,
        )
        for part in (1 - 1e-6, 1 + 1e-6)
    }
    assert target in around


def share_in_time(load: np.ndarray, people: int, length: float, within: float) -> np.ndarray:
    """Of steady queues by load: Erlang C by the Poisson distribution, and an exponential tail."""
    busy = poisson.pmf(people, load)
    wait = busy / (busy + (1 - load / people) * poisson.cdf(people - 1, load))
    return np.where(load < people, 1 - wait * np.exp(-within * (people - load) / length), 0.0)


@given(hours, st.floats(2, 60), st.floats(0, 30))
def test_changing_weeks_need_the_people_of_an_independent_count(hourly, length, within):
    """Loads in steps of three seconds and Erlang C from scipy find the same target.

    Half hours count with their citizens; the busiest may take 90% of the time.
    """
    services = {"file": {"minutes_per_citizen": length}}
    demand = [come(7 + i, 8 + i, n) for i, n in enumerate(hourly)]
    policy = PLAIN.model_copy(update={"within_minutes": within})
    steps, stay = 600, math.exp(-0.05 / length)
    here, path, halves = 0.0, [], np.repeat(hourly, 2)
    for n in halves:
        path.append([])
        for _ in range(steps):
            # The middle of a step counts for the step.
            middle = here * math.sqrt(stay) + n / 60 * length * (1 - math.sqrt(stay))
            here = here * stay + n / 60 * length * (1 - stay)
            path[-1].append(middle)
    load, weight = np.mean(path, axis=1), halves / halves.sum()

    _, target = figures(office(demand, services), policy)["A7"]

    def enough(people: int, slack: float) -> bool:
        share = weight @ share_in_time(load, people, length, within)
        return share >= 0.8 - slack and load.max() <= 0.9 * people * (1 + slack)

    assert enough(target, 1e-4)
    assert target == 1 or not enough(target - 1, -1e-4)
