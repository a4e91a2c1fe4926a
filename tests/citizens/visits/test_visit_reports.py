"""What was found in a log, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from shiftplan.citizens.visits.report import (
    _KINDS,
    LogNote,
    LogReport,
    in_order,
    joined_notes,
)
from shiftplan.present.words import Words

DAYS = (dt.date(2026, 11, 2), dt.date(2026, 11, 30))


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("kind", _KINDS)
def test_every_kind_has_its_words(kind, lang: str) -> None:
    """One or many, a sentence says how many and what became of them."""
    say = Words(lang)

    for n in (1, 2000):
        text = say(LogNote(kind, n).message)
        assert f"{n:,}" in text or f"{n:,}".replace(",", ".") in text
        assert "visits." not in text


def test_a_note_says_where_and_when() -> None:
    """Three centers are named, of more the first two; one date, or the first and the last."""
    few = LogNote("silent_days", 9, ("A", "B", "C"), DAYS)
    many = LogNote("silent_days", 9, ("A", "B", "C", "D"), DAYS[:1])
    unknown = LogNote("unknown_centers", 2, names=("X", "Y"))

    assert str(few.message).endswith("missing: A, B and C, from 2026-11-02 to 2026-11-30")
    assert str(many.message).endswith("missing: A, B and 2 more, on 2026-11-02")
    assert str(unknown.message).endswith("are not in this week (X, Y)")


def test_a_report_begins_with_what_was_read() -> None:
    """Then come its notes in the order of their kinds, and none of which there is none."""
    kinds = [LogNote("zero_days", 1), LogNote("cut_days", 0), LogNote("unread_rows", 2)]
    notes = in_order(kinds)
    report = LogReport(10, 8, *DAYS, 20, notes)

    assert [note.kind for note in report.notes] == ["unread_rows", "zero_days"]
    assert str(report.messages[0]) == (
        "Log read: 10 rows, 8 visits on 20 days (summed over centers), 2026-11-02 to 2026-11-30"
    )
    assert len(report.messages) == 3
    assert report["cut_days"].count == 0


def test_notes_of_several_files_are_one() -> None:
    """Their numbers add up, centers and names stand once."""
    one = LogNote("unknown_services", 2, ("A",), DAYS[1:], ("x",))
    other = LogNote("unknown_services", 3, ("B", "A"), DAYS[:1], ("x", "y"))

    assert joined_notes([one, other]) == LogNote(
        "unknown_services", 5, ("A", "B"), DAYS, ("x", "y")
    )
