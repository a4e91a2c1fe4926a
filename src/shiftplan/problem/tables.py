"""Faults of single tables: what their rows refer to, and what contradicts itself.

`Known` -> `Fault`s, a function for each table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import ValidationError

from shiftplan.errors import MOST_ALIKE, Fault
from shiftplan.errors.message import Column, Message, Word
from shiftplan.problem.counted import shifts_of_needs
from shiftplan.problem.known import Known, fault, name_of_two
from shiftplan.problem.notes import may_be_swapped
from shiftplan.problem.validation import explain
from shiftplan.week.demand import MOST_SPREAD, DesignPolicy, Policy
from shiftplan.week.requirements import MOST_EXCLUSIVE
from shiftplan.week.skill_names import skill_and_level

if TYPE_CHECKING:
    from shiftplan.week.demand import Demand
    from shiftplan.week.history import History
    from shiftplan.week.wishes import Preference

_Window = tuple[datetime, datetime, int]
"""Start and end of a window, and its place in the table."""


def people(known: Known) -> Iterator[Fault]:
    """Volunteers name known centers and skills, and levels the skills have."""
    table = "volunteers"
    for i, volunteer in enumerate(known.problem.volunteers):
        home = volunteer.home_center_id
        if home is not None and home not in known.ids["centers"]:
            yield from known.unknown(table, i, "home_center_id", home, "centers")
        seen = set()
        for j, grant in enumerate(volunteer.skills):
            skill, first, last = grant.skill_id, grant.valid_from, grant.valid_to
            place = named = level = f"skill.{skill}"
            if first is not None or last is not None:
                place = f"skills[{j}]"
                named, level = f"{place}.skill_id", f"{place}.level"
            if skill not in known.ids["skills"]:
                yield from known.unknown(table, i, named, skill, "skills")
            yield from known.level(table, i, level, grant.level, skill)
            if first is not None and last is not None and first > last:
                columns = {"to": Column("valid_to"), "since": Column("valid_from")}
                said = Message("problem.reversed_validity", day=first, **columns)
                yield fault("reversed_interval", table, i, f"{place}.valid_to", last, said)
            if (skill, first, last) in seen:
                said = Message("problem.repeated_skill", who=volunteer.volunteer_id)
                yield fault("duplicate_row", table, i, named, skill, said)
            seen.add((skill, first, last))


def windows(known: Known) -> Iterator[Fault]:
    """Windows belong to known volunteers; one whose times may be swapped overlaps no other."""
    table, volunteers = "availability", known.ids["volunteers"]
    of: dict[str, list[_Window]] = {}
    for i, window in enumerate(known.problem.availability):
        who, start, end = window.volunteer_id, window.start, window.end
        if who not in volunteers:
            yield from known.unknown(table, i, "volunteer_id", who, "volunteers")
        if start >= end:
            yield from known.interval(table, i, start, end)
            continue
        of.setdefault(who, []).append((start, end, i))
    overlaps = _swapped(of)
    first = [*islice(overlaps, MOST_ALIKE)]
    beyond = sum(1 for _ in overlaps)
    for number, (who, (since, until, other), (start, _, i)) in enumerate(first, start=1):
        said = Message("problem.overlapping_windows", who=who, start=since, end=until)
        place = table, i, "start", f"{start:%Y-%m-%d %H:%M}"
        remedy = "problem.swapped_times"
        found = fault("overlapping_windows", *place, said, remedy=remedy, other=other)
        yield replace(found, more=beyond) if number == MOST_ALIKE else found


def standing_by(known: Known) -> Iterator[Fault]:
    """Offers to stand by belong to known volunteers, and end after they start."""
    table = "stand_by"
    for i, row in enumerate(known.problem.stand_by):
        yield from known.unknown(table, i, "volunteer_id", row.volunteer_id, "volunteers")
        if row.start is not None and row.end is not None:
            yield from known.interval(table, i, row.start, row.end)


def occupied(known: Known) -> Iterator[Fault]:
    """What occupies people names people of the week, and ends after it starts."""
    table = "occupied"
    homes = "volunteers", "centers", "skills"
    is_known = not any(map(known.unread.touches, homes))
    for i, row in enumerate(known.problem.occupied):
        if row.volunteer_id is not None:
            yield from known.unknown(table, i, "volunteer_id", row.volunteer_id, "volunteers")
        for name in row.group if is_known else ():
            kinds = known.meanings(name)
            if not kinds:
                remedy = known.nearest("people", known.people).remedy(name)
                said = Message("problem.names_nobody", name=name)
                yield fault("unknown_name", table, i, "group", name, said, remedy=remedy)
            elif len(kinds) > 1 and "group" not in kinds:
                yield name_of_two(table, i, name, kinds)
        yield from known.interval(table, i, row.start, row.end)


def _swapped(of: dict[str, list[_Window]]) -> Iterator[tuple[str, _Window, _Window]]:
    """Yield whose windows overlap though the times of one may be swapped, and the two in order.

    `of` is sorted meanwhile.
    """
    for who, spans in of.items():
        spans.sort()
        latest = spans[0]
        for span in spans[1:]:
            if span[0] < latest[1] and (may_be_swapped(*span[:2]) or may_be_swapped(*latest[:2])):
                yield who, latest, span
            if span[1] > latest[1]:
                latest = span


def work(known: Known) -> Iterator[Fault]:
    """Shifts and services name known centers and skills; shifts lie in the horizon."""
    for i, shift in enumerate(known.problem.shifts):
        yield from known.unknown("shifts", i, "center_id", shift.center_id, "centers")
        yield from known.interval("shifts", i, shift.start, shift.end)
        yield from known.outside("shifts", i, "start", shift.day)
        yield from known.needs("shifts", i, shift.skill_id, shift.min_level, 1)
        for skill, level in map(skill_and_level, shift.teaches):
            yield from known.unknown("shifts", i, "teaches", skill, "skills")
            yield from known.level("shifts", i, "teaches", level, skill)
    for i, service in enumerate(known.problem.services):
        yield from known.needs("services", i, service.skill_id, service.min_level, 1)


def demand(known: Known) -> Iterator[Fault]:
    """Demand names known centers and services, starts in the horizon, and has a clear spread."""
    centers, services = known.ids["centers"], known.ids["services"]
    for i, demand in enumerate(known.problem.demand):
        if demand.center_id not in centers:
            yield from known.unknown("demand", i, "center_id", demand.center_id, "centers")
        if demand.service_id is not None and demand.service_id not in services:
            yield from known.unknown("demand", i, "service_id", demand.service_id, "services")
        if demand.start >= demand.end:
            yield from known.interval("demand", i, demand.start, demand.end)
        yield from known.outside("demand", i, "start", demand.start.date())
        yield from _unclear_spread(i, demand)


def _unclear_spread(index: int, demand: Demand) -> Iterator[Fault]:
    """Yield the fault of a forecast whose spread is told by halves, twice, or beside its mean."""
    low, high, mean = demand.arrivals_low, demand.arrivals_high, demand.arrivals
    if low is None and high is None:
        return
    columns = {name: Column(f"arrivals_{name}") for name in ("low", "high")}
    if low is None or high is None:
        said = Message("problem.spread_of_one_side", **columns)
    elif demand.arrivals_cv is not None:
        said = Message("problem.spread_told_twice", cv=Column("arrivals_cv"), **columns)
    elif not low <= mean <= high:
        said = Message("problem.mean_outside_spread", mean=mean, most=high, **columns)
    elif demand.spread > MOST_SPREAD:
        said = Message("problem.spread_too_wide", mean=mean, most=high, **columns)
    else:
        return
    column, value = ("arrivals_low", low) if low is not None else ("arrivals_high", high)
    yield fault("unclear_spread", "demand", index, column, value, said)


def citizens(known: Known) -> Iterator[Fault]:
    """Languages are languages of known centers; settings are for centers that are there."""
    table = "languages"
    kinds = {s.skill_id: s.kind for s in known.problem.skills}
    total: dict[str, float] = {}
    for i, row in enumerate(known.problem.languages):
        yield from known.unknown(table, i, "center_id", row.center_id, "centers")
        yield from known.unknown(table, i, "skill_id", row.skill_id, "skills")
        if kinds.get(row.skill_id) == "tech":
            said = Message("problem.not_a_language", kind=Word("tech"), needed=Word("language"))
            yield fault("not_a_language", table, i, "skill_id", row.skill_id, said)
        total[row.center_id] = total.get(row.center_id, 0.0) + row.share
        if total[row.center_id] > 1 + 1e-9:
            said = Message("problem.shares_above_one", center=row.center_id)
            yield fault("shares_above_one", table, i, "share", row.share, said)
    for i, setting in enumerate(known.problem.policy):
        yield from known.place("policy", i, setting.where)
        model = Policy if setting.setting in Policy.model_fields else DesignPolicy
        try:
            model.model_validate({setting.setting: setting.value})
        except ValidationError as error:
            code, said, _ = explain(error.errors()[0], model)
            yield fault(code, "policy", i, "value", setting.value, said)


def ways(known: Known) -> Iterator[Fault]:
    """Ways begin and end at centers that are there."""
    for i, way in enumerate(known.problem.travel):
        yield from known.place("travel", i, way.origin, "origin")
        yield from known.place("travel", i, way.destination, "destination")


def requirements(known: Known) -> Iterator[Fault]:
    """Requirements name known shifts, centers and skills, and want no less than their minimum."""
    table, shifts = "requirements", known.ids["shifts"]
    exclusive: Counter[str] = Counter()
    for i, need in enumerate(known.problem.requirements):
        if need.shift_id is None or need.times_given:
            yield from shifts_of_needs(known, i, need)
        elif need.shift_id not in shifts:
            yield from known.unknown(table, i, "shift_id", need.shift_id, "shifts")
        yield from known.needs(table, i, need.skill_id, need.min_level, None)
        yield from known.together(table, i, need)
        exclusive[need.shift_id or ""] += need.exclusive and need.shift_id is not None
        if need.exclusive and exclusive[need.shift_id or ""] == MOST_EXCLUSIVE + 1:
            said = Message("problem.many_exclusive", most=MOST_EXCLUSIVE)
            yield fault("invalid_value", table, i, "exclusive", "1", said)
        if need.minimum > need.target:
            said = Message("problem.minimum_above_target", target=need.target)
            yield fault("minimum_above_target", table, i, "minimum", need.minimum, said)


def histories(known: Known) -> Iterator[Fault]:
    """Histories belong to known volunteers and do not contradict themselves."""
    for i, history in enumerate(known.problem.history):
        who, last = history.volunteer_id, history.last_shift_type
        yield from known.unknown("history", i, "volunteer_id", who, "volunteers")
        if last:
            yield from known.misspelt("history", i, "last_shift_type", [last], "types")
        if history.last_center is not None:
            yield from known.unknown("history", i, "last_center", history.last_center, "centers")
        for column, value, said in _contradictions(known, history):
            yield fault("contradicting_history", "history", i, column, value, said)


def _contradictions(known: Known, history: History) -> Iterator[tuple[str, object, Message]]:
    worked, off = history.worked_in_a_row or 0, history.off_in_a_row or 0
    in_a_row = {"column": Column("worked_in_a_row"), "n": worked}
    if worked and off:
        yield "off_in_a_row", off, Message("problem.worked_and_off", **in_a_row)
    if history.last_shift_type and off:
        said = Message("problem.last_worked_and_off", shift_type=history.last_shift_type)
        yield "off_in_a_row", off, said
    same = history.same_type_in_a_row or 0
    if history.worked_in_a_row is not None and same > worked:
        yield "same_type_in_a_row", same, Message("problem.part_of_worked", **in_a_row)
    start = known.problem.horizon.start if "horizon" not in known.unread.tables else date.max
    if history.last_worked is not None and history.last_worked >= start:
        yield "last_worked", history.last_worked, Message("problem.history_before", day=start)


def pins(known: Known) -> Iterator[Fault]:
    """Pins name known people and shifts, and do not say both."""
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for i, pin in enumerate(known.problem.pins):
        yield from known.unknown("pins", i, "volunteer_id", pin.volunteer_id, "volunteers")
        yield from known.unknown("pins", i, "shift_id", pin.shift_id, "shifts")
        earlier, other = first.setdefault((pin.volunteer_id, pin.shift_id), (pin.state, i))
        if earlier != pin.state:
            names = {"who": pin.volunteer_id, "shift": pin.shift_id}
            said = Message("problem.pinned_already", state=Word(earlier), **names)
            yield fault("contradicting_pins", "pins", i, "state", pin.state, said, other=other)


def published(known: Known) -> Iterator[Fault]:
    """What was published names known people and shifts."""
    table = "published"
    for i, entry in enumerate(known.problem.published):
        yield from known.unknown(table, i, "volunteer_id", entry.volunteer_id, "volunteers")
        yield from known.unknown(table, i, "shift_id", entry.shift_id, "shifts")


def wishes(known: Known) -> Iterator[Fault]:
    """Preferences are about a known shift, or about a date of the horizon."""
    table = "preferences"
    for i, wish in enumerate(known.problem.preferences):
        yield from known.unknown(table, i, "volunteer_id", wish.volunteer_id, "volunteers")
        if wish.shift_id is not None:
            yield from known.unknown(table, i, "shift_id", wish.shift_id, "shifts")
        elif wish.date is not None:
            yield from known.outside(table, i, "date", wish.date)
        yield from known.misspelt(table, i, "shifts", wish.shifts, "sets")
        yield from _unclear(i, wish)


def _unclear(index: int, wish: Preference) -> Iterator[Fault]:
    """Yield the fault of a wish that is not about exactly one shift or one date."""
    place, shift = ("preferences", index), Column("shift_id")
    if (wish.shift_id is None) == (wish.date is None):
        code = "problem.wish_about_nothing" if wish.date is None else "problem.wish_about_both"
        said = Message(code, shift=shift, date=Column("date", "preferences"))
        yield fault("unclear_wish", *place, "shift_id", wish.shift_id or "", said)
    elif wish.shift_id is not None and wish.shifts:
        said = Message("problem.types_go_with_date", shift=shift)
        yield fault("unclear_wish", *place, "shifts", "|".join(wish.shifts), said)
