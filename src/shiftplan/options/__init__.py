"""Options of calls, and parameters of the search: what is usual, and what is allowed."""

from shiftplan.options.allowed import MOST_SEED as MOST_SEED
from shiftplan.options.allowed import AnySeconds as AnySeconds
from shiftplan.options.allowed import Call as Call
from shiftplan.options.allowed import Cancel as Cancel
from shiftplan.options.allowed import Day as Day
from shiftplan.options.allowed import FiniteSeconds as FiniteSeconds
from shiftplan.options.allowed import Fits as Fits
from shiftplan.options.allowed import FromOne as FromOne
from shiftplan.options.allowed import FromZero as FromZero
from shiftplan.options.allowed import Range as Range
from shiftplan.options.allowed import Seconds as Seconds
from shiftplan.options.allowed import Seed as Seed
from shiftplan.options.base import check_options as check_options
from shiftplan.options.base import lang_option as lang_option
from shiftplan.options.limits import SearchOptions as SearchOptions
from shiftplan.options.limits import SolveOptions as SolveOptions
from shiftplan.options.limits import usual_workers as usual_workers
from shiftplan.options.search import DEFAULTS as DEFAULTS
from shiftplan.options.search import SearchParams as SearchParams

STAY = 10
"""Price of each assignment that changes near a roster, where nothing else is asked for."""

MOST_WAYS = 5
"""Ways out of a contradiction that are looked for, where nothing else is asked for."""
