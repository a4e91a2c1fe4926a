"""Tables of the rule on novices who meet several mentors."""

from __future__ import annotations

from tables.table import PORTAL, Row, Table

TEAM = {
    "dan": {"skills": {"portal": 3}},
    "eve": {"skills": {"portal": 2}},
    "fay": {"skills": {"portal": 4}},
}
"""Two mentors, and Eve who is neither; anybody else is a novice."""

TABLES = [
    Table(
        "varied_mentors",
        {},
        Row("clean: two mentors", "ana  M M M\ndan  M . M\nfay  . M .", 0),
        Row("clean: both in one shift", "ana  M M .\ndan  M . .\nfay  M . .", 0),
        Row("clean: one shift, one mentor", "ana  M . .\ndan  M M M\nfay  . . M", 0),
        Row(
            "just broken: the same mentor each time",
            "ana  M M M\ndan  M M M\nfay  . . .",
            1,
            says=("ana |  | ana works with 1 mentor, 2 due",),
        ),
        Row("one who is no mentor", "ana  M M .\neve  M M .\nfay  . M .", 1),
        Row("no mentor at all", "ana  M . M\neve  . M M\nfay  . M .", 2),
        Row("two novices", "ana  M M .\nbob  . M M\ndan  M M .\nfay  . . M", 1),
        signs="M",
        skills=PORTAL,
        each=TEAM,
    ),
    Table(
        "varied_mentors",
        {"value": 3, "novice_level": 2, "group": "youth"},
        # Eve is a novice too, but of another group.
        Row("clean", "ana  M M .\neve  . . M\ndan  M . .\nfay  . M M", 0),
        Row("two of three", "ana  M M M\neve  . . .\ndan  M . .\nfay  . M M", 1),
        Row("none of three", "ana  M M M\neve  M M M\ndan  . . .\nfay  . . .", 3),
        signs="M",
        skills=PORTAL,
        each={**TEAM, "ana": {"group": "youth"}},
    ),
]
