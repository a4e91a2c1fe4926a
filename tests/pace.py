"""How many examples a property gets whose examples take long."""

from __future__ import annotations

from hypothesis import settings


def costly(share: float) -> settings:
    """A share of the examples that the profile gives to others, and 20 in any case."""
    most = settings.default.max_examples if settings.default else 100
    return settings(max_examples=max(20, round(share * most)))
