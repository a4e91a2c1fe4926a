"""One move by hand at a time: its price, who was faster, what needs a yes, what it leaves alone."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mornings import PRICES, QUICK, TURNS, fault_of, told, week
from pace import costly
from pydantic import ValidationError
from recording import ids, rosters

from shiftplan.analysis.candidates import comes, leaves
from shiftplan.batch.recorded import _recorded
from shiftplan.errors import InputError
from shiftplan.present.naming import Names
from shiftplan.problem.changes import Absence
from shiftplan.record import LiveWeek, RecordEvent, ShiftAnswer
from shiftplan.record.entries import (
    BODY,
    Drafted,
    Dropped,
    Held,
    Hold,
    MadeBy,
    RecordEntry,
    Revoked,
    Told,
)
from shiftplan.record.folding import state_of
from shiftplan.record.keeping import KEPT_DAYS
from shiftplan.record.memory import MemoryStore
from shiftplan.record.rosters import _KEPT, Rosters
from shiftplan.record.sql import SqlStore, _text
from shiftplan.record.sqlite import SqliteStore
from shiftplan.record.status import status_of
from shiftplan.record.tables import write_record
from shiftplan.scoring.check import check
from shiftplan.solving.solve import solve
from shiftplan.testing.pictures import draw, parse
from shiftplan.week.roster import Assignment, Change, Roster


def two(store: MemoryStore | None = None) -> tuple[LiveWeek, LiveWeek]:
    """Lan and Minh, who have both seen version 1 of one week, which is published."""
    store = store or MemoryStore()
    lan, minh = (LiveWeek(week(), store, who=who) for who in ("lan", "minh"))
    lan.publish(lan.draft(parse(TURNS)).number)
    minh.refresh()
    return lan, minh


def test_a_move_on_the_published_roster_makes_a_draft():
    """Bob works M0 instead of ana: as many seats, and the two share less evenly."""
    lan, _ = two()

    moved = lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=1, why="asked")

    (entry,) = lan.entries[2:]
    assert (entry.who, entry.why, entry.body.after, entry.body.of) == ("lan", "asked", 1, 1)
    assert draw(lan.files, lan.now.draft).split("\n")[0].split() == ["ana", ".", ".", "."]
    assert moved.version == lan.now.state.draft
    assert (moved.filled, moved.seats, moved.merged) == (3, 3, ())
    before, after = (check(lan.now.problem, lan.roster_of(v)).total for v in (1, 2))
    assert (moved.total, moved.effect.total) == (after, after - before)
    assert moved.effect.costs == {"fairness": after - before}


@pytest.mark.parametrize(
    ("theirs", "mine", "about"),
    [
        ([leaves("M0", "ana")], [leaves("M0", "ana")], "ana"),
        ([leaves("M0", "ana")], [comes("M1", "ana")], "ana"),
        ([leaves("M0", "ana")], [comes("M0", "bob")], "M0"),
        ([comes("M1", "ana")], [leaves("M1", "bob")], "M1"),
        ([leaves("M0", "ana"), comes("M2", "ana")], [leaves("M2", "cho")], "M2"),
        ([leaves("M0", "ana")], [leaves("M1", "bob")], None),
        ([comes("M2", "ana")], [leaves("M1", "bob")], None),
    ],
)
def test_who_was_faster_is_merged_or_named(
    theirs: list[Change], mine: list[Change], about: str | None
):
    """Moves of other people and other shifts stay both; else it says who did what, and nothing
    happens.
    """
    lan, minh = two()
    lan.move(*theirs, of=1)

    if about is None:
        moved = minh.move(*mine, of=1)
        both = lan.roster_of(1).after([*theirs, *mine])
        assert minh.now.draft == minh.roster_of(3) == both
        assert moved.merged == minh.entries[2:3]
        assert moved.total == check(minh.now.problem, both).total
        return
    before = minh.refresh().state.head
    with pytest.raises(InputError) as error:
        minh.move(*mine, of=1)

    code, said = fault_of(error)
    assert code == "conflicting_move"
    assert said.startswith(f"{about} was changed meanwhile by lan at ")
    assert "version 2 by hand: ana" in said
    assert minh.refresh().state.head == before


def test_what_was_moved_and_put_back_is_in_nobodys_way():
    """Ana left M0 and came back: minh, who saw neither, may move her."""
    lan, minh = two()
    lan.move(leaves("M0", "ana"), of=1)
    lan.step_back()

    moved = minh.move(leaves("M0", "ana"), comes("M1", "ana"), of=1)

    assert [entry.body.made_by for entry in moved.merged] == ["hand", "undo"]


def test_another_publication_meanwhile_is_in_the_way():
    """Version 2 was published, without ana's morning; whoever still sees version 1 is told so."""
    lan, minh = two()
    lan.publish(lan.draft(parse("ana . . .\nbob . M .\ncho . . M")).number, even_if_poor=True)

    with pytest.raises(InputError) as error:
        minh.move(leaves("M0", "ana"), comes("M1", "ana"), of=1)

    assert "version 2 published" in fault_of(error)[1]
    moved = minh.move(comes("M0", "ana"), of=minh.now.state.position("").number)
    assert moved.version.draft.after == 2


