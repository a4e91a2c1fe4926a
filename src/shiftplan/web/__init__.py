"""The workbench: a web page on which a week is seen, moved, asked, published and answered.

`LiveWeek` -> `app` -> routes below `/api`, and the page that uses them. It needs the extra `web`.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
