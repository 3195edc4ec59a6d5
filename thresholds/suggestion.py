"""A suggested tier for one case, with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from thresholds.evaluation.engines import DEFAULT_ENGINE, evaluator, named_engine
from thresholds.evaluation.findings import Evaluation
from thresholds.facts.case import Case, Completeness
from thresholds.facts.record import Conflict
from thresholds.language.conditions import Stands, leaves
from thresholds.language.rules import Advice, AdviceKind, Collection, Rule, RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.reasons import Reason, explainer
from thresholds.required import unanswered
from thresholds.scales import Basis, DvScale, Reading, Stage, Status, Tier

# What may be asked of a suggestion and how it is shown are imported where they are used: a service that reads a tier does not
# wait for them.
if TYPE_CHECKING:
    from thresholds.analysis.asking import AskNext
    from thresholds.analysis.changes import WhatWouldChange
    from thresholds.analysis.stability import Stability
    from thresholds.analysis.why import Why
    from thresholds.analysis.why_not import WhyNot
    from thresholds.views.json import SuggestionJson

DEFAULT_RULE_SET = "hackney-2011"


class TierRange(NamedTuple):
    """The lowest and the highest tier that some completion of the record would give; None where no tier applies."""

    lowest: Tier | None
    highest: Tier | None


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


Given = tuple[AdviceGiven, ...]


@dataclass(frozen=True, init=False)
class Suggestion:
    """The result for one case. Read `status` first: it says what the rest is worth.

    A suggestion is a pure function of the case and the rule set, and all it says is read off `evaluation`; what is seldom
    wanted is worked out when it is first read. `str()` is the page as text, and notebooks show it as HTML.
    """

    case: Case
    rule_set: RuleSet
    evaluation: Evaluation
    _read: _Read = field(repr=False, compare=False)

    def __init__(self, case: Case, rule_set: RuleSet, evaluation: Evaluation, read: _Read) -> None:
        vars(self).update(case=case, rule_set=rule_set, evaluation=evaluation, _read=read)  # at once, for it is made often

    # What it comes to.

    @property
    def status(self) -> Status:
        """What this suggestion is."""
        return self._read.status

    @property
    def tier(self) -> Tier | None:
        """The suggested tier; None where too little is known for one, or the case is not for this tool."""
        return self._read.tier

    @property
    def confirmed_tier(self) -> Tier | None:
        """The tier on confirmed facts alone: printed beside, since suspicion is enough to act.

        None where there is no suggested tier, and where too little is known for the lowest tier once suspicion is left out.
        """
        return self._read.confirmed_tier

    @property
    def range(self) -> TierRange:
        """The range of the tier. It is given where too little is known for a tier, too."""
        return self._read.range

    @property
    def stage(self) -> Stage | None:
        """The child's stage; None where the age is not known, or is 18 or over."""
        return self.case.stage

    @property
    def reference(self) -> str | None:
        """The caller's own key of the case."""
        return self.case.reference

    @property
    def known(self) -> Completeness:
        """How much is known of what could bear on the tier."""
        return self.case.completeness

    @property
    def dv(self) -> DvMatrix | None:
        """The domestic violence matrix; None where the rule set has none."""
        return self._read.dv

    @property
    def concerns(self) -> tuple[str, ...]:
        """Where there are concerns: the child, parenting, the family."""
        return self._read.concerns

    @property
    def routes(self) -> tuple[str, ...]:
        """The routes at Tier 3: protection, child in need, duty, consult."""
        return self._read.routes

    # Why.

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The rules that count; those that decide the tier first."""
        return self._read.reasons

    @property
    def tempered(self) -> tuple[Reason, ...]:
        """The rules that would count but for something that protects."""
        return self._read.tempered

    @property
    def rests_on(self) -> tuple[Basis, ...]:
        """How sure the sources of the deciding rules are, the surest first."""
        return self._read.rests_on

    # What is not known.

    @cached_property
    def open(self) -> tuple[Reason, ...]:
        """The rules that would count if what is not known were so."""
        highest = evaluator(self.rule_set).find(self.evaluation.record, Reading.HIGHEST)
        return explainer(self.rule_set).open(self.evaluation, highest.counting, highest.outcomes)

    @cached_property
    def unanswered(self) -> tuple[str, ...]:
        """The facts that have to be known before the lowest tier may be suggested, and are not."""
        return unanswered(self.rule_set, self.evaluation.record)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The answers that do not go together, and how they were read."""
        return self.case.conflicts

    # Advice.

    @property
    def status_reasons(self) -> Given:
        """The rules that give the status, where rules do."""
        return self._read.advice.status

    @property
    def pathways(self) -> Given:
        """Where the case goes, and what to expect there, as things stood on the rule set's `pathways_on`."""
        return self._read.advice.pathways

    @property
    def prompts(self) -> Given:
        """What a practitioner may want to think of."""
        return self._read.advice.prompts

    @property
    def referral_gaps(self) -> Given:
        """What the referral lacks."""
        return self._read.advice.referral_gaps

    @property
    def duties(self) -> Given:
        """What somebody has to do whatever the tier."""
        return self._read.advice.duties

    @property
    def holding(self) -> Given:
        """How risk is held below Tier 3, and what brings the case back."""
        return self._read.advice.holding

    # What one may ask of it. See `thresholds.analysis` for what each answer holds.

    def why(self, tier: Tier | None = None, limit: int = 10) -> Why:
        """The smallest sets of known facts that carry at least this tier (else the suggested one)."""
        from thresholds.analysis.why import why

        return why(self, tier, limit)

    def why_not(self, tier: Tier, limit: int = 10) -> WhyNot:
        """Why the suggested tier is not this one: the routes to a higher tier, or what stands in the way of a lower one."""
        from thresholds.analysis.why_not import why_not

        return why_not(self, tier, limit)

    def what_would_change(self, limit: int = 10, most_facts: int = 3, include_unchangeable: bool = False) -> WhatWouldChange:
        """The smallest changes to the record that would move the suggested tier, learnt or otherwise, up and down."""
        from thresholds.analysis.changes import what_would_change

        return what_would_change(self, limit, most_facts, include_unchangeable)

    def ask_next(self, limit: int | None = None, leave_out: Iterable[str] = ()) -> AskNext:
        """The questions to ask next, the best first; none of `leave_out`, which were asked and could not be answered."""
        from thresholds.analysis.asking import ask_next

        return ask_next(self, limit, leave_out)

    def stability(self) -> Stability:
        """Which single known facts, if they were wrong, would change the suggested tier."""
        from thresholds.analysis.stability import stability

        return stability(self)

    def with_facts(self, **facts: object) -> Suggestion:
        """The suggestion, by the same rules, for the same case with these facts as given; None makes one not known.

        Raises `pydantic.ValidationError` as `Case` does.
        """
        return suggest(self.case.with_facts(**facts), self.rule_set)

    # Views.

    def to_dict(self) -> SuggestionJson:
        """The suggestion as JSON holds it, with the stable keys of "suggestion/1"."""
        from thresholds.views.json import as_json

        return as_json(self)

    def text(self, width: int = 96) -> str:
        """The suggestion as a page of plain text, so many characters wide."""
        from thresholds.views import text
        from thresholds.views.suggestion_page import suggestion_page

        return text.render(suggestion_page(self), width)

    def markdown(self) -> str:
        """The suggestion as Markdown."""
        from thresholds.views import markdown
        from thresholds.views.suggestion_page import suggestion_page

        return markdown.render(suggestion_page(self))

    def html(self) -> str:
        """The suggestion as a piece of HTML, to be put into a page."""
        from thresholds.views import html
        from thresholds.views.suggestion_page import suggestion_page

        return html.render(suggestion_page(self))

    def handoff(self, width: int = 96) -> str:
        """What to say to the service that is asked: concern, risk, rationale, response expected; as plain text."""
        from thresholds.views import text
        from thresholds.views.handoff_page import handoff_page

        return text.render(handoff_page(self), width)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        tier = "no tier" if self.tier is None else f"Tier {self.tier}"
        return f"<Suggestion {tier}, {self.status.value}, {self.rule_set.id} {self.rule_set.version}>"

    def _repr_html_(self) -> str:
        return self.html()


