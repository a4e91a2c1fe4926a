"""Random late changes of a week, of every kind there is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st
from strategies.values import AREAS, GROUPS, TAGS, TYPES, texts

from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import (
    Absence,
    AnyChange,
    Arrival,
    Cancellation,
    Closing,
    Need,
    Offer,
    Update,
)
from shiftplan.week.demand import Demand
from shiftplan.week.fields import Frozen
from shiftplan.week.records import Availability, Center, Shift, StandBy, Volunteer
from shiftplan.week.wishes import Pin, Preference

KINDS = (Absence, Closing, Cancellation, Need, Arrival, Offer)
ROWS = (Center, Volunteer, Shift, Pin, Preference, Demand, StandBy)
_SOME = st.booleans()


class _Draw:
    """Draws changes of one week."""

    def __init__(self, draw: st.DrawFn, problem: Problem) -> None:
        self.draw, self.problem = draw, problem

    def of(self, strategy: st.SearchStrategy[Any]) -> Any:
        return self.draw(strategy)

    def one(self, table: str, spare: str = "NEW") -> str:
        """Id of a row of the week, or of none."""
        rows = getattr(self.problem, table)
        column = {"volunteers": "volunteer_id", "centers": "center_id"}.get(table, "shift_id")
        return self.of(st.sampled_from([getattr(row, column) for row in rows] or [spare]))

    def moment(self) -> dt.datetime:
        days = self.of(st.integers(0, self.problem.horizon.days))
        midnight = dt.datetime.combine(self.problem.horizon.start, dt.time())
        return midnight + dt.timedelta(days, minutes=15 * self.of(st.integers(0, 95)))

    def interval(self) -> dict[str, dt.datetime]:
        start = self.moment()
        hours = self.of(st.sampled_from([1, 4, 24, 30, 48, 72]))
        return {"start": start, "end": start + dt.timedelta(hours=hours)}

    def times(self) -> dict[str, dt.datetime]:
        """An interval that may be open, or whole days."""
        found = self.interval()
        if self.of(_SOME):
            found = {k: dt.datetime.combine(v.date(), dt.time()) for k, v in found.items()}
        for end in ("start", "end"):
            if self.of(_SOME):
                found.pop(end)
        return found

    def skill(self) -> dict[str, Any]:
        skills = self.problem.skills
        if not skills or self.of(_SOME):
            return {}
        chosen = self.of(st.sampled_from(skills))
        return {"skill_id": chosen.skill_id, "min_level": self.of(st.integers(1, chosen.max_level))}

    def person(self, key: str) -> Volunteer:
        levels = {s.skill_id: self.of(st.integers(0, s.max_level)) for s in self.problem.skills}
        return Volunteer(
            volunteer_id=key,
            name=self.of(texts),
            home_center_id=self.one("centers") if self.of(_SOME) else None,
            group=self.of(st.sampled_from([(), GROUPS[:1], GROUPS])),
            skills=levels,
            max_shifts=self.of(st.none() | st.integers(0, 9)),
            min_shifts=self.of(st.integers(0, 2)),
            max_distance_km=self.of(st.none() | st.floats(0, 300)),
            show_rate=self.of(st.floats(0, 1)),
            mobile=self.of(_SOME),
        )

    def row(self, model: type[Frozen]) -> Frozen:
        if model is Volunteer:
            return self.person(self.one("volunteers"))
        if model is Center:
            told: dict[str, Any] = {
                "name": self.of(texts),
                "capacity": self.of(st.none() | st.integers(0, 9)),
                "groups": self.of(st.sampled_from([(), AREAS])),
                "priority": self.of(st.floats(0.5, 9)),
            }
            return Center.model_validate({**dict(self.problem.centers[0]), **told})
        if model is Shift:
            key = self.one("shifts") if self.of(_SOME) else "NEW"
            names = self.of(st.sampled_from(TYPES)), self.of(st.sampled_from([(), TAGS]))
            told = {"type": names[0], "tags": names[1], **self.skill()}
            return Shift(shift_id=key, center_id=self.one("centers"), **self.interval(), **told)
        if model is Pin:
            state = self.of(st.sampled_from(["must", "must_not"]))
            who, where = self.one("volunteers"), self.one("shifts")
            return Pin(volunteer_id=who, shift_id=where, state=state)
        if model is Preference:
            about: dict[str, Any] = {"shift_id": self.one("shifts")}
            if self.of(_SOME):
                days = self.problem.horizon.dates
                about = {"date": self.of(st.sampled_from(days))}
                about["shifts"] = self.of(st.sampled_from([(), TAGS]))
            about["state"] = self.of(st.sampled_from(["for", "against"]))
            about["weight"] = self.of(st.integers(1, 99))
            return Preference(volunteer_id=self.one("volunteers"), **about)
        if model is StandBy:
            times = self.interval() if self.of(_SOME) else {}
            return StandBy(volunteer_id=self.one("volunteers"), **times)
        services = [s.service_id for s in self.problem.services] or ["NEW"]
        mean = self.of(st.floats(0, 500))
        spread = self.of(st.sampled_from([{}, {"arrivals_cv": 0.25}, {"arrivals_low": 0.0}]))
        if "arrivals_low" in spread:
            spread = {**spread, "arrivals_high": mean}
        told = {"service_id": self.of(st.sampled_from(services)), "arrivals": mean, **spread}
        return Demand(center_id=self.one("centers"), **self.interval(), **told)

    def change(self, kind: type[Frozen]) -> AnyChange:
        if kind is Absence:
            return Absence(volunteer_id=self.one("volunteers"), **self.times())
        if kind is Closing:
            return Closing(center_id=self.one("centers"), **self.times())
        if kind is Cancellation:
            return Cancellation(shift_id=self.one("shifts"))
        if kind is Need:
            low, high = (self.of(st.none() | st.integers(0, 3)) for _ in range(2))
            about = {"shift_id": self.one("shifts"), **self.skill()}
            return Need(**about, minimum=low, target=high)
        if kind is Arrival:
            new = self.person(self.of(st.sampled_from(["NEW", "NEW2", "=NEW+3"])))
            window = Availability(volunteer_id=new.volunteer_id, **self.interval())
            return Arrival(volunteer=new, windows=(window,) if self.of(_SOME) else ())
        state = self.of(st.sampled_from(["available", "undesired"]))
        person = self.one("volunteers")
        return Offer(window=Availability(volunteer_id=person, state=state, **self.interval()))


def change_of(draw: st.DrawFn, problem: Problem, kind: type[Frozen]) -> AnyChange:
    """A change of a kind, or the update of a row of a kind; it need not fit the week."""
    drawing = _Draw(draw, problem)
    return Update(row=drawing.row(kind)) if kind in ROWS else drawing.change(kind)


@st.composite
def changes_in_turn(draw: st.DrawFn, problem: Problem) -> list[list[AnyChange]]:
    """Groups of changes, each of which fits the week as those before have made it."""
    found: list[list[AnyChange]] = []
    week = problem
    for kind in draw(st.lists(st.sampled_from(KINDS + ROWS), min_size=1, max_size=5)):
        change = change_of(draw, week, kind)
        together = [*found[-1], change] if found and draw(_SOME) else None
        try:
            after = week.with_changes(change)
        except InputError:
            continue
        if together is not None and _fit(problem, [*found[:-1], together]):
            found[-1] = together
        else:
            found.append([change])
        week = after
    return found


def _fit(problem: Problem, groups: list[list[AnyChange]]) -> bool:
    try:
        for group in groups:
            problem = problem.with_changes(*group)
    except InputError:
        return False
    return True
