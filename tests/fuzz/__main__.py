"""Many cases of damaged files: `PYTHONPATH=tests python -m fuzz --cases 1000000`.

Options -> what was found, on standard output; exit code 1 where something was.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from fuzz.readers import READERS, Reader
from fuzz.run import Fuzzer, run

_TELL = 10_000


def main() -> int:
    """Run it; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="over all readers")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", help="names of readers; all when left out")
    parser.add_argument("--case", type=int, help="one case of one reader again, with its files")
    asked = parser.parse_args()
    readers = [r for r in READERS if asked.only is None or r.name in asked.only]
    if asked.case is not None:
        return _again(asked, readers)
    began, seen = time.process_time(), dict[str, int]()
    for finding in run(_told(asked.cases), asked.seed, readers):
        seen[finding.where] = seen.get(finding.where, 0) + 1
        if seen[finding.where] == 1:
            print(f"{finding.reader}, case {finding.case}: {finding.what}\n{finding.trace}")
            sys.stdout.flush()
    spent = time.process_time() - began
    rate = asked.cases / max(spent, 1e-9)
    print(f"{asked.cases:,} cases in {spent:,.0f} s of processor time ({rate:,.0f} per second)")
    for where, count in seen.items():
        print(f"{count:6} x {where}")
    return 1 if seen else 0


def _told(cases: int) -> Iterator[int]:
    """Count cases, and say now and then how far they are."""
    for case in range(cases):
        if case and case % _TELL == 0:
            print(f"{case:,} cases, {time.process_time():,.0f} s", file=sys.stderr, flush=True)
        yield case


def _again(asked: argparse.Namespace, readers: Sequence[Reader]) -> int:
    """Try one case again, and keep its files to look at."""
    place = Path(tempfile.mkdtemp(prefix="shiftplan-fuzz-"))
    fuzzer, (reader, *_) = Fuzzer(place, asked.seed), readers
    chance = random.Random(f"{asked.seed}/{reader.name}/{asked.case}")
    for name, data in fuzzer.damaged(reader, chance).items():
        kept = place / f"damaged-{Path(name).name}"
        kept.write_bytes(data)
        print(kept)
    finding = fuzzer.one(reader, asked.case)
    print("as it should be" if finding is None else f"{finding.what}\n{finding.trace}")
    return finding is not None


if __name__ == "__main__":
    raise SystemExit(main())
