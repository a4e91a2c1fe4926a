"""Pictures for slides: what they say, and the files they are."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from matplotlib.colors import to_hex

from shiftplan import Availability, Center, Horizon, Problem, Requirement, Roster, Shift, Volunteer
from shiftplan.errors import MissingExtraError
from shiftplan.present.charts import (
    CHARTS,
    draw_charts,
    draw_cost,
    draw_coverage,
    draw_load,
    draw_map,
    write_figures,
)
from shiftplan.present.charts.paper import FILLS
from shiftplan.present.map import map_of
from shiftplan.present.words import Words
from shiftplan.scoring import equity, fairness
from shiftplan.scoring.equity import CenterSeats, Seats
from shiftplan.solving import Progress

DAY = dt.datetime(2026, 12, 7)
HISTORY = [Progress(0.5, None, 10, {}), Progress(1.0, 900, 50, {}), Progress(3.0, 100, 90, {})]


def make(centers: int = 3, days: int = 2, **fields: Any) -> Problem:
    """Centers of two seats each morning; one volunteer for each."""
    places = [
        Center(center_id=f"c{i}", name=f"Xã Đông {i}", lat=10 + i / 10, lon=105 + i / 7)
        for i in range(centers)
    ]
    starts = [DAY + dt.timedelta(days=d, hours=7) for d in range(days)]
    shifts = [
        Shift(
            shift_id=f"{c.center_id}-{d}",
            center_id=c.center_id,
            start=start,
            end=start + dt.timedelta(hours=4),
        )
        for c in places
        for d, start in enumerate(starts)
    ]
    people = [Volunteer(volunteer_id=f"v{i}", name=f"Nguyễn Ý {i}") for i in range(centers)]
    values: dict[str, Any] = {
        "horizon": Horizon(start=DAY.date(), days=days),
        "centers": places,
        "volunteers": people,
        "availability": [
            Availability(volunteer_id=p.volunteer_id, start=DAY, end=DAY + dt.timedelta(days))
            for p in people
        ],
        "shifts": shifts,
        "requirements": [Requirement(shift_id=s.shift_id, minimum=0, target=2) for s in shifts],
    }
    return Problem(**{**values, **fields})


ROSTER = Roster.of([("c0-0", "v0"), ("c0-0", "v1"), ("c0-1", "v0"), ("c0-1", "v1"), ("c1-0", "v2")])
"""Of twelve seats: c0 has all four, c1 one of four, c2 none."""


def said(figure: Any) -> list[str]:
    """All texts of a figure."""
    from matplotlib.text import Text

    figure.draw_without_rendering()
    return [t.get_text() for t in figure.findobj(Text) if t.get_text()]


def test_coverage_tells_empty_seats_of_the_worst_centers_first():
    """Rows from the emptiest center down, with its share; figures are empty seats."""
    texts = said(draw_coverage(make(), ROSTER))

    assert "Where seats are empty: 5 of 12 seats are filled (41.6%)" in texts
    names = [t for t in texts if t.startswith("Xã Đông")]
    assert list(dict.fromkeys(names)) == ["Xã Đông 2", "Xã Đông 1", "Xã Đông 0"]
    assert "0.0%   0 of 4" in texts
    assert "25.0%   1 of 4" in texts
    # c2 lacks two twice, c1 one and two; c0 lacks none, which two dots say.
    assert (texts.count("2"), texts.count("1"), texts.count("·")) == (3, 1, 2)


def test_coverage_speaks_vietnamese():
    """Title, days and shares as Vietnamese readers write them."""
    texts = said(draw_coverage(make(), ROSTER, "vi"))

    assert "Những nơi còn thiếu người: 5/12 vị trí đã có người (41,6%)" in texts
    assert "thứ Hai 07/12" in texts


@pytest.mark.parametrize(
    ("days", "columns", "first"), [(30, 30, "07:00"), (31, 5, ""), (200, 29, ""), (400, 14, "")]
)
def test_coverage_of_long_horizons_has_few_columns(days: int, columns: int, first: str):
    """Days, then weeks, then months; 31 days from a Monday on are 5 weeks."""
    axes = draw_coverage(make(1, days), Roster()).axes[0]

    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert (len(labels), labels[0]) == (columns, first)


def test_centers_without_empty_seats_are_one_row():
    """Forty centers that lack nothing do not hide the two that do."""
    problem = make(42, 1)
    pairs = [(s.shift_id, v.volunteer_id) for s in problem.shifts[2:] for v in problem.volunteers]

    texts = said(draw_coverage(problem, Roster.of(pairs)))

    assert "other centers (40)" in texts
    assert "2 of 42 centers: those with the lowest share of seats filled" in texts


def test_load_counts_people_by_shifts_and_by_load():
    """v0 and v1 work both shifts they offered, v2 one of two."""
    texts = said(draw_load(fairness(make(), ROSTER)))

    assert "Who works how much: 3 people, 5 shifts worked" in texts
    assert any("Nguyễn Ý 2 50.0% (now 1 of 2)" in text for text in texts)
    assert {"≤ 50%", "≤ 100%"} <= set(texts)


def test_the_map_names_the_centers_that_lack_most():
    """Full centers are shown but not named; the legend counts the classes."""
    problem = make()
    texts = said(draw_map(problem, equity(problem, ROSTER)))

    assert {"Xã Đông 1", "Xã Đông 2"} <= set(texts)
    assert "Xã Đông 0" not in texts
    assert {"below 50% (2)", "all (1)"} <= set(texts)


def test_the_map_has_the_classes_of_the_report():
    """18 of 20 seats: 90% is its limit in both, and the words are the same."""
    problem = make()
    seats = CenterSeats("c0", "Xã Đông 0", Seats(target=20, filled=18), Seats())
    empty = CenterSeats("c1", "Xã Đông 1", Seats(target=20), Seats())
    found = replace(equity(problem, ROSTER), centers=(seats, empty))

    assert "90% or more (1)" in said(draw_map(problem, found))
    assert "từ 90% (1)" in said(draw_map(problem, found, "vi"))


def test_pictures_and_reports_draw_one_map():
    """Each center stands where the map of the report has it, and in its class."""
    problem = make(5)
    found = equity(problem, ROSTER)

    figure, drawn = draw_map(problem, found), map_of(problem, found.centers)

    assert drawn is not None
    for axes, panel in zip(figure.axes, drawn.panels, strict=True):
        dots = [dot for dot in axes.collections if len(dot.get_offsets())]
        places = [tuple(dot.get_offsets()[0]) for dot in dots]
        fills = [to_hex(dot.get_facecolors()[0]) for dot in dots]
        assert places == [(mark.x, mark.y) for mark in panel.marks]
        assert fills == [FILLS[mark.step] for mark in panel.marks]


def test_the_map_tells_who_is_not_on_it():
    """Centers without coordinates are counted in the note."""
    lost = Center(center_id="c0", name="Xã Đông 0")
    problem = make(centers=3)
    problem = problem.model_copy(update={"centers": (lost, *problem.centers[1:])})

    texts = said(draw_map(problem, equity(problem, ROSTER)))

    assert any("Without coordinates, not shown: 1." in text for text in texts)


def test_cost_tells_what_is_proven():
    """From 100 to the bound 90 is 10%; the first cost is above the picture, and said so."""
    texts = said(draw_cost(HISTORY))

    assert "How the cost came down to 100; no roster can be more than 10.0% cheaper" in texts
    assert "cost of the best roster: 100" in texts
    assert any("higher than the picture shows: 900" in text for text in texts)


@pytest.mark.parametrize("history", [[Progress(1.0, 0, 0, {})], [Progress(0.0, 5, None, {})]])
def test_cost_of_one_moment_is_drawn(history):
    """A best roster found at once, and one of which nothing is proven."""
    assert draw_cost(history) is not None


def test_nothing_is_drawn_of_nothing():
    """No seats, no places, no offers and no history give no pictures."""
    bare = Problem(
        horizon=Horizon(start=DAY.date(), days=1),
        centers=[Center(center_id="c")],
        volunteers=[],
        shifts=[],
    )

    assert draw_charts(bare, Roster()) == {}


def test_every_picture_can_be_missed():
    """For each there is a sentence that tells why it was not drawn."""
    assert all(Words("en").has(f"charts.no_chart_{name}") for name in CHARTS)


@pytest.mark.parametrize(("kind", "lang"), [("png", "en"), ("svg", "vi")])
def test_pictures_are_files(tmp_path: Path, kind, lang):
    """Every picture is written; drawing again gives the same PNG, and SVG is well-formed."""

    def drawn() -> dict[str, bytes]:
        figures = draw_charts(make(), ROSTER, history=HISTORY, lang=lang)
        return {file.name: file.read_bytes() for file in write_figures(figures, tmp_path, kind)}

    files = drawn()
    assert list(files) == [f"{name}.{kind}" for name in CHARTS]
    if kind == "png":
        assert drawn() == files
    else:
        assert all(ET.fromstring(text).tag.endswith("svg") for text in files.values())


@pytest.mark.parametrize("name", ["<script>&", "$x^2$ \\frac", "中文 😀", "a" * 500, "%s {0}"])
def test_hostile_names_are_text(tmp_path: Path, name: str):
    """No markup, no formulas, no warnings about letters a font lacks; long names are cut off."""
    problem = make()
    centers = tuple(c.model_copy(update={"name": name}) for c in problem.centers)
    people = tuple(v.model_copy(update={"name": name}) for v in problem.volunteers)
    problem = problem.model_copy(update={"centers": centers, "volunteers": people})

    figures = draw_charts(problem, ROSTER)

    assert len(write_figures(figures, tmp_path, "svg")) == 3
    assert all("<script" not in p.read_text(encoding="utf-8") for p in tmp_path.iterdir())


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch):
    """The message has the command that helps."""
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)

    with pytest.raises(MissingExtraError, match=r"PLACE\[plots\]"):
        draw_cost(HISTORY)
