"""Names of rules and units in Vietnamese, and which rules count too much or too little.

Kind of rule or unit -> text.
"""

from __future__ import annotations

from collections.abc import Mapping

RULES_VI: Mapping[str, str] = {
    "input": "Mã không có trong dữ liệu hoặc ghi trùng",
    "available": "Chỉ trực trong giờ đã đăng ký",
    "pins": "Phân công đã chốt",
    "coverage": "Vị trí còn trống",
    "minimum_coverage": "Đủ số người tối thiểu",
    "shortage": "Thiếu so với chỉ tiêu",
    "surplus": "Thừa so với chỉ tiêu",
    "show_up": "Dự phòng người vắng mặt",
    "worst_center_first": "Ưu tiên trung tâm thiếu người nhất",
    "area_floor": "Tỷ lệ đủ người theo khu vực",
    "skill_placement": "Kỹ năng đặt đúng nơi cần",
    "capacity": "Sức chứa của trung tâm",
    "max_shifts": "Số ca tối đa của từng người",
    "max_distance": "Khoảng cách xa nhất",
    "qualified": "Kỹ năng bắt buộc của ca",
    "one_place": "Không trực hai ca trùng giờ",
    "one_center_per_day": "Mỗi ngày một trung tâm",
    "max_centers": "Số trung tâm tối đa",
    "max_shift_count": "Số ca tối đa trong kỳ",
    "min_shift_count": "Số ca ít nhất trong kỳ",
    "max_minutes": "Số phút tối đa trong kỳ",
    "min_minutes": "Số phút ít nhất trong kỳ",
    "min_rest": "Nghỉ giữa hai ca",
    "forbidden_succession": "Loại ca không được nối tiếp",
    "max_consecutive_days": "Số ngày trực liên tiếp tối đa",
    "min_consecutive_days": "Số ngày trực liên tiếp ít nhất",
    "max_consecutive_days_off": "Số ngày nghỉ liên tiếp tối đa",
    "min_consecutive_days_off": "Số ngày nghỉ liên tiếp ít nhất",
    "max_weekends": "Số cuối tuần trực tối đa",
    "complete_weekends": "Cuối tuần trực trọn hoặc nghỉ trọn",
    "mentor": "Đủ người hướng dẫn người mới",
    "mentored": "Người mới được kèm cặp",
    "never_alone": "Người mới không trực một mình",
    "together": "Nhóm trực cùng nhau",
    "apart": "Nhóm không trực cùng nhau",
    "fairness": "Chia ca công bằng",
    "leximin": "Giảm tỷ lệ trực cao nhất trước",
    "max_min": "Nâng tỷ lệ trực thấp nhất",
    "floor": "Ai đăng ký cũng được xếp ca",
    "min_shifts": "Số ca ít nhất mong muốn",
    "balance_hours": "Chia đều số giờ trực",
    "balance_undesired": "Chia đều ca giờ không mong muốn",
    "balance_shifts": "Chia đều một loại ca",
    "balance_far": "Chia đều ca xa nhà",
    "wish": "Giờ không mong muốn",
    "preferences": "Nguyện vọng cá nhân",
    "wish_equality": "Đáp ứng nguyện vọng đồng đều",
    "travel": "Quãng đường đi lại",
    "continuity": "Ít đổi trung tâm",
    "full_day": "Trực cả ngày",
}
"""Kind of rule -> what it is about, in Vietnamese."""

UNITS_VI: Mapping[str, str] = {
    "assignments": "phân công",
    "centers": "trung tâm",
    "days": "ngày",
    "hours": "giờ",
    "km": "km",
    "minutes": "phút",
    "pairs of shifts": "cặp ca",
    "people": "người",
    "percent of a person": "% của một người",
    "pins": "phân công đã chốt",
    "seats": "vị trí",
    "shifts": "ca",
    "steps of 5 %": "bậc 5%",
    "successions": "lần nối tiếp",
    "weekends": "cuối tuần",
    "wishes": "nguyện vọng",
    "weighted wishes": "nguyện vọng (theo trọng số)",
}
"""Unit of a violation's amount -> its name in Vietnamese."""

TOO_MANY = {
    "capacity",
    "surplus",
    "max_shifts",
    "max_centers",
    "max_shift_count",
    "max_minutes",
    "max_consecutive_days",
    "max_consecutive_days_off",
    "max_weekends",
    "one_center_per_day",
    "mentor",
    "apart",
}
"""Rules whose amount is too much of something."""
TOO_FEW = {
    "coverage",
    "minimum_coverage",
    "shortage",
    "show_up",
    "max_min",
    "floor",
    "worst_center_first",
    "area_floor",
    "skill_placement",
    "mentored",
    "min_shifts",
    "min_shift_count",
    "min_minutes",
    "min_consecutive_days",
    "min_consecutive_days_off",
    "never_alone",
    "together",
}
"""Rules whose amount is too little of something."""
