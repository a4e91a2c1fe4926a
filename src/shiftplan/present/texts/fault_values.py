"""What is wrong with files and with single values, in Vietnamese.

English sentence -> Vietnamese; {} stands for a detail, which is taken over as it is, {:,} for a
number. A sentence that is not here is shown in English after the general one of texts/faults.py.
"""

from __future__ import annotations

from collections.abc import Mapping

VALUES_VI: Mapping[str, str] = {
    "there is no such file": "không có tệp này",
    "there is no such folder": "không có thư mục này",
    "there is no such file, which a planning week needs": "tuần cần lập lịch phải có tệp này",
    "there is no such file, but one with nearly the same name": "không có tệp này, nhưng có một "
    "tệp tên gần giống",
    "this is one table; a planning week is a folder of them, or a workbook": "đây chỉ là một bảng; "
    "tuần cần lập lịch là một thư mục các bảng, hoặc một tệp Excel",
    "this is a workbook; read_problem and read_workbook read it": "đây là tệp Excel; hãy đọc bằng "
    "read_problem hoặc read_workbook",
    "the folder holds no tables of a planning week, but a workbook": "thư mục không có bảng nào "
    "của tuần cần lập lịch, nhưng có một tệp Excel",
    "this is a result, not a planning week": "đây là kết quả, không phải tuần cần lập lịch",
    "this workbook is for printing; a roster is read from its table": "tệp Excel này để in; lịch "
    "trực được đọc từ bảng CSV",
    "the file is empty": "tệp trống",
    "the file is empty; it needs a header row": "tệp trống; cần có dòng tiêu đề",
    "the file is not text": "tệp này không phải là văn bản",
    "text holds no control characters": "văn bản không được có ký tự điều khiển",
    "the file is not UTF-8, which text must be in": "tệp không ở bảng mã UTF-8",
    "the file is not UTF-16, which text must be in": "tệp không đúng bảng mã UTF-16",
    "the file cannot be read: {}": "không đọc được tệp: {}",
    "a planning week is a folder of CSV files, a workbook .xlsx or a .json file": "tuần cần lập "
    "lịch phải là tệp .xlsx, thư mục các tệp CSV hoặc tệp .json",
    "a planning week is a folder of CSV files: {}": "tuần cần lập lịch là một thư mục tệp CSV: {}",
    "cannot be written: {}": "không ghi được: {}",
    "cannot be removed: {}": "không xóa được: {}",
    "a field is longer than 131,072 characters": "một ô dài hơn 131.072 ký tự",
    "a JSON object has this key twice; only one can be meant": "khóa này được ghi hai lần",
    "the workbook is encrypted": "tệp Excel có đặt mật khẩu",
    "the workbook is damaged or incomplete": "tệp Excel bị hỏng hoặc không đầy đủ",
    "the file is a workbook of the old form .xls": "tệp Excel ở dạng cũ .xls",
    "the file is a workbook of the form {}": "tệp bảng tính ở dạng {}",
    "the file is a zip archive, but not a workbook": "đây là tệp nén zip, không phải tệp Excel",
    "the file has more than {} bytes, which is more than is read": "tệp lớn hơn {:,} byte, quá mức "
    "đọc được",
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
    "there is no such column; known are {}": "không có cột này; các cột của bảng là {}",
    "there is no such field": "không có trường này",
    "the header seems to stand in row {}, below row {}": "dòng tiêu đề có vẻ nằm ở dòng {}, dưới "
    "dòng {}",
    "the column {} is missing; the header has {}": "thiếu cột {}; dòng tiêu đề có {}",
    "the column stands in the header more than once": "cột này có nhiều lần trong dòng tiêu đề",
    "the column {} has no name in the header": "cột {} không có tên ở dòng tiêu đề",
    "the header has {} columns, at most {} are read": "dòng tiêu đề có {:,} cột, chỉ đọc được tối "
    "đa {:,}",
    "this looks like a row of totals": "đây có vẻ là dòng tổng cộng",
    "the header stands here again": "dòng tiêu đề lặp lại ở đây",
    "the row has {} fields, the header has {}": "dòng có {} ô, dòng tiêu đề có {}",
    "a value is needed here": "ô này phải có giá trị",
    "{} needs a value here": "thay đổi {} cần có giá trị ở đây",
    "a time needs its date": "đã ghi giờ thì phải ghi ngày",
    "must be a whole number": "phải là số nguyên",
    "must be a whole number from 1 on": "phải là số nguyên từ 1 trở lên",
    "must be a number, such as 10.5": "phải là một số, như 10.5",
    "must be 0 (no) or 1 (yes)": "phải là 0 (không) hoặc 1 (có)",
    "must be true or false": "phải là 'true' (có) hoặc 'false' (không)",
    "the number is too large": "số quá lớn",
    "the number is too small": "số quá nhỏ",
    "must have at most {} characters": "không được dài quá {:,} ký tự",
    "it may mean {} or {}": "có thể hiểu là {} hoặc {}",
    "other numbers of this column write a comma for the decimal point": "các số khác trong cột này "
    "dùng dấu phẩy làm dấu thập phân",
    "there is no such date": "không có ngày này",
    "there is no such date; dates are written 2026-12-07": "không có ngày này; ngày ghi như "
    "2026-12-07",
    "dates are written 2026-12-07": "ngày phải ghi như 2026-12-07",
    "a date with a time is written 2026-12-06 22:00": "ngày kèm giờ phải ghi như 2026-12-06 22:00",
    "some dates of this file have the day first, some the month": "trong tệp này có ngày ghi ngày "
    "trước, có ngày ghi tháng trước",
    "nothing in the file shows whether the day or the month comes first": "trong tệp không có gì "
    "cho biết ngày hay tháng đứng trước",
    "times are whole minutes": "giờ chỉ ghi đến phút",
    "times are whole minutes, written 07:00": "giờ chỉ ghi đến phút, như 07:00",
    "times are 00:00 to 24:00": "giờ phải từ 00:00 đến 24:00",
    "must be hard or a whole number from 1 on": "phải là 'hard' hoặc số nguyên từ 1 trở lên",
    "must be total or strict": "phải là 'total' hoặc 'strict'",
    "must be hard, off or a whole number from 1 on": "phải là 'hard', 'off' hoặc số nguyên từ 1 "
    "trở lên",
    "{} must be hard": "quy định {} phải là 'hard'",
    "{} must be hard or off": "quy định {} phải là 'hard' hoặc 'off'",
    "{} only costs: its level must be a whole number from 1 on": "quy định {} chỉ tính điểm phạt: "
    "level phải là số nguyên từ 1 trở lên",
    "{} has no {}; its columns are {}": "{} không dùng {}; các cột được dùng là {}",
    "the order is given already": "thứ tự đã được ghi rồi",
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
    "the file was not read; the table {} is {}": "tệp không được đọc; bảng {} là {}",
    "this is a link to a file outside the folder, which is not read": "đây là liên kết đến một tệp "
    "ngoài thư mục nên không được đọc",
    "rows of {} are not numbered upwards from 1 to {}": "các dòng của {} không được đánh số tăng "
    "dần từ 1 đến {:,}",
    "character {} of the id is invisible: {}": "ký tự thứ {} của mã là ký tự ẩn: {}",
    "ids have no blanks around them and no control characters": "mã không có dấu cách ở hai đầu và "
    "không có ký tự điều khiển",
    "the quotes do not match from here on ({})": "dấu ngoặc kép không khớp từ đây trở đi [{}]",
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
    "the time is beyond the last date there is": "giờ vượt quá ngày cuối cùng có thể có",
    "must have at least {} entries": "phải có ít nhất {:,} mục",
    "must have at most {} entries": "chỉ được có tối đa {:,} mục",
    "must be text": "phải là văn bản",
    "moments are wall-clock time, without an offset": "ngày giờ phải là giờ địa phương, không kèm "
    "độ lệch múi giờ",
    "a rule needs its kind in the field rule": "quy định cần có tên trong trường rule",
    "must be a list": "phải là một danh sách",
    "must be an object with fields": "phải là một đối tượng có các trường",
    "this is no result of shiftplan": "tệp này không phải là kết quả của shiftplan",
    "this is no result of shiftplan: {} is missing": "tệp này không phải là kết quả của shiftplan: "
    "thiếu {}",
    "this is no result of shiftplan, by its {}": "tệp này không phải là kết quả của shiftplan, xem "
    "{}",
    "it is about another week, or this one before it was changed": "tệp này là của một tuần khác, "
    "hoặc của tuần này trước khi được sửa",
    "it is about a roster that costs {}, but the roster costs {}": "tệp này là của một lịch trực "
    "có {:,} điểm phạt, nhưng lịch trực này có {:,} điểm phạt",
    "it is about no roster, but the roster costs {}": "tệp này không kèm lịch trực nào, nhưng lịch "
    "trực này có {:,} điểm phạt",
    "24:00 is the end of a day; nothing starts then": "24:00 là lúc kết thúc một ngày; không có gì "
    "bắt đầu lúc đó",
}
"""What is wrong."""
