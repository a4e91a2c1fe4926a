"""Help in Vietnamese of the command for many provinces.

Help in English, on one line as it stands in the code -> the same in Vietnamese.
"""

HELP_OF_BATCHES_VI: dict[str, str] = {
    "Plan every week of every province, unattended; the same command again goes on. Weeks that are "
    "planned already are kept, unless their data changed or their roster is very poor. A bad "
    "province fails alone. Ctrl-C ends what runs, which waits for the next start; a second one "
    "ends at once.": "Lập lịch mọi tuần của mọi tỉnh, không cần người theo dõi; chạy lại lệnh này "
    "thì làm tiếp.\n\nTuần đã lập lịch được giữ nguyên, trừ khi dữ liệu thay đổi hoặc lịch rất "
    "kém. Một tỉnh có lỗi không ảnh hưởng tỉnh khác. Nhấn Ctrl-C để dừng, phần đang chạy chờ lần "
    "sau; nhấn lần nữa thì thoát ngay.",
    "Folder with the weeks, as PROVINCE/FIRST DATE, or with a table batch.csv.": "Thư mục có các "
    "tuần, theo TỈNH/NGÀY ĐẦU TUẦN, hoặc có bảng batch.csv.",
    "Folder of the run, made if missing: results, summary.csv, index.html.": "Thư mục cho kết quả, "
    "summary.csv, index.html; chưa có thì được tạo.",
    "First dates of the weeks to plan, such as 2026-12-07,2026-12-14 or 2026-12-07..2026-12-28; "
    "all if not given.": "Ngày đầu của các tuần cần lập lịch, ví dụ 2026-12-07,2026-12-14 hoặc "
    "2026-12-07..2026-12-28; nếu không ghi thì là tất cả.",
    "local for processes on this machine, ray for a cluster.": "local là các tiến trình trên máy "
    "này, ray là một cụm máy.",
    "Address of the Ray cluster; that of this machine if not given.": "Địa chỉ của cụm Ray; nếu "
    "không ghi thì là cụm của máy này.",
    "Processors to use; all, at most 4, if not given.": "Số bộ xử lý được dùng; nếu không ghi thì "
    "dùng tất cả, nhiều nhất là 4.",
    "Seconds of planning for each province-week; 60, or what the budget gives, if not given.": "Số "
    "giây tìm lịch cho mỗi tuần của một tỉnh; nếu không ghi thì là 60, hoặc theo tổng thời gian.",
    "Seconds for the whole batch, shared out by size.": "Số giây cho tất cả, chia theo độ lớn.",
    "Memory of a province-week, in millions of bytes, at which it is ended.": "Bộ nhớ của một tuần "
    "của một tỉnh, tính bằng triệu byte; quá mức này thì bị dừng.",
    "Check the data and tell what would be done; nothing is written.": "Kiểm tra dữ liệu và "
    "cho biết sẽ làm gì; không ghi gì cả.",
    "Print what became of each province-week as JSON.": "In kết quả của từng tuần, từng tỉnh dạng "
    "JSON.",
}
