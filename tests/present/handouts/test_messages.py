"""Messages as they stand in a chat."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan import Center, InputError, Problem, Requirement, Roster, Shift
from shiftplan.present import messages
from shiftplan.present.handouts import Owner
from shiftplan.present.naming import Names
from shiftplan.testing.pictures import parse, plan, window

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
        "Chào anh/chị Đặng Thị An,",
        "lịch trực của anh/chị từ thứ Hai 07/12 đến Chủ nhật 13/12 (2 ca):",
        "- Thứ Hai 07/12, sáng (07:00–11:00), xã Định Hòa, cùng Bùi Văn Ba",
        "- Thứ Ba 08/12, chiều (13:00–17:00), xã Định Hòa, một mình",
        "Nếu không đến được, anh/chị vui lòng báo sớm cho điều phối viên. Cảm ơn anh/chị!",
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


def test_a_shift_of_several_days_says_when_it_ends() -> None:
    """From Friday at 18:00 to Sunday at 18:00, in messages and wherever a shift is named."""
    start, end = dt.datetime(2026, 12, 11, 18), dt.datetime(2026, 12, 13, 18)
    shift = Shift(shift_id="s", center_id="home", start=start, end=end)
    tables = dict.fromkeys(("availability", "requirements", "demand", "services"), ())
    problem = week().model_copy(update={"shifts": (shift,), **tables})

    assert "(18:00–Sun 13 Dec 18:00)" in messages(problem, Roster.of([("s", "ana")]))[ANA]
    assert "Fri 11 Dec 18:00 to Sun 13 Dec 18:00" in Names(problem, "en").shift("s")
    assert Names(problem, "en").hours(start, start + dt.timedelta(1)) == "18:00–18:00"


def test_one_shift_is_no_number_in_brackets() -> None:
    """Nobody reads `your shifts (1 in all)`, nor that `1 other shifts` stay."""
    one = messages(week(), parse("ana M .\nbob . ."))[ANA]
    kept = messages(week(), parse("ana M A\nbob . ."), before=parse("ana M .\nbob . ."))[ANA]

    assert "you have one shift from Mon 07 Dec to Sun 13 Dec:" in one
    assert "Your other shift stays as it was." in kept


def test_who_offered_time_and_got_no_shift_is_thanked() -> None:
    """Nobody waits for a message that never comes; who offered nothing waits for none."""
    problem = week(availability=(window("ana"),))

    found = messages(problem, Roster())

    assert found[ANA] == (
        "Hello Đặng Thị An,\nwe have no shift for you from Mon 07 Dec to Sun 13 Dec. "
        "Thank you for offering your time!\n"
    )
    assert BOB not in found
    assert messages(problem, Roster(), lang="vi")[ANA].splitlines()[1] == (
        "rất tiếc, từ thứ Hai 07/12 đến Chủ nhật 13/12 chưa xếp được ca nào cho anh/chị. "
        "Cảm ơn anh/chị đã đăng ký!"
    )
    assert ANA not in messages(problem, Roster(), before=Roster())


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
    needs = (Requirement(shift_id="A1", target=1),)

    found = messages(week(requirements=needs), parse("ana M .\nbob M ."), before=FIRST, lang="vi")

    assert set(found) == {ANA, HOME}
    assert found[ANA].splitlines()[2:4] == [
        "- Bỏ ca thứ Ba 08/12, chiều (13:00–17:00), xã Định Hòa",
        "Các ca khác của anh/chị giữ nguyên (1 ca).",
    ]
    assert found[HOME].splitlines()[1:] == [
        "- Thứ Ba 08/12, chiều (13:00–17:00): bớt Đặng Thị An; chưa có ai (còn thiếu 1 người)"
    ]


def test_a_center_reads_after_a_change_how_many_are_missing_now() -> None:
    """Of three wanted on Monday one is left; nobody needed anybody on Tuesday."""
    found = messages(week(), parse("ana . .\nbob M ."), before=FIRST)

    assert found[HOME].splitlines()[1:] == [
        "- Mon 07 Dec, morning (07:00–11:00): no longer Đặng Thị An (still missing: 2)",
        "- Cancelled: Tue 08 Dec, afternoon (13:00–17:00)",
    ]


def test_a_new_shift_stands_beside_the_one_that_it_replaces() -> None:
    """bob is on Tuesday beside ana now, and not on Monday."""
    after = parse("ana M A\nbob . A")

    english, vietnamese = (messages(week(), after, before=FIRST, lang=x)[BOB] for x in ("en", "vi"))

    assert english.splitlines()[2:4] == [
        "- Instead of Mon 07 Dec, morning (07:00–11:00), Xã Định Hòa, you now have "
        "Tue 08 Dec, afternoon (13:00–17:00), Xã Định Hòa, with Đặng Thị An",
        "You have no other shifts in this period.",
    ]
    assert vietnamese.splitlines()[2] == (
        "- Chuyển ca thứ Hai 07/12, sáng (07:00–11:00), xã Định Hòa sang "
        "thứ Ba 08/12, chiều (13:00–17:00), xã Định Hòa, cùng Đặng Thị An"
    )


def test_a_shift_beyond_those_that_are_replaced_is_new() -> None:
    """bob keeps Monday and gets Tuesday."""
    found = messages(week(), parse("ana M A\nbob M A"), before=FIRST)[BOB]

    assert found.splitlines()[2] == (
        "- New shift Tue 08 Dec, afternoon (13:00–17:00), Xã Định Hòa, with Đặng Thị An"
    )


def test_who_has_no_shift_left_is_not_asked_whether_they_come() -> None:
    """Only thanked."""
    found = [messages(week(), parse("ana M A"), before=FIRST, lang=x)[BOB] for x in ("en", "vi")]

    assert [text.splitlines()[3:] for text in found] == [
        ["You have no shifts left in this period. Thank you!"],
        ["Anh/chị không còn ca nào trong thời gian này. Cảm ơn anh/chị!"],
    ]


def moved(**fields: Any) -> Problem:
    """The week with Monday's shift elsewhere or at another time."""
    problem = week()
    shifts = [s.model_copy(update=fields if s.shift_id == "M0" else {}) for s in problem.shifts]
    return problem.model_copy(update={"shifts": tuple(shifts)})


