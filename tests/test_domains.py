"""The example domains: their weeks, rosters, pages and pictures agree, and promises are kept."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

import pytest
from domain_promises import PROMISES, Worked
from pages import ROOT
from test_docs import load

import shiftplan as sp

MAKER = load(ROOT / "docs" / "make_domains.py")
DOMAINS = MAKER.domains()
UNBROKEN = {("call_center", "Requirements are those that the forecast asks for.")}
"""Promises of the week alone, which no roster breaks."""


@cache
def week(domain: str) -> sp.Problem:
    return sp.read_week(MAKER.WEEKS / domain)


@cache
def kept(domain: str) -> sp.Roster:
    return sp.read_roster(MAKER.WEEKS / domain / "roster.csv", of=week(domain))


def page(domain: str) -> str:
    return (MAKER.PICTURES / f"{domain}.md").read_text(encoding="utf-8")


def first_come(problem: sp.Problem, order: int = 1) -> sp.Roster:
    """Fill seats in order with the first who offer the time, or with `order` -1 the last."""
    heads = defaultdict[str, int](int)
    for need in problem.requirements:
        heads[need.shift_id] = max(heads[need.shift_id], need.target)
    team, busy = list[tuple[str, str]](), defaultdict[str, list[sp.Shift]](list)
    for shift in problem.shifts:
        can = [
            w.volunteer_id
            for w in problem.availability
            if w.start <= shift.start
            and shift.end <= w.end
            and not any(s.start < shift.end and shift.start < s.end for s in busy[w.volunteer_id])
        ]
        for who in list(dict.fromkeys(can[::order]))[: heads[shift.shift_id]]:
            team.append((shift.shift_id, who))
            busy[who].append(shift)
    return sp.Roster.of(team)


def test_each_domain_has_a_page():
    """Six weeks of eight to forty people, a picture of each, and a page that counts the people."""
    people = {domain: len(week(domain).volunteers) for domain in DOMAINS}
    told = {d: re.search(r"^(\d+) \w+ ", page(d), re.MULTILINE)[1] for d in DOMAINS}

    assert len(DOMAINS) == 6
    assert all(8 <= count <= 40 for count in people.values())
    assert told == {domain: str(count) for domain, count in people.items()}
    assert sorted(p.stem for p in MAKER.PICTURES.glob("*.md")) == DOMAINS
    assert sorted(p.stem for p in MAKER.PICTURES.glob("*.svg")) == DOMAINS


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_roster_of_the_domain_is_cheaper(domain):
    """The roster in its folder breaks no hard rule and costs what the page says: the least."""
    told = re.search(r"Total\s+cost\s+(\d[\d,]*\d)", page(domain))[1]

    score = sp.check(week(domain), kept(domain))
    best = sp.solve(week(domain), time_limit=None, workers=1)

    assert score.is_feasible
    assert f"{score.total:,}" == told
    assert (best.status, best.total.cost) == (sp.Status.OPTIMAL, score.total)


@pytest.mark.parametrize(("domain", "sentence"), PROMISES)
def test_the_roster_keeps_the_promise(domain, sentence):
    """Each sentence of a page is true of the roster that the page shows."""
    assert PROMISES[domain, sentence](Worked(week(domain), kept(domain)))


@pytest.mark.parametrize(("domain", "sentence"), [p for p in PROMISES if p not in UNBROKEN])
def test_first_come_breaks_the_promise(domain, sentence):
    """Lists on which the first, or the last, who can come are entered break each sentence."""
    problem = week(domain)
    lists = [Worked(problem, first_come(problem, order)) for order in (1, -1)]

    assert not all(PROMISES[domain, sentence](worked) for worked in lists)


@pytest.mark.parametrize("domain", DOMAINS)
def test_pages_list_promises(domain):
    """The list of a page holds the sentences that are tested, and no others."""
    listed = page(domain).partition("## What it promises\n\n")[2].replace("\n  ", " ")

    known = [sentence for of, sentence in PROMISES if of == domain]
    assert sorted(re.findall(r"^- (.+)$", listed, re.MULTILINE)) == sorted(known)


@pytest.mark.parametrize("domain", DOMAINS)
def test_pages_list_rules(domain):
    """The table of a page has a row for each rule of the week."""
    table = page(domain).partition("## The rules in its words")[2].partition("\n## ")[0]

    told = re.findall(r"^\| [^|]+ \| `(\w+)`", table, re.MULTILINE)
    assert Counter(told) == Counter(rule.rule for rule in week(domain).rules)


@pytest.mark.parametrize("domain", DOMAINS)
def test_pictures_are_made_from_rosters(domain):
    """Each picture is what docs/make_domains.py draws of the week and the roster."""
    there = (MAKER.PICTURES / f"{domain}.svg").read_text(encoding="utf-8")

    made = MAKER.picture(week(domain), kept(domain))
    assert there == made, f"{domain}.svg is out of date: run `python docs/make_domains.py`"
