"""What steers the engines: one model a component, gathered in `SearchParams`.

Values of a caller -> frozen models. Times are in seconds, shares are parts of a whole, and entries
are the nonzeros of a program's matrix.
"""

from __future__ import annotations

import math

from shiftplan.errors.allowed import Count, Factor, Positive, Quantity, Share
from shiftplan.errors.options import Options


class StartParams(Options):
    """Before engines search side by side, and what a search without time does."""

    quick_columns: Count = 6_000
    """Columns up to which a program is first tried in the calling process."""
    quick_seconds: Quantity = 0.8
    """Time of that try."""
    probe_seconds: Quantity = 1.5
    """Time after it in which CP-SAT looks for any roster, where none is known."""
    probe_share: Share = 0.2
    """Share of the time for that at most."""
    impossible_share: Share = 0.05
    """Share of the time for seeing at once that rows cannot hold together, where nobody working
    breaks some."""
    impossible_seconds: Quantity = 3.0
    """Time for it at most, as where the search has no time limit."""
    impossible_columns: Count = 60_000
    """Columns up to which that is tried for many people or places together."""
    place_seconds: Quantity = 1.0
    """Time at most for finding one team, or one center on a day, for which they cannot."""
    impossible_nodes: Count = 200
    """Branch-and-bound nodes for what one person can work, or one place can have."""
    apart_share: Share = 0.02
    """Share of the time for solving small independent parts before everything else."""
    apart_pairs: Count = 200
    """Pairs up to which an independent part is solved apart."""
    apart_nodes: Count = 500
    """Branch-and-bound nodes after which such a part goes back to the rest."""
    wake_seconds: Quantity = 0.5
    """Time below which no worker processes are started."""
    moment_columns: Count = 60_000
    """Columns up to which an exact search looks for a roster when time is over and the greedy one
    breaks hard rules."""
    moment_seconds: Quantity = 0.8
    """Time of that search."""
    patience_share: Share = 0.1
    """Share of the time in which branch and cut waits, and helps to improve the roster."""
    unguided_share: Share = 0.6
    """The same where it first waits for the relaxation, and a roster near it."""
    exact_seconds: Quantity = 8.0
    """Time that must be left for branch and cut; with less, its worker only improves the roster."""
    exact_seconds_unguided: Quantity = 60.0
    """The same where it first waits for the relaxation."""
    patience_seconds: Quantity = 8.0
    """Least time for which branch and cut waits, whatever the share."""


class LineUpParams(Options):
    """Which engines search side by side."""

    many_pairs: Count = 3_000
    """Pairs above which an exact search is not enough by itself."""
    schedule_people: Count = 400
    """People up to which engines may think in whole personal schedules; 0 switches these engines
    off."""
    schedule_days: Quantity = 5
    """Median number of days on which a person could work from which they do."""
    schedule_entries: Quantity = 6.0
    """Entries in personal rows over several days, for each pair, from which they do."""


class GreedyParams(Options):
    """The greedy roster: works are added round by round, the most useful first."""

    hurry_seconds: Quantity = 0.5
    """Time after which the first roster is finished in a hurry; or later, by `hurry_share`."""
    hurry_share: Share = 0.5
    """Share of the time left after which it is."""
    careful_entries: Count = 1_000_000
    """Entries up to which a round adds few works, so that their order is kept closely."""
    round_pairs: Positive = 2_000
    """Pairs at least that a round looks at, the best ones first."""
    round_pairs_large: Positive = 20_000
    """The same beyond `careful_entries`."""
    round_share: Share = 0.15
    """Share of the pairs that pay which a round looks at, if that is more."""
    depth: Positive = 6
    """Columns that may depend on each other in a chain when the cost of a work is estimated."""


