"""People and centers without ids: ids made of names, the same every week."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from books import saved, tiny_book
from hypothesis import given
from hypothesis import strategies as st
from weeks import TINY, faults, read, told_at, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_week, read_workbook
from shiftplan.files.gathering import gather
from shiftplan.files.made_ids import give_ids
from shiftplan.files.sheet import Sheet
from shiftplan.present.faults import fault_text

PEOPLE = "name,home_center_id,skill.portal\nNguyễn Thị Hòa,Hòn Đất,3\nĐỗ An,00430,0\n"
OFFERS = (
    "name,date,start,end\nNguyễn Thị Hòa,2026-12-07,07:00,17:00\ndo an,2026-12-08,13:00,17:00\n"
)
MADE = ["nguyen-thi-hoa-00431", "do-an-00430"]


def without(table: str, column: str) -> str:
    """A table of the tiny week without a column."""
    rows = list(csv.reader(io.StringIO(TINY[table])))
    place = rows[0].index(column)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([r[:place] + r[place + 1 :] for r in rows])
    return out.getvalue()


def test_people_without_ids_get_them_of_names_and_homes(tmp_path: Path) -> None:
    """And a note says so, with the first of them."""
    notes: list[Fault] = []
    week = TINY | {"volunteers": PEOPLE, "availability": OFFERS}

    problem = read_week(write_texts(tmp_path, week), on_note=notes.append)

    assert [v.volunteer_id for v in problem.volunteers] == MADE
    assert [w.volunteer_id for w in problem.availability] == MADE
    (note,) = [n for n in notes if n.table == "volunteers" and n.column == "name"]
    assert fault_text(note) == (
        "volunteers.csv, row 2, column name: 'Nguyễn Thị Hòa': no ids in the column volunteer_id:"
        " they are made from the name and the home center, such as 'nguyen-thi-hoa-00431', and"
        " change only with these; 1 more like this"
    )


def test_centers_without_ids_get_them_of_names(tmp_path: Path) -> None:
    """Names of centers then stand for them in all tables."""
    named = {
        table: TINY[table].replace("00430", "Rạch Giá").replace("00431", "Hòn Đất")
        for table in ("volunteers", "shifts", "demand")
    }

    problem = read(tmp_path, centers=without("centers", "center_id"), **named)

    assert [c.center_id for c in problem.centers] == ["rach-gia", "hon-dat"]
    assert [s.center_id for s in problem.shifts] == ["rach-gia", "hon-dat"]


@pytest.mark.parametrize("way", ["no column", "blank column", "no column in a workbook"])
def test_a_column_of_blank_ids_is_none(tmp_path: Path, way: str) -> None:
    """As a template has it whose ids nobody fills in."""
    people = "volunteer_id," + PEOPLE.replace("\n", "\n,").removesuffix(",")
    week = {"volunteers": people if way == "blank column" else PEOPLE, "availability": OFFERS}

    if way == "no column in a workbook":
        problem = read_workbook(saved(tiny_book(**week), tmp_path))
    else:
        problem = read(tmp_path, **week)

    assert [v.volunteer_id for v in problem.volunteers] == MADE


def test_histories_find_the_ids_of_last_week(tmp_path: Path) -> None:
    """They name made ids, or the people by name."""
    history = f"volunteer_id,shifts_worked\n{MADE[0]},3\nĐỗ An,2\n"

    problem = read(tmp_path, volunteers=PEOPLE, availability=OFFERS, history=history)

    assert [h.volunteer_id for h in problem.history] == MADE


def test_a_name_that_two_share_at_a_center_needs_ids(tmp_path: Path) -> None:
    """Nobody may get the history of somebody else."""
    people = PEOPLE + "nguyễn thị hoà,00431,0\n"

    (fault,) = faults(tmp_path, volunteers=people, availability=OFFERS.splitlines()[0] + "\n")

    assert told_at([fault]) == ["ambiguous_name|4|name|nguyễn thị hoà"]
    assert fault_text(fault, "vi").splitlines() == [
        "tệp volunteers.csv, dòng 4, cột name: 'nguyễn thị hoà': trùng tên với dòng 2",
        "    Hãy thêm cột volunteer_id và ghi mã cho mọi dòng.",
    ]


def test_some_missing_ids_are_faults(tmp_path: Path) -> None:
    """A table has ids of its own, or none."""
    people = TINY["volunteers"].replace("A2,", ",")

    told = faults(tmp_path, volunteers=people, availability=TINY["availability"].split("A2")[0])

    assert told_at(told) == ["missing_value|3|volunteer_id"]


def test_a_misspelt_column_of_ids_is_a_fault_of_its_own(tmp_path: Path) -> None:
    """No ids are made in its place."""
    people = TINY["volunteers"].replace("volunteer_id", "volunter_id")

    told = faults(tmp_path, volunteers=people)

    assert [f.code for f in told] == ["unknown_column", "missing_column"]


def test_a_person_without_name_and_id_is_a_fault(tmp_path: Path) -> None:
    """There is nothing to make an id of."""
    people = PEOPLE.replace("Đỗ An", "")
    told = faults(tmp_path, volunteers=people, availability=OFFERS.split("do an")[0])

    assert told_at(told) == ["missing_value|3|volunteer_id"]


def test_a_table_of_blank_names_or_no_rows_is_read(tmp_path: Path) -> None:
    """Its rows have neither id nor name, and its header is enough where it has none."""
    told = faults(
        tmp_path, volunteers="name,group\n,official\n", availability=OFFERS.splitlines()[0] + "\n"
    )
    nobody = OFFERS.splitlines()[0] + "\n"

    assert told_at(told) == ["missing_value|2|volunteer_id"]
    assert read(tmp_path, volunteers="name,group\n", availability=nobody).volunteers == ()


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=6))
def test_made_ids_depend_on_the_row_alone(names: list[str]) -> None:
    """In any order, beside any others: a name has one id, which no other row has."""
    made: dict[str, str] = {}
    for order in (names, sorted(names), names[:1]):
        sheet = Sheet("volunteers", "v.csv", header=["name"], rows=[[n] for n in order])
        sheet.lines = list(range(2, len(order) + 2))
        give_ids({"volunteers": sheet})
        ids = [row[1] for row in sheet.rows]
        if not sheet.faults:
            assert len({*filter(None, ids)}) == sum(map(bool, ids))
            for name, key in zip(order, ids, strict=True):
                assert made.setdefault(name, key) == key


@pytest.mark.parametrize("title", ["Đơn vị", "Nơi trực", "XÃ", "Phường", "Địa bàn", "Ward"])
def test_a_column_of_centers_beside_people_is_their_home(tmp_path: Path, title: str) -> None:
    """Namesakes of two centers then need no ids, and a note says how the column was read."""
    people = f"name,{title}\nAn,Hòn Đất\nAn,P. Rạch Giá\n"
    notes: list[Fault] = []
    place = write_texts(tmp_path, TINY | {"volunteers": people, "availability": OFFERS[:20]})

    problem = read_week(place, on_note=notes.append)

    ids = [(v.volunteer_id, v.home_center_id, v.extra) for v in problem.volunteers]
    assert ids == [("an-00431", "00431", ()), ("an-00430", "00430", ())]
    (note,) = [n for n in notes if n.column == title]
    assert (note.row, note.value) == (1, title)
    assert fault_text(note) == (
        f"volunteers.csv, row 1, column {title}: {title!r}: read as home_center_id"
    )
    assert "được đọc là" in fault_text(note, "vi")


STAYS = {
    "schools": ("Đơn vị", ("Đại học An Giang", "Hòn Đất")),
    "remarks": ("Ghi chú", ("Hòn Đất", "Rạch Giá")),
    "blanks": ("Xã", ("", "")),
    "two columns": ("Xã,Nơi trực", ("Hòn Đất,Rạch Giá", "Rạch Giá,Rạch Giá")),
    "a home center beside": ("Xã,home_center_id", ("Hòn Đất,Rạch Giá", "Rạch Giá,Rạch Giá")),
}


@pytest.mark.parametrize("case", STAYS)
def test_other_columns_beside_people_stay_their_own(tmp_path: Path, case: str) -> None:
    """Cells that are no centers, and columns of which two could be meant, which a note says."""
    titles, (one, other) = STAYS[case]
    people = f"volunteer_id,name,{titles}\nA1,An,{one}\nA2,Bình,{other}\n"
    notes: list[Fault] = []

    week = read_week(write_texts(tmp_path, TINY | {"volunteers": people}), on_note=notes.append)

    kept = titles.removesuffix(",home_center_id").split(",")
    first = week.volunteers[0]
    assert [t for t, _ in first.extra] == (sorted(kept) if any((one, other)) else [])
    assert first.home_center_id == ("00430" if "home" in titles else None)
    told = [n for n in notes if getattr(n.message, "code", "") == "files.many_homes"]
    assert [fault_text(n).partition(": each")[2] for n in told] == (
        [
            " of the columns Xã, Nơi trực holds centers, and none of them is called home_center_id;"
            " they are kept as columns of your own"
        ]
        if case == "two columns"
        else []
    )


def test_a_slip_among_centers_is_a_fault_at_its_cell(tmp_path: Path) -> None:
    """Most of the others are centers, so that this one is meant for one."""
    people = "volunteer_id,name,Xã\nA1,An,Hòn Đất\nA2,Bình,Rạch Giá\nA3,Chi,Rạch Giáp\n"

    (fault,) = faults(tmp_path, volunteers=people)

    assert (fault.code, fault.row, fault.value) == ("unknown_id", 4, "Rạch Giáp")
    assert "Rạch Giá" in str(fault.remedy)
    assert "row 4, column “Xã”: 'Rạch Giáp'" in fault_text(fault)


def test_homes_of_a_team_are_found_among_all_centers(tmp_path: Path) -> None:
    """Whoever has the table of centers."""
    shared = {t: text for t, text in TINY.items() if t not in ("volunteers", "availability")}
    (tmp_path / "_shared").mkdir()
    (tmp_path / "đội 1").mkdir()
    write_texts(tmp_path / "_shared", shared)
    write_texts(tmp_path / "đội 1", {"volunteers": "Họ tên,Đơn vị\nAn,Hòn Đất\n"})

    (team,) = (d for d in gather(tmp_path).deliveries if d.people)

    assert (team.center_id, team.people) == ("00431", 1)
