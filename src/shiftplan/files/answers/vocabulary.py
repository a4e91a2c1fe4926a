"""The words that free text about time may have, in Vietnamese and English, and what each means.

Nothing -> `MEANING`: word or words -> kind and value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from shiftplan.files.cells.names import ALL_DAY, EVERY_DAY
from shiftplan.problem.by_name import unaccented

Kind = Literal[
    "weekday",
    "days",
    "date",
    "dates",
    "clock",
    "span",
    "part",
    "whole",
    "from",
    "until",
    "onward",
    "dash",
    "and",
    "comma",
    "stop",
    "colon",
    "open",
    "close",
    "except",
    "not",
    "state",
    "always",
    "never",
    "free",
    "rest",
    "link",
    "label",
    "unclear",
    "unknown",
]
_WEEKDAYS = (
    ("thứ hai", "monday", "mondays", "mon"),
    ("thứ ba", "tuesday", "tuesdays", "tue", "tues"),
    ("thứ tư", "wednesday", "wednesdays", "wed", "weds"),
    ("thứ năm", "thursday", "thursdays", "thu", "thur", "thurs"),
    ("thứ sáu", "friday", "fridays", "fri"),
    ("thứ bảy", "thứ bẩy", "saturday", "saturdays", "sat"),
    ("chủ nhật", "chúa nhật", "cn", "sunday", "sundays", "sun"),
)
_SHORT_DAYS = (("mwf", "0|2|4"), ("m-f", "0|1|2|3|4"))
"""Days in single letters, as English writes them."""
MONTHS = (
    *("january", "jan", "february", "feb", "march", "mar", "april", "apr", "may", "june", "jun"),
    *("july", "jul", "august", "aug", "september", "sept", "sep", "october", "oct"),
    *("november", "nov", "december", "dec"),
)
"""Names of months in English; in Vietnamese they are numbers."""
_CAN = (
    *("rảnh", "được", "đi được", "đến được", "trực được", "tham gia được", "đi", "đến", "tham gia"),
    *("thể đi", "thể đến", "thể tham gia", "thể", "thể đi được", "thể đến được", "đi trực"),
    *("trực", "thể trực"),
)
_EVER = ("được", "ok", "rảnh", "đi được")
_SAYS_NO = ("không", "ko", "k", "hok", "hông")
_WHY_BUSY = (
    *("học", "đi học", "đi làm", "làm", "thi", "đi thi", "việc", "việc nhà", "việc riêng"),
    *("việc gia đình", "công tác", "đi công tác", "về quê", "ôn thi"),
)
_AWAY = ("vắng", "vắng mặt", "kẹt", "kẹt việc", "mắc việc", "nghỉ", "nghỉ trực")
_ALL_BUSY = (
    *("bận hết", "bận hết rồi", "bận cả tuần", "bận hết tuần"),
    *("nghỉ hết", "kẹt hết", "kẹt cả tuần"),
)
_GERUNDS = ("", " come", " do", " make", " make it", " help", " work", " volunteer")


def _typed(words: Iterable[str]) -> tuple[str, ...]:
    """Words, also with `được` as people type it."""
    forms = ("được", "đc", "dc")
    return tuple(dict.fromkeys(w.replace("được", form) for w in words for form in forms))


_PHRASES: dict[tuple[Kind, str], tuple[str, ...]] = {
    ("days", "all"): (
        *EVERY_DAY,
        "full tuần",
        "nguyên tuần",
        "trọn tuần",
        "suốt tuần",
        "full week",
        "rảnh hết tuần",
    ),
    ("days", "working"): ("ngày thường", "weekday", "weekdays"),
    ("days", "weekend"): ("cuối tuần", "weekend", "weekends", "the weekend"),
    ("part", "morning"): ("sáng", "morning", "mornings"),
    ("part", "afternoon"): ("chiều", "afternoon", "afternoons"),
    ("part", "evening"): ("tối", "evening", "evenings", "eve", "eves"),
    ("part", "am"): ("am", "a.m."),
    ("part", "pm"): ("pm", "p.m."),
    ("whole", ""): (*ALL_DAY, "full ngày"),
    ("from", ""): ("từ", "from"),
    ("from", "after"): ("sau", "after"),
    ("until", ""): ("until", "till"),
    ("until", "before"): ("trước", "before"),
    ("dash", ""): ("đến", "tới", "to"),
    ("dash", "end"): ("đến hết", "tới hết", "through", "thru", "up to and including"),
    ("onward", ""): ("trở đi", "trở về sau", "đến hết tuần", "onwards", "onward", "and after"),
    ("and", ""): ("và", "với", "lẫn", "and"),
    ("except", ""): (
        *("trừ", "ngoại trừ", "chỉ trừ", "except", "except for", "but not", "excluding"),
        *("apart from", "other than", "bar"),
    ),
    ("not", ""): (
        *_typed(f"{no}{can}" for no in _SAYS_NO for can in ("", *(f" {can}" for can in _CAN))),
        *("bận", *(f"bận {why}" for why in _WHY_BUSY), *_AWAY),
        *("not", "not available", "unavailable", "busy", "unable to come", "no", "away"),
        *(f"{no}{do}" for no in ("cannot", "can not", "can't", "cant") for do in _GERUNDS),
    ),
    ("state", "preferred"): ("ưu tiên", "thích", "prefer", "preferred", "preferably", "ideally"),
    ("state", "undesired"): (
        *("nếu cần", "nếu cần thiết", "khi cần", "if need be", "if needed", "if necessary"),
        "in an emergency",
    ),
    ("state", "stand_by"): (
        *("dự bị", "trực dự bị", "nhận dự bị", "làm dự bị", "stand by", "stand-by", "standby"),
        *("standing by", "on standby", "on stand-by", "on call"),
    ),
    ("always", ""): (
        *_typed(f"{when} nào cũng {can}" for when in ("ngày", "hôm") for can in _EVER),
        *("bất cứ ngày nào", "bất kỳ ngày nào", "tất cả", "always"),
    ),
    ("always", "time"): (
        *_typed(
            f"{when} nào cũng {can}" for when in ("lúc", "khi", "buổi", "giờ") for can in _EVER
        ),
        *("bất cứ lúc nào", "bất kỳ lúc nào", "tất cả các buổi", "any time", "anytime", "whenever"),
        *("all of these", "all of the above", "any of these", "any session", "all sessions"),
        *("any shift", "all shifts", "all of them"),
    ),
    ("never", ""): (
        *_typed((*_ALL_BUSY, "nghỉ cả tuần", "vắng cả tuần", "không đi được ngày nào")),
        *("none", "never", "busy all week", "not this week", "none of these", "none of them"),
        *("none of the above", "neither", "n/a", "không buổi nào", "không ngày nào"),
    ),
    ("link", ""): (
        *("buổi", "các buổi", "ca", "các ca", "ngày", "các ngày", "những ngày", "các", "những"),
        *("cả", "mỗi", "mọi", "đều", "vào", "lúc", "hôm", "bữa", "là", "thì", "cũng", "nữa", "còn"),
        *("chỉ", "thôi", "luôn", "em", "e", "mình", "chị", "anh", "ơi", "dạ", "vâng", "ạ", "nhé"),
        *("nhá", "nha", "nghen", "đăng ký", "đăng kí", "đk", "dk", "xin", "xin phép", "cho em"),
        *("rồi", "cho mình", "cho e", "cảm ơn", "cám ơn"),
        *(
            "on",
            "in the",
            "at",
            "the",
            "only",
            "just",
            "of",
            "please",
            "every",
            "each",
            "any",
            "all",
        ),
        *("both", "thanks", "thank you", "thx", "sorry", "xin lỗi", "i"),
        *("i am", "i'm"),
    ),
    ("free", ""): (
        *_typed(("rảnh", "được", "đi được", "đến được", "trực được", "tham gia được")),
        *_typed(("nào cũng được", "nào cũng rảnh", "nào cũng ok", "nào cũng đi được")),
        *("đi", "đi trực", "trực", "tham gia", "có thể trực"),
        *("có thể đi", "có thể đến", "có thể tham gia", "có", "trống", "trống lịch"),
        *("ok", "oke", "okie", "oki", "yes", "free", "available", "i can come", "i can do"),
        *("i can", "can come", "can do", "can make", "can make it", "works for me"),
        *("i am available", "i'm available", "i am free", "i'm free"),
    ),
    ("free", "all"): (
        *_typed(("rảnh hết", "ok hết", "được hết", "đi được hết", "trực được hết", "đều được")),
        *_typed(("tham gia được hết", "đến được hết", "sao cũng được", "đều đi được")),
        *("đều rảnh", "đi hết", "trực hết", "tham gia hết", "tham gia đầy đủ", "free hết"),
    ),
    ("rest", ""): (
        *("còn lại", "các ngày còn lại", "những ngày còn lại", "các ngày khác", "ngày khác"),
        *(
            "the rest",
            "the rest of the week",
            "rest of the week",
            "rest of week",
            "all other days",
            "other days",
            "otherwise",
        ),
    ),
    ("unclear", "T2-T6|cả tuần"): ("trong tuần", "ngày trong tuần", "các ngày trong tuần"),
    ("unclear", "weekdays|all week"): ("in the week", "during the week", "through the week"),
    ("unclear", "busy|free"): ("off", "day off"),
    ("unknown", ""): (
        *("không chỉ", "không phải", "không bận", "không nghỉ", "không phải lúc nào"),
        *("not only", "not just", "not all", "not every", "not always", "not busy", "no idea"),
    ),
}
_ONLY_WITH_ACCENTS = {"tối", "nghỉ", "cả ngày", "sau", "tới", "em", "vào", "lúc"}
_ONLY_WITH_ACCENTS |= {
    "thích",
    "là",
    "thì",
    "còn",
    "hôm",
    "bữa",
    "với",
    "lẫn",
    "dạ",
    "thôi",
    "cho e",
    "rồi",
    "vâng",
}
_ONLY_WITH_ACCENTS |= {word for word in _PHRASES["not", ""] if word.startswith("bận")}
_ONLY_WITH_ACCENTS |= {*_AWAY, *_ALL_BUSY}
"""Without accents they are other words too: `toi` is also "I", `ca ngay` also "day shift"."""


def _spellings() -> Iterator[tuple[str, Kind, str]]:
    for day, names in enumerate(_WEEKDAYS):
        for name in names:
            yield name, "weekday", str(day)
            yield unaccented(name), "weekday", str(day)
    for name, days in _SHORT_DAYS:
        yield name, "weekday", days
    for (kind, value), words in _PHRASES.items():
        for word in words:
            yield word, kind, value
            if word not in _ONLY_WITH_ACCENTS:
                yield unaccented(word), kind, value


MEANING: dict[str, tuple[Kind, str]] = {}
"""Word or words, in lower case -> kind and value; the first of several in this order counts."""
for _word, _kind, _value in _spellings():
    MEANING.setdefault(_word, (_kind, _value))
