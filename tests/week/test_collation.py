"""Vietnamese order of letters, tones and names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.week.collation import collation_key, person_key


@pytest.mark.parametrize(
    "words",
    [
        ["da", "dz", "đa", "ea"],
        ["a", "ă", "â", "b"],
        ["e", "ê", "g", "o", "ô", "ơ", "p", "u", "ư", "v"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["an", "ăn", "ân"],
        ["Hòa", "Hòa Bình", "Hòa Điền"],
        ["Xã 2", "Xã An"],
        ["an", "An"],
    ],
)
def test_words_stand_as_in_a_dictionary(words):
    """Letters decide first, then tones, then capitals."""
    mixed = words[::-1]
    assert sorted(mixed, key=collation_key) == words


def test_a_later_letter_outweighs_an_earlier_tone():
    """Tones only decide between words of equal letters."""
    assert sorted(["màb", "mac"], key=collation_key) == ["màb", "mac"]
    assert sorted(["mác", "màb"], key=collation_key) == ["màb", "mác"]


def test_people_are_sorted_by_their_given_names():
    """The last word of a name comes first, as in lists of classes."""
    names = ["Đỗ Thị Ánh", "Trần Văn Dũng", "Lê Đạt", "Lê An", "Bùi Dung"]

    ordered = ["Lê An", "Đỗ Thị Ánh", "Bùi Dung", "Trần Văn Dũng", "Lê Đạt"]
    assert sorted(names, key=person_key) == ordered


@given(st.text())
def test_forms_of_unicode_make_no_difference(text):
    """Composed and decomposed text have the same place, and any text has one."""
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)

    assert collation_key(composed) == collation_key(decomposed)
    assert person_key(composed) == person_key(decomposed)


@given(st.lists(st.text(alphabet="aăâđdeêoôơuư áàạ AĐ"), max_size=6))
def test_order_is_total(texts):
    """Different texts have different keys, so that the order does not depend on the input's."""
    texts = [unicodedata.normalize("NFC", text) for text in texts]

    mixed = texts[::-1]
    assert sorted(texts, key=collation_key) == sorted(mixed, key=collation_key)
