"""What many teams deliver, put together by hand: equal copies, conflicts, decisions, places."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.deliveries import CONFLICTS, PEOPLE, SHARED, TIMES, decide, give, team, told
from files.weeks import TINY

from shiftplan.errors.faults import line_of
from shiftplan.files.gathering import gather, ordered
from shiftplan.files.week import read_week
from shiftplan.present.gathering import GatheredWords


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


TWO_PEOPLE = {
    "nothing but a name": (("A1,An,00430,0912345678",), ("A2,An,00431,0912345679",)),
    "no names": (("A1,,00430,",), ("A2,,00431,",)),
    "other accents": (("A1,Trần Lân,00430,", "A2,Trần Lan,00430,"), ("A3,Bình,00431,",)),
    "other phones in one file": (
        ("A1,An,00430,0912345678", "A2,An,00430,0912345679"),
        ("A3,Bình,00431,",),
    ),
    "other birthdays in one file": (
        ("A1,An,00430,,1/2/1990", "A2,An,00430,,1/2/1991"),
        ("A3,Bình,00431,",),
    ),
    "no more than one name and home in one file": (
        ("A2,Lê An,00430,0912345678", "A1,Le An,00430,", "A4,Chi,00430,"),
        ("A3,Bình,00431,",),
    ),
    "other homes in one file": (
        ("A1,An,00430,", "A4,Chi,00430,", "A2,An,00431,"),
        ("A3,Bình,00431,",),
    ),
}


LISTED = ("nothing but a name", "no more than one name and home in one file")
"""Cases of which somebody may say that they are one person."""


@pytest.mark.parametrize("case", TWO_PEOPLE)
def test_namesakes_are_no_conflict(teams: Path, case: str) -> None:
    """Neither are people without names, and two whom their own team tells apart."""
    one, other = TWO_PEOPLE[case]
    team(teams, "a", *one)
    team(teams, "b", *other)

    gathered = gather(teams)

    assert gathered.open == ()
    assert gathered.problem is not None
    assert len(gathered.problem.volunteers) == len(one) + len(other)
    assert len(gathered.namesakes) == (case in LISTED)


def test_one_name_in_two_teams_is_listed_and_may_be_decided(teams: Path) -> None:
    """Both count until somebody says that they are one; `both` ends the question."""
    team(teams, "a", "A1,An,00430,", times="A1,2026-12-07,07:00,11:00,available\n")
    team(teams, "b", "A2,An,00431,", times="A2,2026-12-07,07:00,11:00,available\n")

    gathered = gather(teams)
    shown = {lang: GatheredWords(gathered, lang) for lang in ("en", "vi")}
    one = decide(teams, "2")
    two = decide(teams, "cả hai")

    assert told(gathered) == ["namesakes A1, A2: a/volunteers.csv:2 | b/volunteers.csv:2"]
    assert [d.state for d in gathered.deliveries] == ["delivered"] * 3
    (pair,) = gathered.namesakes
    line = "An: A1 (00430 Rạch Giá, a/volunteers.csv); A2 (00431 Hòn Đất, b/volunteers.csv)"
    assert {words.namesakes(pair) for words in shown.values()} == {line}
    assert one.problem is not None
    assert [v.volunteer_id for v in one.problem.volunteers] == ["A2"]
    assert [w.volunteer_id for w in one.problem.availability] == ["A2"]
    assert two.problem == gathered.problem
    assert (two.namesakes, len(two.clashes)) == ((), 1)


def test_a_history_of_two_ids_goes_with_the_one_that_is_left_out(teams: Path) -> None:
    """The office knows both ids; whoever is decided against is gone from all files."""
    give(teams, "_shared", history="volunteer_id,shifts_worked\nA1,2\nA2,3\n")
    team(teams, "a", "A1,An,00430,", "A2,An,00430,")
    team(teams, "b", "A3,Bình,00431,")

    assert gather(teams).faults == ()
    kept = decide(teams, "1").problem

    assert kept is not None
    assert [h.volunteer_id for h in kept.history] == ["A1"]


def test_people_who_cannot_come_are_counted_in_their_own_file(teams: Path) -> None:
    """Each team is told of its own people, and the office of all."""
    times = "{},2026-12-07,07:30,11:00,\n".format
    able = "A2,2026-12-07,07:00,11:00,\n"
    team(teams, "a", "A1,An,00430,", "A2,Bình,00430,", times=times("A1") + able)
    late = "B1,2026-12-07,07:30,10:00,\n"
    team(teams, "b", "B1,Chi,00431,", "B2,Dũng,00431,", times=times("B1") + late + times("B2"))

    gathered = gather(teams)

    assert [line_of(note).partition(" (")[0] for note in gathered.notes] == [
        "availability: 3 of 4 volunteers cannot come to any shift"
    ]
    notes = {d.name: [line_of(n).partition(" (")[0] for n in d.notes] for d in gathered.deliveries}
    (one,) = notes["a/"]
    assert one.endswith("row 2, column start: '07:30': 1 of 2 volunteers cannot come to any shift")
    none, joined = notes["b/"]
    assert none.endswith(
        "row 3, column start: '07:30': none of the 2 volunteers can come to any shift"
    )
    assert "windows of B1 overlap" in joined
    assert notes["_shared/"] == []


def test_a_list_of_all_people_is_no_team(teams: Path) -> None:
    """A province's own list beside the workbooks of the teams is one more copy."""
    both = ("A1,An,00430,", "A2,Bình,00431,")
    give(teams, "office", volunteers=PEOPLE + "".join(f"{row}\n" for row in both))
    for name, row in zip("ab", both, strict=True):
        team(teams, name, row)

    gathered = gather(teams)

    assert told(gathered) == []
    assert [v.volunteer_id for v in gathered.problem.volunteers] == ["A1", "A2"]


