"""The one door to designs: needs over time and types of shifts in, shifts with a bound out.

`Problem` -> `design` -> `ShiftDesign`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from shiftplan.citizens.shift_design.jointly import roster_of
from shiftplan.citizens.shift_design.judged import DesignedShift, DesignScore
from shiftplan.citizens.shift_design.made import with_design
from shiftplan.citizens.shift_design.search import DesignLimits
from shiftplan.citizens.shift_design.task import DesignTask
from shiftplan.engines.params import SolveOptions
from shiftplan.errors import InputError
from shiftplan.errors.allowed import Fits, FromOne, Range
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.known_ids import unknown_owners
from shiftplan.solving.interrupts import interrupts
from shiftplan.week.demand import DesignPolicy
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Roster

StoppedBy = Literal["time", "interrupt"]


@dataclass(frozen=True)
class ShiftDesign:
    """Shifts that a design holds, what they cost, and how good they are proven to be."""

    problem: Problem
    """The week with these shifts and the people that they need, instead of its own."""
    shifts: tuple[DesignedShift, ...]
    """By center, date and time."""
    roster: Roster | None
    """Who works what, where a design decides on it too; None otherwise."""
    score: DesignScore
    """What they cost and how they cover what is needed, by a checker that knows no model."""
    bound: int
    """No shifts that the types allow cost less."""
    status: Literal["OPTIMAL", "FEASIBLE"]
    stopped_by: StoppedBy | None
    """Why the search ended early; None when it ran to its end."""
    seconds: float
    task: DesignTask = field(repr=False, compare=False)
    """What was decided: needs, times that were allowed, prices."""

    @property
    def cost(self) -> int:
        """What the design costs."""
        return self.score.cost

    @property
    def gap(self) -> float:
        """Share of the cost that a better design may save at most."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


class _DesignOptions(SolveOptions):
    policy: Annotated[
        Any, Fits("options.design_policy", lambda x: x is None or isinstance(x, DesignPolicy))
    ]
    step: Annotated[int, Range(5, 1440)] = 30
    period: FromOne | None = None


@takes_week
def design(
    problem: Problem,
    policy: DesignPolicy | None = None,
    *,
    step: int = 30,
    period: int | None = None,
    cyclic: bool = False,
    offers: bool = True,
    jointly: bool = False,
    centers: Collection[str] | None = None,
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
        are still to be found. People are counted at each center where they could come, and in a
        week that begins anew both in its last night and in its first morning.
    jointly
        Whether it is decided together with the shifts who works them, so that nobody is counted on
        twice: for small teams. All hard rules hold but those on what people must work at least.
        Where shifts repeat themselves, so do their people. Rules on rest and the like do not look
        from the last date into the first. Without `offers` or volunteers there is nobody to decide
        on, and no roster.
    centers
        Ids of the centers whose shifts are designed; others keep theirs. None for all.
    time_limit
        Seconds for everything; None for no limit. The first design may exceed it, by about
        ten seconds per center.
    workers
        Searches side by side; None for as many as there are processors, at most 4.
    seed
        Seed of everything random, 0 or more.
    cancel
        When somebody sets it, the search ends with the best design so far, as on Ctrl-C.

    Raises
    ------
    InputError
        If an option is out of range, a center is unknown, nobody is needed, there are too many ways
        to take breaks, requirements about times name types of shifts, or as `staff` raises it.
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
    named = [Owner("center", name) for name in centers or ()]
    if faults := [*unknown_owners(problem, named, "centers")]:
        raise InputError(faults)
    task = DesignTask.of(
        problem,
        policy,
        step=step,
        period=period,
        cyclic=cyclic,
        offers=offers,
        jointly=jointly,
        only=centers,
    )
    with interrupts(cancel) as stop:
        found = task.solved(DesignLimits(began + options.seconds, options.engines, seed, stop))
        ended: StoppedBy = "interrupt" if stop.is_set() else "time"
    made = with_design(problem, found.shifts, found.score.cover, cyclic=cyclic)
    return ShiftDesign(
        problem=made,
        shifts=found.shifts,
        roster=None if task.beside is None else roster_of(made, found.shifts),
        score=found.score,
        bound=found.bound,
        status="OPTIMAL" if found.is_proven else "FEASIBLE",
        stopped_by=None if found.is_proven else ended,
        seconds=time.monotonic() - began,
        task=task,
    )
