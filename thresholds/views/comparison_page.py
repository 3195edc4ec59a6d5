"""An audit and a rule set side by side, as a page; and what changed from one audit to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from thresholds.agreement.intervals import Estimate
from thresholds.agreement.measures import KAPPA_LINEAR, MANY_RATERS, MEASURES, OBSERVED, Measure
from thresholds.agreement.ratings import TIERS, Span, Undefined
from thresholds.audits.labels import UNWEIGHTED
from thresholds.comparison.compared import ComparedCase, HeldBelow, Judged
from thresholds.comparison.disagreements import RuleAccount, counted
from thresholds.comparison.pairing import Pairing
from thresholds.comparison.subgroups import Subgroups
from thresholds.language.rules import RuleSet
from thresholds.views.estimates import as_change, entered, in_figures, in_percent, notes, open_allows, with_method
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, Part, page, part
from thresholds.views.wording import ADVICE_LINE, because, number_of, of_rules, sentence, tier_in_words

if TYPE_CHECKING:
    from thresholds.comparison.comparing import AuditChange, Comparison
    from thresholds.comparison.disagreements import Disagreement
    from thresholds.comparison.pairing import Ceiling

NOT_SHOWN = "few"
"""What stands where a small count is not shown, or one that would give it away."""

_NONE = "-"
_MOST_RULES, _MOST_ACCOUNTS = 4, 10


def comparison_page(comparison: Comparison) -> Page:
    """The page of a comparison: what agrees, how sure that is, which way the rest differs, and what it may be about."""
    return page(
        f"Auditors and rules side by side: {comparison.audit.name}",
        first=(
            Paragraph(label_sentence(comparison.label), strong=True),
            Paragraph(in_short(comparison)),
            Paragraph(
                "Agreement says that two sides give the same tier, and not that either is right. The auditors' tier is "
                "called the reference because it comes first, and for no other reason."
            ),
        ),
        parts=(
            *comparison_parts(comparison),
            part("What this sample cannot show", Bullets(comparison.cannot_show)),
            part("About this page", *about(comparison.rule_set, names_cases=True)),
        ),
    )


def comparison_parts(comparison: Comparison) -> tuple[Part | None, ...]:
    """What is compared, part by part, for the page and for the report of an audit."""
    pairing, label = comparison.together, comparison.label
    return (
        part("The tier table", tier_table(pairing, label), Bullets(tuple(_who_judged(comparison))), _unevenly(pairing)),
        part("How far they agree", *agreement_blocks(pairing, label)),
        part(
            "Which way they differ", Bullets(tuple(direction_sentences(pairing))), _by_two(pairing, label), _unevenly(pairing)
        ),
        part("Cases on which the auditors differ", *_differing(comparison)),
        part("Auditor beside auditor", *_ceiling(comparison.ceiling, label)),
        part("The rules beside each auditor", *_each(comparison)),
        part("In groups", *(group_table(one, label) for one in comparison.subgroups), *_group_notes(comparison)),
        part("Held below the tier that somebody supports", *held_below_blocks(comparison)),
        part("Where they differ, and what would bring them together", *difference_blocks(comparison)),
        part(
            "Rules behind the differences",
            _accounts(comparison.rules_behind, "Rules that bring a case above the auditors' tiers", label),
            _accounts(comparison.rules_wanting, "Rules that would raise an under-called case, if what is open were so", label),
        ),
        part("What was passed over in reading the audit", Bullets(comparison.audit.notes)),
    )


def label_sentence(label: str) -> str:
    """What has to be said of every figure, as a sentence; empty where there is nothing."""
    return f"{sentence(label)}." if label else ""


def captioned(caption: str, label: str) -> str:
    """A caption with what has to stand on the figure itself."""
    return f"{caption} ({label})" if label else caption


def in_short(comparison: Comparison) -> str:
    """How many cases there are, how many are compared, and how those fall."""
    pairing = comparison.together
    alike, over, under, _ = pairing.direction.counts
    below, above = pairing.apart
    apart = (
        f" Of those on which the auditors differ, the rules stand below all of them in {len(below)}, above all in "
        f"{len(above)}."
        if below or above
        else ""
    )
    return (
        f"Of {number_of(len(comparison.cases), 'case')}, {pairing.compared} can be compared with one tier of the auditors. In "
        f"{alike} the rules give that tier, in {over} a higher one, in {under} a lower one.{apart}"
    )


def tier_table(pairing: Pairing, label: str) -> Grid:
    """How many cases have each pair of tiers; a row for each tier of the reference."""
    heads = [tier_in_words(tier) for tier in TIERS]
    rows = tuple(
        (head, *(str(count) if count else _NONE for count in counts))
        for head, counts in zip([*heads, "No one tier"], pairing.table, strict=True)
    )
    caption = captioned(f"Cases by the tier of {pairing.reference} (rows) and of {pairing.given} (columns)", label)
    return Grid(caption, (sentence(pairing.reference), *heads, "No tier"), rows, in_columns=True)


def _who_judged(comparison: Comparison) -> Iterator[str]:
    """On whose judgement the auditors' tier rests, and which cases are not compared."""
    judged = [[one for one in case.audited.leading if one.tier is not None] for case in comparison.cases]
    by_group = sum(any(one.consensus for one in leading) for leading in judged)
    alone = sum(len(leading) == 1 and not leading[0].consensus for leading in judged)
    several = sum(len(leading) > 1 and not any(one.consensus for one in leading) for leading in judged)
    yield (
        f"The auditors' tier is that of a group which agreed by discussion in {number_of(by_group, 'case')}, of several who "
        f"judged apart in {several}, of one person alone in {alone}."
    )
    for why, ids in comparison.together.not_compared.items():
        yield f"Not compared, {why}: {number_of(len(ids), 'case')} ({', '.join(ids)})."
    referrers = [case.id for case in comparison.cases if case.audited.of_referrer]
    if referrers:
        yield (
            f"Judgements of the referrer's reading of the threshold are compared with nothing here: "
            f"{number_of(len(referrers), 'case')} ({', '.join(referrers)})."
        )


