"""From a forecast of citizens to requirements, and the week they experience.

(`Problem`, forecast) -> requirements; (`Problem`, `Roster`) -> simulated waits.
"""

from __future__ import annotations

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
