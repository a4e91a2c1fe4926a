"""What many teams deliver, put together by hand: equal copies, conflicts, decisions, places."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.weeks import TINY, refused, write_texts
from openpyxl import Workbook

from shiftplan.errors.faults import line_of
from shiftplan.files.gathering import Gathered, decisions_text, gather, ordered
from shiftplan.files.week import read_week

PEOPLE = "volunteer_id,name,home_center_id,phone\n"
TIMES = "volunteer_id,date,start,end,state\n"
SHARED = {t: text for t, text in TINY.items() if t not in ("volunteers", "availability")}


@pytest.fixture
def teams(tmp_path: Path) -> Path:
    """The tables that all share; teams come beside them."""
    place = tmp_path / "teams"
    give(place, "_shared", **SHARED)
    return place


def give(place: Path, name: str, **tables: str) -> Path:
    """Let a team deliver a folder of tables."""
    folder = place / name
    folder.mkdir(parents=True, exist_ok=True)
    return write_texts(folder, tables)


def team(place: Path, name: str, *people: str, times: str = "", **tables: str) -> Path:
    """Let a team deliver people, and when they can come."""
    rows = "".join(f"{person}\n" for person in people)
    return give(place, name, volunteers=PEOPLE + rows, availability=TIMES + times, **tables)


def told(gathered: Gathered) -> list[str]:
    """Conflicts as `kind about: first | second`, with rows; what was decided behind."""
    return [
        f"{c.kind} {', '.join(c.about)}: "
        + " | ".join(f"{side.file}:{side.row or ''}" for side in c.sides)
        + (f" -> {c.decision}" if c.decision else "")
        for c in gathered.clashes
    ]


def decide(teams: Path, decision: str, number: int = 0) -> Gathered:
    """Fill in the decision of a conflict, and gather again."""
    table = teams.parent / "decisions.csv"
    before = gather(teams, decisions=table if table.exists() else None)
    text = decisions_text(before.clashes, before.gone, lambda clash: ("", "", ""))
    lines = text.splitlines()
    cells = lines[number + 1].split(",")
    cells[3] = decision
    lines[number + 1] = ",".join(cells)
    table.write_text("\n".join(lines), encoding="utf-8")
    return gather(teams, decisions=table)


def test_equal_copies_are_one(teams: Path) -> None:
    """A team that sends the shared tables along changes nothing, however it spells them."""
    same = (
        SHARED["centers"].replace("1.125", '"1,125"').replace(",", ";").replace('"1;125"', "1,125")
    )
    shifts = SHARED["shifts"].replace("07:00", "7h").replace("13:00", "1:00 PM")
    team(teams, "a", "A1,An,00430,", centers=same, shifts=shifts)

    gathered = gather(teams)

    assert told(gathered) == []
    assert gathered.problem is not None
    assert [c.priority for c in gathered.problem.centers] == [1.125, 1.0]
    assert len(gathered.problem.shifts) == 2


def test_a_column_that_one_file_lacks_is_no_contradiction(teams: Path) -> None:
    """What a team does not tell of a center stays as it is."""
    team(teams, "a", "A1,An,00430,", centers="center_id,name\n00430,Rạch Giá\n")

    gathered = gather(teams)

    assert told(gathered) == []
    assert gathered.problem is not None
    assert gathered.problem.centers[0].lat == 10.01


CONFLICTS = {
    "a person in two teams, all the same": (
        ("A1,An,00430,",),
        ("A2,Bình,00431,", "A3,Chi,00431,", "A1,An,00430,"),
        "person_twice A1: a/volunteers.csv:2 | b/volunteers.csv:4",
    ),
    "a person in two teams, another home": (
        ("A1,An,00430,",),
        ("A2,Bình,00431,", "A1,An,00431,"),
        "person_twice A1: a/volunteers.csv:2 | b/volunteers.csv:3",
    ),
    "an id for two people": (
        ("A1,An,00430,",),
        ("A1,Bình,00431,",),
        "same_id A1: a/volunteers.csv:2 | b/volunteers.csv:2",
    ),
    "a name and phone under two ids": (
        ("A1,Lê An,00430,0912 345 678",),
        ("A2,lê  an,00431,+84 912345678",),
        "two_ids A1, A2: a/volunteers.csv:2 | b/volunteers.csv:2",
    ),
    "a name and home under two ids": (
        ("A1,An,00430,",),
        ("A2,Bình,00431,", "A3,Chi,00431,", "A9,An,00430,"),
        "two_ids A1, A9: a/volunteers.csv:2 | b/volunteers.csv:4",
    ),
    "two files of a team": (
        ("A1,An,00430,",),
        ("A2,Bình,00430,",),
        "versions 00430: a/: | b/:",
    ),
}


@pytest.mark.parametrize("case", CONFLICTS)
def test_conflicts_of_people(teams: Path, case: str) -> None:
    """Each is told with both places, and there is no week."""
    one, other, expected = CONFLICTS[case]
    team(teams, "a", *one)
    team(teams, "b", *other)

    gathered = gather(teams)

    assert told(gathered) == [expected]
    assert gathered.problem is None
    assert gathered.faults == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("A1,An,00430,0912345678",), ("A2,An,00431,0912345679",)),
        (("A1,,00430,",), ("A2,,00431,",)),
        (("A1,An,00430,", "A2,An,00430,"), ("A3,Bình,00431,",)),
    ],
)
def test_namesakes_are_no_conflict(teams: Path, one: tuple[str], other: tuple[str]) -> None:
    """Neither are people without names, and two of one name in one file."""
    team(teams, "a", *one)
    team(teams, "b", *other)

    assert told(gather(teams)) == []


def test_a_list_of_all_people_is_no_team(teams: Path) -> None:
    """A province's own list beside the workbooks of the teams is one more copy."""
    both = ("A1,An,00430,", "A2,Bình,00431,")
    give(teams, "office", volunteers=PEOPLE + "".join(f"{row}\n" for row in both))
    for name, row in zip("ab", both, strict=True):
        team(teams, name, row)

    gathered = gather(teams)

    assert told(gathered) == []
    assert [v.volunteer_id for v in gathered.problem.volunteers] == ["A1", "A2"]  # type: ignore[union-attr]