def _unevenly(pairing: Pairing) -> Paragraph:
    return Paragraph(f"{UNWEIGHTED} Only the figures of agreement take account of that." if pairing.is_drawn_unevenly else "")


def agreement_blocks(pairing: Pairing, label: str) -> tuple[Block, ...]:
    """Every figure of agreement, for all cases, and for those settled and unsettled apart."""
    whole, settled, unsettled, could = pairing.estimates, pairing.settled, pairing.unsettled, pairing.allowed
    figures = tuple((one.label, in_figures(whole[one.name]), open_allows(could[one.name])) for one in MEASURES)
    apart = tuple((one.label, in_figures(settled[one.name]), in_figures(unsettled[one.name])) for one in MEASURES)
    sides = f"{pairing.reference} and {pairing.given}"
    known = number_of(pairing.known.compared, "case")
    return (
        Grid(
            captioned(f"Agreement of {sides}; what is open allows is over {known}", label),
            ("Figure", f"95% interval, {number_of(entered(whole), 'case')}", "What is open allows"),
            figures,
            in_columns=True,
        ),
        Grid(
            captioned(f"Agreement of {sides}, settled and unsettled cases apart", label),
            (
                "Figure",
                f"Settled ({number_of(entered(settled), 'case')})",
                f"Unsettled ({number_of(entered(unsettled), 'case')})",
            ),
            apart,
            in_columns=True,
        ),
        Bullets(tuple(notes({"all": whole, "settled": settled, "unsettled": unsettled}, could))),
        Paragraph(
            "A case is settled where nothing that is not known could change the suggested tier. Of the unsettled cases, "
            "figures stand for the tier suggested in spite of what is open. What is open allows says what agreement could be "
            "as the open facts turn out, and as whichever auditor is right where they differ. Nothing is filled in."
        ),
    )


