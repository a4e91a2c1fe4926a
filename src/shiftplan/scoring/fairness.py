"""How fairly a roster shares the work among those who offered time, and whose wishes it meets.

(`Problem`, `Roster`) -> `FairnessMeasures`; no solver is involved.

The load of a person is (w + n) / (q + o): n shifts worked now, o offered now, w worked and q
offered before, as the table history says; o counts different shift times inside the person's
windows, at most their max_shifts. The rule `fairness` shares work by the same load. Compared are
those who offered something now (o above 0), all together and inside bands of o: who offers one
shift and who offers eight can hardly have the same load, since one shift more is a whole load for
the first and an eighth for the other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Annotated

from shiftplan.case.case import Case, laid_out
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.scoring.measures import NO_SPREAD, Spread
from shiftplan.week.collation import collation_key
from shiftplan.week.json_form import Amount, Figure, Quantity, Share, Written, rounded
from shiftplan.week.roster import Roster

BANDS: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 3), (4, 5), (6, None))
"""Fewest and most shifts offered now by those who offered comparable time; None for no limit."""
WORST = 10
"""People on the list of the worst off."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Wishes of a person, each counting the same whatever its weight."""

    count: Amount = 0
    """Rows of the table preferences, and different shift times inside undesired windows."""
    refused: Amount = 0
    """Of these, preferences that are refused and shift times that are worked."""

    @property
    def met(self) -> float:
        """Share of the wishes that are met, 0 to 1; 1 without any."""
        return (self.count - self.refused) / self.count if self.count else 1.0


@dataclass(frozen=True, slots=True)
class WishesMet(Written):
    """How far the wishes of some people are met."""

    people: Amount
    """People who have any wish."""
    met: Share | None
    """Mean of the shares met of each of them: everybody counts the same, however many wishes they
    have; None when nobody has any, or nobody works: against an empty roster nobody wished."""
    count: Amount
    """Wishes in all."""
    refused: Amount
    """Of these, wishes that are refused."""


@dataclass(frozen=True, slots=True)
class PersonLoad(Written):
    """What one person works, offered and wished."""

    json_keys = (
        "volunteer_id name load shifts offered shifts_before offered_before undesired km "
        "wishes=wishes.count wishes_refused=wishes.refused reason"
    )

    volunteer_id: str
    """The person."""
    name: str
    """The person's name, or the id when there is none."""
    shifts: Amount
    """Shifts worked now."""
    offered: Amount
    """Different shift times inside the person's windows, at most the person's max_shifts."""
    shifts_before: Quantity = 0.0
    """Shifts worked before."""
    offered_before: Quantity = 0.0
    """Shifts offered before."""
    undesired: Quantity = 0.0
    """Shifts worked in undesired windows, now and before."""
    km: Annotated[Quantity, rounded(3)] | None = 0.0
    """Way from home to all shifts worked now, each once and one way; None when unknown."""
    wishes: Wishes = Wishes()
    """Wishes for now, and how many of them are refused."""
    group: tuple[str, ...] = ()
    """Groups the person belongs to."""

    @property
    def share(self) -> float:
        """Shifts worked by shifts offered now; 0 when nothing was offered."""
        return self.shifts / self.offered if self.offered else 0.0

    @property
    def load(self) -> Figure:
        """Shifts worked by shifts offered, earlier ones included; 0 when nothing was offered."""
        offered = self.offered_before + self.offered
        return (self.shifts_before + self.shifts) / offered if offered else 0.0

    @property
    def reason(self) -> Message:
        """What the load comes from, and what else is heavy, in a sentence."""
        parts = [Message("plans.works", shifts=self.shifts, offered=self.offered)]
        if self.offered_before or self.shifts_before:
            before = {"shifts": self.shifts_before, "offered": self.offered_before}
            parts.append(Message("plans.before", **before))
        if self.undesired:
            parts.append(Message("plans.undesired", shifts=self.undesired))
        if self.km:
            parts.append(Message("plans.km_in_all", km=math.floor(self.km + 0.5)))
        if self.wishes.refused:
            wishes = {"refused": self.wishes.refused, "wishes": self.wishes.count}
            parts.append(Message("plans.refused", **wishes))
        return Message("plans.load_reason", parts=parts)


