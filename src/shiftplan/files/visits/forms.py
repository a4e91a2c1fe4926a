"""What the columns of a log hold, and what they may be called.

A log has a row for each visit, or holds how many came in an interval.
"""

from __future__ import annotations

from shiftplan.files.lists.form import ListForm

VISITS = ListForm(
    table="visits",
    columns={
        "visit_id": "text",
        "center_id": "text",
        "date": "date",
        "arrived": "moment",
        "services": "text",
        "kind": "text",
        "language": "text",
        "start": "moment",
        "end": "moment",
        "waited": "text",
        "helped": "text",
        "state": "text",
        "ticket": "text",
    },
    needed=(("arrived",),),
    called={"state": "state", "center_id": "center"},
    loosely=(("start", "heads.called", ""), ("arrived", "heads.moment", "")),
    others=True,
)
"""A row a visit; `start` and `end` are those of help, `waited` and `helped` lengths."""
TALLIES = ListForm(
    table="tallies",
    columns={
        "center_id": "text",
        "date": "date",
        "start": "time",
        "end": "time",
        "services": "text",
        "number": "decimal",
    },
    needed=(("number",), ("start",)),
    called={"center_id": "center"},
    loosely=(("start", "heads.moment", ""),),
    others=True,
)
"""A row for each interval and service; without a service it is about all citizens."""
CLOSED = ListForm(
    table="closed",
    columns={"center_id": "text", "date": "date", "first_date": "date", "last_date": "date"},
    needed=(("date", "first_date"),),
    called={"center_id": "center", "first_date": "first_day", "last_date": "last_day"},
    others=True,
)
"""Days on which a center was closed or nobody kept the log; `*` or nothing for all centers."""
EVENTS = ListForm(
    table="events",
    columns={
        "where": "text",
        "name": "text",
        "first_date": "date",
        "last_date": "date",
        "factor": "decimal",
    },
    needed=(("name",), ("first_date",)),
    called={"where": "center", "first_date": "first_day", "last_date": "last_day"},
    others=True,
)
"""Events that change how many citizens come."""