def direction_sentences(pairing: Pairing) -> Iterator[str]:
    """Which way the second side differs, each as a sentence with its share and interval."""
    found = pairing.direction
    if not found.compared:
        yield "No case has one tier from both sides."
    else:
        shares = (found.same, found.over, found.under, found.under_by_two)
        said = ("The same tier", "Over-called (a higher tier)", "Under-called (a lower tier)", "Under-called by two or more")
        for words, number, share in zip(said, found.counts, shares, strict=True):
            yield f"{words}: {number} of {found.compared}, {with_method(share)}."
    for words, cases in zip(("below", "above"), pairing.apart, strict=True):
        if cases:
            ids = ", ".join(case.id for case in cases)
            yield f"The auditors differ, and the rules stand {words} all of them: {number_of(len(cases), 'case')} ({ids})."


def _by_two(pairing: Pairing, label: str) -> Block:
    rows = tuple((case.id, _rating(case.reference), _rating(case.given)) for case in pairing.under_by_two())
    if rows:
        caption = captioned("Two tiers or more below the auditors, or below the lowest of them, one by one", label)
        return Grid(caption, ("Case", "Auditors", "Rules"), rows, in_columns=True)
    is_any = any(case.beyond is not None for case in pairing.cases)
    return Paragraph("In no case do the rules stand two tiers or more below the auditors." if is_any else "")


def _rating(rating: object) -> str:
    return f"Tier {rating.lowest} to {rating.highest}" if isinstance(rating, Span) else f"Tier {rating}"


def _differing(comparison: Comparison) -> tuple[Block, ...]:
    """Who said what where the auditors differ, and where the rules stand."""
    rows = tuple(
        (case.id, _each_said(case), tier_in_words(case.suggestion.tier), _range(case), case.called().value)
        for case in comparison.differing
    )
    if not rows:
        return ()
    columns = ("Case", "Each auditor", "Rules", "The rules' range", "How the rules stand")
    return (
        Grid(captioned("Cases on which the auditors differ", comparison.label), columns, rows, in_columns=True),
        Paragraph(
            "These enter no figure of agreement with the auditors together, since there is no one tier of theirs, and are "
            "often the hardest. The figures with each auditor hold them."
        ),
    )


def _each_said(case: ComparedCase) -> str:
    return "; ".join(f"{one.auditor} {tier_in_words(one.tier)}" for one in case.audited.leading)


def _range(case: ComparedCase) -> str:
    lowest, highest = case.suggestion.range
    return "" if lowest is None or highest is None else _tiers(Judged(lowest, highest))


def _ceiling(ceiling: Ceiling, label: str) -> tuple[Block, ...]:
    if not ceiling.is_defined:
        reason = next((one.value.reason for one in ceiling.together.values() if isinstance(one.value, Undefined)), "")
        return (Paragraph(f"How far auditors agree with each other is not defined: {reason}."),)
    rows = tuple((f"{pair.reference} and {pair.given}", str(pair.compared), *_in_short(pair)) for pair in ceiling.pairs)
    named = {f"{pair.reference} and {pair.given}": pair for pair in ceiling.pairs}
    blocks: list[Block] = [
        Paragraph(
            "How far people who judged for themselves agree with each other. More can hardly be asked of any rules, though on "
            "other cases, or by chance, these may agree better with one of them."
        ),
        Grid(
            captioned("Each two auditors, with 95% intervals", label), ("Auditors", "Cases", *_IN_SHORT), rows, in_columns=True
        ),
        Bullets(tuple(_short_notes(named))),
    ]
    if len(ceiling.auditors) > 2:
        caption = captioned(f"All of them together, {number_of(entered(ceiling.together), 'case')}", label)
        blocks += [_figures(MANY_RATERS, ceiling.together, caption), Bullets(tuple(notes({"together": ceiling.together})))]
    return tuple(blocks)


def _figures(measures: Iterable[Measure], figures: Mapping[str, Estimate], caption: str) -> Grid:
    rows = tuple((one.label, in_figures(figures[one.name])) for one in measures)
    return Grid(caption, ("Figure", "95% interval"), rows, in_columns=True)


_IN_SHORT = ("Same tier", "Kappa, linear")


def _in_short(pairing: Pairing) -> tuple[str, str]:
    return in_figures(pairing.observed), in_figures(pairing.estimates[KAPPA_LINEAR.name])


