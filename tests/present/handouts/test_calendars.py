"""Calendars of people and centers, read back with the icalendar package."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from pace import costly

from shiftplan import InputError, Problem, Roster
from shiftplan.present import calendars
from shiftplan.present.handouts import Calendars, Owner
from shiftplan.testing.pictures import MONDAY, parse, plan
from shiftplan.week.fields import one_line

NOW = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)
ANA, BOB, HOME = Owner("volunteer", "ana"), Owner("volunteer", "bob"), Owner("center", "home")
FIRST = parse("ana M . M\nbob M . .")
SECOND = parse("ana . . M\nbob M M .")


def week(**fields: Any) -> Problem:
    each = {"ana": {"name": "Đặng Thị An"}, "bob": {"name": "Bùi\r\nSTATUS:CANCELLED"}}
    return plan("M", "ana bob", **{"each": each, **fields})


def events(made: Calendars, owner: Owner) -> dict[str, Event]:
    """Date -> event."""
    found = Calendar.from_ical(made.files[owner])
    return {str(e.start.date()): e for e in found.walk("VEVENT")}


def versions(*rosters: Roster, told: bool = True) -> list[Calendars]:
    """Calendars of one roster after another, each telling what changed against the last."""
    made: list[Calendars] = []
    for i, roster in enumerate(rosters):
        last = made[-1].revisions if made else None
        before = rosters[i - 1] if told and i else None
        now = NOW + dt.timedelta(days=i)
        made.append(calendars(week(), roster, before=before, revisions=last, now=now))
    return made


def test_an_event_tells_when_where_and_with_whom() -> None:
    """Times are in the horizon's zone, which the file defines; names stay on their line."""
    (made,) = versions(FIRST)

    calendar = Calendar.from_ical(made.files[ANA])
    event = events(made, ANA)["2026-12-07"]
    assert [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert event.start.utcoffset() == dt.timedelta(hours=7)
    assert (event.start.time(), event.end.time()) == (dt.time(7), dt.time(11))
    assert (event["GEO"].latitude, event["GEO"].longitude) == (10.0, 105.0)
    assert event["LOCATION"] == "home"
    assert event["DESCRIPTION"] == "With: Bùi STATUS:CANCELLED\nShift: M0"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)


def test_everybody_has_a_calendar_also_without_shifts() -> None:
    """A file that people subscribed to stays valid when it is empty."""
    (made,) = versions(Roster())

    assert len(made.files) == len(week().volunteers) + len(week().centers)
    assert all(Calendar.from_ical(text).walk("VTIMEZONE") for text in made.files.values())
    assert events(made, ANA) == {}


def test_a_center_sees_its_teams() -> None:
    """The team stands in the description, names with ids; the time is not blocked."""
    (made,) = versions(FIRST)

    event = events(made, HOME)["2026-12-07"]
    assert "Đặng Thị An (ana)" in event["DESCRIPTION"]
    assert event["SUMMARY"] == "2 on duty, home"
    assert event["TRANSP"] == "TRANSPARENT"


def test_the_same_roster_gives_the_same_bytes() -> None:
    """Written a day later, nothing is new: no number, no time stamp."""
    first, again = versions(FIRST, FIRST)

    assert first.files == again.files
    assert first.revisions == again.revisions


def test_what_is_gone_is_cancelled_and_what_changed_is_updated() -> None:
    """Identifiers stay; ana's Monday is cancelled, bob's Monday has another team."""
    first, second = versions(FIRST, SECOND)

    old, new = events(first, ANA), events(second, ANA)
    assert {day: e["UID"] for day, e in old.items()} == {day: e["UID"] for day, e in new.items()}
    gone, kept = new["2026-12-07"], new["2026-12-09"]
    assert (gone["STATUS"], gone["SEQUENCE"], gone["LAST-MODIFIED"].dt) == ("CANCELLED", 1, LATER)
    assert (kept["STATUS"], kept["SEQUENCE"], kept["LAST-MODIFIED"].dt) == ("CONFIRMED", 0, NOW)
    alone, added = events(second, BOB)["2026-12-07"], events(second, BOB)["2026-12-08"]
    assert (alone["SEQUENCE"], added["SEQUENCE"]) == (1, 0)
    assert "Nobody else" in alone["DESCRIPTION"]


def test_a_cancelled_shift_stays_cancelled_and_may_come_back() -> None:
    """The third version still cancels it as before; the fourth confirms it with a higher number."""
    made = versions(FIRST, SECOND, SECOND, FIRST)

    monday = [events(m, ANA)["2026-12-07"] for m in made]
    assert [e["STATUS"] for e in monday] == ["CONFIRMED", "CANCELLED", "CANCELLED", "CONFIRMED"]
    assert [e["SEQUENCE"] for e in monday] == [0, 1, 1, 2]


def test_drafts_that_nobody_was_told_cancel_nothing() -> None:
    """Planning again before anything is published leaves no cancelled shifts in calendars."""
    made = versions(FIRST, SECOND, told=False)

    assert list(events(made[1], ANA)) == ["2026-12-09"]


