"""Fair volunteer shift rosters for many service centers, with a proven bound.

>>> import shiftplan as sp
>>> problem = sp.read_week("examples/data/an_giang")  # doctest: +SKIP
>>> result = sp.solve(problem, time_limit=60)  # doctest: +SKIP
>>> result.total.cost, result.total.bound  # doctest: +SKIP

A `Problem` is read from files or made in Python. `solve` finds a `Roster` for it, and `check`
scores any roster, including one made by hand. Everyday names are here; all others are in packages
one level down, such as `sp.analysis.tradeoff` and `sp.seasons.Ledger`. A module is imported when
one of its names is first used.
"""

from __future__ import annotations

import logging as _logging
import warnings as _warnings
from importlib import import_module as _import_module
from typing import Any as _Any

from shiftplan.errors import message as _message
from shiftplan.errors.door import door as _door


def _said_in(message: _message.Message, lang: str) -> str:
    """A message in a language; its catalogue is read with the first one."""
    from shiftplan.present.words import said_in

    return said_in(message, lang)


def _html_of(thing: _Any, lang: str) -> str:
    """What notebooks show of a roster or result."""
    from shiftplan.present.views import html_of

    return html_of(thing, lang)


_message.said_in, _message.html_of = _said_in, _html_of
_logging.getLogger("shiftplan").addHandler(_logging.NullHandler())

_find, __dir__, _names = _door(__name__)

_MOVED = {
    "analysis": "Advice Answer Candidate Reserve SeatReasons Suggestion Trade Tradeoff Trades "
    "WhatIf chains emptiest partners reserves swap tradeoff what_if",
    "batch": "Batch plan_batch preview_batch",
    "citizens": "Conduct Experience Staffing compare_experiences simulate staff",
    "errors": "ClusterError",
    "files": "read_attendance read_changes read_days read_ledger read_reserves read_tables "
    "read_workbook write_history write_ledger write_requirements write_reserves",
    "present": "calendars fault_text messages write_handouts write_roster_workbook "
    "write_template write_workbook",
    "problem": "Absence Arrival Cancellation Closing Need Offer Update with_recommended",
    "scoring": "Comparison EquityMeasures FairnessMeasures compare_rosters equity fairness",
    "seasons": "Anonymous Day Ledger Memory NewWeek Turnout Workdays anonymize new_week "
    "with_holidays",
    "solving": "Poor PoorReason Progress WayOut find_conflict ways_out",
    "week": "LanguageShare Policy Service Setting SkillGrant",
}
"""Room -> names that were at the top in 0.1; they still work there, with a warning."""

__all__ = [name for name in _names if name not in (*_MOVED, "record", "rules", "web")]


def __getattr__(name: str) -> _Any:
    for room, names in _MOVED.items():
        if name in names.split():
            text = f"shiftplan.{name} has moved to shiftplan.{room}.{name}"
            _warnings.warn(text, DeprecationWarning, stacklevel=2)
            return getattr(_import_module(f"shiftplan.{room}"), name)
    return _find(name)
