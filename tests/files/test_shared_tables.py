"""Tables that lie once above many weeks: which week takes which, and what is never read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from files.weeks import TINY, refused, told_at, write_texts
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import Fault
from shiftplan.files import read_week, shared, write_week
from shiftplan.files.shared import SHARED, shared_tables
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem

COMMON = ("centers", "skills", "services", "rules")
HOURS = "days,start,end,session\nMon-Tue,07:00,11:00,am\n"
NEEDS = "minimum,target\n1,2\n"
DAY = "2026-12-07"


def nation(top: Path, *, at: str = "nation", **more: str) -> Path:
    """A week two folders below the top; its shared tables lie in the folder `at`."""
    week = top / "nation" / "province" / DAY
    week.mkdir(parents=True)
    own = {name: text for name, text in TINY.items() if name not in COMMON}
    write_texts(week, own)
    write_texts(top / at, {name: TINY[name] for name in COMMON} | more)
    return week


def read(week: Path) -> tuple[Problem, list[Fault]]:
    notes: list[Fault] = []
    return read_week(week, on_note=notes.append), notes


@pytest.mark.parametrize("at", ["nation", "nation/province"])
def test_a_week_takes_what_it_lacks_from_above(tmp_path: Path, at: str) -> None:
    """From the folder above or the one above that; one note names each file as seen from it."""
    (tmp_path / "whole").mkdir()
    whole = read_week(write_texts(tmp_path / "whole", TINY))
    problem, notes = read(nation(tmp_path, at=at))
    up = "../../" if at == "nation" else "../"

    assert problem == whole
    others = f"{up}skills.csv, {up}services.csv and {up}rules.csv"

    assert problem == whole
    assert [fault_text(note, "en").splitlines() for note in notes] == [
        [f"{up}centers.csv: this shared table is used, because the week has none of its own, and "
        "so are "
         + others,
         "    A table of the week's own takes precedence."],
    ]  # fmt: skip
    assert f"dùng bảng chung này, cùng với {up}skills.csv" in fault_text(notes[0], "vi")


def test_the_nearest_table_counts_whole(tmp_path: Path) -> None:
    """Rows are never merged: the week's own before the province's, that before the nation's."""
    week = nation(tmp_path)
    write_texts(week.parent, {"rules": "rule,level\none_place,hard\n"})
    assert [rule.rule for rule in read(week)[0].rules] == ["one_place"]

    write_texts(week, {"rules": "rule,level\ncapacity,hard\n"})
    problem, notes = read(week)
    assert [rule.rule for rule in problem.rules] == ["capacity"]
    assert "rules.csv" not in fault_text(notes[0], "en")


def test_a_table_without_rows_is_the_weeks_own(tmp_path: Path) -> None:
    """Whoever wants none of the shared services writes a header alone."""
    week = nation(tmp_path)
    write_texts(week, {"services": TINY["services"].splitlines()[0] + "\n", "demand": ""})
    (week / "demand.csv").unlink()

    assert read(week)[0].services == ()


def test_faults_name_the_shared_file(tmp_path: Path) -> None:
    """With row and column, as seen from the week."""
    week = nation(tmp_path)
    write_texts(tmp_path / "nation", {"rules": "rule,level\nmentr,hard\n"})

    (fault,) = refused(read_week, week)
    assert (fault.file, *told_at([fault])) == ("../../rules.csv", "unknown_rule|2|rule|mentr")
    assert fault_text(fault, "en").startswith("../../rules.csv, row 2, column rule: 'mentr'")


def test_shifts_and_requirements_are_made_from_shared_tables(tmp_path: Path) -> None:
    """Of a week that has neither, nor a forecast; closed days may be shared with them."""
    closed = "date,state\n2026-12-08,closed\n"
    week = nation(tmp_path, opening=HOURS, needs=NEEDS, days=closed)
    assert [s.shift_id for s in read(week)[0].shifts] == ["S1", "S2"]

    for name in ("shifts", "requirements", "demand"):
        (week / f"{name}.csv").unlink()
    problem, notes = read(week)
    assert [s.shift_id for s in problem.shifts] == ["00430-1207-am", "00431-1207-am"]
    assert [r.target for r in problem.requirements] == [2, 2]
    assert "../../opening.csv, ../../needs.csv and ../../days.csv" in " ".join(
        fault_text(note, "en") for note in notes
    )


