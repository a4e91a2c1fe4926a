"""What designed shifts cost and whether they are allowed, found without any model.

(`CenterDemand`s, `DesignedShift`s, prices) -> `DesignScore`.

It shares input fields with the program and the formula of prices, and nothing else: people are
counted from moment to moment.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shiftplan.citizens.shift_design.candidates import ShiftTime
from shiftplan.citizens.shift_design.curve import DAY, CenterDemand, NeedOver, Span
from shiftplan.citizens.shift_design.people import PeopleClass
from shiftplan.citizens.shift_design.prices import PARTS, DesignPrices, TimePrices, whole
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message
from shiftplan.week.requirements import Conditions
from shiftplan.week.shift_types import ShiftType


@dataclass(frozen=True, slots=True)
class BreakTaken:
    """People of a shift who take their breaks at the same times."""

    of: PeopleClass
    spans: tuple[Span, ...]
    """Minutes after the start of the shift."""
    people: int


@dataclass(frozen=True, slots=True)
class DesignedShift:
    """A shift that a design holds, and who is in it."""

    center_id: str
    day: int
    """Number of the date on which it begins."""
    time: ShiftTime
    kind: ShiftType
    people: Mapping[PeopleClass, int]
    """People of each class, never 0."""
    breaks: tuple[tuple[BreakTaken, ...], ...] = ()
    """For each group of breaks, who takes them when."""

    @property
    def span(self) -> Span:
        """When it lasts, in minutes from the horizon's first midnight."""
        start = self.day * DAY + self.time.start
        return start, start + self.time.length

    @property
    def count(self) -> int:
        """People in it."""
        return sum(self.people.values())

    def who(self, conditions: Conditions) -> int:
        """People in it who meet some conditions."""
        return sum(n for of, n in self.people.items() if not conditions or conditions in of.meets)


@dataclass(frozen=True, slots=True)
class CenterCover:
    """What a center needs over a time in which nothing changes, and who is there."""

    center_id: str
    conditions: Conditions
    need: NeedOver
    there: int
    """People who are there and on no break."""
    on_break: int
    wanted: int
    """People of whom none is too many: the target, or of heads as many as skills need, if more."""

    @property
    def missing(self) -> int:
        """People missing to the target."""
        return max(0, self.need.target - self.there)

    @property
    def beyond(self) -> int:
        """People there beyond those who are wanted."""
        return max(0, self.there - self.wanted)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.need.span[1] - self.need.span[0]


@dataclass(frozen=True)
class DesignScore:
    """What a design costs, part by part, and how it covers what is needed."""

    cover: tuple[CenterCover, ...]
    exact: Mapping[str, int] = field(default_factory=dict)
    """`missing`, `beyond`, `seats`, `times` and `changes` -> cost, in sixtieths."""

    @property
    def parts(self) -> dict[str, int]:
        """The same in whole numbers, which add up to the cost."""
        found, all_before = {}, 0
        for name, cost in self.exact.items():
            found[name] = whole(all_before + cost) - whole(all_before)
            all_before += cost
        return found

    @property
    def cost(self) -> int:
        """All parts together, to the nearest whole number."""
        return whole(sum(self.exact.values()))


def judge(
    centers: Sequence[tuple[CenterDemand, DesignPrices]],
    time_prices: Mapping[str | ShiftType, TimePrices],
    shifts: Iterable[DesignedShift],
    days: int,
    *,
    cyclic: bool,
) -> DesignScore:
    """Score shifts against what centers need.

    `time_prices` tell what times cost at a center, or at all of those that share a row.
    """
    own: dict[str, list[DesignedShift]] = defaultdict(list)
    for shift in shifts:
        own[shift.center_id].append(shift)
    parts = Counter(missing=0, beyond=0, seats=0, times=0, changes=0)
    cover: list[CenterCover] = []
    shared: set[tuple[ShiftType, ShiftTime]] = set()
    for demand, prices in centers:
        held = own[demand.center_id]
        found = [*_cover(demand, held, days * DAY, cyclic=cyclic)]
        _check_breaks(found, prices, demand.center_id)
        cover += found
        for one in found:
            parts["missing"] += sum(prices.missing(one.need, one.minutes)[: one.missing])
            if not one.conditions:
                steps = (prices.beyond(n, one.minutes) for n in range(one.beyond))
                parts["beyond"] += sum(steps)
        for shift in held:
            for of, count in shift.people.items():
                price = prices.seat(shift.kind.price, shift.time.length, len(of.meets))
                parts["seats"] += price * count
        times = {(shift.kind.shared and shift.kind, shift.time) for shift in held}
        for kind, time in sorted(times, key=lambda one: one[1]):
            if kind:
                if (kind, time) in shared:
                    continue
                shared.add((kind, time))
            parts["times"] += time_prices[kind or demand.center_id].of(time)
        most = prices.policy.most_times
        if most is not None and len({shift.time for shift in held}) > most:
            raise ModelError(Message("design.too_many_times", center=demand.center_id))
        changes = _changes(held, days, cyclic=cyclic)
        parts["changes"] += PARTS * prices.policy.change_price * changes
    return DesignScore(tuple(cover), dict(parts))


