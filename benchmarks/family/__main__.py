"""`python -m benchmarks.family`."""

from __future__ import annotations

from benchmarks.family.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
