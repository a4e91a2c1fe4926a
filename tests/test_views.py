"""Rosters and results as tables of pandas and in notebooks."""

from __future__ import annotations

import datetime as dt
import sys
from html.parser import HTMLParser

import pytest

from shiftplan import (
    Availability,
    Center,
    Horizon,
    Problem,
    Requirement,
    Result,
    Roster,
    Shift,
    Status,
    Volunteer,
)
from shiftplan.errors import MissingExtraError
from shiftplan.rules import Coverage
from shiftplan.scoring import check, equity, fairness
from shiftplan.solving import Progress
from shiftplan.solving.result import Cost

DAY = dt.datetime(2026, 12, 7)
HOSTILE = "<script>alert('x')</script> & \"Ân\""


def hours(first: int, last: int) -> dict[str, dt.datetime]:
    return {"start": DAY.replace(hour=first), "end": DAY.replace(hour=last)}


@pytest.fixture
def problem() -> Problem:
    """One center with two shifts, the later one first by id; one person with a hostile name."""
    return Problem(
        horizon=Horizon(start=DAY.date(), days=1),
        centers=[Center(center_id="c", name=HOSTILE)],
        volunteers=[Volunteer(volunteer_id="v", name=HOSTILE), Volunteer(volunteer_id="w")],
        availability=[Availability(volunteer_id="v", **hours(0, 23))],
        shifts=[
            Shift(shift_id="a", center_id="c", **hours(13, 17)),
            Shift(shift_id="b", center_id="c", **hours(7, 11)),
        ],
        requirements=[Requirement(shift_id="a", minimum=0, target=2)],
    )


@pytest.fixture
def roster() -> Roster:
    return Roster.of([("a", "v"), ("b", "w"), ("x", "nobody")])


@pytest.fixture
def result(problem: Problem, roster: Roster) -> Result:
    return Result(
        Status.FEASIBLE,
        None,
        roster,
        None,
        Cost(1000, 900),
        {},
        fairness=fairness(problem, roster),
        equity=equity(problem, roster),
        history=(Progress(0.5, None, 800, {}), Progress(1.0, 1000, 900, {1: 10})),
    )


class _Tags(HTMLParser):
    """Tags that open, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert all(name in ("style", "scope") for name, _ in attrs)

    def handle_data(self, data):
        self.text += data


def test_a_roster_is_a_frame_in_order_of_time(problem: Problem, roster: Roster):
    """A row for each assignment, with names; unknown ids come last, without any."""
    frame = roster.to_frame(problem)

    assert list(frame["shift_id"]) == ["b", "a", "x"]
    assert list(frame["volunteer"])[:2] == ["w", HOSTILE]
    assert list(frame["center"])[:2] == [HOSTILE, HOSTILE]
    assert frame["start"][0] == DAY.replace(hour=7)
    assert frame.loc[2, ["center_id", "center", "start", "volunteer"]].isna().all()


def test_an_empty_roster_is_a_frame_without_rows(problem: Problem):
    """The columns are there all the same."""
    assert Roster().to_frame(problem).shape == (0, 7)


@pytest.mark.parametrize(
    ("what", "rows"), [("people", [("v", 1), ("w", 1)]), ("centers", [("c", 2)])]
)
def test_a_result_is_a_frame_of_people_or_centers(result: Result, what, rows):
    """People with the shifts they work, centers with their seats."""
    frame = result.to_frame(what)

    keys = {"people": ["volunteer_id", "shifts"], "centers": ["center_id", "seats"]}[what]
    assert list(frame[keys].itertuples(index=False, name=None)) == rows


def test_a_result_is_a_frame_of_its_history(result: Result):
    """Seconds, cost and bound; no cost while there is no roster."""
    frame = result.to_frame("history")

    assert list(frame["seconds"]) == [0.5, 1.0]
    assert list(frame["bound"]) == [800, 900]
    assert frame["total"].isna().tolist() == [True, False]


def test_a_result_without_roster_has_empty_frames():
    """Nobody is counted where there is no roster."""
    nothing = Result(Status.NO_ROSTER_FOUND, None, None, None, Cost(None, None), {})

    assert [len(nothing.to_frame(what)) for what in ("people", "centers", "history")] == [0] * 3


def test_without_pandas_the_extra_is_named(problem: Problem, monkeypatch: pytest.MonkeyPatch):
    """The message has the command that helps."""
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(MissingExtraError, match=r'pip install "PLACE\[frames\]"'):
        Roster().to_frame(problem)


def test_a_notebook_shows_a_result_with_hostile_names(result: Result):
    """Status, cost and the centers; a name with tags is text."""
    shown = _Tags(result._repr_html_())

    assert "script" not in shown.tags
    assert HOSTILE in shown.text
    assert "A roster was found." in shown.text
    assert "cost 1,000; bound 900; gap 10.0%" in shown.text


def test_a_notebook_shows_the_first_rows_of_a_roster():
    """Ten rows and how many more there are; ids with tags are text."""
    roster = Roster.of((f"<b>{i:02}</b>", "<i>v</i>") for i in range(25))

    shown = _Tags(roster._repr_html_())

    assert shown.text.startswith("Assignments: 25; people: 1; shifts: 25.")
    assert shown.tags.count("tr") == 11
    assert "<b>09</b>" in shown.text
    assert "<b>10</b>" not in shown.text
    assert "... and 15 more" in shown.text
    assert not {"b", "i"} & set(shown.tags)


def test_what_notebooks_show_speaks_vietnamese(result: Result, roster: Roster):
    """The same in Vietnamese, where it is asked for."""
    assert "Đã lập được lịch trực." in result.as_html("vi")
    assert "Số phân công: 3;" in roster.as_html("vi")


def test_a_contradiction_is_shown_without_table():
    """Status alone where there is neither roster nor center."""
    nothing = Result(Status.INFEASIBLE, None, None, None, Cost(None, None), {})

    assert "<table" not in nothing._repr_html_()
    assert "hard rules contradict each other" in nothing._repr_html_()


def test_a_notebook_shows_what_a_roster_costs(problem: Problem, roster: Roster):
    """A row for each rule that costs something; what is broken stands above, in either language."""
    score = check(problem.model_copy(update={"rules": (Coverage(weight=7),)}), roster)

    shown = _Tags(score._repr_html_())

    assert "The roster breaks hard rules" in shown.text
    assert shown.tags.count("tr") == 1 + 1 + 1 + 1  # heads, coverage, its level, the sum
    assert "Lịch trực vi phạm" in score.as_html("vi")
