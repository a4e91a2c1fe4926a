"""The life of a week: versions of its roster, what people were told, changes, answers, attendance.

(`Problem` of the files, `Store`) -> `LiveWeek` -> entries of the record, and the week as it is now.
"""

from __future__ import annotations

from shiftplan.errors.door import door as _door

__getattr__, __dir__, __all__ = _door(__name__)
