"""Parameters of the search and the options of every call that searches.

Values of a caller -> `SearchParams`, which `solve` takes and `result.json` holds: parameters of the
engines, and those of the calls around them (solve, conflicts, questions that solve again), which
stand here. Keyword arguments -> `SearchOptions`, checked once where the call begins, or
`InputError`. Times are in seconds.
"""

from __future__ import annotations

import math
import os

from shiftplan.engines.params import engines
from shiftplan.errors.allowed import (
    AnySeconds,
    Call,
    Cancel,
    Count,
    FromOne,
    Gap,
    Positive,
    Quantity,
    Seconds,
    Seed,
    Share,
)
from shiftplan.errors.options import Options

STAY = 10
"""Price of each assignment that changes near a roster, where nothing else is asked for."""

MOST_WAYS = 5
"""Ways out of a contradiction that are looked for, where nothing else is asked for."""


class ClosingParams(Options):
    """The end of a solve: engines are stopped, and the roster is checked within the limit."""

    stopping_seconds: Quantity = 0.4
    """Time kept for stopping the engines."""
    share: Share = 0.3
    """Share of the time limit that may be kept for stopping and checking at most."""
    rehearsal_seconds: Quantity = 3.0
    """Time after which a roster is checked as the last one will be, to know how long that takes."""
    rehearsal_share: Share = 0.3
    """Share of the time limit after which it is checked already, if that is sooner."""
    idle_rise: Share = 0.001
    """Share by which a rising bound keeps a search alive that is to end when it gains nothing."""


class ConflictParams(Options):
    """Which hard rules contradict each other, and the cheapest ways out."""

    naming_share: Share = 0.75
    """Share of the time for naming a contradiction; the rest is for confirming it."""
    shrinking_share: Share = 0.6
    """Share of the time for finding out what is needed of it."""
    shrinking_seconds: Quantity = 12.0
    """Time for that at most: what takes longer is too large to be read anyway."""
    person_nodes: Count = 200
    """Branch-and-bound nodes for finding out whether one person or place alone is asked for too
    much."""
    place_seconds: Quantity = 1.0
    """Time at most for finding one team, or one center on a day, that contradicts itself."""
    few_members: Count = 50
    """Members up to which those that people would rather read are preferred; of more, those are
    taken that a proof names."""
    whole_pairs: Count = 100_000
    """People times shifts up to which a contradiction is confirmed with every pair in the model."""
    entries_a_second: Positive = 300_000
    """Entries of a program that CP-SAT takes in within a second, on a slow machine."""
    ways_seconds: Quantity = 3.0
    """Time for ways out at most where a roster was asked for; `ways_out` takes its whole limit."""
    exact_share: Share = 0.25
    """Share of the time for the cheapest ways out, each proven."""
    exact_seconds: Quantity = 1.0
    """Time at least for these, within that share."""
    exact_factor: Quantity = 2.0
    """Time for these, in times of what the first contradiction took, if that is more."""
    exact_most_seconds: Quantity = 8.0
    """Time for these at most."""
    cheap_seconds: Quantity = 10.0
    """Time at most for a way out that is cheap, where the cheapest is not known by then."""
    conflicts_in_a_row: Count = 8
    """Conflicts found one after another above which the cheapest way out is no longer looked for.
    """
    engines_share: Share = 0.4
    """Share of the time left for a cheap way out of very many conflicts."""
    engines_seconds: Quantity = 4.0
    """Time for it at most."""
    elastic_turns: Count = 4
    """Rosters from which a cheap way out is taken."""
    elastic_members: Count = 200
    """Members broken by an empty roster above which only the first such roster is taken."""
    rough_seconds: Quantity = 5.0
    """Time for approaching the cheapest amounts; the best ones found are taken."""


class NearParams(Options):
    """A roster solved again near a change, while everybody else keeps their shifts."""

    pairs: Positive = 3_000
    """Pairs that the first widening may free; each further one twice as many."""


class RepairParams(Options):
    """`repair`: quick moves first, then near the changes, then on the whole week."""

    quick_seconds: Quantity = 1.5
    """Time of the processor for quick moves at most; it counts whatever the time limit is."""
    whole_columns: Count = 6_000
    """Columns up to which the whole week is solved in any case."""
    near_seats: Count = 16
    """Seats concerned up to which a solution near them is tried first."""
    near_seconds: Quantity = 3.0
    """Time for that at most."""
    near_share: Share = 0.5
    """Share of the time left for that at most."""
    patience_seconds: Quantity = 1.1
    """Time after which nobody more is drawn into a part that is proven, if service is as before."""
    gap: Share = 1e-5
    """Gap that is good enough where no proof is asked for."""
    again_share: Share = 0.6
    """Share of the time for the roster where a whole week is planned again; the rest is for proving
    how good it is."""


class LeximinParams(Options):
    """`leximin`: the highest share as low as can be, then the next."""

    costs_share: Share = 0.25
    """Share of the time for the other costs, once the ranks are settled."""


