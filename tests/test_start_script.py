"""The script that people on Windows double-click; no Windows is needed to read it."""

from __future__ import annotations

import re
import tomllib

import pages
from test_docs_commands import fault_of

SCRIPT = (pages.ROOT / "start.cmd").read_bytes()
LINES = SCRIPT.decode("utf-8").split("\r\n")
PROJECT = tomllib.loads((pages.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_windows_reads_its_lines() -> None:
    """Line ends are those of Windows, and the code page is set before anything else is said."""
    assert SCRIPT.count(b"\n") == SCRIPT.count(b"\r\n") == len(LINES) - 1
    assert not SCRIPT.startswith(b"\xef\xbb\xbf")  # cmd would take it for a part of the command
    spoken = [i for i, line in enumerate(LINES) if not line.isascii() and "rem " not in line]
    assert LINES.index("chcp 65001 >nul") < min(spoken)
    assert [line for line in LINES if re.match(r"\s*(goto|:)", line)] == []


def test_it_says_everything_twice() -> None:
    """Each Vietnamese line is followed by one in English."""
    said = [line.strip() for line in LINES if line.strip().startswith("echo ")]

    assert len(said) == 10
    assert [line.isascii() for line in said] == [False, True] * 5


def test_it_starts_what_there_is() -> None:
    """The version of Python, the extra, the files and the command are those of the project."""
    text = "\n".join(LINES)
    lowest = re.search(r"version_info < \((\d+), (\d+)\)", text)
    assert lowest is not None
    assert PROJECT["requires-python"] == ">=" + ".".join(lowest.groups())
    (extra,) = re.findall(r'"\.\[(\w+)\]"', text)
    assert extra in PROJECT["optional-dependencies"]
    for name in ("pyproject.toml", "constraints.txt"):
        assert name in text
        assert (pages.ROOT / name).is_file()
    (command,) = re.findall(r"^\.venv\\Scripts\\shiftplan (.+)$", text, re.M)
    assert fault_of(command.split()) == ""
