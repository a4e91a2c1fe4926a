"""What somebody worked in the last week is read as it is documented, and refused otherwise."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from shiftplan.week.history import History


def test_starts_are_split_at_bars_and_sorted() -> None:
    """Each counts once; a center id may hold blanks."""
    row = History(volunteer_id="ana", last_week="Wed 13:00 C05 | mon 7:00 Bà Chúc |wed 13:00 C05")

    assert row.last_week == ("mon 07:00 Bà Chúc", "wed 13:00 C05")


@pytest.mark.parametrize("text", ["mon 07:00", "mon C05", "monday 07:00 C05", "mon 24:00 C05"])
def test_what_is_no_start_is_refused(text: str) -> None:
    """What is said shows how a start is written."""
    with pytest.raises(ValidationError, match="`mon 07:00 C12`"):
        History(volunteer_id="ana", last_week=text)
