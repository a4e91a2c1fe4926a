"""The command `tradeoff`, and `plan` with a hint."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from commands import run
from towns import town

from shiftplan import Pin, Problem, Roster, check, read_roster, write_roster, write_week
from shiftplan.cli import tradeoff as trading
from shiftplan.present.words import Lang, Words

PROBLEM = town(1, 5)
SOLVE = "shiftplan.record.planning.solve"


@pytest.fixture
def week(tmp_path: Path) -> Path:
    folder = tmp_path / "week"
    write_week(PROBLEM, folder)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "as the week says"), ("vi", "đúng như quy định của tuần")]
)
def test_tradeoff_writes_table_picture_and_rosters(
    week: Path, out: Path, lang: str, says: str
) -> None:
    """One row and one roster a point; rosters of an earlier run are gone; words in one language.

    The point without prices on evenness and travel is no better than another, and left out.
    """
    problem = town(1, 20)
    write_week(problem, week)
    out.mkdir()
    (out / "tradeoff.csv").write_text("old", encoding="utf-8")
    (out / "roster-9.csv").write_text("old", encoding="utf-8")
    (out / "roster-mine.csv").write_text("mine", encoding="utf-8")

    done = run("tradeoff", week, "--out", out, "--points", 3, "--workers", 1, "--lang", lang)

    assert done.exit_code == 0, done.output
    with (out / "tradeoff.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["point"] for row in rows] == ["1", "2"]
    assert [row["evenness"] for row in rows] == ["1", "16"]
    assert [row["kept"] for row in rows] == ["", "service"]
    assert float(rows[1]["unevenness"]) < float(rows[0]["unevenness"])
    assert rows[1]["empty_seats"] == rows[0]["empty_seats"]
    assert rows[0]["label"] == says
    assert says in " ".join(done.stdout.split())
    assert (out / "tradeoff.png").read_bytes().startswith(b"\x89PNG")
    rosters = sorted(p.name for p in out.glob("roster-*.csv"))
    assert rosters == ["roster-1.csv", "roster-2.csv", "roster-mine.csv"]
    score = check(problem, read_roster(out / "roster-1.csv"))
    assert score.is_feasible
    assert str(score.total) == rows[0]["cost"]


@pytest.mark.parametrize(
    "options", [["--points", "1"], ["--points", "11"], ["--time-limit", "0"], ["--lang", "de"]]
)
def test_wrong_options_of_tradeoff_are_bad_input(options: list[str], week: Path, out: Path) -> None:
    """Exit code 2, and no file."""
    done = run("tradeoff", week, "--out", out, *options)

    assert done.exit_code == 2
    assert not out.exists() or list(out.iterdir()) == []


def test_without_matplotlib_nobody_waits(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told at once how to install it."""
    monkeypatch.setattr(trading, "can_draw", lambda: False)
    monkeypatch.setattr(trading, "tradeoff", lambda *_, **__: pytest.fail("it searched"))

    done = run("tradeoff", week, "--out", out)

    assert done.exit_code == 2
    assert "PLACE[plots]" in done.stderr


def test_tradeoff_names_a_contradiction(tmp_path: Path, out: Path) -> None:
    """Exit code 3, as for plan; nothing is written, and nothing of an earlier run stays."""
    out.mkdir()
    for name in ("tradeoff.csv", "tradeoff.png", "roster-1.csv"):
        (out / name).write_text("old", encoding="utf-8")
    who = PROBLEM.availability[0].volunteer_id
    pins = [
        Pin(volunteer_id=who, shift_id=s.shift_id, state="must")
        for s in PROBLEM.shifts
        if any(w.volunteer_id == who and w.start <= s.start < w.end for w in PROBLEM.availability)
    ]
    fields = {name: getattr(PROBLEM, name) for name in Problem.model_fields}
    people = [v.model_copy(update={"max_shifts": 0}) for v in PROBLEM.volunteers]
    folder = tmp_path / "week"
    write_week(Problem(**{**fields, "pins": pins, "volunteers": people}), folder)

    done = run("tradeoff", folder, "--out", out, "--workers", 1)

    assert done.exit_code == 3
    assert "These cannot all hold" in done.stderr
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "Nobody can take any shift"), ("vi", "Không ai nhận được ca nào")]
)
def test_points_around_an_empty_roster_say_so_first(
    tmp_path: Path, out: Path, lang: str, says: str
) -> None:
    """Exit code 5, as for plan: there is nothing to trade where nobody may work a shift."""
    folder = tmp_path / "week"
    people = tuple(v.model_copy(update={"max_shifts": 0}) for v in PROBLEM.volunteers)
    write_week(PROBLEM.model_copy(update={"volunteers": people}), folder)

    done = run("tradeoff", folder, "--out", out, "--points", 3, "--workers", 1, "--lang", lang)

    assert done.exit_code == 5, done.output
    assert done.stdout.startswith(says)
    assert (out / "tradeoff.csv").exists()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Used 1 of 2 assignments from the hint."),
        ("vi", "Dùng được 1 trên 2 phân công của lịch ban đầu."),
    ],
)
def test_plan_takes_a_hint(week: Path, out: Path, lang: str, text: str) -> None:
    """What it names that is not there is dropped, and it is told how much was used."""
    first = next(
        (s.shift_id, v.volunteer_id)
        for s in PROBLEM.shifts
        for v in PROBLEM.volunteers
        if check(PROBLEM, Roster.of([(s.shift_id, v.volunteer_id)])).is_feasible
    )
    hint = week.parent / "hint.csv"
    write_roster(PROBLEM, Roster.of([first, ("gone", "nobody")]), hint)

    done = run("plan", week, "--out", out, "--hint", hint, "--lang", lang)

    assert done.exit_code == 0, done.output
    assert text in " ".join(done.stdout.split())


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_hint_of_another_week_is_told_at_once(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    """Before the search, and as it is no error not where only errors are shown."""
    hint = week.parent / "last.csv"
    write_roster(PROBLEM, Roster.of([("gone", PROBLEM.volunteers[0].volunteer_id)]), hint)
    told = Words(lang)("plans.hint_unknown", name="last.csv")
    arguments = ("plan", week, "--out", out, "--hint", hint, "--lang", lang)

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(SOLVE, stopped)

    assert told in run(*arguments).stderr
    assert told not in run(*arguments, "--quiet").stderr


def test_a_hint_that_cannot_be_read_is_bad_input(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is searched or written."""
    monkeypatch.setattr(SOLVE, lambda *_, **__: pytest.fail("it searched"))

    done = run("plan", week, "--out", out, "--hint", week / "nowhere.csv")

    assert done.exit_code == 2
    assert "no such" in done.stderr
    assert not out.exists()
