"""Words of the page in all languages, so that it can change its language at once.

Catalogues -> code -> texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from fastapi import APIRouter, Query

from shiftplan.errors.message import languages
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present.naming import lang_of
from shiftplan.web.desk import AtDesk

if TYPE_CHECKING:
    Known: TypeAlias = str
else:
    Known = Literal[languages()]
AskedLang = Annotated[Known, Query()]
"""Language of sentences in an answer."""
_PREFIXES = (
    "web.",
    "rule.",
    "why.",
    "away.",
    "count.",
    "form.",
    "message.answer_by",
    "reports.map_",
    "reports.legend",
    "reports.fill_",
    "reports.loads_caption",
)
router = APIRouter(tags=["words"])


@router.get("/words")
def words(desk: AtDesk) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Language -> code -> its text, or its texts by number, in the words of the week's kind."""
    week = desk.week.files
    return {lang: chosen_words(catalogue(lang_of(week, lang))) for lang in languages()}


def chosen_words(texts: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Those texts of a catalogue that pages use."""
    return {code: texts[code] for code in texts if code.startswith(_PREFIXES)}
