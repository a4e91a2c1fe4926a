"""Bodies of requests.

JSON -> models of pydantic, whose fields are described like those of the week.
"""

from __future__ import annotations

from shiftplan.week.fields import Frozen


class RequestBody(Frozen, defer_build=False):
    """Base of all bodies of requests: FastAPI needs them built."""
