"""What is no fault of a week but worth a look: what counts for nothing, and doubtful times."""

from __future__ import annotations

import datetime as dt

import pytest

from shiftplan.errors import Fault, OtherRow
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem
from shiftplan.problem.notes import find_notes
from shiftplan.rules import AnyRule, Preferences, Wish, WishEquality
from shiftplan.testing.pictures import plan
from shiftplan.week.records import Availability, Shift
from shiftplan.week.requirements import Requirement
from shiftplan.week.wishes import Preference


def notes(problem: Problem) -> list[tuple[str, str]]:
    return [(note.table, note.code) for note in find_notes(problem)]


def test_a_whole_week_has_none() -> None:
    """People, shifts, and somebody who is needed."""
    needs = (Requirement(shift_id="M0", target=1),)

    assert notes(plan("M", "ana", 1, requirements=needs)) == []


def test_empty_tables_are_told() -> None:
    """Nobody is needed, or nobody is there: a roster is found, but says nothing."""
    week = plan("M", "ana", 1, requirements=())

    assert notes(week) == [("requirements", "missing_value")]
    nobody = week.model_copy(update={"volunteers": (), "availability": ()})
    assert notes(nobody) == [("volunteers", "missing_value"), ("requirements", "missing_value")]


@pytest.mark.parametrize(
    ("rules", "told"),
    [([Wish(level=2)], True), ([Preferences(level=2)], False), ([WishEquality(level=2)], False)],
)
def test_preferences_that_no_rule_reads_are_told(rules: list[AnyRule], told: bool) -> None:
    """Wishes in a table count only by a rule; who fills it in believes that they do."""
    wish = Preference(volunteer_id="ana", shift_id="M0", state="against")
    week = plan("M", "ana", 1, rules=rules, requirements=NEEDED, preferences=[wish])

    found = list(find_notes(week))

    assert [(f.code, f.table) for f in found] == [("missing_value", "rules")] * told
    if told:
        assert "nguyện vọng ghi ở đó không được tính" in fault_text(found[0], "vi")
        assert "bảng rules, với mức 2 và trọng số 20." in fault_text(found[0], "vi")


NEEDED = (Requirement(shift_id="M0", target=1),)


def with_window(*times: tuple[str, str]) -> list[Fault]:
    """Make the notes of a week whose person has windows from and to such times."""
    day = dt.datetime(2026, 12, 7)
    windows = []
    for number, (start, end) in enumerate(times):
        first, last = (dt.timedelta(hours=int(t[:2]), minutes=int(t[3:])) for t in (start, end))
        shift = dt.timedelta(days=2 * number)
        last += dt.timedelta(days=last <= first)
        window = {"start": day + shift + first, "end": day + shift + last}
        windows.append(Availability(volunteer_id="ana", **window))
    week = plan("M", "ana", 7, requirements=NEEDED)
    found = find_notes(week.model_copy(update={"availability": tuple(windows)}))
    return [note for note in found if note.code != "nobody_can_come"]  # most are no shift's


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("11:30", "07:30", "20"),
        ("20:00", "08:01", "12.02"),
        ("00:01", "00:00", None),  # until midnight
        ("07:00", "24:00", None),
        ("20:00", "08:00", None),
        ("22:00", "07:00", None),
        ("07:00", "21:00", None),
        ("07:00", "07:00", None),  # a whole day
    ],
)
def test_times_that_may_be_swapped_are_told(start: str, end: str, hours: str | None) -> None:
    """An end before the start is one of the next day; more than half a day is told."""
    found = with_window((start, end))

    assert [(f.code, f.table, f.index, f.column, f.value) for f in found] == (
        [] if hours is None else [("reversed_interval", "availability", 0, "end", end)]
    )
    if hours is not None:
        assert f"to {end} are {hours} hours" in str(found[0].message)
        assert f"đến {end} là {hours.replace('.', ',')} giờ" in fault_text(found[0], "vi")


def test_times_that_may_be_swapped_are_told_once_a_table() -> None:
    """A ward has such a shift every night: one note, with the number of rows."""
    found = with_window(("08:00", "09:00"), ("17:00", "07:00"), ("17:00", "06:00"))

    assert [f.index for f in found] == [1]
    assert "2 rows of this table last more than 12 hours over midnight" in str(found[0].message)
    assert "2 dòng của bảng này dài hơn 12 giờ" in fault_text(found[0], "vi")