def test_a_moved_shift_is_told_to_its_people_and_both_centers() -> None:
    """The roster is the same, and so are the ids of the shifts."""
    now = moved(
        start=dt.datetime(2026, 12, 8, 8), end=dt.datetime(2026, 12, 8, 12), center_id="far"
    )

    found = messages(now, FIRST, before=FIRST, before_shifts=week().shift_by_id)

    assert set(found) == {ANA, BOB, HOME, FAR}
    assert found[BOB].splitlines()[2:4] == [
        "- Instead of Mon 07 Dec, morning (07:00–11:00), Xã Định Hòa, you now have "
        "Tue 08 Dec, morning (08:00–12:00), Far, with Đặng Thị An",
        "You have no other shifts in this period.",
    ]
    assert "Your other shift stays as it was." in found[ANA]
    assert found[HOME].splitlines()[1:] == ["- Mon 07 Dec, morning (07:00–11:00) has moved to Far"]
    assert found[FAR].splitlines()[1:] == [
        "- Tue 08 Dec, morning (08:00–12:00): new Đặng Thị An, Bùi Văn Ba (still missing: 1)"
    ]
    assert messages(now, FIRST, before=FIRST) == {}
    assert messages(now, FIRST, before=FIRST, before_shifts=now.shift_by_id) == {}


def test_a_center_reads_of_a_shift_at_another_time_with_its_team() -> None:
    """bob does not come at the new time."""
    now = moved(start=dt.datetime(2026, 12, 7, 8), end=dt.datetime(2026, 12, 7, 12))
    after = parse("ana M A\nbob . .")

    found = messages(now, after, before=FIRST, before_shifts=week().shift_by_id, lang="vi")

    assert found[HOME].splitlines()[1:] == [
        "- Ca thứ Hai 07/12, sáng (07:00–11:00) chuyển sang "
        "thứ Hai 07/12, sáng (08:00–12:00): Đặng Thị An (còn thiếu 2 người)"
    ]
    assert found[BOB].splitlines()[2] == ("- Bỏ ca thứ Hai 07/12, sáng (07:00–11:00), xã Định Hòa")


