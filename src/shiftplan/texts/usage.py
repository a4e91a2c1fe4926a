"""What is said of a command that was not given as it must be, or that cannot go on.

Key -> text, in English and Vietnamese.
"""

EN = {
    "must not be empty": "must not be empty",
    "must be above 0": "must be above 0",
    "must be above 0 to 1": "must be above 0 to 1",
    "must be 0 to below 1": "must be 0 to below 1",
    "not patience": "{!r} is not from 0.1 to 1000000, and not never",
    "open and closed": "{} is both open and closed",
    "folder or json": "must be a folder, or end in .json",
    "record without roster": "a week is recorded with its roster",
    "question without roster": "name the roster that the question is about",
    "chains of two": "--chains looks for trades of three; leave out one of the two assignments.",
    "nothing different": "Nothing is different: give --absent, --changes or both.",
    "unwritable": "{}: cannot be written: {}",
    "output full": "Standard output cannot be written: {}",
    "missing extra": "This needs the package {}, which is not installed.\n"
    "Maybe the extra is missing; install it with:  pip install 'shiftplan[{}]'",
    "unexpected": "Something unexpected went wrong: {}",
    "unexpected file": "This is not your fault. Please report it with the file {}.",
}
VI = {
    "must not be empty": "không được để trống",
    "must be above 0": "phải lớn hơn 0",
    "must be above 0 to 1": "phải lớn hơn 0 và không quá 1",
    "must be 0 to below 1": "phải từ 0 đến dưới 1",
    "not patience": "{!r} không nằm trong khoảng từ 0.1 đến 1000000, cũng không phải never",
    "open and closed": "{} vừa được ghi là mở cửa vừa được ghi là nghỉ",
    "folder or json": "phải là một thư mục, hoặc kết thúc bằng .json",
    "record without roster": "muốn ghi một tuần vào sổ thì phải có lịch trực của tuần đó",
    "question without roster": "hãy cho biết câu hỏi là về lịch trực nào",
    "chains of two": "--chains tìm cách đổi ca giữa ba người; hãy bỏ bớt một trong hai phân công.",
    "nothing different": "Không có gì thay đổi: hãy thêm --absent, --changes hoặc cả hai.",
    "unwritable": "{}: không ghi được: {}",
    "output full": "Không ghi được ra màn hình hoặc tệp nhận kết quả: {}",
    "missing extra": "Việc này cần gói {}, nhưng gói chưa được cài.\n"
    "Hãy cài bằng:  pip install 'shiftplan[{}]'",
    "unexpected": "Đã xảy ra lỗi ngoài dự kiến: {}",
    "unexpected file": "Đây không phải lỗi của bạn. Hãy báo lỗi và gửi kèm tệp {}.",
}
REASONS_VI = {
    "No space left on device": "đĩa đã đầy",
    "Disk quota exceeded": "đã dùng hết dung lượng được cấp",
    "Permission denied": "không có quyền ghi",
    "Read-only file system": "đĩa chỉ cho phép đọc",
    "Is a directory": "đã có một thư mục mang tên này",
    "Not a directory": "một phần của đường dẫn không phải là thư mục",
    "File exists": "đã có một tệp mang tên này",
    "No such file or directory": "không có tệp hoặc thư mục này",
    "File too large": "tệp quá lớn",
    "File name too long": "tên tệp quá dài",
    "Input/output error": "ổ đĩa bị lỗi",
}
"""What the system says of a file -> Vietnamese."""
