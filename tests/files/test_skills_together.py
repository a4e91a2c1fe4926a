"""Requirements of people who hold several skills, as files write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from weeks import TINY, read, refused, told_at, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_changes, read_problem, read_week, write_problem, write_week
from shiftplan.problem.changes import Need

SKILLS = TINY["skills"] + "khmer,Tiếng Khmer,language,2\nvneid,VNeID,tech,4\n"
HEAD = "shift_id,skill_id,min_level,with_skills,minimum,target\n"


def needs(cell: str, skill: str = "khmer", level: str = "") -> dict[str, str]:
    """Tables of a week with one requirement."""
    row = f"S1,{skill},{level},{cell},1,1\n"
    return {"skills": SKILLS, "requirements": HEAD + row}


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("portal:2", ("portal:2",)),
        ("portal", ("portal",)),
        ("portal:1", ("portal",)),
        (" vneid | portal:03 ", ("portal:3", "vneid")),
        ("Dịch vụ công:2|vneid", ("portal:2", "vneid")),
        ("vneid / Dịch vụ công:2", ("portal:2/vneid",)),
        (" ! portal:3|vneid/portal", ("!portal:3", "portal/vneid")),
        ("", ()),
    ],
)
def test_a_cell_names_skills_and_levels(tmp_path: Path, cell: str, meant: tuple[str, ...]) -> None:
    """Names may stand for ids; a bar joins, a slash is either, `!` is not held, a colon a level."""
    (need,) = read(tmp_path, **needs(cell)).requirements

    assert need.with_skills == meant


def test_a_name_that_was_read_as_an_id_is_told(tmp_path: Path) -> None:
    """As for all other columns that refer to skills."""
    notes: list[Fault] = []
    week = TINY | needs("Dịch vụ công:2")

    read_week(write_texts(tmp_path, week), on_note=notes.append)

    found = [(n.column, n.value) for n in notes if n.code == "read_as"]
    assert found == [("with_skills", "Dịch vụ công:2")]


@pytest.mark.parametrize(
    ("cell", "skill", "told"),
    [
        ("cham:2", "khmer", "unknown_id|2|with_skills|cham:2"),
        ("portal:5", "khmer", "level_out_of_range|2|with_skills|portal:5"),
        ("portal:0", "khmer", "level_out_of_range|2|with_skills|portal:0"),
        ("portal|portal:2", "khmer", "invalid_value|2|with_skills|portal|portal:2"),
        ("khmer:2", "khmer", "invalid_value|2|with_skills|khmer:2"),
        ("portal/", "khmer", "invalid_value|2|with_skills|portal/"),
        ("!", "khmer", "invalid_value|2|with_skills|!"),
        ("!portal/vneid", "khmer", "invalid_value|2|with_skills|!portal/vneid"),
        ("vneid/cham", "", "unknown_id|2|with_skills|vneid/cham"),
        ("portal/vneid|vneid", "", "invalid_value|2|with_skills|portal/vneid|vneid"),
        ("portal:2|!portal:2", "", "invalid_value|2|with_skills|portal:2|!portal:2"),
    ],
)
def test_what_is_wrong_with_a_cell(tmp_path: Path, cell: str, skill: str, told: str) -> None:
    """Each mistake is reported with its row and column."""
    assert told_at(refused(read, tmp_path, **needs(cell, skill))) == [told]


def test_an_id_with_a_bar_is_named_in_the_other_column(tmp_path: Path) -> None:
    """Its parts are no skills, and the fault says where the whole can stand."""
    skills = SKILLS + "web|phone,,tech,1\n"

    faults = refused(read, tmp_path, **needs("web|phone") | {"skills": skills})

    assert told_at(faults) == ["unknown_id|2|with_skills|web|phone"]
    assert "Name web|phone in skill_id and the other skills here" in str(faults[0].remedy)


def test_an_id_with_a_slash_is_named_in_the_other_column(tmp_path: Path) -> None:
    """A slash separates skills of which one is enough."""
    skills = SKILLS + "web/phone,,tech,1\n"

    faults = refused(read, tmp_path, **needs("web/phone") | {"skills": skills})

    assert told_at(faults) == ["unknown_id|2|with_skills|web/phone"]
    assert "Maybe web/phone is meant" in str(faults[0].remedy)


def test_skills_may_all_stand_in_one_column(tmp_path: Path) -> None:
    """Without a skill of its own, a row counts those who meet the others, not every head."""
    (need,) = read(tmp_path, **needs("portal:2|!portal:3", skill="")).requirements

    assert not need.is_of_heads
    assert [condition.name for condition in need.conditions] == ["portal:2", "!portal:3"]


def test_one_requirement_may_be_written_in_two_orders(tmp_path: Path) -> None:
    """Khmer with portal 2 is portal 2 with Khmer: the second row is a duplicate."""
    rows = HEAD + "S1,khmer,,portal:2,1,1\nS1,portal,2,khmer,1,1\n"

    found = told_at(refused(read, tmp_path, skills=SKILLS, requirements=rows))

    assert found == ["duplicate_row|3"]


def test_weeks_without_it_have_no_such_column(tmp_path: Path) -> None:
    """The column is written only where a requirement has further skills."""
    (tmp_path / "plain").mkdir()
    (tmp_path / "more").mkdir()

    write_week(read(tmp_path, requirements=TINY["requirements"]), tmp_path / "plain")
    write_week(read(tmp_path, **needs("vneid|portal:2")), tmp_path / "more")

    plain = (tmp_path / "plain" / "requirements.csv").read_text(encoding="utf-8")
    more = (tmp_path / "more" / "requirements.csv").read_text(encoding="utf-8")
    assert "with_skills" not in plain
    assert more == HEAD + "S1,khmer,1,portal:2|vneid,1,1\n"


def test_exclusive_rows_are_kept(tmp_path: Path) -> None:
    """A column of 0 and 1, which is written only where a row has it."""
    (tmp_path / "week").mkdir()
    rows = "shift_id,skill_id,exclusive,target\nS1,khmer,1,1\nS1,vneid,,1\n"
    problem = read(tmp_path, skills=SKILLS, requirements=rows)

    write_week(problem, tmp_path / "week")

    assert [need.exclusive for need in problem.requirements] == [True, False]
    assert read_week(tmp_path / "week").requirements == problem.requirements


def test_a_workbook_keeps_it(tmp_path: Path) -> None:
    """In a column of the sheet of requirements."""
    problem = read(tmp_path, **needs("vneid|portal:2"))

    write_problem(problem, tmp_path / "week.xlsx")

    assert read_problem(tmp_path / "week.xlsx").requirements == problem.requirements


def test_json_keeps_it(tmp_path: Path) -> None:
    """A list of names."""
    problem = read(tmp_path, **needs("vneid|portal:2"))

    write_problem(problem, tmp_path / "week.json")

    assert read_problem(tmp_path / "week.json") == problem
    assert '"with_skills":["portal:2","vneid"]' in problem.model_dump_json()


def test_a_late_change_may_be_about_such_a_requirement(tmp_path: Path) -> None:
    """It replaces the numbers of the requirement of the same skills, in whatever order."""
    problem = read(tmp_path, **needs("portal:2"))
    file = tmp_path / "late.csv"
    columns = "change,shift_id,skill_id,min_level,with_skills,target\n"
    file.write_text(f"{columns}requirement,S1,portal,2,khmer,3\n", encoding="utf-8")

    (change,) = read_changes(problem, changes=file)

    assert change == Need(
        shift_id="S1", skill_id="portal", min_level=2, with_skills="khmer", target=3
    )
    (need,) = problem.with_changes(change).requirements
    assert (need.skill_id, need.with_skills, need.target) == ("khmer", ("portal:2",), 3)


def test_standard_needs_have_the_column(tmp_path: Path) -> None:
    """Names of skills become ids there too; a wrong level is reported with the row of `needs`."""
    rows = "skill_id,with_skills,minimum,target\nkhmer,{},1,1\n"
    tables = {"skills": SKILLS, "requirements": ""}

    good = read(tmp_path, **tables, needs=rows.format("portal:2"))
    faults = refused(read, tmp_path, **tables, needs=rows.format("portal:5"))

    assert {need.with_skills for need in good.requirements} == {("portal:2",)}
    assert [(f.file, f.row, f.column) for f in faults] == [("needs.csv", 2, "with_skills")]