def test_breaking_a_hard_rule_needs_a_yes():
    """Ana may work one shift: two more are said to be too many, and are hers only with a yes."""
    live = LiveWeek(week(each={"ana": {"max_shifts": 1}}), who="lan")
    live.publish(live.draft(parse(TURNS)).number)
    changes = comes("M1", "ana"), comes("M2", "ana")

    with pytest.raises(InputError) as error:
        live.move(*changes, of=1)
    moved = live.move(*changes, of=1, anyway=True)

    assert [fault.code for fault in error.value.faults] == ["needs_yes"]
    assert "ana works 3 shifts, at most 1 allowed" in str(error.value)
    assert [found.rule.rule for found in moved.effect.broken] == ["max_shifts"]
    assert (moved.version.draft.cost, live.priced().breaches) == (None, 2)
    assert moved.total == check(live.now.problem, live.now.draft).total
    mended = live.move(leaves("M1", "ana"), leaves("M2", "ana"), of=2)
    assert mended.version.draft.cost == mended.total


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([comes("M0", "ana")], "duplicate_row"),
        ([leaves("M0", "bob")], "not_assigned"),
        ([comes("M9", "ana")], "unknown_id"),
        ([comes("M0", "zoe")], "unknown_id"),
        ([leaves("M9", "zoe")], "not_assigned"),
        ([leaves("M0", "ana"), comes("M0", "ana")], "duplicate_row"),
        ([comes("M1", "ana"), comes("M1", "ana")], "duplicate_row"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(changes: list[Change], code: str):
    """An assignment that is there or not there already, unknown ids, the same pair twice."""
    lan, _ = two()

    with pytest.raises(InputError) as error:
        lan.move(*changes, of=1)

    assert fault_of(error)[0] == code
    assert len(lan.refresh().state.versions) == 1


def test_the_first_move_of_all_begins_with_an_empty_roster():
    """Undo leads back to it."""
    live = LiveWeek(week(), who="lan")

    moved = live.move(comes("M0", "ana"), of=None)

    assert [entry.body.version for entry in live.entries] == [1, 2]
    assert (moved.version.number, moved.filled) == (2, 1)
    assert live.step_back().filled == 0
    assert fault_of_undo(live) == "no_version"


def fault_of_undo(live: LiveWeek) -> str:
    with pytest.raises(InputError) as error:
        live.step_back()
    return fault_of(error)[0]


def test_undo_and_redo_survive_a_restart(tmp_path: Path):
    """Twenty moves, all undone and done again by somebody who opens the record anew each time."""
    files = week()
    place = tmp_path / "record.db"

    def opened() -> LiveWeek:
        return LiveWeek(files, SqliteStore(place, "w"), who="lan")

    live, rosters = opened(), []
    live.publish(live.draft(parse(TURNS)).number)
    ways = itertools.cycle([comes("M1", "ana"), comes("M2", "ana")] * 2)
    for change in itertools.islice(ways, 20):
        rosters.append(live.roster)
        gone = leaves(*change.assignment)
        live.move(gone if change.assignment in live.roster else change, of=live.priced().number)
    rosters.append(live.roster)

    for before in reversed(rosters[:-1]):
        opened().step_back()
        assert opened().roster == before
    assert fault_of_undo(opened()) == "no_version"
    for after in rosters[1:]:
        opened().step_forward()
        assert opened().roster == after
    with pytest.raises(InputError, match="nothing to redo"):
        opened().step_forward()
    for before in reversed(rosters[:-1]):
        opened().step_back()
        assert opened().roster == before


def test_undo_of_what_is_impossible_by_now_needs_a_yes():
    """Ana fell ill after she was moved off her morning."""
    lan, _ = two()
    lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=1)
    lan.record(Absence(volunteer_id="ana"))

    with pytest.raises(InputError) as error:
        lan.step_back()
    moved = lan.step_back(anyway=True)

    assert fault_of(error)[0] == "needs_yes"
    assert lan.roster_of(moved.version.number) == lan.roster_of(1)


