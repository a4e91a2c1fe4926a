"""A week as a sparse integer program.

`Arrays` -> `Model`, which rules post into -> `Program`, the arrays that engines read.
"""

from __future__ import annotations

from shiftplan.model.linear import RowTag, Where
from shiftplan.model.model import Model
from shiftplan.model.program import Layout, Program, tied

__all__ = ["Layout", "Model", "Program", "RowTag", "Where", "tied"]
