"""What is recorded of one week in the record of a run, and what later weeks make of it."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from batches import here, plan, write_province

from shiftplan import read_roster
from shiftplan.batch import work
from shiftplan.files import read_ledger
from shiftplan.present.outputs import write_outputs
from shiftplan.record import Call, LiveWeek, ShiftAnswer, events, open_week, status_of
from shiftplan.record.current import CurrentWeek
from shiftplan.record.planning import Found, plan_now
from shiftplan.seasons import Turnout
from shiftplan.seasons.ledger import State
from shiftplan.week.roster import Roster

ONE, TWO, THREE = (dt.date(2020, 1, 6) + dt.timedelta(7 * n) for n in range(3))
"""Mondays of weeks that are over."""


class Run:
    """A province whose weeks are planned one after another."""

    def __init__(self, folder: Path) -> None:
        self.root, self.run = folder / "root", folder / "run"

    def plan(self, monday: dt.date, people: int = 4) -> None:
        write_province(self.root, "an", monday, people=people)
        assert plan(self.root, self.run).is_complete

    def live(self, monday: dt.date) -> LiveWeek:
        name = f"an/{monday}"
        return open_week(self.root / name, f"{self.run / 'record.db'}#{name}")

    def roster(self, monday: dt.date) -> Roster:
        return read_roster(self.run / "an" / str(monday) / "roster.csv")

    def states(self, of: dt.date, after: dt.date) -> dict[str, dict[str, int]]:
        """Person -> what the ledger of a later week counts of one, but for plain work."""
        weeks = read_ledger(self.run / "an" / str(after) / "ledger.json").weeks
        (week,) = [week for week in weeks if week.start == of]
        counts = ("called", "asked", "excused", "absent")
        found = {
            e.volunteer_id: {c: n for c in counts if (n := getattr(e, c))} for e in week.entries
        }
        return {who: counted for who, counted in found.items() if counted}


@pytest.fixture
def run(tmp_path: Path, begun: list[str]) -> Run:
    made = Run(tmp_path)
    made.plan(ONE)
    begun.clear()
    return made


def turnout(pair: tuple[str, str], state: State) -> Turnout:
    return Turnout(shift_id=pair[0], volunteer_id=pair[1], state=state)


def test_attendance_calls_and_refusals_reach_the_next_week(run: Run, begun: list[str]) -> None:
    """Its ledger has them, as `shiftplan ledger --record` would; the week itself stays."""
    one, other, third, *_ = run.roster(ONE).assignments
    asked = next(who for who in ("V0", "V1", "V2", "V3") if (one[0], who) not in run.roster(ONE))
    live = run.live(ONE)
    live.record(calls=[Call(volunteer_id=asked, shift_id=one[0], answer="cannot")])
    live.record(answers=[ShiftAnswer(volunteer_id=third[1], shift_id=third[0], answer="declined")])
    live.record(turnouts=[turnout(one, "absent"), turnout(other, "excused")])

    run.plan(TWO)

    expected: dict[str, dict[str, int]] = {}
    for who, what in ((one[1], "absent"), (other[1], "excused"), (third[1], "excused")):
        counts = expected.setdefault(who, {})
        counts[what] = counts.get(what, 0) + 1
    expected.setdefault(asked, {})["asked"] = 1
    assert run.states(ONE, TWO) == expected
    assert begun == [f"an/{TWO}"]


def test_attendance_recorded_late_reaches_the_week_after_the_next(
    run: Run, begun: list[str]
) -> None:
    """The next one, which people know already, is not planned again; then it is counted once."""
    run.plan(TWO)
    pair = run.roster(ONE).assignments[0]
    run.live(ONE).record(turnouts=[turnout(pair, "absent")])
    assert plan(run.root, run.run).is_complete
    assert run.states(ONE, TWO) == {}

    run.plan(THREE)
    assert plan(run.root, run.run).is_complete

    assert run.states(ONE, THREE) == {pair[1]: {"absent": 1}}
    assert begun == [f"an/{TWO}", f"an/{THREE}"]


def test_the_file_of_attendance_counts_before_the_record(run: Run, begun: list[str]) -> None:
    """Whoever keeps both has corrected the file."""
    one, other = run.roster(ONE).assignments[:2]
    run.live(ONE).record(turnouts=[turnout(one, "absent")])
    rows = f"shift_id,volunteer_id,state\n{other[0]},{other[1]},excused\n"
    (run.root / "an" / str(ONE) / "attendance.csv").write_text(rows)

    run.plan(TWO)

    assert run.states(ONE, TWO) == {other[1]: {"excused": 1}}


def listed_with(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[tuple[str, str], float]]:
    """Chances of assignments for the lists of each week that is planned from now on."""
    found: list[Mapping[tuple[str, str], float]] = []

    def watched(*args: Any, **told: Any) -> list[Path]:
        found.append(told["chances"] or {})
        return write_outputs(*args, **told)

    monkeypatch.setattr(work, "write_outputs", watched)
    return found


def planned_with(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, float]]:
    """Show rates of everybody in each week that is planned from now on."""
    found: list[dict[str, float]] = []

    def watched(week: CurrentWeek, *args: Any, **search: Any) -> Found:
        found.append({v.volunteer_id: v.show_rate for v in week.problem.volunteers})
        return plan_now(week, *args, **search)

    monkeypatch.setattr(work, "plan_now", watched)
    return found


def test_a_batch_learns_who_comes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """From week to week, and lists know it; the tables stay, and do not count as edited."""
    planned, listed = planned_with(monkeypatch), listed_with(monkeypatch)
    run.plan(TWO)
    pairs = run.roster(TWO).assignments
    away = pairs[0].volunteer_id
    run.live(TWO).record(
        turnouts=[
            turnout(pair, "absent" if pair.volunteer_id == away else "came") for pair in pairs
        ]
    )

    run.plan(THREE)

    before, after = planned
    assert set(before.values()) == {1.0}
    assert after[away] < min(rate for who, rate in after.items() if who != away) <= 1.0
    assert listed[0] == {}
    assert listed[1].keys() == {*run.roster(THREE).assignments}
    assert all(chance < 1 for (_, who), chance in listed[1].items() if who == away)
    live = run.live(THREE)
    assert {v.show_rate for v in live.files.volunteers} == {1.0}
    assert status_of(live.now, live.entries).edited == ()


def test_nothing_is_learned_before_the_week_is_over(
    tmp_path: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only Monday was worked: that all come later in the week is not known yet."""
    planned, run = planned_with(monkeypatch), Run(tmp_path)
    first, second = dt.date(2190, 1, 4), dt.date(2190, 1, 11)
    run.plan(first)
    pair = run.roster(first).assignments[0]
    run.live(first).record(turnouts=[turnout(pair, "absent")])

    run.plan(second)

    assert run.states(first, second) == {pair[1]: {"absent": 1}}
    assert set(planned[1].values()) == {1.0}


