"""A suggested tier for one case, with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from thresholds.evaluation.compiled import compile_rule_set
from thresholds.evaluation.findings import Evaluation
from thresholds.facts.case import Case
from thresholds.facts.record import POSITIONS, Conflict
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.conditions import Condition, Stands, leaves
from thresholds.language.rules import Advice, AdviceKind, Collection, Rule, RuleSet
from thresholds.loading.rule_sets import load_rule_set
from thresholds.questions import Question, ask_next, unanswered
from thresholds.reasons import Reason, explainer
from thresholds.scales import Basis, DvScale, Reading, Stage, Status, Tier
from thresholds.views import html as views_html
from thresholds.views import markdown as views_markdown
from thresholds.views import text as views_text
from thresholds.views.handoff_page import handoff_page
from thresholds.views.json import SuggestionJson, as_json
from thresholds.views.suggestion_page import suggestion_page

DEFAULT_RULE_SET = "hackney-2011"


class TierRange(NamedTuple):
    """The lowest and the highest tier that some completion of the record would give; None where no tier applies."""

    lowest: Tier | None
    highest: Tier | None


class Known(NamedTuple):
    """How many of the facts that could bear on the tier have been answered, of how many that were asked or are open."""

    facts: int
    of: int


class DvMatrix(NamedTuple):
    """The domestic violence matrix: the scale as found, as it stands for this child, and the range of the latter.

    `without_raise` is the suggested tier had no rule that the matrix marks "can raise" counted; None where none did.
    """

    scale: DvScale
    scale_for_child: DvScale
    lowest: DvScale
    highest: DvScale
    without_raise: Tier | None


class AdviceGiven(NamedTuple):
    """One piece of advice and the rule that gives it."""

    rule: Rule
    advice: Advice


@dataclass(frozen=True)
class Suggestion:
    """The result for one case. Read `status` first: it says what the rest is worth.

    A suggestion is a pure function of the case and the rule set. Whatever it says comes from `evaluation`; parts that are
    seldom read are worked out when first read. `str()` is the page as text, and notebooks show it as HTML.
    """

    case: Case
    rule_set: RuleSet
    evaluation: Evaluation

    # What it comes to.

    @cached_property
    def status(self) -> Status:
        """What this suggestion is."""
        said = {entry.advice.text for entry in self._advised[AdviceKind.STATUS]}
        for status in (Status.ACT_FIRST, Status.NOT_FOR_THIS_TOOL):
            if status.value in said:
                return status
        if self._is_too_little:
            return Status.TOO_LITTLE_KNOWN
        return Status.SETTLED if self._tier(Reading.LOWEST) == self._tier(Reading.HIGHEST) else Status.AT_LEAST

    @cached_property
    def tier(self) -> Tier | None:
        """The suggested tier; None where too little is known for one, or the case is not for this tool."""
        return None if self._is_withheld else self._tier(Reading.SUGGESTED)

    @cached_property
    def confirmed_tier(self) -> Tier | None:
        """The tier on confirmed facts alone: printed beside, since suspicion is enough to act."""
        return None if self._is_withheld else self._tier(Reading.CONFIRMED)

    @cached_property
    def range(self) -> TierRange:
        """The range of the tier. It is given where too little is known for a tier, too."""
        if self.status is Status.NOT_FOR_THIS_TOOL:
            return TierRange(None, None)
        return TierRange(self._tier(Reading.LOWEST), self._tier(Reading.HIGHEST))

    @property
    def stage(self) -> Stage | None:
        """The child's stage; None where the age is not known, or is 18 or over."""
        return self.case.stage

    @property
    def reference(self) -> str | None:
        """The caller's own key of the case."""
        return self.case.reference

    @cached_property
    def known(self) -> Known:
        """How much is known of what could bear on the tier."""
        answered = sum(self.case.__dict__[name] is not None for name in self.case.model_fields_set if name in _BEARING)
        still_open = _bearing(self.evaluation.record).count(None)
        return Known(answered, answered + still_open)

    @cached_property
    def dv(self) -> DvMatrix | None:
        """The domestic violence matrix; None where the rule set has none."""
        if "dv_scale_for_child" not in self.rule_set.outcome_positions:
            return None
        evaluation = self.evaluation
        raw, child = map(self.rule_set.outcome_positions.__getitem__, ("dv_scale", "dv_scale_for_child"))
        raised = None
        if not self._is_withheld and evaluation.suggested[child] != evaluation.without_discretion[child]:
            raised = Tier(evaluation.without_discretion[self.rule_set.outcome_positions["tier"]])
        return DvMatrix(
            _DV_SCALES[evaluation.suggested[raw]],
            _DV_SCALES[evaluation.suggested[child]],
            _DV_SCALES[evaluation.lowest[child]],
            _DV_SCALES[evaluation.highest[child]],
            raised,
        )

    @cached_property
    def concerns(self) -> tuple[str, ...]:
        """Where there are concerns: the child, parenting, the family."""
        return self.members("concerns")

    @cached_property
    def routes(self) -> tuple[str, ...]:
        """The routes at Tier 3: protection, child in need, duty, consult."""
        return self.members("routes")

    def members(self, collection: str) -> tuple[str, ...]:
        """The members of one of the rule set's sets; none where it has no such set."""
        outcome = self.rule_set.outcome(collection)
        if not isinstance(outcome, Collection):
            return ()
        bits = self.evaluation.suggested[self.rule_set.outcome_positions[collection]]
        return tuple([member for bit, member in enumerate(outcome.members) if bits >> bit & 1])

    # Why.

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """The rules that count; those that decide the tier first."""
        return explainer(self.rule_set).counting(self.evaluation, self._tier(Reading.SUGGESTED))

    @cached_property
    def tempered(self) -> tuple[Reason, ...]:
        """The rules that would count but for something that protects."""
        return explainer(self.rule_set).tempered(self.evaluation)

    @cached_property
    def rests_on(self) -> tuple[Basis, ...]:
        """How sure the sources of the deciding rules are, the surest first."""
        bases = {reason.rule.source.basis for reason in self.reasons if reason.decisive}
        return tuple([basis for basis in Basis if basis in bases]) if len(bases) > 1 else tuple(bases)

    # What is not known.

    @cached_property
    def open(self) -> tuple[Reason, ...]:
        """The rules that would count if what is not known were so."""
        highest = compile_rule_set(self.rule_set).find(self.evaluation.record, Reading.HIGHEST)
        return explainer(self.rule_set).open(self.evaluation, highest.counting, highest.outcomes)

    @cached_property
    def ask_next(self) -> tuple[Question, ...]:
        """The questions whose answers matter most, the most important first."""
        return ask_next(self.rule_set, self.case, self.evaluation, self.open)

    @cached_property
    def unanswered(self) -> tuple[str, ...]:
        """The facts that have to be known before the lowest tier may be suggested, and are not."""
        return unanswered(self.rule_set, self.evaluation.record)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The answers that do not go together, and how they were read."""
        return self.case.conflicts

    # Advice.

    @cached_property
    def pathways(self) -> tuple[AdviceGiven, ...]:
        """Where the case goes, and what to expect there, as things stood on the rule set's `pathways_on`."""
        return self._shown(AdviceKind.PATHWAYS)

    @cached_property
    def prompts(self) -> tuple[AdviceGiven, ...]:
        """What a practitioner may want to think of."""
        return self._shown(AdviceKind.PROMPTS)

    @cached_property
    def referral_gaps(self) -> tuple[AdviceGiven, ...]:
        """What the referral lacks."""
        return self._shown(AdviceKind.REFERRAL_GAPS)

    @cached_property
    def duties(self) -> tuple[AdviceGiven, ...]:
        """What somebody has to do whatever the tier."""
        return self._shown(AdviceKind.DUTIES)

    @cached_property
    def holding(self) -> tuple[AdviceGiven, ...]:
        """How risk is held below Tier 3, and what brings the case back."""
        return self._shown(AdviceKind.HOLDING)

    @cached_property
    def status_reasons(self) -> tuple[AdviceGiven, ...]:
        """The rules that give the status, where rules do."""
        return self._advised[AdviceKind.STATUS]

    # Views.

    def to_dict(self) -> SuggestionJson:
        """The suggestion as JSON holds it, with the stable keys of "suggestion/1"."""
        return as_json(self)

    def text(self, width: int = 96) -> str:
        """The suggestion as a page of plain text, so many characters wide."""
        return views_text.render(suggestion_page(self), width)

    def markdown(self) -> str:
        """The suggestion as Markdown."""
        return views_markdown.render(suggestion_page(self))

    def html(self) -> str:
        """The suggestion as a piece of HTML, to be put into a page."""
        return views_html.render(suggestion_page(self))

    def handoff(self, width: int = 96) -> str:
        """What to say to the service that is asked: concern, risk, rationale, response expected; as plain text."""
        return views_text.render(handoff_page(self), width)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        tier = "no tier" if self.tier is None else f"Tier {self.tier}"
        return f"<Suggestion {tier}, {self.status.value}, {self.rule_set.id} {self.rule_set.version}>"

    def _repr_html_(self) -> str:
        return self.html()

    # Out of the evaluation.

    def _tier(self, reading: Reading) -> Tier:
        return _TIERS[self.evaluation.outcomes(reading)[self.rule_set.outcome_positions["tier"]]]

    @cached_property
    def _is_too_little(self) -> bool:
        return self._tier(Reading.SUGGESTED) is Tier.ONE and bool(self.unanswered)

    @cached_property
    def _is_withheld(self) -> bool:
        return self.status is Status.NOT_FOR_THIS_TOOL or self._is_too_little

    @cached_property
    def _advised(self) -> Mapping[AdviceKind, tuple[AdviceGiven, ...]]:
        given = compile_rule_set(self.rule_set).advise(self.evaluation)
        return _advice_table(self.rule_set).gather(given)

    def _shown(self, kind: AdviceKind) -> tuple[AdviceGiven, ...]:
        """The advice of a kind; where there is no tier, none that depends on one."""
        advised = self._advised[kind]
        if not advised or not self._is_withheld:
            return advised
        at_all = self.status is Status.NOT_FOR_THIS_TOOL
        return tuple(entry for entry in advised if not _reads_tier(entry.rule.when, at_all))


