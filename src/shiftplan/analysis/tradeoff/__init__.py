"""What fairness and service cost each other: proven points between them, and words for them.

`Problem` -> `tradeoff` -> `Tradeoff` -> table, picture and sentences.
"""

from __future__ import annotations

from shiftplan.analysis.tradeoff.points import Point as Point
from shiftplan.analysis.tradeoff.points import Tradeoff as Tradeoff
from shiftplan.analysis.tradeoff.search import tradeoff as tradeoff

__all__ = ["Point", "Tradeoff", "tradeoff"]
