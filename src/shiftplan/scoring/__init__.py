"""What a roster is worth: numbers only, no solver.

(`Problem`, `Roster`) -> `Score`, fairness, equity, the effect of a move.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