def suggest(case: Case | Mapping[str, object], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Suggestion:
    """A suggested tier for a case, with its reasons.

    `case` is a `Case`, or a mapping that makes one; `rule_set` the name of a shipped rule set, or one that `load_rule_set`
    gave. After a rule set is first used there is no reading of files; suggestions can be made in many threads at once.

    Raises `pydantic.ValidationError` for a mapping that is no case, `KeyError` for a rule set that is not shipped.
    """
    if isinstance(rule_set, Path):
        raise TypeError("A rule set is a name, or what load_rule_set(path) returns; never a path.")
    loaded = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    checked = case if isinstance(case, Case) else Case.model_validate(case)
    return Suggestion(checked, loaded, compile_rule_set(loaded).evaluate(checked.record))


_TIERS, _DV_SCALES = tuple(Tier), tuple(DvScale)
_BEARING = frozenset(name for name, fact in FACTS.items() if fact.polarity is not Polarity.CONTEXT)
_bearing = itemgetter(*(position for name, position in POSITIONS.items() if name in _BEARING))


class _AdviceTable:
    """What each advice rule of a rule set gives, by its position."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._given = [
            [(advice.kind, AdviceGiven(rule, advice)) for advice in rule.advises] for rule in rule_set.current_advice
        ]

    def gather(self, positions: tuple[int, ...]) -> Mapping[AdviceKind, tuple[AdviceGiven, ...]]:
        gathered: dict[AdviceKind, tuple[AdviceGiven, ...]] = dict.fromkeys(AdviceKind, ())
        for position in positions:
            for kind, given in self._given[position]:
                gathered[kind] += (given,)
        return gathered


@lru_cache(maxsize=64)
def _advice_table(rule_set: RuleSet) -> _AdviceTable:
    return _AdviceTable(rule_set)


@lru_cache(maxsize=4096)
def _reads_tier(condition: Condition, at_all: bool) -> bool:
    """Whether a condition of advice reads the suggested tier, or (`at_all`) the tier in any reading."""
    return any(
        isinstance(leaf, Stands) and leaf.scale == "tier" and (at_all or leaf.reading is Reading.SUGGESTED)
        for leaf in leaves(condition)
    )
