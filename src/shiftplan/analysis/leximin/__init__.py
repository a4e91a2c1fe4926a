"""The worst-off made better off one after another, each as far as it can be proven.

(`Problem`, `Roster`) -> `leximin` -> `RankedRoster`: of people by their loads, or of centers by
their empty seats.
"""

from __future__ import annotations

from shiftplan.analysis.leximin.search import Rank, RankedRoster, leximin

__all__ = ["Rank", "RankedRoster", "leximin"]
