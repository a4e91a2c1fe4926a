"""Entries of a record, drawn by Hypothesis."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from shiftplan.problem.changes import Absence, Arrival, Cancellation, Closing, Need, Offer, Update
from shiftplan.record.entries import (
    Answered,
    Attended,
    Body,
    Call,
    Called,
    Changed,
    Revoked,
    Sent,
    ShiftAnswer,
    Told,
    Withdrawn,
)
from shiftplan.record.forms import (
    Decided,
    HandedIn,
    Invitation,
    Invited,
    SaidTime,
    SaidWish,
    SpanOfTime,
    SwapAsked,
)
from shiftplan.seasons import Turnout
from shiftplan.week.demand import Demand
from shiftplan.week.owner import Owner
from shiftplan.week.records import Availability, Center, Shift, StandBy, Volunteer
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin, Preference

DAY = dt.datetime(2026, 12, 7)
ids = st.sampled_from(("An", "Bình", "00430", "Đặng Thị Ýến", "a'b\"c%?", "=1+1"))
moments = st.integers(0, 10_000).map(lambda minutes: DAY + dt.timedelta(minutes=minutes))
shifts = st.builds(
    lambda start, **fields: Shift(start=start, end=start + dt.timedelta(hours=4), **fields),
    moments, shift_id=ids, center_id=ids,
    extra=st.sampled_from(({}, {"Ghi chú": "mang áo mưa; cổng 2"})),
)  # fmt: skip
rosters = st.lists(st.tuples(ids, ids), max_size=5).map(Roster.of)


def window(volunteer: str) -> Availability:
    return Availability(volunteer_id=volunteer, start=DAY, end=DAY + dt.timedelta(hours=5))


rows = st.one_of(
    shifts,
    st.builds(Center, center_id=ids, name=ids),
    st.builds(Volunteer, volunteer_id=ids, name=ids, skills=st.just({"portal": 2})),
    st.builds(Pin, volunteer_id=ids, shift_id=ids, state=st.sampled_from(("must", "must_not"))),
    st.builds(
        Preference, volunteer_id=ids, shift_id=ids, state=st.just("for"), weight=st.integers(1, 9)
    ),
    st.builds(StandBy, volunteer_id=ids),
    st.builds(
        lambda center: Demand(
            center_id=center, service_id="s", start=DAY, end=DAY + dt.timedelta(hours=1), arrivals=3
        ),
        ids,
    ),
)
changes = st.one_of(
    st.builds(Absence, volunteer_id=ids, start=st.none() | moments),
    st.builds(Closing, center_id=ids, end=st.none() | moments),
    st.builds(Cancellation, shift_id=ids),
    st.builds(Need, shift_id=ids, target=st.integers(0, 9)),
    ids.map(lambda v: Arrival(volunteer=Volunteer(volunteer_id=v), windows=(window(v),))),
    ids.map(lambda v: Offer(window=window(v))),
    st.builds(Update, row=rows),
)


said = st.sampled_from(("confirmed", "declined"))
heard = st.sampled_from(("comes", "cannot", "not_reached"))
answers = st.builds(ShiftAnswer, volunteer_id=ids, shift_id=ids, answer=said)
calls = st.builds(Call, volunteer_id=ids, shift_id=ids, answer=heard)
recipients = st.builds(Owner, kind=st.sampled_from(("volunteer", "center")), id=ids)


def some(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, min_size=1, max_size=3).map(tuple)


versions = st.integers(1, 99)
states = st.sampled_from(("came", "absent", "called"))
turnouts = st.builds(Turnout, shift_id=ids, volunteer_id=ids, state=states)
weighed = st.sampled_from(("same", "counts", "waits"))
spans = st.builds(
    lambda start, hours: (start, start + dt.timedelta(hours=hours)), moments, st.integers(1, 9)
)
said_times = st.builds(
    lambda span, can, how: SaidTime(start=span[0], end=span[1], can=can, weighed=how),
    spans, st.booleans(), weighed,
)  # fmt: skip
said_wishes = st.builds(
    SaidWish,
    date=moments.map(dt.datetime.date),
    state=st.sampled_from(("for", "against", None)),
    weighed=weighed,
)
swaps = st.builds(
    SwapAsked,
    shift_id=ids,
    instead=st.lists(spans.map(lambda s: SpanOfTime(start=s[0], end=s[1])), max_size=2).map(tuple),
    colleague=st.sampled_from(("", "Lê Thị Ý <b>")),
)
links = st.builds(
    lambda owner, digit: Invitation(
        owner=owner,
        digest=digit and digit * 64,
        until=digit and dt.datetime(2026, 12, 20, tzinfo=dt.UTC),
    ),
    recipients,
    st.sampled_from((None, "a", "0")),
)


def few(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=2).map(tuple)


forms: st.SearchStrategy[Body] = st.one_of(
    st.builds(Invited, links=some(links)),
    st.builds(
        HandedIn,
        volunteer_id=ids,
        form=st.sampled_from(("a" * 16, "b-_9" * 16)),
        times=few(said_times),
        wishes=few(said_wishes),
        swaps=few(swaps),
        note=st.sampled_from(("", "xin chào; =1+1")),
        parts=st.integers(0, 3),
    ),
    st.builds(
        Decided,
        entry=versions,
        shift_id=st.none() | ids,
        accepted=st.booleans(),
        taker=st.none() | ids,
        takes=st.none() | ids,
        word=st.sampled_from(("", "được")),
        parts=st.integers(0, 3),
    ),
)
bodies: st.SearchStrategy[Body] = st.one_of(
    forms,
    st.builds(Told, version=versions, shifts=st.lists(shifts, max_size=2).map(tuple)),
    st.builds(Withdrawn, version=versions),
    st.builds(Changed, changes=some(changes)),
    st.builds(Answered, answers=some(answers)),
    st.builds(Called, calls=some(calls)),
    st.builds(Attended, turnouts=some(turnouts)),
    st.builds(Sent, version=versions, to=some(recipients)),
    st.builds(Revoked, entry=versions),
)
"""Everything but drafts, whose versions are counted."""
