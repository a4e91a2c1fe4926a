"""From counts of citizens to a forecast with its spread, and how good it would have been.

(`VisitCounts`, dates, events) -> `Forecast`; `VisitCounts` -> accuracy of a forecaster.
"""

from __future__ import annotations
