"""A method with a mistake for a while: kept as it is of its kind, and put back afterwards."""

from __future__ import annotations

import pytest

from shiftplan.testing import mutated


class Ground:
    """What methods lean on."""

    size = 3

    def whole(self) -> int:
        """As it is."""
        return 1


class Made(Ground):
    """Methods of every kind."""

    @staticmethod
    def more(number: int) -> int:
        """One more."""
        return number + 1

    @classmethod
    def sized(cls, number: int) -> int:
        """With the size of the class."""
        return cls.size + number

    def whole(self) -> int:
        """One more than the ground has."""
        return super().whole() + 1


class Wider(Made):
    """Inherits all methods."""

    size = 10


@pytest.mark.parametrize("owner", [Made, Wider])
@pytest.mark.parametrize(
    ("name", "old", "new", "given", "wrong"),
    [
        ("more", "+ 1", "+ 2", (1,), {Made: 3, Wider: 3}),
        ("sized", "+ number", "- number", (1,), {Made: 2, Wider: 9}),
        ("whole", "+ 1", "+ 2", (), {Made: 3, Wider: 4}),
    ],
)
def test_every_kind_of_method_can_be_mutated(owner, name, old, new, given, wrong):
    """The class is as before afterwards; one that inherits the method has its own meanwhile."""
    before = dict(vars(owner))
    right = getattr(owner(), name)(*given)

    with mutated(owner, name, old, new):
        assert getattr(owner(), name)(*given) == wrong[owner] != right

    assert dict(vars(owner)) == before
    assert getattr(owner(), name)(*given) == right
