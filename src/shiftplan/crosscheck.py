"""Faults between the parts of a problem: unknown ids, contradictions, values out of order.

`Problem`, or the tables a reader has so far -> `Fault`s; it never stops at the first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from shiftplan.demand import MOST_SPREAD, Policy
from shiftplan.errors import Fault, FaultCode
from shiftplan.nearest import Nearest

if TYPE_CHECKING:
    from shiftplan.demand import Demand
    from shiftplan.problem import History, Preference, Problem

_IDS = {
    "centers": "center_id",
    "skills": "skill_id",
    "services": "service_id",
    "volunteers": "volunteer_id",
    "shifts": "shift_id",
}
_ONE_OF = {"centers": "center", "skills": "skill", "services": "service"} | {
    "volunteers": "volunteer",
    "shifts": "shift",
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OF_AREAS = {"area_floor"}
_OF_DISTANCE = {"max_distance", "travel", "balance_far"}


@dataclass(frozen=True)
class Unread:
    """What a reader could not read, so that no reference to it is called unknown."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Table -> ids of rows that are there but faulty."""
    tables: frozenset[str] = frozenset()
    """Tables, `horizon` among them, of which not even the ids are known."""

    def touches(self, table: str) -> bool:
        """Whether a table is known in part only."""
        return table in self.tables or bool(self.ids.get(table))


NOTHING_UNREAD = Unread()


def find_faults(problem: Problem, unread: Unread = NOTHING_UNREAD) -> Iterator[Fault]:
    """Yield everything in a problem that does not fit together.

    Parameters
    ----------
    problem
        A problem whose fields are valid one by one. `Problem` calls this on itself; a reader may
        call it on a `model_construct` of the rows that could be read.
    unread
        What is missing from such a half-read problem.

    """
    check = _Crosscheck(problem, unread)
    for part in (
        check.unique,
        check.people,
        check.windows,
        check.work,
        check.demand,
        check.citizens,
        check.requirements,
        check.histories,
        check.pins,
        check.wishes,
        check.rules,
        check.places,
        check.clocks,
    ):
        yield from part()


