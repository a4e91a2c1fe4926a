"""Wrong statements of the rules on the share of a group."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    min_group_share post:
        pairs.center * arrays.num_days + pairs.day -> pairs.day
        sign = 1 if self._least else -1 -> sign = -1
        person * of_group -> of_group
        self, beyond, 0 -> self, beyond, 1
        beyond - people * person, 0 -> beyond - people, 0
        np.ceil(most[live] / person) -> np.floor(most[live] / person)
        keys[self.per] -> keys['shift']
        arrays.in_group(self.group) -> arrays.in_group(())
        most > 0 -> most > 90
    max_group_share post:
        sign = 1 if self._least else -1 -> sign = 1
        common = math.gcd(self.parameter, 100) -> common = 1 + math.gcd(self.parameter, 100)
        person * of_group -> person * of_group / 2
    """
)

WRONG_CHECKS = table(
    """
    min_group_share check:
        -(-share // 100) if self._least else share // 100 -> share // 100
        limit - count if self._least else count - limit -> count - limit
        beyond > 0 -> beyond > 1
        total[place] += len(people) -> total[place] = len(people)
        of_group[place] += -> of_group[place] =
    max_group_share check:
        -(-share // 100) if self._least else share // 100 -> -(-share // 100)
    min_group_share _place:
        self.per == 'center_day' -> self.per == 'shift'
    """
)
