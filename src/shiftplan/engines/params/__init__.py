"""Parameters of the search and the limits of one: what is usual, and what is allowed."""

from __future__ import annotations

from shiftplan.engines.params.limits import SearchOptions as SearchOptions
from shiftplan.engines.params.limits import SolveOptions as SolveOptions
from shiftplan.engines.params.limits import usual_workers as usual_workers
from shiftplan.engines.params.search import DEFAULTS as DEFAULTS
from shiftplan.engines.params.search import SearchParams as SearchParams

STAY = 10
"""Price of each assignment that changes near a roster, where nothing else is asked for."""

MOST_WAYS = 5
"""Ways out of a contradiction that are looked for, where nothing else is asked for."""
