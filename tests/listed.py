"""What a list lacks that needs an entry for everything of a kind, for the message of a test."""

from __future__ import annotations

from collections.abc import Iterable


def wrong_in(file: str, listed: Iterable[str], known: Iterable[str]) -> str:
    """Say which entries a file lacks, and which it has too many; empty where it has them all."""
    lacking, more = sorted({*known} - {*listed}), sorted({*listed} - {*known})
    said = [f"{file} lacks {', '.join(lacking)}"] * bool(lacking)
    said += [f"{file} names {', '.join(more)}, which nothing else has"] * bool(more)
    return "; ".join(said)
