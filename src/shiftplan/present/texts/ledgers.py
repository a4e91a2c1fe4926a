"""What the ledger over weeks says.

Key -> text, in English and Vietnamese.
"""

EN = {
    "ledger": "Weeks: {}. People: {}. Hours worked: {}.",
    "no weeks": "The ledger holds no weeks.",
    "volunteer": "Volunteer",
    "hours": "Hours",
    "worked shifts": "Worked",
    "share worked": "Share",
    "share of wishes": "Wishes",
    "called": "Called",
    "absent": "Absent",
    "excused": "Excused",
    "mentored": "Mentored",
    "learned": "Learned enough for a higher level; a coordinator decides",
    "lessons": "{} with a mentor ({})",
    "confirmed": "Levels confirmed",
}
VI = {
    "ledger": "{} tuần, {} người, {} giờ đã trực.",
    "no weeks": "Sổ chưa ghi tuần nào.",
    "volunteer": "Người trực",
    "hours": "Số giờ",
    "worked shifts": "Ca đã trực",
    "share worked": "Tỷ lệ",
    "share of wishes": "Nguyện vọng",
    "called": "Trực thay",
    "absent": "Vắng",
    "excused": "Có phép",
    "mentored": "Được kèm",
    "learned": "Đã học đủ để xét nâng bậc; điều phối viên quyết định",
    "lessons": "{} ca có người hướng dẫn ({})",
    "confirmed": "Các bậc đã xác nhận",
}
