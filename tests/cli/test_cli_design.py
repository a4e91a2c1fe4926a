"""The command `design`, and `plan --design`: shifts from what is needed when."""

from __future__ import annotations

import datetime as dt
import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from commands import DAY, make_problem, run
from json_forms import fits

from shiftplan import Problem, read_problem, read_roster
from shiftplan.citizens import ShiftDesign, design
from shiftplan.files import write_problem
from shiftplan.record import open_week
from shiftplan.week.demand import Setting
from shiftplan.week.requirements import Requirement
from shiftplan.week.shift_types import ShiftType

ID = "c0-1207-0800-1000"


def needed(*targets: int, center: str = "c0") -> list[Requirement]:
    """Rows about the hours of Monday from eight o'clock on."""
    return [
        Requirement(
            center_id=center,
            start=DAY + dt.timedelta(hours=8 + n),
            end=DAY + dt.timedelta(hours=9 + n),
            minimum=1,
            target=target,
        )
        for n, target in enumerate(targets)
    ]


def a_week(centers: int = 1, **more: Any) -> Problem:
    """Six people; at the first center two hours need two people, and the third needs one."""
    kind = ShiftType(
        earliest=dt.time(8), latest=dt.time(10), min_minutes=60, max_minutes=180, step=60
    )
    tables: dict[str, Any] = {
        "shifts": [],
        "requirements": needed(2, 2, 1),
        "shift_types": [kind],
        "policy": [Setting(setting="time_price", value=10)],
    }
    return make_problem(6, centers, 1, **{**tables, **more})


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """The folder of a week whose needs are about times."""
    write_problem(a_week(), tmp_path / "week")
    return tmp_path / "week"


def designed(week: Path, *options: object) -> str:
    """What the command says."""
    done = run("design", week, "--workers", 1, *options)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", ["made", "made.xlsx", "made.json"])
def test_a_week_with_the_shifts_is_written(week: Path, name: str) -> None:
    """In each form it reads as a week whose shifts ask for the people needed."""
    out = week.parent / name
    told = designed(week, "--out", out)

    made = read_problem(out)
    assert {s.shift_id for s in made.shifts} == {"c0-1207-0800-1000", "c0-1207-0800-1100"}
    assert {(r.shift_id, r.target) for r in made.requirements} == {
        ("c0-1207-0800-1000", 1),
        ("c0-1207-0800-1100", 1),
    }
    assert "2 shifts with 2 seats at 1 center: 5 hours of work for 5 hours needed." in told
    assert "Nobody is missing at any time." in told
    assert str(out) in told


def test_figures_are_beside_the_week(week: Path) -> None:
    """As JSON that fits its schema, and as a page that loads nothing."""
    out = week.parent / "made"
    designed(week, "--out", out)

    text = (out / "design.json").read_text(encoding="utf-8")
    fits("design", text)
    data = json.loads(text)
    page = (out / "design.html").read_text(encoding="utf-8")
    assert (data["status"], data["bound"], data["figures"]["missing"]) == (
        "OPTIMAL",
        data["cost"],
        0,
    )
    assert [shift["shift_id"] for shift in data["shifts"]] == [
        "c0-1207-0800-1000",
        "c0-1207-0800-1100",
    ]
    assert "://" not in page
    assert "<script" not in page


def test_beside_a_file_they_have_its_name(week: Path) -> None:
    """So that several designs lie in one folder."""
    designed(week, "--out", week.parent / "made.json")

    names = {file.name for file in week.parent.iterdir()}
    assert names == {"week", "made.json", "made.design.json", "made.design.html"}


def test_todays_shifts_are_judged_as_well(tmp_path: Path) -> None:
    """One shift of two people from eight to twelve: three of their hours are too much."""
    shift = (
        make_problem(1, 1, 1)
        .shifts[0]
        .model_copy(
            update={"start": DAY + dt.timedelta(hours=8), "end": DAY + dt.timedelta(hours=12)}
        )
    )
    rows = [*needed(2, 2, 1), Requirement(shift_id=shift.shift_id, minimum=1, target=2)]
    write_problem(a_week(shifts=[shift], requirements=rows), tmp_path / "week")

    data = json.loads(designed(tmp_path / "week", "--json"))

    today = data["today"]
    assert (today["hours"], today["missing"], today["beyond"], today["times"]) == (8, 0, 3, 1)
    assert today["missing_with_skill"] is None


def test_a_week_without_shifts_has_nothing_to_compare(week: Path) -> None:
    """No column says what nobody knows."""
    assert "Today" not in designed(week)
    assert json.loads(designed(week, "--json"))["today"] is None


def test_why_a_shift_is_held(week: Path) -> None:
    """What it costs to do without its time, and which shifts there would be."""
    told = designed(week, "--why", ID)

    assert told.startswith("Xã 0, 08:00–10:00: without this time, the best shifts")
    assert "Times of its shifts then:" in told
    assert "Written" not in told


def test_a_shift_that_is_not_held_is_told_with_those_near_it(week: Path) -> None:
    """Exit code 2."""
    done = run("design", week, "--why", "c0-1207-0800-0900")

    assert done.exit_code == 2
    assert done.stderr.endswith("but c0-1207-0800-1100 and c0-1207-0800-1000\n")