def _cover(
    demand: CenterDemand, held: Sequence[DesignedShift], total: int, *, cyclic: bool
) -> Iterable[CenterCover]:
    """Yield who is there, from one moment at which anything changes to the next."""
    there: list[tuple[Span, DesignedShift]] = []
    away: list[tuple[Span, BreakTaken]] = []
    for shift in held:
        start, end = shift.span
        there += (((a, b), shift) for a, b in _turned((start, end), total, cyclic=cyclic))
        for group in shift.breaks:
            for taken in group:
                for a, b in taken.spans:
                    parts = _turned((start + a, start + b), total, cyclic=cyclic)
                    away += ((part, taken) for part in parts)
    for curve in demand.curves:
        asking = [curve] if curve.conditions else demand.curves
        ends = {end for one in asking for need in one.needs for end in need.span}
        ends |= {end for span, _ in (*there, *away) for end in span}
        ends |= {end for span in demand.open for end in span}
        for begin, end in pairwise(sorted(ends)):
            inside = [n for n in curve.needs if n.span[0] <= begin and end <= n.span[1]]
            if not inside and not any(a <= begin and end <= b for a, b in demand.open):
                continue
            least, wanted = (inside[0].minimum, inside[0].target) if inside else (0, 0)
            came = sum(s.who(curve.conditions) for (a, b), s in there if a <= begin and end <= b)
            resting = sum(
                one.people
                for (a, b), one in away
                if a <= begin
                and end <= b
                and (not curve.conditions or curve.conditions in one.of.meets)
            )
            need = NeedOver((begin, end), least, wanted)
            if not curve.conditions:
                wanted = _wanted_heads(demand, begin)
            told = need, came - resting, resting, wanted
            yield CenterCover(demand.center_id, curve.conditions, *told)


def _wanted_heads(demand: CenterDemand, at: int) -> int:
    """People of whom none is too many at a minute: as many as heads or some skill ask for.

    Where no heads are asked for, as many as the skills ask for together.
    """
    targets = [
        need.target
        for curve in demand.curves
        for need in curve.needs
        if need.span[0] <= at < need.span[1]
    ]
    heads_asked = any(curve.needs for curve in demand.curves if not curve.conditions)
    return max(targets, default=0) if heads_asked else sum(targets)


def _turned(span: Span, total: int, *, cyclic: bool) -> list[Span]:
    """A time, or what of it lies before and after the end of a horizon that begins anew."""
    begin, end = span
    if not cyclic or end <= total:
        return [span]
    if begin >= total:
        return [(begin - total, end - total)]
    return [(begin, total), (0, end - total)]


def _check_breaks(cover: Iterable[CenterCover], prices: DesignPrices, center_id: str) -> None:
    """See that no more people are on a break together than the policy allows."""
    for one in cover:
        if one.conditions or one.on_break <= 1:
            continue
        if one.on_break > prices.policy.most_on_break * (one.there + one.on_break) + 1e-9:
            raise ModelError(Message("design.too_many_on_break", center=center_id))


def _changes(held: Sequence[DesignedShift], days: int, *, cyclic: bool) -> int:
    """People who begin at a time beyond those who did on the date before, over all dates."""
    begin = Counter[tuple[int, int]]()
    for shift in held:
        begin[shift.day, shift.time.start] += shift.count
    return sum(
        max(0, count - begin[(day - 1) % days if cyclic else day - 1, start])
        for (day, start), count in [*begin.items()]
        if day or cyclic
    )
