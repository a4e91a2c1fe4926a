"""What is wrong between rows, weeks and rosters, in Vietnamese.

English sentence -> Vietnamese; {} stands for a detail, which is taken over as it is. A sentence
that is not here is shown in English after the general one of texts/faults.py.
"""

from __future__ import annotations

from collections.abc import Mapping

RELATIONS_VI: Mapping[str, str] = {
    "an earlier row of this table is about the same": "một dòng phía trên nói về cùng một việc",
    "an earlier row wishes the opposite, so that the two contradict each other": "một dòng phía "
    "trên ghi nguyện vọng ngược lại nên hai dòng mâu thuẫn nhau",
    "{} shifts are the same as an earlier one; {} has the same center, date, times and type": "có "
    "{:,} ca giống một ca phía trên; ca {} có cùng trung tâm, ngày, giờ và loại",
    "{} has the same center, date, times and type": "ca {} có cùng trung tâm, ngày, giờ và loại",
    "an earlier change says the same": "một thay đổi phía trên cũng nói như vậy",
    "the id stands in this table already": "mã này đã có trong bảng",
    "{} has this skill for these dates already": "{} đã có kỹ năng này trong những ngày này",
    "{} has another window from {} to {}": "{} có một khung giờ đăng ký khác từ {} đến {}",
    "{} in {} is pinned as {} already": "{} ở ca {} đã được chốt là {}",
    "{} in {} would be added before {}, where nothing may change": "{} phải được thêm vào ca {} "
    "trước ngày {}, là thời gian không được thay đổi gì",
    "there is no such center in the table centers": "không có trung tâm này trong bảng centers",
    "there is no such skill in the table skills": "không có kỹ năng này trong bảng skills",
    "there is no such service in the table services": "không có dịch vụ này trong bảng services",
    "there is no such volunteer in the table volunteers": "không có tình nguyện viên này trong "
    "bảng volunteers",
    "there is no such shift in the table shifts": "không có ca trực này trong bảng shifts",
    "there is no such {} in the table {}, which is empty": "không có mã này vì bảng {1} trống",
    "there is no such center, type of unit or area": "không có trung tâm, loại đơn vị hoặc khu vực "
    "này",
    "the table volunteers is empty, so that nobody can be planned": "bảng volunteers trống nên "
    "không xếp được ai",
    "the table requirements is empty, so that nobody is needed": "bảng requirements trống nên "
    "không ca nào cần người",
    "no rule reads the table preferences, so that wishes in it count for nothing": "không quy định "
    "nào dùng bảng preferences nên nguyện vọng ghi ở đó không được tính",
    "from {} over midnight to {} are {} hours": "từ {0} qua nửa đêm đến {1} là {2:,} giờ",
    "from {} over midnight to {} are {} hours; {} rows of this table last more than 12 hours over "
    "midnight": "từ {0} qua nửa đêm đến {1} là {2:,} giờ; {3:,} dòng của bảng này dài hơn 12 giờ "
    "và qua nửa đêm",
    "the shift {} is on {} in this week": "trong tuần này ca {} là ngày {}",
    "the week has none of the shifts of this roster": "lịch trực này không có ca nào của tuần",
    "no shift has such a type or tag": "không ca trực nào có loại hoặc nhãn này",
    "no volunteer is in such a group": "không tình nguyện viên nào thuộc nhóm này",
    "nothing in this week has the name {}, so rule {} has no effect": "tuần này không có gì mang "
    "tên {} nên quy định {} không có tác dụng",
    "nothing in this week has the name {}; rule {} applies to the others": "tuần này không có gì "
    "mang tên {}; quy định {} chỉ áp dụng cho các tên còn lại",
    "no skill has this id": "không kỹ năng nào có mã này",
    "no center is in such an area or group": "không trung tâm nào thuộc khu vực hoặc nhóm này",
    "the levels of skill {} are 1 to {}": "kỹ năng {} có các bậc từ 1 đến {}",
    "a level needs a skill in column skill_id": "có bậc thì phải có kỹ năng ở cột skill_id",
    "the minimum is at most the target, {}": "mức tối thiểu không được vượt chỉ tiêu, {}",
    "the end must be after the start": "giờ kết thúc phải sau giờ bắt đầu",
    "the end must be after the start, {}": "giờ kết thúc phải sau giờ bắt đầu, {}",
    "the last day must not be before first_day, {}": "ngày cuối không được trước first_day, {}",
    "valid_to must not be before valid_from, {}": "valid_to không được trước valid_from, {}",
    "all windows ({}) lie outside the horizon, {} to {}": "mọi khung giờ đăng ký ({:,}) đều nằm "
    "ngoài tuần được lập lịch, từ {} đến {}",
    "{} has a window outside the horizon, {} to {}": "{} có một khung giờ đăng ký nằm ngoài tuần "
    "được lập lịch, từ {} đến {}",
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
    "center {} needs coordinates: {} and {} and {} are on": "trung tâm {} cần tọa độ vì có các quy "
    "định {}, {} và {}",
    "center {} needs coordinates: {} and {} are on": "trung tâm {} cần tọa độ vì có các quy định "
    "{} và {}",
    "volunteer {} needs a home center: {} is on": "tình nguyện viên {} cần có trung tâm gần nhà vì "
    "có quy định {}",
    "volunteer {} needs a home center: {} and {} and {} are on": "tình nguyện viên {} cần có trung "
    "tâm gần nhà vì có các quy định {}, {} và {}",
    "volunteer {} needs a home center: {} and {} are on": "tình nguyện viên {} cần có trung tâm "
    "gần nhà vì có các quy định {} và {}",
    "this is a volunteer, and {} is a shift": "đây là một tình nguyện viên, còn {} là một ca trực",
    "{} does not work {} in this roster": "trong lịch này {} không trực ca {}",
    "nobody is needed in shift {}": "ca {} không cần người nào",
    "shift {} does not ask for this skill": "ca {} không yêu cầu kỹ năng này",
    "both sides of a trade must be different": "hai bên đổi ca phải khác nhau",
    "{} is in the roster of {}, not a reserve": "{} có trong lịch trực ca {}, không phải dự bị",
    "{} is not in the roster of {}": "{} không có trong lịch trực ca {}",
    "a preference is about a shift_id or about a date; this one has neither": "nguyện vọng phải về "
    "một shift_id hoặc một ngày; ở đây không có cái nào",
    "a preference is about a shift_id or about a date; this one has both": "nguyện vọng phải về "
    "một shift_id hoặc một ngày; ở đây có cả hai",
    "shift types and tags go with a date, not with a shift_id": "loại ca và nhãn đi với ngày, "
    "không đi với shift_id",
    "arrivals_low and arrivals_high, {}, are too far apart for a mean of {}": "arrivals_low và "
    "arrivals_high, {}, cách nhau quá xa so với mức trung bình {}",
    "it is part of worked_in_a_row, {}": "số này nằm trong worked_in_a_row, {}",
    "{} ({}) is more than {} ({})": "{} ({:,}) lớn hơn {} ({:,})",
    "it only looks the same as {}: character {} is {} here and {} there": "chỉ trông giống {}, "
    "nhưng khác ở ký tự thứ {}: ở đây là {}, ở đó là {}",
    "it only looks the same as {}: character {} is {} here and {} there; {} names of this column "
    "look like another one": "chỉ trông giống {}, nhưng khác ở ký tự thứ {}: ở đây là {}, ở đó là "
    "{}; trong cột này có {} tên trông giống tên khác",
    "{} in {} stands here before": "{} ở ca {} đã có ở phía trên",
    "{} in {} is {} further up": "{} ở ca {} đã được ghi là {} ở phía trên",
    "the ledger has no volunteer with this id": "sổ trực không có tình nguyện viên mang mã này",
    "no week of the ledger starts on this date": "không tuần nào trong sổ trực bắt đầu vào ngày "
    "này",
    "days of this week are in the ledger already, in the week of {}": "sổ trực đã có những ngày "
    "của tuần này, trong tuần bắt đầu từ {}",
    "the person has {} entries in the week of {}": "người này có {} mục trong tuần bắt đầu từ {}",
    "a ledger that is kept is .json: a table cannot hold all of it": "sổ trực phải là tệp .json: "
    "một bảng không chứa hết được",
    "{} reached level {} of {} on {}": "{} đã đạt bậc {} của kỹ năng {} ngày {}",
    "a requirement changes its minimum, its target or both; neither is given": "phải ghi mức tối "
    "thiểu mới, chỉ tiêu mới hoặc cả hai; ở đây không có cái nào",
    "there is no such requirement yet, so that a target is needed": "chưa có nhu cầu này nên phải "
    "ghi chỉ tiêu",
    "another change says something else about this requirement": "một thay đổi khác nói khác về "
    "nhu cầu này",
    "another change says something else about the same row": "một thay đổi khác nói khác về "
    "chính dòng này",
    "another change says that this person is absent then": "một thay đổi khác cho biết lúc đó "
    "người này vắng mặt",
    "another change says that this shift does not take place": "một thay đổi khác cho biết ca này "
    "không diễn ra",
    "there is no such country, or its holidays are not known": "không có nước này, hoặc không biết "
    "các ngày lễ của nước đó",
    "a row needs either a date or weekdays": "mỗi dòng cần một ngày hoặc các thứ trong tuần, chỉ "
    "một trong hai",
    "start, end and like go with open": "start, end và like chỉ đi với 'open'",
    "a group is off with closed, and without where": "cho một nhóm nghỉ thì ghi 'closed' và để "
    "trống where",
    "the week begins on the same weekday as the last one, {}": "tuần phải bắt đầu vào cùng thứ với "
    "tuần trước, {}",
    "weeks begin before {}": "tuần phải bắt đầu trước {}",
    "the week begins after the last one, whose last date is {}": "tuần phải bắt đầu sau tuần "
    "trước, tuần đó kết thúc vào {}",
    "requirements are made from a forecast, but no citizens are expected": "cần dự báo để tính nhu "
    "cầu người, nhưng không có dự báo nào",
    "the minimum of {} promises more than its target: minimum_level {} is above target_level "
    "{}": "mức tối thiểu của {} cam kết nhiều hơn chỉ tiêu: minimum_level {} lớn hơn target_level "
    "{}",
    "{} has no shift for {} of this time: {} citizens would be sent away": "{} không có ca trực "
    "cho {} khoảng thời gian này: {} lượt dân sẽ không được phục vụ",
    "{} would need a team of {}; {} are the most that can be planned": "{} sẽ cần {} người cùng "
    "lúc; chỉ tính được tối đa {}",
    "the week has no rule with a price, so that nothing can be traded": "không có quy định nào "
    "tính điểm phạt nên không có gì để cân nhắc",
    "this could be {}, or {}": "có thể hiểu theo nhiều cách [{}, or {}]",
    # many provinces
    "the folder holds no planning week": "thư mục không có tuần nào",
    "no province has a week that begins on this date": "không tỉnh nào có tuần bắt đầu từ ngày này",
    "no province has a week that begins in this range": "không tỉnh nào có tuần bắt đầu trong "
    "khoảng này",
    "the range ends before it starts": "khoảng kết thúc trước khi bắt đầu",
    "must be a date such as 2026-12-07, or a range such as 2026-12-07..2026-12-28": "phải là một "
    "ngày như 2026-12-07, hoặc một khoảng như 2026-12-07..2026-12-28",
    "a planning week is named by its first date, such as 2026-12-07": "tên của một tuần là ngày "
    "đầu tuần, như 2026-12-07",
    "there is no such folder or file": "không có thư mục hoặc tệp này",
    "a province has a name without blanks or dots around it": "tên tỉnh không có dấu cách hay "
    "dấu chấm ở hai đầu",
    'the name becomes a folder: at most 200 bytes, without / \\ : * ? " < > |': "tên này thành tên "
    'thư mục: nhiều nhất 200 byte, không có / \\ : * ? " < > |',
    "this is the name of a file that the run writes": "đây là tên của một tệp mà lệnh ghi ra",
    "differs from {} only in capitals, or in how accents are stored; both would share a folder": ""
    "chỉ khác {} ở chữ hoa hoặc cách lưu dấu; cả hai sẽ dùng chung một thư mục",
    "the week is there twice: {}, {}": "có hai lần tuần này: {}, {}",
    "the week is named {}, but begins on {}": "tên tuần là {}, nhưng tuần bắt đầu từ {}",
    "another batch is at work in this folder: process {} of {} on {}, for {} s": "thư mục đang "
    "được dùng: tiến trình {} của {} trên máy {}, từ {} s trước",
    "results would be written among the planning weeks": "kết quả sẽ bị ghi lẫn vào các tuần cần "
    "lập lịch",
    "the link {} leads nowhere": "liên kết {} không dẫn đến đâu",
    "this is no manifest that this version of shiftplan can read": "phiên bản này không đọc "
    "được tệp",
}
"""What is wrong."""
