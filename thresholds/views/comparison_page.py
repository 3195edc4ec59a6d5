"""An audit and a rule set side by side, as a page; and what changed from one audit to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from thresholds.agreement.intervals import WILSON_IN_WORDS, Estimate
from thresholds.agreement.measures import KAPPA_LINEAR, MANY_RATERS, MEASURES, OBSERVED, Measure
from thresholds.agreement.ranges import Allowed
from thresholds.agreement.ratings import TIERS, Undefined
from thresholds.comparison.compared import HeldBelow
from thresholds.comparison.pairing import THE_AUDITORS, THE_RULES, Pairing, measures_of
from thresholds.comparison.subgroups import Subgroups
from thresholds.version import __version__
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, page, part
from thresholds.views.wording import ADVICE_LINE, because, tier_in_words

if TYPE_CHECKING:
    from thresholds.comparison.comparing import AuditChange, Comparison
    from thresholds.comparison.disagreements import Disagreement
    from thresholds.comparison.pairing import Ceiling

NOT_DEFINED = "not defined"
NOT_SHOWN = "few"
"""What stands where a small count is not shown, or one that would give it away."""

_NONE = "-"


def comparison_page(comparison: Comparison) -> Page:
    """The page of a comparison: what agrees, how sure that is, which way the rest differs, and what it may be about."""
    pairing = comparison.together
    return page(
        f"Auditors and rules side by side: {comparison.audit.name}",
        first=(
            Paragraph(label_sentence(comparison), strong=True),
            Paragraph(in_short(comparison)),
            Paragraph(
                "Agreement says that two sides give the same tier, and not that either is right. The auditors' tier is "
                "called the reference because it comes first, and for no other reason."
            ),
        ),
        parts=(
            part("The tier table", tier_table(pairing, comparison.label), Bullets(tuple(_not_compared(pairing)))),
            part("How far they agree", *agreement_blocks(pairing, comparison.label)),
            part("Which way they differ", Bullets(tuple(direction_sentences(pairing))), _by_two(pairing)),
            part("Auditor beside auditor", *_ceiling(comparison.ceiling, comparison.label)),
            part("Each auditor", *_each(comparison)),
            part("In parts", *(parts_table(one, comparison.label) for one in comparison.subgroups), _parts_note(comparison)),
            part("Held below the tier that was warranted", *held_below_blocks(comparison)),
            part("Where they differ, and what that may be about", *difference_blocks(comparison)),
            part("Rules behind the differences", _rules_behind(comparison)),
            part("What was passed over in reading the audit", Bullets(comparison.audit.notes)),
            part("What this sample cannot show", Bullets(comparison.cannot_show)),
            part("About this page", *about(comparison)),
        ),
    )


def label_sentence(comparison: Comparison | AuditChange) -> str:
    """What has to be said of every figure, as a sentence; empty where there is nothing."""
    return f"{comparison.label[:1].upper()}{comparison.label[1:]}." if comparison.label else ""


def in_short(comparison: Comparison) -> str:
    """How many cases there are, how many are compared, and how those fall."""
    pairing = comparison.together
    alike, over, under, _ = pairing.direction.counts
    return (
        f"Of {_cases(len(comparison.cases))}, {pairing.compared} can be compared. In {alike} the rules give the auditors' "
        f"tier, in {over} a higher one, in {under} a lower one."
    )


def captioned(caption: str, label: str) -> str:
    """A caption with what has to stand on the figure itself."""
    return f"{caption} ({label})" if label else caption


def tier_table(pairing: Pairing, label: str) -> Grid:
    """How many cases have each pair of tiers; a row for each tier of the reference."""
    heads = [tier_in_words(tier) for tier in TIERS]
    rows = tuple(
        (head, *(str(count) if count else _NONE for count in counts))
        for head, counts in zip([*heads, "No one tier"], pairing.table, strict=True)
    )
    caption = captioned(f"Cases by the tier of {pairing.reference} (rows) and of {pairing.given} (columns)", label)
    return Grid(caption, (_sentence(pairing.reference), *heads, "No tier"), rows, in_columns=True)


def _not_compared(pairing: Pairing) -> Iterator[str]:
    for why, ids in pairing.not_compared.items():
        yield f"Not compared, {why}: {_cases(len(ids))} ({', '.join(ids)})."


def agreement_blocks(pairing: Pairing, label: str) -> tuple[Block, ...]:
    """Every figure of agreement, for all cases, and for those settled and unsettled apart."""
    whole, settled, unsettled, could = pairing.estimates, pairing.settled, pairing.unsettled, pairing.allowed
    figures = tuple((one.label, in_figures(whole[one.name]), open_allows(could[one.name])) for one in MEASURES)
    apart = tuple((one.label, in_figures(settled[one.name]), in_figures(unsettled[one.name])) for one in MEASURES)
    sides = f"{pairing.reference} and {pairing.given}"
    return (
        Grid(
            captioned(f"Agreement of {sides}; what is open allows is over {_cases(pairing.known.compared)}", label),
            ("Figure", f"95% interval, {_cases(_entered(whole))}", "What is open allows"),
            figures,
            in_columns=True,
        ),
        Grid(
            captioned(f"Agreement of {sides}, settled and unsettled cases apart", label),
            ("Figure", f"Settled ({_cases(_entered(settled))})", f"Unsettled ({_cases(_entered(unsettled))})"),
            apart,
            in_columns=True,
        ),
        Bullets(tuple(footnotes({"All": whole, "Settled": settled, "Unsettled": unsettled}, could))),
        Paragraph(
            "A case is settled where nothing that is not known could change the suggested tier. Of the unsettled cases, "
            "figures stand for the tier suggested in spite of what is open. What is open allows says what agreement could be "
            "as the open facts turn out, in all cases that have a range or a tier. Nothing is filled in."
        ),
    )


def in_figures(estimate: Estimate) -> str:
    """A figure with its interval; why there is none of them is for a footnote."""
    if isinstance(estimate.value, Undefined):
        return NOT_DEFINED
    interval = "no interval" if estimate.lower is None else f"{_two(estimate.lower)} to {_two(estimate.upper)}"
    return f"{_two(estimate.value)} ({interval})"


def _two(number: float | None) -> str:
    """Two decimals, and never a nought with a minus."""
    return "" if number is None else f"{round(number, 2) + 0.0:.2f}"


def open_allows(one: Allowed) -> str:
    """What is open allows of a figure, from the lowest to the highest."""
    if isinstance(one.lowest, Undefined) or isinstance(one.highest, Undefined):
        return NOT_DEFINED
    return f"{_two(one.lowest)} to {_two(one.highest)}" if one.open_cases else "nothing is open"


def _entered(figures: Mapping[str, Estimate]) -> int:
    """How many cases entered: the same for every measure."""
    return max((one.cases for one in figures.values()), default=0)


def footnotes(columns: Mapping[str, Mapping[str, Estimate]], allowed: Mapping[str, Allowed] | None = None) -> Iterator[str]:
    """The methods of the figures in some columns, why there are none, and what to be careful of; each once, and of which."""
    said: dict[str, dict[str, list[str]]] = {}
    for column, figures in columns.items():
        for measure, one in measures_of(figures):
            said.setdefault(f"Interval: {one.method}", {}).setdefault(column, []).append(measure.label)
            if isinstance(one.value, Undefined):
                said.setdefault(f"Not defined: {one.value.reason}", {}).setdefault(column, []).append(measure.label)
            elif one.caution:
                said.setdefault(one.caution, {}).setdefault(column, []).append(measure.label)
    for name, could in (allowed or {}).items():
        for why in filter(None, (could.caution, could.lowest.reason if isinstance(could.lowest, Undefined) else "")):
            label = next(measure.label for measure in MEASURES if measure.name == name)
            said.setdefault(why, {}).setdefault("What is open allows", []).append(label)
    for what, where in said.items():
        yield f"{what.removesuffix('.')}. ({'; '.join(_of_which(column, labels) for column, labels in where.items())}.)"


def _of_which(column: str, labels: list[str]) -> str:
    others = [measure.label for measure in MEASURES if measure.label not in labels]
    if len(others) >= len(labels):
        return f"{column}: {' / '.join(labels)}"
    return f"{column}: all but {' / '.join(others)}" if others else f"{column}: every figure"


def direction_sentences(pairing: Pairing) -> Iterator[str]:
    """Which way the second side differs, each as a sentence with its share and interval."""
    found = pairing.direction
    if not found.compared:
        yield "No case has a tier from both sides."
        return
    shares = (found.same, found.over, found.under, found.under_by_two)
    said = ("The same tier", "Over-called (a higher tier)", "Under-called (a lower tier)", "Under-called by two tiers or more")
    for words, number, share in zip(said, found.counts, shares, strict=True):
        yield f"{words}: {number} of {found.compared}, {in_percent(share)}."


def in_percent(share: Estimate) -> str:
    """A share with its interval and method, in per cent."""
    if isinstance(share.value, Undefined):
        return str(share.value)
    if share.lower is None or share.upper is None:
        return f"{share.value:.0%}"
    method = "Wilson" if share.method == WILSON_IN_WORDS else share.method
    return f"{share.value:.0%} ({share.level:.0%} interval {share.lower:.0%} to {share.upper:.0%}, {method})"


def _by_two(pairing: Pairing) -> Block:
    rows = tuple((case.id, f"{case.reference}", f"{case.given}") for case in pairing.under_by_two())
    if rows:
        return Grid("Under-called by two tiers or more, one by one", ("Case", "Auditors", "Rules"), rows, in_columns=True)
    return Paragraph("No case was under-called by two tiers or more." if pairing.compared else "")


def _ceiling(ceiling: Ceiling, label: str) -> tuple[Block, ...]:
    if not ceiling.is_defined:
        return (Paragraph("How far auditors agree with each other is not defined: " + _reason(ceiling.together) + "."),)
    rows = tuple(
        (
            f"{pair.reference} and {pair.given}",
            str(pair.compared),
            in_figures(pair.observed),
            in_figures(pair.estimates[KAPPA_LINEAR.name]),
        )
        for pair in ceiling.pairs
    )
    blocks: list[Block] = [
        Paragraph("Auditors who judged for themselves, beside each other: the most that can be asked of any rules."),
        Grid(captioned("Each two auditors", label), ("Auditors", "Cases", *_IN_SHORT), rows, in_columns=True),
        Bullets(tuple(_short_notes({f"{pair.reference} and {pair.given}": pair.estimates for pair in ceiling.pairs}))),
    ]
    if len(ceiling.auditors) > 2:
        blocks.append(_figures_of(MANY_RATERS, ceiling.together, captioned("All of them together", label)))
        blocks.append(Bullets(tuple(footnotes({"All of them": ceiling.together}))))
    return tuple(blocks)


def _reason(figures: Mapping[str, Estimate]) -> str:
    return next((one.value.reason for one in figures.values() if isinstance(one.value, Undefined)), "")


def _figures_of(measures: Iterable[Measure], figures: Mapping[str, Estimate], caption: str) -> Grid:
    rows = tuple((one.label, in_figures(figures[one.name])) for one in measures)
    return Grid(f"{caption} ({_cases(_entered(figures))})", ("Figure", "Value"), rows, in_columns=True)


def _each(comparison: Comparison) -> tuple[Block, ...]:
    """The rules beside each auditor; nothing where there is one only, since that is all of the page."""
    pairings = comparison.each if len(comparison.each) > 1 else ()
    rows = tuple(
        (
            pairing.reference,
            str(pairing.compared),
            in_figures(pairing.observed),
            in_figures(pairing.estimates[KAPPA_LINEAR.name]),
            _share(pairing.direction.over),
            _share(pairing.direction.under),
        )
        for pairing in pairings
    )
    columns = ("Auditor", "Cases", *_IN_SHORT, "Over-called", "Under-called")
    return (
        Grid(captioned("The rules beside each auditor, with 95% intervals", comparison.label), columns, rows, in_columns=True),
        Bullets(tuple(_short_notes({pairing.reference: pairing.estimates for pairing in pairings}))),
    )


_IN_SHORT = ("Same tier", "Kappa, linear")


def _short_notes(columns: Mapping[str, Mapping[str, Estimate]]) -> Iterator[str]:
    """The footnotes of the two figures that stand in short."""
    names = (OBSERVED.name, KAPPA_LINEAR.name)
    return footnotes({column: {name: figures[name] for name in names} for column, figures in columns.items()})


def parts_table(found: Subgroups, label: str) -> Grid:
    """The parts that a column makes of the cases; a small count is not shown, nor what would give it away."""
    rows = tuple(
        (name.name, *map(_shown, counts), _shown(total), _share(name.agreement))
        for name, counts, total in zip(found.parts, found.counts.counts, found.counts.row_totals, strict=True)
    )
    columns = (_sentence(found.column.replace("_", " ")), *_COUNTED, "All", "Share the same")
    caption = f"By {found.column.replace('_', ' ')}; shares with 95% intervals (Wilson)"
    return Grid(captioned(caption, label), columns, rows, in_columns=True)


_COUNTED = ("Same", "Over", "Under", "Not compared")


def _share(share: Estimate | None) -> str:
    if share is None:
        return NOT_SHOWN
    if isinstance(share.value, Undefined):
        return NOT_DEFINED
    return f"{share.value:.0%} ({share.lower:.0%} to {share.upper:.0%})"


def _shown(count: int | None) -> str:
    return NOT_SHOWN if count is None else str(count)


def _parts_note(comparison: Comparison) -> Paragraph:
    if comparison.fewest_shown == 1:
        return Paragraph("Every count is shown, small ones too: this is for those who did the audit.")
    return Paragraph(
        f'"{NOT_SHOWN}" stands for a count below {comparison.fewest_shown}, nought too, and for what would give one away. '
        "Several tables of the same cases may still do so together. A difference between parts may be chance: look at the "
        "intervals."
        if comparison.subgroups
        else ""
    )


def held_below_blocks(comparison: Comparison) -> tuple[Block, ...]:
    """The cases held under the tier that is supported, by which of the two reasons fits."""
    if not comparison.held_below:
        held = sum(case.audited.held is not None for case in comparison.cases)
        return (Paragraph(f"None, of {_cases(held)} where it is known at which tier the case was held."),)
    rows = tuple(
        (
            case.id,
            str(case.audited.held),
            _tiers(case.judged()),
            tier_in_words(case.suggestion.tier),
            why.value,
            "; ".join(after.sentence for after in case.audited.follow_up),
        )
        for why in HeldBelow
        for case, found in comparison.held_below
        if found is why
    )
    columns = ("Case", "Held at", "Auditors", "Rules", "Which of the two", "What came after")
    return (
        Grid(
            captioned("Cases held below the tier that auditors, or the record, support", comparison.label), columns, rows, True
        ),
        Paragraph(
            "What the rules find in the record was there to be seen, and is taken as known and not referred, unless the "
            "auditors say that the risk was not identified."
        ),
    )


def _tiers(judged: tuple[object, object] | None) -> str:
    if judged is None:
        return "no tier"
    lowest, highest = judged
    return f"Tier {lowest}" if lowest == highest else f"Tier {lowest} to {highest}"


def difference_blocks(comparison: Comparison) -> tuple[Block, ...]:
    """Each disagreement: which rules pull up, which facts are open, and what the difference may be about."""
    found = comparison.disagreements
    if not found:
        return (Paragraph("In no case that can be compared."),)
    columns = (
        "Case",
        "Auditors",
        "Rules",
        "It may be about",
        "Rules that pull up",
        "What would raise it",
        "Open facts to ask",
    )
    rows = tuple(_difference(one) for one in found)
    return (
        Grid(captioned("Every case in which the two give different tiers", comparison.label), columns, rows, True),
        Paragraph(
            "A difference is not an error of either side. What it was about only those who judged can say: the facts of a "
            "case are what somebody wrote down, and auditors may have known more."
        ),
    )


def _difference(one: Disagreement) -> tuple[str, ...]:
    outcomes = one.case.suggestion.rule_set.outcomes
    pulling = "; ".join(
        f"{reason.rule.title} ({because(reason.because, outcomes)}){', on suspicion' if reason.suspected_only else ''}"
        for reason in one.pulling_up
    )
    raising = "; ".join(reason.rule.title for reason in one.would_raise[:_MOST])
    more = len(one.would_raise) - _MOST
    return (
        one.id,
        tier_in_words(one.judged),
        tier_in_words(one.suggested),
        "; ".join(about.words for about in one.may_be_on),
        pulling,
        raising + (f"; and {more} more" if more > 0 else ""),
        "; ".join(fact.says for fact in one.open_facts),
    )


_MOST = 4


def _rules_behind(comparison: Comparison) -> Grid:
    rows = tuple(
        (account.rule.title, account.rule.id, str(len(account.cases)), str(len(account.alone)), ", ".join(account.cases))
        for account in comparison.rules_behind
    )
    columns = ("Rule", "Its id", "Cases it pulls up", "In which no other does", "Which")
    return Grid(
        captioned("Rules that bring a case above the auditors' tier", comparison.label), columns, rows, in_columns=True
    )


def about(comparison: Comparison) -> tuple[Block, ...]:
    """What the page rests on, and what it is not."""
    rule_set = comparison.rule_set
    return (
        Paragraph(ADVICE_LINE, strong=True),
        Paragraph(
            "This page names single cases by the audit's own keys. It is for those who did the audit; only the parts with "
            "small counts left out are fit to be passed on."
        ),
        Paragraph(
            f"Rule set {rule_set.id} {rule_set.version} ({rule_set.status}), {rule_set.digest[:19]}; thresholds "
            f"{__version__}. What each figure means, and when it misleads: docs/agreement.md."
        ),
    )


def change_page(found: AuditChange) -> Page:
    """What changed from one audit to the next."""
    before, after = found.before.together.estimates, found.after.together.estimates
    rows = tuple(
        (
            measure.label,
            in_figures(before[measure.name]),
            in_figures(after[measure.name]),
            _signed(found.changes[measure.name]),
        )
        for measure in MEASURES
    )
    columns = ("Figure", found.before.audit.name, found.after.audit.name, "Change")
    names = f"{found.before.audit.name} to {found.after.audit.name}"
    return page(
        f"From one audit to the next: {names}",
        first=(
            Paragraph(label_sentence(found), strong=True),
            Paragraph(
                f"Agreement of {THE_AUDITORS} and {THE_RULES}, the same rules for both audits. Where the interval of a change "
                "holds 0, it may be chance. A change has many causes: other cases, other auditors, other practice."
            ),
        ),
        parts=(
            part(
                "Change",
                Grid(captioned("Each figure, before and after", found.label), columns, rows, in_columns=True),
                Bullets(tuple(footnotes({"Before": before, "After": after, "Change": found.changes}))),
            ),
            part("About this page", *about(found.after)),
        ),
    )


def _signed(change: Estimate) -> str:
    if isinstance(change.value, Undefined):
        return str(change.value)
    interval = "no interval" if change.lower is None else f"{change.lower:+.2f} to {change.upper:+.2f}"
    return f"{change.value:+.2f} ({interval})"


def _cases(number: int) -> str:
    return f"{number} case{'' if number == 1 else 's'}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