@pytest.mark.parametrize(
    ("own", "made"),
    [
        ({"demand": TINY["demand"]}, []),  # a forecast of its own
        ({"requirements": "shift_id,target\n"}, []),  # a table without rows
        ({}, [2, 2]),
    ],
)
def test_shared_needs_are_for_weeks_without_forecast(
    tmp_path: Path, own: dict[str, str], made: list[int]
) -> None:
    """What a week has itself wins, also where it is no table of requirements."""
    week = nation(tmp_path, needs=NEEDS)
    for name in ("requirements", "demand"):
        (week / f"{name}.csv").unlink()
    write_texts(week, own)

    assert [r.target for r in read(week)[0].requirements] == made


def test_only_weeks_named_by_a_date_share(tmp_path: Path) -> None:
    """A folder of another name says what to do, in both languages."""
    week = nation(tmp_path)
    other = week.rename(week.with_name("december"))
    rules = next(f for f in refused(read_week, other) if f.table == "rules")

    assert fault_text(rules, "en").endswith(
        "../../rules.csv is shared only by weeks whose folders or workbooks are named by a date, "
        "such as 2026-12-07."
    )
    assert "thư mục hoặc tệp Excel mang tên ngày" in fault_text(rules, "vi")
    for name in ("week-2026-12-07", "2026-12-07 bản 2"):
        other = other.rename(week.with_name(name))
        assert read(other)[0].rules
    for name in ("2026-13-07", "12026-12-07", "20261207"):
        other = other.rename(week.with_name(name))
        assert shared_tables(other) == {}


@pytest.mark.parametrize("table", ["volunteers", "availability", "shifts", "horizon"])
@pytest.mark.parametrize("at", ["nation", "nation/province"])
def test_nothing_is_taken_from_a_week_or_beyond_one(tmp_path: Path, table: str, at: str) -> None:
    """A folder that holds a week itself is no library, and what lies above it is not looked at."""
    week = nation(tmp_path)
    write_texts(tmp_path / at, {table: TINY.get(table, "start,days\n")})

    assert shared_tables(week) == {}
    assert {f.table for f in refused(read_week, week)} >= {"centers", "rules"}


def test_nothing_is_taken_from_farther_above(tmp_path: Path) -> None:
    """Two folders up and no more."""
    week = nation(tmp_path, at=".")

    assert shared_tables(week) == {}


@pytest.mark.skipif(os.name == "nt", reason="no such rights")
def test_nothing_is_taken_from_a_folder_of_all_users(tmp_path: Path) -> None:
    """Anybody may put a file into /tmp; what lies above it is not looked at either."""
    week = nation(tmp_path)
    week.parent.chmod(0o1777)

    assert shared_tables(week) == {}


def test_a_link_out_of_its_folder_is_not_read(tmp_path: Path) -> None:
    """And nothing of the file is quoted; a link inside is followed."""
    week = nation(tmp_path)
    rules = tmp_path / "nation" / "rules.csv"
    (tmp_path / "secret.csv").write_text("secret\n")
    rules.rename(rules.with_name("common.csv"))
    rules.symlink_to("../secret.csv")

    (fault,) = refused(read_week, week)
    assert (fault.code, fault.file) == ("unreadable_file", "../../rules.csv")
    assert "secret" not in fault_text(fault, "en")

    rules.unlink()
    rules.symlink_to("common.csv")
    assert read(week)[0].rules


