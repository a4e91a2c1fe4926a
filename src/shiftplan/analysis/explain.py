"""Why not this person here, and why this one: the neighborhood solved again with the answer fixed.

(`Problem`, `Roster`, person, shift) -> `Answer`. `seats` explains empty seats.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.seats import PersonReason, SeatReasons, emptiest, explain_seat
from shiftplan.engines.params import STAY, SearchOptions
from shiftplan.errors.allowed import FromZero
from shiftplan.errors.message import AtShift
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.known_ids import need_pair
from shiftplan.scoring.check import beside, check
from shiftplan.solving.conflict import find_conflict
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.result import ConflictMember
from shiftplan.week.json_form import LevelKey, Written
from shiftplan.week.roster import Assignment, Change, Roster
from shiftplan.week.wishes import Pin

__all__ = ["Answer", "PersonReason", "SeatReasons", "emptiest"]
__all__ += ["explain_seat", "explain_why_here", "explain_why_not"]

Question = Literal["why_not", "why_here"]
Verdict = Literal["so_already", "possible", "impossible", "no_roster", "not_known"]
SECONDS = 10.0
"""Seconds for an answer, where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Answer(Written):
    """What it takes to do the opposite of what a roster does."""

    json_keys = (
        "question volunteer_id shift_id verdict because each_alone minimal conflict total costs "
        "levels changes proven stay freed=freed_people"
    )

    question: Question
    """`why_not`: the person shall work the shift; `why_here`: the person shall not."""
    volunteer_id: str
    """The person."""
    shift_id: str
    """The shift."""
    verdict: Verdict
    """`so_already`: the roster is as asked for; `impossible`: hard rules and pins contradict it, in
    the whole problem; `no_roster`: they contradict each other whatever is asked, so that the week
    has no roster at all; `not_known`: no roster was found in time, one may exist."""
    problem: Problem = field(repr=False, compare=False)
    """The problem the roster is for."""
    because: tuple[ConflictMember, ...] = ()
    """When impossible: the hard rules and pins that stand against it. Either each of them does by
    itself (`each_alone`), and all that do are here; or they do only together, and where they are
    `minimal`, none of them can be left out."""
    each_alone: bool = False
    """Whether each of `because` forbids it by itself, whatever the rest of the roster is."""
    minimal: bool = True
    """Whether it is proven that none of `because`, or of `conflict`, can be left out where they
    stand against it only together."""
    conflict: tuple[ConflictMember, ...] = ()
    """When the week has no roster: hard rules and pins of its own that cannot all hold."""
    total: int | None = None
    """When possible: total of such a roster, less that of the roster given. The one found is the
    cheapest when each changed assignment counts `stay`, or by levels where their order is strict;
    `proven` says how certain that is."""
    costs: Mapping[str, int] | None = None
    """Soft rule -> cost more (or less) than now; rules whose cost stays are left out."""
    levels: Mapping[LevelKey, int] | None = None
    """Level -> cost more (or less) than now."""
    changes: tuple[Change, ...] = ()
    """What such a roster takes away and adds, the assignment asked about included."""
    proven: bool = False
    """Whether no such roster is cheaper, changes priced, in which only the people of `freed` are
    moved."""
    stay: int = 0
    """Price of each assignment that changes, in the search only."""
    freed: frozenset[str] = frozenset()
    """Ids of the people whose shifts could change."""

    @property
    def freed_people(self) -> list[str]:
        """`freed`, in order."""
        return sorted(self.freed)


@takes_week
def explain_why_not(
    problem: Problem,
    roster: Roster,
    shift_id: str,
    volunteer_id: str,
    *,
    stay: int = STAY,
    time_limit: float | None = SECONDS,
    seed: int = 0,
    cancel: threading.Event | None = None,
) -> Answer:
    """Explain why a person does not work a shift: what would have to change, and its price.

    The neighborhood of the person and the shift is solved again with the assignment pinned; if it
    has no roster, but nothing contradicts the assignment, so is the whole week.

    Parameters
    ----------
    problem, roster
        What is planned, and the roster asked about.
    shift_id, volunteer_id
        Where, and who.
    stay
        Price of each assignment that changes, in units of the total, 0 or more. It counts in the
        search only: without it people would be moved about who have nothing to do with the
        question, and the search takes several times as long.
    time_limit
        Seconds for everything but reading; None for no limit. Naming what stands against it may
        take two more.
    seed, cancel
        As `solve` takes them.

    Raises
    ------
    InputError
        If there is no such person or shift, an option is out of range, or rows of a changed copy do
        not fit together.
    """
    options = _AnswerOptions(stay=stay, time_limit=time_limit, seed=seed, cancel=cancel)
    pair = Assignment(shift_id, volunteer_id)
    return _answer("why_not", problem, roster, pair, options, cancel)


