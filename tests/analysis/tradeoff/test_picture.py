"""The picture of a trade-off: numbers beside marks."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from matplotlib.figure import Figure

from shiftplan import Roster
from shiftplan.analysis.tradeoff.points import Point, PointFigures, Tradeoff
from shiftplan.analysis.tradeoff.weighting import Weighting
from shiftplan.present.answers.tradeoffs import draw
from shiftplan.solving.result import Cost

OWN = Weighting(evenness=Fraction(1), travel=Fraction(1))


def point(number: int, empty: int, unevenness: float, km: int) -> Point:
    figures = PointFigures(empty, 0, unevenness, 0.1, 1.0, km, None)
    weighting = Weighting(evenness=Fraction(number), travel=Fraction(1))
    return Point(number, weighting, number == 1, Roster(), figures, Cost(100, 99), False)


def test_numbers_of_near_points_stand_apart(tmp_path, monkeypatch):
    """Two marks touch each other in both halves: no number covers the other one's."""
    drawn: list[Figure] = []
    monkeypatch.setattr(Figure, "savefig", lambda self, *_, **__: drawn.append(self))
    points = (point(1, 92, 0.098, 2910), point(2, 92, 0.099, 2766), point(3, 481, 0.072, 7062))

    draw(Tradeoff(points, OWN, 3), tmp_path / "tradeoff.png")

    for axes in drawn[0].axes:
        boxes = [text.get_window_extent() for text in axes.texts]
        assert len(boxes) == 3
        assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


def test_points_in_one_place_share_a_mark(tmp_path, monkeypatch):
    """Their numbers stand beside it together."""
    drawn: list[Figure] = []
    monkeypatch.setattr(Figure, "savefig", lambda self, *_, **__: drawn.append(self))
    points = (point(1, 92, 0.098, 2910), point(2, 92, 0.098, 2910))

    draw(Tradeoff(points, OWN, 2), tmp_path / "tradeoff.png")

    assert [[text.get_text() for text in axes.texts] for axes in drawn[0].axes] == [["1, 2"]] * 2
