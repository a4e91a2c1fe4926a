"""Named drafts, what is taken over from another version, and bounds that hold for every draft."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mornings import PRICES, QUICK, fault_of, two, week
from pace import costly

from shiftplan.analysis.candidates import comes, leaves
from shiftplan.errors import InputError
from shiftplan.present.naming import Names
from shiftplan.problem.changes import Absence
from shiftplan.record import LiveWeek, ShiftAnswer
from shiftplan.record.entries import Dropped, Hold
from shiftplan.record.status import status_of
from shiftplan.solving.solve import solve
from shiftplan.testing.pictures import parse


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


def test_a_renamed_draft_keeps_its_moves_and_holds():
    """Undo leads back through them, and who has not seen the new name is told what others did."""
    lan, minh = two()
    begun = lan.name_draft("B").number
    moved = lan.move(leaves("M0", "ana"), comes("M0", "bob"), of=begun, name="B")
    lan.hold(Hold(volunteer_id="cho"), name="B")

    lan.rename_draft("B", " Phương án\nC ")
    minh.refresh()

    state = minh.now.state
    assert [*state.drafts] == ["Phương án C"]
    assert state.holds == {"Phương án C": (Hold(volunteer_id="cho"),)}
    with pytest.raises(InputError, match="lan"):
        minh.move(leaves("M0", "bob"), of=begun, name="Phương án C")
    assert minh.step_back("Phương án C", of=moved.version.number).changes
    with pytest.raises(InputError, match="no open draft named “B”"):
        minh.rename_draft("B", "D")


@pytest.mark.parametrize("name", ["", "  ", "#2", "x" * 81, "C"])
def test_a_new_name_of_a_draft_is_fit_as_a_first_one_is(name: str):
    """Otherwise the draft keeps its own."""
    lan, _ = two()
    lan.name_draft("B")
    lan.name_draft("C")

    with pytest.raises(InputError) as error:
        lan.rename_draft("B", name)

    assert fault_of(error)[0] == "invalid_value"
    assert [*lan.now.state.drafts] == ["B", "C"]


def test_a_proposal_is_never_renamed():
    """Its name is the mark that no command means it."""
    lan, _ = two()
    made = lan.plan(as_proposal=True, **QUICK)
    assert made.version is not None

    with pytest.raises(InputError) as error:
        lan.rename_draft(made.version.draft.name, "B")

    assert fault_of(error)[0] == "no_version"


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