def suggest(
    case: Case | Mapping[str, object], rule_set: str | RuleSet = DEFAULT_RULE_SET, engine: str = DEFAULT_ENGINE
) -> Suggestion:
    """A suggested tier for a case, with its reasons.

    `case` is a `Case`, or a mapping that makes one; `rule_set` the name of a shipped rule set, or one that `load_rule_set`
    gave; `engine` what evaluates it, which never changes the answer. After a rule set is first used there is no reading of
    files; suggestions can be made in many threads at once.

    Raises `pydantic.ValidationError` for a mapping that is no case, `KeyError` for a rule set that is not shipped,
    `ValueError` for an engine that there is not, and `EngineUnavailableError` for one that cannot be used here.
    """
    if isinstance(rule_set, Path):
        raise TypeError("A rule set is a name, or what load_rule_set(path) returns; never a path.")
    loaded = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    checked = case if isinstance(case, Case) else Case.model_validate(case)
    return _reader(loaded, named_engine(engine)).suggest(checked)


# Reading an evaluation.


class _Advice(NamedTuple):
    """The advice of each kind; the fields are those of `AdviceKind`, in its order."""

    status: Given
    pathways: Given
    prompts: Given
    referral_gaps: Given
    duties: Given
    holding: Given


class _Read(NamedTuple):
    """What is read off an evaluation at once."""

    status: Status
    tier: Tier | None
    confirmed_tier: Tier | None
    range: TierRange
    dv: DvMatrix | None
    concerns: tuple[str, ...]
    routes: tuple[str, ...]
    reasons: tuple[Reason, ...]
    rests_on: tuple[Basis, ...]
    tempered: tuple[Reason, ...]
    advice: _Advice