class TradeoffParams(Options):
    """`tradeoff`: one search for each point."""

    first_factor: Positive = 3
    """Time for the first point, in times of another's."""
    search_share: Share = 0.5
    """Share of a point's time for the search in any case; the rest goes to closing."""
    hint_share: Share = 0.05
    """Share of a point's time for laying out a known roster in the model."""


class AdviceParams(Options):
    """`advise`: prices of the relaxation, promising steps, and trials of them."""

    prices_share: Share = 0.4
    """Share of the time for the relaxation."""
    filling_share: Share = 0.2
    """Share of the time for finding the people who would fill all empty seats."""
    others_share: Share = 0.1
    """Share of the time kept for other such people, beside the best new volunteer."""
    promising_share: Share = 0.6
    """Share of the time left for pricing the steps; the rest is for trials."""
    promising_steps: Positive = 40
    """Steps of each kind at least whose best week is found exactly."""
    alike_steps: Positive = 2
    """Steps of a kind at the same centers that come before those at other ones."""
    volunteer_share: Share = 0.15
    """Share of the time left for trials of new volunteers."""
    training_share: Share = 0.3
    """Share of the time left then for trials of trainings."""
    limit_share: Share = 0.4
    """Share of the time left then for trials of changed limits."""
    trial_seconds: Quantity = 1.0
    """Time at most of solving again in one trial."""
    together_seconds: Quantity = 4.0
    """Time at most of solving again with several trainings at once, as in a course."""
    courses_share: Share = 0.15
    """Share of the time for courses, beside what the steps leave of theirs."""
    course_people: Positive = 10
    """Learners of a course at most."""
    course_sessions: Positive = 20
    """Times and centers at which a course is tried at most."""
    course_trials: Positive = 20
    """Sets of learners that are tried at most."""


class SearchParams(Options):
    """What steers the search, by component; what is not given keeps its default.

    No parameter changes what a roster costs, which rules hold or what a bound proves: only how long
    it takes to find good rosters and bounds. The defaults are tuned on weeks of a few people to
    those of a country.
    """

    start: engines.StartParams = engines.StartParams()
    line_up: engines.LineUpParams = engines.LineUpParams()
    greedy: engines.GreedyParams = engines.GreedyParams()
    relaxation: engines.RelaxationParams = engines.RelaxationParams()
    opening: engines.OpeningParams = engines.OpeningParams()
    dive: engines.DiveParams = engines.DiveParams()
    neighborhoods: engines.NeighborhoodParams = engines.NeighborhoodParams()
    branch_and_cut: engines.BranchAndCutParams = engines.BranchAndCutParams()
    schedules: engines.ScheduleParams = engines.ScheduleParams()
    parts: engines.PartParams = engines.PartParams()
    decomposition: engines.DecompositionParams = engines.DecompositionParams()
    closing: ClosingParams = ClosingParams()
    conflict: ConflictParams = ConflictParams()
    near: NearParams = NearParams()
    repair: RepairParams = RepairParams()
    leximin: LeximinParams = LeximinParams()
    tradeoff: TradeoffParams = TradeoffParams()
    advice: AdviceParams = AdviceParams()


DEFAULTS = SearchParams()
"""What is usual."""


class SearchOptions(Options):
    """What every search has."""

    time_limit: Seconds | None = None
    """Seconds for everything; None for no limit."""
    workers: FromOne | None = None
    """Engines side by side; None for as many as there are processors, at most 4."""
    seed: Seed = 0
    """Seed of everything random."""
    gap: Gap = 0.0
    """Relative gap at which the search may end; 0 asks for a proof."""
    work_limit: FromOne | None = None
    """Steps of each engine instead of time."""
    idle_limit: Seconds | None = None
    """Seconds without a gain after which the search ends; None for no such limit."""
    least_gain: Gap = 0.0
    """Share of the cost that must be gained a minute; 0 for any gain."""
    cancel: Cancel = None
    """When somebody sets it, the search ends with the best so far."""
    on_progress: Call = None
    """Called now and then while it searches."""
    params: SearchParams = SearchParams()
    """What steers the search."""

    @property
    def seconds(self) -> float:
        """The time limit; infinite for none."""
        return math.inf if self.time_limit is None else self.time_limit

    @property
    def idle_window(self) -> float | None:
        """Seconds over which a gain is measured; None if the search need not gain anything."""
        if self.idle_limit is None and self.least_gain > 0:
            return 60.0
        return self.idle_limit

    @property
    def engines(self) -> int:
        """Engines side by side."""
        return usual_workers(self.workers)


class SolveOptions(SearchOptions):
    """Those of a search that has an answer without any time."""

    time_limit: AnySeconds | None = None


def usual_workers(workers: int | None) -> int:
    """Engines side by side: as many as asked for, else as there are processors, at most 4."""
    return min(4, os.cpu_count() or 1) if workers is None else workers
