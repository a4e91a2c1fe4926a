"""`python -m benchmarks.weeks`."""

from __future__ import annotations

import sys

from benchmarks.weeks.cli import main

if __name__ == "__main__":
    sys.exit(main())
