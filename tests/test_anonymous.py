"""Weeks under made-up names: nothing tells who is who, and no cost changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan import (
    InputError,
    Problem,
    Roster,
    check,
    read_roster,
    read_week,
    write_roster,
    write_week,
)
from shiftplan.rules import Apart, MaxShiftCount
from shiftplan.seasons import anonymize
from shiftplan.testing.pictures import parse, plan

SECRET = ("Đặng Thị An", "ana", "bob", "family", "is ill", "ill people", "married")


def week() -> Problem:
    return plan(
        "M",
        "ana bob cem",
        name="ill people",
        each={
            "ana": {"name": "Đặng Thị An", "group": "family"},
            "bob": {"group": "family", "home_center_id": "far"},
        },
        requirements=[{"shift_id": "M0", "target": 1, "reason": "ana is ill"}],
        rules=[Apart(group="family", note="ana and bob are married")],
        pins=[{"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"}],
        history=[{"volunteer_id": "bob", "shifts_worked": 2}],
    )


def test_nothing_tells_who_is_who() -> None:
    """No name, id, group or note is left in the whole problem."""
    made = anonymize(week(), parse("ana M\nbob M"), person="Người")

    assert made.roster is not None
    text = made.problem.to_json() + made.roster.to_json()
    assert [word for word in SECRET if word in text] == []
    assert {v.name for v in made.problem.volunteers} == {"Người 0001", "Người 0002", "Người 0003"}


def test_rules_about_single_people_are_about_the_same_people() -> None:
    """Persons and groups have made-up names; skills and homes are public."""
    names = ("ana", "group:family", "family", "skill:portal", "far", "lost")
    rules = [MaxShiftCount(max_shifts=1, group=names)]
    skills = [{"skill_id": "portal"}]
    problem = Problem.model_validate({**dict(week()), "rules": rules, "skills": skills})

    made = anonymize(problem)

    (rule,) = made.problem.rules
    assert isinstance(rule, MaxShiftCount)
    family = next(v.group for v in made.problem.volunteers if v.group)[0]
    assert {f"person:{made.key['ana']}", family, f"group:{family}", "skill:portal", "far"} < {
        *rule.group
    }
    assert "lost" not in rule.group


def test_tables_and_roster_have_the_same_made_up_ids() -> None:
    """The key tells them; people stand in the order of their numbers."""
    made = anonymize(week(), parse("ana M\nbob M"))

    ana, bob = made.key["ana"], made.key["bob"]
    assert [v.volunteer_id for v in made.problem.volunteers] == sorted(made.key.values())
    assert made.problem.pins[0].volunteer_id == ana
    assert made.problem.history[0].volunteer_id == bob
    assert made.roster == Roster.of([("M0", ana), ("M0", bob)])
    ids = [w.volunteer_id for w in made.problem.availability]
    assert ids == sorted(ids)


def test_order_is_chance_or_a_seeds() -> None:
    """A seed repeats it; without one, thirty people hardly ever keep their places."""
    many = plan("M", " ".join(f"p{i}" for i in range(30)))

    assert anonymize(many, seed=1).key == anonymize(many, seed=1).key
    assert anonymize(many).key != anonymize(many).key
    assert list(anonymize(many).key) != [v.volunteer_id for v in many.volunteers]


def test_groups_are_kept_if_asked_for() -> None:
    """Rules name what volunteers have."""
    coded, kept = anonymize(week()).problem, anonymize(week(), keep_groups=True).problem

    assert coded.rules[0].group == ("group-1",)
    assert kept.rules[0].group == ("family",)


def test_rare_homes_become_the_nearest_common_one() -> None:
    """bob alone lives in far; two live at home."""
    made = anonymize(week(), least_at_home=2)

    assert {v.home_center_id for v in made.problem.volunteers} == {"home"}
    assert len({v.home_center_id for v in anonymize(week()).problem.volunteers}) == 2


def test_unknown_ids_in_a_roster_are_faults() -> None:
    """People without a made-up id, and shifts that may say anything; each is named at its row."""
    with pytest.raises(InputError) as caught:
        anonymize(week(), Roster.of([("M0", "dan"), ("M1", "dan"), ("ana-is-ill", "ana")]))

    named = [(fault.index, fault.column, fault.value) for fault in caught.value.faults]
    assert named == [
        (0, "volunteer_id", "dan"),
        (1, "volunteer_id", "dan"),
        (2, "shift_id", "ana-is-ill"),
    ]


@costly(0.35)
@given(st.data())
def test_every_rule_costs_the_same(data: st.DataObject) -> None:
    """Any problem, any roster: the same amounts of hard rules and the same parts of the cost."""
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))

    made = anonymize(problem, roster, seed=data.draw(st.integers(0, 9)))

    assert made.roster is not None
    before, after = check(problem, roster), check(made.problem, made.roster)
    assert after.hard == before.hard
    assert after.parts == before.parts
    assert (after.levels, after.total) == (before.levels, before.total)


def test_the_command_writes_week_roster_and_key(tmp_path: Path) -> None:
    """Only into an empty folder; the key stands where it was asked for."""
    write_week(week(), tmp_path / "week")
    write_roster(week(), parse("ana M\nbob M"), tmp_path / "roster.csv")
    out = tmp_path / "out"
    arguments = ["anonymize", tmp_path / "week", "--out", out, "--roster", tmp_path / "roster.csv"]
    arguments += ["--key", tmp_path / "key.csv"]

    done = run(*arguments)

    assert done.exit_code == 0, done.output
    text = "".join(p.read_text(encoding="utf-8") for p in out.iterdir())
    assert [word for word in SECRET if word in text] == []
    made, roster = read_week(out), read_roster(out / "roster.csv")
    assert check(made, roster).total == check(week(), parse("ana M\nbob M")).total
    assert (tmp_path / "key.csv").read_text(encoding="utf-8").count("\n") == 4
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("inside", ["key.csv", "volunteers.csv", "deep/key.csv"])
def test_the_key_stays_out_of_the_folder_that_is_shown(tmp_path: Path, inside: str) -> None:
    """Whoever sends the folder would send who is who with it; nothing is written."""
    write_week(week(), tmp_path / "week")
    out = tmp_path / "out"
    arguments = [tmp_path / "week", "--out", out, "--key", out / inside]

    done = run("anonymize", *arguments)

    assert done.exit_code == 2
    assert "must be outside" in done.stderr
    assert not out.exists()