_TIERS, _DV_SCALES = tuple(Tier), tuple(DvScale)
_NO_RANGE = TierRange(None, None)
_KINDS = {kind: place for place, kind in enumerate(AdviceKind)}


class _Reader:
    """Makes suggestions by one rule set; all that does not depend on the case is worked out here, once."""

    def __init__(self, rule_set: RuleSet, engine: str) -> None:
        positions = rule_set.outcome_positions
        self._rule_set = rule_set
        self._evaluator = evaluator(rule_set, engine)
        self._explainer = explainer(rule_set)
        self._tier = positions["tier"]
        has_matrix = {"dv_scale", "dv_scale_for_child"} <= positions.keys()
        self._dv = (positions["dv_scale"], positions["dv_scale_for_child"]) if has_matrix else None
        self._concerns, self._routes = (_member_table(rule_set, name) for name in ("concerns", "routes"))
        advising = rule_set.current_advice
        self._advice = [[(_KINDS[one.kind], AdviceGiven(rule, one)) for one in rule.advises] for rule in advising]
        self._reads_suggested = {rule.id for rule in advising if _reads_tier(rule, {Reading.SUGGESTED})}
        self._reads_any = {rule.id for rule in advising if _reads_tier(rule, set(Reading))}

    def suggest(self, case: Case) -> Suggestion:
        evaluation = self._evaluator.evaluate(case.record)
        return Suggestion(case, self._rule_set, evaluation, self._read(evaluation))

    def _read(self, evaluation: Evaluation) -> _Read:
        record, at = evaluation.record, self._tier
        suggested = evaluation.suggested[at]
        lowest, highest = evaluation.lowest[at], evaluation.highest[at]
        advice = self._gather(evaluation)
        is_too_little = not suggested and bool(unanswered(self._rule_set, record))
        status = _status(advice.status, is_too_little, lowest == highest)
        outside = status is Status.NOT_FOR_THIS_TOOL
        withheld = outside or is_too_little
        if withheld:
            depends = self._reads_any if outside else self._reads_suggested  # on a tier that is not given
            advice = _Advice(*(tuple(one for one in given if one.rule.id not in depends) for given in advice))
        # As for the suggested tier: the lowest tier means nothing where too little was asked.
        confirmed = evaluation.confirmed[at]
        is_confirmed = not withheld and (confirmed or not suggested or not unanswered(self._rule_set, record))
        reasons, rests_on = self._explainer.counting(evaluation, suggested)
        return _Read(
            status,
            None if withheld else _TIERS[suggested],
            _TIERS[confirmed] if is_confirmed else None,
            _NO_RANGE if outside else TierRange(_TIERS[lowest], _TIERS[highest]),
            self._matrix(evaluation, withheld),
            self._concerns(evaluation),
            self._routes(evaluation),
            reasons,
            rests_on,
            self._explainer.tempered(evaluation) if evaluation.tempered else (),
            advice,
        )

    def _gather(self, evaluation: Evaluation) -> _Advice:
        gathered: tuple[list[AdviceGiven], ...] = ([], [], [], [], [], [])
        for position in self._evaluator.advise(evaluation):
            for kind, given in self._advice[position]:
                gathered[kind].append(given)
        return _Advice(*map(tuple, gathered))

    def _matrix(self, evaluation: Evaluation, withheld: bool) -> DvMatrix | None:
        if self._dv is None:
            return None
        raw, child = self._dv
        raised = evaluation.suggested[child] != evaluation.without_discretion[child]
        return DvMatrix(
            _DV_SCALES[evaluation.suggested[raw]],
            _DV_SCALES[evaluation.suggested[child]],
            _DV_SCALES[evaluation.lowest[child]],
            _DV_SCALES[evaluation.highest[child]],
            _TIERS[evaluation.without_discretion[self._tier]] if raised and not withheld else None,
        )


