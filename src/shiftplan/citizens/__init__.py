"""From a forecast of citizens to requirements, and the week they experience.

Log of visits -> counts -> `Forecast`; (`Problem`, forecast) -> requirements; (`Problem`,
`Roster`) -> simulated waits.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
