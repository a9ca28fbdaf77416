"""Admiralty credibility (STANAG 2511, the scale 1–6), proposed by a printed rule. A person signs it, or not.

1 confirmed · 2 probably true · 3 possibly true · 4 doubtful · 5 improbable · 6 cannot be judged
"""

from __future__ import annotations

RULE = (
    "6 no stated origin; 5 withdrawn by its own origin, or only denied; 4 one independent origin and a denial; "
    "3 one independent origin, or several and a denial; 2 two independent origins; 1 three or more."
)
NAMES = {1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable", 6: "cannot be judged"}


def credibility(independent: int, denials: int, withdrawn: bool) -> tuple[int, str]:
    """(1–6, the reason in words) of a claim with so many independent origins and mentions that deny it."""
    count = {0: "no stated origin", 1: "one independent origin"}.get(independent, f"{independent} independent origins")
    if withdrawn and independent <= 1:
        return 5, f"{count}, and it was withdrawn or corrected"
    if independent == 0:
        return (5, "only denied, by nobody asserted") if denials else (6, count)
    if denials:
        return (4 if independent == 1 else 3), f"{count}, and denied by {denials} {'mention' if denials == 1 else 'mentions'}"
    return {1: 3, 2: 2}.get(independent, 1), f"{count}, denied by nobody"