def test_shifts_whose_times_may_be_swapped_are_told() -> None:
    """So are shifts."""
    start = dt.datetime(2026, 12, 7, 11, 30)
    shift = Shift(shift_id="M0", center_id="home", start=start, end=start + dt.timedelta(hours=20))
    week = plan("M", "ana", 1, requirements=NEEDED)

    *_, found = find_notes(week.model_copy(update={"shifts": (shift,)}))

    assert (found.table, found.index) == ("shifts", 0)


def with_shifts(*changes: dict[str, object]) -> list[Fault]:
    """Make the notes of a week in which a shift has copies, each changed in some way."""
    week = plan("M", "ana", 1, requirements=NEEDED)
    (shift,) = week.shifts
    copies = [shift.model_copy(update={"shift_id": f"C{i}"} | c) for i, c in enumerate(changes)]
    return list(find_notes(week.model_copy(update={"shifts": (shift, *copies)})))


def test_a_shift_that_ends_at_its_start_is_told() -> None:
    """Unless most shifts last 24 hours, or it runs from midnight to midnight."""
    nine, day = dt.datetime(2026, 12, 7, 9), dt.timedelta(days=1)
    turn, midnight = {"start": nine, "end": nine + day}, dt.datetime(2026, 12, 7)

    told = [n for n in with_shifts(turn, {"type": "a"}) if n.code == "reversed_interval"]

    assert [(note.index, note.column, note.value) for note in told] == [(1, "end", "09:00")]
    assert "starts and ends at 09:00, so it lasts 24 hours" in str(told[0].message)
    for others in ((turn, turn), ({"start": midnight, "end": midnight + day}, {"type": "a"})):
        assert "reversed_interval" not in {note.code for note in with_shifts(*others)}


def test_wishes_stated_twice_are_told() -> None:
    """Both count, since a team lead may wish for what the person does not."""
    wish = Preference(volunteer_id="ana", shift_id="M0", state="against")
    others = [wish, wish.model_copy(update={"state": "for", "weight": 2})]
    week = plan("M", "ana bob", 1, rules=[Preferences()], requirements=NEEDED)
    other = wish.model_copy(update={"volunteer_id": "bob"})

    found = list(find_notes(week.model_copy(update={"preferences": (wish, other, *others)})))

    assert [(f.code, f.index, f.value) for f in found] == [
        ("duplicate_row", 2, "against"),
        ("duplicate_row", 3, "for"),
    ]
    assert found[0].sentence == "the person states this wish more than once (preferences[0])"
    assert found[1].sentence == "an earlier row states the opposite wish (preferences[0])"
    assert "cộng trọng số" in fault_text(found[1], "vi")


def test_a_shift_that_was_entered_twice_is_told() -> None:
    """Under two ids: everybody who is needed there is looked for twice."""
    (note,) = with_shifts({})

    assert (note.code, note.table, note.column, note.value) == (
        "duplicate_row",
        "shifts",
        "shift_id",
        "C0",
    )
    assert note.sentence == "M0 has the same center, date, times and type (shifts[0])"
    assert "ca M0 có cùng trung tâm, ngày, giờ và loại (mục 1)" in fault_text(note, "vi")
    assert "[" not in fault_text(note, "vi").split("C0")[1]


def test_shifts_that_were_entered_twice_are_told_once() -> None:
    """A week that was pasted twice: the first shift, with how many there are."""
    (note,) = with_shifts({}, {})

    assert (note.index, note.other) == (1, OtherRow(0))
    assert str(note.message).startswith("2 shifts are the same as an earlier one; M0 has")
    assert "có 2 ca giống một ca phía trên; ca M0 có" in fault_text(note, "vi")


def test_shifts_side_by_side_that_differ_are_fine() -> None:
    """A desk for a language, another type or tag, another hour, another place."""
    later = dt.datetime(2026, 12, 7, 23)

    assert (
        with_shifts(
            {"skill_id": "khmer"},
            {"type": "desk"},
            {"tags": ("desk",)},
            {"end": later},
            {"center_id": "away"},
        )
        == []
    )
