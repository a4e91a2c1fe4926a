"""What is wrong with input, and what to do about it, in Vietnamese.

Code of a fault -> sentence and remedy, in the sense of docs/faults.md. English stands where a
fault is found.
"""

from __future__ import annotations

from collections.abc import Mapping

from shiftplan.errors import FaultCode

FAULTS_VI: Mapping[FaultCode, tuple[str, str]] = {
    "missing_file": ("không có tệp hoặc thư mục này", "Hãy thêm tệp, hoặc sửa lại tên."),
    "unreadable_file": (
        "không đọc hoặc không ghi được tệp này",
        "Hãy kiểm tra đường dẫn và quyền truy cập.",
    ),
    "not_text": (
        "tệp này không phải là văn bản",
        "Nếu đây là tệp Excel, hãy lưu từng trang thành 'CSV UTF-8'.",
    ),
    "wrong_encoding": (
        "tệp không ở bảng mã UTF-8 hoặc UTF-16",
        "Hãy lưu lại thành 'CSV UTF-8'.",
    ),
    "control_character": ("văn bản có ký tự điều khiển", "Hãy ghi hoặc xuất lại tệp."),
    "empty_file": (
        "tệp trống, không có cả dòng tiêu đề",
        "Hãy điền nội dung, hoặc xóa đi nếu không bắt buộc phải có.",
    ),
    "broken_quotes": (
        "dấu ngoặc kép không khớp từ đây trở đi",
        'Hãy đóng ngoặc kép; ghi "" cho một dấu ngoặc kép nằm bên trong.',
    ),
    "too_long": (
        "một ô dài hơn 131.072 ký tự",
        "Hãy tìm xem dòng phía trên có thiếu dấu ngoặc kép không.",
    ),
    "broken_json": ("tệp không phải là JSON hợp lệ", "Hãy xuất lại tệp."),
    "repeated_key": ("một khóa JSON được ghi hai lần", "Hãy chỉ giữ lại khóa đúng."),
    "not_a_workbook": (
        "tệp không phải là tệp Excel .xlsx hoặc .xlsm đọc được",
        "Hãy mở bằng chương trình bảng tính rồi lưu thành .xlsx, không đặt mật khẩu.",
    ),
    "too_large": (
        "tệp lớn hơn mức đọc được",
        "Hãy xóa hẳn các dòng và cột trống, không chỉ xóa nội dung.",
    ),
    "missing_sheet": ("thiếu một trang cần có", "Hãy thêm trang, hoặc sửa lại tên trang."),
    "merged_cells": ("bảng có ô bị gộp", "Hãy bỏ gộp và điền vào từng ô."),
    "unknown_column": ("bảng không có cột này", "Hãy dùng đúng tên cột, hoặc xóa cột này."),
    "missing_column": (
        "thiếu một cột cần có",
        "Hãy thêm cột; xem dòng đầu tiên có đúng là dòng tiêu đề không.",
    ),
    "repeated_column": ("cột này xuất hiện hai lần ở dòng tiêu đề", "Hãy xóa bớt một cột."),
    "unnamed_column": ("cột có giá trị nhưng không có tên", "Hãy đặt tên cột, hoặc xóa giá trị."),
    "too_many_columns": ("dòng tiêu đề có quá 5.000 cột", "Hãy xuất lại bảng."),
    "repeated_header": ("dòng tiêu đề lặp lại giữa bảng", "Hãy xóa dòng này."),
    "too_many_fields": (
        "dòng có nhiều ô hơn dòng tiêu đề",
        "Hãy đặt giá trị có dấu phẩy trong ngoặc kép.",
    ),
    "too_few_fields": (
        "dòng có ít ô hơn dòng tiêu đề",
        "Hãy ghi cho đủ dòng; ô để trống vẫn cần có dấu phẩy.",
    ),
    "missing_value": ("ô này phải có giá trị", ""),
    "not_a_whole_number": ("phải là số nguyên", "Hãy chỉ ghi các chữ số."),
    "not_a_number": ("phải là một số, như 10.5", ""),
    "ambiguous_number": (
        "số này có thể hiểu theo hai cách",
        "Hãy ghi số không có dấu phân cách hàng nghìn, như 1234.",
    ),
    "not_a_flag": ("phải là 0 (không) hoặc 1 (có)", ""),
    "not_a_date": ("không có ngày này, hoặc ngày không ghi như 2026-12-07", ""),
    "ambiguous_date": (
        "không rõ ngày đứng trước hay tháng đứng trước",
        "Hãy ghi mọi ngày như 2026-12-07.",
    ),
    "not_a_time": ("không phải là giờ và phút trong ngày", "Hãy ghi như 08:30."),
    "not_one_of": ("không phải là một trong các giá trị cho phép", ""),
    "out_of_range": ("giá trị quá nhỏ hoặc quá lớn", ""),
    "invalid_value": ("giá trị không hợp lệ", ""),
    "unknown_rule": ("không có quy định này", "Hãy dùng một tên có trong docs/rules.md."),
    "not_a_parameter": ("không cần giá trị ở đây", "Hãy để trống ô này."),
    "formula_without_value": (
        "công thức chưa được lưu kèm kết quả",
        "Hãy mở tệp bằng chương trình bảng tính rồi lưu lại.",
    ),
    "error_value": ("ô này báo lỗi thay vì có giá trị", "Hãy sửa công thức của ô."),
    "changed_by_spreadsheet": (
        "chương trình bảng tính đã đổi văn bản này thành ngày hoặc số",
        "Hãy định dạng cột là văn bản rồi nhập lại.",
    ),
    "duplicate_id": ("mã này đã có trong bảng", "Hãy đổi một mã, hoặc xóa một dòng."),
    "duplicate_row": ("có hai dòng nói về cùng một việc", "Hãy chỉ giữ lại một dòng."),
    "unknown_id": (
        "không có mã này trong bảng",
        "Hãy ghi mã đúng như trong bảng; định dạng cột mã là văn bản.",
    ),
    "unknown_name": ("không có nhóm, khu vực, loại ca hoặc nhãn này", "Hãy sửa lại tên."),
    "level_out_of_range": (
        "bậc cao hơn bậc cao nhất của kỹ năng",
        "Hãy hạ bậc xuống, hoặc tăng max_level.",
    ),
    "level_without_skill": (
        "có bậc nhưng không có kỹ năng",
        "Hãy ghi kỹ năng, hoặc để trống bậc.",
    ),
    "minimum_above_target": ("mức tối thiểu cao hơn chỉ tiêu", "Hãy tăng chỉ tiêu."),
    "reversed_interval": ("kết thúc trước hoặc ngay khi bắt đầu", "Hãy sửa lại ngày hoặc giờ."),
    "overlapping_windows": (
        "hai khung giờ đăng ký của một người trùng nhau",
        "Hãy gộp lại, hoặc rút ngắn một khung giờ.",
    ),
    "outside_horizon": ("ngày này nằm ngoài tuần được lập lịch", "Hãy sửa ngày, hoặc sửa tuần."),
    "unknown_horizon": (
        "không có bảng horizon, và các ca trực không cho biết lập lịch cho những ngày nào",
        "Hãy thêm horizon.csv, hoặc sửa lại ngày.",
    ),
    "no_such_time": (
        "giờ này không có vì đồng hồ được chỉnh tới",
        "Hãy dùng một giờ có trên đồng hồ.",
    ),
    "missing_coordinates": (
        "có quy định về khoảng cách, nhưng trung tâm thiếu lat hoặc lon",
        "Hãy thêm tọa độ, hoặc tắt quy định đó.",
    ),
    "missing_home": (
        "có quy định về khoảng cách, nhưng tình nguyện viên chưa có trung tâm gần nhà",
        "Hãy điền home_center_id hoặc mobile, hoặc tắt quy định đó.",
    ),
    "contradicting_pins": (
        "một dòng buộc phải trực (must), dòng khác lại cấm (must_not)",
        "Hãy chỉ giữ lại dòng đúng.",
    ),
    "contradicting_history": (
        "dữ liệu về những ngày trước tuần này mâu thuẫn nhau",
        "Hãy sửa lại dữ liệu của các tuần trước.",
    ),
    "contradicting_attendance": (
        "điểm danh không khớp với lịch trực, hoặc một người có hai kết quả cho một ca",
        "Hãy chỉ giữ lại dòng đúng; ghi called cho người dự bị đã đến.",
    ),
    "contradicting_changes": (
        "hai thay đổi của lịch đã công bố mâu thuẫn nhau",
        "Hãy chỉ giữ lại thay đổi đúng.",
    ),
    "week_recorded": (
        "sổ trực đã có những ngày của tuần này",
        "Nếu cần sửa, trước hết hãy xóa tuần đó khỏi sổ.",
    ),
    "level_confirmed": (
        "sổ trực đã ghi người này đạt bậc này hoặc cao hơn",
        "Hãy bỏ qua, hoặc xác nhận một bậc cao hơn.",
    ),
    "unclear_wish": (
        "nguyện vọng phải về một ca trực hoặc về một ngày, chỉ một trong hai",
        "Hãy điền một trong hai.",
    ),
    "unclear_spread": (
        "độ dao động của dự báo ghi thiếu, ghi hai lần hoặc không khớp với dự báo",
        "Hãy điền arrivals_low và arrivals_high, hoặc chỉ điền arrivals_cv.",
    ),
    "not_a_language": (
        "kỹ năng này không phải là ngôn ngữ",
        "Hãy ghi một ngôn ngữ, hoặc sửa cột kind trong bảng skills.",
    ),
    "shares_above_one": (
        "tổng tỷ lệ các ngôn ngữ của một trung tâm lớn hơn 1",
        "Hãy giảm các tỷ lệ.",
    ),
    "demand_outside_shifts": (
        "dự báo có người dân đến vào lúc trung tâm không có ca trực",
        "Hãy dời ca trực hoặc dự báo, hoặc xóa dòng nếu lúc đó không cần phục vụ.",
    ),
    "nothing_to_staff": (
        "cần dự báo để tính nhu cầu người, nhưng không có dự báo nào",
        "Hãy điền demand.csv và services.csv, hoặc tự ghi requirements.csv.",
    ),
    "nothing_to_trade": (
        "không có quy định nào tính điểm phạt nên không có gì để cân nhắc",
        "Hãy thêm dòng coverage,1,100, hoặc dùng --recommended.",
    ),
    "not_assigned": (
        "người này không trực ca đó trong lịch",
        "Hãy ghi một ca mà người đó trực.",
    ),
    "broken_rules": (
        "lịch trực vi phạm quy định bắt buộc",
        "Hãy sửa lịch trực; lệnh check liệt kê các vi phạm.",
    ),
    "too_many_citizens": (
        "dự báo cần nhiều người hơn mức tính được",
        "Hãy sửa arrivals hoặc minutes_per_citizen.",
    ),
    "split_weekend": (
        "các ngày cuối tuần không liền nhau",
        "Hãy ghi các ngày liền nhau, như sat|sun.",
    ),
    "in_use": (
        "thư mục đang được một lần chạy khác dùng",
        "Hãy đợi lần chạy đó xong, hoặc chọn thư mục khác.",
    ),
}
"""Code -> what is wrong; and what to do, empty where the sentence says it all."""
PLACES_VI = {
    "file": "tệp {}",
    "sheet": "trang {}",
    "cell": "ô {}",
    "row": "dòng {}",
    "column": "cột {}",
    "table": "bảng {}",
    "entry": "mục {}",
    "options": "tùy chọn {}",
}
"""Part of a place -> how it is said."""
