"""Lists and texts that say less than they seem to: nobody is confirmed or absent beyond that."""

from __future__ import annotations

from pathlib import Path

import pytest
from handing import TOLD, WEEK, absent, attended, declined, refused, written

from shiftplan.errors import Fault, InputError
from shiftplan.files import read_changes
from shiftplan.present.faults import fault_text
from shiftplan.record import read_calls, read_shift_answers


def answers(folder: Path, *cells: str, who: str = "binh", more: str = "") -> str:
    """A list of answers of one person, who has an afternoon on Tuesday and Wednesday morning."""
    quoted = (f'"{cell}"' for cell in cells)
    return str(written(folder, f"volunteer_id,Trả lời{more}\n{who},{','.join(quoted)}\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Đồng ý, trừ thứ 4",
        "ok, không đi được",
        "Yes, Monday only",
        "Có: thứ 3; không: thứ 4",
        "Yes - no, sorry",
        "Yes, if my child is well",
        "No - Monday; Yes - Friday",
        "Có, nhưng em đến trễ",
        "Có, nếu trời không mưa",
        "Đồng ý, không đi được thứ 4",
        "Có - thứ 3 thôi",
        "Yes, 13:00-15:00",
        "yes, maybe",
    ],
)
def test_an_answer_that_limits_itself_is_a_fault(tmp_path: Path, text: str):
    """It would be taken for one about all shifts."""
    (fault,) = refused(declined, answers(tmp_path, text))

    assert (fault.row, fault.column, fault.value) == (2, "answer", text)
    assert "begins with an answer" in fault_text(fault)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Có, tôi sẽ đến", "confirmed"),
        ("Yes, no problem!", "confirmed"),
        ("Có, không sao", "confirmed"),
        ("Không, em có việc", "declined"),
        ("No (I am ill)", "declined"),
        ("Có. Cảm ơn chị", "confirmed"),
        ("ok - see you", "confirmed"),
        ("Không, tôi bận", "declined"),
        ("Có, thứ 3 và thứ 4", "confirmed"),
        ("Yes, see you in the morning", "confirmed"),
    ],
)
def test_an_answer_with_other_words_is_one(tmp_path: Path, text: str, state: str):
    """Days do not limit it where all shifts of the person are on them."""
    assert {seat[2] for seat in declined(answers(tmp_path, text))} == {state}


def test_a_row_about_one_shift_may_name_its_hours(tmp_path: Path):
    """Which limits nothing: it says which shift is meant."""
    text = 'volunteer_id,shift_id,answer\nbinh,M2,"Có, 7h em đến"\n'

    assert declined(written(tmp_path, text)) == [("binh", "M2", "confirmed")]


def test_a_remark_that_limits_an_answer_is_a_fault(tmp_path: Path):
    """As in lists of absences."""
    (fault,) = refused(declined, answers(tmp_path, "có", "trừ thứ 4 bận", more=",Ghi chú"))

    assert fault.value == "trừ thứ 4 bận"
    assert "this remark names days or hours" in fault_text(fault)
    assert declined(answers(tmp_path, "có", "ăn chay", more=",Ghi chú"))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("vắng (có phép)", "excused"),
        ("vắng, có phép", "excused"),
        ("vắng - có phép", "excused"),
        ("vắng", "absent"),
        ("có mặt, đến trễ nếu kẹt xe", "came"),
    ],
)
def test_words_apart_are_a_state_together(tmp_path: Path, text: str, state: str):
    """An excuse behind a comma counts too."""
    file = written(tmp_path, f'volunteer_id,shift_id,state\nan,M0,"{text}"\n')

    assert attended(file) == [("an", "M0", state)]


def test_two_states_of_attendance_are_a_fault(tmp_path: Path):
    """Whichever is meant."""
    text = 'volunteer_id,shift_id,state\nan,M0,"có mặt, vắng"\n'

    assert [f.value for f in refused(attended, written(tmp_path, text))] == ["có mặt, vắng"]


@pytest.mark.parametrize("title", ["confirmed", "Confirmed", "declined", "đồng ý"])
def test_ticks_below_an_answer_are_not_passed_over(tmp_path: Path, title: str):
    """The option would say for all what some have ticked."""
    faults = refused(declined, written(tmp_path, f"volunteer_id,{title}\nan,x\nbinh,0\nlan,\n"))

    assert [(f.row, f.code) for f in faults] == [(2, "not_one_of"), (3, "not_one_of")]


def test_numbers_of_rows_are_no_answers(tmp_path: Path):
    """`No` is a title for them, though a word for an answer too."""
    assert declined(written(tmp_path, "No,volunteer_id\n1,binh\n2,lan\n"))