@dataclass(frozen=True, slots=True)
class Band(Written):
    """Loads of people who offered a similar number of shifts."""

    json_keys = "offered_from offered_to *loads"

    offered_from: Amount
    """Fewest shifts offered."""
    offered_to: Amount | None
    """Most shifts offered; None for no limit."""
    loads: Spread
    """Their loads."""


@dataclass(frozen=True, slots=True)
class Group(Written):
    """Loads of the people of a group."""

    json_keys = "group *loads"

    group: str
    """The group."""
    loads: Spread
    """Their loads."""


@dataclass(frozen=True, slots=True)
class Idle(Written):
    """People who offered something and work nothing now."""

    count: Amount
    """How many."""
    volunteer_ids: tuple[str, ...]
    """Who."""


@dataclass(frozen=True)
class FairnessMeasures(Written):
    """How the work is shared."""

    json_keys = (
        "*spread_of_loads gini_within_bands worst bands=rows_of_bands groups=rows_of_groups "
        "shares=spread_of_shares without_shift=idle not_offering wishes"
    )

    people: tuple[PersonLoad, ...]
    """Everybody, by volunteer_id."""

    @cached_property
    def offering(self) -> tuple[PersonLoad, ...]:
        """Those who offered something now; only they are compared."""
        return tuple(p for p in self.people if p.offered)

    @cached_property
    def loads(self) -> Spread | None:
        """Loads, earlier shifts included; None when nobody offered anything."""
        return Spread.of([p.load for p in self.offering])

    @cached_property
    def shares(self) -> Spread | None:
        """Shares of what was offered now, without what was before."""
        return Spread.of([p.share for p in self.offering])

    @cached_property
    def bands(self) -> Mapping[tuple[int, int | None], Spread]:
        """One of `BANDS` -> loads of those who offered so many shifts, where there are any."""
        found = {
            (least, most): Spread.of(
                [p.load for p in self.offering if least <= p.offered <= (most or p.offered)]
            )
            for least, most in BANDS
        }
        return {band: spread for band, spread in found.items() if spread is not None}

    @cached_property
    def gini_within_bands(self) -> Share | None:
        """Mean of the bands' Gini coefficients, each weighted by its people; None without any."""
        people = sum(b.count for b in self.bands.values())
        weighted = math.fsum(b.gini * b.count for b in self.bands.values())
        return weighted / people if people else None

    @cached_property
    def groups(self) -> Mapping[str, Spread]:
        """Group -> loads of its members, by name, where any of them offered something now."""
        names = sorted({n for p in self.offering for n in p.group}, key=collation_key)
        found = {n: Spread.of([p.load for p in self.offering if n in p.group]) for n in names}
        return {name: spread for name, spread in found.items() if spread is not None}

    @cached_property
    def worst(self) -> tuple[PersonLoad, ...]:
        """At most `WORST` people of the highest loads above 0.

        Of equal loads, more shifts now, more undesired shifts, more refused wishes, and then the
        volunteer_id come first.
        """
        return _ranked(
            [p for p in self.offering if p.load],
            lambda p: (-p.load, -p.shifts, -p.undesired, -p.wishes.refused),
        )[:WORST]

    @cached_property
    def without_shift(self) -> tuple[PersonLoad, ...]:
        """Those who offered something and work nothing now: most offered, lowest load first."""
        return _ranked([p for p in self.offering if not p.shifts], lambda p: (-p.offered, p.load))

    @cached_property
    def highest_share(self) -> tuple[PersonLoad, ...]:
        """Everybody with the highest share, most shifts first; empty when nobody works."""
        working = [p for p in self.people if p.shifts]
        highest = max((p.share for p in working), default=0.0)
        return _ranked([p for p in working if p.share == highest], lambda p: (-p.shifts,))

    @cached_property
    def most_shifts(self) -> tuple[PersonLoad, ...]:
        """Everybody with the most shifts, highest share first; empty when nobody works."""
        working = [p for p in self.people if p.shifts]
        most = max((p.shifts for p in working), default=0)
        return _ranked([p for p in working if p.shifts == most], lambda p: (-p.share,))

    @cached_property
    def not_offering(self) -> Amount:
        """People who offered no shift time at all."""
        return len(self.people) - len(self.offering)

    @cached_property
    def counts(self) -> Mapping[int, int]:
        """Shifts -> number of people who work so many, from 0 up, without gaps; everybody."""
        found = Counter(p.shifts for p in self.people)
        return {n: found[n] for n in range(max(found, default=-1) + 1)}

    @cached_property
    def wishes(self) -> WishesMet:
        """How far wishes are met; nothing is said of that where nobody works."""
        own = [p.wishes for p in self.people if p.wishes.count]
        is_worked = any(p.shifts for p in self.people)
        met = math.fsum(w.met for w in own) / len(own) if own and is_worked else None
        return WishesMet(len(own), met, sum(w.count for w in own), sum(w.refused for w in own))

    @property
    def spread_of_loads(self) -> Spread:
        """`loads`, also of nobody."""
        return self.loads or NO_SPREAD

    @property
    def spread_of_shares(self) -> Spread:
        """`shares`, also of nobody."""
        return self.shares or NO_SPREAD

    @property
    def rows_of_bands(self) -> tuple[Band, ...]:
        """Loads among people who offered a similar number of shifts."""
        return tuple(Band(*band, spread) for band, spread in self.bands.items())

    @property
    def rows_of_groups(self) -> tuple[Group, ...]:
        """Loads by group."""
        return tuple(Group(name, spread) for name, spread in self.groups.items())

    @property
    def idle(self) -> Idle:
        """Who offered something and works nothing now."""
        return Idle(len(self.without_shift), tuple(p.volunteer_id for p in self.without_shift))