def test_namesakes_of_a_list_are_told_apart_in_their_team(teams: Path) -> None:
    """Whoever lists two people of one name and home knows them; so do the others then."""
    both = ("A1,An,00430,", "A3,An,00430,", "A2,Bình,00431,")
    give(teams, "office", volunteers=PEOPLE + "".join(f"{row}\n" for row in both))
    team(teams, "a", *both[:2])

    assert told(gather(teams)) == ["versions 00430: a/: | office/:"]
    assert told(decide(teams, "both")) == ["versions 00430: a/: | office/: -> both"]


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("centers", "Hòn Đất", "Hòn Đá", "row 00431: _shared/centers.csv:3 | a/centers.csv:3"),
        ("shifts", "13:00", "14:00", "row S2: _shared/shifts.csv:3 | a/shifts.csv:3"),
        ("rules", "100", "200", "table : _shared/rules.csv:2 | a/rules.csv:2"),
        (
            "requirements",
            "S1,,,1,2",
            "S1,,,1,3",
            "row S1, , : _shared/requirements.csv:2 | a/requirements.csv:2",
        ),
    ],
)
def test_shared_tables_that_differ(
    teams: Path, table: str, old: str, new: str, expected: str
) -> None:
    """Two copies that say different things are a conflict."""
    assert old in TINY[table]
    team(teams, "a", "A1,An,00430,", **{table: TINY[table].replace(old, new)})

    gathered = gather(teams)

    assert told(gathered) == [expected]


def test_other_times_of_a_person_on_one_date(teams: Path) -> None:
    """A person's windows in two files are joined unless they differ on the same date."""
    times = "A1,2026-12-07,07:00,11:00,available\n"
    team(teams, "a", "A1,An,00430,", times=times)
    give(teams, "form", availability=TIMES + "A1,2026-12-08,07:00,11:00,available\n")
    give(teams, "form 2", availability=TIMES + "A1,2026-12-07,07:00,12:00,available\n")

    gathered = gather(teams)

    assert "versions 00430: a/: | form/:" in told(gathered)


