"""Moves as a record keeps them: entries, rosters, events, tables, batches and every store."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mornings import TURNS, two, week
from pydantic import ValidationError
from recording import ids, rosters

from shiftplan.analysis.candidates import comes, leaves
from shiftplan.batch.run_record import _recorded
from shiftplan.present.naming import Names
from shiftplan.record import LiveWeek, RecordEvent
from shiftplan.record.entries import (
    BODY,
    Drafted,
    Dropped,
    Held,
    Hold,
    MadeBy,
    NameChanged,
    RecordEntry,
    Revoked,
    Told,
)
from shiftplan.record.folding import state_of
from shiftplan.record.memory import MemoryStore
from shiftplan.record.rosters import _KEPT, KEPT_DAYS, Rosters
from shiftplan.record.sql import SqlStore, _text
from shiftplan.record.tables import write_record
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import parse
from shiftplan.week.roster import Assignment, Change, Roster


def test_rosters_of_moves_are_computed_and_few_are_kept_in_memory():
    """A hundred versions, none of them stored but the first."""
    lan, _ = two()
    rosters = {1: lan.roster_of(1)}
    for number in range(2, 102):
        change = comes("M1", "ana") if number % 2 == 0 else leaves("M1", "ana")
        lan.move(change, of=number - 1)
        rosters[number] = lan.roster

    again = LiveWeek(week(), lan._store)
    assert {number: again.roster_of(number) for number in rosters} == rosters
    assert len(again._rosters._kept) == _KEPT
    assert [lan._store.roster(number) for number in (1, 2, 101)] == [rosters[1], None, None]
    other = again.detached()
    assert (other.now.draft, other.now.told) == (again.now.draft, again.now.told)


def test_a_roster_that_a_kept_move_needs_is_not_forgotten():
    """Twelve old drafts; a move of the first is young, so only the others may go."""
    live = LiveWeek(week())
    for _ in range(12):
        live.draft(parse(TURNS))
    live.name_draft("B", 1)
    month = dt.timedelta(days=KEPT_DAYS + 1)
    entries = [e.model_copy(update={"at": e.at - month}) for e in live.entries]
    rosters = {version: parse(TURNS) for version in range(1, 13)}
    old = LiveWeek(week(), MemoryStore("", entries, rosters))
    old.draft(parse(TURNS))

    again = LiveWeek(week(), old._store)
    gone = [v for v in again.now.state.versions if again.roster_or_none(v) is None]
    assert gone == [2, 3, 4]


def test_a_draft_with_a_repeated_assignment_can_be_moved():
    """Rosters from elsewhere may repeat themselves, or name people that the week does not know."""
    live = LiveWeek(week(), who="lan")
    live.draft(Roster.of([("M0", "ana"), ("M0", "ana"), ("M1", "bob")]))
    store = live._store
    strange = Drafted(version=2, made_by="given")
    store.append(lambda _: [(strange, Roster.of([("M0", "zoe"), ("M1", "bob")]))])
    for of, gone in ((1, ("M0", "ana")), (2, ("M0", "zoe"))):
        name = f"draft {of}"
        number = live.name_draft(name, of).number
        moved = live.move(leaves(*gone), of=number, name=name, anyway=True)
        after = live.roster_of(moved.version.number)
        assert len(after) == len(live.roster_of(of)) - 1
        assert live.priced(name).total == moved.total == check(live.now.problem, after).total
        again = live.move(comes("M2", "ana"), of=moved.version.number, name=name, anyway=True)
        after = live.roster_of(again.version.number)
        assert again.total == check(live.now.problem, after).total


def test_listeners_hear_of_moves_as_such():
    """So a hook for drafts is not run for each drag of a name."""
    lan, _ = two()
    heard: list[RecordEvent] = []
    lan.subscribe(heard.append)

    lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=1)
    lan.name_draft("B")
    lan.rename_draft("B", "C")
    lan.drop_draft("C")

    assert [event.event for event in heard] == ["moved", "moved", "renamed", "dropped"]
    assert (heard[0].changes, heard[0].people, heard[0].filled) == (2, ("ana", "bob"), 3)


def test_records_of_earlier_versions_read_the_same():
    """What is new is not written where it says nothing, and moves are short."""
    assert json.loads(_text(Drafted(version=2, made_by="plan", after=1))) == {
        "kind": "drafted", "version": 2, "made_by": "plan", "after": 1,
    }  # fmt: skip
    moved = Drafted(version=2, made_by="hand", of=1, moves=(comes("M0", "b"), leaves("M0", "a")))
    told = '"of":1,"moves":{"-":[["M0","a"]],"+":[["M0","b"]]}}'
    assert _text(moved).endswith(told)
    assert BODY.validate_json(_text(moved)) == moved
    assert moved.moves == (leaves("M0", "a"), comes("M0", "b"))


@pytest.mark.parametrize(
    "fields",
    [
        {"of": 2},
        {"of": 9},
        {"of": 1, "moves": {"*": [["a", "b"]]}},
        {"of": 1, "moves": {"+": [["a"]]}},
        {"of": 1, "moves": {"+": [["a", 3]]}},
        {"of": 1, "moves": {"+": [["a", "b\u202e"]]}},
        {"of": 1, "moves": {"+": 7}},
        {"of": 1, "moves": "x"},
        {"of": 1, "moves": None},
    ],
)
def test_a_damaged_move_is_no_entry(fields: dict[str, Any]):
    """Not one that leads to itself, nor one whose pairs are no pairs of ids."""
    with pytest.raises(ValidationError):
        BODY.validate_json(
            json.dumps({"kind": "drafted", "version": 2, "made_by": "hand"} | fields)
        )


def test_a_batch_goes_on_from_a_draft_made_by_hand():
    """Versions of two records are numbered as one, and the roster that moves lead from comes."""
    lan, _ = two()
    lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=1)
    others = MemoryStore("")
    others.append(lambda _: [(Drafted(version=1, made_by="batch"), Roster())])

    found = _recorded([(others, others.entries()), (lan._store, [*lan.entries])], 1)
    live = LiveWeek(week(), MemoryStore("", found.entries, found.rosters))

    assert live.now.draft == lan.now.draft
    assert live.now.told == lan.now.told


def test_moves_are_told_in_tables(tmp_path: Path):
    """Each version with its draft, but only rosters that somebody may want."""
    lan, _ = two()
    lan.move(leaves("M0", "ana"), of=1)
    lan.move(comes("M0", "bob"), of=2)
    lan.name_draft("=B")

    files = write_record(tmp_path, lan.now, lan.entries, lan.roster_or_none)

    assert sorted(f.name for f in files if f.name.startswith("roster")) == [
        "roster-1.csv", "roster-3.csv", "roster-4.csv",
    ]  # fmt: skip
    lines = (tmp_path / "versions.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[2].startswith("2,draft,,")
    assert ",hand,1," in lines[2]
    assert lines[4].startswith("4,draft,'=B,")


def test_a_told_version_is_told_whatever_it_was_made_of():
    """A version made by moves is published as any other, and known by its number."""
    lan, minh = two()
    lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=1)
    publication = lan.publish()

    assert {n.volunteer_id for n in publication.notices} == {"ana", "bob"}
    assert isinstance(lan.entries[-1].body, Told)
    minh.refresh()
    assert minh.now.told == lan.roster_of(2)
    assert minh.undo(1).draft.made_by == "undo"
    assert Names(minh.files, "vi").say("entry.by_hand") == "sửa tay"


drafts = st.builds(
    lambda version, before, **fields: Drafted(
        version=version, of=max(0, version - before) or None, **fields
    ),
    st.integers(1, 6), st.integers(1, 8),
    made_by=st.sampled_from(get_args(MadeBy)),
    name=st.sampled_from(("", "B", "#2")),
    like=st.none() | st.integers(1, 9),
    after=st.none() | st.integers(1, 9),
    moves=st.lists(
        st.builds(Change, st.builds(Assignment, ids, ids), st.booleans()), max_size=3
    ).map(tuple),
)  # fmt: skip


others = st.one_of(
    st.builds(Dropped, name=st.sampled_from(("B", "#2"))),
    st.builds(NameChanged, name=st.sampled_from(("B", "#2")), to=st.sampled_from(("B", "C"))),
    st.builds(Held, name=st.sampled_from(("", "B")), on=st.just((Hold(shift_id="x"),))),
    st.builds(Revoked, entry=st.integers(1, 9)),
)


@given(st.lists(drafts | others, max_size=9), st.integers(0, 9), rosters)
def test_strange_records_of_moves_are_read(bodies: list[Any], cut: int, roster: Roster):
    """Versions that stand twice, lead nowhere, or undo what never was: read the same in parts."""
    at = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    entries = [RecordEntry(number=n, at=at, body=body) for n, body in enumerate(bodies, 1)]
    state = state_of(entries)
    assert state_of(entries, state_of(entries[:cut])) == state
    store = MemoryStore("", entries, dict.fromkeys(range(1, 7, 2), roster))
    found = Rosters(store)
    for number in state.versions:
        chain = [version.number for version in state.chain(number)]
        assert chain == sorted(chain, reverse=True)
        last = state.versions[chain[-1]].draft.of or chain[-1]
        is_kept = store.roster(last) is not None
        assert (found.find(number, state.versions) is not None) == is_kept


def test_moves_are_the_same_in_every_store(opened: Callable[..., SqlStore]):
    """Two connections to one record, also of PostgreSQL."""
    lan, minh = (LiveWeek(week(), opened(), who=who) for who in ("lan", "minh"))
    lan.publish(lan.draft(parse(TURNS)).number)
    minh.refresh()
    lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=1)
    merged = minh.move(leaves("M2", "cho"), of=1)
    undone = lan.step_back()

    assert [entry.who for entry in merged.merged] == ["lan"]
    again = LiveWeek(week(), opened())
    assert again.now.draft == lan.now.draft == parse("bob M M .\ncho . . M")
    assert again.roster_of(undone.version.number) == lan.roster_of(2)
    assert again.now.state == lan.now.state
