"""Messages as they stand in a chat."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shiftplan import Center, Problem, Requirement, Roster, Shift
from shiftplan.present import messages
from shiftplan.present.handouts import Owner
from shiftplan.testing.pictures import parse, plan

ANA, BOB = Owner("volunteer", "ana"), Owner("volunteer", "bob")
HOME, FAR = Owner("center", "home"), Owner("center", "far")
FIRST = parse("ana M A\nbob M .")


def week(**fields: Any) -> Problem:
    centers = (
        Center(center_id="home", name="Xã Định Hòa", type="xã"),
        Center(center_id="far", name="Far"),
    )
    each = {"ana": {"name": "Đặng\nThị An"}, "bob": {"name": "Bùi Văn Ba"}}
    needs = (Requirement(shift_id="M0", target=3), Requirement(shift_id="A0", target=1))
    values = {"centers": centers, "each": each, "requirements": needs, **fields}
    return plan("MA", "ana bob", **values)


def test_a_person_reads_day_part_center_and_team_mates() -> None:
    """In Vietnamese the kind of unit is small inside the sentence; names are on one line."""
    text = messages(week(), FIRST, lang="vi")[ANA]

    assert text.splitlines() == [
        "Chào Đặng Thị An,",
        "lịch trực của bạn từ thứ Hai 07/12 đến Chủ nhật 13/12 (2 ca):",
        "- Thứ Hai 07/12, sáng (07:00–11:00), xã Định Hòa, cùng Bùi Văn Ba",
        "- Thứ Ba 08/12, chiều (13:00–17:00), xã Định Hòa, một mình",
        "Nếu không đến được, bạn hãy báo sớm cho điều phối viên nhé. Cảm ơn bạn!",
    ]


@pytest.mark.parametrize(
    ("hours", "kind", "part"),
    [
        ((17, 20), "", "evening"),
        ((16, 20), "Evening", "evening"),
        ((10, 14), "trưa", "midday"),
        ((10, 14), "Christmas hampers", "midday"),
        ((22, 30), "", "night"),
        ((7, 17), "", "all day"),
    ],
)
def test_the_type_of_a_shift_or_most_of_its_hours_name_the_part_of_the_day(
    hours: tuple[int, int], kind: str, part: str
) -> None:
    """A shift from 17:00 to 20:00 is not in the afternoon."""
    start, end = (dt.datetime(2026, 12, 7) + dt.timedelta(hours=hour) for hour in hours)
    shift = Shift(shift_id="s", center_id="home", start=start, end=end, type=kind)
    tables = dict.fromkeys(("availability", "requirements", "demand", "services"), ())
    problem = week().model_copy(update={"shifts": (shift,), **tables})
    roster = Roster.of([("s", "ana")])

    assert f", {part} (" in messages(problem, roster)[ANA]


def test_one_shift_is_no_number_in_brackets() -> None:
    """Nobody reads `your shifts (1 in all)`, nor that `1 other shifts` stay."""
    one = messages(week(), parse("ana M .\nbob . ."))[ANA]
    kept = messages(week(), parse("ana M A\nbob . ."), before=parse("ana M .\nbob . ."))[ANA]

    assert "you have one shift from Mon 07 Dec to Sun 13 Dec:" in one
    assert "Your other shift stays as it was." in kept


def test_a_person_without_shifts_is_told_so() -> None:
    """Nobody waits for a message that never comes."""
    text = messages(week(), Roster())[ANA]

    assert text == (
        "Hello Đặng Thị An,\nyou have no shift from Mon 07 Dec to Sun 13 Dec. Thank you!\n"
    )


def test_namesakes_in_a_team_are_told_apart_by_their_ids() -> None:
    """A center whose two people have one name reads both ids; so does who works beside one."""
    text = messages(week(each={"ana": {"name": "Lan"}, "bob": {"name": "Lan"}}), FIRST)

    assert "07:00–11:00): Lan (ana), Lan (bob)" in text[HOME]
    assert "Lan (bob)" in text[ANA]


def test_a_center_reads_its_teams_and_what_is_missing() -> None:
    """Shifts that need nobody and have nobody are left out."""
    found = messages(week(), FIRST)

    assert found[HOME].splitlines() == [
        "Xã Định Hòa: on duty from Mon 07 Dec to Sun 13 Dec",
        "- Mon 07 Dec, morning (07:00–11:00): Đặng Thị An, Bùi Văn Ba (still missing: 1)",
        "- Mon 07 Dec, afternoon (13:00–17:00): nobody yet (still missing: 1)",
        "- Tue 08 Dec, afternoon (13:00–17:00): Đặng Thị An",
    ]
    assert FAR not in found


def test_after_a_change_only_what_changed_is_told() -> None:
    """ana loses Tuesday, bob's week is as it was, and so he gets no message."""
    after = parse("ana M .\nbob M .")

    found = messages(week(), after, before=FIRST, lang="vi")

    assert set(found) == {ANA, HOME}
    assert found[ANA].splitlines()[2:4] == [
        "- Thay đổi: bỏ ca thứ Ba 08/12, chiều (13:00–17:00), xã Định Hòa",
        "Các ca khác của bạn giữ nguyên (1 ca).",
    ]
    assert found[HOME].splitlines()[1:] == [
        "- Thay đổi: thứ Ba 08/12, chiều (13:00–17:00): bớt Đặng Thị An"
    ]


def test_new_shifts_come_with_team_mates() -> None:
    """bob is new on Tuesday beside ana."""
    after = parse("ana M A\nbob . A")

    found = messages(week(), after, before=FIRST)

    assert "- Change: no longer Mon 07 Dec, morning (07:00–11:00), Xã Định Hòa" in found[BOB]
    assert (
        "- Change: new shift Tue 08 Dec, afternoon (13:00–17:00), Xã Định Hòa, with Đặng Thị An"
        in found[BOB]
    )
    assert "You have no other shifts in this time." in found[BOB]
