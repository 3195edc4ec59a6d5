"""What has to be printed with figures, word for word the same everywhere."""

from __future__ import annotations

INVENTED = "illustrates the method only, not to be quoted: the facts are invented"
"""With each figure of cases whose facts are invented."""

UNWEIGHTED = (
    "A share of the cases in hand, and not of those that they stand for: cases have different weights, or come from more than "
    "one stratum."
)
"""With each count or share that takes no account of how the sample was drawn, where that was unevenly."""

FITTED = (
    "Do not choose rules by this. Rules that are fitted to these cases agree with them better than with any others, and "
    "agreement is no proof that either side is right. A rule is changed for what its source says, and tried on cases that "
    "nobody has looked at."
)
"""With whatever says how agreement would change by other rules."""
