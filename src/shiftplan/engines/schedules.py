"""Search in whole schedules: a first roster, the bound, a descent, and then part after part.

`Task` -> `Crew` -> person after person a schedule, and again while it pays -> rounds of pricing for
everybody, their bound through the link -> a descent to a roster near the bound -> parts anew, each
a few people over all days, or many on a few days. What has paid lately gets more of the time, and
parts grow while they are done soon.

When parts bring nothing, every schedule whose price is near enough to the least is mixed. One that
costs more than its person's cheapest by the gap cannot be in a better roster, so that an exact
choice among the others is a proof. When there are too many, those nearest to the least are mixed,
without a proof.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from shiftplan.engines import cpsat
from shiftplan.engines.params.engines import Manner
from shiftplan.engines.personal.blocks import Blocks, TooManyError
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.graph import Graph, near_paths
from shiftplan.engines.personal.part import Part
from shiftplan.engines.personal.rolling import roll
from shiftplan.engines.personal.ways import (
    Allowance,
    Best,
    Way,
    by_branching,
    by_descent,
    by_solver,
    descend,
)
from shiftplan.engines.task import EPS, Array, Deadline, Ending, Link, Task


def search_schedules(
    task: Task, link: Link, manner: Manner, *, instead: Callable[[Task, Link], Ending]
) -> Ending:
    """Search until stopped, proven, out of time or out of parts (the work limit).

    The engine `instead` takes over when there is no schedule for somebody, too many to enumerate,
    or one whose cost does not follow from its pairs.
    """
    deadline = Deadline(task.seconds)
    ending = _search(replace(task, program=task.program.core()), link, manner, deadline)
    return ending or instead(replace(task, seconds=deadline.left()), link)


def _search(task: Task, link: Link, manner: Manner, deadline: Deadline) -> Ending | None:
    """The search; None when whole schedules do not help."""
    allowed = Allowance(task, link, deadline)
    rng = np.random.default_rng(task.seed)
    blocks = Blocks(task.program, task.layout)
    if not blocks.follows:
        return None
    dates = len(np.unique(np.stack([task.layout.volunteer, task.layout.day]), axis=1)[0])
    params = task.params.schedules
    width = np.clip(manner.nodes / max(dates, 1), params.least_nodes, params.most_nodes)
    crew = Crew(blocks, int(width), params)
    best = Best(blocks, crew.coupling, task, link)

    began = time.monotonic()

    def stopped() -> bool:
        return link.stopped() or allowed.deadline.left() <= 0

    def opens() -> bool:
        """Whether pricing for everybody gives a bound, or fits by what a first roster takes."""
        takes = params.opening_factor * (time.monotonic() - began)
        fits = takes <= manner.share * deadline.left()
        return allowed.counted or fits or not crew.cut

    try:
        order = rng.permutation(len(crew.courses))
        # Another engine's roster serves where pricing for everybody would not fit any more.
        worked = crew.first_roster(
            order, lambda: stopped() or (not opens() and link.best() is not None)
        )
    except TooManyError:
        return "stopped" if stopped() else None
    pays = opens()
    if worked is not None:
        best.offer(worked)
        again = allowed.share(params.anew_share)
        while again.left() > 0 and not link.stopped():  # everybody chooses again while that pays
            order = rng.permutation(len(crew.courses))
            if best.offer(crew.anew(best.worked, order, stopped)) < 0.5:
                break
    elif stopped():
        return "stopped"
    else:
        best.look()
        if pays or not best.holds:
            return None
    guide = _open(crew, best, allowed, manner) if pays else None
    return improve_parts(crew, best, allowed, rng, guide)


def _open(crew: Crew, best: Best, allowed: Allowance, manner: Manner) -> Guide | None:
    """Prices and the bound of the whole, and a roster near it."""
    link, offset = allowed.link, crew.blocks.program.offset
    limit = allowed.share(manner.share)
    everybody = list(range(len(crew.courses)))
    whole = Part(crew, everybody, None, best.values, allowed.task.seed)
    while True:
        known = len(whole.master.schedules)
        going = whole.generate(limit, link.stopped, crew.params.rounds, manner.gap)
        if crew.exact and whole.bound > -np.inf:
            link.bound(whole.bound + offset)
        if not going or whole.done(manner.gap) or len(whole.master.schedules) == known:
            break
    link.note(rounds=float(whole.rounds), schedules=float(len(whole.master.schedules)))
    if not whole.master.relaxed:
        return None
    guide = Guide(whole.prices(), whole.row_prices(), whole.bound + offset)
    limit = allowed.share(manner.share)
    if crew.exact and len(np.unique(crew.blocks.layout.day)) > manner.whole_days:
        worked = roll(crew, guide.rows, limit, link.stopped, allowed.task.seed)
    else:
        worked = descend(whole, limit, link.stopped, crew.params.rounds, manner.held)
    if worked is not None:
        best.offer(worked)
    return guide


def run(task: Task, link: Link) -> Ending:
    """Search until stopped, out of time or out of parts (the work limit)."""
    return search_schedules(task, link, task.params.schedules.schedules, instead=cpsat.run)


@dataclass
class _Kind:
    """A way to pick a part, its size, and what it has brought."""

    way: Way
    share: float
    """Part of the people that are free, on as many days as the size allows.

    0: as many people as the size allows on all days, or, where that is fewer than two, two people
    on as many days as it allows.
    """
    size: float
    """People times days."""
    brings: float = 1.0
    """Gains in a second, lately."""
    takes: float = 1.0
    """Seconds of a part, lately."""


def improve_parts(
    crew: Crew, best: Best, allowed: Allowance, rng: np.random.Generator, guide: Guide | None
) -> Ending:
    """Improve until stopped, proven, out of time, or out of parts (the work limit).

    With a `guide`, schedules near its prices are mixed whenever parts bring nothing any more.
    """
    people = len(crew.courses)
    days = np.unique(crew.blocks.layout.day)
    task, link, deadline = allowed.task, allowed.link, allowed.deadline
    params, whole = task.params.parts, crew.params
    ways = (
        (by_branching, params.branching_size, (1.0, 0.5, 0.25, 0.0)),
        (by_descent, params.descent_size, (1.0, 0.5)),
        (by_solver, params.solver_size, (1.0, 0.5, 0.0)),
    )
    kinds = [_Kind(way, share, float(size)) for way, size, shares in ways for share in shares]
    if guide is not None and crew.exact:
        kinds.append(_Kind(_by_rolling(guide), 1.0, float(params.least_size)))
    tried = improved = 0
    idle, mixed = whole.mix_idle, np.inf
    while deadline.left() > 0 and not link.stopped():
        if task.work_limit is not None and tried >= task.work_limit:
            break
        best.look()
        if guide is not None and idle >= whole.mix_idle and best.cost < mixed - 0.5:
            mixed = best.cost
            if mix(crew, guide, best, allowed.share(whole.mix_share), seed=task.seed):
                link.bound(best.cost)
                return "proven"
            idle = 0
        # Kinds share the time, not the number of parts, as they gain.
        fit = [kind for kind in kinds if best.holds or kind.way is not by_solver]
        weight = np.array([(kind.brings + params.curiosity) / kind.takes for kind in fit])
        kind = fit[int(rng.choice(len(fit), p=weight / weight.sum()))]
        began = time.monotonic()
        chosen, window = _pick(kind, people, days, rng)
        found = kind.way(crew, chosen, window, best, allowed, task.seed + tried)
        gain = 0.0 if found is None else best.offer(found)
        passed = time.monotonic() - began
        tried += 1
        improved += gain > 0.5
        idle = 0 if gain > 0.5 else idle + 1
        if task.work_limit is None:
            gains = float(gain > 0.5) / max(passed, 0.02)
            kind.brings += params.learning * (gains - kind.brings)
            kind.takes += params.learning * (max(passed, 0.02) - kind.takes)
            should = params.seconds
            growth = 1.15 if passed < should / 4 else 1.03
            if passed > should:
                growth = max(0.5, min(0.85, should / passed))
            size = kind.size * growth
            kind.size = float(np.clip(size, params.least_size, people * len(days)))
    link.note(parts=float(tried), improved=float(improved))
    return "stopped"


def _by_rolling(guide: Guide) -> Way:
    """A way to choose everybody anew from the first of some days to the end."""

    def way(
        crew: Crew, _: list[int], days: Array | None, best: Best, allowed: Allowance, seed: int
    ) -> Array | None:
        every = np.unique(crew.blocks.layout.day)
        first = 0 if days is None else int(np.searchsorted(every, days[0]))
        deadline, stopped = allowed.deadline, allowed.link.stopped
        before = best.worked
        return roll(crew, guide.rows, deadline, stopped, seed, before=before, first=first)

    return way


def _pick(
    kind: _Kind, people: int, days: Array, rng: np.random.Generator
) -> tuple[list[int], Array | None]:
    """People by number, and days that follow each other; None for all days."""
    free = kind.share * people if kind.share else kind.size / len(days)
    count = min(people, max(2, round(free)))
    length = min(len(days), max(2, round(kind.size / count)))
    chosen = np.sort(rng.permutation(people)[:count]).tolist()
    if length == len(days):
        return chosen, None
    # Windows reach beyond both ends, so that the days there are free as often as others.
    first = int(rng.integers(1 - length, len(days)))
    return chosen, days[max(0, first) : first + length]


@dataclass(frozen=True, slots=True)
class Guide:
    """Prices and what they prove."""

    prices: Array
    """Cost of each pair with what it adds to the rows that couple people, float (num_pairs,)."""
    rows: Array
    """Price of a unit of each row that couples people, float (coupling rows,)."""
    bound: float
    """A lower bound of all rosters, offset included."""


def mix(crew: Crew, guide: Guide, best: Best, deadline: Deadline, *, seed: int) -> bool:
    """Improve the best roster from schedules near the bound; whether nothing better exists."""
    step = crew.blocks.step
    slack = best.cost - step - guide.bound
    if slack < -EPS:
        return crew.exact and best.holds
    for _ in range(crew.params.mix_halvings):
        found = _near(crew, guide.prices, slack)
        if found is not None:
            break
        slack /= 2
    else:
        return False
    everybody = list(range(len(crew.courses)))
    whole = Part(crew, everybody, None, best.values, seed)
    for place, (pairs, cost) in found:
        whole.master.add(place, pairs, cost)
    within = slack >= best.cost - step - guide.bound - EPS
    none = np.zeros(0, dtype=int)
    chosen, least = whole.master.choose(none, deadline.left(), crew.params.mix_nodes, step - 0.001)
    if chosen is not None:
        best.offer(whole.worked(chosen))
    least += crew.blocks.program.offset
    return crew.exact and within and best.holds and least > best.cost - step + EPS


def _near(crew: Crew, prices: Array, slack: float) -> list[tuple[int, tuple[Array, float]]] | None:
    """Person, pairs and cost of all schedules near the least; None when there are too many."""
    found: list[tuple[int, tuple[Array, float]]] = []
    cost = crew.blocks.program.cost
    for place, (course, graph) in enumerate(zip(crew.courses, crew.graphs, strict=True)):
        assert isinstance(graph, Graph)
        left = crew.params.mix_schedules - len(found)
        paths = near_paths(graph, prices[course.pairs], slack, left)
        if paths is None:
            return None
        for path in paths:
            pairs = np.sort(course.pairs[path.pairs])
            found.append((place, (pairs, float(path.cost + cost[pairs].sum()))))
    return found
