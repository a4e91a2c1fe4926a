"""What offices typed row by row, made from a few rows: shifts, needs, and tables for many weeks."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from files.weeks import write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_week
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem

AN_GIANG = Path(__file__).parents[2] / "examples" / "data" / "an_giang"
HOURS = "days,start,end,session\nT2-T7,7h,11h,am\nT2-T6,13h,17h,pm\n"


def read(folder: Path) -> tuple[Problem, list[Fault]]:
    notes: list[Fault] = []
    return read_week(folder, on_note=notes.append), notes


@pytest.fixture(scope="module")
def province() -> Problem:
    return read_week(AN_GIANG)


@pytest.fixture
def untyped(tmp_path: Path) -> Path:
    """An Giang without its 1,122 shifts, and with opening hours of two rows."""
    folder = tmp_path / "an_giang"
    shutil.copytree(AN_GIANG, folder, ignore=shutil.ignore_patterns("shifts.csv"))
    return write_texts(folder, {"opening": HOURS})


def test_a_province_needs_two_rows_for_its_shifts(untyped: Path, province: Problem) -> None:
    """1,122 shifts with their ids, so that requirements and all else refer to them as before."""
    problem, notes = read(untyped)

    assert problem == province
    assert problem.digest == province.digest
    assert [shift.shift_id for shift in problem.shifts][:2] == ["30292-1207-am", "30292-1207-pm"]
    assert [fault_text(note, "en") for note in notes] == [
        "opening.csv: 1,122 shifts from 2026-12-07 to 2026-12-13 made from 2 rows of opening hours"
        "\n    Rows in the table shifts take precedence."
    ]
    assert [fault_text(note, "vi") for note in notes] == [
        "tệp opening.csv: đã tạo 1.122 ca từ 07/12/2026 đến 13/12/2026 theo 2 dòng giờ mở cửa"
        "\n    Nếu bảng shifts có dòng thì các dòng đó được ưu tiên."
    ]


def test_its_requirements_follow_from_standard_needs(untyped: Path, province: Problem) -> None:
    """Three rows say most of the 3,924, a row each center or shift that differs the others."""
    general: dict[tuple[str | None, int | None], tuple[int, int]] = {
        (None, None): (2, 3), ("portal", 2): (1, 1), ("vneid", 2): (1, 1),
    }  # fmt: skip
    rows = [("", "", "", *key, *people) for key, people in general.items()]
    wanted: dict[tuple[str, str | None, int | None], dict[str, tuple[int, int]]] = defaultdict(dict)
    at = {shift.shift_id: shift for shift in province.shifts}
    for need in province.requirements:
        center = at[need.shift_id].center_id
        ability = center, need.skill_id, need.min_level
        wanted[ability][need.shift_id] = need.minimum, need.target
    by_center = Counter(shift.center_id for shift in province.shifts)
    for (center, *ability), found in wanted.items():
        usual = Counter(found.values())
        usual[0, 0] += by_center[center] - len(found)
        most = usual.most_common(1)[0][0]
        if most != general.get(tuple(ability), (0, 0)):
            rows.append((center, "", "", *ability, *most))
        for shift in (s for s in province.shifts if s.center_id == center):
            people = found.get(shift.shift_id, (0, 0))
            if people != most:
                session = shift.shift_id.rpartition("-")[2]
                rows.append((center, str(shift.day), session, *ability, *people))
    text = "where,days,shifts,skill_id,min_level,minimum,target\n"
    text += "".join(",".join("" if c is None else str(c) for c in row) + "\n" for row in rows)
    write_texts(untyped, {"needs": text})
    (untyped / "requirements.csv").unlink()
    made = read_week(untyped).requirements

    assert len(made) == len(province.requirements) == 3924
    assert {need.model_copy(update={"reason": ""}) for need in made} == {*province.requirements}
    assert len(rows) < 600
    assert sum(general.get((n.skill_id, n.min_level)) == (n.minimum, n.target) for n in made) > 2900


def test_a_food_bank_needs_five_rows(tmp_path: Path) -> None:
    """42 shifts that overlap and 42 needs: three sites, and the small one closes at noon."""
    sites = "center_id,name,type\nMAIN,Chính,kho\nEAST,Đông,kho\nWEST,Tây,nhỏ\n"
    folder = write_texts(tmp_path, {
        "centers": sites,
        "volunteers": "volunteer_id,name\nV1,An\n",
        "availability": "volunteer_id,date,start,end\nV1,7/12/2026,08:00,20:00\n",
        "rules": "rule,level\none_place,hard\n",
        "horizon": "start,days\n2026-12-07,7\n",
        "opening": "where,days,start,end\n,T2-T6,8h,12h\n,T2-T6,10h,14h\n,T2-T6,12h,16h\n"
        "Tây,T2-T7,8h,12h\nTây,T2-T7,10h,12h\n",
        "needs": "where,shifts,minimum,target\n,,2,3\nTây,,1,1\n",
    })  # fmt: skip
    problem, _ = read(folder)

    assert len(problem.shifts) == len(problem.requirements) == 42
    assert problem.shifts[0].shift_id == "MAIN-1207-0800"
    assert Counter(need.target for need in problem.requirements) == {3: 30, 1: 12}


def test_one_set_of_rules_serves_all_provinces(tmp_path: Path, province: Problem) -> None:
    """An Giang below its nation's rules, skills and services reads as it does by itself."""
    week = tmp_path / "nation" / "an_giang" / "2026-12-07"
    shutil.copytree(AN_GIANG, week)
    for name in ("rules", "skills", "services"):
        (week / f"{name}.csv").rename(tmp_path / "nation" / f"{name}.csv")
    (week / "centers.csv").rename(week.parent / "centers.csv")
    problem, notes = read(week)

    assert problem.digest == province.digest
    assert [fault_text(note, "vi").splitlines()[0] for note in notes] == [
        "tệp ../centers.csv: tuần này không có bảng riêng nên dùng bảng chung này, cùng với "
        "../../skills.csv, ../../services.csv và ../../rules.csv"
    ]