def test_options_that_contradict_each_other_are_told(tmp_path: Path):
    """The last one counts, as within one list."""
    notes: list[Fault] = []
    confirmed = read_shift_answers(WEEK, "an", TOLD, usual="confirmed")
    later = read_shift_answers(
        WEEK, "an: T3", TOLD, usual="declined", on_note=notes.append, before=confirmed
    )

    assert [answer.answer for answer in later] == ["declined"]
    assert any("contradicts what was given before" in fault_text(note) for note in notes)


def test_calls_that_contradict_each_other_are_told():
    """Somebody who was not reached at first may have come."""
    notes: list[Fault] = []
    read_calls(WEEK, ["an: M2: not_reached", "an: M2: comes"], on_note=notes.append)
    quiet = len(notes)
    read_calls(WEEK, ["an: M2: comes", "an: M2: cannot"], on_note=notes.append)

    assert quiet == 0
    assert "contradicts" in fault_text(notes[0])


@pytest.mark.parametrize("title", ["Ca", "Shift", "Giờ"])
def test_ids_of_shifts_stand_below_any_title_for_one(tmp_path: Path, title: str):
    """Hours may be called so too."""
    text = f"volunteer_id,{title},Trả lời\nan,M0,có\nan,M1,không\n"

    assert declined(written(tmp_path, text)) == [
        ("an", "M0", "confirmed"),
        ("an", "M1", "declined"),
    ]


# ---- absences


@pytest.mark.parametrize("text", ["an:", "an: ", "Nguyễn Văn An："])
def test_nothing_behind_a_colon_is_not_the_whole_week(text: str):
    """A script writes it where a variable is empty."""
    (fault,) = refused(absent, text)

    assert "nothing follows the colon" in fault_text(fault)


@pytest.mark.parametrize("header", ["T2,T3", "Thứ 2,Thứ 3", "8/12,9/12", "sáng T2,chiều T2"])
@pytest.mark.parametrize("mark", ["nghỉ", "x"])
def test_days_in_titles_are_not_the_whole_week(tmp_path: Path, header: str, mark: str):
    """A grid of days is no list of absences."""
    faults = refused(absent, written(tmp_path, f"Họ tên,{header}\nan,{mark},\nbinh,,{mark}\n"))

    assert [fault.row for fault in faults] == [2, 3]
    assert "the title of this column names days or hours" in fault_text(faults[0])


def test_who_was_present_is_not_absent(tmp_path: Path):
    """By a column of states, whose word for absence says nothing new."""
    for states in ("vắng,có mặt", "absent,present"):
        first, second = states.split(",")
        file = written(tmp_path, f"volunteer_id,Trạng thái\nan,{first}\nbinh,{second}\n")

        (fault,) = refused(absent, file)

        assert (fault.row, fault.column) == (3, "Trạng thái")
    assert absent(written(tmp_path, "volunteer_id,Trạng thái\nan,vắng\n")) == [("an", None, None)]


def told(folder: Path, text: str) -> str:
    notes: list[Fault] = []
    read_changes(WEEK, written(folder, text), on_note=notes.append)
    return " / ".join(fault_text(note) for note in notes)


def test_a_blank_date_among_others_is_told(tmp_path: Path):
    """Somebody without one is absent all week."""
    dated, undated = "an,", "an,\nbinh,8/12\n"

    assert "absent all week, since this row has no date" in told(
        tmp_path, f"Mã TNV,Ngày\n{undated}"
    )
    assert "since this row" not in told(tmp_path, f"Mã TNV,Ngày\n{dated}\n")


@pytest.mark.parametrize("hours", ["Từ,Đến\nan,8/12,17h,13h", "Giờ\nan,8/12,17h-13h"])
def test_hours_that_may_be_swapped_are_told(tmp_path: Path, hours: str):
    """From one afternoon to the next one is as long as a night and a morning."""
    titles, row = hours.split("\n")

    assert "start and end are swapped" in told(tmp_path, f"Mã TNV,Ngày,{titles}\n{row}\n")


def test_a_night_is_no_slip(tmp_path: Path):
    """Up to twelve hours."""
    assert "swapped" not in told(tmp_path, "Mã TNV,Ngày,Từ,Đến\nan,8/12,19h,7h\n")


def test_a_colon_may_be_part_of_an_id() -> None:
    """A second one then separates the day."""
    assert absent("lan:2: T3")[0][0] == "lan:2"
    with pytest.raises(InputError):
        absent("lan:2:")
