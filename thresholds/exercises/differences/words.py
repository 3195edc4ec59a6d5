"""Each kind of difference in a sentence or two, said to the learner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from thresholds.exercises.differences.kinds import DifferenceKind
from thresholds.exercises.differences.misreading import Answers
from thresholds.exercises.tier_said import TierSaid
from thresholds.facts.vocabulary import FACTS
from thresholds.views.wording import answered


def in_words(kind: DifferenceKind, facts: Answers, *, accounts: bool, is_same: bool) -> str:
    """A misreading, or a part of the rules that was not applied; `is_same` where the tier is the same all the same."""
    said = _SAID[kind](facts)
    if accounts:
        return said
    return f"{said} {'The tier is the same.' if is_same else 'It does not by itself account for your tier.'}"


def same_reasons(rules_say: TierSaid, not_named: Answers) -> str:
    """The same tier for the same reasons; `not_named` is what the rules' view rests on as well."""
    if rules_say is TierSaid.TOO_LITTLE:
        return "You and the rules wait for the same answers before a low tier is given."
    if rules_say is TierSaid.ONE:
        return "You and the rules find nothing in the text that calls for more."
    return f"The facts that you name carry it by the rules too.{_rests_also_on(not_named)}"


def other_reasons(rules_say: TierSaid, carrying: Answers, *, names_any: bool) -> str:
    """The same tier for other reasons; `names_any` where the learner names facts at all."""
    if rules_say is TierSaid.TOO_LITTLE:
        return f"What the rules wait for is {_named(carrying, 'or')}; you ask for none of it."
    if rules_say is TierSaid.ONE:
        return "By the rules nothing in the text calls for more, and you read something otherwise than it stands there."
    rests_on = f"By the rules it rests on {_told(carrying)}."
    return f"{'The facts that you name do not come to this by the rules.' if names_any else 'You name no fact.'} {rests_on}"


def not_in_the_view(facts: Answers) -> str:
    """Facts that carry the rules' view, that the learner does not name, and that account for no tier of theirs."""
    return (
        f"By the rules it rests on {_told(facts)}, which your view leaves out or makes less of. Whether you read past it, or "
        "saw it and weigh it otherwise, only you can say."
    )


def tone_as_need(because: str, not_named: Answers) -> str:
    """The tone of the text read as the child's need; `because` is how it sounds."""
    return f"{because} How a text sounds moves no tier: what is known of the child does.{_rests_also_on(not_named)}"


def weighed_otherwise(rules_say: TierSaid, not_named: Answers, *, is_decided: bool) -> str:
    """The same facts weighed otherwise; `not_named` is what the rules' view rests on as well, `is_decided` where there are
    rules that decide."""
    if rules_say is TierSaid.NOT_FOR_THIS:
        return "By the rules this is not a question of thresholds. It goes elsewhere, whichever tier it would have."
    if is_decided:
        also = _rests_also_on(not_named)
        return f"The rules give these facts another weight than you do. The rules that decide are named beside this.{also}"
    if rules_say is TierSaid.TOO_LITTLE:
        return "The rules give no tier before what they require is answered; you give one."
    return "By the rules nothing that is known here counts towards a tier."


def _rests_also_on(not_named: Answers) -> str:
    return f" The rules' view rests also on {_told(not_named)}, which you do not name." if not_named else ""


def _told(facts: Answers) -> str:
    """Facts with the answers that the text gives to them: what it denies or suspects is not told as so."""
    return _listed(
        (FACTS[name].says if said in (None, "yes") else answered(FACTS[name], said) for name, said in facts.items()), "and"
    )


def _named(facts: Iterable[str], word: str) -> str:
    """Facts without any answer."""
    return _listed((FACTS[name].says for name in facts), word)


def _listed(said: Iterable[str], word: str) -> str:
    each = [f"“{one}”" for one in said]
    if len(each) < 2:
        return "".join(each) or "nothing"
    return f"{', '.join(each[:-1])} {word} {each[-1]}"


def _read_in(facts: Answers) -> str:
    unsaid = [name for name, said in facts.items() if said is None]
    otherwise = {name: said for name, said in facts.items() if said is not None}
    each = [
        f"The text does not say {_named(unsaid, 'or')}." if unsaid else "",
        f"The text has it otherwise than you read it: {_told(otherwise)}." if otherwise else "",
    ]
    return " ".join(filter(None, each))


_SAID: Mapping[DifferenceKind, Callable[[Answers], str]] = {
    DifferenceKind.FACT_MISSED: lambda facts: f"Your view leaves out, or makes less of, what the text says: {_told(facts)}.",
    DifferenceKind.FACT_READ_IN: _read_in,
    DifferenceKind.UNKNOWN_AS_NO: lambda facts: (
        f"The text does not say whether {_named(facts, 'or')}. What nobody has asked is not no; it is not known."
    ),
    DifferenceKind.SUSPICION_AS_CERTAINTY: lambda facts: (
        f"{_named(facts, 'and')}: the text has this as suspected, not as known. Suspicion is enough to act on and is still "
        "written down as suspicion."
    ),
    DifferenceKind.SUSPICION_AS_NOTHING: lambda facts: (
        f"{_named(facts, 'and')}: the text has this as suspected. Either it was overlooked or it was taken as nothing; "
        "reasonable suspicion is enough to act on."
    ),
    DifferenceKind.MATRIX_NOT_APPLIED: lambda facts: (
        f"Without the Barnardo's matrix the rules come to your tier too. It is read off {_told(facts)}."
    ),
    DifferenceKind.AGE_NOT_APPLIED: lambda facts: (
        "Without the rules that ask how old the child is, the rules come to your tier too. What the age changes here is the "
        f"weight of {_told(facts)}."
    ),
    DifferenceKind.QUESTION_WOULD_SETTLE: lambda facts: (
        f"The text leaves open {_named(facts, 'and')}. With one answer to that the rules come to your tier, so that it "
        "has to be asked, by whoever can do it safely; a no alone does not end a worry."
    ),
}
