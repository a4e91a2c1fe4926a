"""Tables of each rule, one module for each module of rules."""

from __future__ import annotations

from families import legs

TABLES = [table for family in legs("tables") for table in family.TABLES]
