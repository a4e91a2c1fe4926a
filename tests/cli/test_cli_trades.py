"""The commands suggest, swap and compare: what they show, JSON, and bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import run

from shiftplan import Problem, read_roster, suggest, write_roster, write_week
from shiftplan.analysis import chains, partners, reserves, swap
from shiftplan.files import write_reserves
from shiftplan.present.answers import json_of
from shiftplan.present.words import Words
from shiftplan.scoring import compare_rosters
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.records import StandBy

BEFORE = "ana  M . .\nbob  . M .\ncho  . . M"


@pytest.fixture
def problem() -> Problem:
    """Three people with a day each; dan did not offer any time, eve has no shift to spare."""
    names = {"ana": "Ana", "bob": "Bob", "cho": "Chò", "dan": "Dan", "eve": "Eve"}
    each: dict[str, dict[str, Any]] = {who: {"name": name} for who, name in names.items()}
    each["eve"]["max_shifts"] = 0
    return plan(
        "M",
        " ".join(names),
        3,
        each=each,
        availability=tuple(window(who) for who in names if who != "dan"),
        rules=(
            {"rule": "one_place"},
            {"rule": "max_shifts"},
            {"rule": "fairness", "level": 2},
            {"rule": "coverage", "level": 1},
        ),
        requirements=({"shift_id": "M0", "minimum": 1, "target": 2},),
    )


@pytest.fixture
def week(problem: Problem, tmp_path: Path) -> Path:
    write_week(problem, tmp_path / "week")
    return tmp_path / "week"


@pytest.fixture
def roster(problem: Problem, tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    write_roster(problem, parse(BEFORE), path)
    return path


@pytest.mark.parametrize(
    ("command", "argument", "usage"),
    [("suggest", "SHIFT_ID", "SHIFT_ID"), ("swap", "A:SHIFT", "A:SHIFT [B:SHIFT]")],
)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_argument_that_is_missing_is_named(
    week: Path, roster: Path, command: str, argument: str, usage: str, lang: str
) -> None:
    """Not the roster, which may be left out."""
    for given in ((), (roster,)):
        done = run(command, week, *given, "--lang", lang)

        assert done.exit_code == 2
        first, how, _ = done.stderr.splitlines()
        about = f"command.{command}.{'first' if ':' in argument else 'shift_id'}"
        say = Words(lang)
        assert first == say("usage.argument", name=argument, help=say(about))
        assert f" {command} WEEK [ROSTER] {usage} [" in how


def test_suggest_shows_who_can_come_and_why_others_cannot(week: Path, roster: Path) -> None:
    """Bob and cho can, each at the same cost; eve and dan cannot."""
    done = run("suggest", week, roster, "M0")

    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Who can take M0, home, Mon 07 Dec 07:00–11:00\n")
    assert "Bob (bob)" in done.stdout
    assert "- Eve (eve): has as many shifts as they may work" in done.stdout
    assert "- not available then: 1\n" in done.stdout


def test_suggest_speaks_vietnamese(week: Path, roster: Path) -> None:
    """Everything that people read."""
    done = run("suggest", week, roster, "M0", "--lang", "vi", "--leaving", "ana")

    assert done.exit_code == 0, done.output
    assert "Ai có thể nhận M0, home, thứ Hai 07/12 07:00–11:00" in done.stdout
    assert "Thay cho Ana (ana)" in done.stdout
    assert "không đăng ký giờ này: 1\n" in done.stdout
    assert "cost" not in done.stdout


def test_suggest_says_who_of_those_with_another_shift_stands_by(
    problem: Problem, tmp_path: Path
) -> None:
    """Nobody plans them, so what their coming would save is no way to a cheaper roster."""
    people = [
        v.model_copy(update={"max_shifts": 1}) if v.volunteer_id == "bob" else v
        for v in problem.volunteers
    ]
    first, last = window("bob", first=0, last=1), window("bob", first=2, last=3)
    by = StandBy(volunteer_id="bob", start=first.start, end=first.end)
    changes = {"availability": (window("ana"), last), "stand_by": (by,), "volunteers": (*people,)}
    only_by = problem.model_copy(update=changes)
    week, roster = tmp_path / "by", tmp_path / "by.csv"
    write_week(only_by, week)
    write_roster(only_by, parse("ana  M . .\nbob  . . M"), roster)

    shown = run("suggest", week, roster, "M0").stdout

    assert "Possible if Bob (bob) leaves M2" in shown
    assert "Offered to stand by." in shown


def test_suggest_tells_json(week: Path, roster: Path, problem: Problem, tmp_path: Path) -> None:
    """The same as the library says, with places on stand-by lists read from a file."""
    judged = read_roster(roster)
    lists = reserves(problem, judged)
    write_reserves(problem, lists, tmp_path / "reserves.csv")

    done = run("suggest", week, roster, "M0", "--json", "--reserves", tmp_path / "reserves.csv")

    found = suggest(problem, judged, "M0", reserves=lists)
    assert json.loads(done.stdout) == json.loads(json.dumps(json_of(found)))
    assert {c["reserve"] for c in json.loads(done.stdout)["candidates"]} == {1, 2, None}


def test_swap_judges_a_trade(week: Path, roster: Path, problem: Problem) -> None:
    """The sentence for people, the figures for programs."""
    shown = run("swap", week, roster, "ana:M0", "bob:M1")
    told = run("swap", week, roster, "ana:M0", "bob:M1", "--json")

    assert shown.exit_code == told.exit_code == 0
    assert "Ana (ana) gives M0, home, Mon 07 Dec 07:00–11:00 to Bob (bob)" in " ".join(
        shown.stdout.split()
    )
    trade = swap(problem, read_roster(roster), ("M0", "ana"), ("M1", "bob"))
    assert json.loads(told.stdout) == json.loads(json.dumps(json_of(trade)))


def test_swap_judges_two_shifts_and_no_third(week: Path) -> None:
    """Nothing that was written is passed over."""
    done = run("swap", week, "ana:M0", "bob:M1", "cho:M2")

    assert done.exit_code == 2
    assert "Too many arguments for swap" in done.stderr


def test_swap_finds_partners_and_chains(week: Path, roster: Path, problem: Problem) -> None:
    """Bob and cho can take the shift or trade for it, and one way round each way."""
    told = run("swap", week, roster, "ana:M0", "--chains", "--json")
    shown = run("swap", week, roster, "ana:M0", "--chains", "--most", "1")

    judged = read_roster(roster)
    content = json.loads(told.stdout)
    for key, search in (("partners", partners), ("chains", chains)):
        found = json_of(search(problem, judged, "M0", "ana"))
        assert content[key] == json.loads(json.dumps(found))
    assert (content["partners"]["found"], content["chains"]["found"]) == (4, 2)
    assert "Trades that let Ana (ana) leave M0" in shown.stdout
    assert "... and 3 more" in shown.stdout


def test_compare_shows_what_differs(week: Path, roster: Path, problem: Problem) -> None:
    """Bob takes Monday too: one seat more, one person with another shift."""
    other = roster.with_name("after.csv")
    write_roster(problem, parse(BEFORE.replace("bob  . M .", "bob  M M .")), other)

    shown = run("diff", week, roster, other)
    told = run("diff", week, roster, other, "--json")

    assert shown.exit_code == told.exit_code == 0
    assert shown.stdout.startswith("Assignments taken away: 0, added: 1; people concerned: 1.")
    assert "- Bob (bob). Gained: M0, home, Mon 07 Dec 07:00–11:00" in shown.stdout
    assert "1 → 2 of 2" in shown.stdout
    found = compare_rosters(problem, read_roster(roster), read_roster(other))
    assert json.loads(told.stdout) == json.loads(json.dumps(found.as_dict()))


def test_compare_of_a_roster_with_itself(week: Path, roster: Path) -> None:
    """Nothing differs."""
    done = run("diff", week, roster, roster, "--lang", "vi")

    assert done.stdout == "Hai lịch trực có cùng phân công.\n"


@pytest.mark.parametrize("text", ["Ana: M0", "ana: T2", "Ana:7/12", "ana:M0"])
def test_people_and_shifts_are_named_as_records_take_them(
    week: Path, roster: Path, text: str
) -> None:
    """By name or id, and by shift or day."""
    traded = run("swap", week, roster, text, "Bob: T3", "--json")
    leaving = run("suggest", week, roster, "M0", "--leaving", "Ana", "--json")

    assert traded.stdout == run("swap", week, roster, "ana:M0", "bob:M1", "--json").stdout != ""
    assert leaving.stdout == run("suggest", week, roster, "M0", "--leaving", "ana", "--json").stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Zoe: T2", "không có tình nguyện viên này"),
        ("Ana: T4", "ca nào"),
        ("Ana: hôm nào đó", "thời điểm"),
    ],
)
def test_faults_of_typed_texts_speak_of_no_columns(
    week: Path, roster: Path, text: str, told: str
) -> None:
    """What was typed is quoted; there is no table."""
    done = run("swap", week, roster, text, "--lang", "vi")

    assert done.exit_code == 2
    assert text in done.stderr
    assert told in done.stderr
    assert "cột" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("suggest", "M9"),
        ("suggest", "M0", "--leaving", "bob"),
        ("swap", "ana"),
        ("swap", "ana:M9"),
        ("swap", "ana:M1"),
        ("swap", "ana:M0", "bob:M0"),
        ("swap", "ana:M0", "bob:M1", "--chains"),
    ],
)
def test_bad_arguments_end_with_code_2(
    week: Path, roster: Path, arguments: tuple[str, ...]
) -> None:
    """A message, and nothing on standard output."""
    command, *more = arguments

    done = run(command, week, roster, *more)

    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr


@pytest.mark.parametrize(
    ("command", "more"),
    [("suggest", ("M0",)), ("swap", ("ana:M0",)), ("explain", ()), ("explain", ("--advise",))],
)
def test_a_roster_of_another_week_is_refused(
    week: Path, tmp_path: Path, command: str, more: tuple[str, ...]
) -> None:
    """It has none of the week's shifts: an empty roster would be judged in its place."""
    other = tmp_path / "other.csv"
    other.write_text("shift_id,volunteer_id\nX7,ana\n", encoding="utf-8")

    done = run(command, week, other, *more)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "other.csv" in done.stderr
    assert "Maybe it was made for another week." in done.stderr


def test_compare_refuses_a_roster_of_another_week(week: Path, roster: Path, tmp_path: Path) -> None:
    """On either side."""
    other = tmp_path / "other.csv"
    other.write_text("shift_id,volunteer_id\nX7,ana\n", encoding="utf-8")

    assert run("diff", week, roster, other).exit_code == 2
    assert run("diff", week, other, roster).exit_code == 2


def test_unknown_ids_of_a_roster_are_counted(week: Path, roster: Path) -> None:
    """A warning on standard error; what is shown and the exit code stay as they are."""
    before = run("diff", week, roster, roster)
    pairs = [*read_roster(roster).assignments, ("X7", "nobody")]
    rows = "".join(f"{shift},{who}\n" for shift, who in pairs)
    roster.write_text(f"shift_id,volunteer_id\n{rows}", encoding="utf-8")

    done = run("diff", week, roster, roster)

    assert (done.exit_code, done.stdout) == (before.exit_code, before.stdout)
    assert before.stderr == ""
    assert done.stderr.splitlines()[0].endswith("not count: 1; the first: nobody, X7.")
