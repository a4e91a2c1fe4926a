"""One solve, from the call to the `Result`.

`Problem` -> `Result`; a minimal conflict where hard rules contradict each other.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
