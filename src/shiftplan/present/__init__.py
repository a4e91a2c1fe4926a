"""What people see: words, reports, workbooks, calendars, drawings, the terminal.

(`Problem`, `Roster`, `Result`) -> text, HTML, files to print.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
