"""Week after week: the ledger, the next week, joined and anonymized weeks.

`Problem`s and `Roster`s of a season -> `Ledger`, next `Problem`.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
