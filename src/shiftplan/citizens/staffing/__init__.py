"""From a forecast of citizens to the people each shift needs, with the reason of each figure.

`Problem` (demand, services, languages, policy) -> `staff` -> `Staffing`.
"""

from __future__ import annotations

from shiftplan.citizens.staffing.derived import DerivedRequirement as DerivedRequirement
from shiftplan.citizens.staffing.planning import Staffing as Staffing
from shiftplan.citizens.staffing.planning import staff as staff
