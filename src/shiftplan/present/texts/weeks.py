"""What is told of a new week, and the made-up names of people.

Key -> text, in English and Vietnamese.
"""

EN = {
    "new week": "The week from {} to {}: {} shifts of {} people, {} windows.",
    "new week closed": "Closed {} ({}): {} shifts of {} centers are left out.",
    "new week no reason": "as days.csv or the command says",
    "new week filled": "{}: {} shifts of {} centers are copied from {}.",
    "new week unknown": "No shifts on {}: closed in the last week, which does not tell "
    "whether people work then. Maybe open them with --open, or give an earlier week with --from.",
    "new week off": "{} windows are left out, because the people's group is off.",
    "new week dropped": "Left out, because they were about the last week only: {}.",
    "new week rows": "{} ({} rows)",
    "new week carried": "History was carried on.",
    "new week not carried": "History is that of the last week; give --roster or --ledger to carry "
    "it on.",
    "new week confirm": "The windows are those of the last week: let people confirm them before "
    "you plan.",
    "new week exists": "{}: there is a week here already; --replace writes over it.",
    "anonymous folder": "{}: needs an empty folder, so that nothing of other weeks stays in it.",
    "anonymous key place": "{}: must lie outside {}, which is to be shown to others.",
    "anonymous person": "Person {}",
    "anonymous": "{} people have made-up names. Whoever knows somebody's skills, home and offers "
    "may still find the person.",
    "anonymous key": "Who is who stands in {}; keep it apart.",
}
VI = {
    "new week": "Tuần từ {} đến {}: {} ca, {} người, {} khung giờ đăng ký.",
    "new week closed": "Nghỉ {} ({}): bỏ {} ca của {} trung tâm.",
    "new week no reason": "theo days.csv hoặc theo lệnh",
    "new week filled": "{}: chép {} ca của {} trung tâm từ {}.",
    "new week unknown": "Không có ca vào {}: tuần trước nghỉ những ngày này nên không rõ cuối tuần "
    "có trực hay không. Có thể thêm --open, hoặc dùng --from với một tuần trước đó nữa.",
    "new week off": "Bỏ {} khung giờ đăng ký vì nhóm của những người này được nghỉ.",
    "new week dropped": "Bỏ các bảng chỉ dành cho tuần trước: {}.",
    "new week rows": "{} ({} dòng)",
    "new week carried": "Đã chuyển tiếp lịch sử trực.",
    "new week not carried": "Lịch sử trực vẫn là của tuần trước; thêm --roster hoặc --ledger để "
    "chuyển tiếp.",
    "new week confirm": "Các khung giờ đăng ký là của tuần trước: hãy để mọi người xác nhận lại "
    "trước khi lập lịch.",
    "new week exists": "{}: ở đây đã có một tuần; thêm --replace để ghi đè.",
    "anonymous folder": "{}: cần một thư mục trống, để không sót lại dữ liệu của tuần khác.",
    "anonymous key place": "{}: phải nằm ngoài {}, vì thư mục đó dành để cho người khác xem.",
    "anonymous person": "Người {}",
    "anonymous": "Đã thay tên {} người. Ai biết rõ kỹ năng, nơi ở và giờ đăng ký của một người vẫn "
    "có thể nhận ra người đó.",
    "anonymous key": "Bảng đối chiếu tên nằm trong {}; hãy cất riêng.",
}
