"""`python -m benchmarks`."""

from __future__ import annotations

import sys

from benchmarks.lacking import lacking

if __name__ == "__main__":
    try:
        from benchmarks.cli import main
    except ModuleNotFoundError as error:
        print(lacking(error), file=sys.stderr)
        raise SystemExit(2) from None
    raise SystemExit(main())
