"""Another Python beside this one, for work in a process of its own.

Statement -> command line.
"""

from __future__ import annotations

import sys


def python(statement: str) -> list[str]:
    """Start Python that imports from where this process does, installed or not."""
    code = f"import sys; sys.path[:] = {sys.path!r}; {statement}"
    return [sys.executable, *(["-I"] if sys.flags.isolated else []), "-c", code]