def _ranked(
    people: Iterable[PersonLoad], key: Callable[[PersonLoad], tuple[float, ...]]
) -> tuple[PersonLoad, ...]:
    """People by a key; the volunteer_id decides between equals."""
    return tuple(sorted(people, key=lambda p: (key(p), p.volunteer_id)))


@takes_week
def fairness(problem: Problem, roster: Roster) -> FairnessMeasures:
    """Measure how any roster shares the work; unknown ids and repetitions are not counted.

    Ana offered two shifts and works both, Bob offered two and works one, Cem offered two and
    works none; none has a history. Loads are 1, 1/2 and 0: the mean is 1/2, the three pairs differ
    by 1/2, 1/2 and 1, so that Gini = 4 / (2 x 9 x 1/2) = 0.444, and Jain = (3/2)^2 / (3 x 5/4) =
    0.6. With nine people so loaded, p10 is 0 (rank 1) and p90 is 1 (rank 9).
    """
    return fairness_of(laid_out(problem, roster))


def fairness_of(case: Case) -> FairnessMeasures:
    """As `fairness`, of a roster that is laid out already."""
    return FairnessMeasures(_ranked(people_of(case), lambda _: ()))


def people_of(case: Case) -> list[PersonLoad]:
    """Everybody, in the order of the problem."""
    people = []
    for volunteer in case.week.volunteers:
        who, worked = volunteer.volunteer_id, case.worked(volunteer)
        history, past = case.history(volunteer), partial(case.past, volunteer)
        ways = [case.km(volunteer, s) for s in worked]
        known = [km for km in ways if km is not None]
        undesired = sum(case.offers.state(volunteer, s) == "undesired" for s in worked)
        people.append(
            PersonLoad(
                volunteer_id=who,
                name=volunteer.name or who,
                shifts=len(worked),
                offered=case.offers.count(volunteer),
                shifts_before=past("shifts_worked"),
                offered_before=past("shifts_offered"),
                undesired=undesired + (history.undesired_worked if history else 0.0),
                km=math.fsum(known) if len(known) == len(ways) else None,
                wishes=Wishes(*case.wishes(volunteer)),
                group=volunteer.group,
            )
        )
    return people
