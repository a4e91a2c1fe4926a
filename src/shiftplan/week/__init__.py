"""Records of a week and its roster: what a week says.

Tables, JSON or Python values -> records; no rules, no words.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