@takes_week
def explain_why_here(
    problem: Problem,
    roster: Roster,
    shift_id: str,
    volunteer_id: str,
    *,
    stay: int = STAY,
    time_limit: float | None = SECONDS,
    seed: int = 0,
    cancel: threading.Event | None = None,
) -> Answer:
    """Explain why a person works a shift: what it would cost to leave them out of it.

    As `explain_why_not`, with the person pinned not to work the shift.
    """
    options = _AnswerOptions(stay=stay, time_limit=time_limit, seed=seed, cancel=cancel)
    pair = Assignment(shift_id, volunteer_id)
    return _answer("why_here", problem, roster, pair, options, cancel)


class _AnswerOptions(SearchOptions):
    stay: FromZero


def _answer(
    question: Question,
    problem: Problem,
    roster: Roster,
    pair: Assignment,
    options: _AnswerOptions,
    cancel: threading.Event | None,
) -> Answer:
    """The cheapest roster near by that is as asked; else what contradicts it."""
    end = time.monotonic() + options.seconds
    problem.need_fit()
    need_pair(problem, *pair)
    asked = Answer(question, pair.volunteer_id, pair.shift_id, "so_already", problem)
    is_wanted = question == "why_not"
    if (pair in roster) == is_wanted:
        return asked
    wanted = Pin(**pair._asdict(), state="must" if is_wanted else "must_not")
    because = _forbidding(problem, roster, wanted)
    if because:
        return replace(asked, verdict="impossible", because=because, each_alone=True)
    from shiftplan.solving.around import solve_around

    pins = tuple(dict.fromkeys((*problem.pins, wanted)))
    problem.compute()
    pinned = problem.fitting(pins=pins)
    with interrupts(cancel) as stop:
        found = solve_around(
            pinned,
            roster,
            people=[pair.volunteer_id],
            shifts=[pair.shift_id],
            stay=options.stay,
            seconds=end - time.monotonic(),
            seed=options.seed,
            cancel=stop,
        )
        if found is None:
            left = max(_LEAST_SECONDS, end - time.monotonic())
            conflict = find_conflict(pinned, time_limit=left, cancel=stop)
            left = end - time.monotonic()
            if (conflict is None or not conflict.members) and left > 0:
                # Somebody far from there may stand against it, as by a budget of the whole week.
                found = solve_around(
                    pinned,
                    roster,
                    people=[v.volunteer_id for v in problem.volunteers],
                    stay=options.stay,
                    seconds=left,
                    seed=options.seed,
                    cancel=stop,
                )
    if found is not None:
        before = check(problem, roster)
        parts = beside(before.parts, found.score.parts)
        return replace(
            asked,
            verdict="possible",
            total=found.score.total - before.total,
            costs={rule: c.change for rule, c in parts.items() if c.change},
            levels={k: found.score.levels[k] - before.levels[k] for k in problem.levels},
            changes=tuple(roster.changes_to(found.roster)),
            proven=found.proven,
            freed=found.freed,
            stay=options.stay,
        )
    if conflict is None or not conflict.members:
        return replace(asked, verdict="not_known")
    members = conflict.members
    itself = ("pins", pair.volunteer_id, AtShift(pair.shift_id))
    because = tuple(m for m in members if (m.rule, m.who, m.where) != itself)
    if wanted in problem.pins or len(because) == len(members):
        # It contradicts itself without the question.
        return replace(asked, verdict="no_roster", conflict=members, minimal=conflict.minimal)
    return replace(asked, verdict="impossible", because=because, minimal=conflict.minimal)


_LEAST_SECONDS = 2.0
"""Time in any case for naming the rules that stand against an assignment."""


def _forbidding(problem: Problem, roster: Roster, wanted: Pin) -> tuple[ConflictMember, ...]:
    """The rules against a pin whatever the rest of the roster is; each does alone."""
    from shiftplan.solving.conflict.members import Members

    contrary = wanted.model_copy(update={"state": "must_not" if wanted.state == "must" else "must"})
    active = enumerate(problem.active_rules)
    rules = [i for i, r in active if r.rule == "pins"] if contrary in problem.pins else []
    if wanted.state == "must":
        rules += Candidates(problem, roster).forbidding(wanted.shift_id, wanted.volunteer_id)
    members = Members(problem)
    who = [v.volunteer_id for v in problem.volunteers].index(wanted.volunteer_id)
    where = [s.shift_id for s in problem.shifts].index(wanted.shift_id)
    return tuple(members.forbidden(rule, who, where) for rule in dict.fromkeys(rules))
