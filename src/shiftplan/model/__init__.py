"""A week as a sparse integer program.

`Arrays` -> `Model`, which rules post into -> `Program`, the arrays that engines read.
"""

from __future__ import annotations

from shiftplan.model.model import Model as Model
from shiftplan.model.model import PostedRule as PostedRule
from shiftplan.model.model import RowTag as RowTag
from shiftplan.model.model import Where as Where
from shiftplan.model.program import Layout as Layout
from shiftplan.model.program import Program as Program
from shiftplan.model.program import tied as tied
