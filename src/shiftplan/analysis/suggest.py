"""Who can take a shift: everybody ranked, with the exact cost, or with what stands against it.

(`Problem`, `Roster`, shift) -> `suggest` -> `Suggestion`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from shiftplan.analysis.candidates import Candidates, Exchange
from shiftplan.analysis.on_call import who_stands_by, with_offers_for
from shiftplan.analysis.reserves import Reserve
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.known_ids import need_assignment, need_shift
from shiftplan.rules import Violation
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.moves import Effect
from shiftplan.week.json_form import Written
from shiftplan.week.roster import Roster

Kind = Literal["possible", "after_leaving", "blocked", "barred"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What it does when one person takes the shift."""

    volunteer_id: str
    """The person."""
    standing: Kind
    """`possible`; `after_leaving` one of their other shifts; `blocked` by what they or the team
    work; `barred` from this shift whatever they work, such as by the hours they offered."""
    effect: Effect | None
    """The exact change of costs; None unless it is possible."""
    broken: tuple[Violation, ...]
    """Breaches of hard rules that it makes or makes worse; none when it is possible, and of the
    barred only those that bar them."""
    exchanges: tuple[Exchange, ...]
    """Ways to come on leaving another shift, cheapest first."""
    reserve: int | None
    """Place on the stand-by list of the shift; None when the person is not on it."""
    stands_by: bool = False
    """Whether the person offered to stand by then."""

    @property
    def is_possible(self) -> bool:
        """Whether the person can take the shift as the roster stands."""
        return self.effect is not None


@dataclass(frozen=True, slots=True)
class Ranked(Written):
    """A candidate with their rank."""

    json_keys = (
        "volunteer_id=candidate.volunteer_id rank possible=candidate.is_possible "
        "standing=candidate.standing reserve=candidate.reserve stands_by=candidate.stands_by "
        "costs=candidate.effect.costs levels=candidate.effect.levels total=candidate.effect.total "
        "broken=candidate.broken after_leaving=candidate.exchanges"
    )

    rank: int
    """1 for the best."""
    candidate: Candidate
    """The person."""


@dataclass(frozen=True, slots=True)
class BarredBy(Written):
    """A rule that bars people from a shift."""

    rule: str
    """Kind of the rule."""
    people: int
    """How many it bars."""
    volunteer_ids: tuple[str, ...]
    """Who."""


@dataclass(frozen=True)
class Suggestion(Written):
    """Everybody who is not in a shift, the best to take it first."""

    json_keys = (
        "shift_id leaving team people=num_people possible=num_possible candidates=ranked "
        "barred=bars"
    )

    shift_id: str
    """The shift."""
    leaving: str | None
    """Id of the person who is replaced; None when somebody comes in addition."""
    team: tuple[str, ...]
    """Ids of the people in the shift who stay."""
    candidates: tuple[Candidate, ...]
    """Everybody else, in order of rank: the first has rank 1."""
    problem: Problem = field(repr=False, compare=False)
    """The problem the roster is for."""

    @property
    def possible(self) -> tuple[Candidate, ...]:
        """Those who can take the shift, the cheapest first."""
        return tuple(c for c in self.candidates if c.is_possible)

    @cached_property
    def barred(self) -> Mapping[str, tuple[str, ...]]:
        """Rule -> ids of barred people who break it, most people first; some stand at several."""
        found: dict[str, list[str]] = {}
        for candidate in self.candidates:
            if candidate.standing == "barred":
                for rule in kinds_of(candidate.broken):
                    found.setdefault(rule, []).append(candidate.volunteer_id)
        order = sorted(found, key=lambda rule: (-len(found[rule]), rule))
        return {rule: tuple(found[rule]) for rule in order}

    @property
    def num_people(self) -> int:
        """How many candidates there are."""
        return len(self.candidates)

    @property
    def num_possible(self) -> int:
        """How many of them can take the shift."""
        return len(self.possible)

    @property
    def ranked(self) -> list[Ranked]:
        """Those who are not barred, with their ranks."""
        ranks = enumerate(self.candidates, start=1)
        return [Ranked(n, who) for n, who in ranks if who.standing != "barred"]

    @property
    def bars(self) -> list[BarredBy]:
        """The barred, by the rules they break."""
        return [BarredBy(rule, len(who), who) for rule, who in self.barred.items()]


@takes_week
def suggest(
    problem: Problem,
    roster: Roster,
    shift_id: str,
    *,
    leaving: str | None = None,
    reserves: Iterable[Reserve] | None = None,
) -> Suggestion:
    """Rank everybody who is not in a shift by what it costs when they take it.

    First come those who can take it, the cheapest first (by the total, or by the levels where the
    problem's order is strict); among equals those on the stand-by list of the shift, in the order
    of the list, then the others by id. Whoever stands by for the shift (table `stand_by`) is judged
    as if they had offered its hours. Then come those who can take it on leaving one of their own
    shifts, by the cheapest such exchange, and then the rest by the number of breaches.

    Parameters
    ----------
    problem, roster
        Any roster of the problem; what it breaks already is not held against anybody.
    shift_id
        The shift.
    leaving
        Somebody in the shift who is to be replaced; effects are then those of both changes
        together. None when somebody is to come in addition.
    reserves
        Stand-by lists; None for none. Those of other shifts are ignored.

    Raises
    ------
    InputError
        If an id is unknown, or `leaving` does not work the shift.
    """
    need_shift(problem, shift_id)
    if leaving is not None:
        need_assignment(problem, roster, shift_id, leaving)
    shift = problem.shift_by_id[shift_id]
    on_call = who_stands_by(problem, shift)
    candidates = Candidates(with_offers_for(problem, shift), roster)
    team = {v.volunteer_id for v in candidates.case.people_in[shift_id]}
    others = [v.volunteer_id for v in problem.volunteers if v.volunteer_id not in team]
    places = {r.volunteer_id: r.rank for r in reserves or () if r.shift_id == shift_id}
    judged = []
    for found in candidates.standings(shift_id, others, leaving):
        who, effect, exchanges = found.volunteer_id, found.effect, candidates.exchanges(found)
        kind: Kind = "after_leaving" if exchanges else "blocked"
        if found.is_barred:
            kind = "barred"
        elif effect is not None:
            kind = "possible"
        ways = tuple(exchanges)
        told = places.get(who), who in on_call
        judged.append(Candidate(who, kind, effect, found.broken, ways, *told))

    def order(candidate: Candidate) -> tuple[int, tuple[int, ...], float, str]:
        best = candidate.exchanges[0].effect if candidate.exchanges else candidate.effect
        if best is None:
            return 2, (len(candidate.broken),), 0, candidate.volunteer_id
        listed = float("inf") if candidate.reserve is None else candidate.reserve
        return bool(candidate.exchanges), candidates.order(best), listed, candidate.volunteer_id

    judged.sort(key=order)
    team.discard(leaving or "")
    return Suggestion(shift_id, leaving, tuple(sorted(team)), tuple(judged), problem)
