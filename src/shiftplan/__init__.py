"""Fair volunteer shift rosters for many service centers, with a proven bound.

>>> import shiftplan
>>> problem = shiftplan.read_week("examples/data/an_giang")  # doctest: +SKIP
>>> result = shiftplan.solve(problem, time_limit=60)  # doctest: +SKIP
>>> result.total.cost, result.total.bound  # doctest: +SKIP

In the order of the data: a `Problem` is read from files or made in Python, `solve` finds a
`Roster` and checks it, and `check` scores any roster, also one made by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiftplan.check import Score as Score
from shiftplan.check import check as check
from shiftplan.errors import InputError as InputError
from shiftplan.errors import ModelError as ModelError
from shiftplan.errors import ShiftplanError as ShiftplanError
from shiftplan.horizon import Horizon as Horizon
from shiftplan.problem import Problem as Problem
from shiftplan.roster import Assignment as Assignment
from shiftplan.roster import Roster as Roster

if TYPE_CHECKING:
    from shiftplan.result import Result as Result
    from shiftplan.solve import solve as solve
