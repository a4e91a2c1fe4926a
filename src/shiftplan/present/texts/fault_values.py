"""What is wrong with files and with single values, in Vietnamese.

English sentence -> Vietnamese; {} stands for a detail, which is taken over as it is, {:,} for a
number. A sentence that is not here is shown in English after the general one of texts/faults.py.
"""

from __future__ import annotations

from collections.abc import Mapping

VALUES_VI: Mapping[str, str] = {
    "there is no such folder": "không có thư mục này",
    "cannot be written: {}": "không ghi được: {}",
    "cannot be removed: {}": "không xóa được: {}",
    "the name of a workbook ends in .xlsx": "tên tệp Excel phải kết thúc bằng .xlsx",
    "there is no such field": "không có trường này",
    "a value is needed here": "ô này phải có giá trị",
    "must be a whole number": "phải là số nguyên",
    "must be a whole number from 1 on": "phải là số nguyên từ 1 trở lên",
    "must be a number, such as 10.5": "phải là một số, như 10.5",
    "must be true or false": "phải là 'true' (có) hoặc 'false' (không)",
    "the number is too large": "số quá lớn",
    "the number is too small": "số quá nhỏ",
    "must have at most {} characters": "không được dài quá {:,} ký tự",
    "there is no such date": "không có ngày này",
    "dates are written 2026-12-07": "ngày phải ghi như 2026-12-07",
    "times are whole minutes": "giờ chỉ ghi đến phút",
    "must be hard or a whole number from 1 on": "phải là 'hard' hoặc số nguyên từ 1 trở lên",
    "must be hard, off or a whole number from 1 on": "phải là 'hard', 'off' hoặc số nguyên từ 1 "
    "trở lên",
    "{} must be hard": "quy định {} phải là 'hard'",
    "{} must be hard or off": "quy định {} phải là 'hard' hoặc 'off'",
    "{} only costs: its level must be a whole number from 1 on": "quy định {} chỉ tính điểm phạt: "
    "level phải là số nguyên từ 1 trở lên",
    "{} has no {}; its columns are {}": "{} không dùng {}; các cột được dùng là {}",
    "there is no such rule; docs/rules.md lists them all": "không có quy định này; docs/rules.md "
    "liệt kê tất cả",
    "must be more than {}": "phải lớn hơn {:,}",
    "must be at least {}": "phải từ {:,} trở lên",
    "must be less than {}": "phải nhỏ hơn {:,}",
    "must be at most {}": "phải từ {:,} trở xuống",
    "must be a volunteer id, a colon and a shift id": "phải gồm mã tình nguyện viên, dấu hai chấm "
    "và mã ca trực",
    "must be a volunteer id, a colon and a shift id, in this order": "phải gồm mã tình nguyện "
    "viên, dấu hai chấm và mã ca trực, theo thứ tự này",
    "must not hold control characters, and names must not hold |": "không được có ký tự điều "
    "khiển; tên không được có dấu |",
    "character {} of the id is invisible: {}": "ký tự thứ {} của mã là ký tự ẩn: {}",
    "there is a file of this name": "đã có một tệp mang tên này",
    "the notes of the last run are broken": "tệp ghi chú của lần chạy trước bị hỏng",
    "the notes name files of other folders": "tệp ghi chú của lần chạy trước nhắc đến tệp ở thư "
    "mục khác",
    "{} is not an IANA time zone such as {}": "{} không phải là múi giờ IANA như {}",
    "moments are written 2026-12-07T07:00": "ngày giờ phải ghi như 2026-12-07T07:00",
    "must have at least {} entries": "phải có ít nhất {:,} mục",
    "must have at most {} entries": "chỉ được có tối đa {:,} mục",
    "must be text": "phải là văn bản",
    "moments are wall-clock time, without an offset": "ngày giờ phải là giờ địa phương, không kèm "
    "độ lệch múi giờ",
    "a rule needs its kind in the field rule": "quy định cần có tên trong trường rule",
    "must be a list": "phải là một danh sách",
    "must be an object with fields": "phải là một đối tượng có các trường",
    "it is about another week, or this one before it was changed": "tệp này là của một tuần khác, "
    "hoặc của tuần này trước khi được sửa",
    "it is about a roster that costs {}, but the roster costs {}": "tệp này là của một lịch trực "
    "có {:,} điểm phạt, nhưng lịch trực này có {:,} điểm phạt",
    "it is about no roster, but the roster costs {}": "tệp này không kèm lịch trực nào, nhưng lịch "
    "trực này có {:,} điểm phạt",
}
"""What is wrong."""