def test_folders_are_above_the_link_to_a_week(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not above the folder that it leads to; `.` is the folder itself."""
    week = nation(tmp_path)
    away = tmp_path / "elsewhere" / "deep" / DAY
    away.parent.mkdir(parents=True)
    week.rename(away)
    write_texts(away.parent, {"rules": "rule,level\nnever_read,hard\n"})
    week.symlink_to(away)

    assert {rule.rule for rule in read(week)[0].rules} == {"coverage", "mentor"}

    week.unlink()
    (tmp_path / "elsewhere" / "deep" / "rules.csv").unlink()
    away.rename(week)
    monkeypatch.chdir(week)
    assert read(Path())[0].rules


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling"])
def test_what_is_no_file_is_no_table(tmp_path: Path, kind: str) -> None:
    """A pipe would block whoever reads it."""
    week = nation(tmp_path)
    rules = tmp_path / "nation" / "rules.csv"
    rules.unlink()
    if kind == "folder":
        rules.mkdir()
    elif kind == "pipe":
        os.mkfifo(rules)
    else:
        rules.symlink_to("gone.csv")

    assert "rules" not in shared_tables(week)


def test_a_near_name_in_the_week_is_still_a_fault(tmp_path: Path) -> None:
    """`rules (2).csv` may be meant, so the shared table is not taken instead."""
    week = nation(tmp_path)
    (week / "rules (2).csv").write_text(TINY["rules"])
    (fault,) = refused(read_week, week)

    assert (fault.code, fault.table) == ("missing_file", "rules")
    assert "rules (2).csv" in fault_text(fault, "en")


def test_names_that_a_week_lacks_are_notes_in_shared_rules(tmp_path: Path) -> None:
    """So that one rules.csv serves all; a near name is a fault at the shared file."""
    rules = TINY["rules"].replace("rule,", "rule,group,").replace("\n", "\n").splitlines()
    rules = [rules[0], *(line.replace(",", ",,", 1) for line in rules[1:]), "apart,choir,hard,,,"]
    week = nation(tmp_path, rules="\n".join(rules) + "\n")
    told = [n for n in read(week)[1] if n.code == "unknown_name"]
    assert [(n.file, n.row, n.column, n.value) for n in told] == [
        ("../../rules.csv", 5, "group", "choir")
    ]

    write_texts(tmp_path / "nation", {"rules": "\n".join(rules).replace("choir", "oficial") + "\n"})
    (fault,) = refused(read_week, week)
    assert (fault.file, *told_at([fault])) == ("../../rules.csv", "unknown_name|5|group|oficial")


def test_what_is_written_below_shared_tables_is_read_back(tmp_path: Path) -> None:
    """Tables that are empty are written where one above would be taken for them."""
    nation(tmp_path, opening=HOURS, needs=NEEDS)
    (tmp_path / "plain").mkdir()
    whole = read_week(write_texts(tmp_path / "plain", TINY))
    bare = Problem(horizon=whole.horizon, centers=whole.centers, volunteers=(), shifts=())

    for problem in (whole, bare):
        place = tmp_path / "nation" / "province" / "2026-12-14"
        write_week(problem, place)
        assert read(place)[0] == problem
        assert shared_tables(place) == {}


@given(st.sets(st.sampled_from(SHARED)), st.sets(st.sampled_from(SHARED)), st.sets(
    st.sampled_from([*SHARED, "shifts", "requirements", "demand"])))  # fmt: skip
def test_each_table_has_one_source(
    tmp_path_factory: pytest.TempPathFactory, top: set[str], middle: set[str], own: set[str]
) -> None:
    """The nearest, and none for what the week has or does not need."""
    root = tmp_path_factory.mktemp("nation")
    week = root / "province" / DAY
    week.mkdir(parents=True)
    for folder, names in ((root, top), (week.parent, middle), (week, own)):
        for name in names:
            (folder / f"{name}.csv").touch()
    found = {name: table.up for name, table in shared_tables(week).items()}

    unused = set(own)
    unused |= {"opening"} if "shifts" in own else set()
    unused |= {"needs"} if own & {"requirements", "demand"} else set()
    is_opened = "opening" in top | middle | own and "shifts" not in own
    unused |= set() if is_opened else {"days"}
    assert found == {name: 1 if name in middle else 2 for name in (top | middle) - unused}


def test_a_library_that_cannot_be_looked_at_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that others closed."""
    week = nation(tmp_path)
    stat = Path.stat

    def closed(path: Path, **options: bool) -> os.stat_result:
        if path == tmp_path / "nation":
            raise PermissionError
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", closed)
    assert shared.shared_tables(week) == {}


def test_a_file_that_may_not_be_looked_at_is_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a folder whose files only others may reach."""
    week = nation(tmp_path)

    def closed(path: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "is_file", closed)
    assert shared_tables(week) == {}
