"""Fields that are wrong, said in the language of whoever sent them."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from forms import Week
from pydantic import BaseModel, ValidationError
from served import client

from shiftplan.present.words import Words
from shiftplan.web import app
from shiftplan.web.field_faults import field_said
from shiftplan.web.sign_in import Doors


def told(path: str, body: Any, lang: str = "en") -> list[str]:
    """What is said about the body of a request."""
    answer = Week().planner.post(f"/api/{path}", json=body, params={"lang": lang})
    assert answer.status_code == 422
    return [fault["text"] for fault in answer.json()["faults"]]


def citizens(**said: Any) -> dict[str, Any]:
    row = {"center_id": "home", "day": "2026-12-07", "more": 1, **said}
    return {"about": "what_if", "citizens": [row]}


DECISION = {"entries": [1], "accepted": True}


@pytest.mark.parametrize(
    ("path", "body", "english", "vietnamese"),
    [
        (
            "questions",
            citizens(day="2026-13-01"),
            "“Day”: '2026-13-01': dates are written 2026-12-07",
            "“Ngày”: '2026-13-01': ngày phải ghi như 2026-12-07",
        ),
        (
            "questions",
            citizens(more=2_000_000),
            "“How many more that day (below 0 for fewer)”: '2000000': must be at most 1,000,000",
            "“Thêm bao nhiêu trong ngày (dưới 0 là bớt)”: '2000000': phải từ 1.000.000 trở xuống",
        ),
        (
            "drafts",
            {"name": "x" * 10_001},
            "“Name”: must have at most 10,000 characters",
            "“Tên”: không được dài quá 10.000 ký tự",
        ),
        (
            "collected/decisions",
            DECISION | {"word": "x" * 501},
            "“Message to the people concerned (optional)”: must have at most 500 characters",
            "“Lời nhắn kèm quyết định (không bắt buộc)”: không được dài quá 500 ký tự",
        ),
        ("collected/decisions", {}, "“entries”: a value is required here", ""),
        (
            "questions",
            {"about": "who"},
            "“about”: must be 'seat', 'help', 'why_here', 'why_not' or 'what_if'",
            "“about”: phải là 'seat', 'help', 'why_here', 'why_not' hoặc 'what_if'",
        ),
        ("questions", {"n": 1}, "“about”: a required value is missing", ""),
        ("invitations", {"people": None, "base": "x"}, "“base”: invalid value", ""),
        (
            "invitations",
            {"people": None, "until": "2026-12-11T17:00:00"},
            "“until”: invalid value",  # such as one without a zone, which shifts must not have
            "",
        ),
    ],
)
def test_the_field_and_what_is_allowed_are_told(
    path: str, body: Any, english: str, vietnamese: str
) -> None:
    """With the value where it is a date or a number."""
    assert told(path, body)[0] == english
    if vietnamese:
        assert told(path, body, "vi")[0] == vietnamese


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("questions", citizens(day="2026-13-01"), "citizens.0.day"),
        ("questions", citizens(much=1), "citizens.0.much"),
        ("questions", {"about": "who"}, "about"),
        ("collected/decisions", {}, "entries"),
        ("collected/decisions", DECISION | {"entries": ["x"]}, "entries.0"),
        ("searches?lang=en", {"seconds": 0}, "seconds"),
    ],
)
def test_programs_get_the_field_as_they_sent_it(path: str, body: Any, field: str) -> None:
    """The text names what the page shows; `field` is the path in the request."""
    answer = Week().planner.post(f"/api/{path}", json=body)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == field


def test_no_text_comes_back() -> None:
    """A password in the wrong place, or of the wrong kind, stands in no refusal."""
    page = client(app(Week().live, sign_in=Doors(password="correct horse battery")))
    for body in ({"name": "Mai", "password": ["hush-hush"]}, {"name": "\0hush-hush"}):
        answer = page.post("/api/session", json=body)
        assert answer.status_code == 422
        assert "hush" not in answer.text


def test_the_words_of_a_choice_are_told_in_the_language_of_the_answer() -> None:
    """Those that pydantic lists, joined by 'or', and the nearest of them."""

    class Asked(BaseModel):
        about: Literal["seat", "why_not"]

    with pytest.raises(ValidationError) as refused:
        Asked.model_validate({"about": "seats"})
    (error,) = refused.value.errors()

    assert field_said(error, Words("vi"), Asked) == (
        "not_one_of",
        "“about”: phải là 'seat' hoặc 'why_not'. Có thể ý là 'seat'.",
    )
