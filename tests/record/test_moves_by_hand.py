"""One move by hand at a time: its price, who was faster, what needs a yes, undo and redo."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from mornings import TURNS, fault_of, told, two, week

from shiftplan.analysis.candidates import comes, leaves
from shiftplan.errors import InputError
from shiftplan.problem.changes import Absence
from shiftplan.record import LiveWeek, ShiftAnswer
from shiftplan.record.sqlite import SqliteStore
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import draw, parse
from shiftplan.week.roster import Assignment, Change


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
