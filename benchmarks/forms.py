"""What reading a foreign file of another form ends with: one error that names the file.

Errors of looking for what is not there -> `ValueError`.
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
"""How code fails that takes the form for granted; RecursionError is a RuntimeError, and so is a
StopIteration in a generator."""


@contextmanager
def of_form(name: str) -> Iterator[None]:
    """Read an instance inside: what fails for its form is a `ValueError` with its name."""
    try:
        yield
    except _OTHER_FORM as error:
        told = f"{type(error).__name__}: {error}"
        raise ValueError(f"{name} is not of the form: {told[:200]}") from error
