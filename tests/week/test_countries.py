"""A week says its time zone, its country and its skill of mentors, or has those of Vietnam."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from commands import run
from files.weeks import TINY, faults, read

import shiftplan
from shiftplan.problem import Problem, with_recommended
from shiftplan.rules import Mentor, Mentored
from shiftplan.week.horizon import PROFILE, PROFILES
from shiftplan.week.roster import Roster

POLISH = {
    **{name: text.replace("portal", "computer") for name, text in TINY.items()},
    "horizon": "name,start,days,zone,country,mentor_skill\n"
    "Gmina,2026-12-07,7,Europe/Warsaw,pl,computer\n",
}
ROOT = Path(shiftplan.__file__).parent


def test_rules_about_mentors_take_the_skill_of_the_week(tmp_path: Path) -> None:
    """Rules that name none, recommended ones too; one that names a skill keeps it."""
    week = read(tmp_path, **POLISH)
    own = Problem(**{**dict(week), "rules": [Mentor(novices_per_mentor=1, skill="portal")]})
    advised = with_recommended(Problem(**{**dict(week), "rules": ()}))

    assert [rule.skill for rule in week.rules if isinstance(rule, Mentor)] == ["computer"]
    assert [rule.skill for rule in advised.rules if isinstance(rule, Mentor)] == ["computer"]
    assert [rule.skill for rule in own.rules] == ["portal"]


@pytest.mark.parametrize(
    ("rule", "values", "amounts"),
    [(Mentor, {"novices_per_mentor": 0}, [1, 1]), (Mentored, {"level": "hard"}, [])],
)
def test_a_rule_without_a_skill_counts_as_one_with_that_of_the_week(
    rule: type[Mentor | Mentored], values: dict[str, Any], amounts: list[int], tmp_path: Path
) -> None:
    """It is the same problem, with the same digest; in an unchecked copy it counts the same.

    A1 is a mentor and A2 a novice, both in both shifts; without the skill both would be novices.
    """
    week = read(tmp_path, **POLISH)
    bare, named = rule(**values), rule(**values, skill="computer")
    filled, said = (Problem(**{**dict(week), "rules": [own]}) for own in (bare, named))
    copied = week.model_copy(update={"rules": (bare,)})
    roster = Roster.of((s.shift_id, v.volunteer_id) for v in week.volunteers for s in week.shifts)

    assert bare.skill is None
    assert filled == said
    assert filled.digest == said.digest
    for problem in (filled, said, copied):
        broken = shiftplan.check(problem, roster).broken
        assert [v.amount for v in broken if isinstance(v.rule, rule)] == amounts


def test_a_week_of_another_country_is_written_as_it_was_read(tmp_path: Path) -> None:
    """As files and as JSON; its country does not change what a result is known by."""
    week = read(tmp_path, **POLISH)
    shiftplan.write_week(week, tmp_path / "again")

    assert shiftplan.read_week(tmp_path / "again") == week
    assert Problem.model_validate_json(week.to_json()) == week
    abroad = week.horizon.model_copy(update={"country": "DE"})
    assert week.model_copy(update={"horizon": abroad}).digest == week.digest


@pytest.mark.parametrize(
    ("options", "is_closed"),
    [([], True), (["--country", "none"], False), (["--country", "VN"], False)],
)
def test_the_next_week_leaves_out_the_holidays_of_its_country(
    options: list[str], is_closed: bool, tmp_path: Path
) -> None:
    """11 November is a holiday in Poland; the command line says more than the week."""
    moved = {"Gmina,2026-12-07": "Gmina,2026-11-02", "-12-07": "-11-04", "-12-08": "-11-05"}
    week = dict(POLISH)
    for old, new in moved.items():
        week = {name: text.replace(old, new) for name, text in week.items()}
    read(tmp_path, **week)
    out = tmp_path / "next"

    done = run("new-week", "--from", tmp_path, "--start", "2026-11-09", "--out", out, *options)

    assert done.exit_code == 0, done.output
    assert ("11 Nov" in done.output) is is_closed
    made = shiftplan.read_week(out).horizon
    assert (made.zone, made.country, made.mentor_skill) == ("Europe/Warsaw", "PL", "computer")
    assert made.start == dt.date(2026, 11, 9)


def test_a_week_that_says_nothing_has_the_usual_profile(tmp_path: Path) -> None:
    """As all weeks have had it before there were others."""
    horizon = read(tmp_path).horizon

    assert PROFILES[PROFILE] == {
        "zone": "Asia/Ho_Chi_Minh",
        "country": "VN",
        "mentor_skill": "portal",
    }
    assert {name: getattr(horizon, name) for name in PROFILES[PROFILE]} == PROFILES[PROFILE]


def test_a_country_is_two_letters(tmp_path: Path) -> None:
    """Or the word none."""
    (fault,) = faults(tmp_path, **POLISH | {"horizon": POLISH["horizon"].replace("pl", "Polska")})

    assert (fault.table, fault.column, fault.value) == ("horizon", "country", "Polska")
    assert "is not a country code" in fault.sentence


def test_a_blank_workbook_is_made_for_a_profile(tmp_path: Path) -> None:
    """Its week has the zone, country and skill of the profile, its rules the skill."""
    book = tmp_path / "week.xlsx"

    done = run("template", "--out", book, "--profile", "world", "--start", "2026-12-07")

    assert done.exit_code == 0, done.output
    from openpyxl import load_workbook

    cells = [cell.value for row in load_workbook(book)["Week"].iter_rows() for cell in row]
    assert {"UTC", "none", "computer"} <= set(cells)
    assert [cell.value for cell in load_workbook(book)["Skills"]["A"]][1] == "computer"
    written = " ".join(
        str(cell.value)
        for sheet in load_workbook(book)
        for row in sheet.iter_rows()
        for cell in row
    )
    written = re.sub(r"[Bb]lank: \S+\.", "", written)  # the help says what blank cells mean
    assert not re.search(r"portal|VN\b|Ho_Chi_Minh|30280|xã|Khmer|Long Xuyen|Nguyen", written)


def test_no_module_names_a_country() -> None:
    """Zones, countries and skills stand in the profiles, not in the source."""
    named = {value for profile in PROFILES.values() for value in profile.values()}
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in named - {"UTC", "none"}:
                raise AssertionError(f"{file.relative_to(ROOT)}:{node.lineno} names {node.value}")