class RelaxationParams(Options):
    """The linear relaxation, solved in rounds with few of its rows at first."""

    first_seconds: Quantity = 3.0
    """Time of the first round from which the simplex method counts as slow, where all rows can
    join."""
    later_seconds: Quantity = 2.0
    """Time of a later round up to which the simplex method is always quick enough."""
    slow_factor: Quantity = 2.5
    """Time of a round, in times of the quickest so far, above which the interior point method takes
    over."""
    close: Quantity = 0.2
    """Distance to its bound within which a row joins together with those that are violated."""
    whole_entries: Count = 1_000_000
    """Entries up to which the interior point method takes all rows at once."""
    advice_step: Share = 2e-4
    """Relative rise of the bound in a round below which `advise` has precise enough prices."""


class OpeningParams(Options):
    """From the relaxation to a first roster near it."""

    share: Share = 0.5
    """Share of the time for the relaxation; without it the search goes on unguided."""
    step: Share = 0.005
    """Relative rise of the bound in a round below which the relaxation is near enough to its end.
    """
    choices: Positive = 15
    """Pairs of each person, the cheapest by reduced cost, among which a dive chooses."""
    dive_factor: Quantity = 2.0
    """Time that a dive takes, about, in times of the rounds before it."""
    entries: Count = 1_500_000
    """Entries up to which a first-order method comes near the relaxation soon."""
    pace: Positive = 100_000
    """Entries of larger programs for each second that it has, beside other engines, and again
    before parts; what it has reached by then counts."""
    beside_share: Share = 0.4
    """Share of the time that this may take; where it would take more, it is not used."""
    rounds_pace: Positive = 200_000
    """Entries of larger programs for each second after which rounds of the relaxation end."""
    rounds_share: Share = 0.1
    """Share of the time that these rounds have in any case."""
    near_seconds: Quantity = 6.0
    """Most time for such a method at the start, in which nothing interrupts it."""
    distance: Quantity = 0.001
    """Relative distance to its optimum that such a method looks for first."""
    quick_pace: Quantity = 550_000.0
    """Entries for each second that the method has, above which it looks for `coarse_distance`."""
    coarse_least: Quantity = 0.5
    """Least time for a first-order method."""
    coarse_distance: Quantity = 0.01
    """Relative distance at which a rounded roster is better than a greedy one."""
    enough: Share = 0.003
    """Relative difference of bound and objective at which the relaxation is near enough."""
    nearer: Share = 0.3
    """Factor by which the distance shrinks until then."""
    last_distance: Quantity = 1e-4
    """Distance at which the relaxation is near enough in any case."""
    least_use: Share = 0.02
    """Use below which a pair counts as not used by a relaxation that is only near its optimum."""
    sure: Share = 0.55
    """Use above which a pair is rounded up."""


class DiveParams(Options):
    """The dive: hold what the relaxation gives in full, solve the rest again, and so on."""

    sure: Share = 0.6
    """Value from which a fractional pair may be held beside others of its round."""
    held_share: Share = 0.05
    """Share of the fractional pairs that a round may hold."""
    held_share_slow: Share = 0.2
    """The same where rounds are slow."""
    held_pairs: Positive = 5
    """Fractional pairs that a round may hold in any case."""
    forget_pairs: Count = 50
    """Pairs held at once above which the next round starts without a basis."""
    left_pairs: Count = 300
    """Pairs neither held nor 0 that are left to an exact search."""
    exact_pairs: Count = 4_000
    """Pairs that the exact search may use: those left, and the cheapest others."""
    share: Share = 0.6
    """Share of the time after which what is not held is completed greedily."""
    exact_share: Share = 0.5
    """Share of the time left then for the exact search."""
    exact_nodes: Count = 20
    """Branch-and-bound nodes of the exact search."""


class Effort(Options):
    """How large neighborhoods are, and what they may take."""

    pairs: Positive
    """Pairs in a neighborhood at the start; it grows with each that is done and in vain."""
    seconds: Quantity
    """Time for each; without limit where work is counted."""
    nodes: Count
    """Branch-and-bound nodes for each."""
    tolerance: Share = 5e-4
    """Relative gap at which one is solved."""
    gap: Share = 0.0
    """Relative distance to the bound of the relaxation at which it is enough."""

    def toward(self, other: Effort, share: float) -> Effort:
        """An effort between both, at 0 this one and at 1 the other, whose `gap` it never takes."""

        def between(own: float, others: float) -> float:
            return math.pow(own, 1 - share) * math.pow(others, share)

        return self.model_copy(
            update={
                "pairs": round(between(self.pairs, other.pairs)),
                "seconds": between(self.seconds, other.seconds),
                "nodes": round(between(self.nodes, other.nodes)),
                "tolerance": (1 - share) * self.tolerance + share * other.tolerance,
            }
        )


