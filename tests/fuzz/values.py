"""What damaged files are damaged with: texts, values, bytes and XML that readers may not expect."""

from __future__ import annotations

from typing import Any

VALUES = (
    "", " ", "0", "-1", "1", "2", "-0", "+5", "1.5", "1,5", "1.234", "1,234", "1 234,5", "0,125",
    "1e3", "1e308", "-1e308", "1e-400", "1e999", "nan", "NaN", "inf", "-inf", "Infinity", "0x10",
    "1_000", "9" * 19, "1" + "0" * 20, "9" * 400, "9" * 3999, "9" * 5000, "0." + "3" * 400,
    "１２", "٣", "²", "½", "Ⅳ", "০", "24:00", "25:00", "23:59", "00:00", "7h30", "8.00", "12:00 AM",
    "07:00:59", "-07:00", "0001-01-01", "1969-12-31", "1970-01-01", "2199-12-31", "2200-01-01",
    "9999-12-31", "2026-02-30", "2026-12-07", "2026-12-08 00:00", "2026-12-06 22:00",
    "9999-12-31 23:59", "07/12/2026", "12/07/2026", "31.12.2026", "2026-12-07T07:00:00Z",
    "2026-12-07T07:00:00.1", "2026-12-07..2027-01-04", "hard", "must", "true", "không", "NULL",
    "total", "strict", "rate", "order", "coverage", "portal:2", "portal:", ":", "a|b|a", "|", "||",
    "=1+1", "'=1", "''", "@x", "-x", "\t", "../..", "/nowhere/x", "..\\x", "CON", "a/b", ".", "..",
    "x" * 201, "x" * 10_001, "x" * 140_000, "é", "e\u0301", "İ", "ß", "ﬁ", "\u200b", "\u202e<b>",
    "\ufeff", "\u2028", "\x85", "\xa0", "\U0001f600", "\ue000", "\ufdd0", "\x00", "\x07", "\x1b[2J",
    "\x7f", "a\nb", "a\r", '"', '""', "<script>", "{{7*7}}", "%s%n", "A1", "A2", "S1", "S2", "S3",
    "00430", "00431", "portal", "khmer", "file", "minority", "all", "Any", "None",
    "Asia/Ho_Chi_Minh", "America/Sao_Paulo", "UTC", "Factory", "A (entry 999)",
    "(sheet a, cell A1)", " (" * 3000,
)  # fmt: skip
"""Texts that a cell or a node may become."""
NAMES = (
    "A1", "A2", "A3", "S1", "S2", "S3", "An", "00430", "00431", "portal", "khmer", "file",
    "student",
    "official", "late", "early", "border", "ana", "Early", "Nurse", "Full", "D", "an_giang",
)  # fmt: skip
"""Ids and names in the valid files, which may become such a text in all of them."""
NODES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 10**9, 10**18, 2**63, 10**30, 10**400, 10**4200, -(10**400),
    0.5, -0.0, 1e308, 1e-320, float("inf"), float("-inf"), float("nan"), [], {}, [[]], [None],
    {"": None}, [1, 2], ["a", "b"], {"a": 1}, "\ud800", "\udc80a",
)  # fmt: skip
"""Values that a node of JSON may become, beside texts."""
SIGNS = (
    b"", b'"', b'""', b",", b";", b"\n", b"\r", b"\r\n", b"\t", b"\x00", b"\xff", b"\xc3", b"|",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80",
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{", b"}", b"[", b"]", b"\\", b"\\ud800", b"<", b"&", b"1",
)  # fmt: skip
"""Bytes that are put into a file."""
CODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "latin-1", "cp1258", "utf-7")
"""Encodings that a file may be in."""
XML = (
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<?xml version='1.0' encoding='utf-16'?>", b"<a>",
    b"</a>", b'"', b"&#0;", b"&#55296;", b"_x0000_", b"_xD800_", b'r="A1048577"', b'r="ZZZZ9"',
    b'r=""', b't="d"', b't="e"', b't="s"', b't="inlineStr"', b's="99999"', b"99999999999999999999",
    b"1e999", b"-1", b"NaN", b"1899-12-31T00:00:00", b'<mergeCell ref="A1:XFD1048576"/>',
    b'<f t="shared" si="9"/>', b"<f>", b'<row r="0">', b'<row r="-5">', b'<row r="1048577">',
    b"<c/>",
)  # fmt: skip
"""What is put into the XML of a workbook."""
