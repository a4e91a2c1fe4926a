"""One error that names the file, where a foreign file does not have the expected form.

Errors raised while reading, such as a missing key -> `ValueError`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager

_OTHER_FORM = (
    AttributeError,
    LookupError,
    TypeError,
    OverflowError,
    RuntimeError,
    csv.Error,
)
"""Errors of code that takes the form for granted; RecursionError is a RuntimeError, and so is a
StopIteration in a generator."""


@contextmanager
def of_form(name: str) -> Iterator[None]:
    """Context in which an instance is read: a wrong form raises a `ValueError` with its name."""
    try:
        yield
    except _OTHER_FORM as error:
        told = f"{type(error).__name__}: {error}"
        raise ValueError(f"{name} is not of the form: {told[:200]}") from error
