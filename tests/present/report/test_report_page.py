"""The report as a file: what it holds, what it never holds."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from offices import come, office, shift
from reporting import HOSTILE, NAMES, hostile_week, written
from towns import town

from shiftplan import (
    InputError,
    MissingExtraError,
    Problem,
    Result,
    Roster,
    Status,
    check,
    write_report,
)
from shiftplan.citizens.scenarios import price_scenarios
from shiftplan.present.report import content_of, read_outcome
from shiftplan.present.report.facts import Facts, data_of
from shiftplan.present.words import Lang, Words
from shiftplan.solving.result import Cost
from shiftplan.testing.pictures import MONDAY, parse, plan
from shiftplan.week.fields import one_line
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment


def test_without_jinja2_the_extra_is_named(tmp_path, monkeypatch):
    """The error is that of every extra, its message has the command that helps, and no file is."""
    monkeypatch.setitem(sys.modules, "jinja2", None)

    with pytest.raises(MissingExtraError, match=r"jinja2.*\n.*PLACE\[report\]"):
        write_report(town(1, 2), Roster(), tmp_path / "report.html")

    assert list(tmp_path.iterdir()) == []


def content(problem: Problem, roster: Roster, *, lang: Lang = "en", **options: Any) -> Any:
    """What a report shows."""
    return SimpleNamespace(**content_of(Facts(problem, roster, lang, public=False), **options))


class Reader(HTMLParser):
    """Tags, attributes, text and the embedded data of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self._inside: list[str] = []
        self.data = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self._inside = [tag, *(f"#{v}" for n, v in attrs if n == "id")]

    def handle_endtag(self, tag):
        self._inside = []

    def handle_data(self, data):
        if "#data" in self._inside:
            self.data += data
        elif self._inside[:1] not in (["script"], ["style"]):
            self.text.append(data)


def test_scenarios_are_a_section(tmp_path):
    """Empty seats on average by day, and of the worst centers, in both languages."""
    problem = office(
        [come(7, 11, 48, center_id=c, arrivals_cv=0.5) for c in "AB"],
        centers=[{"center_id": "A", "name": "An <Phú>"}, {"center_id": "B"}],
        shifts=[shift(7, 11, c) for c in "AB"],
        volunteers=[{"volunteer_id": "ana"}],
    )
    roster = Roster(assignments=(Assignment("B7", "ana"),))
    found = price_scenarios(problem, roster, scenarios=20)

    for lang in ("en", "vi"):
        say, file = Words(lang), tmp_path / f"{lang}.html"
        write_report(problem, roster, file, lang=lang, public=True, scenarios=found)
        text = " ".join(Reader(file.read_text(encoding="utf-8")).text)
        figures = [
            f"{say.decimal(row.mean.value)}{say.number(round(row.p90))}{say.number(round(row.worst))}"
            for row in (found.days[0].empty_seats, *(c.empty_seats for c in found.centers))
        ]
        squeezed = re.sub(r"\s+", "", text)
        assert say("reports.scenarios") in text
        assert f"{say.day(found.days[0].date)}".replace(" ", "") + figures[0] in squeezed
        assert "An<Phú>" + figures[1] in squeezed
        assert squeezed.index("An<Phú>" + figures[1]) < squeezed.index("B" + figures[2])
        assert say("reports.scenario_centers") in text


def test_reports_without_scenarios_have_no_such_section(tmp_path):
    """Nothing leads to it either."""
    assert "scenarios" not in written(tmp_path, *hostile_week())


