"""The input: records of a week, what they may hold, and the questions asked about them.

Tables, JSON or Python values -> `Problem`, and a `Roster` that names its people and shifts.
"""

from __future__ import annotations

from shiftplan.problem.problem import SCHEMA_VERSION as SCHEMA_VERSION
from shiftplan.problem.problem import Problem as Problem
