"""A week and its rules, validated together.

Tables, JSON or Python values -> `Problem`.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
