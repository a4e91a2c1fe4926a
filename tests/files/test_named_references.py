"""Tables that refer to rows of other tables by their names."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from books import faults_of, saved, tiny_book
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pace import costly
from strategies import problems
from weeks import TINY, faults, read, refused, told_at, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_week, read_workbook, write_week
from shiftplan.files.csv_text import neutral
from shiftplan.files.references import resolver_of
from shiftplan.present import write_workbook
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem

AN_GIANG = Path(__file__).parents[2] / "examples" / "data" / "an_giang"
OTHERS = {
    "grants": "volunteer_id,skill_id,level,valid_from\nA1,portal,2,2026-12-08\n",
    "languages": "center_id,skill_id,share\n00430,cham,0.2\n",
    "skills": TINY["skills"] + "cham,Tiếng Chăm,language,2\n",
    "journeys": "where,services,share\n00431,file,1\n",
    "citizen_kinds": "kind,where,share,factor\n60_plus,00431,0.2,1.4\n",
    "officials": "where,days,start,end,people\n00431,,07:00,11:00,1\n",
    "travel": "origin,destination,minutes\n00430,00431,45\n",
    "shift_types": "where,earliest,latest,min_minutes,max_minutes\n00431,07:00,07:00,60,60\n",
    "policy": "setting,where,value\npatience_minutes,00431,20\n",
    "stand_by": "volunteer_id,date\nA2,\n",
    "occupied": "volunteer_id,date\nA2,2026-12-13\n",
    "history": "volunteer_id,shifts_worked,last_center\nA2,3,00431\n",
    "pins": "volunteer_id,shift_id,state\nA1,S1,must\n",
    "preferences": "volunteer_id,shift_id,state\nA2,S2,for\n",
    "published": "shift_id,volunteer_id\nS1,A1\n",
    "horizon": "name,start,days,mentor_skill\nTuần,2026-12-07,7,portal\n",
    "rules": "rule,level,weight,value,skill\nmentor,hard,,2,portal\n",
}
WHOLE = TINY | OTHERS
NAMES = {
    "00430": "Rạch Giá",
    "00431": "Hòn Đất",
    "A1": "An",
    "A2": "Bình",
    "portal": "Dịch vụ công",
    "cham": "Tiếng Chăm",
    "file": "Nộp",
}
OWN = {"centers": 0, "skills": 0, "services": 0, "volunteers": 0}
"""Table -> place of its own ids."""


def by_name(table: str, text: str, write: Callable[[str], str] = str) -> str:
    """A table with the names of rows in place of their ids."""
    rows = list(csv.reader(io.StringIO(text)))
    named = [
        [NAMES[c] and write(NAMES[c]) if c in NAMES and OWN.get(table) != i else c for i, c in row]
        for row in map(list, map(enumerate, rows[1:]))
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([rows[0], *named])
    return out.getvalue()


@pytest.mark.parametrize("write", [str, str.upper, lambda name: f" {name.lower()} "])
def test_every_reference_may_be_a_name(tmp_path: Path, write: Callable[[str], str]) -> None:
    """All tables read by name are those read by id; each column with names has a note."""
    week = {table: by_name(table, text, write) for table, text in WHOLE.items()}
    notes: list[Fault] = []
    (tmp_path / "ids").mkdir()
    (tmp_path / "names").mkdir()

    problem = read_week(write_texts(tmp_path / "names", week), on_note=notes.append)

    assert problem == read(tmp_path / "ids", **OTHERS)
    told = {(n.table, n.column) for n in notes if n.code == "read_as"}
    assert told == {
        ("services", "skill_id"),
        ("volunteers", "home_center_id"),
        ("grants", "volunteer_id"),
        ("grants", "skill_id"),
        ("availability", "volunteer_id"),
        ("shifts", "center_id"),
        ("demand", "center_id"),
        ("demand", "service_id"),
        ("languages", "center_id"),
        ("languages", "skill_id"),
        ("journeys", "where"),
        ("journeys", "services"),
        ("citizen_kinds", "where"),
        ("officials", "where"),
        ("travel", "origin"),
        ("history", "last_center"),
        ("travel", "destination"),
        ("shift_types", "where"),
        ("policy", "where"),
        ("requirements", "skill_id"),
        ("stand_by", "volunteer_id"),
        ("occupied", "volunteer_id"),
        ("history", "volunteer_id"),
        ("pins", "volunteer_id"),
        ("preferences", "volunteer_id"),
        ("published", "volunteer_id"),
        ("horizon", "mentor_skill"),
        ("rules", "skill"),
    }


def test_a_week_with_ids_has_no_such_note(tmp_path: Path) -> None:
    """Ids are what the format has."""
    notes: list[Fault] = []

    read_week(write_texts(tmp_path, WHOLE), on_note=notes.append)

    assert [n for n in notes if n.code == "read_as"] == []


def test_an_id_is_meant_before_a_name_and_that_is_told(tmp_path: Path) -> None:
    """Center 00431 is called 00430: whoever writes 00430 means the id, as before."""
    notes: list[Fault] = []
    week = TINY | {"centers": TINY["centers"].replace("Hòn Đất", "00430")}

    problem = read_week(write_texts(tmp_path, week), on_note=notes.append)

    assert problem.shifts[0].center_id == "00430"
    texts = [fault_text(n) for n in notes if n.code == "read_as"]
    assert texts == [
        "volunteers.csv, row 2, column home_center_id: '00430': read as the id of Rạch Giá, though"
        " it is also the name of 00431",
        "shifts.csv, row 2, column center_id: '00430': read as the id of Rạch Giá, though it is"
        " also the name of 00431",
        "demand.csv, row 2, column center_id: '00430': read as the id of Rạch Giá, though it is"
        " also the name of 00431",
    ]


def test_namesakes_are_refused_at_each_row(tmp_path: Path) -> None:
    """Two people are called An, at two centers: the name alone is of nobody."""
    people = TINY["volunteers"].replace("Bình", "An")
    offers = TINY["availability"].replace("A1,", "An,").replace("A2,", '"An, Hòn Đất",')

    (fault,) = faults(tmp_path, volunteers=people, availability=offers)

    assert told_at([fault]) == ["ambiguous_name|2|volunteer_id|An"]
    assert fault_text(fault, "vi").splitlines() == [
        "tệp availability.csv, dòng 2, cột volunteer_id: 'An': có nhiều dòng khớp:"
        " A1 (An, Rạch Giá) và A2 (An, Hòn Đất)",
        "    Hãy ghi mã, hoặc ghi tên kèm nơi, như 'An, Rạch Giá'.",
    ]


@pytest.mark.parametrize(
    ("shifts", "told"),
    [
        (("S1,00430", "S1,Rạch Giáp"), "Did you mean '00430', Rạch Giá?"),
        (("S1,00430", "S1,430"), "Did you mean '00430'? A spreadsheet"),
        (("S1,00430", "S1,Hòn"), ""),
    ],
)
def test_unknown_names_have_a_suggestion(
    tmp_path: Path, shifts: tuple[str, str], told: str
) -> None:
    """As ids have; of a name the id is told."""
    (fault,) = faults(tmp_path, shifts=TINY["shifts"].replace(*shifts))

    assert fault.code == "unknown_id"
    assert str(fault.remedy).startswith(told)


def test_somebody_of_that_name_elsewhere_is_told(tmp_path: Path) -> None:
    """An lives at Rạch Giá: An of Hòn Đất may be somebody who is missing in the table."""
    offers = TINY["availability"].replace("A1,", '"An, Hòn Đất",')

    (fault,) = faults(tmp_path, availability=offers)

    assert told_at([fault]) == ["unknown_id|2|volunteer_id|An, Hòn Đất"]
    assert str(fault.message).endswith("elsewhere: A1 (An, Rạch Giá)")


def test_a_place_of_the_policy_is_a_type_or_group_before_a_center(tmp_path: Path) -> None:
    """`xã` is the type, `Xã Đảo` the center, and `dao` may be the group or the center."""
    centers = "center_id,name,type,groups\n00430,Xã Đảo,xã,đảo\n00431,Xã Hòn Đất,xã,\n"
    policy = "setting,where,value\ntolerance,xã,0.2\ntolerance,đảo,0.1\ntolerance,hon dat,0.5\n"
    kept = read(tmp_path, centers=centers, policy=policy).policy

    assert [row.where for row in kept] == ["xã", "đảo", "00431"]
    spelled = policy.replace(",xã,", ",Xa,")
    assert read(tmp_path, centers=centers, policy=spelled).policy == kept
    (fault,) = faults(tmp_path, centers=centers, policy=policy.replace(",đảo,", ",dao,"))
    assert fault.code == "ambiguous_name"


def test_references_to_a_table_that_cannot_be_read_are_not_looked_up(tmp_path: Path) -> None:
    """Its own fault is enough."""
    told = faults(
        tmp_path, centers="population,naam\n1,2\n", shifts=by_name("shifts", TINY["shifts"])
    )

    assert {fault.table for fault in told} == {"centers"}


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    """The tiny week: A1 comes on Monday (D), A2 on Tuesday afternoon (E)."""
    write_workbook(read(tmp_path), tmp_path / "own.xlsx", "en")
    return load_workbook(tmp_path / "own.xlsx")


GRID = "Availability grid"


@pytest.mark.parametrize("way", ["blank ids", "names as ids", "no ids", "names and centers"])
def test_grid_rows_may_have_names_instead_of_ids(book: Workbook, tmp_path: Path, way: str) -> None:
    """The week is the same; a note tells how the names were read."""
    expected = read_workbook(saved(book, tmp_path, "ids.xlsx"))
    sheet = book[GRID]
    rows = [row for row in sheet.iter_rows(min_row=4) if row[0].value in ("A1", "A2")]
    assert len(rows) == 2
    for row in rows:
        if way == "names as ids":
            row[0].value = row[1].value
        elif way == "names and centers":
            row[0].value = f"{row[1].value} ({'Rạch Giá' if row[1].value == 'An' else '00431'})"
        else:
            row[0].value = None
    if way == "no ids":
        for row in sheet.iter_rows(max_row=3):
            row[0].value = None
    notes: list[Fault] = []

    problem = read_workbook(saved(book, tmp_path), on_note=notes.append)

    assert problem == expected
    (note,) = [fault_text(n) for n in notes if n.column == "volunteer_id"]
    first = {"names and centers": ["An (Rạch Giá)", "Bình (00431)"]}.get(way, ["An", "Bình"])
    assert note.endswith(f": read {first[0]!r} as A1 (An), {first[1]!r} as A2 (Bình)")


def test_a_note_lists_the_names_that_were_read(tmp_path: Path) -> None:
    """Five of them, and how many more; what is counted are names, not the cells that they mark."""
    people = "volunteer_id,name,home_center_id\n"
    people += "".join(f"V{i},Nguyễn {i},00430\n" for i in range(7))
    rows = "volunteer_id,date,start,end\n"
    rows += "".join(f"nguyen {i},2026-12-0{day},07:00,11:00\n" for i in range(7) for day in (7, 8))
    week = {"volunteers": people, "availability": rows}
    notes: list[Fault] = []
    read_week(write_texts(tmp_path, TINY | week), on_note=notes.append)
    (note,) = [n for n in notes if n.table == "availability" and n.code == "read_as"]

    assert fault_text(note, "vi").endswith("'nguyen 4' là V4 (Nguyễn 4), ... và 2 nữa")
    assert note.more == 0


def test_grid_rows_of_namesakes_need_the_center(tmp_path: Path) -> None:
    """A column with the centers tells them apart."""
    people = TINY["volunteers"].replace("Bình", "An")
    book = tiny_book(volunteers=people, availability="")
    head = [["Tình nguyện viên", "Đơn vị", "Date", "2026-12-07", "2026-12-08"]]
    head += [[None, None, "Start", "07:00", "13:00"], [None, None, "End", "17:00", "17:00"]]
    grid = book.create_sheet("grid")
    for row in [*head, ["An", "Rạch Giá", None, "x"], ["An", "Hòn Đất", None, None, "+"]]:
        grid.append(row)

    problem = read_workbook(saved(book, tmp_path))

    windows = [(w.volunteer_id, w.start.day, w.state) for w in problem.availability]
    assert windows == [("A1", 7, "available"), ("A2", 8, "preferred")]
    grid["B4"] = grid["B5"] = None
    told = [(f.code, f.cell) for f in faults_of(saved(book, tmp_path))]
    assert told == [("ambiguous_name", "A4"), ("ambiguous_name", "A5")]


def test_a_mark_that_the_table_has_too_is_known_by_name(book: Workbook, tmp_path: Path) -> None:
    """An of the grid is A1 of the table: one window, not two that overlap."""
    grid = book[GRID]
    offers = (
        book.create_sheet("availability") if "Availability" not in book else book["Availability"]
    )
    for row in grid.iter_rows(min_row=4):
        if row[0].value == "A1":
            row[0].value = None
    for place, cell in enumerate(["A1", "2026-12-07", "07:00", "17:00", "available"], start=1):
        offers.cell(2, place).value = cell

    problem = read_workbook(saved(book, tmp_path))

    assert sorted(w.volunteer_id for w in problem.availability) == ["A1", "A2"]


def week_by_name(problem: Problem, folder: Path) -> None:
    """Write a week with the names of all rows that can be found by them."""
    write_week(problem, folder)
    for table in ("centers", "volunteers", "skills", "services"):
        column = f"{table[:-1]}_id"
        resolver, rows = resolver_of(problem, table), getattr(problem, table)
        homes = {c.center_id: c.name for c in problem.centers}
        names = {}
        for row in rows:
            key, home = getattr(row, column), homes.get(getattr(row, "home_center_id", ""), "")
            for name in (row.name, f"{row.name}, {home}"):
                if resolver.find(name) == key:
                    names.setdefault(key, neutral(name))
        for file in folder.glob("*.csv"):
            with file.open(encoding="utf-8", newline="") as stream:
                header, *cells = csv.reader(stream)
            for row in cells:
                for i, name in enumerate(header):
                    is_own = file.stem == table and name == column
                    if name in (column, f"home_{column}") and not is_own:
                        row[i] = names.get(row[i], row[i])
            with file.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([header, *cells])


@costly(0.25)
@given(st.data())
def test_a_written_week_reads_back_by_name(data: st.DataObject) -> None:
    """Whatever the names are: what the resolver finds is what the reader reads."""
    problem = data.draw(problems())
    with tempfile.TemporaryDirectory() as folder:
        week_by_name(problem, Path(folder))

        assert read_week(folder) == problem


def test_an_giang_by_name_is_an_giang(tmp_path: Path) -> None:
    """Of 1,353 people 1,347 have a name of their own at their center."""
    problem = read_week(AN_GIANG)
    week_by_name(problem, tmp_path)

    assert read_week(tmp_path) == problem


def test_the_namesakes_of_an_giang_are_all_listed(tmp_path: Path) -> None:
    """94 names are of 194 people: each of their windows is refused with all of them."""
    problem = read_week(AN_GIANG)
    write_week(problem, tmp_path)
    name_of = {v.volunteer_id: v.name for v in problem.volunteers}
    file = tmp_path / "history.csv"
    header, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8")))
    names = [[name_of[row[0]], *row[1:]] for row in rows]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *names])

    told = refused(read_week, tmp_path)

    assert {fault.code for fault in told} == {"ambiguous_name"}
    assert len(told) == 194
    assert len({fault.value for fault in told}) == 94
    for fault in told:
        same = [v.volunteer_id for v in problem.volunteers if v.name == fault.value]
        assert all(f"{key} (" in str(fault.message) for key in same)