class NeighborhoodParams(Options):
    """Large-neighborhood search: free a part of the roster, solve it, keep what is better."""

    quick: Effort = Effort(pairs=250, seconds=1.0, nodes=20)
    """Many small neighborhoods."""
    helping: Effort = Effort(pairs=250, seconds=1.0, nodes=20, gap=0.002)
    """The same before branch and cut."""
    patient: Effort = Effort(pairs=2_000, seconds=10.0, nodes=300, tolerance=0.0)
    """Few large neighborhoods, after branch and cut has come to rest; all others come near it the
    more of them are in vain."""
    stale: Positive = 4
    """Neighborhoods in vain for each center at which it is reached."""
    least_pairs: Positive = 50
    """Pairs to which neighborhoods shrink while they are not solved in time."""
    near: Quantity = 5.0
    """Reduced cost up to which a pair that the relaxation leaves out stays in the neighborhoods."""
    wider: Factor = 2.0
    """Factor by which `near` grows around a center with each neighborhood there without a gain."""
    sharp: Quantity = 2.0
    """Power of what the roster loses around a center that makes it likely to be chosen; the chance
    halves with each neighborhood around it that brings nothing."""
    days_near: Quantity = 0.6
    """Reduced cost up to which pairs are in whole days at first; it grows like `near`."""
    days_share: Share = 0.4
    """Share of the time for whole days until the first of them has been solved."""
    days_least: Share = 0.1
    """Least share of the time afterwards, for whole days and for small parts, by what they gain."""
    days_memory: Positive = 4
    """Time, in multiples of that of one whole day, after which a gain counts about a third."""


class BranchAndCutParams(Options):
    """HiGHS branch and cut on the whole program."""

    rounds_entries: Count = 1_000_000
    """Entries above which the relaxation is solved in rounds before anything else."""
    envelope_columns: Count = 6_000
    """Columns up to which small teams are made tight: what all rules about one cost together."""
    envelope_pairs: Count = 7
    """People who can come to such a team at most."""
    envelope_rounds: Count = 30
    """Rounds of rows for that at most."""
    envelope_share: Share = 0.25
    """Share of the time for that at most."""
    stale_seconds: Quantity = 20.0
    """Time without a rise of the bound after which large neighborhoods take over; or later, by
    `stale_share`."""
    stale_share: Share = 0.3
    """Share of the time so far without a rise after which they do."""


class DecompositionParams(Options):
    """The bound of a large week by branch and cut on parts of it."""

    pairs: Positive = 750
    """Pairs of a part at first."""
    seconds: Quantity = 1.0
    """Time for each of them at most."""
    larger: Factor = 2.0
    """Factor by which parts grow from one round to the next."""
    longer: Factor = 3.0
    """Factor by which the time for each part grows from one round to the next."""
    pays: Share = 5e-4
    """Relative rise of the bound in a round that makes another one worth it."""
    tried: Share = 0.1
    """Share of the parts of a large program after which a round ends that does not pay so far."""
    least_parts: Positive = 8
    """Fewest parts of a program that comes apart before branch and cut on the whole."""
    near_share: Share = 0.1
    """Share of the time left that is first spent on a nearer relaxation, whose duals split the
    costs. Larger programs have what `pace` says."""
    room: Share = 0.2
    """Share of a part's pairs by which its border may move to where fewer people cross it."""
    largest_share: Share = 0.02
    """Share of all rows that may hang together by other columns than pairs; where more do, they are
    in no part."""
    whole_seconds: Quantity = 600.0
    """Time left above which branch and cut on the whole follows even where parts pay."""


