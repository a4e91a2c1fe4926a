"""The command `explain`: questions, answers, exit codes."""

from __future__ import annotations

import inspect
import json
import signal
from pathlib import Path
from typing import Any

import pytest
from commands import run
from conflicts import must

from shiftplan import (
    Problem,
    Requirement,
    Roster,
    advise,
    explain_why_not,
    write_roster,
    write_week,
)
from shiftplan.analysis.explain import Answer
from shiftplan.model import Model
from shiftplan.solving import around
from shiftplan.testing.pictures import plan

RULES = ({"rule": "coverage", "level": 1}, {"rule": "one_place"}, {"rule": "surplus"})
NEEDS = (Requirement(shift_id="M0", minimum=1, target=1), Requirement(shift_id="A0", target=1))


def run_explain(*arguments: object) -> Any:
    return run("explain", *arguments)


def written(folder: Path, problem: Problem) -> Path:
    write_week(problem, folder)
    return folder


@pytest.fixture
def problem() -> Problem:
    return plan("MO", "ana bob", 1, requirements=NEEDS[:1], rules=RULES)


@pytest.fixture
def week(tmp_path: Path, problem: Problem) -> Path:
    return written(tmp_path / "week", problem)


@pytest.fixture
def roster(tmp_path: Path, problem: Problem) -> Path:
    file = tmp_path / "roster.csv"
    write_roster(problem, Roster.of([("M0", "ana")]), file)
    return file


def test_no_contradiction(week: Path) -> None:
    """Exit code 0, in words and as JSON."""
    assert run_explain(week).exit_code == 0
    told = json.loads(run_explain(week, "--json").stdout)
    assert (told["contradiction"], told["conflict"], told["ways_out"]) == (False, [], [])


@pytest.mark.parametrize(
    ("lang", "says", "ways"),
    [("en", "works M0", "Ways out"), ("vi", "phải trực ca M0", "Các cách gỡ")],
)
def test_a_contradiction_is_told_with_ways_out(
    tmp_path: Path, problem: Problem, lang: str, says: str, ways: str
) -> None:
    """Exit code 3: two pins at once, and what can be given up."""
    pinned = problem.model_copy(update={"pins": must("M0 ana", "O0 ana")})
    folder = written(tmp_path / "pinned", pinned)

    done = run_explain(folder, "--lang", lang)

    assert done.exit_code == 3
    text = " ".join(done.stdout.split())
    assert says in text
    assert ways in text
    told = json.loads(run_explain(folder, "--json", "--lang", lang).stdout)
    assert told["conflict_minimal"]
    assert told["conflict_confirmed"]
    assert {m["rule"] for m in told["conflict"]} == {"pins", "one_place"}
    assert all(m["sentence"][lang] in text for m in told["conflict"])
    assert [len(way["give_up"]) for way in told["ways_out"]] == [1, 1]


def test_the_emptiest_seats_without_a_question(week: Path, tmp_path: Path, problem: Problem):
    """Nobody works: the only requirement is explained, and everybody is counted."""
    file = tmp_path / "empty.csv"
    write_roster(problem, Roster(), file)

    assert "M0" in run_explain(week, file).stdout
    (seat,) = json.loads(run_explain(week, file, "--json").stdout)["seats"]
    assert (seat["shift_id"], seat["empty"], seat["qualified"]) == ("M0", 1, 2)


def test_every_seat_filled(week: Path, roster: Path) -> None:
    """There is nothing to explain, and that is said."""
    assert "Every seat is filled" in run_explain(week, roster).stdout


def test_a_seat_and_people_in_one_go(week: Path, roster: Path) -> None:
    """All three questions are answered together."""
    asked = ("--seat", "M0", "--why-not", "bob:M0", "--why-here", "ana:M0")

    done = run_explain(week, roster, *asked)
    told = json.loads(run_explain(week, roster, *asked, "--json").stdout)

    assert done.exit_code == 0
    assert "can work" in done.stdout
    assert "can be left out of" in done.stdout
    assert told["seats"][0]["filled"] == 1
    assert told["why_not"]["verdict"] == told["why_here"]["verdict"] == "possible"
    assert (told["why_not"]["total"], told["why_here"]["total"]) == (0, 0)


@pytest.mark.parametrize(
    ("option", "value", "named"),
    [
        ("--seat", "M9", "M9"),
        ("--seat", "M0:portal", "portal"),
        ("--why-not", "bob", "bob"),
        ("--why-not", "bo:M0", "bo"),
        ("--why-here", "bob:M9", "M9"),
        ("--time-limit", "0", "time-limit"),
    ],
)
def test_what_cannot_be_asked_is_bad_input(
    week: Path, roster: Path, option: str, value: str, named: str
) -> None:
    """Exit code 2, and the value is named."""
    done = run_explain(week, roster, option, value)

    assert done.exit_code == 2
    assert named in done.stderr


