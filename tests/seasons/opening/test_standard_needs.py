"""Standard needs become requirements: which rows compete, which add up, and what is refused."""

from __future__ import annotations

import pytest
from timetables import BORDER, ISLE, TOWN, days, hours, made

from shiftplan import InputError
from shiftplan.seasons.opening import StandardNeed, make_requirements
from shiftplan.seasons.opening.rows import MOST_ROWS
from shiftplan.week.records import Center, Shift

CENTERS = (TOWN, ISLE, BORDER)
SHIFTS = made(
    [
        hours("7-11", on="mon|tue", session="am"),
        hours("13-17", on="mon", session="pm", type="late"),
    ],
    CENTERS,
).shifts


def need(
    target: int, where: str = "", on: str = "", shifts: str = "", **more: object
) -> StandardNeed:
    return StandardNeed(where=where, days=days(on), shifts=shifts, target=target, **more)


def wanted(rows: list[StandardNeed], center: str = "T") -> list[str]:
    """Shift and target, with skill and level, of a center's requirements."""
    found = make_requirements(rows, CENTERS, SHIFTS).requirements
    own = (r for r in found if r.shift_id.startswith(center))
    return [
        f"{r.shift_id[2:]} {r.target}" + (f" {r.skill_id} {r.min_level}" if r.skill_id else "")
        for r in own
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([need(3)], ["1207-am 3", "1207-pm 3", "1208-am 3"]),
        # A type before all, a center before its type, a date before everything.
        ([need(3), need(4, "phường")], ["1207-am 4", "1207-pm 4", "1208-am 4"]),
        ([need(5, "T"), need(4, "phường")], ["1207-am 5", "1207-pm 5", "1208-am 5"]),
        ([need(5, "T"), need(1, on="+1")], ["1207-am 5", "1207-pm 5", "1208-am 1"]),
        # Weekdays before every day, then rows that name shifts.
        ([need(5, on="mon"), need(4)], ["1207-am 5", "1207-pm 5", "1208-am 4"]),
        ([need(5, shifts="pm"), need(4)], ["1207-am 4", "1207-pm 5", "1208-am 4"]),
        ([need(5, shifts="late"), need(4)], ["1207-am 4", "1207-pm 5", "1208-am 4"]),
        ([need(5, shifts="pm"), need(4, on="mon")], ["1207-am 4", "1207-pm 4"]),
        # Skills and levels add up; a target of 0 is nobody.
        (
            [need(3, shifts="pm"), need(1, skill_id="khmer"),
             need(2, skill_id="khmer", min_level=2)],
            ["1207-am 1 khmer 1", "1207-am 2 khmer 2", "1207-pm 3", "1207-pm 1 khmer 1",
             "1207-pm 2 khmer 2", "1208-am 1 khmer 1", "1208-am 2 khmer 2"],
        ),
        ([need(3), need(0, "phường", "tue")], ["1207-am 3", "1207-pm 3"]),
        # Equally close rows that agree are one; the level is 1 unless told.
        ([need(3), need(3, on="")], ["1207-am 3", "1207-pm 3", "1208-am 3"]),
        (
            [need(1, skill_id="khmer"), need(1, skill_id="khmer", min_level=1)],
            ["1207-am 1 khmer 1", "1207-pm 1 khmer 1", "1208-am 1 khmer 1"],
        ),
    ],
)  # fmt: skip
def test_the_closest_row_about_an_ability_holds(rows: list[StandardNeed], found: list[str]) -> None:
    """For shifts of a center of type phường."""
    assert wanted(rows) == found


def test_minimum_and_reason_come_along() -> None:
    """And the row of each requirement is known."""
    row = need(3, "I", minimum=2, reason="market day")
    found = make_requirements([need(0), row], CENTERS, SHIFTS)

    assert {(r.minimum, r.target, r.reason) for r in found.requirements} == {(2, 3, "market day")}
    assert set(found.rows) == {1}
    assert {r.shift_id[0] for r in found.requirements} == {"I"}


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ([need(3), need(4)], "target"),
        ([need(3, on="mon|tue"), need(4, on="mon")], "target"),
        ([need(3, "island"), need(4, "border")], "target"),
        ([need(3, minimum=1), need(3, minimum=2)], "minimum"),
        ([need(3, shifts="am"), need(4, shifts="am|pm")], "target"),
    ],
)
def test_equally_close_rows_that_disagree_are_refused(
    rows: list[StandardNeed], column: str
) -> None:
    """Both rows are told, once for all shifts."""
    with pytest.raises(InputError) as refused:
        make_requirements(rows, [BORDER], made([hours("7-11", session="am")], [BORDER]).shifts)

    (fault,) = refused.value.faults
    assert (fault.code, fault.column, fault.index) == ("contradicting_rows", column, 1)
    assert fault.other is not None
    assert fault.other.index == 0


def test_typed_shifts_are_meant_by_type_tag_and_end_of_id() -> None:
    """Shifts need not be made from opening hours; of a center that is not there none is meant."""
    start, end = SHIFTS[0].start, SHIFTS[0].end
    typed = [
        Shift(shift_id="T-x-am", center_id="T", start=start, end=end),
        Shift(shift_id="am", center_id="T", start=start, end=end),
        Shift(shift_id="s3", center_id="T", start=start, end=end, tags=("am",)),
        Shift(shift_id="ham", center_id="T", start=start, end=end),
        Shift(shift_id="x-am", center_id="nowhere", start=start, end=end),
    ]
    found = make_requirements([need(1, shifts="am")], [TOWN], typed)

    assert [r.shift_id for r in found.requirements] == ["T-x-am", "am", "s3"]


def test_many_rows_are_refused() -> None:
    """One fault for the table."""
    with pytest.raises(InputError, match="the limit of 50,000"):
        make_requirements([need(1)] * (MOST_ROWS + 1), [Center(center_id="T")], ())


def test_people_who_hold_further_skills_are_counted_beside() -> None:
    """Speakers, and speakers who know the portal: two requirements of a shift, which add up."""
    speakers = {"skill_id": "khmer", "shifts": "pm"}
    rows = [need(2, **speakers), need(1, **speakers, with_skills="portal:2")]

    found = make_requirements(rows, [TOWN], SHIFTS).requirements

    assert [(r.target, r.with_skills) for r in found] == [(2, ()), (1, ("portal:2",))]