def _short_notes(named: Mapping[str, Pairing]) -> Iterator[str]:
    """The notes of the two figures that stand in short."""
    names = (OBSERVED.name, KAPPA_LINEAR.name)
    return notes({column: {name: pairing.estimates[name] for name in names} for column, pairing in named.items()})


def _each(comparison: Comparison) -> tuple[Block, ...]:
    """The rules beside each auditor; nothing where there is one only, since that is all of the page."""
    if len(comparison.each) < 2:
        return ()
    figures = tuple(
        (
            pairing.reference,
            str(pairing.compared),
            *_in_short(pairing),
            in_percent(pairing.direction.over),
            in_percent(pairing.direction.under),
        )
        for pairing in comparison.each
    )
    ids = tuple(
        (
            pairing.reference,
            _ids(pairing, lambda steps: steps > 0),
            _ids(pairing, lambda steps: steps < 0),
            _ids(pairing, lambda steps: steps <= -2),
        )
        for pairing in comparison.each
    )
    label = comparison.label
    columns = ("Auditor", "Cases", *_IN_SHORT, "Over-called", "Under-called")
    return (
        Grid(captioned("The rules beside each auditor, with 95% intervals", label), columns, figures, in_columns=True),
        Bullets(tuple(_short_notes({pairing.reference: pairing for pairing in comparison.each}))),
        Grid(
            captioned("Which cases the rules over-call and under-call, by each auditor", label),
            ("Auditor", "Over-called", "Under-called", "Under-called by two or more"),
            ids,
            in_columns=True,
        ),
    )


def _ids(pairing: Pairing, wanted: Callable[[int], bool]) -> str:
    return ", ".join(case.id for case in pairing.cases if case.steps is not None and wanted(case.steps))


def group_table(found: Subgroups, label: str) -> Grid:
    """The groups that a column makes of the cases; a small count is not shown, nor what would give it away."""
    rows = tuple(
        (
            group.name,
            *map(_shown, counts),
            _shown(total),
            "not shown" if group.agreement is None else in_percent(group.agreement),
        )
        for group, counts, total in zip(found.groups, found.counts.counts, found.counts.row_totals, strict=True)
    )
    column = found.column.replace("_", " ")
    columns = (sentence(column), "Same", "Over", "Under", "Not compared", "All", "Share the same")
    return Grid(captioned(f"By {column}; shares with 95% intervals (Wilson)", label), columns, rows, in_columns=True)


def _shown(count: int | None) -> str:
    return NOT_SHOWN if count is None else str(count)


def _group_notes(comparison: Comparison) -> tuple[Block, ...]:
    if not comparison.subgroups:
        return ()
    few = (
        "Every count is shown, small ones too: this is for those who did the audit."
        if comparison.fewest_shown == 1
        else f'"{NOT_SHOWN}" stands for a count from 1 to {comparison.fewest_shown - 1}, or for one that would give such a '
        "count away within its table. The rest of this page, and another table of the same cases, can give it away all the "
        "same: to pass a table on, pass on that table alone."
    )
    return (
        Paragraph(few),
        Paragraph("A difference between groups may be chance: look at the intervals."),
        _unevenly(comparison.together),
    )


def held_below_blocks(comparison: Comparison) -> tuple[Block, ...]:
    """The cases held under a tier that somebody supports, by why that may be."""
    if not comparison.held_below:
        held = sum(case.audited.held is not None for case in comparison.cases)
        return (Paragraph(f"None, of {number_of(held, 'case')} where it is known at which tier the case was held."),)
    rows = tuple(
        (
            case.id,
            str(case.audited.held),
            _tiers(case.judged()),
            tier_in_words(case.suggestion.tier),
            why.value,
            "; ".join(after.phrase for after in case.audited.follow_up),
        )
        for why in HeldBelow
        for case, found in comparison.held_below
        if found is why
    )
    columns = ("Case", "Held at", "Auditors", "Rules", "Why", "What came after")
    return (
        Grid(captioned("Cases held below a tier that somebody supports", comparison.label), columns, rows, in_columns=True),
        Paragraph(
            "Where all auditors place a case higher, their own answers tell whether the risk was identified. Where they did "
            "not answer, what the rules find in the record was there to be seen, and is taken as known."
        ),
    )


