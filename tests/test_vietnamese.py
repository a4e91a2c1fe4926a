"""What the command shows in Vietnamese has no English left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import shiftplan.cli as cli
from files.weeks import TINY, write_texts
from shiftplan.problem import Problem
from shiftplan.texts import RULES_VI, TEXTS, UNITS_VI, WHY

WEEK = TINY | {
    "volunteers": TINY["volunteers"] + "A3,Đỗ Ý,00431,student,2,4,1\n",
    "availability": TINY["availability"] + "A3,2026-12-08,13:00,17:00,available\n",
}
"""The tiny week, with somebody who can fill the second shift."""
COMMANDS: dict[str, list[str]] = {
    "plan": ["plan", "{week}", "--out", "{out}"],
    "check": ["check", "{week}", "{roster}"],
    "check broken": ["check", "{week}", "{broken}"],
    "check staffed": ["check", "{week}", "{roster}", "--staff", "--recommended"],
    "compare": ["compare", "{week}", "{roster}", "{broken}"],
    "explain contradiction": ["explain", "{week}"],
    "explain seats": ["explain", "{week}", "{roster}"],
    "explain people": ["explain", "{week}", "{broken}", "--why", "A1:S2", "--why-not", "A2:S2"],
    "explain advice": ["explain", "{week}", "{roster}", "--advise", "--time-limit", "1"],
    "repair": ["repair", "{week}", "{roster}", "--absent", "{absent}", "--out", "{out}"],
    "simulate": ["simulate", "{week}", "{roster}", "--runs", "3"],
    "staff": ["staff", "{week}", "--out", "{out}"],
    "suggest": ["suggest", "{week}", "{roster}", "S2"],
    "swap": ["swap", "{week}", "{roster}", "A1:S1", "A3:S2"],
    "swap one": ["swap", "{week}", "{roster}", "A1:S1"],
    "ledger": ["ledger", "{ledger}", "--record", "{week}", "--roster", "{roster}"],
    "tradeoff": ["tradeoff", "{week}", "--out", "{out}", "--points", "2", "--time-limit", "2"],
    "charts": ["charts", "{week}", "{roster}", "--out", "{out}"],
}
NOT_SHOWN = {"schema"}
"""Commands that print nothing for people."""
ALLOWED = {"Gini", "km", "file"}
"""A name, a unit, and the id of a service."""
_WORD = re.compile(r"[^\\W\\d_]+")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _strings(part))


VIETNAMESE = {
    word.casefold()
    for text in _strings([*map(dict, (TEXTS["vi"], RULES_VI, UNITS_VI, WHY["vi"]))][0])
    for word in _WORD.findall(text)
}
