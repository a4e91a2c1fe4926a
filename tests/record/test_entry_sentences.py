"""What the entries of a record say, in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shiftplan.present.naming import Names
from shiftplan.problem.changes import (
    Absence,
    AnyChange,
    Arrival,
    Cancellation,
    Closing,
    Need,
    Offer,
    Update,
)
from shiftplan.record.entries import (
    Answered,
    Attended,
    Call,
    Called,
    Changed,
    Drafted,
    Dropped,
    Held,
    Hold,
    NameChanged,
    RecordEntry,
    Revoked,
    Sent,
    ShiftAnswer,
    Told,
    Withdrawn,
)
from shiftplan.record.saying import entry_message
from shiftplan.seasons import Turnout
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.demand import Demand
from shiftplan.week.owner import Owner
from shiftplan.week.records import Availability, Center, Shift, StandBy, Volunteer
from shiftplan.week.roster import Assignment, Change
from shiftplan.week.wishes import Pin, Preference

AT = dt.datetime(2026, 12, 8, 7)
MIDNIGHT = AT.replace(hour=0)
DAY = dt.timedelta(1)
WEEK = plan("M", "an binh chi dung", 3, each={"an": {"name": "An"}, "binh": {"name": "Bình"}})
ROSTER = parse("an M . .\nbinh . M M")

MORNINGS = ("M0, home, Mon 07 Dec 07:00–11:00", "M1, home, Tue 08 Dec 07:00–11:00")


def by_hand(*changes: Change, made_by: Any = "hand", **fields: Any) -> Drafted:
    return Drafted(version=4, made_by=made_by, of=3, moves=changes, **fields)


def added(shift_id: str, who: str) -> Change:
    return Change(Assignment(shift_id, who), True)


def taken(shift_id: str, who: str) -> Change:
    return Change(Assignment(shift_id, who), False)


def said(body: Any, lang: str = "en", **options: Any) -> str:
    entry = RecordEntry(number=1, at=dt.datetime(2026, 12, 1, tzinfo=dt.UTC), body=body)
    return Names(WEEK, lang).say(entry_message(entry, **options))


def changed(*changes: AnyChange, lang: str = "en", **options: Any) -> str:
    return said(Changed(changes=changes), lang, **options)


def away(who: str, **times: Any) -> Absence:
    return Absence(volunteer_id=who, **times)


@pytest.mark.parametrize(
    ("body", "english", "vietnamese"),
    [
        (
            Drafted(version=4, made_by="plan"),
            "version 4 drafted by planning",
            "bản nháp 4 (xếp lịch)",
        ),
        (
            Drafted(version=1, made_by="given", seats=1, filled=1),
            "version 1 drafted from a file: 1 of 1 seat filled (people and skills)",
            "bản nháp 1 (đưa từ tệp): 1 trên 1 vị trí (người và kỹ năng) đã có người",
        ),
        (
            Drafted(version=1, made_by="hand", seats=3),
            "version 1: an empty roster to start from",
            "phiên bản 1: lịch trống để bắt đầu",
        ),
        (
            by_hand(taken("M0", "an"), added("M1", "an"), seats=3, filled=2),
            "version 4 by hand: An (an) moved from M0, home, Mon 07 Dec 07:00–11:00 to M1, home, "
            "Tue 08 Dec 07:00–11:00; 2 of 3 seats filled (people and skills)",
            "bản nháp 4, sửa tay: An (an) chuyển từ M0, home, thứ Hai 07/12 07:00–11:00 sang M1, "
            "home, thứ Ba 08/12 07:00–11:00; 2 trên 3 vị trí (người và kỹ năng) đã có người",
        ),
        (
            by_hand(taken("M0", "an"), added("M1", "an"), taken("M1", "binh"), added("M0", "binh")),
            f"version 4 by hand: An (an) and Bình (binh) swapped {MORNINGS[0]} and {MORNINGS[1]}",
            "bản nháp 4, sửa tay: An (an) và Bình (binh) đổi ca cho nhau: M0, home, thứ Hai 07/12 "
            "07:00–11:00 và M1, home, thứ Ba 08/12 07:00–11:00",
        ),
        (
            by_hand(taken("M0", "an"), added("M0", "chi"), added("M1", "binh")),
            f"version 4 by hand: chi replaced An (an) in {MORNINGS[0]}; "
            f"Bình (binh) put into {MORNINGS[1]}",
            "bản nháp 4, sửa tay: chi thay An (an) ở M0, home, thứ Hai 07/12 07:00–11:00; "
            "xếp Bình (binh) vào M1, home, thứ Ba 08/12 07:00–11:00",
        ),
        (
            by_hand(added("M0", "an"), made_by="undo", like=2),
            f"version 4 undid: An (an) taken off {MORNINGS[0]}",
            "bản nháp 4, hoàn tác: rút An (an) khỏi M0, home, thứ Hai 07/12 07:00–11:00",
        ),
        (
            by_hand(taken("M0", "an"), made_by="redo", like=2, name="B"),
            f"draft “B”: version 4 redid: An (an) taken off {MORNINGS[0]}",
            "bản “B”: bản nháp 4, làm lại: rút An (an) khỏi M0, home, thứ Hai 07/12 07:00–11:00",
        ),
        (
            by_hand(made_by="undo", like=2),
            "version 4 undid: no change",
            "bản nháp 4, hoàn tác: không đổi gì",
        ),
        (
            by_hand(*(added(f"M{i}", who) for i in (0, 1) for who in ("an", "chi", "dung"))),
            f"version 4 by hand: An (an) put into {MORNINGS[0]}; An (an) put into {MORNINGS[1]}; "
            f"chi put into {MORNINGS[0]}; ... and 3 more",
            "bản nháp 4, sửa tay: xếp An (an) vào M0, home, thứ Hai 07/12 07:00–11:00; "
            "xếp An (an) vào M1, home, thứ Ba 08/12 07:00–11:00; "
            "xếp chi vào M0, home, thứ Hai 07/12 07:00–11:00; ... và 3 nữa",
        ),
        (
            by_hand(name="Phương án B"),
            "draft “Phương án B”: version 4 started as a copy of version 3",
            "bản “Phương án B”: bản nháp 4, chép từ phiên bản 3",
        ),
        (
            by_hand(added("M0", "an"), made_by="take", like=2),
            f"version 4 took over from version 2: An (an) put into {MORNINGS[0]}",
            "bản nháp 4, áp dụng phiên bản 2: xếp An (an) vào M0, home, thứ Hai 07/12 07:00–11:00",
        ),
        (
            by_hand(added("M0", "an"), made_by="improve", name="#4"),
            f"version 4 proposed by a search: An (an) put into {MORNINGS[0]}",
            "bản nháp 4, đề xuất sau khi tìm thêm: xếp An (an) vào M0, home, thứ Hai 07/12 "
            "07:00–11:00",
        ),
        (
            Held(
                on=(Hold(volunteer_id="an"), Hold(shift_id="M0"), Hold(center_id="home")),
                off=(Hold(day=AT.date()), Hold(volunteer_id="an", shift_id="M0")),
            ),
            f"3 items held: An (an), {MORNINGS[0]}, home; "
            f"2 items no longer held: Tue 08 Dec, An (an) ({MORNINGS[0]})",
            "cố định 3 mục: An (an), M0, home, thứ Hai 07/12 07:00–11:00, home; "
            "thôi cố định 2 mục: thứ Ba 08/12, An (an) (M0, home, thứ Hai 07/12 07:00–11:00)",
        ),
        (NameChanged(name="B", to="C"), "draft “B” renamed to “C”", "đổi tên bản “B” thành “C”"),
        (Dropped(name="B"), "draft “B” closed", "đóng bản “B”"),
        (Told(version=4), "version 4 published", "công bố phiên bản 4"),
        (
            Told(version=4, deadline=AT, even_if_poor=True),
            "version 4 published, answers due by Tue 08 Dec 07:00, despite warnings",
            "công bố phiên bản 4, hạn trả lời 07:00 thứ Ba 08/12, dù có cảnh báo",
        ),
        (Withdrawn(version=2), "version 2 withdrawn", "thu hồi phiên bản 2"),
        (Revoked(entry=12), "entry 12 revoked", "hủy bỏ mục 12"),
        (
            Sent(
                version=3,
                to=(Owner("volunteer", "an"), Owner("center", "home")),
            ),
            "messages of version 3 sent to 1 person and 1 center",
            "đã gửi tin của phiên bản 3 cho 1 người và 1 trung tâm",
        ),
        (
            Answered(
                answers=(
                    ShiftAnswer(volunteer_id="an", shift_id="M0", answer="confirmed"),
                    ShiftAnswer(volunteer_id="an", shift_id="M1", answer="confirmed"),
                    ShiftAnswer(volunteer_id="binh", shift_id="M1", answer="declined"),
                )
            ),
            "2 shifts confirmed: An (an); 1 shift declined: Bình (binh)",
            "xác nhận 2 ca: An (an); từ chối 1 ca: Bình (binh)",
        ),
        (
            Called(
                calls=(
                    Call(volunteer_id="an", shift_id="M0", answer="not_reached"),
                    Call(volunteer_id="binh", shift_id="M0", answer="cannot"),
                    Call(volunteer_id="chi", shift_id="M0", answer="comes"),
                )
            ),
            "1 reserve not reached: An (an); 1 reserve cannot come: Bình (binh); "
            "1 reserve comes: chi",
            "gọi 1 người dự bị, không liên lạc được: An (an); "
            "gọi 1 người dự bị, không đến được: Bình (binh); gọi 1 người dự bị, sẽ đến: chi",
        ),
        (
            Attended(
                turnouts=(
                    Turnout(volunteer_id="an", shift_id="M0"),
                    Turnout(volunteer_id="binh", shift_id="M0", state="absent"),
                    Turnout(volunteer_id="binh", shift_id="M1", state="excused"),
                    Turnout(volunteer_id="chi", shift_id="M1", state="called"),
                    Turnout(volunteer_id="dung", shift_id="M1", state="asked"),
                )
            ),
            "1 shift attended: An (an); 1 shift missed, not excused: Bình (binh); "
            "1 shift missed, excused: Bình (binh); 1 shift worked by a reserve: chi; "
            "1 reserve called in vain: dung",
            "có mặt 1 ca: An (an); vắng không phép 1 ca: Bình (binh); "
            "vắng có phép 1 ca: Bình (binh); người dự bị trực thay 1 ca: chi; "
            "đã gọi 1 người dự bị nhưng không trực: dung",
        ),
    ],
)
def test_an_entry_is_a_sentence(body: Any, english: str, vietnamese: str) -> None:
    """In both languages, with names and counts."""
    assert said(body) == english
    assert said(body, "vi") == vietnamese


def test_shifts_of_a_few_are_said_by_their_time() -> None:
    """The last word on each shift counts; of more shifts only people are named."""
    words = [("M0", "declined"), ("M1", "confirmed"), ("M0", "confirmed"), ("M2", "declined")]
    few = [ShiftAnswer(volunteer_id="an", shift_id=s, answer=a) for s, a in words]
    more = [a.model_copy(update={"volunteer_id": "binh"}) for a in few]
    shifts = WEEK.shift_by_id

    assert said(Answered(answers=tuple(few)), shifts=shifts) == (
        "2 shifts confirmed: An (an) (Mon 07 Dec 07:00–11:00), An (an) (Tue 08 Dec 07:00–11:00); "
        "1 shift declined: An (an) (Wed 09 Dec 07:00–11:00)"
    )
    assert said(Answered(answers=(*few, *more)), "vi", shifts=shifts) == (
        "xác nhận 4 ca: An (an), Bình (binh); từ chối 2 ca: An (an), Bình (binh)"
    )


def test_how_many_were_told_anything_is_said() -> None:
    """Of whom each counts once."""
    assert said(Told(version=4), people=2) == "version 4 published to 2 people"
    assert said(Told(version=4), people=0) == "version 4 published; nothing changed for anybody"


@pytest.mark.parametrize(
    ("times", "english", "vietnamese"),
    [
        ({}, "An (an) (the whole week)", "An (an) (cả tuần)"),
        (
            {"start": MIDNIGHT, "end": MIDNIGHT + DAY},
            "An (an) (Tue 08 Dec)",
            "An (an) (thứ Ba 08/12)",
        ),
        (
            {"start": MIDNIGHT, "end": MIDNIGHT + 2 * DAY},
            "An (an) (Tue 08 Dec to Wed 09 Dec)",
            "An (an) (từ thứ Ba 08/12 đến thứ Tư 09/12)",
        ),
        (
            {"start": AT, "end": AT.replace(hour=11)},
            "An (an) (Tue 08 Dec 07:00–11:00)",
            "An (an) (thứ Ba 08/12 07:00–11:00)",
        ),
        (
            {"start": AT, "end": AT + 2 * DAY},
            "An (an) (Tue 08 Dec 07:00 to Thu 10 Dec 07:00)",
            "An (an) (từ 07:00 thứ Ba 08/12 đến 07:00 thứ Năm 10/12)",
        ),
        ({"start": AT}, "An (an) (from Tue 08 Dec 07:00)", "An (an) (từ 07:00 thứ Ba 08/12)"),
        ({"end": AT}, "An (an) (until Tue 08 Dec 07:00)", "An (an) (đến 07:00 thứ Ba 08/12)"),
    ],
)
def test_when_somebody_is_absent(times: Any, english: str, vietnamese: str) -> None:
    """Whole days by their dates, hours of a day, open times."""
    assert changed(away("an", **times)) == f"1 person absent: {english}"
    assert changed(away("an", **times), lang="vi") == f"1 người vắng: {vietnamese}"


def test_of_many_the_first_are_named() -> None:
    """Somebody who is absent twice is one person."""
    everybody = [away(who) for who in ("an", "binh", "chi", "dung")]
    twice = [away("an", end=AT), away("an", start=AT + DAY)]

    assert changed(*everybody).startswith("4 people absent: An (an) (the whole week), Bình (binh)")
    assert changed(*everybody).endswith("chi (the whole week), ... and 1 more")
    assert changed(*everybody, most=9).endswith("dung (the whole week)")
    assert changed(*everybody, lang="vi").endswith("chi (cả tuần), ... và 1 nữa")
    assert changed(*twice).startswith("1 person absent: An (an) (until")


@pytest.mark.parametrize(
    ("change", "english"),
    [
        (Closing(center_id="home"), "1 center closed: home"),
        (Cancellation(shift_id="M1"), "1 shift cancelled: M1, home, Tue 08 Dec 07:00–11:00"),
        (Need(shift_id="M1", target=2), "needs of 1 shift changed: M1, home, Tue"),
        (Arrival(volunteer=Volunteer(volunteer_id="lan", name="Lan")), "1 new person: lan"),
        (
            Offer(window=Availability(volunteer_id="an", start=AT, end=AT.replace(hour=9))),
            "1 more time offered: An (an) (Tue 08 Dec 07:00–09:00)",
        ),
        (Update(row=Volunteer(volunteer_id="an")), "details of 1 person changed: An (an)"),
        (Update(row=Center(center_id="far")), "details of 1 center changed: far"),
        (
            Update(row=Shift(shift_id="X", center_id="home", start=AT, end=AT.replace(hour=9))),
            "1 shift added or moved: X",
        ),
        (
            Update(row=Pin(volunteer_id="an", shift_id="M0", state="must")),
            "1 assignment pinned: An (an) (M0, home, Mon 07 Dec 07:00–11:00)",
        ),
        (
            Update(row=Preference(volunteer_id="an", date=AT.date(), state="against")),
            "1 wish: An (an) (Tue 08 Dec)",
        ),
        (Update(row=StandBy(volunteer_id="an")), "1 offer to stand by: An (an)"),
        (
            Update(row=StandBy(volunteer_id="an", start=MIDNIGHT, end=MIDNIGHT + DAY)),
            "1 offer to stand by: An (an) (Tue 08 Dec)",
        ),
        (
            Update(
                row=Demand(
                    center_id="home", service_id="file", start=AT, end=AT + DAY / 8, arrivals=3
                )
            ),
            "1 forecast changed: home (Tue 08 Dec 07:00–10:00)",
        ),
    ],
)
def test_every_kind_of_change_has_words(change: AnyChange, english: str) -> None:
    """Whom or what it is about, and when."""
    assert changed(change).startswith(english)
    assert changed(change, lang="vi") != changed(change)
