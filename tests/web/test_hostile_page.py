"""Names and texts that are scripts, in a real browser: they are shown, and none of them runs."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import needs_browser
from commands import make_problem
from looking import find, until
from served import served

from shiftplan import Center, Problem, Roster, Skill, Volunteer, web
from shiftplan.problem import Absence
from shiftplan.record import LiveWeek, ShiftAnswer
from shiftplan.week.records import Shift

pytestmark = [needs_browser, pytest.mark.slow]

SCRIPTS = (
    "<img src=x onerror=alert(1)>",
    "<script data-evil>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "javascript:alert(1)",
    "</title></script><iframe srcdoc='<script>alert(1)</script>'>",
)
WATCH = """
  window.wrong = [];
  const noted = (e) => wrong.push(`${e.violatedDirective}: ${e.blockedURI}`);
  addEventListener("securitypolicyviolation", noted, true);
  addEventListener("error", (e) => wrong.push(`error: ${e.message}`), true);
  addEventListener("unhandledrejection", (e) => wrong.push(`rejected: ${e.reason}`), true);
  for (const name of ["alert", "confirm", "prompt", "eval"]) window[name] = () => wrong.push(name);
"""
"""Notes what must not happen, before anything else of the page runs."""


def script(n: int, what: str) -> str:
    return f"{what} {SCRIPTS[n % len(SCRIPTS)]}"


def hostile_week() -> LiveWeek:
    """A week in which every text of a user is a script, with something in every view."""
    plain = make_problem(8, 8, 1)
    people = [
        Volunteer(volunteer_id=f"v{n}", name=script(n, f"P{n}"), home_center_id=f"c{n}",
                  phone=script(n, "+84"), contact=script(n, "mail"), group=(script(n, "G"),),
                  skills={"s<b data-evil>": 2}, extra={script(n, "T"): script(n, "E")})
        for n in range(8)
    ]  # fmt: skip
    centers = [
        Center(center_id=f"c{n}", name=script(n, f"C{n}"), lat=10 + n / 10, lon=105,
               type=script(n, "K"))
        for n in range(8)
    ]  # fmt: skip
    skills = [Skill(skill_id="s<b data-evil>", name=script(0, "S"), max_level=3)]
    odd = "x<i data-evil>'\"&amp;"
    shifts = [
        Shift.model_validate({**dict(s), "shift_id": f"{s.shift_id}{odd}"}) for s in plain.shifts
    ]
    needs = [n.model_copy(update={"shift_id": f"{n.shift_id}{odd}"}) for n in plain.requirements]
    changes = {"volunteers": people, "centers": centers, "skills": skills, "shifts": shifts}
    problem = Problem.model_validate({**dict(plain), **changes, "requirements": needs})
    live = LiveWeek(problem, who=SCRIPTS[0])
    pairs = [(s.shift_id, f"v{n % 8}") for n, s in enumerate(problem.shifts)]
    live.draft(Roster.of(pairs))
    live.publish(even_if_poor=True, why=SCRIPTS[1])
    no = [ShiftAnswer(volunteer_id=v, shift_id=s, answer="declined") for s, v in pairs[:3]]
    live.record(Absence(volunteer_id="v5"), answers=no, why=SCRIPTS[2])
    live.draft(Roster.of(pairs[3:]))
    return live


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_no_script_in_a_name_runs(browser: Any, lang: str) -> None:
    """In every view and panel; the policy of the page has nothing to report either."""
    with served(web.app(hostile_week())) as url:
        added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        try:
            browser.get(url)
            find(browser, "nav.views")
            browser.execute_script(
                "document.querySelector(`button[lang=${arguments[0]}]`).click()", lang
            )
            for view in browser.execute_script(
                "return [...document.querySelectorAll('nav.views a')].map((a) => a.hash)"
            ):
                browser.execute_script("location.hash = arguments[0]", view)
                until(browser, lambda: len(find(browser, "main").text) > 20)
                for place in range(12):
                    browser.execute_script(PRESS, place)
                    assert settled(browser) == [], (view, place)
            text = browser.execute_script("return document.body.textContent")
            assert "onerror=alert(1)" in text  # it is shown as it is
            made = "img[src=x], svg[onload], iframe, [data-evil]"
            counted = "return document.querySelectorAll(arguments[0]).length"
            assert browser.execute_script(counted, made) == 0
            assert not [
                line for line in browser.get_log("browser") if "Security Policy" in line["message"]
            ]
        finally:
            browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


PRESS = """
  const places = "main button, main [tabindex='0'], main summary, .head summary";
  const press = new MouseEvent("click", { bubbles: true, cancelable: true });
  document.querySelectorAll(places)[arguments[0]]?.dispatchEvent(press);
"""
"""Presses the first things of a view, one after the other: they choose and open."""


def settled(browser: Any) -> list[str]:
    """What went wrong, once two frames are drawn."""
    found: list[str] = browser.execute_async_script(
        "const done = arguments[0];requestAnimationFrame(() => setTimeout(() => done(wrong), 80));"
    )
    return found
