"""Tables of the room of centers."""

from __future__ import annotations

from shiftplan.testing.pictures import shift
from tables.table import Row, Table

TABLES = [
    Table(
        "capacity",
        {},
        # Room for 2 at home, for 1 at far, no limit at hill.
        Row("clean", "ana  Mx\nbob  Mx\ncho  mx", 0),
        Row("just broken", "ana  M\nbob  M\ncho  M", 1),
        Row(
            "broken twice",
            "ana  Mm\nbob  Mm\ncho  M",
            2,
            says=(
                " | M0 | M0: 3 people, room for 2",
                " | m0 | m0: 2 people, room for 1",
            ),
        ),
        signs="Mmx",
    ),
    Table(
        "capacity",
        {},
        # M is 7-11, O 10-14, A 13-17, E 6-14: room for 2 at home at each moment.
        Row("clean: two after each other", "ana  M .\nbob  M .\ncho  A .\ndan  A .", 0),
        Row("clean: two and one beside them later", "ana  M .\nbob  O .\ncho  A .", 0),
        Row(
            "just broken: two stay until 11 and one comes at 10",
            "ana  M .\nbob  M .\ncho  O .",
            1,
            says=(" | O0 | O0: 3 people at the center when it starts, room for 2",),
        ),
        Row("broken by two at one moment", "ana  M .\nbob  M .\ncho  O .\ndan  O .", 2),
        # At 10: M, M, O; at 13: O, A, A.
        Row("broken at two moments", "ana  M .\nbob  M .\ncho  O .\ndan  A .\neve  A .", 2),
        # At 7: E, M, M; at 10: E, M, M, O.
        Row("broken by one, then by two", "ana  E .\nbob  M .\ncho  M .\ndan  O .", 3),
        Row("somebody in two shifts at once is one person", "ana  MO .\nbob  MO .", 0),
        # At 10 and, since all stay until 14, at 13 when another shift starts.
        Row("and still counts", "ana  MO .\nbob  MO .\ncho  O .", 2),
        Row("rooms of other days", "ana  M .\nbob  M .\ncho  . O", 0),
        signs="EMOA",
    ),
    Table(
        "capacity",
        {},
        # N is 22-6 at home, D 4-8: over midnight, and beyond the end of two days.
        Row("clean: after the night", "ana  N M\nbob  N M", 0),
        Row("just broken over midnight", "ana  N .\nbob  N .\ncho  . D", 1),
        Row("the last night", "ana  . N\nbob  . N\ncho  . N", 1),
        Row("another center's night", "ana  N .\nbob  N .\ncho  n .\ndan  . D", 1),
        signs="MNnD",
        days=2,
    ),
    Table(
        "capacity",
        {},
        # Two shifts of home start at 7: the room is asked once, by the first id.
        Row(
            "one start, two shifts",
            "ana  M\nbob  M\ncho  E",
            1,
            says=(" | E0 | E0: 3 people at the center when it starts, room for 2",),
        ),
        Row("broken by two", "ana  M\nbob  M\ncho  E\ndan  E", 2),
        shifts=(shift("M", 0), shift("M", 0, shift_id="E0")),
    ),
]