class _Crosscheck:
    """One pass over a problem, with the ids and names it defines at hand."""

    def __init__(self, problem: Problem, unread: Unread) -> None:
        self.problem = problem
        self.unread = unread
        self.ids: dict[str, set[str]] = {}
        for table, key in _IDS.items():
            own = {getattr(row, key) for row in getattr(problem, table)}
            self.ids[table] = own | unread.ids.get(table, frozenset())
        self.max_level = {s.skill_id: s.max_level for s in problem.skills}
        self.areas = {"minority", "remote", "other"}
        self.areas |= {name for c in problem.centers for name in c.groups}
        self.groups = {name for v in problem.volunteers for name in v.group}
        self.types = {s.type for s in problem.shifts if s.type}
        self.sets = self.types.union(*(s.tags for s in problem.shifts))
        self._nearest: dict[str, Nearest] = {}

    # ---- what several checks need

    def _remedy(self, kind: str, names: Iterable[str], wrong: str) -> str:
        if kind not in self._nearest:
            self._nearest[kind] = Nearest(sorted(names))
        return self._nearest[kind].remedy(wrong)

    def unknown(self, table: str, index: int, column: str, value: str, of: str) -> Iterator[Fault]:
        """Yield the fault of an id that its table does not hold."""
        if value in self.ids[of] or of in self.unread.tables:
            return
        message = f"there is no such {_ONE_OF[of]} in the table {of}"
        if not self.ids[of]:
            message += ", which is empty"
        remedy = self._remedy(of, self.ids[of], value)
        yield Fault("unknown_id", table, column, value, message, remedy, index)

    def unnamed(
        self, table: str, index: int, column: str, names: Iterable[str], known: set[str]
    ) -> Iterator[Fault]:
        """Yield the faults of groups, areas, or shift types and tags, that nobody has."""
        table_of, what, kind = "shifts", "shift has such a type or tag", "sets"
        if known is self.groups:
            table_of, what, kind = "volunteers", "volunteer is in such a group", "groups"
        elif known is self.areas:
            table_of, what, kind = "centers", "center is in such an area or group", "areas"
        elif known is self.types:
            kind = "types"
        if self.unread.touches(table_of):
            return
        for name in names:
            if name not in known:
                remedy = self._remedy(kind, known, name)
                message = f"no {what}"
                yield Fault("unknown_name", table, column, name, message, remedy, index)

    def level(
        self, table: str, index: int, column: str, level: int | None, skill: str | None
    ) -> Iterator[Fault]:
        """Yield the fault of a level that its skill does not reach."""
        most = self.max_level.get(skill or "")
        if level is not None and most is not None and level > most:
            message = f"the levels of skill {skill} are 1 to {most}"
            yield Fault("level_out_of_range", table, column, str(level), message, "", index)

    def needs(
        self, table: str, index: int, skill: str | None, level: int | None, default: int | None
    ) -> Iterator[Fault]:
        """Yield the faults of a skill that is needed at a level."""
        if skill is not None:
            yield from self.unknown(table, index, "skill_id", skill, "skills")
            yield from self.level(table, index, "min_level", level, skill)
        elif level != default:
            message = "a level needs a skill in column skill_id"
            remedy = "Maybe skill_id was forgotten; otherwise leave the level blank."
            value = str(level)
            yield Fault("level_without_skill", table, "min_level", value, message, remedy, index)

    def interval(self, table: str, index: int, start: datetime, end: datetime) -> Iterator[Fault]:
        """Yield the fault of an interval that ends before it starts."""
        if end <= start:
            message = f"the end must be after the start, {start:%Y-%m-%d %H:%M}"
            remedy = "Maybe it ends on a later date." if start.date() == end.date() else ""
            value = f"{end:%Y-%m-%d %H:%M}"
            yield Fault("reversed_interval", table, "end", value, message, remedy, index)

    def outside(self, table: str, index: int, column: str, day: date) -> Iterator[Fault]:
        """Yield the fault of a date that is not planned."""
        horizon = self.problem.horizon
        if "horizon" not in self.unread.tables and day not in horizon:
            message = f"the horizon is {horizon.start} to {horizon.end - timedelta(1)}"
            yield Fault("outside_horizon", table, column, str(day), message, "", index)

    # ---- the checks

    def unique(self) -> Iterator[Fault]:
        """No id stands twice, and no row says again what another one says."""
        problem = self.problem
        for table, id_column in _IDS.items():
            first: dict[str, int] = {}
            for i, row in enumerate(getattr(problem, table)):
                name = getattr(row, id_column)
                if first.setdefault(name, i) != i:
                    message = f"the id stands in this table already (entry {first[name] + 1})"
                    remedy = "Maybe a row was pasted twice; every id stands once."
                    yield Fault("duplicate_id", table, id_column, name, message, remedy, i)
        yield from _repeated("pins", problem.pins, lambda p: (p.volunteer_id, p.shift_id, p.state))
        yield from _repeated("history", problem.history, lambda h: h.volunteer_id)
        yield from _repeated("rates", problem.rates, lambda r: r.level)
        yield from _repeated(
            "requirements", problem.requirements, lambda r: (r.shift_id, r.skill_id, r.min_level)
        )
        yield from _repeated(
            "demand", problem.demand, lambda d: (d.center_id, d.service_id, d.start, d.end)
        )
        yield from _repeated("languages", problem.languages, lambda n: (n.center_id, n.skill_id))
        yield from _repeated("policy", problem.policy, lambda s: (s.setting, s.where))
        yield from _repeated(
            "rules",
            problem.rules,
            lambda r: tuple(
                (k, v) for k, v in r.__dict__.items() if k not in {"level", "weight", "note"}
            ),
        )

    def people(self) -> Iterator[Fault]:
        """Volunteers name known centers and skills, and levels the skills have."""
        for i, volunteer in enumerate(self.problem.volunteers):
            home = volunteer.home_center_id
            if home is not None and home not in self.ids["centers"]:
                yield from self.unknown("volunteers", i, "home_center_id", home, "centers")
            seen = set()
            for j, grant in enumerate(volunteer.skills):
                first, last = grant.valid_from, grant.valid_to
                dated = first is not None or last is not None
                place = f"skills[{j}]" if dated else f"skill.{grant.skill_id}"
                if grant.skill_id not in self.ids["skills"]:
                    column = f"{place}.skill_id" if dated else place
                    yield from self.unknown("volunteers", i, column, grant.skill_id, "skills")
                column = f"{place}.level" if dated else place
                yield from self.level("volunteers", i, column, grant.level, grant.skill_id)
                if first is not None and last is not None and first > last:
                    yield _fault(
                        "reversed_interval", "volunteers", i, f"{place}.valid_to", last,
                        f"valid_to must not be before valid_from, {first}",
                    )  # fmt: skip
                key = (grant.skill_id, first, last)
                if key in seen:
                    message = f"{volunteer.volunteer_id} has this skill for these dates already"
                    column = f"{place}.skill_id" if dated else place
                    value = grant.skill_id
                    yield _fault("duplicate_row", "volunteers", i, column, value, message)
                seen.add(key)

    def windows(self) -> Iterator[Fault]:
        """Windows belong to known volunteers; those of one person do not overlap."""
        volunteers = self.ids["volunteers"]
        of: dict[str, list[tuple[datetime, datetime, int]]] = {}
        for i, window in enumerate(self.problem.availability):
            who, start, end = window.volunteer_id, window.start, window.end
            if who not in volunteers:
                yield from self.unknown("availability", i, "volunteer_id", who, "volunteers")
            if start >= end:
                yield from self.interval("availability", i, start, end)
                continue
            of.setdefault(who, []).append((start, end, i))
        for who, spans in of.items():
            spans.sort()
            latest = spans[0]
            for span in spans[1:]:
                start, end, i = span
                if start < latest[1]:
                    message = (
                        f"{who} has another window from {latest[0]:%Y-%m-%d %H:%M} to "
                        f"{latest[1]:%Y-%m-%d %H:%M} (entry {latest[2] + 1})"
                    )
                    remedy = "Maybe a row was pasted twice; windows of a person do not overlap."
                    value = f"{start:%Y-%m-%d %H:%M}"
                    yield Fault(
                        "overlapping_windows", "availability", "start", value, message, remedy, i
                    )
                if end > latest[1]:
                    latest = span

    def work(self) -> Iterator[Fault]:
        """Shifts and services name known centers and skills; shifts lie in the horizon."""
        for i, shift in enumerate(self.problem.shifts):
            yield from self.unknown("shifts", i, "center_id", shift.center_id, "centers")
            yield from self.interval("shifts", i, shift.start, shift.end)
            yield from self.outside("shifts", i, "start", shift.day)
            yield from self.needs("shifts", i, shift.skill_id, shift.min_level, 1)
        for i, service in enumerate(self.problem.services):
            yield from self.needs("services", i, service.skill_id, service.min_level, 1)

    def demand(self) -> Iterator[Fault]:
        """Demand names known centers and services, and a spread around its mean."""
        centers, services = self.ids["centers"], self.ids["services"]
        for i, demand in enumerate(self.problem.demand):
            if demand.center_id not in centers:
                yield from self.unknown("demand", i, "center_id", demand.center_id, "centers")
            if demand.service_id not in services:
                yield from self.unknown("demand", i, "service_id", demand.service_id, "services")
            if demand.start >= demand.end:
                yield from self.interval("demand", i, demand.start, demand.end)
            yield from _unclear_spread(i, demand)

    def citizens(self) -> Iterator[Fault]:
        """Languages are languages of known centers; settings are for centers that are there."""
        kinds = {s.skill_id: s.kind for s in self.problem.skills}
        total: dict[str, float] = {}
        for i, row in enumerate(self.problem.languages):
            yield from self.unknown("languages", i, "center_id", row.center_id, "centers")
            yield from self.unknown("languages", i, "skill_id", row.skill_id, "skills")
            if kinds.get(row.skill_id) == "tech":
                message = "the skill is of kind tech, not language"
                yield _fault("not_a_language", "languages", i, "skill_id", row.skill_id, message)
            total[row.center_id] = total.get(row.center_id, 0.0) + row.share
            if total[row.center_id] > 1 + 1e-9:
                message = f"the shares of center {row.center_id} add up to more than 1"
                yield _fault("shares_above_one", "languages", i, "share", row.share, message)
        types = {c.type for c in self.problem.centers if c.type}
        places = self.ids["centers"] | types | {"minority", "remote"}
        for i, setting in enumerate(self.problem.policy):
            where = setting.where
            if where and where not in places and not self.unread.touches("centers"):
                remedy = self._remedy("places", places, where)
                message = "there is no such center, type of center or area"
                yield Fault("unknown_name", "policy", "where", where, message, remedy, i)
            try:
                Policy.model_validate({setting.setting: setting.value})
            except ValidationError as error:
                message = f"{setting.setting}: {error.errors()[0]['msg']}"
                yield _fault("out_of_range", "policy", i, "value", setting.value, message)

    def requirements(self) -> Iterator[Fault]:
        """Requirements name known shifts and skills, and want no less than their minimum."""
        table, shifts = "requirements", self.ids["shifts"]
        for i, need in enumerate(self.problem.requirements):
            if need.shift_id not in shifts:
                yield from self.unknown(table, i, "shift_id", need.shift_id, "shifts")
            yield from self.needs(table, i, need.skill_id, need.min_level, None)
            if need.minimum > need.target:
                yield _fault(
                    "minimum_above_target", table, i, "minimum", need.minimum,
                    f"the minimum is at most the target, {need.target}",
                )  # fmt: skip

    def histories(self) -> Iterator[Fault]:
        """Histories belong to known volunteers and do not contradict themselves."""
        for i, history in enumerate(self.problem.history):
            who, last = history.volunteer_id, history.last_shift_type
            yield from self.unknown("history", i, "volunteer_id", who, "volunteers")
            if last:
                yield from self.unnamed("history", i, "last_shift_type", [last], self.types)
            for column, value, message in self._contradictions(history):
                yield _fault("contradicting_history", "history", i, column, value, message)

    def _contradictions(self, history: History) -> Iterator[tuple[str, object, str]]:
        worked, off = history.worked_in_a_row or 0, history.off_in_a_row or 0
        if worked and off:
            message = f"the last days were worked (worked_in_a_row is {worked}) or off, not both"
            yield "off_in_a_row", off, message
        if history.last_shift_type and off:
            message = f"the day before the horizon was worked ({history.last_shift_type}) or off"
            yield "off_in_a_row", off, message
        same = history.same_type_in_a_row or 0
        if history.worked_in_a_row is not None and same > worked:
            message = f"it is part of worked_in_a_row, {worked}"
            yield "same_type_in_a_row", same, message
        start = self.problem.horizon.start if "horizon" not in self.unread.tables else date.max
        if history.last_worked is not None and history.last_worked >= start:
            message = f"history is what was before the horizon, which starts on {start}"
            yield "last_worked", history.last_worked, message

    def pins(self) -> Iterator[Fault]:
        """Pins name known people and shifts, and do not say both."""
        states: dict[tuple[str, str], str] = {}
        for i, pin in enumerate(self.problem.pins):
            yield from self.unknown("pins", i, "volunteer_id", pin.volunteer_id, "volunteers")
            yield from self.unknown("pins", i, "shift_id", pin.shift_id, "shifts")
            earlier = states.setdefault((pin.volunteer_id, pin.shift_id), pin.state)
            if earlier != pin.state:
                message = f"{pin.volunteer_id} in {pin.shift_id} is pinned as {earlier} already"
                yield _fault("contradicting_pins", "pins", i, "state", pin.state, message)

    def wishes(self) -> Iterator[Fault]:
        """Preferences are about a known shift, or about a date of the horizon."""
        table = "preferences"
        for i, wish in enumerate(self.problem.preferences):
            yield from self.unknown(table, i, "volunteer_id", wish.volunteer_id, "volunteers")
            if wish.shift_id is not None:
                yield from self.unknown(table, i, "shift_id", wish.shift_id, "shifts")
            elif wish.date is not None:
                yield from self.outside(table, i, "date", wish.date)
            yield from self.unnamed(table, i, "shifts", wish.shifts, self.sets)
            yield from _unclear(i, wish)

    def rules(self) -> Iterator[Fault]:
        """Rules name known groups, shift types, tags and skills."""
        for i, rule in enumerate(self.problem.rules):
            fields: dict[str, Any] = rule.__dict__
            known = self.areas if rule.rule in _OF_AREAS else self.groups
            yield from self.unnamed("rules", i, "group", fields.get("group", ()), known)
            for column in ("shifts", "first", "then"):
                yield from self.unnamed("rules", i, column, fields.get(column, ()), self.sets)
            skill = fields.get("skill")
            if isinstance(skill, str):
                yield from self.unknown("rules", i, "skill", skill, "skills")
                for column in ("min_level", "novice_level", "mentor_level"):
                    yield from self.level("rules", i, column, fields.get(column), skill)
            weekend = fields.get("weekend", ())
            if weekend and not _in_a_row(weekend):
                yield _fault(
                    "split_weekend", "rules", i, "weekend", "|".join(weekend),
                    "a weekend is different weekdays in a row, such as sat|sun",
                )  # fmt: skip

    def places(self) -> Iterator[Fault]:
        """Rules about distance find the coordinates and homes they need."""
        names = sorted({r.rule for r in self.problem.rules} & _OF_DISTANCE)
        if not names:
            return
        rules = " and ".join(names)
        for i, center in enumerate(self.problem.centers):
            for column in ("lat", "lon"):
                if getattr(center, column) is None:
                    message = f"center {center.center_id} needs coordinates: {rules} is on"
                    yield _fault("missing_coordinates", "centers", i, column, "", message)
        for i, volunteer in enumerate(self.problem.volunteers):
            if volunteer.home_center_id is None and not volunteer.mobile:
                message = f"volunteer {volunteer.volunteer_id} needs a home center: {rules} is on"
                yield _fault("missing_home", "volunteers", i, "home_center_id", "", message)

    def clocks(self) -> Iterator[Fault]:
        """All moments in and near the horizon are shown by the clocks of its zone."""
        if "horizon" in self.unread.tables:
            return
        problem, horizon = self.problem, self.problem.horizon
        days = _days_of_gaps(horizon.zone, horizon.start, horizon.days)
        if not days:
            return
        for table in ("shifts", "availability", "demand", "history"):
            columns = ("last_shift_end",) if table == "history" else ("start", "end")
            for i, row in enumerate(getattr(problem, table)):
                for column in columns:
                    moment = getattr(row, column)
                    if moment is not None and moment.date() in days and not horizon.exists(moment):
                        yield _fault(
                            "no_such_time", table, i, column, f"{moment:%Y-%m-%d %H:%M}",
                            f"clocks in {horizon.zone} are put forward over this time",
                        )  # fmt: skip


