"""The people and centers that an entry is about, as the history is searched by."""

from __future__ import annotations

import datetime as dt

import pytest
from mornings import week

from shiftplan.analysis.candidates import comes, leaves
from shiftplan.record import Hold, LiveWeek
from shiftplan.record.concerned import concerned_by
from shiftplan.record.entries import Body, Drafted, Dropped, Held, NameChanged, RecordEntry, Revoked
from shiftplan.record.forms import Decided, HandedIn, SwapAsked

AT = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
ASKED = HandedIn(volunteer_id="ana", form="s" * 16, swaps=(SwapAsked(shift_id="M0"),))
MADE = Decided(entry=1, shift_id="M0", accepted=True, taker="bob", takes="M1")


@pytest.mark.parametrize(
    ("body", "people", "centers"),
    [
        (ASKED, "ana", "home"),
        (MADE, "ana bob", "home away"),
        (MADE.model_copy(update={"takes": None}), "ana bob", "home"),
        (Decided(entry=1, shift_id="M0", accepted=False), "ana", "home"),
        (Decided(entry=9, shift_id="M0", accepted=True, taker="bob"), "bob", "home"),
        (Revoked(entry=1), "ana", "home"),
        (Revoked(entry=9), "", ""),
        (Held(on=(Hold(center_id="away"),), off=(Hold(volunteer_id="cho"),)), "cho", "away"),
        (
            Drafted(
                version=2, made_by="hand", of=1, moves=(leaves("M1", "bob"), comes("M1", "cho"))
            ),
            "bob cho",
            "away",
        ),
        (Drafted(version=2, made_by="plan"), "", ""),
        (NameChanged(name="B", to="C"), "", ""),
        (Dropped(name="B"), "", ""),
    ],
)
def test_an_entry_is_about_everybody_it_names(body: Body, people: str, centers: str):
    """M1 is away, the other mornings are at home."""
    files = week()
    away = (
        s.model_copy(update={"center_id": "away"} if s.shift_id == "M1" else {})
        for s in files.shifts
    )
    now = LiveWeek(files.model_copy(update={"shifts": tuple(away)})).now
    entries = [RecordEntry(number=n, at=AT, body=one) for n, one in enumerate((ASKED, body), 1)]

    about = concerned_by(now, entries, lambda _: None)(entries[1])

    assert about.people == set(people.split())
    assert about.centers == set(centers.split())
