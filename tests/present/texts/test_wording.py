"""Numbers as people read them."""

from __future__ import annotations

import pytest

from shiftplan.present.forms import Forms


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 3, "0"),
        (0.04234, 3, "0.0423"),
        (3.614, 3, "3.61"),
        (9.999, 3, "10"),
        (10.83, 2, "10.8"),
        (1923.7, 3, "1,924"),
    ],
)
def test_figures_keep_the_digits_that_count(value, digits, text):
    """Small numbers are not cut to nothing, large ones not to thousands."""
    assert Forms("en").figure(value, digits) == text
    assert Forms("vi").figure(value, digits) == text.translate(str.maketrans(".,", ",."))
