"""Wrong statements of the rules on what no week may break."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    pins post:
        p.state == 'must' -> p.state == 'must_not'
        works, 1, -> works, 0,
        self, works -> self, -works
    pins forbid:
        pin.state == 'must_not' -> pin.state == 'must'
        True -> False
    available forbid:
        < 0 -> < 1
    """
)

WRONG_CHECKS = table(
    """
    pins check:
        works == (pin.state == 'must_not') -> works == (pin.state == 'must')
    available check:
        is None -> == 'undesired'
    """
)
