"""Open weeks are exempt from garbage collections; closed ones are not."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from shiftplan.web.serving import keep_in_memory


class Knot:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Nothing stays exempt."""
    yield
    gc.unfreeze()


def test_what_is_in_memory_is_exempt() -> None:
    """A later collection does not look at it."""
    kept = Knot()

    keep_in_memory()

    assert not any(one is kept for one in gc.get_objects())


def test_what_was_closed_is_freed_when_the_next_week_opens() -> None:
    """Although it was exempt until then."""
    closed = Knot()
    known = weakref.ref(closed)
    keep_in_memory()
    del closed
    gc.collect()
    assert known() is not None

    keep_in_memory()

    assert known() is None
