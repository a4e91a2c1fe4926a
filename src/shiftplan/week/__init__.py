"""Records of a week and its roster: what a week says.

Tables, JSON or Python values -> records; no rules, no words.
"""

from __future__ import annotations

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
