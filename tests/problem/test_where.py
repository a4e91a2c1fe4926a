"""Which centers a name in a column `where` is for: a table by hand, and all rows of one center."""

import pytest

from shiftplan.week.records import Center
from shiftplan.week.where import closeness, place_names

TOWN = Center(center_id="T", type="phường")
ISLAND = Center(
    center_id="I",
    type="đặc khu",
    minority_area=True,
    remote_area=True,
    groups=("border", "island"),
)
KHMER = Center(center_id="K", type="xã", minority_area=True)
BORDER = Center(center_id="B", type="xã", remote_area=True, groups=("border",))
PLAIN = Center(center_id="P")


@pytest.mark.parametrize(
    ("where", "town", "island", "khmer", "border", "plain"),
    [
        ("", 1, 1, 1, 1, 1),
        ("xã", 0, 0, 2, 2, 0),
        ("đặc khu", 0, 2, 0, 0, 0),
        ("remote", 0, 3, 0, 3, 0),
        ("minority", 0, 4, 4, 0, 0),
        ("border", 0, 5, 0, 5, 0),
        ("island", 0, 5, 0, 0, 0),
        ("T", 6, 0, 0, 0, 0),
        ("I", 0, 6, 0, 0, 0),
        ("t", 0, 0, 0, 0, 0),
        ("other", 0, 0, 0, 0, 0),
        ("Xã", 0, 0, 0, 0, 0),
    ],
)
def test_how_closely_a_name_is_meant(where, town, island, khmer, border, plain):
    """The center itself, a group, minority, remote, the type, all; names as they are written."""
    found = [closeness(where, center) for center in (TOWN, ISLAND, KHMER, BORDER, PLAIN)]

    assert found == [town, island, khmer, border, plain]


def test_a_name_that_means_two_things_is_meant_most_closely():
    """A group with the id of another center, or with the name of a type, is still that group."""
    named = Center(center_id="N", type="xã", groups=("T", "xã"))

    assert closeness("T", named) == 5
    assert closeness("T", TOWN) == 6
    assert closeness("xã", named) == 5


def test_names_that_a_row_may_give():
    """Ids, types, groups, and the two areas; a center without a type adds no empty name."""
    assert place_names([]) == {"minority", "remote"}
    assert place_names([PLAIN, ISLAND]) == {
        *("minority", "remote", "P", "I", "đặc khu", "border", "island"),
    }
