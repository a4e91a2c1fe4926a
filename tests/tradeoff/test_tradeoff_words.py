"""Trade-offs in sentences: what a step buys, and what more time may move."""

from __future__ import annotations

import pytest
from choices import figures, ward

from shiftplan.tradeoff import search as search_module
from shiftplan.tradeoff import tradeoff
from shiftplan.tradeoff.sentences import exchange, label, lines


@pytest.mark.parametrize(
    ("after", "english", "vietnamese"),
    [
        (
            figures(12, 0.15, 90),
            "2 more empty seats buy an inequality of 0.150 instead of 0.200 and 10 km less.",
            "thêm 2 vị trí trống, đổi lại mức không đều 0,150 thay vì 0,200 và bớt 10 km đi lại.",
        ),
        (
            figures(9, 0.25, 100),
            "an inequality of 0.250 instead of 0.200 buys 1 fewer empty seat.",
            "mức không đều 0,250 thay vì 0,200, đổi lại bớt 1 vị trí trống.",
        ),
        (figures(10, 0.2, 90), "10 km less, for nothing.", "bớt 10 km đi lại, không mất gì."),
        (
            figures(10, 0.2, 1100),
            "1,000 km more, for nothing in return.",
            "thêm 1.000 km đi lại, không được gì.",
        ),
        (figures(10, 0.2, 100), "no difference.", "không khác gì."),
    ],
)
def test_what_a_step_buys(after, english, vietnamese):
    """Losses first, then what they buy."""
    before = figures(10, 0.2, 100)

    assert exchange(before, after, "en") == english
    assert exchange(before, after, "vi") == vietnamese


def test_labels_tell_what_is_priced_otherwise():
    """Against the week; without an own price the factor 1 is a price at all."""
    found = tradeoff(ward(), points=9, time_limit=None, workers=1)

    labels = [label(point, found.own, "en") for point in found.points]

    assert labels == [
        "no price on evenness and travel",
        "evenness x 1/4",
        "as the week says",
        "evenness x 4",
        "evenness x 16",
        "evenness x 64",
        "no price on travel",
        "travel x 4",
        "travel x 16",
    ]


@pytest.mark.parametrize(("lang", "says"), [("en", "Points 1, 2: "), ("vi", "Phương án 1, 2: ")])
def test_points_that_more_time_may_move_are_told(monkeypatch, lang, says):
    """Without bounds the gap is all of the cost; a proven point is not told."""
    proven = tradeoff(ward(), points=2, time_limit=None, workers=1)
    monkeypatch.setattr(search_module, "bound_of", lambda *_: 0)
    wide = tradeoff(ward(), points=2, time_limit=None, workers=1)

    assert not any(says in line for line in lines(proven, lang))
    assert any(line.startswith(says) for line in lines(wide, lang))