def _fault(
    code: FaultCode, table: str, index: int, column: str, value: object, message: str
) -> Fault:
    """Make a fault whose message says all there is to say."""
    return Fault(code, table, column, str(value), message, "", index)


def _repeated(table: str, rows: Sequence[Any], key: Callable[[Any], Hashable]) -> Iterator[Fault]:
    """Yield the faults of rows that say the same as an earlier one."""
    first: dict[Hashable, int] = {}
    for i, row in enumerate(rows):
        same = first.setdefault(key(row), i)
        if same != i:
            message = f"an earlier row of this table is about the same (entry {same + 1})"
            remedy = "Maybe a row was pasted twice; keep one of them."
            yield Fault("duplicate_row", table, "", "", message, remedy, i)


def _unclear(index: int, wish: Preference) -> Iterator[Fault]:
    """Yield the fault of a wish that is not about exactly one shift or one date."""
    if (wish.shift_id is None) == (wish.date is None):
        found = "neither" if wish.date is None else "both"
        message = f"a preference is about a shift_id or about a date; this one has {found}"
        yield _fault("unclear_wish", "preferences", index, "shift_id", wish.shift_id or "", message)
    elif wish.shift_id is not None and wish.shifts:
        message = "shift types and tags go with a date, not with a shift_id"
        value = "|".join(wish.shifts)
        yield _fault("unclear_wish", "preferences", index, "shifts", value, message)