DECISIONS = {
    # what is decided of "an id for two people" -> people and their homes
    "1": [("A1", "An", "00430")],
    "second": [("A1", "Bình", "00431")],
    "rename B7": [("A1", "An", "00430"), ("B7", "Bình", "00431")],
    "đổi mã thành B7": [("A1", "An", "00430"), ("B7", "Bình", "00431")],
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_decisions_of_an_id_for_two_people(teams: Path, decision: str) -> None:
    """One stays, or the second gets a new id, with the times of its file."""
    team(teams, "a", "A1,An,00430,", times="A1,2026-12-07,07:00,11:00,available\n")
    team(teams, "b", "A1,Bình,00431,", times="A1,2026-12-08,13:00,17:00,available\n")

    gathered = decide(teams, decision)

    assert gathered.problem is not None
    people = [(v.volunteer_id, v.name, v.home_center_id) for v in gathered.problem.volunteers]
    assert people == DECISIONS[decision]
    ids = {v.volunteer_id: v.home_center_id for v in gathered.problem.volunteers}
    days = {w.volunteer_id: w.start.day for w in gathered.problem.availability}
    assert days == {who: 7 if home == "00430" else 8 for who, home in ids.items()}


def test_both_keeps_one_person_with_the_times_of_both_files(teams: Path) -> None:
    """A helper of two teams offers what both leaders wrote down."""
    team(teams, "a", "A1,An,00430,", times="A1,2026-12-07,07:00,11:00,available\n")
    times = "A1,2026-12-07,07:00,11:00,available\nA1,2026-12-08,13:00,17:00,available\n"
    team(teams, "b", "A2,Bình,00431,", "A3,Chi,00431,", "A1,An,00430,", times=times)

    gathered = decide(teams, "both")

    assert gathered.problem is not None
    assert [v.volunteer_id for v in gathered.problem.volunteers] == ["A1", "A2", "A3"]
    assert [w.start.day for w in gathered.problem.availability] == [7, 8]


def test_of_three_versions_one_is_chosen(teams: Path) -> None:
    """Two decisions against the older files are enough; the third conflict needs none."""
    for name, person in (("a", "An"), ("a (2)", "Ân"), ("a_v10", "Anh")):
        team(teams, name, f"A1,{person},00430,")
    assert [c.key[-2:] for c in gather(teams).open] == [
        ("a (2)/", "a/"),
        ("a (2)/", "a_v10/"),
        ("a/", "a_v10/"),
    ]

    decide(teams, "2", 1)
    gathered = decide(teams, "2", 1)

    assert gathered.problem is not None
    assert [v.name for v in gathered.problem.volunteers] == ["Anh"]
    states = {d.name: d.state for d in gathered.deliveries}
    assert states["a/"] == states["a (2)/"] == "left_out"


def test_a_new_id_that_is_taken_is_a_new_conflict(teams: Path) -> None:
    """Renaming never hides that somebody has the id already."""
    team(teams, "a", "A1,An,00430,", "A2,Chi,00430,")
    team(teams, "b", "A1,Bình,00431,")

    gathered = decide(teams, "rename A2")

    assert told(gathered) == [
        "same_id A1: a/volunteers.csv:2 | b/volunteers.csv:2 -> rename A2",
        "same_id A2: a/volunteers.csv:3 | b/volunteers.csv:2",
    ]


@pytest.mark.parametrize("decision", ["rename A1", "rename A2"])
def test_ids_that_are_renamed_in_a_ring_end(teams: Path, decision: str) -> None:
    """A decision helps once; what it does not help stays open."""
    team(teams, "a", "A1,An,00430,", "A2,Chi,00430,")
    team(teams, "b", "A1,Bình,00431,")
    decide(teams, decision)

    gathered = (
        decide(teams, "rename A1", 1)
        if decision == "rename A2"
        else gather(teams, decisions=teams.parent / "decisions.csv")
    )

    assert gathered.open
    assert gathered.problem is None


def test_decisions_are_kept_when_their_conflict_is_gone(teams: Path) -> None:
    """A corrected file needs no decision; the table keeps the one that was made, and says so."""
    team(teams, "a", "A1,An,00430,")
    team(teams, "b", "A1,Bình,00431,")
    decide(teams, "1")
    team(teams, "b", "A2,Bình,00431,")

    gathered = gather(teams, decisions=teams.parent / "decisions.csv")

    assert gathered.problem is not None
    assert len(gathered.problem.volunteers) == 2
    assert list(gathered.gone.values()) == ["1"]
    text = decisions_text((), gathered.gone, lambda clash: ("gone", "", ""))
    assert text.splitlines()[1].startswith("gone,,,1,same_id,volunteers,A1,")


@pytest.mark.parametrize(
    ("case", "decision", "allowed"),
    [
        ("an id for two people", "both", "decide_id"),
        ("an id for two people", "rename", "decide_id"),
        ("two files of a team", "rename A9", "decide_both"),
        ("two files of a team", "perhaps", "decide_both"),
    ],
)
def test_decisions_that_cannot_be_made(teams: Path, case: str, decision: str, allowed: str) -> None:
    """They are faults at their row that say what can be decided."""
    one, other, _ = CONFLICTS[case]
    team(teams, "a", *one)
    team(teams, "b", *other)

    (fault,) = refused(decide, teams, decision)

    assert (fault.file, fault.row, fault.column) == ("decisions.csv", 2, "decision")
    assert fault.message.code == f"gathering.{allowed}"  # type: ignore[union-attr]


def test_a_conflict_is_decided_once(teams: Path) -> None:
    """Two rows that decide it differently are a fault; two that agree are none."""
    team(teams, "a", "A1,An,00430,")
    team(teams, "b", "A1,Bình,00431,")
    decide(teams, "1")
    table = teams.parent / "decisions.csv"
    header, row = table.read_text(encoding="utf-8").splitlines()

    table.write_text("\n".join((header, row, row.replace(",1,", ",first,"))), encoding="utf-8")
    assert gather(teams, decisions=table).problem is not None
    table.write_text("\n".join((header, row, row.replace(",1,", ",2,"))), encoding="utf-8")
    (fault,) = refused(gather, teams, decisions=table)

    assert (fault.code, fault.row, fault.column) == ("duplicate_row", 3, "decision")


def test_what_concerns_no_file_is_kept(teams: Path) -> None:
    """A week without requirements is worth a look, whoever delivered the rest."""
    for table in ("requirements", "demand"):
        (teams / "_shared" / f"{table}.csv").unlink()
    team(teams, "a", "A1,An,00430,")
    team(teams, "b", "A2,Bình,00431,")

    gathered = gather(teams)

    assert [(note.code, note.table) for note in gathered.notes] == [
        ("missing_value", "requirements")
    ]


def test_faults_keep_their_file_sheet_and_cell(teams: Path) -> None:
    """Of many files, each tells of its own; two of one sheet name are told apart."""
    for name, home in (("x", "00430"), ("y", "00431")):
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Volunteers"
        sheet.append(["Volunteer id", "Name", "Home center id", "Most shifts"])
        sheet.append([f"{name}1", "An", home, "many"])
        sheet.append([f"{name}2", f"Bình {name}", "nowhere", 3])
        book.save(teams / f"{name}.xlsx")
    give(teams, "z", availability=TIMES)

    gathered = gather(teams)

    assert [(f.file, f.sheet, f.cell, f.code) for f in gathered.faults] == [
        ("x.xlsx", "Volunteers", "D2", "not_a_whole_number"),
        ("x.xlsx", "Volunteers", "C3", "unknown_id"),
        ("y.xlsx", "Volunteers", "D2", "not_a_whole_number"),
        ("y.xlsx", "Volunteers", "C3", "unknown_id"),
    ]
    assert [d.state for d in gathered.deliveries if d.name.endswith(".xlsx")] == ["faulty"] * 2


def test_each_file_has_its_own_decimal_commas_and_dates(teams: Path) -> None:
    """A file with semicolons, or the month first, does not change how others are read."""
    give(
        teams,
        "a",
        volunteers="volunteer_id;name;home_center_id;show_rate\nA1;An;00430;0,5\n",
        availability="volunteer_id;date;start;end\nA1;12/07/2026;07:00;11:00\nA1;12/13/2026;07:00;11:00\n",
    )
    give(
        teams,
        "b",
        volunteers="volunteer_id,name,home_center_id,show_rate\nA2,Bình,00431,0.25\n",
        availability=TIMES + "A2,07/12/2026,07:00,11:00,available\nA2,13/12/2026,07:00,11:00,\n",
    )

    gathered = gather(teams)

    assert gathered.problem is not None
    assert [v.show_rate for v in gathered.problem.volunteers] == [0.5, 0.25]
    assert [w.start.day for w in gathered.problem.availability] == [7, 13, 7, 13]


def test_names_mean_people_of_the_same_file_first(teams: Path) -> None:
    """Two teams may each have an An; a team's own grid means its own."""
    team(teams, "a", "A1,An,00430,", times="An,2026-12-07,07:00,11:00,available\n")
    team(teams, "b", "A2,An,Hòn Đất,", times="An,2026-12-08,13:00,17:00,available\n")

    gathered = gather(teams)

    assert gathered.problem is not None
    assert [(w.volunteer_id, w.start.day) for w in gathered.problem.availability] == [
        ("A1", 7),
        ("A2", 8),
    ]
    assert {d.name: d.center_id for d in gathered.deliveries} == {
        "_shared/": "",
        "a/": "00430",
        "b/": "00431",
    }


def test_a_team_nobody_of_which_can_come_is_doubtful(teams: Path) -> None:
    """So is a form that came back blank, whose name tells the center."""
    team(teams, "a", "A1,An,00430,")
    give(teams, "00431 Hòn Đất", volunteers=PEOPLE)

    gathered = gather(teams)

    states = {d.name: (d.center_id, d.people, d.able, d.state) for d in gathered.deliveries}
    assert states["a/"] == ("00430", 1, 0, "doubtful")
    assert states["00431 Hòn Đất/"] == ("00431", 0, 0, "doubtful")
    assert gathered.missing == ()


def test_rows_about_people_who_are_missing_are_left_out(teams: Path) -> None:
    """History of a team that has not delivered is no fault; a slip is one, once all came."""
    give(teams, "_shared", history="volunteer_id,shifts_worked\nA1,2\nA2,3\n")
    team(teams, "a", "A1,An,00430,")

    gathered = gather(teams)
    team(teams, "b", "A3,Bình,00431,")
    then = gather(teams)

    assert gathered.missing == ("00431",)
    assert gathered.problem is not None
    assert [h.volunteer_id for h in gathered.problem.history] == ["A1"]
    (office,) = (d for d in gathered.deliveries if d.name == "_shared/")
    assert ["history has rows about 1 person" in line_of(note) for note in office.notes] == [True]
    assert [(f.code, f.file, f.row) for f in then.faults] == [
        ("unknown_id", "_shared/history.csv", 3)
    ]


def test_a_table_that_nobody_delivered_is_a_fault(teams: Path) -> None:
    """A week needs its rules, whoever has them."""
    (teams / "_shared" / "rules.csv").unlink()
    team(teams, "a", "A1,An,00430,")

    assert [(f.code, f.table, f.file) for f in gather(teams).faults] == [
        ("missing_file", "rules", "teams")
    ]


def test_an_own_week_of_one_folder_is_that_week(tmp_path: Path) -> None:
    """A folder of tables alone is one delivery, and gathers to what it is."""
    give(tmp_path, "week", **TINY)

    assert gather(tmp_path / "week").problem == ordered(read_week(tmp_path / "week"))


def test_a_window_without_a_date_is_a_fault(teams: Path) -> None:
    """Also where another file has one of the same person."""
    team(teams, "a", "A1,An,00430,", times="A1,2026-12-07,07:00,11:00,\n")
    give(
        teams, "other", volunteers=PEOPLE + "A2,Bình,00431,\n", availability=TIMES + "A1,,7h,11h,\n"
    )

    gathered = gather(teams)

    assert [(f.code, f.file, f.column) for f in gathered.faults] == [
        ("missing_value", "other/availability.csv", "date")
    ]


def test_a_broken_cell_of_a_copy_is_a_fault(teams: Path) -> None:
    """It is told where it stands, though the row is taken from another file."""
    broken = SHARED["centers"].replace("10.2,", "north,")
    team(teams, "a", "A1,An,00430,", centers=broken)

    gathered = gather(teams)

    assert told(gathered) == []
    assert [(f.file, f.row, f.column, f.value) for f in gathered.faults] == [
        ("a/centers.csv", 3, "lat", "north")
    ]


def test_the_week_decides_how_dates_and_hours_of_each_team_are_read(teams: Path) -> None:
    """Dates without a year and parts of the day mean those of the shifts that all share."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Bảng đăng ký"
    for row in (
        ("Mã tình nguyện viên", "Tên", "Ngày", "Thứ 2 7/12", "8/12"),
        (None, None, "Giờ bắt đầu", "7h", "13h"),
        (None, None, "Giờ kết thúc", "11h", "17h"),
        ("A1", "An", None, "x", "x"),
    ):
        sheet.append(row)
    people = book.create_sheet("Tình nguyện viên")
    people.append(("Mã tình nguyện viên", "Tên", "Mã trung tâm gần nhà", "Kỹ năng: Dịch vụ công"))
    people.append(("A1", "An", "00430", 3))
    book.save(teams / "x.xlsx")
    give(
        teams,
        "y",
        volunteers="volunteer_id,name,home_center_id,skill.portal\nA2,Bình,00431,2\n",
        availability=TIMES + "A2,08/12/2026,07:00,11:00,available\n",
    )

    gathered = gather(teams)

    assert [str(fault) for fault in gathered.faults] == []
    assert gathered.problem is not None
    assert [(w.volunteer_id, w.start.day) for w in gathered.problem.availability] == [
        ("A1", 7),
        ("A1", 8),
        ("A2", 8),
    ]
    assert [v.skills[0].level for v in gathered.problem.volunteers] == [3, 2]


def test_a_workbook_that_tells_the_week_tells_it_the_others(tmp_path: Path) -> None:
    """Whichever name it has, the grids of the others are read by its shifts."""
    for name, tables in (("a", ("availability", "volunteers")), ("z", SHARED)):
        book = Workbook()
        book.remove(book.active)
        for table in tables:
            sheet = book.create_sheet(table)
            for line in TINY[table].splitlines():
                sheet.append([cell or None for cell in line.split(",")])
        if name == "a":
            del book["availability"]
            grid = book.create_sheet("availability_grid")
            for row in (
                ("volunteer_id", "name", "date", "7/12", "8/12"),
                (None, None, "start", "07:00", "13:00"),
                (None, None, "end", "11:00", "17:00"),
                ("A1", "An", None, "x", None),
                ("A2", "Bình", None, None, "x"),
            ):
                grid.append(row)
        book.save(tmp_path / f"{name}.xlsx")

    gathered = gather(tmp_path)

    assert [str(fault) for fault in gathered.faults] == []
    assert gathered.problem is not None
    assert [w.start.day for w in gathered.problem.availability] == [7, 8]


def test_dates_of_a_file_are_not_proven_by_those_of_another(teams: Path) -> None:
    """A column that is unclear in its own file is one fault, whatever other files prove."""
    give(teams, "_shared", horizon="start,days\n2026-01-01,365\n")
    rows = "A1,07/12/2026,07:00,11:00,\nA1,08/12/2026,07:00,11:00,\nA1,09/12/2026,07:00,11:00,\n"
    team(teams, "a", "A1,An,00430,", times=rows)
    team(teams, "b", "A2,Bình,00431,", times="A2,13/12/2026,07:00,11:00,\n")

    gathered = gather(teams)

    assert gathered.problem is None
    assert [(f.code, f.file, f.row, f.more) for f in gathered.faults] == [
        ("ambiguous_date", "a/availability.csv", 2, 2)
    ]
