"""What is wrong with an option of a call, in Vietnamese.

English sentence -> Vietnamese, as in `fault_relations`; of two that fit, the first is taken.
"""

from __future__ import annotations

from collections.abc import Mapping

OPTIONS_VI: Mapping[str, str] = {
    "{} must be a whole number, {} or more": "{} phải là số nguyên từ {:,} trở lên",
    "{} must be a whole number, {} to {}": "{} phải là số nguyên từ {:,} đến {:,}",
    "{} must be {} or more": "{} phải từ {:,} trở lên",
    "{} must be a number, seconds above 0": "{} phải là số giây lớn hơn 0, ghi bằng số",
    "{} must be a number, seconds from 0 on": "{} phải là số giây từ 0 trở lên, ghi bằng số",
    "{} must be seconds from 0 on": "{} phải là số giây từ 0 trở lên",
    "{} must be seconds above 0": "{} phải là số giây lớn hơn 0",
    "{} must be a number, seconds above 0, not inf": "{} phải là số giây lớn hơn 0, ghi bằng số "
    "và không vô hạn",
    "{} must be seconds above 0, not inf": "{} phải là số giây lớn hơn 0, không vô hạn",
    "{} must be a finite number of seconds": "{} phải là số giây không vô hạn",
    "{} must be a number, above 0": "{} phải là số lớn hơn 0",
    "{} must be above 0": "{} phải lớn hơn 0",
    "{} must be a number, 0 to below 1": "{} phải là số từ 0 đến dưới 1",
    "{} must be 0 to below 1": "{} phải từ 0 đến dưới 1",
    "{} must be a number, {} to {}": "{} phải là số từ {:,} đến {:,}",
    "{} must be {} to {}": "{} phải từ {:,} đến {:,}",
    "{} must be local or ray": "{} phải là local hoặc ray",
    "{} must be left out without ray": "{} chỉ dùng được với ray",
    "{} must be en or vi": "{} phải là en hoặc vi",
    "{} must be None or a function": "{} phải là None hoặc một hàm",
    "{} must be None or a Roster": "{} phải là None hoặc một Roster",
    "{} must be None or an event such as threading.Event()": "{} phải là None hoặc một sự kiện như "
    "threading.Event()",
    "{} must be a date without a time, such as date(2026, 12, 7)": "{} phải là ngày không kèm giờ, "
    "như date(2026, 12, 7)",
    "{} must be from {} on and before {}": "{} phải từ {} trở đi và trước {}",
    "{} must be None or a list of dates": "{} phải là None hoặc danh sách các ngày",
    "a roster of this week costs {}: it is no bound of it": "tuần này có lịch trực chỉ tốn {:,} "
    "điểm phạt, nên đây không phải là cận dưới",
    "{} must be a pair of a shift id and a volunteer id": "{} phải là một cặp gồm mã ca trực và mã "
    "tình nguyện viên",
}