@lru_cache(maxsize=64)
def _reader(rule_set: RuleSet, engine: str) -> _Reader:
    for module in _USED_LATER:  # with the first rule set, so that no file is read any more after it
        import_module(module)
    return _Reader(rule_set, engine)


_USED_LATER = (
    "thresholds.analysis.asking",
    "thresholds.analysis.changes",
    "thresholds.analysis.stability",
    "thresholds.analysis.why",
    "thresholds.analysis.why_not",
    "thresholds.session_files",
    "thresholds.views.html",
    "thresholds.views.json",
    "thresholds.views.markdown",
    "thresholds.views.text",
    "thresholds.views.handoff_page",
    "thresholds.views.session_page",
    "thresholds.views.suggestion_page",
)


def _status(said: Given, is_too_little: bool, is_settled: bool) -> Status:
    if said:
        words = {given.advice.text for given in said}
        for status in (Status.ACT_FIRST, Status.NOT_FOR_THIS_TOOL):
            if status.value in words:
                return status
    if is_too_little:
        return Status.TOO_LITTLE_KNOWN
    return Status.SETTLED if is_settled else Status.AT_LEAST


def _member_table(rule_set: RuleSet, name: str) -> Callable[[Evaluation], tuple[str, ...]]:
    """A function from an evaluation to the members of a set; always none where the rule set has no such set."""
    outcome = rule_set.outcome(name)
    if not isinstance(outcome, Collection):
        return lambda evaluation: ()
    position = rule_set.outcome_positions[name]
    members = [
        tuple(member for bit, member in enumerate(outcome.members) if bits >> bit & 1)
        for bits in range(1 << len(outcome.members))
    ]
    return lambda evaluation: members[evaluation.suggested[position]]


def _reads_tier(rule: Rule, readings: Set[Reading]) -> bool:
    return any(isinstance(leaf, Stands) and leaf.scale == "tier" and leaf.reading in readings for leaf in leaves(rule.when))
