"""Opening hours and standard needs in any accepted spelling make one week, which is read back."""

from __future__ import annotations

import datetime as dt

import pytest
from files.opened_weeks import week as opened_week
from files.weeks import TINY, write_texts
from hypothesis import given
from hypothesis import strategies as st
from pace import costly

from shiftplan.files import read_problem, read_week, write_week
from shiftplan.files.csv_text import to_csv
from shiftplan.files.opening_csv import own_hours, write_with_hours
from shiftplan.present.words import Words
from shiftplan.seasons import Days, Hours, StandardNeed, make_requirements, make_shifts
from shiftplan.week.fields import WEEKDAYS

MONDAY = dt.date(2026, 12, 7)
PLAIN = {name: TINY[name] for name in ("centers", "skills", "volunteers", "availability", "rules")}
PLAIN |= {"horizon": "start,days,country\n2026-12-07,7,none\n"}
DAYS = ("Thứ hai", "Thứ 3", "T4", "Thursday", "fri", "thứ bảy", "Chủ nhật")
"""A name of each weekday in one of its spellings."""

weekdays = st.sets(st.sampled_from(WEEKDAYS), min_size=1)
dates = st.sets(st.integers(0, 6), min_size=1).map(lambda n: {MONDAY + dt.timedelta(i) for i in n})
days = st.one_of(
    st.just(Days()),
    weekdays.map(lambda found: Days(weekdays=tuple(found))),
    dates.map(lambda found: Days(dates=tuple(found))),
)
places = st.sampled_from(["", "00430", "00431"])
clock = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 30]))
hours = st.builds(Hours, where=places, days=days, start=clock, end=clock, type=st.just(""))
needs = st.builds(
    StandardNeed, where=places, days=days, minimum=st.integers(0, 1), target=st.integers(1, 3),
    skill_id=st.sampled_from([None, "portal"]),
)  # fmt: skip


def spelt(days: Days, draw: st.DataObject) -> str:
    """Days in one of the spellings that people use."""
    if days.dates:
        form = draw.draw(st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d/%m"]))
        return draw.draw(st.sampled_from(["|", "; "])).join(f"{d:{form}}" for d in days.dates)
    places = [WEEKDAYS.index(name) for name in days.weekdays]
    if len(places) > 1 and places == list(range(places[0], places[-1] + 1)):
        sign = draw.draw(st.sampled_from(["-", "–", " - ", " đến "]))
        return f"{DAYS[places[0]]}{sign}{DAYS[places[-1]]}"
    return draw.draw(st.sampled_from(["|", " và ", "; "])).join(DAYS[i] for i in places)


def clocks(row: Hours, draw: st.DataObject) -> tuple[str, str]:
    """Start and end in one of the spellings of times."""
    ends = (row.start, row.end)
    form = draw.draw(st.sampled_from(["{0.hour:02}:{0.minute:02}", "{0.hour}h{0.minute:02}"]))
    start, end = (form.format(time) for time in ends)
    return start, "24:00" if row.end == dt.time() and form[0:2] == "{0" and ":" in start else end


@costly(0.25)
@given(st.lists(hours, max_size=4), st.lists(needs, max_size=3), st.data())
def test_any_spelling_makes_the_same_week(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[Hours],
    wanted: list[StandardNeed],
    data: st.DataObject,
) -> None:
    """As the functions make it of the rows; what is written of it is read back equal."""
    rows = [row.model_copy(update={"session": f"s{i}"}) for i, row in enumerate(rows)]
    wanted = [*{(n.where, n.skill_id): n for n in wanted}.values()]
    folder = tmp_path_factory.mktemp("week")
    write_texts(folder, PLAIN)
    blank = read_week(write_texts(folder, {"shifts": "shift_id,center_id,date,start,end\n"}))
    (folder / "shifts.csv").unlink()
    table = [
        [row.where, spelt(row.days, data), *clocks(row, data), row.session or ""] for row in rows
    ]
    texts = {"opening": to_csv(["where", "days", "start", "end", "session"], table)}
    header = ["where", "days", "skill_id", "minimum", "target"]
    cells = [
        [n.where, spelt(n.days, data), n.skill_id or "", str(n.minimum), str(n.target)]
        for n in wanted
    ]
    texts["needs"] = to_csv(header, cells)
    write_texts(folder, texts)
    made = make_shifts(rows, blank.centers, blank.horizon).shifts
    if not rows:
        write_texts(folder, {"shifts": "shift_id,center_id,date,start,end\n"})
    found = read_week(folder)

    assert found.shifts == made
    assert found.requirements == make_requirements(wanted, blank.centers, made).requirements
    again = tmp_path_factory.mktemp("again")
    write_week(found, again)
    assert read_week(again) == found


@pytest.mark.parametrize("name", ["week", "week.xlsx"])
def test_names_beside_ids_are_ids_afterwards(tmp_path, name):
    """A column of names of skills is none of the format."""
    needs = "where,skill_id,Kỹ năng,min_level,minimum,target\n,,Dịch vụ công,1,1,1\n"
    (tmp_path / "old").mkdir()
    path = opened_week(tmp_path / "old", needs=needs)
    problem = read_week(path)

    write_with_hours(problem, tmp_path / name, Words("en"), own_hours(path))

    assert read_problem(tmp_path / name) == problem