def _unclear_spread(index: int, demand: Demand) -> Iterator[Fault]:
    """Yield the fault of a forecast whose spread is told by halves, twice, or beside its mean."""
    low, high, mean = demand.arrivals_low, demand.arrivals_high, demand.arrivals
    if low is None and high is None:
        return
    column, value = ("arrivals_low", low) if low is not None else ("arrivals_high", high)
    if low is None or high is None:
        message = "arrivals_low and arrivals_high go together"
    elif demand.arrivals_cv is not None:
        message = "a spread is told by arrivals_low and arrivals_high, or by arrivals_cv, not both"
    elif not low <= mean <= high:
        message = f"arrivals, {mean}, must lie between arrivals_low and arrivals_high, {high}"
    elif demand.spread > MOST_SPREAD:
        message = f"arrivals_low and arrivals_high, {high}, are too far apart for a mean of {mean}"
    else:
        return
    yield _fault("unclear_spread", "demand", index, column, value, message)


def _in_a_row(weekdays: Sequence[str]) -> bool:
    """Whether different weekdays follow each other, Monday after Sunday."""
    numbers = sorted(_WEEKDAYS.index(d) for d in weekdays)
    around = [*numbers, numbers[0] + 7]
    breaks = sum(b - a != 1 for a, b in pairwise(around))
    return len(set(numbers)) == len(numbers) and (breaks == 1 or len(numbers) == 7)


def _days_of_gaps(zone: str, start: date, days: int) -> set[date]:
    """Dates on which clocks are put forward, from a month before the horizon to one after it."""
    there = ZoneInfo(zone)
    near = [start + timedelta(i) for i in range(-31, days + 32)]
    offsets = [datetime.combine(day, time(), there).utcoffset() or timedelta(0) for day in near]
    return {day for day, (a, b) in zip(near, pairwise(offsets), strict=False) if b > a}
