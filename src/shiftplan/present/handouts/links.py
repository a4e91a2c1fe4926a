"""Links that open a chat, a text message, a call or an e-mail to somebody.

Phone and contact as people write them, text to send -> `Links`. Only the schemes https, http, sms,
tel and mailto are ever made, and nothing of the data stands in them unencoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from shiftplan.problem.nearest import SCIENTIFIC
from shiftplan.week.horizon import PROFILES, dialled

LONGEST = 2_079
"""Characters of a link that Excel opens; longer ones are dropped when it loads a workbook."""
_VIETNAM = PROFILES["vietnam"]["country"]
_CHUNKS = re.compile(r"[^0-9\t \xa0+().\-–]+|[ \xa0]+[\-–]+[ \xa0]+")
"""What stands between phones in one cell, and words beside them."""
_VIETNAMESE = re.compile(r"(?:\+84|0084|84|0)0?([35789]\d{8})")
_ABROAD = re.compile(r"(?:\+|00)(\d{8,15})")
_AT_HOME = re.compile(r"\d{6,15}")
_TOKENS = re.compile(r"[\s,;|<>()\[\]\"'“”]+")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_PAGES = re.compile(
    r"(?:[a-z0-9-]+\.)?(?:zalo\.me|t\.me|telegram\.me|m\.me|wa\.me|fb\.com|fb\.me|facebook\.com"
    r"|messenger\.com|line\.me|instagram\.com)/|www\.",
    re.IGNORECASE,
)
"""How addresses of pages begin that people write without `https://`."""
_OF_URLS = "%/:=&?~#+!$,;'@()*-._"


@dataclass(frozen=True, slots=True)
class Links:
    """Links to one person or center; each is empty where there is none."""

    zalo: str = ""
    """A chat with a mobile number of Vietnam."""
    sms: str = ""
    """A text message to a mobile number, or to any number abroad, with the text where that fits."""
    call: str = ""
    """A call."""
    contact: str = ""
    """An e-mail with the text, or the page of a chat."""

    @property
    def first(self) -> str:
        """The link that most would use."""
        return self.zalo or self.contact or self.sms or self.call


def links_to(phone: str, contact: str, text: str, *, subject: str, country: str) -> Links:
    """Make the links by which a text is sent to somebody.

    Parameters
    ----------
    phone, contact
        As people write them; a phone of Vietnam may also stand in the contact.
    text
        What is sent. A link that would be longer than `LONGEST` leaves it out.
    subject
        Subject of an e-mail.
    country
        Country in which numbers without a code of a country are, such as VN.
    """
    if SCIENTIFIC.fullmatch(phone.strip()):  # a spreadsheet took digits that may matter
        phone = ""
    phone = dialled(phone, country)
    beside = " ".join(word for word in contact.split() if not set(word) & set("@/"))
    mobiles = (*_mobiles(phone, country), *_mobiles(beside, country))
    mobile = next(iter(mobiles), "")
    number = f"+84{mobile}" if mobile else next(_others(phone, country), "")
    is_texted = bool(mobile) or number.startswith("+") or country != _VIETNAM
    return Links(
        zalo=f"https://zalo.me/0{mobile}" if mobile else "",
        sms=_with_text(f"sms:{number}", text) if number and is_texted else "",
        call=f"tel:{number}" if number else "",
        contact=next(_contacts(contact, text, subject), ""),
    )


def _with_text(start: str, text: str) -> str:
    """A link with the text, or without it where that is too long."""
    whole = f"{start}{'&' if '?' in start else '?'}body={quote(text, safe='')}"
    return whole if len(whole) <= LONGEST else start


def _numbers(text: str) -> Iterator[str]:
    """Yield the phones of a text without signs between the digits.

    Where blanks part a text into pieces that each may be a phone, every piece is one.
    """
    for chunk in _CHUNKS.split(text):
        pieces = [_bare(piece) for piece in chunk.split()]
        if len(pieces) > 1 and all(len(piece) >= 9 for piece in pieces):
            yield from pieces
        elif chunk.strip():
            yield _bare(chunk)


def _bare(text: str) -> str:
    """Digits, after the `+` where there is one."""
    digits = "".join(sign for sign in text if sign in "0123456789")
    return f"+{digits}" if text.lstrip(" (").startswith("+") else digits


def _mobiles(text: str, country: str) -> Iterator[str]:
    """Yield the nine last digits of mobile numbers of Vietnam."""
    for number in _numbers(text):
        found = _VIETNAMESE.fullmatch(number)
        if found and (country == _VIETNAM or number.startswith(("+", "00"))):
            yield found[1]


def _others(text: str, country: str) -> Iterator[str]:
    """Yield other numbers, those of the country as people dial them there."""
    for number in _numbers(text):
        if found := _ABROAD.fullmatch(number):
            is_landline = found[1].startswith("84") and country == _VIETNAM
            yield f"0{found[1][2:]}" if is_landline else f"+{found[1]}"
        elif _AT_HOME.fullmatch(number):
            yield number


def _contacts(text: str, body: str, subject: str) -> Iterator[str]:
    """Yield links to the e-mail addresses and pages in a text."""
    for token in filter(None, _TOKENS.split(text)):
        word = token.rstrip(".:!?")
        if _ADDRESS.fullmatch(word):
            start = f"mailto:{quote(word, safe='@+')}?subject={quote(subject, safe='')}"
            yield _with_text(start, body.replace("\n", "\r\n"))
        elif url := _url(f"https://{word}" if _PAGES.match(word) else word):
            yield url


def _url(text: str) -> str:
    """The address of a page as a link has it; empty for what is none that is safe to open."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return ""
    link = quote(text, safe=_OF_URLS)
    return link if len(link) <= LONGEST else ""