def test_a_new_move_ends_redo_and_undo_goes_over_plans():
    """What was undone is gone for redo once something else is done; a plan is undone as a move."""
    lan, _ = two()
    lan.move(leaves("M0", "ana"), of=1)
    lan.step_back()
    planned = lan.draft(parse("ana M M M\nbob . . .\ncho . . ."), "plan")
    assert planned.forward is None

    back = lan.step_back(of=planned.number)
    assert lan.now.draft == lan.roster_of(1)
    assert lan.step_forward().version.draft.like == planned.number
    with pytest.raises(InputError) as error:
        lan.step_back(of=back.version.number)
    assert fault_of(error)[0] == "conflicting_move"


def test_a_named_draft_is_no_draft_of_commands_until_it_is_published():
    """The main draft is untouched by moves in it; publishing its version by number works."""
    lan, _ = two()
    begun = lan.name_draft("  Phương án\nB ")
    moved = lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=begun.number, name="Phương án B")

    assert [*lan.now.state.drafts] == ["Phương án B"]
    assert (lan.now.state.draft, lan.now.draft) == (None, None)
    lan.publish(moved.version.number)
    assert lan.now.told == lan.roster_of(3)
    assert [*lan.now.state.drafts] == ["Phương án B"]
    lan.drop_draft("Phương án B")
    assert [*lan.now.state.drafts] == []
    assert isinstance(lan.entries[-1].body, Dropped)
    with pytest.raises(InputError, match="no open draft named “B”"):
        lan.move(leaves("M0", "bob"), of=3, name="B")


def test_a_move_in_an_outdated_draft_leaves_it_outdated():
    """Something else was published since it began; its differences can still be taken over."""
    lan, _ = two()
    begun = lan.name_draft("B").number
    lan.publish(lan.draft(parse("ana . . M\nbob . M .\ncho M . .")).number)

    moved = lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=begun, name="B")

    assert moved.version.draft.after == 1
    with pytest.raises(InputError) as error:
        lan.publish(moved.version.number)
    assert fault_of(error)[0] == "outdated"
    taken = lan.take(moved.version.number, of=3)
    assert (taken.version.draft.after, lan.now.draft) == (3, lan.roster_of(moved.version.number))


def test_what_is_taken_over_is_what_was_seen():
    """Minh has not seen that cho lost a morning; it stays lost when bob's difference comes."""
    lan, minh = two()
    other = lan.name_draft("B").number
    other = lan.move(leaves("M1", "bob"), of=other, name="B").version.number
    minh.refresh()
    lan.move(leaves("M2", "cho"), of=1)

    taken = minh.take(other, of=1)

    assert taken.changes == (leaves("M1", "bob"),)
    assert minh.now.draft == parse("ana M . .")
    assert [entry.who for entry in taken.merged] == ["lan"]


@pytest.mark.parametrize("name", ["", "  ", "#2", "x" * 81, "B"])
def test_a_name_of_a_draft_is_short_and_its_own(name: str):
    """Empty, too long, one of proposals, or taken."""
    lan, _ = two()
    lan.name_draft("B")

    with pytest.raises(InputError) as error:
        lan.name_draft(name)

    assert fault_of(error)[0] == "invalid_value"


def test_differences_of_another_draft_are_taken_over_singly_or_whole():
    """First only bob's, then the rest."""
    lan, _ = two()
    number = lan.name_draft("B").number
    swap = leaves("M0", "ana"), comes("M0", "bob"), leaves("M1", "bob"), comes("M1", "ana")
    swapped = lan.move(*swap, of=number, name="B").version.number

    one = lan.take(swapped, people=["bob"], of=1)
    rest = lan.take(swapped, changes=[leaves("M0", "ana")], of=one.version.number)
    lan.take(swapped, of=rest.version.number)

    assert {c.assignment.volunteer_id for c in one.changes} == {"bob"}
    assert rest.changes == (leaves("M0", "ana"),)
    assert lan.now.draft == lan.roster_of(swapped)
    assert lan.entries[-1].body.like == swapped
    with pytest.raises(InputError, match="nothing to take over"):
        lan.take(swapped, of=None if lan.now.state.draft is None else lan.now.state.draft.number)


def test_a_promise_that_a_move_breaks_stays_one():
    """Ana confirmed: moving her off is a breach that publishing names, and the week is the same."""
    lan, _ = two()
    answer = ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="confirmed")
    lan.record(answers=[answer])
    problem = lan.now.problem

    with pytest.raises(InputError) as error:
        lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=1)
    lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=1, anyway=True)

    assert fault_of(error)[0] == "needs_yes"
    assert lan.now.problem is problem
    with pytest.raises(InputError) as error:
        lan.publish()
    assert fault_of(error)[0] == "not_to_be_told"


