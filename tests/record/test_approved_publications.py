"""A publication is approved as it is recorded, whatever others record meanwhile."""

from __future__ import annotations

import pytest
from told_weeks import FULL, THREE

from shiftplan import InputError
from shiftplan.problem.changes import Absence
from shiftplan.record import LiveWeek, Publication
from shiftplan.record.memory import MemoryStore
from shiftplan.record.publications import foreseen, foreseen_withdrawal, told_again


def test_what_others_record_in_between_is_seen_before_it_is_published():
    """The first look is without an absence; the second, that is recorded, with it."""
    store = MemoryStore()
    live, other = LiveWeek(THREE, store), LiveWeek(THREE, store)
    live.draft(FULL)
    seen: list[Publication] = []

    def approve(told: Publication) -> None:
        seen.append(told)
        if len(seen) == 1:
            other.record(Absence(volunteer_id="v0", start="2026-12-07T13:00"))

    live.publish(approve=approve)

    assert [len(told.week.changes) for told in seen] == [0, 1]
    assert [entry.body.kind for entry in live.entries] == ["drafted", "changed", "told"]


def test_an_error_of_who_approves_stops_it():
    """Nothing is recorded, of a withdrawal either."""

    def no(_: Publication) -> None:
        raise InputError([])

    live = LiveWeek(THREE)
    live.draft(FULL)
    with pytest.raises(InputError):
        live.publish(approve=no)
    live.publish()
    with pytest.raises(InputError):
        live.withdraw(approve=no)

    assert [entry.body.kind for entry in live.entries] == ["drafted", "told"]


def test_what_is_foreseen_is_what_is_published():
    """The same notices and people, before, at and after it."""
    live = LiveWeek(THREE)
    live.draft(FULL)
    before = foreseen(live)
    told = live.publish()
    again = told_again(live, 1)
    gone = foreseen_withdrawal(live)

    assert again is not None
    assert before.people == told.people == again.people == {"v0", "v1", "v2"}
    assert before.notices == told.notices == again.notices == ()
    assert gone.notices == live.withdraw().notices
    assert told_again(live, 1) is None
