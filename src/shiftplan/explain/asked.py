"""Why not this person here, and why this one: the neighborhood solved again with the answer fixed.

(`Problem`, `Roster`, person, shift) -> `Answer`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shiftplan.options import check_options, seed_option
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import need_pair
from shiftplan.problem.records import Pin
from shiftplan.problem.roster import Assignment, Change, Roster
from shiftplan.rules.arrays import Arrays
from shiftplan.scoring.check import Score, check
from shiftplan.scoring.costs import beside
from shiftplan.solving.conflict import find_conflict
from shiftplan.solving.result import ConflictMember
from shiftplan.texts import Lang

Question = Literal["why_not", "why_here"]
Verdict = Literal["so_already", "possible", "impossible", "no_roster", "not_known"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What it takes to do the opposite of what a roster does."""

    question: Question
    """`why_not`: the person shall work the shift; `why_here`: the person shall not."""
    volunteer_id: str
    """The person."""
    shift_id: str
    """The shift."""
    verdict: Verdict
    """`so_already`: the roster is as asked for; `impossible`: hard rules and pins contradict it, in
    the whole problem; `no_roster`: they contradict each other whatever is asked, so that the week
    has no roster at all; `not_known`: no roster was found near this one in time, one may exist."""
    because: tuple[ConflictMember, ...] = ()
    """When impossible: the hard rules and pins that stand against it, and cannot hold with it."""
    conflict: tuple[ConflictMember, ...] = ()
    """When the week has no roster: hard rules and pins of its own that cannot all hold."""
    total: int | None = None
    """When possible: total of such a roster, less that of the roster given. The one found is the
    cheapest when each changed assignment counts `stay`, or by levels where their order is strict;
    `proven` says how certain that is."""
    costs: Mapping[str, int] | None = None
    """Soft rule -> cost more (or less) than now; rules whose cost stays are left out."""
    levels: Mapping[int, int] | None = None
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

    def as_dict(self, lang: Lang = "en") -> dict[str, Any]:
        """The answer for JSON, with sentences in a language."""
        return {
            "question": self.question,
            "volunteer_id": self.volunteer_id,
            "shift_id": self.shift_id,
            "verdict": self.verdict,
            "because": [member.as_dict(lang) for member in self.because],
            "conflict": [member.as_dict(lang) for member in self.conflict],
            "total": self.total,
            "costs": None if self.costs is None else dict(self.costs),
            "levels": None if self.levels is None else {str(k): c for k, c in self.levels.items()},
            "changes": [
                {**change.assignment._asdict(), "change": "add" if change.added else "remove"}
                for change in self.changes
            ],
            "proven": self.proven,
            "stay": self.stay,
            "freed": sorted(self.freed),
        }


def explain_why_not(
    problem: Problem,
    roster: Roster,
    volunteer_id: str,
    shift_id: str,
    *,
    stay: int = 10,
    time_limit: float = 5.0,
    seed: int = 0,
    cancel: threading.Event | None = None,
) -> Answer:
    """Explain why a person does not work a shift: what would have to change, and its price.

    The neighborhood of the person and the shift is solved again with the assignment pinned.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        The roster asked about.
    volunteer_id, shift_id
        Who, and where.
    stay
        Price of each assignment that changes, in units of the total, 0 or more. It counts in the
        search only: without it people would be moved about who have nothing to do with the
        question, and the search takes several times as long.
    time_limit
        Seconds for everything but reading, above 0; naming what stands against it may take
        two more.
    seed
        Seed of everything random, 0 or more.
    cancel
        When somebody sets it, the search ends with what was found so far.

    Raises
    ------
    InputError
        If there is no such person or shift, or an option is out of range.
    """
    return _answer(
        "why_not", problem, roster, volunteer_id, shift_id, stay, time_limit, seed, cancel
    )


