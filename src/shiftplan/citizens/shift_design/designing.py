"""The one door to designs: needs over time and types of shifts in, shifts with a bound out.

`Problem` -> `design` -> `ShiftDesign`.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np

from shiftplan.citizens.shift_design.candidates import (
    ShiftTime,
    candidates,
    usual_types,
)
from shiftplan.citizens.shift_design.center import post
from shiftplan.citizens.shift_design.curve import DAY, demands, minute
from shiftplan.citizens.shift_design.judged import (
    BreakTaken,
    DesignedShift,
    DesignScore,
    judge,
)
from shiftplan.citizens.shift_design.made import with_design
from shiftplan.citizens.shift_design.people import anybody, offered
from shiftplan.citizens.shift_design.prices import DesignPrices
from shiftplan.citizens.shift_design.program import CenterInput, DesignProgram
from shiftplan.citizens.shift_design.search import DesignLimits, DesignPart, search
from shiftplan.engines.params import SolveOptions
from shiftplan.errors import Fault, InputError, ModelError
from shiftplan.errors.allowed import Fits, FromOne, Range
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.solving.interrupts import interrupts
from shiftplan.week.demand import DesignPolicy, design_policy_at

Array = np.ndarray[Any, Any]
StoppedBy = Literal["time", "interrupt"]


@dataclass(frozen=True)
class ShiftDesign:
    """Shifts that a design holds, what they cost, and how good they are proven to be."""

    problem: Problem
    """The week with these shifts and the people that they need, instead of its own."""
    shifts: tuple[DesignedShift, ...]
    """By center, date and time."""
    score: DesignScore
    """What they cost and how they cover what is needed, by a checker that knows no model."""
    bound: int
    """No shifts that the types allow cost less."""
    status: Literal["OPTIMAL", "FEASIBLE"]
    stopped_by: StoppedBy | None
    """Why the search ended early; None when it ran to its end."""
    seconds: float

    @property
    def cost(self) -> int:
        """What the design costs."""
        return self.score.cost

    @property
    def gap(self) -> float:
        """Share of the cost that a better design may save at most."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def _is_policy(value: Any) -> bool:
    return value is None or isinstance(value, DesignPolicy)


class _DesignOptions(SolveOptions):
    policy: Annotated[
        Any, Fits("options.policy", lambda x: x is None or isinstance(x, DesignPolicy))
    ]
    step: Annotated[int, Range(5, 1440)] = 30
    period: FromOne | None = None