def test_only_some_centers_are_designed(tmp_path: Path) -> None:
    """The others keep what they need."""
    rows = [*needed(2), *needed(3, center="c1")]
    write_problem(a_week(2, requirements=rows), tmp_path / "week")

    designed(tmp_path / "week", "--out", tmp_path / "made", "--center", "c1")

    made = read_problem(tmp_path / "made")
    assert {s.center_id for s in made.shifts} == {"c1"}
    assert [r.target for r in made.requirements if r.center_id == "c0"] == [2]


def test_offers_limit_shifts_unless_they_are_ignored(tmp_path: Path) -> None:
    """Of six people one can come."""
    one = a_week().availability[:1]
    write_problem(a_week(availability=one), tmp_path / "week")

    def missing(*options: str) -> float:
        return json.loads(designed(tmp_path / "week", "--json", *options))["figures"]["missing"]

    assert (missing(), missing("--ignore-offers")) == (2, 0)


def test_nobody_is_counted_on_twice_where_people_are_decided_on(tmp_path: Path) -> None:
    """Two centers need one person at the same hour, and one can come; a roster says where to."""
    rows = [*needed(1), *needed(1, center="c1")]
    one = a_week().availability[:1]
    write_problem(a_week(2, requirements=rows, availability=one), tmp_path / "week")

    def missing(*options: object) -> float:
        return json.loads(designed(tmp_path / "week", "--json", *options))["figures"]["missing"]

    made = tmp_path / "made"
    assert (missing(), missing("--jointly", "--out", made)) == (0, 1)
    assert len(read_roster(made / "roster.csv", of=read_problem(made)).assignments) == 1


def test_people_who_are_decided_on_offer_their_time(week: Path) -> None:
    """So that one cannot ignore it."""
    done = run("design", week, "--jointly", "--ignore-offers")

    assert done.exit_code == 2
    assert "--ignore-offers" in done.stderr


def test_no_time_gives_a_first_design(week: Path) -> None:
    """Even 0 seconds."""
    data = json.loads(designed(week, "--json", "--time-limit", 0))

    assert data["figures"]["shifts"] > 0


def test_what_is_recorded_is_in_the_designed_week(week: Path) -> None:
    """Nobody counts on a person who is away."""
    assert run("record", week, "--absent", "v0").exit_code == 0
    designed(week, "--out", week.parent / "made")

    made = read_problem(week.parent / "made")
    assert [(row.volunteer_id, row.start.date(), row.end.date()) for row in made.occupied] == [
        ("v0", DAY.date(), DAY.date() + dt.timedelta(7))
    ]


def test_who_is_recorded_as_absent_is_not_counted_on(tmp_path: Path) -> None:
    """Of two people who could come, one is ill in the first hour."""
    two = a_week().availability[:2]
    write_problem(a_week(requirements=needed(2, 2), availability=two), tmp_path / "week")
    ill = "v0: 2026-12-07 08:00-09:00"
    assert run("record", tmp_path / "week", "--absent", ill).exit_code == 0

    assert json.loads(designed(tmp_path / "week", "--json"))["figures"]["missing"] == 1


def test_recorded_closings_are_entered_before_a_design(tmp_path: Path) -> None:
    """A design knows the hours of a center by its shifts alone."""
    write_problem(make_problem(6, 1, 1), tmp_path / "week")
    (tmp_path / "late.csv").write_text("change,center_id\nclosed,c0\n")
    assert run("record", tmp_path / "week", "--changes", tmp_path / "late.csv").exit_code == 0

    done = run("design", tmp_path / "week")

    assert done.exit_code == 2
    assert "closed or cancelled shifts (2)" in done.stderr


def test_what_is_there_stays_unless_replaced(week: Path) -> None:
    """And the week itself is never written over."""
    out = week.parent / "made"
    designed(week, "--out", out)

    again = run("design", week, "--out", out)
    itself = run("design", week, "--out", week, "--replace")

    assert (again.exit_code, itself.exit_code) == (2, 2)
    assert "--replace" in again.stderr
    assert "is read by this command" in itself.stderr
    designed(week, "--out", out, "--replace")


def test_everything_is_said_in_vietnamese(week: Path) -> None:
    """Also the page."""
    out = week.parent / "made"
    told = designed(week, "--out", out, "--lang", "vi")

    page = (out / "design.html").read_text(encoding="utf-8")
    assert "Không lúc nào thiếu người." in told
    assert '<html lang="vi">' in page
    assert "Ca được thiết kế theo nhu cầu" in page


def planned(week: Path, out: Path, *options: object) -> Any:
    """The result of planning with a design."""
    return run("plan", week, "--design", "--out", out, "--time-limit", 10, *options)


def test_a_week_is_designed_and_planned(week: Path) -> None:
    """The roster fills the shifts of the designed week, which is kept with its record."""
    out = week.parent / "out"
    done = planned(week, out)

    made = out / "week-designed"
    roster = read_roster(out / "roster.csv", of=read_problem(made))
    assert done.exit_code == 0, done.output
    assert {shift for shift, _ in roster.assignments} == {"c0-1207-0800-1000", "c0-1207-0800-1100"}
    assert f"shiftplan publish {made} --out" in done.stdout
    assert (made / "record.db").exists()
    assert not (week / "record.db").exists()