@pytest.mark.parametrize("is_in_week", [False, True])
def test_a_cancelled_shift_is_told_as_cancelled(is_in_week: bool) -> None:
    """Whether the week has lost it, or keeps it and needs nobody in it."""
    problem = week()
    left = tuple(s for s in problem.shifts if is_in_week or s.shift_id != "A1")
    now = problem.model_copy(update={"shifts": left})
    after = parse("ana M .\nbob M .")

    found = messages(now, after, before=FIRST, before_shifts=problem.shift_by_id)

    assert found[ANA].splitlines()[2] == (
        "- Cancelled: Tue 08 Dec, afternoon (13:00–17:00), Xã Định Hòa"
    )
    assert found[HOME].splitlines()[1:] == ["- Cancelled: Tue 08 Dec, afternoon (13:00–17:00)"]


def test_ids_unknown_in_the_week_need_the_shifts_as_they_were_told() -> None:
    """Otherwise nobody could be told where and when the shift was."""
    known = {"gone": week().shifts[0]}
    ana, eva = (Roster.of([("gone", who)]) for who in ("ana", "eva"))

    for now, told, shifts in ((Roster(), ana, None), (ana, ana, known), (Roster(), eva, known)):
        with pytest.raises(InputError):
            messages(week(), now, before=told, before_shifts=shifts)
    assert ANA in messages(week(), Roster(), before=ana, before_shifts=known)


@pytest.mark.parametrize(
    "deadline",
    [
        dt.datetime(2026, 12, 6, 18),
        dt.datetime(2026, 12, 6, 11, tzinfo=dt.UTC),  # Vietnam is seven hours ahead
    ],
)
def test_people_are_asked_to_confirm_shifts_that_are_new_to_them(deadline: dt.datetime) -> None:
    """Not those who lose one, have none, or only read a center's list."""
    english = "Please confirm by 18:00 on Sun 06 Dec."
    first = messages(week(), parse("ana M ."), deadline=deadline)
    vietnamese = messages(week(), parse("ana M ."), deadline=deadline, lang="vi")
    later = messages(week(), parse("ana M A\nbob . A"), before=FIRST, deadline=deadline)
    lost = messages(week(), parse("ana M .\nbob M ."), before=FIRST, deadline=deadline)

    assert first[ANA].splitlines()[-2] == english
    asked = "Anh/chị vui lòng xác nhận trước 18:00 Chủ nhật 06/12."
    assert vietnamese[ANA].splitlines()[-2] == asked
    assert later[BOB].splitlines()[-2] == english
    others = (first[BOB], first[HOME], later[HOME], lost[ANA], lost[HOME])
    assert not any("confirm" in text for text in others)


@pytest.mark.parametrize(("lang", "soon"), [("en", "as soon as you can"), ("vi", "sớm xác nhận")])
def test_nobody_is_asked_to_confirm_by_a_time_that_is_over(lang: str, soon: str) -> None:
    """At the last minute of the deadline and later people are asked to answer soon."""
    until = dt.datetime(2026, 12, 6, 18)
    then = dt.datetime(2026, 12, 6, 11, tzinfo=dt.UTC)  # Vietnam is seven hours ahead
    before = then - dt.timedelta(minutes=1)

    asked = [
        messages(week(), parse("ana M ."), deadline=until, now=now, lang=lang)[ANA].splitlines()[-2]
        for now in (before, then)
    ]

    assert "18:00" in asked[0]
    assert soon in asked[1]
    assert "18:00" not in asked[1]


@pytest.mark.parametrize(
    ("lang", "thanks", "agreed"),
    [
        ("en", "thank you for stepping in! Here is what we agreed:", "As agreed: "),
        ("vi", "cảm ơn anh/chị đã nhận lời! Ca trực đã hẹn với anh/chị:", "Như đã hẹn: ca "),
    ],
)
def test_who_said_on_the_phone_that_they_come_is_asked_nothing(
    lang: str, thanks: str, agreed: str
) -> None:
    """Bob took A1 in a call: no change to him, unless something else changed too."""
    after, until = parse("ana M .\nbob M A"), dt.datetime(2026, 12, 6, 18)
    told = {"agreed": {("A1", "bob")}, "deadline": until, "lang": lang}
    asked = until.strftime("%H:%M")

    only = messages(week(), after, before=FIRST, **told)
    more = messages(week(), after, before=parse("ana M A\nbob . ."), **told)
    lost = messages(week(), parse("ana M .\nbob . A"), before=FIRST, **told)
    anew = messages(week(), after, before=FIRST, anew={BOB}, **told)
    known = {"agreed": {("M0", "bob"), ("A1", "bob")}}
    whole = messages(week(), after, before=FIRST, anew={BOB}, **(told | known))

    assert only[BOB].splitlines()[1] == thanks
    assert only[BOB].splitlines()[2].startswith(("- Tue 08 Dec", "- Thứ Ba 08/12"))
    assert all(f"- {agreed}" in text[BOB] for text in (more, lost))
    assert thanks not in more[BOB] + lost[BOB]
    assert [asked in text[BOB] for text in (only, more, lost, anew, whole)] == [
        False, True, False, True, False,
    ]  # fmt: skip


