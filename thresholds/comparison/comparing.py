"""An audit and a rule set side by side: everything that the two together say, each part worked out when it is first read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from thresholds.agreement.changes import change
from thresholds.agreement.intervals import Estimate
from thresholds.agreement.measures import MEASURES
from thresholds.agreement.sampling import cannot_show
from thresholds.agreement.suppression import FEWEST_SHOWN
from thresholds.audits.audited import Audit
from thresholds.audits.report_figures import INVENTED
from thresholds.comparison.compared import TOGETHER, ComparedCase, HeldBelow, compared_cases
from thresholds.comparison.disagreements import Disagreement, RuleAccount, disagreements, rules_behind
from thresholds.comparison.pairing import Ceiling, Pairing, ceiling, rules_beside
from thresholds.comparison.subgroups import Subgroups, column_of, own_columns, subgroups
from thresholds.comparison.what_if import RulesLeftOut, WhatIf, leave_one_rule_out, what_if
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.views.page import Page
from thresholds.views.shown import Shown

PARTS = ("process", "stage", "multi_agency")
"""The columns by which cases are parted unless others are named."""


@dataclass(frozen=True)
class Comparison(Shown):
    """An audit and a rule set side by side.

    `cases` are all cases of the audit, in its order, each with its suggestion. `parts` are the columns by which they are
    parted, and `fewest_shown` is the smallest count shown of a part.
    """

    audit: Audit
    rule_set: RuleSet
    cases: tuple[ComparedCase, ...]
    parts: tuple[str, ...] = PARTS
    fewest_shown: int = FEWEST_SHOWN

    @property
    def label(self) -> str:
        """What has to be printed with every figure: that facts are invented; "" where there is nothing."""
        return INVENTED if self.audit.invented else ""

    @cached_property
    def together(self) -> Pairing:
        """The rules beside the auditors together."""
        return rules_beside(self.cases)

    @cached_property
    def each(self) -> tuple[Pairing, ...]:
        """The rules beside each auditor, a group that agreed among them."""
        return tuple(rules_beside(self.cases, auditor) for auditor in self.audit.auditors)

    @cached_property
    def ceiling(self) -> Ceiling:
        """Auditor beside auditor: the most that can be asked of rules. Undefined where nobody judged apart."""
        return ceiling(self.audit)

    @cached_property
    def subgroups(self) -> tuple[Subgroups, ...]:
        """The parts that each column makes of the cases, small counts not shown."""
        found = (subgroups(self.together, self.cases, column, self.fewest_shown) for column in self.parts)
        return tuple(one for one in found if one is not None)

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Every case in which rules and auditors give different tiers, explained; the farthest under-called first."""
        return disagreements(self.cases)

    @cached_property
    def rules_behind(self) -> tuple[RuleAccount, ...]:
        """The rules that pull cases above the auditors' tier, those behind most cases first."""
        return rules_behind(self.disagreements)

    @cached_property
    def held_below(self) -> tuple[tuple[ComparedCase, HeldBelow], ...]:
        """The cases that were held under the tier that the auditors, or the record, support, and which of two reasons fits."""
        found = ((case, case.held_below(TOGETHER)) for case in self.cases)
        return tuple((case, why) for case, why in found if why is not None)

    @property
    def cannot_show(self) -> tuple[str, ...]:
        """What a sample of this size leaves open, each in a sentence; where nothing is compared, that."""
        observed = self.together.observed
        if not observed.cases or not isinstance(observed.value, float):
            return ("No case has a tier from both sides: nothing is shown of agreement.",)
        return cannot_show(observed.cases, observed.value)

    def leave_one_rule_out(self) -> RulesLeftOut:
        """The same cases without each single rule that moves one; those that would gain most agreement first."""
        return leave_one_rule_out(self.cases)

    def what_if(self, rule_set: str | RuleSet) -> WhatIf:
        """The same cases by another rule set. Raises `KeyError` for a name that is not shipped."""
        return what_if(self.cases, rule_set)

    def page(self) -> Page:
        """The comparison as a page."""
        from thresholds.views.comparison_page import comparison_page

        return comparison_page(self)

    def report(self) -> Page:
        """The audit with the comparison, process by process, as the report of 2011 was laid out."""
        from thresholds.views.audit_report import audit_report

        return audit_report(self)

    def to_dict(self) -> Mapping[str, object]:
        """The comparison as JSON holds it, with the stable keys of "comparison/1"."""
        from thresholds.views.comparison_json import comparison_as_json

        return comparison_as_json(self)

    def to_records(self) -> list[dict[str, object]]:
        """A flat mapping for each case, for a table of your own: `pandas.DataFrame(comparison.to_records())`."""
        from thresholds.views.comparison_json import case_records

        return case_records(self)


def compare(
    audit: Audit,
    rule_set: str | RuleSet = DEFAULT_RULE_SET,
    *,
    parts: Sequence[str] = PARTS,
    fewest_shown: int = FEWEST_SHOWN,
) -> Comparison:
    """An audit beside a rule set: what was judged of each case, and what the rules suggest of its facts.

    `parts` are columns by which to part the cases: process, stage, multi_agency, held, seen, stratum, one of the audit's own,
    or any fact.
    `fewest_shown` is the smallest count that is shown of a part; with 1 everything is shown.

    Raises `KeyError` for a rule set that is not shipped, `ColumnError` for a column that there is not, and ValueError where
    `fewest_shown` is below 1.
    """
    for column in parts:
        column_of(column, own_columns(audit.cases))
    if fewest_shown < 1:
        raise ValueError("The smallest count that is shown has to be 1 or above.")
    loaded = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    return Comparison(audit, loaded, compared_cases(audit.cases, loaded), tuple(parts), fewest_shown)


@dataclass(frozen=True)
class AuditChange(Shown):
    """Two audits by the same rules: each measure before and after, and how much it changed."""

    before: Comparison
    after: Comparison

    @cached_property
    def changes(self) -> Mapping[str, Estimate]:
        """For each measure by its name, the later figure less the earlier, with the interval of the change."""
        before, after = self.before.together.estimates, self.after.together.estimates
        return {measure.name: change(before[measure.name], after[measure.name]) for measure in MEASURES}

    @property
    def label(self) -> str:
        """What has to be printed with every figure; "" where there is nothing."""
        return self.before.label or self.after.label

    def page(self) -> Page:
        """The change as a page."""
        from thresholds.views.comparison_page import change_page

        return change_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The change as JSON holds it."""
        from thresholds.views.comparison_json import change_as_json

        return change_as_json(self)


def compare_audits(before: Audit, after: Audit, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> AuditChange:
    """Two audits of different cases, by the same rules. Raises `KeyError` for a rule set that is not shipped."""
    return AuditChange(compare(before, rule_set), compare(after, rule_set))