def test_a_workbook_is_designed_and_planned(tmp_path: Path) -> None:
    """The designed week is a folder named after it."""
    write_problem(a_week(), tmp_path / "tuan 50.xlsx")
    done = planned(tmp_path / "tuan 50.xlsx", tmp_path / "out")

    assert done.exit_code == 0, done.output
    assert len(read_problem(tmp_path / "out" / "tuan 50-designed").shifts) == 2


def test_the_designed_week_is_published_from(week: Path) -> None:
    """Then it is not designed again, as people were told its shifts."""
    out = week.parent / "out"
    planned(week, out)
    made = out / "week-designed"

    told = run("publish", made, "--out", week.parent / "told")
    again = planned(week, out, "--replace")

    assert told.exit_code == 0, told.output
    assert open_week(made).now.state.told is not None
    assert again.exit_code == 2
    assert "is already published" in again.stderr


def test_a_designed_week_is_replaced_only_when_asked(week: Path) -> None:
    """Somebody may have changed it."""
    out = week.parent / "out"
    planned(week, out)

    assert planned(week, out).exit_code == 2
    assert planned(week, out, "--replace").exit_code == 0


def test_a_week_that_people_were_told_is_not_designed_to_be_planned(tmp_path: Path) -> None:
    """The command `design` says so, and makes a week of its own."""
    write_problem(make_problem(6, 1, 1), tmp_path / "week")
    run("plan", tmp_path / "week", "--out", tmp_path / "out", "--time-limit", 5)
    run("publish", tmp_path / "week", "--out", tmp_path / "told")

    done = planned(tmp_path / "week", tmp_path / "other")
    other = run("design", tmp_path / "week", "--out", tmp_path / "made")

    assert done.exit_code == 2
    assert "is already published" in done.stderr
    assert (other.exit_code, "starts without a record" in other.stderr) == (0, True)


def test_staffing_does_not_go_with_a_design(week: Path) -> None:
    """Both decide how many people are needed."""
    done = planned(week, week.parent / "out", "--staff")

    assert done.exit_code == 2
    assert "--staff" in done.stderr


def test_json_names_the_designed_week(week: Path) -> None:
    """For scripts that go on with it."""
    done = planned(week, week.parent / "out", "--json", "--quiet")

    assert json.loads(done.stdout)["designed_week"] == str(week.parent / "out" / "week-designed")


def test_after_ctrl_c_a_quick_roster_is_planned(
    week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who does not want to wait gets both: the design so far, and a roster of it."""

    def stopped(problem: Problem, *, cancel: threading.Event, **how: Any) -> ShiftDesign:
        found = design(problem, cancel=cancel, **how)
        cancel.set()
        return found

    monkeypatch.setattr("shiftplan.cli.designed.design", stopped)
    done = planned(week, week.parent / "out")

    assert done.exit_code == 0, done.output
    assert len(read_roster(week.parent / "out" / "roster.csv").assignments) == 2


def test_a_design_without_shifts_is_not_written(
    week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the search ended too early, the exit code says so."""

    def nothing(problem: Problem, **how: Any) -> ShiftDesign:
        return replace(design(problem, **how), shifts=(), stopped_by="time")

    monkeypatch.setattr("shiftplan.cli.design.design", nothing)
    done = run("design", week, "--out", week.parent / "made")

    assert done.exit_code == 4
    assert "No shifts were found in time" in done.stderr
    assert not (week.parent / "made" / "shifts.csv").exists()


def test_the_example_of_a_reason_is_of_a_shift() -> None:
    """The one that the help names, with the bundled commune."""
    commune = Path(__file__).parents[2] / "examples" / "data" / "commune"

    done = run("design", commune, "--why", "fri-am")

    assert done.exit_code == 0, done.output
    assert "without this time" in done.stdout


def test_the_roster_of_an_earlier_design_does_not_stay(tmp_path: Path) -> None:
    """Its shifts may be gone."""
    write_problem(a_week(), tmp_path / "week")
    run("design", tmp_path / "week", "--jointly", "--out", tmp_path / "designed")
    assert (tmp_path / "designed" / "roster.csv").exists()

    run("design", tmp_path / "week", "--out", tmp_path / "designed", "--replace")

    assert not (tmp_path / "designed" / "roster.csv").exists()


def test_a_reason_that_was_asked_for_is_told_once(tmp_path: Path) -> None:
    """In design.json, as it is printed."""
    write_problem(a_week(), tmp_path / "week")
    out = tmp_path / "designed"

    done = run("design", tmp_path / "week", "--why", ID, "--why", ID, "--out", out, "--json")

    printed = json.loads(done.stdout)
    assert printed == json.loads((out / "design.json").read_text(encoding="utf-8"))
    times = [(one["center_id"], one["start_minute"], one["minutes"]) for one in printed["why"]]
    assert len(times) == len(set(times))
