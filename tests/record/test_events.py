"""What listeners to a record hear: each entry with its figures, and what failed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly

from shiftplan.present import messages
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, Arrival, Cancellation, Offer, Update
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.record.events import RecordEvent
from shiftplan.record.hooks import HOOKS
from shiftplan.record.live import LiveWeek
from shiftplan.record.opening import open_store
from shiftplan.record.status import status_of
from shiftplan.record.telling import people_told
from shiftplan.scoring import compare_rosters
from shiftplan.seasons import Turnout
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.history import Published
from shiftplan.week.owner import Owner
from shiftplan.week.records import Availability, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin

PEOPLE = ("ana", "bob", "cho")
QUICK: dict[str, Any] = {"time_limit": None, "workers": 1}


def week(**fields: Any) -> Problem:
    """One person each morning of three days, whose names and phones nobody needs to know."""
    needs = tuple(Requirement(shift_id=s, target=1) for s in ("M0", "M1", "M2"))
    made = plan("M", "ana bob cho", 3, **{"requirements": needs, **fields})
    people = [
        v.model_copy(update={"name": f"zqname {v.volunteer_id}", "phone": "zq0912"})
        for v in made.volunteers
    ]
    return Problem.model_validate({**dict(made), "volunteers": people})


def heard(live: LiveWeek) -> list[RecordEvent]:
    found: list[RecordEvent] = []
    live.subscribe(found.append)
    return found


def told(event: RecordEvent) -> tuple[str, int | None, int | None, str]:
    return event.event, event.entry, event.changes, " ".join(event.people)


def test_versions_tell_what_they_change_for_whom() -> None:
    """Assignments and people that differ from what people knew, seats, cost and version."""
    live = LiveWeek(week(), who="Lan")
    events = heard(live)

    live.draft(parse("ana  M . .\nbob  . M .\ncho  . . ."))
    live.publish(even_if_poor=True, why="gấp")
    live.draft(parse("ana  M . .\nbob  . . .\ncho  . M M"), why="An xin nghỉ")
    live.publish(even_if_poor=True)
    live.withdraw()
    live.draft(parse("ana  M . .\nbob  . . .\ncho  . . ."))

    assert [told(event) for event in events] == [
        ("drafted", 1, 2, "ana bob"),  # nobody knew anything
        ("told", 2, 2, "ana bob"),
        ("drafted", 3, 3, "bob cho"),  # - bob M1, + cho M1 M2
        ("told", 4, 3, "bob cho"),
        ("withdrawn", 5, 3, "ana cho"),
        ("drafted", 6, 1, "ana"),
    ]
    assert [(e.version, e.seats, e.filled) for e in events[:5]] == [
        (1, 3, 2), (1, 3, 2), (2, 3, 3), (2, 3, 3), (2, 3, 3),
    ]  # fmt: skip
    assert all(event.cost is not None for event in events)
    assert (events[1].who, events[1].why, events[1].at) == ("Lan", "gấp", live.entries[1].at)


@costly(0.35)
@given(data=st.data())
def test_all_that_tells_of_differences_tells_the_same(data: st.DataObject) -> None:
    """Events, notices, changes.csv, status, history, `diff` and messages; any rosters and moves.

    M1 may be two hours later when the second roster is told, and cho may be absent.
    """
    rosters = st.lists(st.sampled_from([(s, v) for s in ("M0", "M1", "M2") for v in PEOPLE]))
    first, second = (Roster.of(set(data.draw(rosters))) for _ in range(2))
    live = LiveWeek(week())
    live.publish(live.draft(first).number, even_if_poor=True)
    shift, later = live.files.shift_by_id["M1"], dt.timedelta(hours=2)
    if data.draw(st.booleans()):
        times = {"start": shift.start + later, "end": shift.end + later}
        live.record(Update(row=shift.model_copy(update=times)))
    if data.draw(st.booleans()):
        live.record(Absence(volunteer_id="cho"))
    live.draft(second)
    events, before = heard(live), live.now.state.shifts_told
    drafted = status_of(live.now, live.entries).people_changed
    found = live.publish(even_if_poor=True)

    told_now = {"before": first, "before_shifts": before}
    letters = {o.id for o in messages(live.now.problem, second, **told_now) if o.kind != "center"}
    compared = compare_rosters(live.now.problem, first, second, before_shifts=before)
    rows = [*csv.DictReader(io.StringIO(changes_csv(found)))]

    assert len(rows) == len(found.notices) == events[0].changes == compared.removed + compared.added
    for people in (
        events[0].people,
        found.people,
        letters,
        {p.volunteer_id for p in compared.people},
    ):
        assert {*people} == {row["volunteer_id"] for row in rows}
    history = people_told(live.now, live.entries, live.roster_or_none)
    assert drafted == history[live.entries[-1].number] == len(found.people)


def test_what_the_files_say_that_people_know_is_no_news() -> None:
    """Ana was told M0 by hand before there was a record; only bob hears of anything."""
    known = (Published(volunteer_id="ana", shift_id="M0"),)
    live = LiveWeek(week(published=known))
    events = heard(live)

    live.draft(parse("ana  M . .\nbob  . M .\ncho  . . ."))
    found = live.publish(even_if_poor=True)

    assert [told(event) for event in events] == [("drafted", 1, 1, "bob"), ("told", 2, 1, "bob")]
    assert found.people == {"bob"}
    assert people_told(live.now, live.entries, live.roster_or_none) == {2: 1}


def test_other_entries_tell_whom_they_concern() -> None:
    """All kinds of changes, answers, calls, attendance, messages, and what was revoked."""
    live = LiveWeek(week())
    live.draft(parse("ana  M . .\nbob  . M .\ncho  . . M"))
    live.publish(even_if_poor=True)
    events = heard(live)
    day = live.files.shifts[0].start
    window = Availability(volunteer_id="bob", start=day, end=day.replace(hour=23))

    live.record(
        Absence(volunteer_id="cho"),
        Cancellation(shift_id="M2"),
        Arrival(volunteer=Volunteer(volunteer_id="new", name="zqname", phone="zq7")),
        Offer(window=window),
        Update(row=Pin(volunteer_id="ana", shift_id="M0", state="must")),
    )
    live.record(answers=[ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="confirmed")])
    live.record(
        calls=[
            Call(volunteer_id="cho", shift_id="M1", answer="not_reached"),
            Call(volunteer_id="ana", shift_id="M1", answer="comes"),
        ]
    )
    live.record(turnouts=[Turnout(shift_id="M0", volunteer_id="ana")])
    live.record(sent=[Owner("volunteer", "bob"), Owner("center", "home")])
    live.revoke(4)

    assert [told(event) for event in events] == [
        ("changed", 3, 5, "ana bob cho new"),
        ("answered", 4, 1, "ana"),
        ("called", 5, 2, "ana cho"),
        ("attended", 6, 1, "ana"),
        ("sent", 7, 2, "bob"),
        ("revoked", 8, None, ""),
    ]


def test_events_name_nobody() -> None:
    """Ids and figures, whatever the week knows of people."""
    live = LiveWeek(week())
    events = heard(live)
    live.draft(parse("ana  M . .\nbob  . M .\ncho  . . M"))
    live.publish(even_if_poor=True)
    live.record(Arrival(volunteer=Volunteer(volunteer_id="new", name="zqname", phone="zq7")))

    text = "".join(event.model_dump_json() for event in events)

    assert "zq" in live.files.model_dump_json()
    assert "zq" not in text


def test_a_plan_without_a_roster_is_an_event() -> None:
    """Nothing is recorded; the status says why."""
    live = LiveWeek(
        week(
            rules=({"rule": "max_shift_count", "level": "hard", "value": 1},),
            pins=[Pin(volunteer_id="ana", shift_id=s, state="must") for s in ("M0", "M1")],
        ),
        who="Lan",
    )
    events = heard(live)

    made = live.plan(**QUICK)

    assert made.result.roster is None
    ((event),) = events
    assert told(event) == ("failed", None, None, "")
    assert (event.why, event.who, live.entries) == ("INFEASIBLE", "Lan", ())


def test_a_listener_that_fails_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the verb nor the other listeners; one that has left hears nothing more."""
    live = LiveWeek(week())

    def fail(event: RecordEvent) -> None:
        raise KeyError("mine")

    leave = live.subscribe(fail)
    events = heard(live)

    live.draft(parse("ana  M . .\nbob  . . .\ncho  . . ."))
    leave()
    live.publish(even_if_poor=True)

    assert [event.event for event in events] == ["drafted", "told"]
    assert "a listener to the record failed at the event drafted" in caplog.text
    assert len([r for r in caplog.records if r.levelno == logging.ERROR]) == 1


def test_only_records_that_are_kept_reach_operators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A week in memory, such as a simulated one, tells nobody; a missing file of hooks is told."""
    monkeypatch.setenv(HOOKS, str(tmp_path / "none.toml"))

    LiveWeek(week()).draft(parse("ana  M . .\nbob  . . .\ncho  . . ."))
    assert caplog.text == ""
    LiveWeek(week(), open_store(tmp_path / "w.json")).draft(
        parse("ana  M . .\nbob  . . .\ncho  . . .")
    )

    assert "none.toml" in caplog.text
