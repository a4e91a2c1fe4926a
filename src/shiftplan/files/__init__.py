"""Files in and out: weeks, rosters, ledgers and stand-by lists as CSV, much of it also as JSON."""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