def design(
    problem: Problem,
    policy: DesignPolicy | None = None,
    *,
    step: int = 30,
    period: int | None = None,
    cyclic: bool = False,
    offers: bool = True,
    time_limit: float | None = 60.0,
    workers: int | None = None,
    seed: int = 0,
    cancel: threading.Event | None = None,
) -> ShiftDesign:
    """Decide when shifts begin, how long they last and how many people are in each.

    What is needed when comes from requirements about times, else from the forecast, as `staff`
    would ask for it in each step of the opening hours, else from the shifts of the week; these also
    say when centers are open. The table `shift_types` says which times there may be; without it,
    shifts of two to eight hours begin on half hours. The sum of prices is minimised that
    `DesignPolicy` and its rows in the table policy set, and a bound proves how good it is.

    Parameters
    ----------
    problem
        The week, whose forecast, requirements or shifts say who is needed.
    policy
        Prices at centers for which the table policy has none; None for the defaults.
    step
        Minutes of the steps in which a forecast is staffed, 5 or more.
    period
        Dates after which the shifts repeat themselves, such as 7 in a horizon of several weeks;
        None where each date may be another.
    cyclic
        Whether the last date goes on into the first one, as in a week that repeats itself.
    offers
        Whether shifts have no more people than offer to come; False designs them for people who
        are still to be found.
    time_limit
        Seconds for everything; None for no limit. A first design is always finished.
    workers
        Searches side by side; None for as many as there are processors, at most 4.
    seed
        Seed of everything random, 0 or more.
    cancel
        When somebody sets it, the search ends with the best design so far, as on Ctrl-C.

    Raises
    ------
    InputError
        If an option is out of range, nobody is needed, requirements about times name types of
        shifts, or as `staff` raises it.
    ModelError
        If the checker and the model disagree on what a design costs.
    """
    began = time.monotonic()
    options = _DesignOptions(
        policy=policy,
        step=step,
        period=period,
        time_limit=time_limit,
        workers=workers,
        seed=seed,
        cancel=cancel,
    )
    needed = demands(problem, step)
    if not needed:
        said = Message("design.nobody_needed")
        raise InputError([Fault("nothing_to_staff", "requirements", "target", "", said)])
    types = problem.shift_types or usual_types([*needed.values()])
    own = {name: candidates(problem, one, types, cyclic=cyclic) for name, one in needed.items()}
    curves = {name: one.curves for name, one in needed.items()}
    if offers and problem.volunteers:
        who = offered(problem, own, curves)
    else:
        who = {name: anybody(found) for name, found in curves.items()}
    inputs = {
        name: CenterInput(
            needed[name],
            own[name],
            who[name],
            _prices(problem, name, policy),
            _present(problem, name),
        )
        for name in needed
    }
    parts = []
    for group in _groups(inputs):
        program = DesignProgram(problem.horizon.days, cyclic, period or problem.horizon.days)
        for center in group:
            post(program, center)
        parts.append(DesignPart(program))
    with interrupts(cancel) as stop:
        search(parts, DesignLimits(began + options.seconds, options.engines, seed, stop))
        ended: StoppedBy = "interrupt" if stop.is_set() else "time"
    shifts = [shift for part in parts for shift in _shifts_of(part.made, part.values)]
    bound, is_proven = sum(part.bound for part in parts), all(part.is_proven for part in parts)
    shifts.sort(key=lambda shift: (shift.center_id, shift.span))
    centers = [(one.demand, one.prices, one.present) for one in inputs.values()]
    score = judge(centers, shifts, problem.horizon.days, cyclic=cyclic)
    if score.cost != (cost := sum(part.cost for part in parts)):
        raise ModelError(Message("design.costs_differ", cost=cost, checked=score.cost))
    made = with_design(problem, shifts, score.cover)
    return ShiftDesign(
        problem=made,
        shifts=tuple(shifts),
        score=score,
        bound=bound,
        status="OPTIMAL" if is_proven else "FEASIBLE",
        stopped_by=None if is_proven else ended,
        seconds=time.monotonic() - began,
    )


def _prices(problem: Problem, name: str, policy: DesignPolicy | None) -> DesignPrices:
    center = problem.center_by_id[name]
    return DesignPrices(design_policy_at(center, problem.policy, policy), center.priority)


def _present(problem: Problem, name: str) -> frozenset[ShiftTime]:
    """Times at which a center holds shifts today."""
    spans = (
        (minute(problem, s.start), minute(problem, s.end))
        for s in problem.shifts
        if s.center_id == name
    )
    return frozenset(ShiftTime(start % DAY, end - start) for start, end in spans)


def _groups(inputs: dict[str, CenterInput]) -> list[list[CenterInput]]:
    """Centers that share times, together; each of the others alone."""
    groups: dict[Any, list[CenterInput]] = defaultdict(list)
    for name, center in inputs.items():
        shared = {c.kind for c in center.candidates if c.kind.shared}
        groups[min((kind.where for kind in shared), default=("", name))].append(center)
    return [*groups.values()]


def _shifts_of(program: DesignProgram, values: Array) -> list[DesignedShift]:
    """The shifts that a solution holds."""
    people: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for column, seats in program.seats.items():
        if count := round(values[column]):
            people[id(seats.candidate), seats.day][column] = count
    breaks: dict[int, dict[int, list[BreakTaken]]] = defaultdict(lambda: defaultdict(list))
    for column, one in program.breaks.items():
        if count := round(values[column]):
            seats = program.seats[one.seats]
            spans = seats.candidate.breaks[one.group][one.choice]
            breaks[one.seats][one.group].append(BreakTaken(seats.of, spans, count))
    shifts = []
    for columns in people.values():
        seats = program.seats[next(iter(columns))]
        candidate = seats.candidate
        groups = tuple(
            tuple(taken for column in columns for taken in breaks[column][group])
            for group in range(len(candidate.breaks))
        )
        counts = {program.seats[column].of: count for column, count in columns.items()}
        for date in candidate.days:
            if date % program.period == seats.day:
                told = candidate.center_id, date, candidate.time, candidate.kind, counts, groups
                shifts.append(DesignedShift(*told))
    return shifts
