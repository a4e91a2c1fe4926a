"""Questions about a roster, and changes to it.

(`Problem`, `Roster`) -> answers, repaired rosters, advice, trade-offs.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