def explain_why_here(
    problem: Problem,
    roster: Roster,
    volunteer_id: str,
    shift_id: str,
    *,
    stay: int = 10,
    time_limit: float = 5.0,
    seed: int = 0,
    cancel: threading.Event | None = None,
) -> Answer:
    """Explain why a person works a shift: what it would cost to leave them out of it.

    As `explain_why_not`, with the person pinned not to work the shift.
    """
    return _answer(
        "why_here", problem, roster, volunteer_id, shift_id, stay, time_limit, seed, cancel
    )


def _answer(
    question: Question,
    problem: Problem,
    roster: Roster,
    volunteer_id: str,
    shift_id: str,
    stay: int,
    time_limit: float,
    seed: int,
    cancel: threading.Event | None,
) -> Answer:
    from shiftplan.solving.around import solve_around

    began = time.monotonic()
    options = (
        ("stay", stay, stay >= 0, "0 or more"),
        ("time_limit", time_limit, time_limit > 0, "seconds above 0"),
        seed_option(seed),
    )
    check_options(*options)
    need_pair(problem, volunteer_id, shift_id)
    asked = Answer(question, volunteer_id, shift_id, "so_already")
    if (Assignment(shift_id, volunteer_id) in roster) == (question == "why_not"):
        return asked
    state: Literal["must", "must_not"] = "must" if question == "why_not" else "must_not"
    wanted = Pin(volunteer_id=volunteer_id, shift_id=shift_id, state=state)
    because = _forbidding(problem, wanted)
    if because:
        return _with(asked, "impossible", because=because)
    pinned = problem.model_copy(update={"pins": (*problem.pins, wanted)})
    found = solve_around(
        pinned,
        roster,
        people=[volunteer_id],
        shifts=[shift_id],
        stay=stay,
        seconds=time_limit,
        seed=seed,
        cancel=cancel,
    )
    if found is not None:
        before = check(problem, roster)
        return _with(
            asked,
            "possible",
            total=found.score.total - before.total,
            costs=_more(before, found.score),
            levels={k: found.score.levels[k] - before.levels[k] for k in problem.levels},
            changes=tuple(roster.changes_to(found.roster)),
            proven=found.proven,
            freed=found.freed,
            stay=stay,
        )
    left = began + time_limit - time.monotonic()
    conflict = find_conflict(pinned, time_limit=max(_LEAST_SECONDS, left), cancel=cancel)
    if conflict is None or not conflict.members:
        return _with(asked, "not_known")
    because = tuple(
        member
        for member in conflict.members
        if (member.rule, member.who, member.where) != ("pins", volunteer_id, shift_id)
    )
    if wanted in problem.pins or len(because) == len(conflict.members):
        return _with(asked, "no_roster", conflict=conflict.members)  # it does without the question
    return _with(asked, "impossible", because=because)


_LEAST_SECONDS = 2.0
"""Time in any case for naming the rules that stand against an assignment."""


def _forbidding(problem: Problem, wanted: Pin) -> tuple[ConflictMember, ...]:
    """The rules that stand against a pin whatever the rest of the roster is; each does alone."""
    from shiftplan.solving.conflict.sentences import Sentences

    sentences, arrays = Sentences(problem), Arrays(problem)
    who = arrays.volunteer_index[wanted.volunteer_id]
    where = arrays.shift_index[wanted.shift_id]
    contrary = wanted.model_copy(update={"state": "must_not" if wanted.state == "must" else "must"})
    if contrary in problem.pins:
        return (sentences.pair("pins", who, where),)
    if wanted.state == "must_not":
        return ()
    forbidden = ((r, r.forbid(arrays)) for r in problem.active_rules if r.hard)
    return tuple(
        sentences.pair(rule.rule, who, where)
        for rule, pairs in forbidden
        if pairs is not None and pairs[who, where]
    )


def _more(before: Score, after: Score) -> dict[str, int]:
    pairs = beside(before.parts, after.parts)
    return {rule: cost.change for rule, cost in pairs.items() if cost.change}


def _with(answer: Answer, verdict: Verdict, **facts: Any) -> Answer:
    return Answer(answer.question, answer.volunteer_id, answer.shift_id, verdict, **facts)
