"""Random numbers that are the same on every machine and in every version of Python.

What is drawn for -> `Draw` -> whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

Item = TypeVar("Item")
_BITS = 53
"""Bits of a number of `Random.random`, which is a multiple of 2^-53."""


class Draw:
    """A stream of whole numbers.

    It calls nothing but `Random.random` after a whole number as seed, whose sequence the Python
    documentation promises to keep ("Notes on Reproducibility"). All that follows is arithmetic on
    whole numbers, so no platform and no mathematical library can round differently.
    """

    def __init__(self, *about: object) -> None:
        """`about`: what is drawn for; equal texts give equal streams."""
        text = "/".join(map(str, about))
        seed = int.from_bytes(sha256(text.encode("utf-8")).digest()[:8], "big")
        self._random = Random(seed).random

    def below(self, number: int) -> int:
        """One of 0, 1, ..., number - 1."""
        return (int(self._random() * 2**_BITS) * number) >> _BITS

    def between(self, low: int, high: int) -> int:
        """One of low, ..., high."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.below(100) < percent

    def pick(self, items: Sequence[Item], weights: Sequence[int] | None = None) -> Item:
        """One of some items, each as likely as its weight; equally likely without weights."""
        if weights is None:
            return items[self.below(len(items))]
        rest = self.below(sum(weights))
        for item, weight in zip(items, weights, strict=True):
            rest -= weight
            if rest < 0:
                return item
        raise ValueError("weights must be 0 or more, and some above 0")
