"""What a roster is worth: numbers only, no solver.

(`Problem`, `Roster`) -> `Score`, fairness, equity, the effect of a move.
"""

from __future__ import annotations

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