def _tiers(judged: Judged | None) -> str:
    if judged is None:
        return "no tier"
    lowest, highest = judged
    return f"Tier {lowest}" if lowest == highest else f"Tier {lowest} to {highest}"


def difference_blocks(comparison: Comparison) -> tuple[Block, ...]:
    """Each disagreement: which rules pull up, which facts are open, and what would bring the two together."""
    found = comparison.disagreements
    if not found:
        return (Paragraph("In no case do the rules stand above or below all of the auditors."),)
    label = comparison.label
    columns = ("Case", "Auditors", "Rules", "Would bring them together", "Rules that pull up", "Would raise it", "Open facts")
    totals = tuple(
        (f"{sentence(called.value)}: {about.words}", str(len(ids)), ", ".join(ids))
        for (called, about), ids in counted(found).items()
    )
    return (
        Grid(
            captioned("Cases by which way they differ and what would bring the two together; one may stand twice", label),
            ("Which way, and what", "Cases", "Which"),
            totals,
            in_columns=True,
        ),
        Grid(
            captioned("Every case in which the rules stand above or below all of the auditors", label),
            columns,
            tuple(map(_difference, found)),
            in_columns=True,
        ),
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
    raising = "; ".join(reason.rule.title for reason in one.would_raise[:_MOST_RULES])
    more = len(one.would_raise) - _MOST_RULES
    return (
        one.id,
        _tiers(one.judged),
        tier_in_words(one.suggested),
        "; ".join(about.words for about in one.may_be_on),
        pulling,
        raising + (f"; and {more} more" if more > 0 else ""),
        "; ".join(fact.says for fact in one.open_facts),
    )


def _accounts(accounts: Sequence[RuleAccount], caption: str, label: str) -> Grid:
    more = len(accounts) - _MOST_ACCOUNTS
    caption = f"{caption}; {more} more stand in the JSON" if more > 0 else caption
    rows = tuple(
        (account.rule.title, account.rule.id, str(len(account.cases)), str(len(account.alone)), ", ".join(account.cases))
        for account in accounts[:_MOST_ACCOUNTS]
    )
    return Grid(captioned(caption, label), ("Rule", "Its id", "Cases", "No other does", "Which"), rows, in_columns=True)


def about(rule_set: RuleSet, *, names_cases: bool) -> tuple[Block, ...]:
    """What a page rests on, and what it is not."""
    return (
        Paragraph(ADVICE_LINE, strong=True),
        Paragraph(
            "This page names single cases by the audit's own keys. It is for those who did the audit." if names_cases else ""
        ),
        Paragraph(f"{of_rules(rule_set)} What each figure means, and when it misleads: docs/agreement.md."),
    )


def change_page(found: AuditChange) -> Page:
    """What changed from one audit to the next."""
    before, after = found.before.together.estimates, found.after.together.estimates
    rows = tuple(
        (
            measure.label,
            in_figures(before[measure.name]),
            in_figures(after[measure.name]),
            as_change(found.changes[measure.name]),
        )
        for measure in MEASURES
    )
    names = found.before.audit.name, found.after.audit.name
    columns = ("Figure", *(f"{name} ({entered(one)})" for name, one in zip(names, (before, after), strict=True)), "Change")
    return page(
        f"From one audit to the next: {names[0]} to {names[1]}",
        first=(
            Paragraph(label_sentence(found.label), strong=True),
            Paragraph(found.caution, strong=True),
            Paragraph(
                "Agreement of the auditors and the rules, the same rules for both audits. Where the interval of a change "
                "holds 0, it may be chance. A change has many causes: other cases, other auditors, other practice."
            ),
        ),
        parts=(
            part(
                "Change",
                Grid(captioned("Each figure, with how many cases entered, and its change", found.label), columns, rows, True),
                Bullets(tuple(notes({"before": before, "after": after, "change": found.changes}))),
            ),
            part("About this page", *about(found.after.rule_set, names_cases=False)),
        ),
    )
