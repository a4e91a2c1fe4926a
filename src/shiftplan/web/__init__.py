"""The workbench: a web page on which a week is seen, moved, asked, published and answered.

`LiveWeek` -> `app` -> routes below `/api`, and the page that uses them. It needs the extra `web`.
"""

from __future__ import annotations

from typing import Any

from shiftplan.errors import MissingExtraError
from shiftplan.errors.door import door as _door

_found, __dir__, __all__ = _door(__name__)


def __getattr__(name: str) -> Any:
    """Import what is asked for; MissingExtraError where the extra `web` is not installed."""
    try:
        return _found(name)
    except ModuleNotFoundError as error:
        if error.name not in ("fastapi", "platformdirs", "starlette", "uvicorn"):
            raise
        raise MissingExtraError(error.name, "web") from None
