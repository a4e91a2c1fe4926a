"""Links to phones and contacts as people write them."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shiftplan.present.handouts.links import LONGEST, Links, links_to
from shiftplan.week.horizon import dialled

TEXT = "Chào Lan,\nsáng mai 7h & chiều 13h = 2 ca?"


def links(phone: str = "", contact: str = "", text: str = TEXT, country: str = "VN") -> Links:
    return links_to(phone, contact, text, subject="Lịch trực", country=country)


@pytest.mark.parametrize(
    "phone",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "(091) 234 5678",
        "+84912345678",
        "+84 (0)912 345 678",
        "0084 912 345 678",
        "84912345678",
        "912345678",  # a spreadsheet took the zero
        "0912345678 (Zalo)",
        "Zalo: 0912 345 678",
        "0296 3852 999 / 0912 345 678",
        "0912 345 678 - 0987 654 321",
        "0912345678 0987654321",
        "0912345678\n0987654321",
        "\u00a00912\u00a0345\u00a0678",
    ],
)
def test_mobile_numbers_of_vietnam_open_zalo(phone: str) -> None:
    """However people part the digits, and whatever stands beside them."""
    found = links(phone)

    assert found.zalo == "https://zalo.me/0912345678"
    assert found.call == "tel:+84912345678"
    assert found.sms.startswith("sms:+84912345678?body=Ch%C3%A0o%20Lan%2C%0A")
    assert unquote(found.sms.partition("body=")[2]) == TEXT
    assert found.first == found.zalo


@pytest.mark.parametrize(
    ("phone", "call"),
    [
        ("0296 3852 999", "tel:02963852999"),
        ("+84 296 3852 999", "tel:02963852999"),
        ("2963852999", "tel:02963852999"),  # a spreadsheet took the zero
        ("1900 1234", "tel:19001234"),
        ("0212345678", "tel:0212345678"),
        ("09123456789", "tel:09123456789"),  # a digit too many
        ("113", ""),
        ("ask Lan", ""),
        ("9.12345678E+08", ""),
        ("8,49123E+10", ""),
        ("=HYPERLINK(1)", ""),
        ("٠٩١٢٣٤٥٦٧٨", ""),
    ],
)
def test_other_numbers_open_neither_zalo_nor_a_text_message(phone: str, call: str) -> None:
    """A landline cannot read."""
    assert links(phone) == Links(call=call)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("983061791", "0983061791"),
        ("983 061 791 / 296.3852999", "0983 061 791 / 0296.3852999"),
        ("0912 345 678; 983061791\n", "0912 345 678; 0983061791\n"),
        ("84983061791", "0983061791"),
        ("84 983 061 791; 842963852999", "0983 061 791; 02963852999"),
        ("849830617", "0849830617"),
        ("+84983061791", "+84983061791"),
        ("8498306179", "8498306179"),
        ("1900 1234", "1900 1234"),
        ("983061791 ask Lan", "983061791 ask Lan"),
    ],
)
def test_phones_are_shown_as_they_are_dialled(phone: str, shown: str) -> None:
    """Only zeros that a spreadsheet took come back, or stand for a bare 84; only in Vietnam."""
    assert dialled(phone, "VN") == shown
    assert dialled(phone, "PL") == phone


def test_numbers_abroad_get_text_messages() -> None:
    """Whether they are mobile, only people there know."""
    assert links("+49 170 1234567").sms.startswith("sms:+491701234567?body=")
    assert links("0049 170 1234567").zalo == ""
    at_home = links("0170 123456", country="DE")
    assert at_home.sms.startswith("sms:0170123456?body=")
    assert at_home.call == "tel:0170123456"
    assert links("0912345678", country="DE").zalo == ""
    assert links("+84 912 345 678", country="DE").zalo == "https://zalo.me/0912345678"


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("https://t.me/lan", "https://t.me/lan"),
        ("t.me/lan", "https://t.me/lan"),
        ("m.me/lan.nguyen", "https://m.me/lan.nguyen"),
        ("www.facebook.com/lan?a=1&b=2", "https://www.facebook.com/lan?a=1&b=2"),
        ("Facebook: fb.com/lan", "https://fb.com/lan"),
        ("zalo.me/0912345678", "https://zalo.me/0912345678"),
        ("HTTPS://Example.org/Đỗ.", "HTTPS://Example.org/%C4%90%E1%BB%97"),
        ("http://example.org:8080/x", "http://example.org:8080/x"),
        ("http://example.org:port/x", ""),
        ("https://zalo.me@evil.example/x", ""),
        ("https://localhost/x", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("\\\\server\\share", ""),
        ("https://example.org/" + "x" * LONGEST, ""),
        ("@lan", ""),
        ("Bí thư chi đoàn", ""),
    ],
)
def test_pages_are_links_themselves(contact: str, link: str) -> None:
    """And nothing that a browser, a shell or a mail program would run."""
    assert links(contact=contact).contact == link


def test_an_address_gets_an_e_mail_with_the_text() -> None:
    """Ends of lines are those of e-mails, and the address adds no field of its own."""
    link = links(contact="Lan <lan+a@example.org>").contact

    assert link.startswith("mailto:lan+a@example.org?subject=L%E1%BB%8Bch%20tr%E1%BB%B1c&body=")
    assert parse_qs(urlsplit(link).query) == {
        "subject": ["Lịch trực"],
        "body": [TEXT.replace("\n", "\r\n")],
    }
    assert links(contact="a?cc=b&x@example.org").contact.startswith(
        "mailto:a%3Fcc%3Db%26x@example."
    )


def test_a_phone_in_the_contact_counts_unless_it_is_part_of_an_address() -> None:
    """People write what they have into the cell that is there."""
    assert links("", "Zalo 0912 345 678").zalo == "https://zalo.me/0912345678"
    assert links("0296 3852 999", "0912 345 678").zalo == "https://zalo.me/0912345678"
    assert links("", "0912345678@example.org").zalo == ""
    assert links("", "912345678").zalo == ""


@pytest.mark.parametrize(("letters", "fits"), [(2_000, True), (2_079, False), (40_000, False)])
def test_texts_that_do_not_fit_into_a_link_are_left_to_copying(letters: int, fits: bool) -> None:
    """Excel drops links that are longer."""
    found = links("0912345678", "lan@example.org", "x" * letters)

    assert found.sms == "sms:+84912345678" + ("?body=" + "x" * letters) * fits
    assert ("&body=" in found.contact) == fits
    assert found.contact.startswith("mailto:lan@example.org?subject=")


SIGNS = st.text(st.sampled_from("0123456789+84 .-()/,@:;?&=#%'\"<>\nabzalo.me"), max_size=60)


@given(st.text(max_size=60) | SIGNS, st.text(max_size=60) | SIGNS, st.sampled_from(("VN", "none")))
@example("https://zalo.me", "https://[::1]/", "VN")
@example("", "http://a.example/\x00\u202e", "VN")
@example("+", "mailto:x@y.zz", "VN")
def test_links_hold_nothing_that_is_not_encoded(phone: str, contact: str, country: str) -> None:
    """Plain signs of one of five schemes, short enough to be opened."""
    found = links(phone, contact, f"{phone}\n{contact}", country)

    for link in (found.zalo, found.sms, found.call, found.contact):
        scheme = link.partition(":")[0].lower()
        assert not link or scheme in ("https", "http", "sms", "tel", "mailto")
        assert link.isascii()
        assert link.isprintable()
        assert not set(link) & set(' "<>')
        assert len(link) <= LONGEST


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.sampled_from((" ", ".", "-", "")))
def test_every_mobile_number_is_found_however_it_is_parted(number: str, sign: str) -> None:
    """Also with the code of the country."""
    parted = sign.join((number[:4], number[4:7], number[7:]))

    for written in (parted, f"+84{parted[1:]}", f"0084{parted[1:]}", f"+84 {parted[1:]}"):
        assert links(written).zalo == f"https://zalo.me/{number}"
