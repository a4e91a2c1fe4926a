"""What `LiveWeek.record` takes: all of it or nothing, in order, and nothing unknown."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from mornings import QUICK, TURNS, fault_of, told, week

from shiftplan.errors import InputError
from shiftplan.problem.changes import Absence, Arrival, Cancellation, Closing, Need, Update
from shiftplan.record.entries import BODY, Call, Changed, RecordEntry, ShiftAnswer
from shiftplan.record.live import LiveWeek
from shiftplan.record.memory import MemoryStore
from shiftplan.record.rosters import KEPT_DAYS
from shiftplan.record.store import Make
from shiftplan.seasons import Turnout
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.owner import Owner
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin


def test_an_entry_that_was_a_mistake_counts_no_more():
    live = told()
    (entry,) = live.record(Absence(volunteer_id="ana"))

    live.revoke(entry.number)

    assert live.now.changes == ()
    with pytest.raises(InputError, match="entry 1 cannot be revoked"):
        live.revoke(1)


def test_changes_that_the_files_contain_by_now_are_set_aside():
    """A new person was recorded, and later written into the table of volunteers too."""
    dan = Volunteer(volunteer_id="dan", home_center_id="home")
    store = MemoryStore()
    LiveWeek(week(), store).record(Arrival(volunteer=dan))

    live = LiveWeek(plan("M", "ana bob cho dan", 3), store)

    assert [unfit.entry for unfit in live.now.unfit] == [1]
    assert live.now.problem.volunteers == live.files.volunteers


def test_nothing_is_recorded_of_what_does_not_fit():
    live = told()
    entries = live.entries

    with pytest.raises(InputError):
        live.record(Absence(volunteer_id="nobody"))
    with pytest.raises(InputError):
        live.record(answers=[ShiftAnswer(volunteer_id="ana", shift_id="M9", answer="declined")])

    assert live.entries == entries


def test_messages_sent_calls_and_attendance_are_part_of_the_state():
    live = told()

    live.record(
        calls=[Call(volunteer_id="bob", shift_id="M0", answer="cannot")],
        turnouts=[Turnout(shift_id="M0", volunteer_id="ana", state="absent")],
        sent=[Owner("volunteer", "ana")],
    )

    state = live.now.state
    assert [(c.volunteer_id, c.answer) for c in state.calls] == [("bob", "cannot")]
    assert state.turnouts["M0", "ana"].state == "absent"
    assert state.sent == {(1, "volunteer", "ana")}


def test_ids_of_messages_sent_must_be_known():
    """Each unknown person and center is a fault, named as those of answers are."""
    live = told()
    to = [Owner("volunteer", "ana"), Owner("volunteer", "eva"), Owner("center", "hom")]

    with pytest.raises(InputError) as error:
        live.record(sent=to)

    faults = error.value.faults
    assert [(f.code, f.column, f.value, f.index) for f in faults] == [
        ("unknown_id", "volunteer_id", "eva", 1),
        ("unknown_id", "center_id", "hom", 2),
    ]
    assert live.now.state.sent == frozenset()


def test_what_people_were_told_elsewhere_comes_before_what_changed():
    """The cancellation is of a shift that people know; their messages are of that version."""
    live = LiveWeek(week())

    live.record(Absence(volunteer_id="ana"), told=parse(TURNS), sent=[Owner("volunteer", "ana")])

    assert [e.body.kind for e in live.entries] == ["drafted", "told", "changed", "sent"]
    assert live.now.told == parse(TURNS)
    assert not live.entries[1].body.even_if_poor
    assert live.now.state.sent == {(1, "volunteer", "ana")}
    live.record(Absence(volunteer_id="bob"), told=parse(TURNS))  # as the record says already
    assert [e.body.kind for e in live.entries[4:]] == ["changed"]


def test_another_roster_than_the_one_told_is_refused():
    live = told()
    other = parse("ana  . M .\nbob  M . .\ncho  . . M")

    with pytest.raises(InputError, match="the published roster is version 1") as error:
        live.record(Absence(volunteer_id="ana"), told=other)

    assert fault_of(error)[0] == "outdated"
    assert len(live.entries) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"told": Roster.of([("M0", "eva")])},
        {"told": parse(TURNS), "sent": [Owner("center", "hom")]},
        {"told": parse(TURNS), "before": [[Absence(volunteer_id="eva")]]},
    ],
    ids=["roster", "sent", "change"],
)
def test_nobody_counts_as_told_where_the_rest_is_refused(wrong: Any):
    live = LiveWeek(week())

    with pytest.raises(InputError):
        live.record(Absence(volunteer_id="ana"), **wrong)

    assert live.entries == ()


def test_nobody_counts_as_told_where_the_entry_after_it_is_not_written():
    """The store fails at the last of three entries, so there is none."""

    class Failing(MemoryStore):
        def append(self, make: Make, *, who: str = "", why: str = "") -> list[RecordEntry]:
            made = make(self.entries())
            assert len(made) == 3
            raise InputError([])

    live = LiveWeek(week(), Failing())

    with pytest.raises(InputError):
        live.record(Absence(volunteer_id="ana"), told=parse(TURNS))

    assert live.entries == ()


@pytest.mark.parametrize(
    "change",
    [
        Absence(volunteer_id="ana", start=datetime(2026, 12, 7, 8)),
        Closing(center_id="home"),
        Cancellation(shift_id="M0"),
        Need(shift_id="M0", target=3),
        Arrival(volunteer=Volunteer(volunteer_id="dan")),
        Update(row=Pin(volunteer_id="ana", shift_id="M0", state="must")),
        Update(row=Volunteer(volunteer_id="ana", max_shifts=1)),
    ],
    ids=lambda change: type(change).__name__,
)
def test_each_kind_of_change_is_read_back_as_it_was(change: Any):
    body = Changed(changes=(change,))

    assert BODY.validate_json(body.model_dump_json()) == body


def test_threads_of_one_week_lose_nothing():
    """Three people are recorded as absent at the same time, and then the roster is repaired."""
    live = told()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda who: live.record(Absence(volunteer_id=who)), ("ana", "bob", "cho")))

    assert len(live.now.state.changed) == 3
    assert [entry.number for entry in live.entries] == [1, 2, 3, 4, 5]
    assert live.repair(**QUICK).version is not None


def test_only_rosters_of_old_drafts_are_forgotten():
    """Of 13 versions 12 are 31 days old and one was told: two others are beyond the newest ten."""
    store = MemoryStore()
    young = LiveWeek(week(), store)
    for _ in range(12):
        young.draft(parse(TURNS))
    young.publish(2)
    assert all(store.roster(version) for version in range(1, 13))
    month = dt.timedelta(days=KEPT_DAYS + 1)
    entries = [entry.model_copy(update={"at": entry.at - month}) for entry in young.entries]
    rosters = {version: parse(TURNS) for version in range(1, 13)}

    live = LiveWeek(week(), MemoryStore("", entries, rosters))
    live.draft(parse(TURNS))

    again = LiveWeek(week(), live._store)
    assert [v for v in again.now.state.versions if again.roster_or_none(v) is None] == [1, 3]
    with pytest.raises(InputError, match="the roster of version 3"):
        again.undo(3)
    assert again.undo(2).number == 14
