"""Names in Vietnamese order."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.collation import collation_key

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
ORDERED = [
    [],
    ["An", "Ân", "Bình", "Dũng", "Đạt", "Em"],
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    ["Dương", "Đường", "Đượng"],
    ["Cần Thơ", "Châu Đốc", "Chợ Mới"],
    ["Long Xuyên", "Lộc", "Lợi", "Lý"],
    ["Trần Ân", "Trần Bình", "Trấn An"],
    ["Ha Bình", "Hà An"],
    ["Ủy", "Ứng"],
    ["Phường 2", "Phường 10", "Phường An"],
    ["an", "An"],
    ["Thổ", "Thổ Châu"],
]
TEXTS = st.text(alphabet=st.sampled_from(LETTERS + LETTERS.upper() + "àảãáạờởỡớợ 019-\u0301\u0323"))


@pytest.mark.parametrize("names", ORDERED, ids=lambda names: ",".join(names))
def test_names_stand_as_vietnamese_readers_expect(names):
    """Letters before tones, tones in their order, word by word, numbers by size."""
    mixed = names[::-1]

    assert sorted(mixed, key=collation_key) == names


def test_every_letter_has_its_place():
    """The alphabet is in its order: đ after d, ă and â after a."""
    mixed = sorted(LETTERS)

    assert "".join(sorted(mixed, key=collation_key)) == LETTERS


@given(TEXTS)
def test_composed_and_decomposed_letters_are_the_same(text):
    """How a keyboard wrote a letter makes no difference."""
    forms = {collation_key(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}

    assert len(forms) == 1


@given(st.lists(st.one_of(TEXTS, st.text()), min_size=2, max_size=6))
def test_keys_order_all_texts(texts):
    """Any two texts can be compared, and only equal ones are equal."""
    keys = sorted(collation_key(text) for text in texts)

    assert all(a <= b for a, b in pairwise(keys))
    same = {unicodedata.normalize("NFC", text) for text in texts}
    assert len(set(keys)) == len(same)


def test_a_number_of_many_digits_is_no_error():
    """Thousands of digits are compared too."""
    assert collation_key("1" * 9000) < collation_key("2" * 9000)
