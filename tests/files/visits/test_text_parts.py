"""Large files are read in parts, and are the same text as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.errors import InputError
from shiftplan.files import text

LINES = [f"{n},Phường Mỹ Thới\r\n" for n in range(300)]


@pytest.fixture(autouse=True)
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a hundred bytes."""
    monkeypatch.setattr(text, "_PART", 100)


@pytest.mark.parametrize("end", ["\n", "\r", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_parts_are_the_whole(end: str, encoding: str, tmp_path: Path) -> None:
    """Parts end at line ends, whatever these are, and no letter is cut."""
    path = tmp_path / "a.csv"
    path.write_bytes("".join(LINES).replace("\r\n", end).encode(encoding))

    parts = list(text.text_parts(path))

    assert "".join(parts) == text.read_text(path)
    assert (len(parts) > 1) == (end == "\n" and encoding != "utf-16")
    assert end != "\n" or all(part.endswith("\n") for part in parts)


@pytest.mark.parametrize("row", [2, 200])
@pytest.mark.parametrize("wrong", [b"\xff", b"\x07"])
def test_what_is_wrong_stands_in_its_row(row: int, wrong: bytes, tmp_path: Path) -> None:
    """The fault names the row of the file, not that of a part."""
    lines = [line.encode() for line in LINES]
    lines[row - 1] = wrong + lines[row - 1]
    path = tmp_path / "a.csv"
    path.write_bytes(b"".join(lines))

    with pytest.raises(InputError) as caught:
        list(text.text_parts(path))

    assert [fault.row for fault in caught.value.faults] == [row]


def test_a_file_that_is_missing_has_its_fault(tmp_path: Path) -> None:
    """As when it is read as a whole."""
    with pytest.raises(InputError, match="no such file"):
        list(text.text_parts(tmp_path / "a.csv"))