def test_without_earlier_revisions_the_old_roster_tells_what_changed() -> None:
    """A lost folder: the same stays 0, what changed gets 1, or the number asked for."""
    made = calendars(week(), SECOND, before=FIRST, now=NOW)
    asked = calendars(week(), SECOND, before=FIRST, revision=7, now=NOW)

    assert [e["SEQUENCE"] for e in events(made, ANA).values()] == [0, 1]
    assert [e["SEQUENCE"] for e in events(asked, ANA).values()] == [0, 7]


def test_revisions_of_another_week_are_not_this_weeks() -> None:
    """The same ids a week later are other events, and nothing of the last week is cancelled."""
    first, second = versions(FIRST, SECOND)
    later = week(start=MONDAY + dt.timedelta(7))

    made = calendars(later, FIRST, revisions=second.revisions, now=NOW)

    assert {e["SEQUENCE"] for e in events(made, ANA).values()} == {0}
    old = {e["UID"] for e in events(first, ANA).values()}
    assert old.isdisjoint(e["UID"] for e in events(made, ANA).values())


def test_unknown_ids_are_faults_of_their_roster() -> None:
    """All of both rosters are named."""
    wrong = Roster.of([("M0", "nobody"), ("M99", "ana")])

    with pytest.raises(InputError) as raised:
        calendars(week(), wrong, before=wrong)

    found = [(f.table, f.value) for f in raised.value.faults]
    pairs = [(table, value) for table in ("roster", "before") for value in ("nobody", "M99")]
    assert found == pairs


def test_winter_time_is_that_of_the_zone() -> None:
    """A zone with clock changes is written with the offset of each date."""
    horizon = {"start": dt.date(2026, 10, 19), "days": 14, "zone": "Europe/Berlin"}
    problem = plan("M", "ana", start=dt.date(2026, 10, 19), days=14, horizon=horizon)

    made = calendars(problem, Roster.of([("M0", "ana"), ("M13", "ana")]), now=NOW)

    offsets = [e.start.utcoffset() for e in events(made, ANA).values()]
    assert offsets == [dt.timedelta(hours=2), dt.timedelta(hours=1)]


@costly(0.25)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40))
def test_any_name_comes_back(name: str) -> None:
    """Text with any signs is one line of one event when the file is read."""
    problem = week(each={"bob": {"name": name}})

    made = calendars(problem, FIRST, now=NOW)

    event = events(made, ANA)["2026-12-07"]
    assert event["DESCRIPTION"] == f"With: {one_line(name.strip()) or 'bob'}\nShift: M0"


def test_a_moved_shift_keeps_its_event_and_leaves_the_calendar_of_its_center() -> None:
    """People read the new time and place under a higher number, with or without revisions."""
    problem = week()
    start = dt.datetime.combine(MONDAY, dt.time(8)) + dt.timedelta(days=1)
    fields = {"start": start, "end": start + dt.timedelta(hours=4), "center_id": "far"}
    shifts = [s.model_copy(update=fields if s.shift_id == "M0" else {}) for s in problem.shifts]
    now = problem.model_copy(update={"shifts": tuple(shifts)})
    first = calendars(problem, FIRST, now=NOW)
    told = {"before": FIRST, "before_shifts": problem.shift_by_id, "now": LATER}

    for revisions in (None, first.revisions):
        made = calendars(now, FIRST, revisions=revisions, **told)

        old, new = (
            next(
                e
                for e in Calendar.from_ical(c.files[BOB]).events
                if "Shift: M0" in e["DESCRIPTION"]
            )
            for c in (first, made)
        )
        assert (new["UID"], new["SEQUENCE"], new["STATUS"]) == (old["UID"], 1, "CONFIRMED")
        assert (new.start.hour, new["LOCATION"]) == (8, "far")
        home, far = (
            Calendar.from_ical(made.files[Owner("center", c)]).events for c in ("home", "far")
        )
        gone = next(e for e in home if e["STATUS"] == "CANCELLED")
        assert (gone["LOCATION"], gone["SEQUENCE"], gone.start.hour) == ("home", 1, 7)
        assert [(e["STATUS"], e["SEQUENCE"]) for e in far] == [("CONFIRMED", 0)]


def test_a_shift_that_the_week_has_lost_is_cancelled() -> None:
    """It is known from what people were told, also in the version after that."""
    problem = week()
    left = tuple(s for s in problem.shifts if s.shift_id != "M0")
    now, known = problem.model_copy(update={"shifts": left}), problem.shift_by_id
    after = Roster.of(pair for pair in FIRST.assignments if pair.shift_id != "M0")
    first = calendars(problem, FIRST, now=NOW)
    second = calendars(
        now, after, before=FIRST, before_shifts=known, revisions=first.revisions, now=LATER
    )
    third = calendars(
        now, after, before=after, before_shifts=known, revisions=second.revisions, now=LATER
    )

    for made in (second, third):
        monday = events(made, ANA)["2026-12-07"]
        assert (monday["STATUS"], monday["SEQUENCE"]) == ("CANCELLED", 1)