def test_the_first_shift_of_a_person_is_no_change() -> None:
    """bob, who is new or had none, reads his week; the center reads that he joins."""
    found = messages(week(), parse("ana M A\nbob M ."), before=parse("ana M A\nbob . ."))

    assert found[BOB].splitlines()[1] == "you have one shift from Mon 07 Dec to Sun 13 Dec:"
    head = found[HOME].splitlines()[0]
    assert head.endswith(": changes to the roster from Mon 07 Dec to Sun 13 Dec")


def test_a_center_reads_phones_of_those_who_join_it_as_they_are_dialled() -> None:
    """A spreadsheet took the zero of bob's; ana, who leaves, need not be called any more."""
    each = {"ana": {"name": "An", "phone": "912345678"}, "bob": {"phone": "983061791"}}
    found = messages(week(each=each), parse("bob M ."), before=parse("ana M ."))

    assert "0983061791" in found[HOME]
    assert "12345678" not in found[HOME]


@pytest.mark.parametrize("is_offering", [False, True])
def test_whoever_has_no_shift_left_is_not_asked_to_say_if_they_cannot_come(
    is_offering: bool,
) -> None:
    """Also where the message before did not reach them, and their offers are gone."""
    problem = week(**({} if is_offering else {"availability": ()}))
    found = messages(problem, parse("ana M A\nbob . ."), before=FIRST, anew={BOB})
    later = messages(problem, parse("ana M A\nbob . ."), before=FIRST)
    missed = messages(problem, parse("ana M A"), before=parse("ana M A"), anew={BOB})

    for text in (found[BOB], later[BOB], missed[BOB]):
        assert "cannot come" not in text
        assert ("no shift" in text) or ("no shifts left" in text)


def test_whom_the_last_message_did_not_reach_reads_everything() -> None:
    """Nothing changed for bob, and less than everything for ana and the center."""
    after, owners = parse("ana M .\nbob M ."), {ANA, BOB, HOME}

    found = messages(week(), after, before=FIRST, anew=owners)

    first = messages(week(), after)
    assert found == {owner: first[owner] for owner in owners}


ROSTERS = st.sets(
    st.tuples(st.sampled_from(["M0", "A0", "M1", "A1", "M2"]), st.sampled_from(["ana", "bob"]))
).map(Roster.of)
MOVES = st.dictionaries(st.sampled_from(["M0", "A1", "M2"]), st.sampled_from([-24, 1, 30]))


@given(ROSTERS, ROSTERS, MOVES)
def test_every_change_is_told_once(before: Roster, after: Roster, hours: dict[str, int]) -> None:
    """A line for each shift that is gone, new or in the place of another, and for nothing else."""
    problem = week()
    told = {
        s.shift_id: s.model_copy(
            update={
                "start": s.start + dt.timedelta(hours=hours.get(s.shift_id, 0)),
                "end": s.end + dt.timedelta(hours=hours.get(s.shift_id, 0)),
            }
        )
        for s in problem.shifts
    }

    found = messages(problem, after, before=before, before_shifts=told)

    for owner in (ANA, BOB):
        old, new = ({*r.shifts_of.get(owner.id, ())} for r in (before, after))
        kept = {s for s in old & new if s not in hours}
        lines = [x for x in found.get(owner, "").splitlines() if x.startswith("- ")]
        assert len(lines) == max(len(old - kept), len(new - kept))
        assert sum("Instead of" in line for line in lines) == min(len(old - kept), len(new - kept))
        assert (owner in found) == bool((old | new) - kept)
