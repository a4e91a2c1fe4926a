"""File names of any ids: safe, different, and the same from week to week."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from shiftplan import Center, Horizon, Problem, Volunteer
from shiftplan.present.handouts import Owner
from shiftplan.present.handouts.owners import file_names, named_files
from shiftplan.testing.pictures import MONDAY

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


def named(*people: tuple[str, str]) -> list[str]:
    """Names of the files of people with an id and a name, then of the center `home`."""
    problem = Problem(
        horizon=Horizon(start=MONDAY, days=1),
        centers=[Center(center_id="home", name="Xã Định Hòa")],
        volunteers=[Volunteer(volunteer_id=i, name=n, home_center_id="home") for i, n in people],
        shifts=(),
    )
    return list(named_files(problem).values())


def test_messages_are_found_by_name() -> None:
    """Namesakes are told apart by the id, which stands in every name; accents are left out."""
    found = named(
        ("V00152", "Nguyễn Văn An"),
        ("V2", "nguyễn  văn AN"),
        ("V3", ""),
        ("V4", "V4"),
        ("V5", "Anne-Marie O'Brien"),
        ("V6", "../..\\x:*?"),
        ("V7", "សុខា"),
        ("con", "Đỗ Đạt"),
        ("V8", "CON"),
        ("V9", "Lê" * 60),
    )

    assert found == [
        "Nguyen Van An (V00152)",
        "nguyen van AN (V2)",
        "V3",
        "V4",
        "Anne-Marie O Brien (V5)",
        "x (V6)",
        "V7",
        f"Do Dat ({file_names([CON])[CON]})",
        "CON (V8)",
        f"{'Le' * 20} (V9)",
        "Xa Dinh Hoa (center-home)",
    ]


CON = Owner("volunteer", "con")
SIGNS = st.characters(exclude_categories=("Cs", "Cc"))
PERSON = st.tuples(
    st.sampled_from(["V1", "v1", "V1 (x)", "Ánh", "a/b", "nul", "..", "x" * 90]),
    st.sampled_from(["", "V1", "x (V1)", "NUL", "Lan", "lan"]) | st.text(SIGNS, max_size=90),
)


@given(st.lists(PERSON, max_size=6, unique_by=lambda pair: pair[0]))
def test_named_files_are_safe_and_no_two_are_the_same(people: list[tuple[str, str]]) -> None:
    """Also where Windows does not tell capitals apart, and with room for a long path."""
    found = named(*people)

    assert len({name.casefold() for name in found}) == len(people) + 1
    for name in found:
        assert re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9 -]*\()?[A-Za-z0-9_][A-Za-z0-9_-]*\)?", name)
        assert len(name) <= 130
        assert name.casefold() not in RESERVED


def test_other_people_do_not_rename_a_file() -> None:
    """Nor does a namesake who comes later."""
    alone = named(("V1", "Lan"))
    assert named(("V1", "Lan"), ("V2", "Lan"))[:1] == alone[:1]
