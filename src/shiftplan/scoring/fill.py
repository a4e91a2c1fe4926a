"""Classes of fill, the same in reports, pictures and pages of a batch.

Seats filled and seats wanted -> class 0 (all filled) to 4 (less than half).
"""

from __future__ import annotations

from fractions import Fraction

LEAST = (Fraction(1), Fraction(9, 10), Fraction(3, 4), Fraction(1, 2))
"""Least share of the classes 0 to 3; less is class 4."""


def step(filled: int, wanted: int) -> int:
    """Class of fill; 0 when nothing is wanted."""
    share = Fraction(filled, wanted) if wanted else Fraction(1)
    return next((place for place, least in enumerate(LEAST) if share >= least), len(LEAST))
