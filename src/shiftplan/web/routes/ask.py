"""Questions about a roster: why a seat is empty, why somebody here or not, what if.

A question -> an `Errand` in the background -> `AnswerShown`, in the language asked for.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from shiftplan.problem.changes import possible
from shiftplan.record.who_comes import as_recorded, barred_by_record
from shiftplan.web.answers import AnswerShown, answer_shown
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk, DraftAsked
from shiftplan.web.errands import Errand, ErrandId, Errands, refusal
from shiftplan.web.questions import Afterwards, OfHelp, Posed, Question, Supposed
from shiftplan.web.refusals import refused
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.steps import need_theirs
from shiftplan.web.visitor import Planner, Province, Visitor
from shiftplan.week.fields import Text

_AT_ONCE = 0.25
"""Seconds in which an answer comes with the question, if it is found by then."""
router = APIRouter(prefix="/questions", tags=["questions"])


def _questions(request: Request) -> Errands:
    found: Errands = request.app.state.questions
    return found


Questions = Annotated[Errands, Depends(_questions)]


@router.post("")
def ask(
    desk: AtDesk,
    questions: Questions,
    visitor: Planner,
    question: Question,
    name: DraftAsked = "",
    lang: AskedLang = "en",
) -> AnswerShown:
    """Ask a question about the roster that is worked on; nothing is recorded.

    Leads of centers ask about shifts of theirs and people whom they see; what would help, and what
    changes would mean, only the province asks. The answer comes at once if it is found soon, else
    `GET` has it later.
    """
    with desk.lock:
        hand, now = desk.in_hand(name), desk.week.now
    problem, roster = hand.problem, hand.roster
    people = visitor.people(problem, roster)
    if visitor.role != "province" and isinstance(question, OfHelp | Supposed):
        raise refused(403, "web.refused_province")
    shifts, whom = zip(*question.pairs, strict=True) if question.pairs else ((), ())
    need_theirs(visitor, problem, roster, shifts, whom)

    def run(errand: Errand) -> object:
        return as_recorded(question.answered(problem, roster, errand), barred_by_record(now))

    posed = Posed(question, hand.version, people)
    errand = questions.start(Errand(visitor, posed, run))
    errand.ended.wait(_AT_ONCE)
    return answer_shown(errand, visitor, lang)


def _own(questions: Errands, question_id: str, visitor: Visitor) -> Errand:
    """A question of the visitor; 404 for any other."""
    found = questions.of(question_id, visitor)
    if found is None:
        raise refused(404, "web.no_question")
    return found


@router.get("/{question_id}")
def answer(
    questions: Questions, visitor: Planner, question_id: ErrandId, lang: AskedLang = "en"
) -> AnswerShown:
    """A question of the visitor and its answer, as far as it is found."""
    return answer_shown(_own(questions, question_id, visitor), visitor, lang)


@router.delete("/{question_id}", status_code=204)
def stop(questions: Questions, visitor: Planner, question_id: ErrandId) -> None:
    """Stop looking for an answer."""
    _own(questions, question_id, visitor).cancel.set()


class RecordAsked(RequestBody):
    """What is recorded besides the changes."""

    why: Text = ""
    """The reason, for the record."""


@router.post("/{question_id}/record")
def record(
    desk: AtDesk,
    questions: Questions,
    visitor: Province,
    question_id: ErrandId,
    asked: RecordAsked,
    lang: AskedLang = "en",
) -> AnswerShown:
    """Record the changes of a what-if: they are then part of the week."""
    errand = _own(questions, question_id, visitor)
    posed: Posed = errand.asked
    after = errand.found
    if not isinstance(after, Afterwards):
        raise refusal("web.nothing_to_record")
    with desk.recording(visitor) as week:
        if posed.is_recorded:
            raise refusal("web.recorded_already")
        week.record(*after.changes, why=asked.why)
        posed.is_recorded = True
    return answer_shown(errand, visitor, lang)


@router.post("/{question_id}/proposal")
def propose(
    desk: AtDesk,
    questions: Questions,
    visitor: Province,
    question_id: ErrandId,
    lang: AskedLang = "en",
) -> AnswerShown:
    """Make the roster found in a what-if a proposal, once its changes are part of the week.

    It is without what has become impossible since, and priced in the week as it is now.
    """
    errand = _own(questions, question_id, visitor)
    posed: Posed = errand.asked
    after = errand.found
    if not isinstance(after, Afterwards) or after.found.roster is None:
        raise refusal("web.nothing_to_propose")
    with desk.recording(visitor) as live:
        if not posed.is_recorded:
            raise refusal("web.record_first")
        if posed.proposal is None:
            week = live.refresh()
            roster = possible(week.problem, after.found.roster)
            version, _ = live.record_draft(week, roster, "repair", None, as_proposal=True)
            posed.proposal = version.number
    return answer_shown(errand, visitor, lang)
