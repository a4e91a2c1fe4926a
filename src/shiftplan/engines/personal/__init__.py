"""Search among whole personal schedules, where rows about one person decide."""
