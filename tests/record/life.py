"""A week of four people, whatever may change in it, and what is remembered of its record."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from shiftplan import Requirement, Shift, Volunteer
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
from shiftplan.record.entries import RecordEntry
from shiftplan.testing.pictures import plan, window
from shiftplan.week.records import StandBy

PEOPLE, SHIFTS = ("ana", "bob", "cho", "dan"), ("M0", "A0", "M1")
WEEK = plan(
    {0: "MA", 1: "M"},
    " ".join(PEOPLE),
    2,
    requirements=[Requirement(shift_id=s, minimum=1, target=1 + (s == "M0")) for s in SHIFTS],
    availability=[window(who) for who in PEOPLE[:3]],
    stand_by=[StandBy(volunteer_id="dan")],
    rules=(
        {"rule": "coverage", "level": 1, "weight": 10},
        {"rule": "fairness", "level": 2, "weight": 12},
        {"rule": "stability", "level": 2, "weight": 3},
        {"rule": "max_shifts"},
        {"rule": "one_place"},
    ),
)
Pair = tuple[str, str]

people, shifts, either = st.sampled_from(PEOPLE), st.sampled_from(SHIFTS), st.integers(0, 1)
moments = st.none() | st.sampled_from([shift.start for shift in WEEK.shifts])


def later(shift_id: str, hours: int) -> Update:
    shift = WEEK.shift_by_id[shift_id]
    hour = dt.timedelta(hours=hours)
    return Update(
        row=shift.model_copy(update={"start": shift.start + hour, "end": shift.end + hour})
    )


def arrival(who: str) -> Arrival:
    return Arrival(volunteer=Volunteer(volunteer_id=who), windows=(window(who),))


changes: st.SearchStrategy[AnyChange] = st.one_of(
    st.builds(Absence, volunteer_id=people, start=moments, end=moments),
    st.builds(Closing, center_id=st.just("home"), end=st.just(WEEK.shifts[1].start)),
    st.builds(Cancellation, shift_id=shifts),
    st.builds(Need, shift_id=shifts, target=st.integers(0, 3), minimum=st.just(0)),
    st.builds(later, shifts, st.sampled_from((0, 2))),
    st.builds(arrival, st.sampled_from(("eve", "dan"))),
    st.builds(lambda who: Offer(window=window(who)), people),
    st.builds(
        lambda who, most: Update(
            row=Volunteer(volunteer_id=who, home_center_id="home", max_shifts=most)
        ),
        people,
        st.integers(0, 2),
    ),
)


class Memory:
    """What somebody remembers who reads the entries aloud, one after the other."""

    def __init__(self, entries: tuple[RecordEntry, ...]) -> None:
        gone = {e.body.entry for e in entries if e.body.kind == "revoked"}
        self.told: int | None = None
        self.draft: int | None = None
        self.made: list[int] = []
        self.changes: list[AnyChange] = []
        self.said: dict[Pair, str] = {}
        self.no: set[Pair] = set()
        self.times: dict[str, tuple[Any, ...]] = {}
        for entry in entries:
            if entry.number not in gone:
                self._hear(entry.body)

    def _hear(self, body: Any) -> None:
        match body.kind:
            case "drafted":
                self.draft = self.draft if body.name else body.version
                self.made.append(body.version)
            case "told":
                self.told, self.draft = body.version, None
                for shift in body.shifts:
                    where = shift.center_id, shift.start, shift.end
                    if self.times.get(shift.shift_id, where) != where:
                        self.said = {p: w for p, w in self.said.items() if p[1] != shift.shift_id}
                    self.times[shift.shift_id] = where
            case "withdrawn":
                self.told = self.draft = None
                self.said, self.times = {}, {}
            case "changed":
                self.changes += body.changes
                free = {c.window.volunteer_id for c in body.changes if isinstance(c, Offer)}
                self.no = {pair for pair in self.no if pair[0] not in free}
            case "answered":
                for row in body.answers:
                    self._say(row.volunteer_id, row.shift_id, row.answer)
            case "called":
                for row in body.calls:
                    if row.answer != "not_reached":
                        self._say(row.volunteer_id, row.shift_id, row.answer)

    def _say(self, who: str, where: str, word: str) -> None:
        """A no holds until another word of the person; no shift moves far enough to end it."""
        self.said[who, where] = word
        self.no.discard((who, where))
        if word in ("declined", "cannot"):
            self.no.add((who, where))

    def is_away(self, who: str, shift: Shift) -> bool:
        return any(
            isinstance(c, Absence)
            and c.volunteer_id == who
            and (c.start is None or c.start < shift.end)
            and (c.end is None or c.end > shift.start)
            for c in self.changes
        )

    def is_closed(self, shift: Shift) -> bool:
        return any(
            (isinstance(c, Cancellation) and c.shift_id == shift.shift_id)
            or (isinstance(c, Closing) and c.end is not None and shift.start < c.end)
            for c in self.changes
        )
