"""What is wrong with files and with single values, in Vietnamese.

English sentence -> Vietnamese; {} stands for a detail, which is taken over as it is, {:,} for a
number. A sentence that is not here is shown in English after the general one of texts/faults.py.
"""

from __future__ import annotations

from collections.abc import Mapping

VALUES_VI: Mapping[str, str] = {
    "there is no such file": "không có tệp này",
    "there is no such folder": "không có thư mục này",
    "the file is empty": "tệp trống",
    "the file cannot be read: {}": "không đọc được tệp: {}",
    "cannot be written: {}": "không ghi được: {}",
    "cannot be removed: {}": "không xóa được: {}",
    "the workbook is encrypted": "tệp Excel có đặt mật khẩu",
    "the workbook is damaged or incomplete": "tệp Excel bị hỏng hoặc không đầy đủ",
    "the file is a workbook of the old form .xls": "tệp Excel ở dạng cũ .xls",
    "the file is a workbook of the form {}": "tệp bảng tính ở dạng {}",
    "the file is a zip archive, but not a workbook": "đây là tệp nén zip, không phải tệp Excel",
    "the file has {} bytes, at most {} are read": "tệp có {:,} byte, chỉ đọc được tối đa {:,}",
    "the name of a workbook ends in .xlsx": "tên tệp Excel phải kết thúc bằng .xlsx",
    "the sheet is empty; it needs a header row": "trang trống; cần có dòng tiêu đề",
    "the sheets of centers, volunteers and shifts hold no rows yet": "các trang Trung tâm, Tình "
    "nguyện viên và Ca trực chưa có dòng nào",
    "there is no sheet of this table; it may be called {}": "không có trang của bảng này; trang có "
    "thể mang tên {}",
    "the sheet {} holds the same table": "trang {} cũng chứa bảng này",
    "the sheet was not read": "trang này không được đọc",
    "the sheet was not read; tables are known by the names of their sheets": "trang này không được "
    "đọc vì tên trang không đúng như trong mẫu",
    "the sheet was not read; {} holds the same table": "trang này không được đọc; trang {} chứa "
    "cùng bảng này",
    "the sheet was not read; {} was, which has no rows": "trang này không được đọc; chương trình "
    "đọc trang {}, nhưng trang đó không có dòng nào",
    "the cells {} are merged; each row needs its own value": "các ô {} bị gộp; mỗi dòng cần giá "
    "trị riêng",
    "the cells {} are merged; each cell needs its own value": "các ô {} bị gộp; mỗi ô cần giá trị "
    "riêng",
    "the cell holds an error instead of a value": "ô này báo lỗi thay vì có giá trị",
    "the formula has no saved value": "công thức chưa được lưu kèm kết quả",
    "the cell holds a date or a time, where text is needed": "ô này chứa ngày hoặc giờ, nhưng ở "
    "đây cần văn bản",
    "the cell holds a number, but ids of this column begin with 0, such as {}": "ô này chứa một "
    "số, nhưng mã ở cột này bắt đầu bằng 0, như {}",
    "the cell holds a number of so many digits that the last ones are lost": "ô này chứa một số "
    "quá dài nên mất các chữ số cuối",
    "the grid needs a column of volunteer ids, and below each other date, start, end": "bảng đăng "
    "ký cần một cột mã tình nguyện viên và ba dòng ngày, giờ bắt đầu, giờ kết thúc",
    "the mark stands in a column without date, start and end": "dấu này nằm ở cột không có ngày, "
    "giờ bắt đầu và giờ kết thúc",
    "must be x, +, - or blank": "phải là x, +, - hoặc để trống",
    "a row whose first cell starts so would be taken for an example": "dòng có ô đầu bắt đầu như "
    "vậy sẽ bị coi là ví dụ",
    "there is no such field": "không có trường này",
    "the header seems to stand in row {}, below row {}": "dòng tiêu đề có vẻ nằm ở dòng {}, dưới "
    "dòng {}",
    "the column {} has no name in the header": "cột {} không có tên ở dòng tiêu đề",
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
    "rows of {} are not numbered upwards from 1 to {}": "các dòng của {} không được đánh số tăng "
    "dần từ 1 đến {:,}",
    "character {} of the id is invisible: {}": "ký tự thứ {} của mã là ký tự ẩn: {}",
    "the file is not a workbook; a planning week is a folder of CSV files or a workbook "
    ".xlsx": "tệp không phải là tệp Excel; tuần cần lập lịch là một thư mục tệp CSV hoặc một tệp "
    ".xlsx",
    "the sheet {} is wider and longer than is read": "trang {} rộng và dài hơn mức đọc được",
    "unpacked it has {} bytes in {} parts; at most {} in {} are read": "khi giải nén, tệp có {:,} "
    "byte trong {:,} phần; chỉ đọc được tối đa {:,} trong {:,}",
    "{} has {} bytes; at most {} are read": "{} có {:,} byte; chỉ đọc được tối đa {:,}",
    "{} has more than {} rows, or the workbook more than {} cells or {} texts, blank ones "
    "included": "{} có hơn {:,} dòng, hoặc tệp có hơn {:,} ô hay {:,} đoạn văn bản, kể cả ô trống",
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
