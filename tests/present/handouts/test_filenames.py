"""File names of any ids: safe, different, and the same from week to week."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from shiftplan.present.handouts import Owner
from shiftplan.present.handouts.owners import file_names

KINDS = st.sampled_from(("volunteer", "center"))
IDS = st.one_of(
    st.text(min_size=1, max_size=200),
    st.sampled_from(
        ["V1", "v1", "con", "COM1", "..", "../x", "a/b", "a\\b", "center-V1", "x" * 200]
    ),
    st.from_regex(r"[aA][bB]-[0-9a-f]{12}", fullmatch=True),
)
OWNERS = st.sets(st.builds(Owner, KINDS, IDS), max_size=12)
RESERVED = {"con", "prn", "aux", "nul"} | {f"{n}{i}" for n in ("com", "lpt") for i in range(10)}


def test_ordinary_ids_are_the_names() -> None:
    """What people look for is what they find."""
    owners = [Owner("volunteer", "V00001"), Owner("center", "30292")]

    assert list(file_names(owners).values()) == ["V00001", "center-30292"]


@given(OWNERS)
@example({Owner("volunteer", "CON"), Owner("volunteer", "-rf"), Owner("center", "CON")})
@example({Owner("volunteer", "\u0300")})
@example({Owner("volunteer", "center-x"), Owner("center", "x"), Owner("center", "X")})
@example({Owner("volunteer", "Ánh"), Owner("volunteer", "Anh"), Owner("volunteer", "anh")})
def test_names_are_safe_and_no_two_are_the_same(owners: set[Owner]) -> None:
    """Plain signs, not too long, nothing reserved, different also where case does not count."""
    names = file_names(owners)

    assert set(names) == owners
    assert len({n.casefold() for n in names.values()}) == len(owners)
    for name in names.values():
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,90}", name)
        assert name.casefold() not in RESERVED


def test_new_people_do_not_rename_files() -> None:
    """Only an id that differs in case alone gives both of them a mark."""
    anh = Owner("volunteer", "anh")

    assert file_names([anh, Owner("volunteer", "Ánh")])[anh] == "anh"
    assert file_names([anh, Owner("volunteer", "ANH")])[anh].startswith("anh-")
