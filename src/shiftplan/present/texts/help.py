"""Help of the command in Vietnamese.

Help in English, on one line as it stands in the code -> the same in Vietnamese.
"""

from collections.abc import Mapping

from shiftplan.present.texts.help_of_batches import HELP_OF_BATCHES_VI
from shiftplan.present.texts.help_of_files import HELP_OF_FILES_VI

HELP_VI: Mapping[str, str] = (
    HELP_OF_FILES_VI
    | HELP_OF_BATCHES_VI
    | {
        # the command itself
        "Fair volunteer shift rosters for many service centers, with a proven bound.": "Lập lịch trực "
        "công bằng cho tình nguyện viên ở nhiều trung tâm, có chứng minh lịch tốt đến đâu.",
        "Show the version and end.": "Hiện phiên bản rồi thoát.",
        "Show this message and exit.": "Hiện hướng dẫn này rồi thoát.",
        "Install completion for the current shell.": "Cài gợi ý lệnh cho cửa sổ lệnh đang dùng.",
        "Show completion for the current shell, to copy it or customize the installation.": "Hiện mã "
        "gợi ý lệnh, để sao chép hoặc tự cài.",
        # what many commands share
        "The planning week: a workbook .xlsx, a folder of CSV files, or a .json problem.": "Tuần cần "
        "lập lịch: tệp Excel .xlsx, thư mục các tệp CSV, hoặc một tệp .json.",
        "The roster: CSV with shift_id, volunteer_id.": "Lịch trực: tệp CSV có shift_id, volunteer_id.",
        "Engines side by side; as many as processors, at most 4, if not given.": "Số bộ tìm chạy song "
        "song; nếu không ghi thì bằng số bộ xử lý, nhiều nhất là 4.",
        "Random seed.": "Hạt giống ngẫu nhiên: cùng một số thì cùng một cách chọn.",
        "Make requirements from the forecast, also where the week has its own.": "Tính yêu cầu từ dự "
        "báo, kể cả khi tuần đã có yêu cầu riêng.",
        "Add the recommended rules that the week does not name.": "Thêm các quy định nên có mà tuần "
        "chưa ghi.",
        "Show nothing but errors; the exit code tells the rest.": "Chỉ hiện lỗi; mã thoát cho biết kết "
        "quả.",
        "Language of what is shown.": "Ngôn ngữ hiển thị.",
        "Seconds for solving and checking; reading comes before.": "Số giây để tìm và kiểm tra; chưa kể "
        "đọc dữ liệu.",
        "Print figures as JSON.": "In các con số dạng JSON.",
        "Print figures and all findings as JSON.": "In các con số và mọi trường hợp dạng JSON.",
        "Print everything as JSON.": "In tất cả dạng JSON.",
        "People shown.": "Số người được hiện.",
        # plan
        "Plan a week: write the roster, its cost and bound, and whom to call if somebody fails. A week "
        "without requirements gets them from its forecast of citizens. Ctrl-C ends the search and "
        "writes the best roster so far; a second one ends at once. A roster that is empty or very poor "
        "gets no messages, calendars or lists, and exit code 5.": "Lập lịch cho một tuần: ghi lịch "
        "trực, điểm phạt, cận dưới, và người có thể gọi thay khi có người vắng.\n\nTuần chưa có yêu "
        "cầu thì tính từ dự báo lượt người dân. Nhấn Ctrl-C để dừng và ghi lịch tốt nhất đã tìm được; "
        "nhấn lần nữa thì thoát ngay. Lịch trống hoặc rất kém thì không có tin nhắn, lịch cá nhân và danh "
        "sách, mã thoát là 5.",
        "Folder for roster.csv, result.json, reserves.csv, roster.xlsx, report.html, calendars/ and "
        "messages/; made if missing.": "Thư mục cho roster.csv, result.json, reserves.csv, roster.xlsx, "
        "report.html, calendars/ và messages/; chưa có thì được tạo.",
        "Seconds for solving and checking; reading the week comes before, the files are written "
        "after. A quick roster is always finished; 0 gives only that.": "Số giây để tìm và kiểm "
        "tra; đọc dữ liệu trước đó và ghi tệp sau đó không tính vào. Lịch lập nhanh luôn được làm xong; "
        "0 là chỉ lấy lịch đó.",
        "Gap that is good enough, such as 0.01; 0 asks for a proof.": "Độ chênh đủ tốt, ví dụ 0.01; "
        "0 là tìm đến khi chứng minh được.",
        "A roster to start from, such as an earlier one: it binds nothing, and what it names that is "
        "no longer possible is dropped.": "Lịch để bắt đầu, ví dụ lịch trước đó: không ràng buộc gì, "
        "phân công nào không còn hợp lệ thì bỏ.",
        "Print what result.json holds, and the files written, as JSON.": "In nội dung của result.json "
        "và tên các tệp đã ghi, dạng JSON.",
        # charts
        "Draw a roster for slides: empty seats, loads, a map of centers, cost and bound over time.": "Vẽ "
        "lịch trực để trình chiếu: vị trí còn trống, mức trực, bản đồ trung tâm, điểm phạt theo thời "
        "gian.",
        "Folder for the pictures; made if missing.": "Thư mục cho các hình; chưa có thì được tạo.",
        "png for slides, svg for print of any size.": "png để trình chiếu, svg để in cỡ bất kỳ.",
        "The result.json of the roster, for cost and bound over time; that beside the roster if not "
        "given.": "Tệp result.json của lịch trực, để vẽ điểm phạt theo thời gian; nếu không ghi thì lấy "
        "tệp nằm cạnh lịch trực.",
        # check
        "Score any roster, also one made by hand: broken hard rules and costs.": "Chấm một lịch trực "
        "bất kỳ, kể cả lịch xếp tay: quy định bắt buộc bị vi phạm và điểm phạt.",
        "Findings shown for each broken rule.": "Số trường hợp được hiện cho mỗi quy định bị vi phạm.",
        # compare
        "Tell what differs between two rosters: people's shifts, centers' teams, costs by rule.": "Cho "
        "biết hai lịch trực khác nhau ở đâu: ca của từng người, người ở từng trung tâm, điểm phạt.",
        "The first roster: shift_id, volunteer_id.": "Lịch thứ nhất: shift_id, volunteer_id.",
        "The second roster: shift_id, volunteer_id.": "Lịch thứ hai: shift_id, volunteer_id.",
        "People and centers shown.": "Số người và số trung tâm được hiện.",
        # explain
        "Explain why: contradicting rules and ways out, empty seats, people here or not here, advice. "
        "With a roster and no question the seats that lack most are explained. Ctrl-C ends the search and "
        "tells what was found so far; a second one ends at once.": "Giải thích vì sao: quy định mâu "
        "thuẫn và cách gỡ, vị trí trống, vì sao xếp hoặc không xếp một người, lời khuyên.\n\nCó lịch "
        "trực mà không hỏi gì thì giải thích các vị trí thiếu nhiều nhất. Nhấn Ctrl-C để dừng và xem "
        "những gì đã tìm được; nhấn lần nữa thì thoát ngay.",
        "The roster to explain; without one: do hard rules contradict each other?": "Lịch trực cần giải "
        "thích; không có thì xét các quy định bắt buộc có mâu thuẫn nhau không.",
        "Why is a seat of this shift empty?": "Vì sao ca này còn vị trí trống?",
        "Why does this person not work this shift?": "Vì sao người này không trực ca này?",
        "Why does this person work this shift?": "Vì sao người này trực ca này?",
        "What would help most: people, trainings, limits?": "Điều gì giúp được nhiều nhất: thêm người, "
        "tập huấn hay nới giới hạn?",
        "Seconds for each answer: 10 if not given, and 60 for advice.": "Số giây cho mỗi câu trả lời: "
        "nếu không ghi thì 10, lời khuyên thì 60.",
        "Print the answers as JSON.": "In câu trả lời dạng JSON.",
        # ledger
        "Keep the ledger: record a week, write the next week's history, show who did how much.": "Giữ sổ "
        "trực: ghi một tuần, lập lịch sử cho tuần sau, xem ai đã trực bao nhiêu.",
        "The ledger, .json; --record makes it if it is not there.": "Sổ trực, tệp .json; chưa có thì "
        "--record tạo ra.",
        "A planning week that was worked, to be added.": "Tuần đã trực xong, cần ghi vào sổ.",
        "Its roster as published: shift_id, volunteer_id.": "Lịch đã công bố của tuần đó: shift_id, "
        "volunteer_id.",
        "CSV with shift_id, volunteer_id, state (came, excused, absent, called), for whoever did not "
        "come as planned.": "Tệp CSV có shift_id, volunteer_id, state (came, excused, absent, called) "
        "của những người không đến như lịch.",
        "First date of a week to take out, before --record.": "Ngày đầu của tuần cần bỏ ra, làm trước "
        "--record.",
        "Confirm that a volunteer reached a skill's level.": "Xác nhận một người đã đạt bậc của một kỹ "
        "năng.",
        "CSV file for the history of the next week.": "Tệp CSV cho lịch sử của tuần sau.",
        "The next planning week: whose history, and who is a novice.": "Tuần sau cần lập lịch: lịch sử "
        "của ai, ai là người mới.",
        "Factor for each week of age, above 0 to 1.": "Hệ số cho mỗi tuần đã qua, trên 0 đến 1.",
        "Number of most recent weeks to include.": "Số tuần gần nhất được tính.",
        "Only weeks from this date on count.": "Chỉ tính các tuần từ ngày này.",
        "Shifts with a mentor after which a level is suggested.": "Số ca có người hướng dẫn để được đề "
        "nghị lên bậc.",
        "Write the ledger here too; .csv for spreadsheets.": "Ghi sổ trực ra cả tệp này; .csv cho bảng "
        "tính.",
        # repair
        "Repair a published roster after late changes: the same service, and few further changes. Writes "
        "the new roster, what to tell whom, and whom to call next; calendars cancel what is gone, and "
        "go on from those beside the published roster. The changed week is written too: give it to "
        "other commands, with the new roster. Ctrl-C ends the search and writes the best roster so "
        "far; a second one ends at once.": "Sửa lịch đã công bố khi có thay đổi muộn: giữ "
        "mức phục vụ, đổi ít nhất có thể.\n\nGhi lịch mới, cần báo cho ai điều gì, và người có thể gọi "
        "tiếp; tệp lịch hủy những ca không còn và nối tiếp các tệp lịch nằm cạnh lịch đã công bố. Tuần "
        "sau các thay đổi cũng được ghi lại: hãy đưa tuần này cùng lịch mới cho các lệnh khác. Nhấn "
        "Ctrl-C để dừng và ghi lịch tốt nhất đã tìm được; nhấn lần nữa thì thoát ngay.",
        "The published roster, CSV or JSON.": "Lịch đã công bố, CSV hoặc JSON.",
        "Folder for roster.csv, changes.csv, result.json, reserves.csv, roster.xlsx, report.html, "
        "calendars/ and messages/, and changed_week/ with the changed week; made if missing.": "Thư "
        "mục cho roster.csv, changes.csv, result.json, reserves.csv, roster.xlsx, report.html, "
        "calendars/ và messages/, cùng changed_week/ là tuần sau các thay đổi; chưa có thì được tạo.",
        "Who cannot come: CSV with volunteer_id, and date, start and end where only a part of the week "
        "is meant.": "Ai không đến được: tệp CSV có volunteer_id; thêm date, start và end nếu chỉ vắng "
        "một phần của tuần.",
        "What else is different: CSV with the column change (absent, closed, cancelled, requirement, "
        "volunteer, available, person, center, new_shift, moved, pin, preference or demand) and the "
        "columns that kind needs.": "Những thay đổi khác: tệp CSV có cột change (absent, closed, "
        "cancelled, requirement, volunteer, available, person, center, new_shift, moved, pin, "
        "preference hoặc demand) và các cột mà loại đó cần.",
        # what-if
        "Show what late changes would mean: costs by rule before and after, and who would change. "
        "The roster is repaired as repair does it, and nothing is written. Ctrl-C ends the search with "
        "the best roster so far; a second one ends at once.": "Cho biết các thay đổi muộn sẽ dẫn đến "
        "điều gì: điểm phạt theo từng quy định trước và sau, và ai phải đổi ca.\n\nLịch được sửa như "
        "lệnh repair nhưng không ghi tệp nào. Nhấn Ctrl-C để dừng với lịch tốt nhất đã tìm được; nhấn "
        "lần nữa thì thoát ngay.",
        "The roster so far, CSV or JSON.": "Lịch hiện tại, CSV hoặc JSON.",
        "Print costs before and after and all changes as JSON.": "In điểm phạt trước và sau cùng mọi "
        "thay đổi dạng JSON.",
        "Go on until no better roster is possible, or the time is over.": "Tìm tiếp đến khi không thể "
        "có lịch tốt hơn, hoặc hết thời gian.",
        "Date before which nothing may change, such as tomorrow's.": "Trước ngày này không được thay đổi "
        "gì, ví dụ ngày mai.",
        "The result.json of the published roster: its bound still holds where people are only absent."
        "": "Tệp result.json của lịch đã công bố: cận dưới vẫn đúng khi chỉ có người vắng.",
        # schema, simulate, staff
        "Print the JSON schema of a problem, or of another form.": "In cấu trúc JSON của dữ liệu đầu vào, "
        "hoặc của một loại tệp khác.",
        "The form of a file or of what is printed.": "Loại tệp, hoặc loại nội dung được in.",
        "Simulate citizens who come, wait and are served by the people of a roster.": "Mô phỏng người "
        "dân đến, chờ và được những người trong lịch trực phục vụ.",
        "JSON file for all figures.": "Tệp JSON cho mọi con số.",
        "An earlier roster to compare with, on the same citizens.": "Lịch trước đó để so sánh, với cùng "
        "những người dân.",
        "How often the week is simulated.": "Số lần mô phỏng cả tuần.",
        "Mean minutes until a waiting citizen gives up, where the week does not say it.": "Số phút chờ "
        "trung bình trước khi người dân bỏ về, nếu tuần không ghi.",
        "Whether who waits at the end of a shift is still served.": "Người còn chờ khi hết ca có được "
        "phục vụ nốt không.",
        "Turn the forecast of citizens into requirements, and say why.": "Tính yêu cầu từ dự báo lượt "
        "người dân, và nói rõ vì sao.",
        "CSV file for the requirements.": "Tệp CSV cho các yêu cầu.",
        # suggest, swap
        "Show who can take a shift, the cheapest first, and why the others cannot.": "Cho biết ai nhận "
        "được một ca, ít điểm phạt trước, và vì sao những người khác không được.",
        "The shift that needs somebody.": "Ca cần người.",
        "Volunteer id of somebody in the shift who is replaced.": "Mã của người trong ca cần được thay.",
        "Stand-by lists: CSV with shift_id, rank, volunteer_id.": "Danh sách dự bị: tệp CSV có shift_id, "
        "rank, volunteer_id.",
        "Print everybody as JSON.": "In tất cả mọi người dạng JSON.",
        "People shown in each part.": "Số người được hiện trong mỗi phần.",
        "Judge a trade of two shifts; with one assignment, find who could take the shift or trade."
        "": "Xét việc đổi hai ca; nếu chỉ ghi một phân công thì tìm người nhận thay hoặc đổi ca.",
        "Volunteer id, colon, shift id, such as V1:S1: who leaves what.": "Mã người, dấu hai chấm, mã "
        "ca, ví dụ V1:S1: ai rời ca nào.",
        "The other side; all partners if not given.": "Bên kia; nếu không ghi thì xét mọi người.",
        "Look for trades of three people too.": "Tìm cả cách đổi giữa ba người.",
        "Print trades as JSON.": "In các cách đổi dạng JSON.",
        "Trades shown of each kind.": "Số cách đổi được hiện cho mỗi loại.",
        # tradeoff
        "Show what service, evenness between people, travel and equal areas cost each other. Every "
        "point is a roster with a proven bound. Ctrl-C ends the search and writes the points found so "
        "far.": "Cho biết phục vụ, chia đều giữa mọi người, đi lại và công bằng giữa các khu vực đánh "
        "đổi nhau ra sao.\n\nMỗi phương án là một lịch trực có cận dưới đã chứng minh. Nhấn Ctrl-C để "
        "dừng và ghi các phương án đã tìm được.",
        "Folder for tradeoff.csv, tradeoff.png and the rosters; made if missing.": "Thư mục cho "
        "tradeoff.csv, tradeoff.png và các lịch trực; chưa có thì được tạo.",
        "Seconds for all points together.": "Số giây cho tất cả các phương án.",
        "Points to try, 2 to 10; dominated ones are left out.": "Số phương án cần thử, 2 đến 10; phương "
        "án không hơn phương án khác thì không liệt kê.",
    }
)