class Manner(Options):
    """How thorough the opening in whole schedules is."""

    nodes: Quantity
    """Nodes of all graphs together, about, as far as the limits of a layer allow."""
    gap: Share
    """Relative distance of the relaxed choice to its bound at which the descent begins."""
    share: Share
    """Share of the time for the bound, and again for the descent."""
    held: Share
    """Share of the open works that each step of the descent holds at least."""
    whole_days: Positive
    """Days up to which the descent chooses on all of them at once; more are done in stretches."""


class ScheduleParams(Options):
    """Column generation: engines that think in whole personal schedules."""

    pricing: Manner = Manner(nodes=2e7, gap=1e-4, share=0.35, held=0.05, whole_days=28)
    """Opening of the engine `pricing`, which is after the bound."""
    schedules: Manner = Manner(nodes=2e6, gap=0.02, share=0.15, held=0.2, whole_days=14)
    """Opening of the engine `schedules`, which is after a good roster soon."""
    rounds: Positive = 8
    """Rounds of pricing between two looks at other engines, and between two steps of a descent."""
    opening_factor: Quantity = 4.0
    """Time that pricing for everybody takes at least before it leads anywhere, in times of a first
    roster's."""
    anew_share: Share = 0.05
    """Share of the time in which all people choose again and again."""
    most_nodes: Positive = 20_000
    """Nodes of a layer at most, in the graph of a person's schedules."""
    least_nodes: Positive = 200
    """Nodes of a layer up to which all schedules are kept, however large the program is."""
    rebuilds: Count = 2
    """Times that a graph which reaches no end is built again, four times as wide each time."""
    day_patterns: Positive = 400
    """Patterns of a day above which the schedules of a person are not enumerated."""
    sure: Share = 0.9
    """Use from which a descent holds a work together with others."""
    smoothing: Share = 0.5
    """Weight of the best prices so far in the prices that are tried next."""
    window_nodes: Positive = 1_500
    """Nodes of a layer in the graph of a few days."""
    roll_days: Positive = 14
    """Days of a stretch on which everybody is chosen at once, at prices of the days to come."""
    roll_step: Positive = 7
    """Days of it that are fixed before the next stretch begins."""
    roll_rounds: Positive = 40
    """Rounds of pricing of a stretch at most, and between two steps of its descent."""
    roll_pricing: Share = 0.3
    """Share of a stretch's time for the first prices; without a descent they are worth little."""
    roll_held: Share = 0.03
    """Share of the open works that each step of the descent on a stretch holds at least."""
    mix_schedules: Positive = 12_000
    """Schedules among which a mix chooses at most."""
    mix_halvings: Positive = 2
    """Gaps tried, each half of the one before, until there are that few."""
    mix_nodes: Count = 2_000
    """Branch-and-bound nodes of a mix."""
    mix_share: Share = 0.25
    """Share of the time for a mix."""
    mix_idle: Count = 20
    """Parts without gain after which schedules are mixed."""


class PartParams(Options):
    """Parts of a roster chosen anew in whole schedules, one after another."""

    seconds: Quantity = 2.0
    """Time in which a part should be done; its size follows."""
    long_factor: Quantity = 3.0
    """Time that one step of a part may take, in times of `seconds`."""
    branching_size: Positive = 150
    """People times days that are free at the start where branch and cut chooses."""
    descent_size: Positive = 1_000
    """The same where works are held step by step."""
    solver_size: Positive = 60
    """The same where CP-SAT chooses."""
    least_size: Positive = 20
    """People times days that are free at least."""
    rounds: Positive = 30
    """Rounds of pricing of a part."""
    enough: Share = 0.1
    """Share of the gain of the relaxed choice that may be left out."""
    nodes: Count = 60
    """Branch-and-bound nodes of the choice among the schedules of a part."""
    held: Share = 0.1
    """Share of the works that a step of a descent holds at least."""
    held_rounds: Positive = 4
    """Rounds of pricing between two steps."""
    solver_work: Quantity = 0.5
    """Deterministic seconds of CP-SAT for a part, where work is counted and not time."""
    learning: Share = 0.3
    """Weight of the last part in what its kind is expected to bring."""
    curiosity: Quantity = 0.03
    """Gains a second that are expected of any kind."""