@pytest.mark.parametrize("public", [False, True])
def test_contents_name_every_section(tmp_path, public):
    """What the page offers to jump to is what is there, in the same order."""
    problem, roster = hostile_week()

    for asked in (problem, problem.model_copy(update={"requirements": ()})):
        page = written(tmp_path, asked, roster, public=public)

        contents = page[page.index("<nav") : page.index("</nav>")]
        assert re.findall(r'href="#(\w+)"', contents) == re.findall(r'<section id="(\w+)"', page)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_hostile_names_are_text(tmp_path, lang):
    """No name becomes a tag, an attribute or the end of the script; all names are in the data."""
    problem, roster = hostile_week()

    page = Reader(written(tmp_path, problem, roster, lang=lang))

    assert page.tags.count("script") == 2
    assert not {"b", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    data = json.loads(page.data)
    assert sorted(person["n"] for person in data["people"]) == sorted(map(one_line, NAMES))
    assert data["centers"][0] == "Xã <b>Đậm</b>"
    told = " ".join(page.text)
    assert any(name in told for name in HOSTILE)


def test_the_file_needs_no_network(tmp_path):
    """No address stands in it, nothing is loaded, and its policy forbids loading."""
    problem, roster = hostile_week()

    text = written(tmp_path, problem, roster)

    assert not re.search(r"https?:|//[a-z]", text)
    page = Reader(text)
    assert {value for name, value in page.attributes if name == "src"} == set()
    hrefs = {value for name, value in page.attributes if name == "href"}
    assert all(href.startswith("#") or href == "data:," for href in hrefs)
    assert any("default-src 'none'" in value for name, value in page.attributes)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_public_report_identifies_nobody(tmp_path, lang):
    """Neither a name nor an id of a person is anywhere in the file, also of broken rules."""
    problem, roster = hostile_week()
    first = problem.volunteers[0].volunteer_id
    roster = Roster.of([*roster.assignments, ("c0-0", first), ("c0-1", first), ("c1-0", first)])
    assert not check(problem, roster).is_feasible

    text = written(tmp_path, problem, roster, lang=lang, public=True)

    for person in problem.volunteers:
        assert person.volunteer_id not in text
        for form in (person.name, html.escape(person.name), json.dumps(person.name)[1:-1]):
            assert form not in text
    assert Words(lang)("reports.public") in text
    assert json.loads(Reader(text).data)["people"] == []


def test_the_named_report_has_everybody(tmp_path):
    """Without `public` the roster by person is there."""
    problem, roster = hostile_week()

    text = written(tmp_path, problem, roster)

    assert all(person.volunteer_id in text for person in problem.volunteers)


def test_data_tell_the_roster(tmp_path):
    """Each shift has its people, its seats and what it lacks, counted by hand."""
    problem, roster = hostile_week()

    data = json.loads(Reader(written(tmp_path, problem, roster)).data)

    shift = next(s for s in data["shifts"] if (s["c"], s["t"]) == (1, 0))  # c1-0
    worked = {data["people"][place]["i"] for place in shift["p"]}
    assert worked == set(roster.people_in["c1-0"])
    # Two people are wanted and there, and one of them speaks Khmer or not.
    khmer = sum(int(who[-2:]) % 2 for who in worked)
    assert (shift["f"], shift["w"], shift["e"]) == (2, 2, 1 - min(khmer, 1))
    far = next(s for s in data["shifts"] if (s["c"], s["t"]) == (4, 0))
    assert (far["p"], far["n"], far["f"], far["w"], far["e"]) == ([], 0, 0, 2, 2)
    assert far["m"] == "2 people"


def test_a_badge_of_a_shift_for_skills_counts_them(tmp_path):
    """Where a shift asks for no number of people, the seats for skills are counted."""
    problem, roster = hostile_week()
    needs = tuple(n for n in problem.requirements if n.skill_id is not None)
    problem = problem.model_copy(update={"requirements": needs})

    data = json.loads(Reader(written(tmp_path, problem, roster)).data)

    assert sorted({s["w"] for s in data["shifts"]}) == [0, 1]
    assert all(s["e"] == s["w"] - s["f"] for s in data["shifts"])


def test_a_badge_of_a_shift_counts_its_own_seats_and_not_those_of_its_hours():
    """Three are wanted in the shift, and one in each of three hours, which ana is there in."""
    hours = [dt.datetime.combine(MONDAY, dt.time(hour)) for hour in (7, 8, 9)]
    one = {"center_id": "home", "target": 1}
    timed = [Requirement(start=at, end=at + dt.timedelta(hours=1), **one) for at in hours]
    needs = (Requirement(shift_id="M0", target=3), *timed)
    problem = plan("M", "ana bob", 1, requirements=needs)

    (badge,) = data_of(Facts(problem, parse("ana  M"), "en", public=False))["shifts"]

    assert (badge["f"], badge["w"], badge["e"]) == (1, 3, 2)


def test_a_badge_counts_nobody_once_for_each_hour():
    """Two are wanted in each of two hours: ana is there in both, and each lacks one."""
    hours = [dt.datetime.combine(MONDAY, dt.time(hour)) for hour in (7, 8)]
    two = {"center_id": "home", "target": 2}
    needs = [Requirement(start=at, end=at + dt.timedelta(hours=1), **two) for at in hours]
    problem = plan("M", "ana bob", 1, requirements=needs)

    (badge,) = data_of(Facts(problem, parse("ana  M"), "en", public=False))["shifts"]

    assert (badge["n"], badge["f"], badge["w"], badge["e"]) == (1, 1, 2, 2)


def test_what_is_not_known_is_not_shown(tmp_path):
    """Without homes there is no column of them; without earlier weeks no word about any."""
    problem, roster = hostile_week()
    away = [v.model_copy(update={"home_center_id": None}) for v in problem.volunteers]
    changes = {"volunteers": tuple(away), "rules": (), "history": ()}

    known = written(tmp_path, problem, roster)
    bare = written(tmp_path, problem.model_copy(update=changes), roster)

    assert 'id="people-center"' in known
    assert 'id="people-center"' not in bare
    assert "earlier weeks" not in bare


def test_empty_seats_have_reasons_the_worst_first():
    """The far-off center has the emptiest seats; each says why, and the rest is counted."""
    problem, roster = hostile_week()

    found = content(problem, roster, shortages=1)

    lacking = sum(
        len(roster.people_in.get(n.shift_id, ())) < n.target
        for n in problem.requirements
        if n.skill_id is None
    )
    assert [center for center, *_ in found.shortages] == ["Đảo Xa"]
    assert found.shortages[0][2] == "0 of 2 people"
    assert found.shortages[0][-1]
    assert found.more >= lacking - 1


def test_without_time_one_gap_is_explained():
    """Time for reasons is limited; the emptiest has its reasons in any case."""
    problem, roster = hostile_week()

    assert len(content(problem, roster, time_limit=0).shortages) == 1


def test_areas_count_skills_and_languages():
    """The minority area has its seats of people and of Khmer; other areas ask for no Khmer."""
    problem, roster = hostile_week()

    areas = content(problem, roster).areas

    assert areas.skills == ["Tiếng Khmer"]
    rows = {name: [(s.filled, s.target) for s in row] for name, _, row in areas.rows}
    minority, other = (rows[Words("en")(f"plans.{area}")] for area in ("minority", "other"))
    assert minority[0] == (4, 4)
    assert minority[1] in ((0, 1), (1, 1))
    assert other[1] == (0, 0)


def test_areas_of_ones_own_keep_their_names():
    """A group of centers named `all` counts its own seats; groups are never translated."""
    problem, roster = hostile_week()
    first, *others = problem.centers
    centers = [first.model_copy(update={"groups": ("all", "of")}), *others]

    areas = content(problem.model_copy(update={"centers": centers}), roster, lang="vi").areas

    seats = {name: (row[0].filled, row[0].target) for name, _, row in areas.rows}
    # Five centers with two shifts of two seats each; those of the first center are all filled.
    assert (seats["all"], seats["of"], seats["tất cả"][1]) == ((4, 4), (4, 4), 20)


def test_the_bound_is_told(tmp_path):
    """A proven bound stands at the top; without a result the report says that it is missing."""
    problem, roster = hostile_week()
    score = check(problem, roster)
    cost = Cost(score.total, score.total - score.total // 80)
    result = Result(Status.FEASIBLE, None, roster, score, cost, {1: Cost(score.levels[1], None)})

    told = content(problem, roster, result=result)
    silent = content(problem, roster)

    assert told.figures[-1][0] == Words("en")("reports.better")
    assert told.figures[-1][1] == "1.3%"  # 1 in 80 is 1.25%, rounded up
    assert Words("en")("reports.no_result") in silent.sentences
    assert Words("en")("reports.better") not in [label for label, *_ in silent.figures]


def test_a_public_report_has_neither_costs_nor_bounds() -> None:
    """Points mean nothing to those who did not plan; that a roster is poor is said to all."""
    problem, roster = hostile_week()
    score = check(problem, roster)
    cost = Cost(score.total, score.total - score.total // 80)
    result = Result(Status.FEASIBLE, None, roster, score, cost, {1: cost})
    shown, summary = Facts(problem, roster, "en", public=True), Words("en")("plans.feasible")

    told = [content_of(shown, result=found) for found in (None, result)]

    assert told[0]["shortages"]
    for found in told:
        assert found["sentences"][0] == summary
        read = f"{found['sentences']} {found['shortages']}"
        assert not re.search(r"[Cc]ost|[Tt]otal|cheaper|proven|search", read)
        assert Words("en")("reports.better") not in [label for label, *_ in found["figures"]]


def test_a_result_about_another_week_is_refused(tmp_path):
    """Its roster may cost the same by chance; its bound says nothing of this week."""
    problem, roster = hostile_week()
    score = check(problem, roster)
    cost = Cost(score.total, score.total)
    other = Result(Status.OPTIMAL, None, roster, score, cost, {}, seconds=2, problem_digest="other")
    file = tmp_path / "result.json"
    file.write_text(other.to_json(), encoding="utf-8")

    with pytest.raises(InputError, match="another week"):
        read_outcome(file, problem, roster, score)
    with pytest.raises(InputError, match="another week"):
        content(problem, roster, result=other)


def test_a_result_about_another_roster_is_refused(tmp_path):
    """A bound is never shown beside a roster that it was not found with."""
    problem, roster = hostile_week()
    score = check(problem, roster)
    result = Result(Status.FEASIBLE, None, roster, score, Cost(score.total, 0), {})

    with pytest.raises(InputError, match="costs"):
        write_report(problem, Roster(), tmp_path / "report.html", result=result)
    assert not list(tmp_path.iterdir())


def test_fewer_shortages_than_none_are_refused(tmp_path):
    """A number below 0 would leave the last ones out."""
    problem, roster = hostile_week()

    with pytest.raises(InputError, match="shortages must be a whole number, 0 or more"):
        write_report(problem, roster, tmp_path / "report.html", shortages=-1)


def test_empty_problems_have_reports(tmp_path):
    """Without people, seats or coordinates the report is short, not an error."""
    problem, _ = hostile_week(
        volunteers=[],
        availability=[],
        requirements=[],
        centers=[{"center_id": f"c{i}"} for i in range(5)],
        rules=[],
    )

    text = written(tmp_path, problem, Roster(), lang="vi")

    assert '<svg class="map"' not in text
    assert content(problem, Roster()).map is None


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_weeks_that_ask_for_nobody_show_no_coverage(tmp_path, lang):
    """A map and a heat map would say that all is filled; a sentence says that it is not known."""
    problem, roster = hostile_week(requirements=[])

    found = content(problem, roster, lang=lang)
    text = written(tmp_path, problem, roster, lang=lang)

    assert (found.map, found.grid, found.areas.is_telling) == (None, None, False)
    assert Words(lang)("reports.not_asking") in found.sentences
    for part in ("map", "coverage", "areas"):
        assert f'id="{part}"' not in text
        assert f'href="#{part}"' not in text


def test_unknown_ids_are_no_error(tmp_path):
    """What no problem knows is left out, as checks say it."""
    problem, roster = hostile_week()

    text = written(tmp_path, problem, Roster.of([*roster.assignments, ("nowhere", "nobody")]))

    assert Words("en")("reports.broken") in text


def test_large_weeks_stay_small(tmp_path):
    """A report grows by well under 1 kB with each person and each shift."""
    problem = town(20, 200)
    roster = Roster.of(
        [
            (s.shift_id, problem.volunteers[i % 200].volunteer_id)
            for i, s in enumerate(problem.shifts)
        ]
    )

    size = len(written(tmp_path, problem, roster).encode())

    empty, _ = hostile_week(volunteers=[], availability=[])
    fixed = len(written(tmp_path, empty, Roster()).encode())
    assert size - fixed < 1000 * (len(problem.volunteers) + len(problem.shifts))


def test_package_data_are_beside_the_modules():
    """Template, style and script are files of the package."""
    import shiftplan.present.report

    kinds = {file.suffix for file in Path(shiftplan.present.report.__file__).parent.iterdir()}
    assert {".j2", ".css", ".js"} <= kinds
