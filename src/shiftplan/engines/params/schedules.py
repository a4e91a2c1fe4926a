"""What steers the engines that think in whole personal schedules.

Values of a caller -> frozen models, gathered in `SearchParams`. Times are in seconds.
"""

from __future__ import annotations

from shiftplan.errors.allowed import Count, Positive, Quantity, Share
from shiftplan.errors.options import Options


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


class ScheduleParams(Options):
    """Column generation: engines that think in whole personal schedules."""

    pricing: Manner = Manner(nodes=2e7, gap=1e-4, share=0.35, held=0.05)
    """Opening of the engine `pricing`, which is after the bound."""
    schedules: Manner = Manner(nodes=2e6, gap=0.02, share=0.15, held=0.2)
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
