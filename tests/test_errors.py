"""The exceptions of shiftplan."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from shiftplan import errors
from shiftplan.errors import (
    ClusterError,
    DiskFullError,
    Fault,
    InputError,
    MissingExtraError,
    ModelError,
    NoRosterError,
    ShiftplanError,
)

EXAMPLES = [
    ShiftplanError("of any kind"),
    InputError([Fault("unknown_id", "shifts", "center_id", "430", "there is no such center")]),
    NoRosterError("there is no roster"),
    MissingExtraError("pandas", "frames"),
    ClusterError("it is gone"),
    DiskFullError("write failed", 28),
    ModelError("they disagree", Path("folder")),
]


def test_every_exception_has_an_example() -> None:
    """So that a new one is not forgotten below."""
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type)}

    assert {type(e) for e in EXAMPLES} == {kind for kind in kinds if issubclass(kind, Exception)}


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
def test_exceptions_pass_between_processes(error: ShiftplanError) -> None:
    """A worker's error says elsewhere what it says here."""
    again = pickle.loads(pickle.dumps(error))

    assert type(again) is type(error)
    assert (str(again), vars(again)) == (str(error), vars(error))


def test_what_comes_after_the_message_is_named() -> None:
    """Eleven texts in a row tell nobody which is which."""
    with pytest.raises(TypeError):
        Fault("unknown_id", "shifts", "center_id", "430", "no such center", "Maybe 00430.")

    assert Fault("empty_file", "shifts", message="the file is empty", row=1).column == ""
