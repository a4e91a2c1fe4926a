"""Late changes read from two files: what rows mean, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from weeks import read, refused, told_at

from shiftplan.errors import InputError
from shiftplan.files import read_changes
from shiftplan.files.lists.changes import KINDS
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, Arrival, Cancellation, Closing, Need, Offer
from shiftplan.week.demand import Demand
from shiftplan.week.records import Availability, Center, Shift, StandBy, Volunteer
from shiftplan.week.wishes import Pin, Preference

HEAD = "volunteer_id,date,start,end\n"


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    folder = tmp_path / "week"
    folder.mkdir()
    return read(folder)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 12, day, hour)


@pytest.mark.parametrize(
    ("row", "start", "end"),
    [
        ("A1,,,", None, None),
        ("A1,2026-12-07,,", at(7, 0), at(8, 0)),
        ("A1,2026-12-07,08:00,10:00", at(7, 8), at(7, 10)),
        ("A1,2026-12-07,08:00,", at(7, 8), at(8, 0)),
        ("A1,2026-12-07,,10:00", at(7, 0), at(7, 10)),
        ("A1,2026-12-07,22:00,06:00", at(7, 22), at(8, 6)),
    ],
)
def test_absences(tmp_path, problem, row, start, end):
    """The whole horizon, a day, a part of it, or a night."""
    file = written(tmp_path, "absent.csv", HEAD + row + "\n")

    assert read_changes(problem, file) == (Absence(volunteer_id="A1", start=start, end=end),)


def test_one_column_is_enough(tmp_path, problem):
    """A list of people who cannot come at all."""
    file = written(tmp_path, "absent.csv", "volunteer_id\nA1\nA2\n")

    assert [c.volunteer_id for c in read_changes(problem, file)] == ["A1", "A2"]


def test_new_people_are_listed_in_words(tmp_path, problem):
    """Titles as Vietnamese lists have them, centers and skills by name, levels behind a colon."""
    file = written(
        tmp_path,
        "new.csv",
        "Thay đổi,Mã TNV,Họ tên,Trung tâm gần nhà,Kỹ năng\n"
        "người mới,A9,Bùi Lan,Rạch Giá,Cổng dịch vụ công:2\n",
    )
    skills = [s.model_copy(update={"name": "Cổng dịch vụ công"}) for s in problem.skills]
    centers = [c.model_copy(update={"name": f"{c.center_id} Rạch Giá"}) for c in problem.centers]
    centers[0] = centers[0].model_copy(update={"name": "Rạch Giá"})
    named = problem.model_copy(update={"skills": tuple(skills[:1]), "centers": tuple(centers)})

    (change,) = read_changes(named, changes=file)

    assert isinstance(change, Arrival)
    new = change.volunteer
    assert (new.name, new.home_center_id) == ("Bùi Lan", centers[0].center_id)
    assert [(g.skill_id, g.level) for g in new.skills] == [(skills[0].skill_id, 2)]


def test_every_kind_of_change(tmp_path, problem):
    """One row of each kind; columns of other kinds are blank."""
    file = written(
        tmp_path,
        "changes.csv",
        "change,volunteer_id,center_id,shift_id,date,start,end,skill_id,minimum,target,name,"
        "skills\n"
        "absent,A1,,,,,,,,,,\n"
        "closed,,00431,,2026-12-08,,,,,,,\n"
        "cancelled,,,S2,,,,,,,,\n"
        "requirement,,,S1,,,,portal,1,2,,\n"
        "volunteer,A3,,,,,,,,,Chi,portal:3\n"
        "available,A3,,,2026-12-07,07:00,24:00,,,,,\n",
    )

    assert read_changes(problem, None, file) == (
        Absence(volunteer_id="A1"),
        Closing(center_id="00431", start=at(8, 0), end=at(9, 0)),
        Cancellation(shift_id="S2"),
        Need(shift_id="S1", skill_id="portal", minimum=1, target=2),
        Arrival(volunteer=Volunteer(volunteer_id="A3", name="Chi", skills={"portal": 3})),
        Offer(window=Availability(volunteer_id="A3", start=at(7, 7), end=at(8, 0))),
    )


def test_rows_become_different(tmp_path, problem):
    """What a row leaves blank stays as it was; new shifts, pins, wishes and forecasts are added."""
    file = written(
        tmp_path,
        "changes.csv",
        "change,volunteer_id,center_id,shift_id,date,start,end,max_shifts,skills,capacity,state,"
        "weight,service_id,arrivals,note\n"
        "person,A1,,,,,,1,portal:0,,,,,,ill for long\n"
        "center,,00431,,,,,,,9,,,,,\n"
        "new_shift,,00431,S9,2026-12-08,18:00,20:00,,,,,,,,\n"
        "moved,,00431,S1,,,,,,,,,,,\n"
        "moved,,,S2,2026-12-09,22:00,02:00,,,,,,,,\n"
        "pin,A2,,S1,,,,,,,must_not,,,,\n"
        "preference,A2,,,2026-12-07,,,,,,against,5,,,\n"
        f"demand,,00431,,2026-12-08,18:00,20:00,,,,,,{problem.services[0].service_id},30,\n",
    )

    rows = [change.row for change in read_changes(problem, None, file)]

    ana, center = problem.volunteers[0], problem.centers[1]
    one, two = problem.shifts[:2]
    assert rows == [
        ana.model_copy(update={"max_shifts": 1, "skills": rows[0].skills}),
        center.model_copy(update={"capacity": 9}),
        Shift(shift_id="S9", center_id="00431", start=at(8, 18), end=at(8, 20)),
        one.model_copy(update={"center_id": "00431"}),
        two.model_copy(update={"start": at(9, 22), "end": at(10, 2)}),
        Pin(volunteer_id="A2", shift_id="S1", state="must_not"),
        Preference(volunteer_id="A2", date=dt.date(2026, 12, 7), state="against", weight=5),
        Demand(
            center_id="00431",
            start=at(8, 18),
            end=at(8, 20),
            service_id=problem.services[0].service_id,
            arrivals=30,
        ),
    ]
    assert [g for g in ana.skills if g.skill_id != "portal"] == list(rows[0].skills)


def test_hours_without_a_date_move_a_shift_within_its_day(tmp_path, problem):
    """Also past midnight."""
    text = "change,shift_id,date,start,end\nmoved,S1,,08:00,11:00\nmoved,S2,,22:00,02:00\n"

    found = read_changes(problem, None, written(tmp_path, "changes.csv", text))

    one, two = (shift.day.day for shift in problem.shifts[:2])
    assert [(change.row.start, change.row.end) for change in found] == [
        (at(one, 8), at(one, 11)),
        (at(two, 22), at(two + 1, 2)),
    ]


def test_somebody_stands_by_later(tmp_path, problem):
    """For the week, for a day or from an hour on; in either language, by id or name."""
    text = "change,volunteer_id,name,date,start,end\nstand_by,A1,,,,\n"
    text += "dự bị,A2,,2026-12-07,,\ntrực dự bị,,Bình,2026-12-08,13:00,\n"

    found = read_changes(problem, None, written(tmp_path, "changes.csv", text))

    rows = problem.with_changes(*found).stand_by
    assert rows == (
        StandBy(volunteer_id="A1"),
        StandBy(volunteer_id="A2", start=at(7, 0), end=at(8, 0)),
        StandBy(volunteer_id="A2", start=at(8, 13), end=at(9, 0)),
    )
    assert problem.with_changes(*found).with_changes(found[0]).stand_by == rows


def test_every_table_that_late_changes_touch_has_its_columns():
    """A changed person or center, and a new shift or forecast, may have all that its table has."""
    for kind, model in (("person", Volunteer), ("center", Center)):
        columns = {*KINDS[kind][0], *KINDS[kind][1]} - {"clears"}
        assert columns == set(model.model_fields) - {"extra"}
    for kind, model in (("new_shift", Shift), ("moved", Shift), ("demand", Demand)):
        columns = {*KINDS[kind][0], *KINDS[kind][1]} - {"date", "end_date", "clears"}
        assert columns == set(model.model_fields) - {"extra"}
    assert {*KINDS["preference"][0], *KINDS["preference"][1]} == set(Preference.model_fields)
    assert {*KINDS["pin"][0], *KINDS["pin"][1]} == set(Pin.model_fields)


CHANGE = "change,volunteer_id,shift_id,date,start,end,target,skills,state\n"
ABSENT_FAULTS = [
    (HEAD + "A9,,,\n", ["unknown_id|2|volunteer_id|A9"]),
    (HEAD + "A1,2026-02-30,,\n", ["not_a_date|2|date|2026-02-30"]),
    (HEAD + "A1,soon,,\nA2,,8.5,\n", ["not_a_date|2|date|soon", "not_a_time|3|start|8.5"]),
    (HEAD + "A1,2026-12-07,24:00,\n", ["not_a_time|2|start|24:00"]),
    (HEAD + "A1,,08:00,\n", ["missing_value|2|date"]),
    (HEAD + "A1,2027-01-01,,\n", ["outside_horizon|2|date|2027-01-01"]),
    (HEAD + "A1,2026-11-01,,\n", ["outside_horizon|2|date|2026-11-01"]),
    (HEAD + "A1,2026-12-06,,\n", ["outside_horizon|2|date|2026-12-06"]),
    (HEAD + "A1,,,\nA2,,,\nA1,,,\n", ["duplicate_row|4"]),
    (HEAD + ",,,\n,2026-12-07,,\n", ["missing_value|3|volunteer_id"]),
    (
        "who,date\nA1,\n",
        ["missing_column|1|volunteer_id"],
    ),
    ("", ["empty_file"]),
]
CHANGE_FAULTS = [
    (CHANGE + "close,,S1,,,,,,\n", ["not_one_of|2|change|close"]),
    (CHANGE + "cancelled,A1,S1,,,,,,\n", ["not_a_parameter|2|volunteer_id|A1"]),
    (CHANGE + "cancelled,,,,,,,,\n", ["missing_value|2|shift_id"]),
    (CHANGE + "cancelled,,s1,,,,,,\n", ["unknown_id|2|shift_id|s1"]),
    (CHANGE + "requirement,,S1,,,,-1,,\n", ["out_of_range|2|target|-1"]),
    (CHANGE + f"requirement,,S1,,,,{10**6},,\n", [f"out_of_range|2|target|{10**6}"]),
    (CHANGE + "volunteer,A1,,,,,,,\n", ["duplicate_id|2|volunteer_id|A1"]),
    (CHANGE + "volunteer,A3,,,,,,portal:x,\n", ["invalid_value|2|skills|portal:x"]),
    (
        CHANGE + f"volunteer,A3,,,,,,portal:{'9' * 5000},\n",
        [f"invalid_value|2|skills|portal:{'9' * 5000}"],
    ),
    (CHANGE + "volunteer,A3,,,,,,portal:9,\n", ["level_out_of_range|2|skills|portal:9"]),
    (CHANGE + "volunteer,A3,,,,,,pay,\n", ["unknown_id|2|skills|pay"]),
    (CHANGE + "available,A1,,2026-12-07,16:00,11:00,,,\n", ["overlapping_windows|2|start|16:00"]),
    (CHANGE + "available,A1,,2026-12-07,24:00,24:00,,,\n", ["not_a_time|2|start|24:00"]),
    (CHANGE + "available,A1,,2026-12-08,16:00,18:00,,,maybe\n", ["not_one_of|2|state|maybe"]),
    (
        CHANGE + "cancelled,,S1,,,,,,\nrequirement,,S1,,,,3,,\n",
        ["contradicting_changes|3|shift_id|S1"],
    ),
    (CHANGE + "person,A9,,,,,,,\n", ["unknown_id|2|volunteer_id|A9"]),
    (CHANGE + "person,A1,,,,,,portal:9,\n", ["level_out_of_range|2|skills|portal:9"]),
    (CHANGE + "person,A1,,,,,,pay,\n", ["unknown_id|2|skills|pay"]),
    (CHANGE + "moved,,S9,,,,,,\n", ["unknown_id|2|shift_id|S9"]),
    (CHANGE + "moved,,S1,2026-12-08,08:00,,,,\n", ["missing_value|2|end"]),
    (CHANGE + "moved,,S1,,08:00,,,,\n", ["missing_value|2|end"]),
    (CHANGE + "moved,,S1,2026-12-27,08:00,09:00,,,\n", ["outside_horizon|2|date|2026-12-27"]),
    (CHANGE + "pin,A1,S1,,,,,,maybe\n", ["not_one_of|2|state|maybe"]),
    (CHANGE + "pin,A1,S9,,,,,,must\n", ["unknown_id|2|shift_id|S9"]),
    (
        CHANGE + "absent,A1,,,,,,,\npin,A1,S1,,,,,,must\n",
        ["contradicting_changes|3|volunteer_id|A1"],
    ),
    (CHANGE + "preference,A1,,,,,,,for\n", ["unclear_wish|2|shift_id"]),
    (
        "change,shift_id,center_id,date,start,end\n"
        "new_shift,S1,00431,2026-12-08,08:00,09:00\n"
        "new_shift,S8,00999,2026-12-08,08:00,09:00\n",
        ["duplicate_id|2|shift_id|S1", "unknown_id|3|center_id|00999"],
    ),
    ("change,center_id,capacity\ncenter,00999,3\n", ["unknown_id|2|center_id|00999"]),
    ("change,center_id,capacity\ncenter,00431,-3\n", ["out_of_range|2|capacity|-3"]),
]


@pytest.mark.parametrize(("text", "expected"), ABSENT_FAULTS)
def test_faults_of_absences(tmp_path, problem, text, expected):
    """Each at its row and column."""
    file = written(tmp_path, "absent.csv", text)

    caught = refused(read_changes, problem, file)

    assert told_at(caught) == expected
    assert {f.file for f in caught} == {"absent.csv"}


@pytest.mark.parametrize(("text", "expected"), CHANGE_FAULTS)
def test_faults_of_changes(tmp_path, problem, text, expected):
    """Each at its row and column."""
    file = written(tmp_path, "changes.csv", text)

    caught = refused(read_changes, problem, None, file)

    assert told_at(caught) == expected


def test_all_faults_of_both_files_at_once(tmp_path, problem):
    """Bad cells, unknown ids and repetitions, in the order of the files."""
    absent = written(tmp_path, "out.csv", HEAD + "A9,,,\nA1,x,,\nA2,,,\n")
    changes = written(tmp_path, "more.csv", CHANGE + "cancelled,,S9,,,,,,\nabsent,A2,,,,,,,\n")

    caught = refused(read_changes, problem, absent, changes)

    found = [(f.file, f.row, f.code) for f in caught]
    assert found == [
        ("out.csv", 2, "unknown_id"),
        ("out.csv", 3, "not_a_date"),
        ("more.csv", 2, "unknown_id"),
        ("more.csv", 3, "duplicate_row"),
    ]
    assert "(out.csv, row 4)" in caught[3].sentence


def test_a_person_of_the_week_is_no_row_of_the_file(tmp_path, problem):
    """The fault of an id that the week has names no row; one that the file repeats names it."""
    rows = "volunteer,A1,,,,,,,\nvolunteer,A3,,,,,,,\nvolunteer,A3,,,,,,pay,\n"
    file = written(tmp_path, "changes.csv", CHANGE + rows)

    caught = refused(read_changes, problem, None, file)

    messages = {f.row: f.sentence for f in caught if f.code == "duplicate_id"}
    assert messages == {
        2: "the id is already in the table volunteers",
        4: "the id is already in the table volunteers (row 3)",
    }


def test_many_faults_cost_no_more_than_many_rows(tmp_path, problem):
    """Each repeated row names the first one; 20,000 of them are no 400 million steps."""
    file = written(tmp_path, "absent.csv", "volunteer_id\n" + "A1\n" * 20_000)

    with pytest.raises(InputError) as caught:
        read_changes(problem, file)

    assert caught.value.count == 19_999
    assert {f.sentence for f in caught.value.faults} == {"an earlier change says the same (row 2)"}


def test_a_missing_file_is_told(tmp_path, problem):
    """With the name of the file."""
    with pytest.raises(InputError, match=r"absent\.csv"):
        read_changes(problem, tmp_path / "absent.csv")


def test_a_new_volunteer_may_have_all_that_the_table_volunteers_has(tmp_path, problem):
    """Whoever is mobile needs no home where distances count; a wish for shifts is kept too."""
    file = written(
        tmp_path,
        "changes.csv",
        "change,volunteer_id,name,home_center_id,group,max_shifts,min_shifts,max_distance_km,"
        "show_rate,mobile,wish_percent,phone,contact,skills,note\n"
        "volunteer,A3,Chi,00430,team,4,2,12.5,0.8,1,150,+84912345678,c@x.vn,portal:2,a remark\n",
    )

    [change] = read_changes(problem, None, file)

    person = Volunteer(
        volunteer_id="A3",
        name="Chi",
        home_center_id="00430",
        group=("team",),
        max_shifts=4,
        min_shifts=2,
        max_distance_km=12.5,
        show_rate=0.8,
        mobile=True,
        wish_percent=150,
        phone="+84912345678",
        contact="c@x.vn",
        skills={"portal": 2},
    )
    assert change == Arrival(volunteer=person)
    assert {"volunteer_id", *KINDS["volunteer"][1]} == set(Volunteer.model_fields) - {"extra"}
