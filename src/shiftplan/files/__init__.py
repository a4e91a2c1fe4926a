"""Files in and out: weeks, rosters, ledgers and stand-by lists as CSV, much of it also as JSON."""

from __future__ import annotations

from shiftplan.files.answers.mapping import read_mapping, write_mapping
from shiftplan.files.answers.reading import read_answers
from shiftplan.files.answers.records import Replies, Reply
from shiftplan.files.changes_csv import read_changes, read_changes_in_turn
from shiftplan.files.lists.sent import read_sent
from shiftplan.files.problem_file import (
    read_problem,
    read_tables,
    read_unanswered,
    write_problem,
)
from shiftplan.files.roster_csv import read_reserves, read_roster, write_reserves, write_roster
from shiftplan.files.seasons import read_attendance, read_days, read_ledger, write_ledger
from shiftplan.files.week import (
    read_week,
    write_availability,
    write_history,
    write_requirements,
    write_week,
)
from shiftplan.files.workbook.reading import read_workbook

__all__ = [
    "Replies",
    "Reply",
    "read_answers",
    "read_attendance",
    "read_changes",
    "read_changes_in_turn",
    "read_days",
    "read_ledger",
    "read_mapping",
    "read_problem",
    "read_reserves",
    "read_roster",
    "read_sent",
    "read_tables",
    "read_unanswered",
    "read_week",
    "read_workbook",
    "write_availability",
    "write_history",
    "write_ledger",
    "write_mapping",
    "write_problem",
    "write_requirements",
    "write_reserves",
    "write_roster",
    "write_week",
]
