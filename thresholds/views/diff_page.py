"""What changed between two rule sets, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thresholds.verification.diff import Diff
from thresholds.verification.differences import Changed, ChangedRule, says
from thresholds.views.page import Block, Bullets, Page, Paragraph, page, part
from thresholds.views.wording import case_in_short, tier_in_words

if TYPE_CHECKING:
    from thresholds.verification.moves import Move, Moves


def diff_page(diff: Diff) -> Page:
    """What changed: whose tier does first, then the rules."""
    before, after, found = diff.before, diff.after, diff.differences
    return page(
        f"From {before.id} {before.version} to {after.id} {after.version}",
        first=(Paragraph(_in_short(diff), strong=True),),
        parts=(
            part("Cases that change tier", *_moved(diff.moves)),
            part("Rules and floors added", Bullets(tuple(says(one, after) for one in found.added))),
            part("Rules and floors removed", Bullets(tuple(says(one, before) for one in found.removed))),
            part("Rules and floors that say something else", Bullets(tuple(map(_changed, found.changed)))),
            part("What else is declared otherwise", Bullets(tuple(map(_change, found.declared)))),
        ),
    )


def _in_short(diff: Diff) -> str:
    found = diff.differences
    counted = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed."
    return "The two say the same." if found.is_none else f"Rules and floors: {counted}"


def _moved(moves: Moves | None) -> tuple[Block, ...]:
    if moves is None:
        why = "it was not asked for, or there is no solver (install safeguarding-thresholds[verify])"
        return (Paragraph(f"Not looked at: {why}."),)
    said = [Bullets(tuple(_move(move) for move in moves.moves))]
    return (Paragraph(_whether(moves)), *said, Paragraph(_beside(moves)))


def _whether(moves: Moves) -> str:
    if not moves.is_decided:
        return "The solver could not decide all of this; what is shown here is what it found."
    if not moves.moves:
        return "The same tier is suggested of every possible case, or none by both: this is proved."
    return (
        "The tier that is suggested changes in these directions, and in no other. Each is shown by small cases, which the "
        "interpreter gives too."
    )


def _move(move: Move) -> str:
    cases = "; or ".join(case_in_short(case) for case in move.witnesses)
    return f"From {tier_in_words(move.before)} to {tier_in_words(move.after)}: {cases}."


def _beside(moves: Moves) -> str:
    said = [f"Of some possible case these change too: {', '.join(moves.others)}." if moves.others else ""]
    if moves.not_compared:
        said.append(f"Not compared, since the two do not declare them alike: {', '.join(moves.not_compared)}.")
    if moves.is_decided and not moves.others and not moves.not_compared:
        said.append("No end of a range, no other scale and no set changes either. Advice is compared in words alone, below.")
    return " ".join(filter(None, said))


def _changed(rule: ChangedRule) -> str:
    return f"{rule.id}: {rule.title}. {' '.join(map(_change, rule.changes))}"


def _change(change: Changed) -> str:
    return f"{change.what}: {change.before}; now: {change.after}."
