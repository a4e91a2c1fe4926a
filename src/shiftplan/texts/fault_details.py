"""Sentences of faults whose details are known, in Vietnamese.

English sentence -> Vietnamese; {} stands for a detail, which is taken over as it is. A sentence
that is not here is shown in English after the general one of texts/faults.py.
"""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES_VI: Mapping[str, str] = {
    # files
    "there is no such file": "không có tệp này",
    "there is no such folder": "không có thư mục này",
    "there is no such file, which a planning week needs": "tuần cần lập lịch phải có tệp này",
    "there is no such file, but one with nearly the same name": "không có tệp này, nhưng có một "
    "tệp tên gần giống",
    "the file is empty": "tệp trống",
    "the file is empty; it needs a header row": "tệp trống; cần có dòng tiêu đề",
    "the file is not text": "tệp này không phải là văn bản",
    "text holds no control characters": "văn bản không được có ký tự điều khiển",
    "the file is not UTF-8, which text must be in": "tệp không ở bảng mã UTF-8",
    "the file is not UTF-16, which text must be in": "tệp không đúng bảng mã UTF-16",
    "the file cannot be read: {}": "không đọc được tệp: {}",
    "cannot be written: {}": "không ghi được: {}",
    "a field is longer than 131,072 characters": "một ô dài hơn 131.072 ký tự",
    "a JSON object has this key twice; only one can be meant": "khóa này được ghi hai lần",
    # workbooks
    "the workbook is encrypted": "tệp Excel có đặt mật khẩu",
    "the workbook is damaged or incomplete": "tệp Excel bị hỏng hoặc không đầy đủ",
    "the file is a workbook of the old form .xls": "tệp Excel ở dạng cũ .xls",
    "the file is a workbook of the form {}": "tệp bảng tính ở dạng {}",
    "the file is a zip archive, but not a workbook": "đây là tệp nén zip, không phải tệp Excel",
    "the file has {} bytes, at most {} are read": "tệp có {} byte, chỉ đọc được tối đa {}",
    "the name of a workbook ends in .xlsx": "tên tệp Excel phải kết thúc bằng .xlsx",
    "the sheet is empty; it needs a header row": "trang trống; cần có dòng tiêu đề",
    "the sheets of centers, volunteers and shifts hold no rows yet": "các trang Trung tâm, Tình "
    "nguyện viên và Ca trực chưa có dòng nào",
    "there is no sheet of this table; it may be called {}": "không có trang của bảng này; trang có "
    "thể mang tên {}",
    "the sheet {} holds the same table": "trang {} cũng chứa bảng này",
    "the cells {} are merged; each row needs its own value": "các ô {} bị gộp; mỗi dòng cần giá "
    "trị riêng",
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
    "must be x, +, - or blank": "phải là x, +, - hoặc để trống",
    "a row whose first cell starts so would be taken for an example": "dòng có ô đầu bắt đầu như "
    "vậy sẽ bị coi là ví dụ",
    # header and rows
    "there is no such column; known are {}": "không có cột này; các cột của bảng là {}",
    "there is no such field": "không có trường này",
    "the column {} is missing; the header has {}": "thiếu cột {}; dòng tiêu đề có {}",
    "the column stands in the header more than once": "cột này có nhiều lần trong dòng tiêu đề",
    "the column {} has no name in the header": "cột {} không có tên ở dòng tiêu đề",
    "the header has {} columns, at most {} are read": "dòng tiêu đề có {} cột, chỉ đọc được tối đa "
    "{}",
    "the header stands here again": "dòng tiêu đề lặp lại ở đây",
    "the row has {} fields, the header has {}": "dòng có {} ô, dòng tiêu đề có {}",
    # single values
    "a value is needed here": "ô này phải có giá trị",
    "{} needs a value here": "thay đổi {} cần có giá trị ở đây",
    "a time needs its date": "đã ghi giờ thì phải ghi ngày",
    "must be a whole number": "phải là số nguyên",
    "must be a whole number from 1 on": "phải là số nguyên từ 1 trở lên",
    "must be a number, such as 10.5": "phải là một số, như 10.5",
    "must be 0 (no) or 1 (yes)": "phải là 0 (không) hoặc 1 (có)",
    "must be true or false": "phải là 'true' (có) hoặc 'false' (không)",
    "the number is too large": "số quá lớn",
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
    "{} must be hard": "quy định {} phải là 'hard'",
    "{} only costs: its level must be a whole number from 1 on": "quy định {} chỉ tính điểm phạt: "
    "level phải là số nguyên từ 1 trở lên",
    "{} has no {}; its columns are {}": "{} không dùng {}; các cột được dùng là {}",
    "the order is given already": "thứ tự đã được ghi rồi",
    "there is no such rule; docs/rules.md lists them all": "không có quy định này; docs/rules.md "
    "liệt kê tất cả",
    "must be more than {}": "phải lớn hơn {}",
    "must be at least {}": "phải từ {} trở lên",
    "must be less than {}": "phải nhỏ hơn {}",
    "must be at most {}": "phải từ {} trở xuống",
    "must be a volunteer id, a colon and a shift id": "phải gồm mã tình nguyện viên, dấu hai chấm "
    "và mã ca trực",
    "must not hold control characters, and names must not hold |": "không được có ký tự điều "
    "khiển; tên không được có dấu |",
    "ids have no blanks around them and no control characters": "mã không có dấu cách ở hai đầu và "
    "không có ký tự điều khiển",
    # between rows
    "an earlier row of this table is about the same": "một dòng phía trên nói về cùng một việc",
    "an earlier change says the same": "một thay đổi phía trên cũng nói như vậy",
    "the table horizon has one row": "bảng horizon chỉ có một dòng",
    "the id stands in this table already": "mã này đã có trong bảng",
    "{} has this skill for these dates already": "{} đã có kỹ năng này trong những ngày này",
    "{} has another window from {} to {}": "{} có một khung giờ đăng ký khác từ {} đến {}",
    "{} in {} is pinned as {} already": "{} ở ca {} đã được chốt là {}",
    "there is no such center in the table centers": "không có trung tâm này trong bảng centers",
    "there is no such skill in the table skills": "không có kỹ năng này trong bảng skills",
    "there is no such service in the table services": "không có dịch vụ này trong bảng services",
    "there is no such volunteer in the table volunteers": "không có tình nguyện viên này trong "
    "bảng volunteers",
    "there is no such shift in the table shifts": "không có ca trực này trong bảng shifts",
    "there is no such {} in the table {}, which is empty": "không có mã này vì bảng {1} trống",
    "there is no such id in the table {}": "không có mã này trong bảng {}",
    "there is no such id in the planning week": "tuần này không có mã này",
    "there is no such id": "không có mã này",
    "there is no such center, type of center or area": "không có trung tâm, loại trung tâm hoặc "
    "khu vực này",
    "the problem has no such {}": "tuần này không có {} này",
    "the week has none of the shifts of this roster": "lịch trực này không có ca nào của tuần",
    "no shift has such a type or tag": "không ca trực nào có loại hoặc nhãn này",
    "no volunteer is in such a group": "không tình nguyện viên nào thuộc nhóm này",
    "no volunteer belongs to this group": "không tình nguyện viên nào thuộc nhóm này",
    "no center is in such an area or group": "không trung tâm nào thuộc khu vực hoặc nhóm này",
    "the levels of skill {} are 1 to {}": "kỹ năng {} có các bậc từ 1 đến {}",
    "a level needs a skill in column skill_id": "có bậc thì phải có kỹ năng ở cột skill_id",
    "the minimum is at most the target, {}": "mức tối thiểu không được vượt chỉ tiêu, {}",
    "the end must be after the start": "giờ kết thúc phải sau giờ bắt đầu",
    "the end must be after the start, {}": "giờ kết thúc phải sau giờ bắt đầu, {}",
    "the last day must not be before first_day, {}": "ngày cuối không được trước first_day, {}",
    "valid_to must not be before valid_from, {}": "valid_to không được trước valid_from, {}",
    "the horizon is {} to {}": "tuần được lập lịch là từ {} đến {}",
    "clocks in {} are put forward over this time": "ở {}, đồng hồ được chỉnh tới qua giờ này",
    "a weekend is different weekdays in a row, such as sat|sun": "cuối tuần là các ngày khác nhau "
    "liền nhau, như sat|sun",
    "the last days were worked (worked_in_a_row is {}) or off, not both": "những ngày cuối hoặc đã "
    "trực (worked_in_a_row là {}), hoặc đã nghỉ, không thể cả hai",
    "the day before the horizon was worked ({}) or off": "ngày trước tuần này hoặc đã trực ({}), "
    "hoặc đã nghỉ",
    "history is what was before the horizon, which starts on {}": "dữ liệu các tuần trước phải ở "
    "trước tuần này, bắt đầu từ {}",
    "arrivals_low and arrivals_high go together": "arrivals_low và arrivals_high phải đi cùng nhau",
    "a spread is told by arrivals_low and arrivals_high, or by arrivals_cv, not both": "độ dao "
    "động ghi bằng arrivals_low và arrivals_high, hoặc bằng arrivals_cv, không ghi cả hai",
    "arrivals, {}, must lie between arrivals_low and arrivals_high, {}": "arrivals là {}, phải nằm "
    "giữa arrivals_low và arrivals_high, {}",
    "the skill is of kind tech, not language": "kỹ năng thuộc loại 'tech', không phải 'language'",
    "the shares of center {} add up to more than 1": "tổng tỷ lệ của trung tâm {} lớn hơn 1",
    "center {} needs coordinates: {} is on": "trung tâm {} cần tọa độ vì có quy định {}",
    "center {} needs coordinates: {} are on": "trung tâm {} cần tọa độ vì có các quy định {}",
    "volunteer {} needs a home center: {} is on": "tình nguyện viên {} cần có trung tâm gần nhà vì "
    "có quy định {}",
    "volunteer {} needs a home center: {} are on": "tình nguyện viên {} cần có trung tâm gần nhà "
    "vì có các quy định {}",
    "{} does not work {} in this roster": "trong lịch này {} không trực ca {}",
    "nobody is needed in shift {}": "ca {} không cần người nào",
    "shift {} does not ask for this skill": "ca {} không yêu cầu kỹ năng này",
    "both sides of a trade must be different": "hai bên đổi ca phải khác nhau",
    "{} is in the roster of {}, not a reserve": "{} có trong lịch trực ca {}, không phải dự bị",
    "{} is not in the roster of {}": "{} không có trong lịch trực ca {}",
}
"""What is wrong."""
REMEDIES_VI: Mapping[str, str] = {
    "Maybe {} is meant.": "Có thể ý là {}.",
    "Maybe {} or {} is meant.": "Có thể ý là {} hoặc {}.",
    "Maybe {} is meant; rename it.": "Có thể ý là {}; hãy đổi tên.",
    "Maybe {} is meant; format the column as text.": "Có thể ý là {}; hãy định dạng cột là văn "
    "bản.",
    "Maybe {} is meant: a spreadsheet drops leading zeros unless the column is formatted as "
    "text.": "Có thể ý là {}: bảng tính bỏ các số 0 ở đầu nếu cột không được định dạng là văn bản.",
    "Maybe a longer number is meant: a spreadsheet shortened it; format the column as text and "
    "write the id again.": "Bảng tính đã rút gọn một số dài; hãy định dạng cột là văn bản rồi ghi "
    "lại mã.",
    "Maybe {} is meant: a spreadsheet shortened it; format the column as text and write the id "
    "again.": "Có thể ý là {}: bảng tính đã rút gọn số này; hãy định dạng cột là văn bản rồi ghi "
    "lại mã.",
    "Maybe {} is meant (write it without the {}), or {}.": "Có thể ý là {} (hãy ghi không có dấu "
    "{}), hoặc {}.",
    "Maybe write {}, or {}.": "Hãy ghi {}, hoặc {}.",
    "Maybe write 0.91 for 91%.": "Hãy ghi 0.91 cho 91%.",
    "Maybe write 08:30 for half past eight.": "Hãy ghi 08:30 cho tám giờ rưỡi.",
    "Maybe write all dates as 2026-12-07.": "Hãy ghi mọi ngày như 2026-12-07.",
    "Maybe write it without the point.": "Hãy ghi không có dấu chấm.",
    "Maybe leave it blank.": "Hãy để trống ô này.",
    "Maybe a row was pasted twice; every id stands once.": "Có thể một dòng bị dán hai lần; mỗi mã "
    "chỉ có một dòng.",
    "Maybe a row was pasted twice; keep one of them.": "Có thể một dòng bị dán hai lần; hãy chỉ "
    "giữ lại một.",
    "Maybe a row was pasted twice; windows of a person do not overlap.": "Có thể một dòng bị dán "
    "hai lần; các khung giờ đăng ký của một người không được trùng nhau.",
    "Maybe it ends on a later date.": "Có thể giờ kết thúc ở ngày hôm sau.",
    "Maybe the year of a shift is mistyped.": "Có thể năm của một ca trực bị gõ sai.",
    "Maybe the table skills is missing.": "Có thể thiếu bảng skills.",
    "Maybe skill_id was forgotten; otherwise leave the level blank.": "Có thể quên ghi skill_id; "
    "nếu không thì hãy để trống bậc.",
    "Maybe a shift is missing; otherwise remove the row or shorten it.": "Có thể thiếu một ca "
    "trực; nếu không thì hãy xóa hoặc rút ngắn dòng này.",
    "Maybe the seat is empty; then leave the row out.": "Nếu vị trí còn trống thì hãy bỏ dòng này.",
    "Maybe it was made for another week.": "Có thể lịch này được lập cho tuần khác.",
    "Maybe another shift is meant; {} works {}.": "Có thể ý là ca khác; {} trực {}.",
    "Maybe only the examples were filled in; they are never read.": "Có thể chỉ mới điền các dòng "
    "ví dụ; những dòng đó không được đọc.",
    "Maybe its formula or its date is wrong.": "Có thể công thức hoặc ngày bị sai.",
    "Maybe values stand far right of the table; delete those columns.": "Có thể có giá trị ở xa "
    "bên phải bảng; hãy xóa các cột đó.",
    "Maybe save it without a password.": "Hãy lưu lại, không đặt mật khẩu.",
    "Maybe its first row is not the header.": "Có thể dòng đầu tiên không phải là dòng tiêu đề.",
    "Maybe only one of the rows is right; keep that one.": "Có thể chỉ một dòng đúng; hãy chỉ giữ "
    "lại dòng đó.",
    "Maybe came is meant.": "Có thể ý là 'came'.",
    "Maybe called is meant: a reserve who came.": "Có thể ý là 'called': người dự bị đã đến.",
}
"""What to do; a remedy that says the same as the general one of its code is not repeated here."""
GENERAL = {
    "Maybe it is a workbook; save its sheet as 'CSV UTF-8'.",
    "Maybe it was saved in an older encoding; save it as 'CSV UTF-8'.",
    'Maybe a " is missing; a " inside a quoted field is written "".',
    "Maybe two files were put together; leave this row out.",
    "Maybe a value with a comma in it needs quotes.",
    "Maybe the row was cut off; fields that are left blank still need their commas.",
    "Maybe open it in a spreadsheet program and save it as .xlsx.",
    "Maybe open the workbook in a spreadsheet program and save it again.",
    "Maybe delete the blank rows and columns beside the tables, not only their content.",
    "Maybe undo the merge and fill in every cell.",
    "Maybe format the column as text and type the value again.",
    "Maybe arrivals or minutes_per_citizen are mistyped.",
    "Maybe the row coverage,1,100 is missing, or --recommended.",
}
"""Remedies that say what the general one of their code says too."""
