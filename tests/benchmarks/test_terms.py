"""Terms that are lived with and without learning, and how well show rates are learned."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import shows, term
from benchmarks.conduct import Conduct, Rates
from benchmarks.reliability import DAYS, HOURS, Reliability
from benchmarks.term import live, part_of, with_show_up
from benchmarks.term_rows import ARMS, Row, draw, table
from benchmarks.term_week import lived
from shiftplan import Problem, Roster, write_week
from shiftplan.record.entries import Answered, Changed, Told
from shiftplan.seasons import Ledger
from shiftplan.testing.pictures import plan
from shiftplan.week.records import Availability, Center
from shiftplan.week.requirements import Requirement

SEARCH = {"time_limit": None, "workers": 1}
DRAWN = Rates(deviation=1.5, ill=0.15, decline=0.1)
PEOPLE = "ana bob cho dan eve fay gil hoa"


def town(**fields: Any) -> Problem:
    """A week of mornings, each of which wants two of eight people, who offer most of them."""
    bare = plan("M", PEOPLE)
    needs = tuple(Requirement(shift_id=s.shift_id, minimum=1, target=2) for s in bare.shifts)
    windows = tuple(
        Availability(volunteer_id=who, start=shift.start, end=shift.end)
        for i, who in enumerate(PEOPLE.split())
        for j, shift in enumerate(bare.shifts)
        if (i + j) % 4
    )
    rules = ("coverage", "one_place", "fairness", "show_up")
    given = {"requirements": needs, "availability": windows, "rules": [{"rule": r} for r in rules]}
    return plan("M", PEOPLE, **{**given, **fields})


class Watched(Conduct):
    """People who remember whether they came, and to what."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.asked: list[tuple[str, dt.datetime, int, str | None]] = []

    def comes(self, who: str, start: dt.datetime, notice: int, answer: Any) -> bool:
        self.asked.append((who, start, notice, answer))
        return super().comes(who, start, notice, answer)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(live(town(), 3, DRAWN, 5, SEARCH, SEARCH))


def test_arms_begin_alike(rows: list[Row]) -> None:
    """The first week is the same, and each arm has a row for each week."""
    first, second = (next(row for row in rows if row.arm == arm) for arm in ARMS)

    assert replace(first, seconds=0, arm="column") == replace(second, seconds=0)
    assert [(row.arm, row.week) for row in rows] == [(arm, n) for arm in ARMS for n in (1, 2, 3)]


