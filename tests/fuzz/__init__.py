"""Files that are damaged in every way, read by every reader: a week, or an `InputError`."""
