"""Bodies and values of requests.

JSON -> models of pydantic, whose fields are described like those of the week.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, WithJsonSchema

from shiftplan.errors.message import Message
from shiftplan.week.fields import Date, Frozen

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written(value: Any) -> Any:
    """A date as it is described: numbers would be taken for seconds since 1970."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        return value
    raise ValueError(Message("files.date_form"))


AskedDate = Annotated[Date, BeforeValidator(_written)]
"""A date in a request."""


WITH_ZONE = "x-with-zone"
"""Key in the schema of a moment whose text has a zone, which the description of routes drops."""
Moment = Annotated[
    AwareDatetime, WithJsonSchema({"type": "string", "format": "date-time", WITH_ZONE: True})
]
"""A moment with its zone, UTC; all other times of answers are wall-clock times of the week."""


class RequestBody(Frozen, defer_build=False):
    """Base of all bodies of requests: FastAPI needs them built."""
