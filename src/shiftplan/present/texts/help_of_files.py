"""Help in Vietnamese of the commands around a plan: what is handed out, and the weeks to fill in.

Help in English, on one line as it stands in the code -> the same in Vietnamese.
"""

HELP_OF_FILES_VI: dict[str, str] = {
    # anonymize
    "Replace the names and ids of people; no notes, no names of groups, another order.": "Thay tên "
    "và mã của mọi người; bỏ ghi chú, bỏ tên nhóm, đổi thứ tự.",
    "Folder for the week under made-up names.": "Thư mục cho tuần đã thay tên.",
    "Its roster, which becomes roster.csv in the folder.": "Lịch trực của tuần đó, sẽ thành "
    "roster.csv trong thư mục.",
    "Repeats an order; who knows it can find who is who. By chance if not given.": "Số khởi đầu để "
    "lặp lại cùng một thứ tự; ai biết số này có thể tìm ra ai là ai. Không ghi thì chọn ngẫu "
    "nhiên.",
    "Keep the names of groups of volunteers.": "Giữ tên các nhóm tình nguyện viên.",
    "Homes with fewer people are replaced by the nearest one with as many, which changes distances "
    "and costs.": "Nơi ở có ít người hơn số này thì thay bằng nơi gần nhất có đủ; quãng đường và "
    "điểm phạt vì thế thay đổi.",
    "CSV file for who is who, outside the folder; not written if not given.": "Tệp CSV đối chiếu "
    "ai là ai, nằm ngoài thư mục trên; không nêu thì không ghi.",
    # calendars
    "Write a calendar (.ics) and a message for every person and every center. Calendars written "
    "into the same folder again, or with those of `--before` beside that roster, update them: what "
    "changed gets a higher sequence number.": "Ghi tệp lịch (.ics) và tin nhắn cho từng người và "
    "từng trung tâm.\n\nGhi lại vào cùng thư mục, hoặc khi các tệp lịch cũ nằm cạnh lịch trực của "
    "`--before`, thì tệp mới cập nhật tệp cũ: ca nào thay đổi sẽ có số phiên bản cao hơn.",
    "Folder for calendars/*.ics and messages/*.txt.": "Thư mục cho calendars/*.ics và "
    "messages/*.txt.",
    "The roster that people were told: shifts that are gone are cancelled, and messages tell only "
    "what changed.": "Lịch trực đã báo cho mọi người: ca không còn thì được hủy, tin nhắn chỉ nói "
    "điều thay đổi.",
    "Who cannot come, as repair was told.": "Ai không đến được, như đã ghi cho lệnh repair.",
    "What else is different, as repair was told: new people are known then.": "Những thay đổi "
    "khác, như đã ghi cho lệnh repair: nhờ đó có cả người mới.",
    "Least sequence number of what changed; needed only when the folder of the earlier calendars "
    "is lost.": "Số phiên bản thấp nhất cho ca thay đổi; chỉ cần khi đã mất thư mục chứa các tệp "
    "lịch trước.",
    # new-week
    "Make the next week: same work, new dates, without holidays, with history carried on.": "Tạo "
    "tuần sau: công việc như cũ, ngày mới, bỏ ngày lễ, chuyển tiếp lịch sử trực.",
    "The last planning week.": "Tuần trước.",
    "First date of the new week.": "Ngày đầu của tuần mới.",
    "Folder for the new week; beside the last one if not given.": "Thư mục cho tuần mới; nếu không "
    "ghi thì nằm cạnh tuần trước.",
    "The last week's roster: carries history on.": "Lịch trực của tuần trước, để chuyển tiếp lịch "
    "sử trực.",
    "The ledger of earlier weeks, which is only read.": "Sổ trực của các tuần trước, chỉ đọc.",
    "Open and closed days, CSV; days.csv of the last week if not given.": "Ngày mở cửa và ngày "
    "nghỉ, tệp CSV; nếu không ghi thì lấy days.csv của tuần trước.",
    "A date on which all centers are open.": "Ngày mọi trung tâm đều mở cửa.",
    "A date on which all centers are closed.": "Ngày mọi trung tâm đều nghỉ.",
    "Country whose public holidays are closed, or none.": "Nước có các ngày lễ được nghỉ; none là "
    "không xét ngày lễ.",
    "Replace a week that is in the folder already.": "Ghi đè tuần đã có trong thư mục.",
    # report
    "Write a report: map, coverage, loads, empty seats and the roster, in one file for anywhere. "
    "It needs no network and no other file: it can be sent, copied to a stick, or printed.": "Ghi "
    "báo cáo: bản đồ, mức đủ người, mức trực, vị trí trống và lịch trực trong một tệp mở được ở "
    "mọi nơi.\n\nKhông cần mạng hay tệp nào khác: có thể gửi đi, chép vào USB hoặc in ra.",
    "The file to write, such as report.html.": "Tệp cần ghi, ví dụ report.html.",
    "The result.json beside the roster: tells how much better is possible.": "Tệp result.json nằm "
    "cạnh lịch trực: cho biết lịch còn có thể tốt hơn bao nhiêu.",
    "Count people, and name nobody, to hang it out.": "Chỉ đếm số người, không nêu tên ai, để treo "
    "nơi công cộng.",
    # template
    "Make a workbook for a planning week, with help, examples and lists to choose from. shiftplan "
    "template --out week.xlsx, fill it in, then: shiftplan plan week.xlsx --out out": "Tạo tệp "
    "Excel để điền một tuần, có hướng dẫn, ví dụ và danh sách chọn sẵn.\n\nChạy shiftplan template "
    "--out week.xlsx, điền vào tệp, rồi chạy: shiftplan plan week.xlsx --out out",
    "The workbook to write, such as week.xlsx.": "Tệp Excel cần ghi, ví dụ week.xlsx.",
    "A week to fill it with: a folder of CSV files, .json or .xlsx.": "Tuần dùng để điền sẵn: thư "
    "mục các tệp CSV, .json hoặc .xlsx.",
    "First date of a blank week; next Monday if not given.": "Ngày đầu của tuần trống; nếu không "
    "ghi thì là thứ Hai tới.",
    "Replace a workbook that is there already.": "Ghi đè tệp Excel đã có.",
}
