"""Questions about a roster, and changes to it.

(`Problem`, `Roster`) -> answers, repaired rosters, advice, trade-offs.
"""

from __future__ import annotations

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