def test_what_a_plan_let_go_stays_let_go_when_it_is_moved():
    """A plan knew that ana had confirmed and gave her morning up: moves bring no pin back."""
    live = told()
    live.record(answers=[ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="confirmed")])
    live.draft(parse("ana . M .\nbob M . .\ncho . . M"), "plan")
    let_go = live.now.let_go

    live.move(leaves("M2", "cho"), of=2)

    assert let_go == live.now.let_go == {Assignment("M0", "ana")}
    assert live.now.promised == frozenset()


def test_a_proven_bound_holds_for_moves_until_the_week_changes():
    """It goes with moves, a publication, promises and absences; what brings more ends it."""
    live = LiveWeek(week(), who="lan")
    planned = live.plan(**QUICK).version
    assert planned is not None
    bound = planned.draft.bound
    assert bound is not None

    def moved() -> int | None:
        price = live.priced()
        change = next(iter(price.roster.assignments))
        return live.move(leaves(*change), of=price.number, anyway=True).version.draft.bound

    assert moved() == bound
    live.step_back()
    live.publish()
    assert moved() == bound
    live.step_back()
    pair = live.now.told.assignments[0]
    live.record(answers=[ShiftAnswer(volunteer_id=pair[1], shift_id=pair[0], answer="confirmed")])
    assert moved() == bound
    live.step_back()
    free = next(who for who in ("ana", "bob", "cho") if who != pair[1])
    (absence,) = live.record(Absence(volunteer_id=free))
    assert moved() == bound
    live.step_back(anyway=True)
    live.record(Absence(volunteer_id=pair[1]))  # who has promised to come
    assert moved() is None
    live.step_back(anyway=True)
    live.revoke(absence.number)
    assert moved() is None


def test_what_any_search_has_proven_is_known_of_every_draft():
    """A roster from elsewhere, and a proposal that is taken over."""
    live = LiveWeek(week(), who="lan")
    live.draft(parse("ana . . .\nbob . M ."))
    assert live.bound_of(live.now.state.draft) is None
    made = live.plan(as_proposal=True, **QUICK)
    assert made.version is not None
    bound = made.version.draft.bound
    assert bound is not None
    assert live.bound_of(live.now.state.draft) == bound

    taken = live.take(made.version.number, of=1)

    assert taken.version.draft.bound == bound == taken.total


_EVENTS = st.lists(
    st.sampled_from(["publish", "ana", "bob", "cho", "yes", "no", "back", "plan"]), max_size=5
)


@costly(0.15)
@given(events=_EVENTS, is_stable=st.booleans())
def test_no_known_bound_is_above_the_best_roster(events: list[str], is_stable: bool):
    """Whatever happened since a search proved it: the week as it is now is solved anew."""
    stability = [{"rule": "stability", "level": 1, "weight": 3}] if is_stable else []
    live = LiveWeek(week(rules=(*PRICES, *stability)), who="lan")
    live.plan(**QUICK)
    for event in events:
        state = live.now.state
        with suppress(InputError, IndexError):  # IndexError: nobody is in the roster
            if event == "publish":
                live.publish(even_if_poor=True)
            elif event == "plan":
                live.plan(**QUICK)
            elif event == "back":
                live.revoke(max(state.changed, default=0))
            elif event in ("yes", "no"):
                pair = live.roster.assignments[0]._asdict()
                said = "confirmed" if event == "yes" else "declined"
                live.record(answers=[ShiftAnswer(**pair, answer=said)])
            else:
                live.record(Absence(volunteer_id=event))

    bound = live.bound_of(live.now.state.draft or live.now.state.told)
    best = solve(live.now.problem, **QUICK)

    assert bound is None or best.total.cost is None or bound <= best.total.cost


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
    lan.drop_draft("B")

    assert [event.event for event in heard] == ["moved", "moved", "dropped"]
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


def test_the_status_lists_open_drafts():
    """Beside the main one, in both languages; what is held is no news of the week."""
    lan, _ = two()
    assert status_of(lan.now, lan.entries).drafts_said is None
    lan.name_draft("B")
    lan.hold(Hold(volunteer_id="ana"), name="B")
    assert lan.improve("B", **QUICK).version is not None

    status = status_of(lan.now, lan.entries)

    english, vietnamese = (Names(lan.files, lang).say(status.drafts_said) for lang in ("en", "vi"))
    assert english == "Other open drafts: “B” (version 2), proposal (version 3)"
    assert vietnamese == "Bản nháp khác đang mở: “B” (phiên bản 2), đề xuất (phiên bản 3)"
    assert status.since == ()


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
