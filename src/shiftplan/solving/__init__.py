"""One solve, from the call to the `Result`.

`Problem` -> `Result`; a minimal conflict where hard rules contradict each other.
"""

from __future__ import annotations

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
