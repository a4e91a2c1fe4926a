"""One line in place of a traceback where a package is not installed.

`ModuleNotFoundError` -> `lacking` -> what to do. Nothing but Python is needed.
"""

from __future__ import annotations


def lacking(error: ModuleNotFoundError) -> str:
    """What is missing, and how to install it."""
    return f"{error}; `pip install '.[benchmarks]'` in the folder of the project installs it"
