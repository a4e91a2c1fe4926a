"""Faults, numbers and names as people read them."""

from __future__ import annotations

from typing import TypeAlias

Lang: TypeAlias = str
"""A language that has a catalogue."""
