"""Week after week: the ledger, the next week, joined and anonymized weeks.

`Problem`s and `Roster`s of a season -> `Ledger`, next `Problem`.
"""

from __future__ import annotations

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
