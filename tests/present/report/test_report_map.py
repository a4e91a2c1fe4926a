"""Where the map puts centers and names."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporting import hostile_week, written

from shiftplan.present.map import (
    SIZES,
    LabelledMark,
    Map,
    drawing,
    far_off,
    map_of,
    on_plane,
    place_labels,
    round_km,
)
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.scoring import equity
from shiftplan.scoring.equity import LEAST, CenterSeats, Seats, step
from shiftplan.week.roster import Roster

GRID = [(x * 8.0, y * 8.0) for x in range(5) for y in range(4)]


def test_a_degree_is_as_long_as_on_the_globe():
    """At 60 degrees a degree to the east is half as long as one to the north, 111.2 km."""
    (x0, y0), (x1, _), (_, y2) = on_plane([(60.0, 0.0), (60.0, 1.0), (60.0, 0.0)])
    north = on_plane([(59.5, 0.0), (60.5, 0.0)])

    assert x1 - x0 == pytest.approx(111.195 / 2, abs=0.01)
    assert y0 == y2
    assert north[0][1] - north[1][1] == pytest.approx(111.195, abs=0.01)


def test_islands_are_far_off():
    """Points beyond twice the usual step are far off, alone or as a group."""
    islands = [(100.0, 0.0), (104.0, 0.0), (0.0, 60.0)]

    assert far_off([*GRID, *islands]) == {20, 21, 22}


def test_without_one_large_group_nothing_is_far_off():
    """Two groups of equal size are both the mainland."""
    assert far_off([*GRID, *((x + 500, y) for x, y in GRID)]) == frozenset()
    assert far_off(GRID) == frozenset()
    assert far_off([(0.0, 0.0), (900.0, 0.0)]) == frozenset()


def test_centers_in_one_place_are_no_error():
    """Equal coordinates, as of two offices in a building, make no gap."""
    assert far_off([(1.0, 1.0)] * 6) == frozenset()


@given(st.lists(st.tuples(st.floats(-9000, 9000), st.floats(-9000, 9000)), min_size=1, max_size=30))
def test_every_point_is_inside_its_drawing(points):
    """All points stand inside the margins."""
    plane = drawing(points, 500, (200, 600), 40)

    assert plane.height <= 600 + 1e-6
    for point in points:
        x, y = plane.place(point)
        assert 40 - 1e-6 <= x <= 460 + 1e-6
        assert 40 - 1e-6 <= y <= plane.height - 40 + 1e-6


@given(st.floats(0, 20_000))
def test_scales_are_round(most):
    """The bar of the scale is 1, 2 or 5 times a power of ten, and at most half too short."""
    km = round_km(most)

    assert km <= max(most, 1)
    assert km * 2.5 > most
    assert f"{km}".rstrip("0") in ("1", "2", "5")


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 500), st.text("abcdefgh ", max_size=20)),
        max_size=25,
        unique_by=lambda mark: mark[:2],
    )
)
def test_labels_do_not_cover_each_other(places):
    """Labels of marks stand apart and inside the drawing."""
    marks = [
        LabelledMark(CenterSeats("c", text, Seats(), Seats()), float(x), float(y), 4.0)
        for x, y, text in places
    ]

    labels = place_labels(marks, marks, (500, 500))

    boxes = []
    for place, label in enumerate(labels):
        size = SIZES[place >= 6]
        width = 0.56 * size * len(label.mark.seats.name)
        left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
        boxes.append((left, label.y - size * 0.9, left + width, label.y + size * 0.25))
    for i, one in enumerate(boxes):
        assert one[0] >= -0.1
        assert one[2] <= 500.1
        for other in boxes[:i]:
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert min(across, down) <= 0.1


def test_classes_of_fill_change_at_their_limits():
    """All, 9 in 10, 3 in 4 and half are the least shares of the classes."""
    assert [step(n, 20) for n in (20, 19, 18, 17, 15, 14, 10, 9, 0)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert step(0, 0) == 0


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_words_of_the_classes_tell_their_limits(lang):
    """What reports and pictures say of a class is what it is."""
    ends = [f"{100 * float(least):g}" for least in LEAST]
    said = [
        re.findall(r"\d+", Words(lang)(f"reports.fill_step_{n}")) for n in range(len(LEAST) + 1)
    ]

    assert said == [[], ends[1:2], ends[2:0:-1], ends[3:1:-1], ends[3:]]


def drawn_of(problem: Problem, roster: Roster) -> Map | None:
    return map_of(problem, equity(problem, roster).centers)


def test_the_map_has_every_center_once():
    """The far-off center has a drawing of its own; marks tell share and seats."""
    drawn = drawn_of(*hostile_week())

    assert drawn is not None
    assert [(panel.name, len(panel.marks)) for panel in drawn.panels] == [("main", 4), ("far", 1)]
    (mark,) = drawn.panels[1].marks
    assert (mark.seats.center_id, mark.step) == ("c4", 4)
    assert all(math.isfinite(m.x + m.y + m.radius) for p in drawn.panels for m in p.marks)


def test_marks_tell_their_figures(tmp_path):
    """Whoever points at a center reads its share and its seats."""
    text = written(tmp_path, *hostile_week())

    told = "Đảo Xa: 0.0% of the seats for people and skills filled (0 of 4)"
    assert f"<title>{told}</title>" in text


@pytest.mark.parametrize(("lang", "says"), [("en", "no seats"), ("vi", "không yêu cầu vị trí nào")])
def test_a_center_without_seats_fills_no_share_of_them(tmp_path, lang, says):
    """It is on the map, but 100% of nothing is not told of it."""
    problem, roster = hostile_week()
    own = {s.shift_id for s in problem.shifts if s.center_id == problem.centers[4].center_id}
    needs = tuple(n for n in problem.requirements if n.shift_id not in own)
    problem = problem.model_copy(update={"requirements": needs})

    text = written(tmp_path, problem, roster, lang=lang)

    assert f"<title>Đảo Xa: {says}</title>" in text


def test_centers_without_coordinates_are_counted():
    """What cannot be drawn is told."""
    problem, roster = hostile_week()
    blank = [c.model_copy(update={"lat": None, "lon": None}) for c in problem.centers[:2]]
    problem = problem.model_copy(update={"centers": (*blank, *problem.centers[2:])})

    drawn = drawn_of(problem, roster)

    assert drawn is not None
    assert drawn.unplaced == 2


@pytest.mark.parametrize(("placed", "is_drawn"), [(0, False), (1, False), (2, True)])
def test_a_map_needs_two_places(placed, is_drawn):
    """One dot, or none, would be a large empty panel."""
    centers = [
        {"center_id": f"c{i}", **({"lat": 10.0 + i, "lon": 105.0} if i < placed else {})}
        for i in range(5)
    ]
    problem, roster = hostile_week(centers=centers)

    assert (drawn_of(problem, roster) is not None) is is_drawn