def test_namesakes_of_one_center_are_listed_before_others(teams: Path) -> None:
    """Whoever wrote both ids may know two people; those of other centers are less likely one."""
    team(teams, "a", "A3,An,00431,")
    team(teams, "b", "A1,An,00430,", "A2,An,00430,")

    assert told(gather(teams)) == [
        "namesakes A1, A2: b/volunteers.csv:2 | b/volunteers.csv:3",
        "namesakes A1, A3: b/volunteers.csv:2 | a/volunteers.csv:2",
        "namesakes A2, A3: b/volunteers.csv:3 | a/volunteers.csv:2",
    ]


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


def test_nobody_is_said_to_be_silent_whose_file_has_faults(teams: Path) -> None:
    """What cannot be read may hold their times."""
    (teams / "volunteers 00430.csv").write_text(PEOPLE + "A1,An,00430,\n", encoding="utf-8")
    (teams / "availability 00430.csv").write_text(
        TIMES + "A1,2026-12-07,soon,11:00,\n", encoding="utf-8"
    )

    gathered = gather(teams)

    assert [d.state for d in gathered.deliveries] == ["delivered", "faulty", "delivered"]


@pytest.mark.parametrize("hard", [False, True])
def test_a_list_without_skills_is_told(teams: Path, hard: bool) -> None:
    """Where other lists have columns of skills, or a hard rule asks for one; once a list."""
    skilled = "volunteer_id,name,home_center_id,skill.portal\nA2,Bình,00431,3\n"
    times = TIMES + "A2,2026-12-07,07:00,11:00,\n"
    team(teams, "a", "A1,An,00430,", "A3,Chi,00430,", times="A1,2026-12-07,07:00,11:00,\n")
    give(
        teams, "b", volunteers=PEOPLE + "A2,Bình,00431,\n" if hard else skilled, availability=times
    )
    if hard:
        give(teams, "_shared", rules=TINY["rules"])

    gathered = gather(teams)

    (note,) = next(d.notes for d in gathered.deliveries if d.name == "a/")
    told = GatheredWords(gathered, "en").notes(gathered.deliveries[1])
    assert note.code == "missing_column"
    assert told[0].startswith(
        "the list has no column of skills (portal), so its 2 people are taken to have none"
    )
    assert ("hard rule `mentor`" in told[0]) == hard
    assert gathered.deliveries[2].state == ("doubtful" if hard else "delivered")


def test_a_week_may_wait_for_its_times(teams: Path) -> None:
    """Without it, answers could not be read for anybody; without people there is none."""
    give(teams, "a", volunteers=PEOPLE + "A1,An,00430,\n")

    gathered = gather(teams)

    assert gathered.problem is not None
    assert gathered.problem.availability == ()
    assert [note.code for note in gathered.notes] == ["nobody_can_come", "missing_value"]
    assert "shiftplan availability" in line_of(gathered.notes[1])
    (teams / "a" / "volunteers.csv").unlink()
    give(teams, "a", availability=TIMES)
    (fault,) = gather(teams).faults
    assert (fault.table, fault.code) == ("volunteers", "missing_file")
    assert "lists of people" in line_of(fault)


def test_a_row_for_everybody_that_two_teams_deliver_stands_once(teams: Path) -> None:
    """A meeting counts once though each team has it, and is there before the second delivers."""
    meeting = "group,date,start,end,counted_minutes\n,2026-12-08,09:00,10:00,60\n"
    people = []

    for name, person in (("a", "A1,An,00430,"), ("b", "A2,Bình,00431,")):
        team(teams, name, person, occupied=meeting)
        problem = gather(teams).problem
        assert problem is not None
        people.append({who: len(rows) for who, rows in problem.occupied_of.items()})

    assert people == [{"A1": 1}, {"A1": 1, "A2": 1}]
