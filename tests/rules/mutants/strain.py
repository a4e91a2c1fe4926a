"""Wrong statements of the rules on strain."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    max_strain _amounts:
        _strains(arrays).astype(float) -> np.ones(arrays.num_shifts)
        _strains(arrays).astype(float) -> _strains(arrays).astype(float) + 1
    balance_strain _counted:
        _strains(model.arrays)[model.pairs.shift] -> _strains(model.arrays)[model.pairs.shift] > 0
        _strains(model.arrays)[model.pairs.shift] -> _strains(model.arrays)[model.pairs.shift] + 1
    """
)

WRONG_CHECKS = table(
    """
    max_strain _amount:
        shift.strain -> 1
    balance_strain _counts:
        shift.strain -> 1
        case.worked(volunteer, self.which) -> case.worked(volunteer)
    """
)