def test_people_may_be_named(week: Path, roster: Path, problem: Problem) -> None:
    """As `swap` takes them, in both questions; ids stay the same answer."""
    people = [v.model_copy(update={"name": f"{v.volunteer_id} Lê"}) for v in problem.volunteers]
    write_week(problem.model_copy(update={"volunteers": tuple(people)}), week)
    named = ("--why-not", "bob le:M0", "--why-here", "Ana Lê: M0", "--json")
    by_id = ("--why-not", "bob:M0", "--why-here", "ana:M0", "--json")

    assert run_explain(week, roster, *named).stdout == run_explain(week, roster, *by_id).stdout


@pytest.mark.parametrize(
    ("value", "example"), [("bob", "bob:M0"), ("M0", "ana:M0"), ("both", "ana:M0")]
)
def test_an_example_of_a_pair_is_one_of_the_week(
    week: Path, roster: Path, value: str, example: str
) -> None:
    """With the person or the shift that was typed, if it is one."""
    assert f"For example {example}" in run_explain(week, roster, "--why-not", value).stderr


@pytest.mark.parametrize("command", ["suggest", "explain", "record"])
def test_where_ids_of_shifts_are_is_said(week: Path, roster: Path, command: str) -> None:
    """For a shift that is like none of the week, however it is typed."""
    asked = {
        "suggest": (roster, "Northgate Fri morning"),
        "explain": (roster, "--seat", "Northgate"),
        "record": ("--called", "bob:Northgate:comes"),
    }

    done = run(command, week, *asked[command])

    assert done.exit_code == 2
    assert "The ids of shifts are in" in done.stderr


def test_questions_about_people_need_a_roster(week: Path) -> None:
    """Exit code 2."""
    assert run_explain(week, "--seat", "M0").exit_code == 2


def test_ctrl_c_ends_softly(week: Path, roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed while an answer is searched: what was found is told, with exit code 0."""
    true_build, before = around.build_again, signal.getsignal(signal.SIGINT)

    def pressed(problem: Problem) -> Model:
        signal.raise_signal(signal.SIGINT)
        return true_build(problem)

    monkeypatch.setattr(around, "build_again", pressed)

    done = run_explain(week, roster, "--why-not", "bob:M0", "--json")

    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["why_not"]["verdict"] in ("possible", "not_known")
    assert signal.getsignal(signal.SIGINT) is before


def test_answers_take_as_long_as_in_python() -> None:
    """What help says of the time is the usual time of the calls."""
    told = run_explain("--help").stdout
    explained = inspect.signature(explain_why_not).parameters["time_limit"].default
    advised = inspect.signature(advise).parameters["time_limit"].default

    words = " ".join(told.replace("│", " ").split())
    assert f"{explained:g}, or {advised:g} for advice, unless given" in words


def test_advice_is_told(tmp_path: Path) -> None:
    """A morning for three with two people: one more is advised, in words and as JSON."""
    needs = (Requirement(shift_id="M0", target=3),)
    week = plan("M", "ana bob", 1, requirements=needs, rules=RULES)
    folder, roster = written(tmp_path / "week", week), tmp_path / "roster.csv"
    write_roster(week, Roster.of([("M0", "ana"), ("M0", "bob")]), roster)

    shown = run_explain(folder, roster, "--advise")
    told = json.loads(run_explain(folder, roster, "--advise", "--json").stdout)

    assert shown.exit_code == 0
    assert "What would help most" in shown.stdout
    assert told["advice"]["gains"]
    assert told["seats"] == []


def test_advice_needs_a_roster_that_can_be_worked(week: Path, tmp_path: Path) -> None:
    """Somebody twice at once: a fault, exit code 2."""
    roster = tmp_path / "broken.csv"
    write_roster(plan("MO", "ana bob", 1), Roster.of([("M0", "ana"), ("O0", "ana")]), roster)

    done = run_explain(week, roster, "--advise")

    assert done.exit_code == 2
    assert "breaks hard rules" in done.stderr


@pytest.mark.parametrize(("verdict", "code"), [("no_roster", 3), ("not_known", 4), ("possible", 0)])
def test_exit_codes_of_questions(
    verdict: str, code: int, week: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script sees that hard rules contradict each other, or that time was too short."""

    def answered(problem: Problem, *pair: Any, **_: Any) -> Answer:
        return Answer("why_not", "bob", "M0", verdict, problem)

    monkeypatch.setattr("shiftplan.cli.ask.explain_why_not", answered)

    assert run_explain(week, roster, "--why-not", "bob:M0").exit_code == code
    assert run_explain(week, roster, "--why-not", "bob:M0", "--json").exit_code == code
