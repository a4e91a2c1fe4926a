"""What a repair changed, and why.

Key -> text, in English and Vietnamese.
"""

EN = {
    "repair absent": "cannot come",
    "repair closed": "the shift does not take place",
    "repair impossible": "no longer possible",
    "repair unknown": "unknown in this week",
    "repair moved": "goes to {} instead",
    "repair freed": "not kept after the other changes",
    "repair replaces": "in place of {}",
    "repair needed": "more people are needed",
    "repair decided": "as decided",
    "repair offers": "can come now",
    "repair moves": "instead of {}",
    "repair fits": "fits after the other changes",
    "repair done": "Of {} assignments that were still possible {} stay and {} are taken away; {} "
    "are new. {} were lost.",
    "repair nothing": "Nothing else changes: {} assignments stay, {} were lost.",
    "repair OPTIMAL": "Proven: no roster is better by what a repair weighs, service first.",
    "repair gap": "Proven: by what a repair weighs, service first, no roster is over {} better.",
    "repair costs": "Costs before and after",
    "repair tell": "What to send to whom",
    "what if people": "Who would change",
    "repair new": "new: {}",
    "repair gone": "no longer: {}",
    "repair week": "{0} is the week with these changes. Give it to the next commands, such as:\n"
    "  shiftplan suggest {0} {1} SHIFT",
    "other changed week": "Note: {} was repaired after changes; the changed week is {}, not {}.",
    "repair bound unused": "{}: its bound is not used: {}.",
    "repair other week": "it was planned with other data or options",
    "repair nothing proven": "nothing was proven when it was planned",
    "repair not only absences": "these changes do more than forbid assignments",
    "repair passed": "the mended roster costs less, so it is no bound",
}
VI = {
    "repair absent": "không đến được",
    "repair closed": "ca trực không diễn ra",
    "repair impossible": "không còn trực được",
    "repair unknown": "không có trong tuần này",
    "repair moved": "chuyển sang {}",
    "repair freed": "không giữ được sau các thay đổi khác",
    "repair replaces": "thay cho {}",
    "repair needed": "cần thêm người",
    "repair decided": "theo quyết định",
    "repair offers": "nay có thể trực",
    "repair moves": "thay vì {}",
    "repair fits": "phù hợp sau các thay đổi khác",
    "repair done": "Trong {} phân công còn thực hiện được, giữ nguyên {}; bỏ {} lượt, thêm {}. "
    "Đã mất {} phân công.",
    "repair nothing": "Không thay đổi gì thêm: giữ nguyên {} phân công, đã mất {}.",
    "repair OPTIMAL": "Đã chứng minh: xét theo thứ tự ưu tiên phục vụ trước, không lịch trực nào "
    "tốt hơn.",
    "repair gap": "Đã chứng minh: xét theo thứ tự ưu tiên phục vụ trước, không lịch trực nào tốt "
    "hơn quá {}.",
    "repair costs": "Điểm phạt trước và sau",
    "repair tell": "Cần báo cho ai, báo gì",
    "what if people": "Ai phải đổi ca",
    "repair new": "thêm: {}",
    "repair gone": "bỏ: {}",
    "repair week": "{0} là tuần sau các thay đổi này. Hãy dùng thư mục này cho các lệnh tiếp theo, "
    "ví dụ:\n  shiftplan suggest {0} {1} CA",
    "other changed week": "Lưu ý: {} là lịch đã sửa sau các thay đổi; tuần có các thay đổi đó là "
    "{}, không phải {}.",
    "repair bound unused": "{}: không dùng cận của tệp này: {}.",
    "repair other week": "tệp được lập từ dữ liệu hoặc tùy chọn khác",
    "repair nothing proven": "khi lập tệp này chưa chứng minh được cận nào",
    "repair not only absences": "các thay đổi này không chỉ cấm phân công",
    "repair passed": "lịch đã sửa có điểm phạt thấp hơn nên đó không phải là cận",
}
