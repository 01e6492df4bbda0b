"""A claim holds, or says why it does not."""

import numpy as np
import pytest

from pooling.claims import MARGIN, ClaimError, claim


@pytest.mark.parametrize(
    ("left", "relation", "right", "holds"),
    [
        (1, "<", 2, True),
        (2, "<", 2, False),
        (2, "<=", 2, True),
        (3, ">", 2, True),
        (2, ">", 2, False),
        (2, ">=", 2, True),
        (2, "==", 2, True),
        (2, "==", 2.1, False),
        (float("nan"), "<", 2, False),
        (2, ">", float("nan"), False),
        ([1, 2, 3], "<", [2, 3, 4], True),
        ([1, 2, 3], "<", 3, False),
        ([1, np.nan], "<", 3, False),
        (float("inf"), ">", 1, True),
    ],
)
def test_a_claim_stops_the_page_where_it_does_not_hold(left, relation, right, holds):
    if holds:
        claim("key", "A sentence.", left, relation, right)
        return
    with pytest.raises(ClaimError, match=r"A sentence\. That does not hold: .* \(claim key\)"):
        claim("key", "A sentence.", left, relation, right)


def test_of_many_pairs_the_closest_is_shown(capsys):
    claim("key", "All are less.", [1, 5, 2], "<", [10, 6, 10])
    assert capsys.readouterr().out == "All are less. (5 < 6)\n"


@pytest.mark.parametrize("relation", ["<", "<=", ">", ">="])
def test_what_was_sampled_must_hold_by_a_margin(relation, capsys):
    left, right = (1.0, 2.0) if "<" in relation else (2.0, 1.0)
    claim("key", "Apart.", left, relation, right, error=0.99 / MARGIN)
    assert "Monte Carlo errors apart" in capsys.readouterr().out
    with pytest.raises(ClaimError, match="Monte Carlo errors apart"):
        claim("key", "Apart.", left, relation, right, error=1.01 / MARGIN)


@pytest.mark.parametrize(
    ("arguments", "options", "complaint"),
    [
        (("Bad Key", "A sentence.", 1, "<", 2), {}, "small letters"),
        (("key-", "A sentence.", 1, "<", 2), {}, "small letters"),
        (("key", "No period", 1, "<", 2), {}, "ends with a period"),
        (("key", "A sentence.", 1, "~", 2), {}, "a relation among"),
        (("key", "A sentence.", [], "<", []), {}, "values to compare"),
        (("key", "A sentence.", 1, "<", 2), {"error": -1}, "error >= 0"),
        (("key", "A sentence.", 1, "<", 2), {"error": float("nan")}, "error >= 0"),
        (("key", "A sentence.", 1, "==", 1), {"error": 0.1}, "claim of equality"),
    ],
)
def test_a_claim_must_be_well_formed(arguments, options, complaint):
    with pytest.raises(ValueError, match=complaint):
        claim(*arguments, **options)
