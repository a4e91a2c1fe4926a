"""Ways out of faults, in Vietnamese.

English remedy -> Vietnamese; {} stands for a detail, which is taken over as it is. A remedy that
is not here is shown in English after the general one of texts/faults.py.
"""

from __future__ import annotations

from collections.abc import Mapping

REMEDIES_VI: Mapping[str, str] = {
    "Maybe '{}' is meant.": "Có thể ý là '{}'.",
    'Maybe "{}" is meant.': 'Có thể ý là "{}".',
    "Maybe leave the row out: without a row this rule is off.": "Hãy bỏ dòng này: không "
    "có dòng nào thì quy định này không được áp dụng.",
    "Maybe nothing is wrong: the rule applies again once a week has it.": "Có thể không có gì sai: "
    "tuần nào có lại tên này thì quy định lại được áp dụng.",
    "Maybe {} or {} is meant.": "Có thể ý là {} hoặc {}.",
    "Maybe {} is meant.": "Có thể ý là {}.",
    "Maybe {} is meant, which only looks the same: character {} is {} here and {} there.": "Có "
    "thể ý là {}, trông giống hệt nhưng khác ở ký tự thứ {}: ở đây là {}, ở đó là {}.",
    "Maybe {} is meant, whose accents are stored in another way.": "Có thể ý là {}; dấu của chữ "
    "được lưu theo cách khác.",
    "Maybe the same id was typed in two ways; write it in one way everywhere.": "Có thể một mã "
    "được gõ theo hai cách; hãy ghi thống nhất một cách.",
    "Maybe it belongs to another roster; give the result.json written beside this one.": "Có thể "
    "tệp thuộc về một lịch trực khác; hãy đưa tệp result.json được ghi cạnh lịch trực này.",
    "Maybe --staff or --recommended was given when it was planned, or the history of weeks before; "
    "else leave it out: its bound says nothing of this week.": "Nếu khi xếp lịch đã dùng --staff "
    "hoặc --recommended, hay lịch sử của các tuần trước, thì hãy thêm vào; nếu không thì bỏ tệp "
    "này đi: mức chặn trong tệp không nói gì về tuần này.",
    "Maybe {} is meant: a spreadsheet drops leading zeros unless the column is formatted as "
    "text.": "Có thể ý là {}: bảng tính bỏ các số 0 ở đầu nếu cột không được định dạng là văn bản.",
    "Maybe a longer number is meant: a spreadsheet shortened it; format the column as text and "
    "write the id again.": "Bảng tính đã rút gọn một số dài; hãy định dạng cột là văn bản rồi ghi "
    "lại mã.",
    "Maybe {} is meant: a spreadsheet shortened it; format the column as text and write the id "
    "again.": "Có thể ý là {}: bảng tính đã rút gọn số này; hãy định dạng cột là văn bản rồi ghi "
    "lại mã.",
    "Maybe a row was pasted twice; every id stands once.": "Có thể một dòng bị dán hai lần; mỗi mã "
    "chỉ có một dòng.",
    "Maybe a row was pasted twice; keep one of them.": "Có thể một dòng bị dán hai lần; hãy chỉ "
    "giữ lại một.",
    "Maybe a row was pasted twice; windows of a person do not overlap.": "Có thể một dòng bị dán "
    "hai lần; các khung giờ đăng ký của một người không được trùng nhau.",
    "Maybe a shift was entered twice; one of the two can be removed.": "Có thể một ca bị nhập hai "
    "lần; nếu vậy, hãy xóa bớt một ca.",
    "Maybe the two ids are swapped; the shift comes first.": "Có thể hai mã bị đổi chỗ; mã ca "
    "đứng trước.",
    "Maybe it ends on a later date.": "Có thể giờ kết thúc ở ngày hôm sau.",
    "Maybe the dates are those of another week.": "Có thể các ngày là của một tuần khác.",
    "Maybe add a row preferences to the table rules, with level 2 and weight 20.": "Có thể thêm "
    "một dòng preferences vào bảng rules, với mức 2 và trọng số 20.",
    "Maybe start and end are swapped.": "Có thể giờ bắt đầu và giờ kết thúc bị ghi ngược.",
    "Maybe the date is mistyped.": "Có thể ngày bị gõ sai.",
    "Maybe skill_id was forgotten; otherwise leave the level blank.": "Có thể quên ghi skill_id; "
    "nếu không thì hãy để trống bậc.",
    "Maybe a shift is missing; otherwise remove the row or shorten it.": "Có thể thiếu một ca "
    "trực; nếu không thì hãy xóa hoặc rút ngắn dòng này.",
    "Maybe it was made for another week.": "Có thể lịch này được lập cho tuần khác.",
    "Maybe another shift is meant; {} works {}.": "Có thể ý là ca khác; {} trực {}.",
    "Maybe only one of the rows is right; keep that one.": "Có thể chỉ một dòng đúng; hãy chỉ giữ "
    "lại dòng đó.",
    "Maybe came is meant.": "Có thể ý là 'came'.",
    "Leave out whom repair replaced; called is a reserve who came.": "Không ghi người đã được thay "
    "khi sửa lịch; 'called' là người dự bị đã đến.",
    "Maybe a code of two letters such as VN is meant, or none.": "Có thể ý là một mã hai chữ cái "
    "như VN, hoặc 'none'.",
    "Maybe that one is to be corrected; take the week of {} out first.": "Nếu cần sửa, trước hết "
    "hãy xóa tuần bắt đầu từ {} khỏi sổ.",
    "Maybe make one of the table first, with --out ledger.json.": "Trước hết hãy đổi bảng thành sổ "
    "trực bằng --out ledger.json.",
    "Maybe remove {}; calendars then need --revision to go on counting.": "Có thể xóa {}; khi đó "
    "các lịch cá nhân cần --revision để đếm tiếp.",
    "Maybe the file was written by a newer version of shiftplan.": "Có thể tệp do một phiên bản "
    "shiftplan mới hơn ghi ra.",
    "Maybe the weeks are not in {}/<province>/<first date, as 2026-12-07>.": "Có thể các tuần "
    "không nằm ở {}/<tỉnh>/<ngày đầu tuần, như 2026-12-07>.",
    "Maybe rename it, or give its days in horizon.": "Hãy đổi tên, hoặc ghi các ngày của tuần vào "
    "bảng horizon.",
    "Maybe give a folder beside that of the weeks.": "Hãy chọn thư mục bên cạnh thư mục của các "
    "tuần.",
    "Maybe it is of a newer version, or of another program. If it is damaged, put a copy back, or "
    "take it away: then all weeks are planned again, and results that are there are kept as {} "
    "where they are not as they were written.": "Có thể tệp của phiên bản mới hơn, hoặc của chương "
    "trình khác. Nếu tệp bị hỏng, hãy chép lại bản sao lưu, hoặc bỏ tệp đi: khi đó mọi tuần được "
    "lập lại, kết quả cũ được giữ với tên {} nếu đã bị sửa.",
}
"""What to do."""
GENERAL_REMEDIES = {
    "Maybe wait for it to end, or give another folder.",
    "Maybe arrivals or minutes_per_citizen are mistyped.",
    "Maybe the row coverage,1,100 is missing, or --recommended.",
}
"""Remedies that say what the general one of their code says too."""
