"""The history of a solve is kept, and kept small."""

from __future__ import annotations

import json

from files.weeks import read
from hypothesis import given
from hypothesis import strategies as st

from shiftplan import check, solve
from shiftplan.present.result_file import read_outcome
from shiftplan.solving import Progress
from shiftplan.solving.result import MOST, Timeline


def _told(count: int) -> tuple[Progress, ...]:
    timeline = Timeline()
    for i in range(count):
        timeline.add(Progress(float(i), count - i, i, {}))
    return timeline.kept()


def test_a_short_history_is_kept_whole():
    """Nothing is given up before there is too much."""
    assert [p.seconds for p in _told(5)] == [0, 1, 2, 3, 4]
    assert _told(0) == ()


@given(st.integers(1, 5000))
def test_a_long_history_is_thinned_out(count):
    """At most `MOST` moments and the last one, in order; the first and the last are there."""
    kept = [p.seconds for p in _told(count)]

    assert len(kept) <= MOST
    assert (kept[0], kept[-1]) == (0, count - 1)
    assert kept == sorted(set(kept))


def test_a_result_tells_its_history(tmp_path):
    """The last moment has the cost and the bound of the result, also in JSON and read back."""
    result = solve(read(tmp_path), time_limit=None, workers=1)

    last = result.history[-1]
    assert (last.total, last.bound) == (result.total.cost, result.total.bound)
    told = json.loads(result.to_json())["history"]
    assert told[-1][1:] == [last.total, last.bound]
    file = tmp_path / "result.json"
    file.write_text(result.to_json(), encoding="utf-8")
    problem, roster = read(tmp_path), result.require_roster()
    back = read_outcome(file, problem, roster, check(problem, roster))
    assert [(p.total, p.bound) for p in back.history] == [
        (p.total, p.bound) for p in result.history
    ]


def test_whoever_hears_of_progress_cannot_change_the_history(tmp_path):
    """A moment that is handed out is the hearer's own."""

    def hear(progress):
        progress.levels.clear()
        progress.levels[1] = -7

    result = solve(read(tmp_path), time_limit=None, workers=1, on_progress=hear)

    told = [p for p in result.history if p.total is not None]
    assert told
    assert all(set(p.levels) == set(result.levels) and min(p.levels.values()) >= 0 for p in told)