def test_only_one_arm_learns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second week is planned with rates learned, or with the column as it was."""
    planned = []

    def watched(problem: Problem, *args: Any) -> Any:
        planned.append([v.show_rate for v in problem.volunteers])
        return lived(problem, *args)

    monkeypatch.setattr(term, "lived", watched)
    list(live(town(), 2, DRAWN, 5, SEARCH, SEARCH))

    first, learned, column = planned
    assert first == column == [1.0] * 8
    assert min(learned) < 1


def test_people_answer_the_same_in_whatever_order_they_are_asked() -> None:
    """Offers, illness, answers and attendance depend on nothing but the seed and their names."""
    one, same, other = (Conduct(town(), DRAWN, seed) for seed in (1, 1, 2))
    monday, start = town().horizon.start, town().shifts[0].start

    def said(conduct: Conduct, people: list[str]) -> dict[str, object]:
        return {
            who: (
                conduct.answer(who, start, monday, late=False),
                conduct.illness(who, monday, 7),
                conduct.comes(who, start, 48, None),
                conduct.call(who, start, 0),
            )
            for who in people
        }

    people = PEOPLE.split()
    assert said(one, people) == said(same, people[::-1]) != said(other, people)
    assert [*one.offers(monday)] == [*same.offers(monday)] != [*other.offers(monday)]


def test_sums_of_a_week_add_up(rows: list[Row]) -> None:
    """Nobody fills more seats than there are, and nobody is taken who was not told."""
    for row in rows:
        assert row.seats == 14
        assert 0 < row.filled <= row.seats
        assert row.skilled == row.skilled_filled == row.minority == row.minority_filled == 0
        assert row.came_after_call <= row.calls
        assert row.assignments <= row.told
        assert row.taken + row.own <= row.told
    assert sum(row.calls for row in rows) > 0
    assert sum(row.absent + row.excused for row in rows) > 0


def test_rates_are_learned(rows: list[Row]) -> None:
    """The error falls, below that of the column, and over all weeks below that of own shares."""
    learned = [row for row in rows if row.arm == "learned"]

    assert learned[-1].error_learned < learned[0].error_learned
    assert learned[-1].error_learned < learned[-1].error_column
    assert sum(row.error_learned for row in learned) < sum(row.error_share for row in learned)


def test_the_ledger_learns_of_what_people_were_asked() -> None:
    """Every person who was told, and neither ill nor out by their own word, is one show of it."""
    conduct = Watched(town(), DRAWN, 1)

    week = lived(town(), conduct, None, SEARCH, SEARCH)

    (done,) = week.turned_out.added_to(Ledger()).weeks
    called = sum(t.state in ("called", "asked") for t in week.turned_out.turnouts)
    told = [(who, start, answer) for who, start, hours, answer in conduct.asked if hours]
    assert Counter((s.volunteer_id, s.start, s.answer) for s in done.shows) == Counter(told)
    assert {s.notice_hours for s in done.shows} == {hours for _, _, hours, _ in conduct.asked} - {0}
    assert called <= week.calls.total()


@pytest.mark.parametrize("seed", [2, 3])
def test_no_promise_is_broken(seed: int) -> None:
    """Whoever lost a shift declined it, was absent, or is counted, with the reason."""
    week = lived(town(), Conduct(town(), DRAWN, seed), None, SEARCH, SEARCH)
    live, own, others, told = week.live, 0, 0, Roster()
    away: set[str] = set()
    out: set[tuple[str, str]] = set()

    for entry in live.entries:
        match entry.body:
            case Changed(changes=changes):
                away |= {change.volunteer_id for change in changes}
            case Answered(answers=answers):
                out |= {(a.shift_id, a.volunteer_id) for a in answers if a.answer == "declined"}
            case Told(version=version):
                lost = set(told.assignments) - {*live.roster_of(version).assignments}
                gone = {pair for pair in lost if pair in out or pair.volunteer_id in away}
                own, others = own + len(gone), others + len(lost - gone)
                told = live.roster_of(version)

    assert week.refused == 0
    assert week.taken["own"] <= own
    assert own + others == week.taken.total()
    assert {*week.taken} <= {"own", "moved", "freed"}
    assert {*week.first.assignments} <= week.told


def test_a_table_and_a_picture_show_what_was_lived(rows: list[Row], tmp_path: Path) -> None:
    """Sums over the weeks of an arm, and the errors of its last one; by hand."""
    two = [replace(rows[0], week=n, seats=100, filled=80 + n, calls=10 * n) for n in (1, 2)]
    last = replace(two[1], error_learned=0.0625)

    lines = {line[0]: line[1:] for line in table([two[0], last]).rows}
    draw(rows, tmp_path / "term.png")

    assert lines["seats filled on the day"] == ("81.50%",)
    assert lines["calls of reserves"] == ("30",)
    assert lines["error of the rates learned, at the end"] == ("6.25%",)
    assert (tmp_path / "term.png").stat().st_size > 0


def test_a_term_is_written_as_rows(tmp_path: Path) -> None:
    """One line a week, the same as from the same seed elsewhere; `show_up` is added."""
    week = town(rules=({"rule": "coverage"},))
    write_week(week, tmp_path / "week")
    options = ["--weeks", "1", "--arms", "learned", "--workers", "1"]
    options += ["--time-limit", "600", "--repair-limit", "600"]

    term.main([str(tmp_path / "week"), "--out", str(tmp_path), *options])
    (row,) = live(with_show_up(week), 1, Rates(), 1, SEARCH, SEARCH, ["learned"])

    with (tmp_path / "term.csv").open(encoding="utf-8") as file:
        (written,) = csv.DictReader(file)
    assert {**written, "seconds": ""} == {
        **{k: str(v) for k, v in asdict(row).items()},
        "seconds": "",
    }


def test_a_part_of_a_week_has_the_people_at_home_there() -> None:
    """One center of two keeps its shifts and their requirements."""
    centers = tuple(Center(center_id=c, lat=10.0, lon=105.0) for c in ("home", "far"))
    each = {"ana": {"home_center_id": "home"}, "bob": {"home_center_id": "far"}}
    week = plan("M", "ana bob", 2, centers=centers, each=each)

    part = part_of(week, 1)

    assert [v.volunteer_id for v in part.volunteers] == ["ana"]
    assert {w.volunteer_id for w in part.availability} == {"ana"}
    assert len(part.shifts) == 2


def test_rates_are_means_of_chances() -> None:
    """Over levels that are equally frequent."""
    week = town()
    known = Reliability(week, 0.9, 0.8, 1)
    monday = dt.datetime.combine(week.horizon.start, dt.time())

    rate = known.rates(HOURS, DAYS, {48: 0.0})["ana"]

    starts = [monday + dt.timedelta(days=d, hours=h) for d in range(7) for h in HOURS]
    assert rate == pytest.approx(np.mean([known.chance("ana", start) for start in starts]))


def test_the_error_of_learned_rates_is_measured(tmp_path: Path) -> None:
    """A row for each class of people seen, after the last week."""
    write_week(town(), tmp_path / "week")

    shows.main([str(tmp_path / "week"), "--out", str(tmp_path), "--weeks", "2"])

    assert "| 2 " in (tmp_path / "shows.md").read_text(encoding="utf-8")
