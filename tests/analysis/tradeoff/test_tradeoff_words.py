"""Trade-offs in sentences: what a step buys, and what more time may move."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from choices import figures, ward
from matplotlib.figure import Figure

from shiftplan import Requirement, Roster
from shiftplan.analysis.tradeoff import Point, Tradeoff, tradeoff
from shiftplan.analysis.tradeoff.weighting import Aims, Weighting, choose
from shiftplan.present.answers import lines
from shiftplan.present.answers.tradeoffs import draw, exchange, label_of
from shiftplan.solving.result import Cost
from shiftplan.testing.pictures import CENTERS

OWN = Weighting(evenness=Fraction(1), travel=Fraction(1))


@pytest.mark.parametrize(
    ("after", "english", "vietnamese"),
    [
        (
            figures(12, 0.15, 90),
            "2 more empty seats buy an unevenness of 15.0% instead of 20.0% and 10 km less.",
            "thêm 2 vị trí trống, đổi lại mức không đều 15,0% thay vì 20,0% và bớt 10 km đi lại.",
        ),
        (
            figures(9, 0.25, 100),
            "an unevenness of 25.0% instead of 20.0% buys 1 fewer empty seat.",
            "mức không đều 25,0% thay vì 20,0%, đổi lại bớt 1 vị trí trống.",
        ),
        (figures(10, 0.2, 90), "10 km less, at no loss.", "bớt 10 km đi lại, không mất gì."),
        (
            figures(10, 0.2, 1100),
            "1,000 km more, for nothing in return.",
            "thêm 1.000 km đi lại, không được gì.",
        ),
        (figures(10, 0.2, 100), "no difference.", "không khác gì."),
        (
            figures(10, 0.2, 100, cost=30, area=0.812),
            "service cost 30 higher buys 81.2% instead of 79.0% of the seats filled in the "
            "worst-served area.",
            "điểm phạt về phục vụ tăng 30, đổi lại khu vực thiếu nhất đủ 81,2% thay vì 79,0% "
            "vị trí.",
        ),
    ],
)
def test_what_a_step_buys(after, english, vietnamese):
    """Losses first, then what they buy."""
    before = figures(10, 0.2, 100, area=0.79 if after.lowest_area else None)

    assert exchange(before, after, "en") == english
    assert exchange(before, after, "vi") == vietnamese


def test_labels_tell_what_is_priced_otherwise():
    """Against the week; without an own price the factor 1 is a price at all."""
    areas = ward(
        signs="Mm",
        centers=(CENTERS[0], CENTERS[1].model_copy(update={"remote_area": True}), *CENTERS[2:]),
        requirements=[Requirement(shift_id=s, target=1) for s in ("M0", "m0")],
    )
    aims = Aims(areas)
    unpriced = Aims(ward(rules=[{"rule": "coverage", "level": 1}, {"rule": "one_place"}]))

    labels = [label_of(weighting, aims.own, "en") for weighting in choose(aims, 99)]

    assert labels == [
        "no price on evenness and travel",
        "evenness x 16",
        "travel x 16",
        "evenness x 16, service up to 5% worse",
        "a price on the worst-served area",
        "service x 16, as even as the week",
        "evenness x 4",
        "evenness x 1/4",
        "travel x 4",
        "evenness x 64",
        "evenness x 1",
        "no price on travel",
        "evenness x 2",
        "travel x 64",
    ]
    one = Weighting(Fraction(1), Fraction(0))
    assert label_of(one, unpriced.own, "en") == "a price on evenness"
    assert label_of(one, unpriced.own, "vi") == "có tính chia đều"


@pytest.mark.parametrize(
    ("lang", "left_out", "measure"),
    [
        (
            "en",
            "Left out, because another point is at least as good in every respect: evenness x 16",
            "",
        ),
        ("vi", "Không liệt kê vì đã có phương án khác bằng hoặc hơn về mọi mặt: ", "Mức không đều"),
    ],
)
def test_what_is_left_out_is_told_with_its_reason(lang, left_out, measure):
    """Everything is even already: no other point is worth telling, and the measure is explained."""
    found = tradeoff(ward(), points=3, time_limit=None, workers=1)

    told = lines(found, lang)

    assert len(found.points) == 1
    assert any(line.startswith(left_out.split(": ")[0]) for line in told)
    assert all(label_of(p.weighting, found.own, lang) in told[-1] for p in found.left_out)
    assert any(line.startswith(measure or "Unevenness: the root mean square") for line in told)


@pytest.mark.parametrize(
    ("bound", "says"),
    [
        (10, "Point 1 is the best by the week's own rules, although another is better here."),
        (
            9,
            "Another point is better here than point 1, the week itself. Its gap is 10.0%: "
            "more time may find a better roster.",
        ),
    ],
)
def test_a_week_that_another_point_beats_stays_and_is_told(bound, says):
    """Either its own rules want it, or time was too short for it."""
    points = [
        Point(n, OWN, n == 1, Roster(), f, Cost(10, bound), n == 1)
        for n, f in enumerate([figures(3, 0.2, 40), figures(3, 0.1, 40)], 1)
    ]

    told = lines(Tradeoff(tuple(points), OWN, 2), "en")

    assert says in told


@pytest.mark.parametrize(
    ("lang", "says"),
    [("en", "cannot be served better"), ("vi", "không thể tăng số vị trí đủ người")],
)
def test_areas_that_cannot_be_served_better_are_told(lang, says):
    """A price on them that changes the worst one nothing is no point of its own."""
    point = Point(1, OWN, True, Roster(), figures(3, 0.2, 40, area=0.9), Cost(10, 10), False)
    areas = Weighting(Fraction(1), Fraction(1), Fraction(1), kept="seats")
    same = replace(point, number=0, is_week=False, weighting=areas)

    told = lines(Tradeoff((point,), OWN, 2, (same,)), lang)

    assert says in told[-1]


@pytest.mark.parametrize(("lang", "says"), [("en", "found in the time: "), ("vi", "chưa kịp tìm ")])
def test_a_point_left_out_for_want_of_time_is_told_apart(lang, says):
    """Its gap is wide: nobody knows whether others are as good."""
    point = Point(1, OWN, True, Roster(), figures(3, 0.2, 40), Cost(10, 10), False)
    late = replace(point, number=0, is_week=False, total=Cost(100, 10))

    told = lines(Tradeoff((point,), OWN, 2, (late,)), lang)

    assert says in told[-1]


@pytest.mark.parametrize(("lang", "says"), [("en", "Points 1, 2: "), ("vi", "Phương án 1, 2: ")])
def test_points_that_more_time_may_move_are_told(lang, says):
    """Without bounds the gap is all of the cost; a proven point is not told."""
    proven = tradeoff(ward(), points=2, time_limit=None, workers=1)
    points = [
        Point(n, OWN, n == 1, Roster(), figures(n, 0.2, 40), Cost(100, 0), False) for n in (1, 2)
    ]

    assert not any(says in line for line in lines(proven, lang))
    assert any(line.startswith(says) for line in lines(Tradeoff(tuple(points), OWN, 2), lang))


def marked(number: int, empty: int, unevenness: float, km: int) -> Point:
    weighting, lies = replace(OWN, evenness=Fraction(number)), figures(empty, unevenness, km)
    return Point(number, weighting, number == 1, Roster(), lies, Cost(100, 99), False)


def test_numbers_of_near_points_stand_apart(tmp_path, monkeypatch):
    """Two marks touch each other in both halves: no number covers the other one's."""
    drawn: list[Figure] = []
    monkeypatch.setattr(Figure, "savefig", lambda self, *_, **__: drawn.append(self))
    points = (
        marked(1, 92, 0.098, 2910),
        marked(2, 92, 0.099, 2766),
        marked(3, 481, 0.072, 7062),
    )

    draw(Tradeoff(points, OWN, 3), tmp_path / "tradeoff.png")

    for axes in drawn[0].axes:
        boxes = [text.get_window_extent() for text in axes.texts]
        assert len(boxes) == 3
        assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


def test_points_in_one_place_share_a_mark(tmp_path, monkeypatch):
    """Their numbers stand beside it together."""
    drawn: list[Figure] = []
    monkeypatch.setattr(Figure, "savefig", lambda self, *_, **__: drawn.append(self))
    points = (marked(1, 92, 0.098, 2910), marked(2, 92, 0.098, 2910))

    draw(Tradeoff(points, OWN, 2), tmp_path / "tradeoff.png")

    assert [[text.get_text() for text in axes.texts] for axes in drawn[0].axes] == [["1, 2"]] * 2
