"""Write docs/week.md from the tables of the format and the input models.

    python docs/make_week.py

A test compares the file with what this makes of them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from shiftplan.errors.described import field_docs
from shiftplan.files.layout import REQUIRED, TABLES, TableLayout
from shiftplan.week.demand import DesignPolicy

HEAD = """<!-- Made by `python docs/make_week.py` from the input models; edit those. -->

# The tables of a planning week

A week is a folder with a CSV file for each table, or a workbook (.xlsx) with a sheet for each:
`shiftplan template --out week.xlsx` makes one to fill in.

- **Headings.** Columns and values may have the names of the template, in English or Vietnamese, and
  some [others](arriving.md#headings-and-words).
- **Workbooks.** Sheets too may have the names of the template. The sheet `Availability grid` has a
  row for each person, a column for each session (date, start and end in the first rows) and marks:
  x for available, + preferred, - undesired, SB or DB for [standing by](#stand_by). Rows whose id or
  first cell starts with (example) or (ví dụ) are ignored, and so are such cells elsewhere.
- **Columns** that are not marked `needed` may be left out. A blank cell takes the default.
- **Columns of your own.** In `volunteers`, `centers` and `shifts` each row keeps the text of
  unknown columns, such as a remark or birthday, under their titles (`extra` in JSON); a note lists
  them. No plan depends on them. A title that is nearly that of a column which the table lacks, or
  that of a skill, is a fault, and so is one that occurs twice. There may be 200.
- **Phones** keep zeros and plus signs as written. `phone` may also be called `SĐT`, `Số điện
  thoại`, `Điện thoại`, `Di động`, `Tel` or `Mobile phone` (`mobile` alone says who may be sent
  anywhere); `contact` also `Liên hệ`, `Người liên hệ`, `Contact person` or `Email`. Beside another
  of these, `Email` is a column of your own.
- **Ids** are text: `00430` is not 430. Accents may be stored in any way; an invisible character in
  an id is a fault. A row whose id is `Total`, `Sum`, `Tổng` or similar is refused as a row of
  totals. A [name that only one row has](arriving.md#names-instead-of-ids) may stand for its id, and
  people and centers may do [without ids](arriving.md#people-without-ids).
- **Values.** Dates are `2026-12-07`, times `07:30` in the time zone of the horizon, flags 0 or 1;
  `7/12`, `T2`, `7h-11h` and `Sáng` are read too ([how](arriving.md#dates-and-hours)). A bar
  separates several names in a cell: `border|island`. An interval includes its start but not its
  end. Line breaks in text become blanks. Text that begins with `=`, `+`, `-` or `@` is written with
  a leading apostrophe, which reading removes ([why](security.md)).
- **Files.** Other files in the folder are ignored; the [workbench](workbench.md#see) draws
  `map.geojson`. A file named nearly like a table, such as `pins (2).csv` or `pins.csv.txt`, is a
  fault if that table is missing, and a note otherwise. A table must not be a link to a file outside
  the folder. Weeks may [share tables](arriving.md#tables-shared-by-many-weeks) that lie above their
  folders.
- **Made tables.** A blank table `shifts` is made from `opening`, and a blank table `requirements`
  from `needs` ([how](arriving.md#opening-hours-and-standard-needs)). `days` is read with them.

The table `rules` has a [page of its own](rules.md).
"""
GROUPS = {
    "Places and people": "centers skills volunteers grants",
    "Times": "availability stand_by occupied shifts horizon travel",
    "How many people": "requirements services demand journeys citizen_kinds officials languages "
    "policy",
    "Which shifts may be designed": "shift_types breaks",
    "What is decided or wished": "pins preferences",
    "What was before": "history published",
    "From which shifts and needs are made": "opening needs days",
}
"""Tables by what they say."""
_INTERVAL = {
    "date": "Date on which it starts.",
    "start": "Time at which it starts.",
    "end": "Time at which it ends; a time not after the start is on the next date.",
    "end_date": "Date on which it ends, unless the times imply it.",
}
MORE = {
    "availability": """\
Windows of one person that touch or overlap count as one: 07:00-09:00 and 09:00-11:00 cover a shift
07:00-11:00, and so do 07:00-10:00 and 08:00-11:00. A shift is as welcome as the least welcome of
all windows that share time with it: beside an `available` window up to 12:00 and an `undesired` one
from 12:00 on, a shift 10:00-14:00 is undesired. Where windows of different states overlap, the less
welcome state counts for the time in both; to keep both, let the windows touch instead. A note lists
each kind of joined windows. A window over midnight of more than 12 hours that overlaps another one
is a fault: its start and end may be swapped.
""",
    "breaks": """\
People take each break that their shift has once, and are not there meanwhile: a design then needs
others. Breaks whose times may overlap are taken one after another; one that finds no room beside
the others is left out, and more than 1,000 combinations of their
times are a fault for a design; a roster then uses every second time, or fewer. How many
people of a center are on a break together is limited by the [setting](#policy) `most_on_break`.
Once there is a roster, each person has [breaks of their own](handouts.md#breaks). Rules and
requirements, also those about a time, count everybody in a shift, on a break or not.

Half an hour in shifts of six hours or more, from three hours after their start to two hours before
their end, and a quarter of an hour exactly two hours after the start of night shifts:

| `type` | `minutes` | `earliest` | `latest` | `after` | `min_shift` |
|---|---|---|---|---|---|
| | 30 | 180 | | 120 | 360 |
| `night` | 15 | 120 | 120 | | |
""",
    "demand": """\
A row with a service counts requests for it. A row without one counts visits: citizens who take the
[journeys](#journeys) of the center ([more](staffing.md#input)).
""",
    "occupied": """\
A row names a person, or people as [rules](rules.md#whom-which-shifts-and-when) do; without both it
concerns everybody. With a date alone it lasts the whole day, with `end_date` until the end of that
date. Rows outside the horizon are kept: they count for the rest before the first shift, and for
the week that they reach into.

Nobody works a shift at such a time ([`occupied`](rules.md#occupied)), and it is not offered, so
that [fair shares](fairness.md) ask for less. What else it counts as is said by its columns:

| | `counted_minutes` | `counted_shifts` | `is_work` |
|---|---|---|---|
| leave without pay | | | 0 |
| a day of leave that counts as 8 hours | 480 | | 0 |
| a meeting of two hours | 120 | | 1 |
| a day's course instead of a shift | 480 | 1 | 1 |

- `counted_minutes`: [`max_minutes`](rules.md#max_minutes), [`min_minutes`](rules.md#min_minutes)
  and [`balance_hours`](rules.md#balance_hours) add them.
- `counted_shifts`: limits on the number of shifts, such as
  [`max_shift_count`](rules.md#max_shift_count) and the person's own `max_shifts`, add them; in fair
  shares such as [`fairness`](rules.md#fairness) they are both worked and offered.
- `is_work`: [`min_rest`](rules.md#min_rest) holds before and after it, limits on hours at a stretch
  contain it, and its dates are worked for rules on days, weekends and patterns. The person's
  message, calendar and sheets name it; leave and the like only the workbench shows.

[All rules that count it](rules.md#what-counts-besides-shifts). They count only for rules that are
not limited to some types, hours or places of shifts, and always for `min_rest`. The ledger and the
history of the next week contain them too. What occupies people never breaks a maximum by itself:
somebody with 50 hours of courses and at most 40 hours works no shift.

Which table is for what: `availability` has what people offer, and somebody who offers nothing for
a week needs no row here. `occupied` has what keeps them from an offer, such as a list of leave or
of meetings that another office keeps. Whoever falls ill after the roster is published is
[recorded as absent](record.md), and the roster is repaired. Days on which whole centers or groups
are off belong in [`days`](#days).
""",
    "shift_types": """\
[Designs of shifts](design.md) choose from these. Without rows, designed shifts last two to eight
hours, in steps of half an hour from the opening time on. Centers are open while the shifts of the
week last, and where `requirements` about times say what is needed; no shift is designed outside
these hours. Shifts of four to eight hours that start from 7:00 to 13:00, on Saturdays only from
7:00 to 11:00, and nights in the area `border`:

| `type` | `where` | `days` | `earliest` | `latest` | `min_minutes` | `max_minutes` | `step` |
|---|---|---|---|---|---|---|---|
| `day` | | `Mon-Fri` | 07:00 | 13:00 | 240 | 480 | 30 |
| `day` | | `Sat` | 07:00 | 07:00 | 240 | 240 | |
| `day` | `border` | | 07:00 | 13:00 | 240 | 480 | 30 |
| `night` | `border` | | 21:00 | 00:00 | 480 | 600 | 60 |

The third row is needed because centers in `border` use only the rows for `border`.
""",
    "shifts": """\
**Courses** are shifts too: who attends is decided with the roster, and all rules on rest, hours and
fair shares hold. Each session is a row, of a type such as `course`, and the last one names in
`teaches` what people learn. For a course in portal, level 2:

- `shifts`: each session has `skill_id` portal and `min_level` 1, and the last one `teaches`
  portal:2.
- `requirements` of each session: up to ten learners, `with_skills` !portal:2 and `target` 10; a
  trainer, `skill_id` portal, `min_level` 3, `minimum` and `target` 1; and nobody else who holds
  level 2, `skill_id` portal, `min_level` 2, `with_skills` !portal:3 and `target` 0.
- `rules`: [`qualified`](rules.md#qualified), so that learners hold level 1;
  [`needs_too`](rules.md#needs_too) with `first` and `then` course, `per` horizon and `how` all, so
  that whoever attends one session attends all; [`surplus`](rules.md#surplus) with `shifts` course
  and `seats` all, so that the targets are limits; `coverage` with `shifts` course as the price of
  each place left empty.

The new levels count from the next week: `new-week --roster` grants them from the date after the
session to all who were in it by the roster, whether or not they came, unless they hold them
anyway. Within the week itself they do not count yet. `explain --advise`
[proposes courses](explain.md#courses),
with rows to copy.
""",
    "requirements": """\
A row counts one of three things:

| a row with | counts | such as |
|---|---|---|
| `shift_id` | the people of one shift | two people in S12 |
| `center_id`, `date`, `start`, `end` | people who are at the center for all of that time, \
whatever their shift, each once | from 10:00 to 12:00 in steps of 30 |
| `center_id`, `first_day`, `last_day`, or one `date` | assignments to all shifts of these dates, \
so that a person may count for several | three nights this week |

`shifts` limits the last two to types or tags, and blank dates mean all of the horizon. A `step`,
such as `15`, divides a time: an hour is then four requirements, each with the row's minimum, target
and price, and sums of seats count four. A shift must cover a step wholly or not at all; where one
begins or ends within a step, a [fault](faults.md) names the step to write.

All rules about seats read all three. A rule that is limited to some shifts, dates or places reads a
row of several shifts if it covers all those that the row counts. Sums by shift, such as pages of
coverage, show such a row at its first shift that is held. Recorded changes, standard needs
(`needs`), the forecast (`staff`) and the numbers of people in messages to centers are about single
shifts only. A row of several shifts goes when none of them takes place any more.
""",
    "stand_by": """\
Nobody is planned at such a time without a window in `availability` too. On
[stand-by lists](handouts.md#stand-by-lists) these people come first among those who cover as much,
for every shift that their windows and these times contain together. A row with a person alone means
the whole week. With a date, a blank `start` is the midnight at which it begins, and a blank `end`
the one at which it ends. No plan depends on this table.
""",
    "travel": """\
[`travel_time`](rules.md#travel_time) and [`max_travel`](rules.md#max_travel) read this table; with
a `speed_kmh`, [`travel`](rules.md#travel) and [`max_distance`](rules.md#max_distance) read it for
ways from home. `shiftplan ways` makes it [from a matrix](commands.md#ways) of a routing service. A
boat that leaves once a day, and a road:

| `origin` | `destination` | `minutes` | `mode` | `days` | `first_departure` | `last_departure` |
|---|---|---|---|---|---|---|
| `C01` | `C07` | 50 | boat | `Mon-Fri` | 11:30 | 11:30 |
| `C01` | `C02` | 25 | | | | |
""",
}
"""Table -> what is to be said of its rows beside the columns."""
_EMPTY = re.compile(r"(\. )?\b(?:None|[Ee]mpty)\b(?! seat)")
"""Words for a blank cell in descriptions of fields."""
_TYPES = {"whole": "whole number", "decimal": "number", "flag": "0 or 1", "moment": "date and time"}


def _default(info: FieldInfo | None, *, needed: bool) -> str:
    """What stands for a blank cell."""
    if needed:
        return "needed"
    default = None if info is None or info.is_required() else info.default
    if default in (None, ()) or str(default) == "":
        return "blank"
    return f"`{int(default) if isinstance(default, bool) else default}`"


def _blank(found: re.Match[str]) -> str:
    return ". Blank" if found[1] else "blank"


def section(name: str, table: TableLayout) -> str:
    """The section of one table."""
    sentence = (table.model.__doc__ or "").split("\n\n")[0]
    needed = "Needed. " if name in REQUIRED else ""
    text = [f"## `{name}`", "", needed + " ".join(sentence.split()), ""]
    text += [MORE[name]] if name in MORE else []
    text += ["| column | type | default | meaning |", "|---|---|---|---|"]
    for column, kind in table.columns.items():
        info = table.model.model_fields.get(column)
        within = table.interval and column in _INTERVAL
        meaning = _INTERVAL[column] if within else field_docs(table.model).get(column, "")
        if (name, column) == ("stand_by", "date"):
            meaning = "Date on which it starts; blank for the whole week."
        default = _default(None if within else info, needed=column in table.needed)
        holds = _TYPES.get(kind, kind)
        if info is not None and get_origin(info.annotation) is Literal:
            holds = ", ".join(f"`{choice}`" for choice in get_args(info.annotation))
        words = _EMPTY.sub(_blank, " ".join(meaning.split())).replace("|", "\\|")
        text.append(f"| `{column}` | {holds} | {default} | {words} |")
    if name == "policy":
        text += _settings()
    if name == "volunteers":
        text.append("| `skill.<skill_id>` | whole number | `0` | Level held, a column a skill. |")
    if table.keeps_others:
        text.append("| any other | text | blank | A column of your own, kept as it is written. |")
    return "\n".join([*text, ""])


def _settings() -> list[str]:
    """What can be set for designs of shifts, by name."""
    text = [
        "",
        "Settings of staffing are [explained there](staffing.md#input); those of the design of "
        "shifts are below. Of prices only the proportions matter.",
        "",
        "| setting | default | meaning |",
        "|---|---|---|",
    ]
    meanings = field_docs(DesignPolicy)
    for name, field in DesignPolicy.model_fields.items():
        words = " ".join(meanings[name].split()).replace("; None", "; none")
        default = _default(field, needed=False).replace("blank", "none")
        text.append(f"| `{name}` | {default} | {words} |")
    return text


def contents() -> str:
    """The list of all tables, by what they say."""
    grouped = " ".join(GROUPS.values()).split()
    if sorted(grouped) != sorted(TABLES):
        raise ValueError(f"in no group, or gone: {set(grouped) ^ set(TABLES)}")
    rows = []
    for title, names in GROUPS.items():
        rows.append(f"| **{title}** | | |")
        for name in names.split():
            sentence = " ".join((TABLES[name].model.__doc__ or "").split("\n\n")[0].split())
            needed = "yes" if name in REQUIRED else "no"
            rows.append(f"| [`{name}`](#{name}) | {sentence} | {needed} |")
    rows.append("| [`rules`](rules.md) | A rule: what must hold, or counts and how much. | yes |")
    return "\n".join(["| table | a row is | needed |", "|---|---|---|", *rows, ""])


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, contents(), *(section(name, table) for name, table in TABLES.items())])


if __name__ == "__main__":
    Path(__file__).with_name("week.md").write_text(page(), encoding="utf-8")
