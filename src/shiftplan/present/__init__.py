"""What people see: words, reports, workbooks, calendars, drawings, the terminal.

(`Problem`, `Roster`, `Result`) -> text, HTML, files to print.
"""

from __future__ import annotations

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