def test_hooks_hear_of_weeks_that_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each of them once, with why; the weeks of other provinces are told as always."""
    heard: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(events, "hooks_file", lambda: tmp_path / "hooks.toml")

    def hear(told: list[tuple[str, str]], _: Path) -> None:
        heard.extend((kind, json.loads(event)) for kind, event in told)

    monkeypatch.setattr(events, "hand_over", hear)
    here(monkeypatch)
    for name in ("an", "bo"):
        write_province(tmp_path / "root", name, ONE, TWO)
    (tmp_path / "root" / "an" / str(ONE) / "shifts.csv").write_text("nonsense")

    plan(tmp_path / "root", tmp_path / "run")

    failed = [(e["week"], e["why"], e["who"], e["entry"]) for kind, e in heard if kind == "failed"]
    assert failed == [(f"an/{ONE}", "input", "batch", None), (f"an/{TWO}", "before", "batch", None)]
    assert [e["week"] for kind, e in heard if kind == "told"] == [f"bo/{ONE}", f"bo/{TWO}"]


def test_calls_count_in_the_stand_by_lists_of_a_batch(tmp_path: Path, begun: list[str]) -> None:
    """The week is planned again for the call; who was called comes after the other two."""
    run = Run(tmp_path)
    run.plan(ONE, people=8)

    def listed() -> list[str]:
        rows = (run.run / "an" / str(ONE) / "reserves.csv").read_text("utf-8-sig").splitlines()
        table = csv.DictReader(rows)
        return [row["volunteer_id"] for row in table if row["shift_id"] == "A0"]

    first = listed()[0]
    run.live(ONE).record(calls=[Call(volunteer_id=first, shift_id="A1", answer="not_reached")] * 2)
    before = run.roster(ONE)
    assert plan(run.root, run.run).is_complete

    assert run.roster(ONE) == before
    assert begun == [f"an/{ONE}"] * 2
    assert first not in listed()[:1]
