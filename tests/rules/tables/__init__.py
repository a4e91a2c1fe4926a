"""Tables of each rule: a module for each of rules, and for what several modules have alike."""

from __future__ import annotations

from families import legs

TABLES = [
    table
    for family in legs("tables", "skills", "held", "memory", "limited")
    for table in family.TABLES
]
