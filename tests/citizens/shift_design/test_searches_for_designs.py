"""How a design is searched for: until it is proven, until somebody stops it, with what options."""

from __future__ import annotations

import signal
import threading

import pytest
from hours import kind, need, shown, week

from shiftplan.citizens import design
from shiftplan.citizens.shift_design import task
from shiftplan.errors import InputError

FOUR = kind("08:00", "10:00", 240)
STAIRS = [
    need("1 08:00", "1 10:00", 2),
    need("1 10:00", "1 12:00", 3),
    need("1 12:00", "1 14:00", 1),
]
MISSING = 2 * 200 + 3 * 200 + 200
"""What it costs that nobody comes."""


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("step", 4),
        ("step", 1441),
        ("step", 30.5),
        ("period", 0),
        ("seed", -1),
        ("workers", 0),
        ("time_limit", -1),
        ("time_limit", float("nan")),
        ("policy", {"short_price": 3}),
        ("cancel", 3),
    ],
)
def test_options_out_of_range_are_refused(option, value):
    with pytest.raises(InputError) as caught:
        design(week(STAIRS, [FOUR]), **{option: value})

    (fault,) = caught.value.faults
    assert fault.column == option
    assert option in str(fault.message)


def test_a_first_design_is_found_without_any_time():
    found = design(week(STAIRS, [FOUR]), time_limit=0, workers=1)

    assert found.shifts
    assert 0 < found.bound <= found.cost < MISSING


@pytest.mark.parametrize("limit", [None, 20])
def test_a_small_design_is_proven_with_a_limit_and_without(limit):
    found = design(week(STAIRS, [FOUR]), time_limit=limit, workers=1)

    assert shown(found) == ["c 1 08:00-12:00 2", "c 1 10:00-14:00 1"]
    assert (found.cost, found.bound, found.status, found.stopped_by) == (400, 400, "OPTIMAL", None)


def test_nobody_is_in_a_shift_when_it_is_stopped_before_it_begins():
    stop = threading.Event()
    stop.set()

    found = design(week(STAIRS, [FOUR]), cancel=stop, workers=1)

    assert (found.shifts, found.cost, found.bound) == ((), MISSING, 0)
    assert (found.status, found.stopped_by, found.gap) == ("FEASIBLE", "interrupt", 1.0)
    assert found.problem.shifts == ()


def test_what_was_found_is_kept_when_it_is_stopped_while_it_runs(monkeypatch):
    """Of two centers the first is searched; then somebody stops it."""
    stop = threading.Event()
    rows = [{**row, "center_id": name} for name in "cd" for row in STAIRS]
    begin = task.DesignPart.begin

    def once(part, *told):
        begin(part, *told)
        stop.set()

    monkeypatch.setattr(task.DesignPart, "begin", once)

    found = design(week(rows, [FOUR], centers="cd"), cancel=stop, workers=1)

    assert len({shift.center_id for shift in found.shifts}) == 1
    assert (found.cost, found.status, found.stopped_by) == (MISSING + 400, "FEASIBLE", "interrupt")
    assert 0 < found.bound <= 400


def test_ctrl_c_ends_a_search_with_what_it_has(monkeypatch):
    search = task.search

    def interrupted(parts, limits):
        signal.raise_signal(signal.SIGINT)
        search(parts, limits)

    monkeypatch.setattr(task, "search", interrupted)

    found = design(week(STAIRS, [FOUR]), workers=1)

    assert (found.cost, found.stopped_by) == (MISSING, "interrupt")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_same_seed_finds_the_same_design():
    """Both times are as good as each other, for an hour that each of them covers."""
    rows = [need("1 08:00", "1 14:00", 0), need("1 10:00", "1 12:00", 3)]
    problem = week(rows, [FOUR], days=1)

    one, other = (design(problem, seed=3, workers=2) for _ in range(2))

    assert one.shifts == other.shifts
    assert one.problem == other.problem


def test_a_design_needs_somebody_to_be_needed():
    for rows in ([], [need("1 08:00", "1 12:00", 0)]):
        with pytest.raises(InputError) as caught:
            design(week(rows, [FOUR]))

        assert [fault.code for fault in caught.value.faults] == ["nothing_to_staff"]


def test_types_in_a_row_about_a_time_are_refused():
    """Its shifts are still to be found."""
    late = {"shift_id": "s", "center_id": "c", "type": "late"}
    late |= {"start": "2026-03-02T08:00", "end": "2026-03-02T12:00"}
    row = need("1 08:00", "1 12:00", 1, shifts=["late"])

    with pytest.raises(InputError) as caught:
        design(week([row], [FOUR], shifts=[late]))

    (fault,) = caught.value.faults
    assert (fault.table, fault.index, fault.column, fault.value) == (
        "requirements",
        0,
        "shifts",
        "late",
    )


def test_everybody_is_missing_where_no_type_fits_the_opening_hours():
    found = design(week(STAIRS, [kind("13:00", "13:00", 240)]), workers=1)

    assert (found.shifts, found.cost, found.status) == ((), MISSING, "OPTIMAL")


def test_a_week_without_types_has_shifts_on_half_hours():
    """They last two to eight hours, and the first begins when the center opens."""
    rows = [need("1 08:30", "1 11:00", 1)]

    found = design(week(rows, [], {"time_price": 1}), workers=1)

    assert shown(found) == ["c 1 08:30-11:00 1"]
    lengths = {candidate.time.length for candidate in found.task.centers["c"].candidates}
    assert lengths == {120, 150}


def test_what_shifts_require_counts_where_no_row_about_a_time_speaks_of_such_people():
    """One head all the time instead of the two of the shift, and its holder of a."""
    shift = {"shift_id": "s", "center_id": "c"}
    shift |= {"start": "2026-03-02T08:00", "end": "2026-03-02T12:00"}
    rows = [
        need("1 08:00", "1 12:00", 1),
        {"shift_id": "s", "target": 2},
        {"shift_id": "s", "target": 1, "skill_id": "a"},
    ]

    found = design(week(rows, [FOUR], shifts=[shift]), workers=1)

    assert [(n.skill_id, n.target) for n in found.problem.requirements] == [(None, 1), ("a", 1)]


def test_what_is_needed_comes_from_shifts_where_no_row_is_about_a_time():
    """Two shifts overlap in an hour, in which the people of both are needed."""
    shifts = [
        {"shift_id": "s", "center_id": "c", "start": "2026-03-02T08:00", "end": "2026-03-02T10:00"},
        {"shift_id": "t", "center_id": "c", "start": "2026-03-02T09:00", "end": "2026-03-02T12:00"},
    ]
    rows = [{"shift_id": "s", "target": 1}, {"shift_id": "t", "target": 2, "minimum": 1}]

    found = design(week(rows, [FOUR], shifts=shifts), workers=1)

    needs = [(one.need.span, one.need.minimum, one.need.target) for one in found.score.cover]
    assert needs == [((480, 540), 0, 1), ((540, 600), 1, 3), ((600, 720), 1, 2)]
