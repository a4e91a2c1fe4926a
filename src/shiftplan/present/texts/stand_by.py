"""Why somebody stands on a stand-by list.

Key -> text, in English and Vietnamese.
"""

EN = {
    "counts for": "counts for {}",
    "and": "{} and {}",
    "one more": "one more person",
    "home center": "at the home center",
    "km away": "{} km away",
    "used": "{} of {} shifts used",
    "prefers": "prefers this time",
    "would rather not": "would rather not come at this time",
    "on another list": "on another list for this time",
}
VI = {
    "counts for": "đáp ứng {}",
    "and": "{} và {}",
    "one more": "thêm một người",
    "home center": "trung tâm gần nhà",
    "km away": "cách nhà {} km",
    "used": "đã xếp {}/{} ca",
    "prefers": "muốn trực giờ này",
    "would rather not": "không muốn trực giờ này lắm",
    "on another list": "đã dự bị cho ca khác cùng giờ",
}
