"""Marking a second time, written apart from the first and as plainly as can be: every reading is tried by brute force.

It speaks of small integers and of the interpreter that is the specification, where marking speaks of cases and suggestions.
"""

from __future__ import annotations

from itertools import combinations

from thresholds.evaluation.reference import advice_holds, find
from thresholds.facts.record import POSITIONS, encode, impossible
from thresholds.facts.vocabulary import FACTS
from thresholds.language.conditions import facts_read, leaves
from thresholds.required import unanswered
from thresholds.scales import Reading, Tier

TIERS = ["1", "2A", "2B", "3"]
TOO_LITTLE, NOT_FOR_THIS = "too_little_known", "not_for_this_tool"
LONGEST_COUNT = 40


def say(values, rules, left_out=()):
    """What the rules say of these answers, some of the rules left out; None where there can be no such record."""
    if impossible(values):
        return None
    record = encode({name: value for name, value in values.items() if value is not None})
    status = [advice.text for rule in status_rules(record, rules) for advice in rule.advises]
    if NOT_FOR_THIS in status and "act_first" not in status:  # danger today comes before everything
        return NOT_FOR_THIS
    tier = find(rules, record, Reading.SUGGESTED, left_out=frozenset(left_out)).outcomes[rules.outcome_positions["tier"]]
    return TOO_LITTLE if not tier and unanswered(rules, record) else Tier(tier).word


def status_rules(record, rules):
    """The rules that give a status; what they read is facts alone."""
    giving = [rule for rule in rules.current_advice if any(one.kind.value == "status" for one in rule.advises)]
    return [rule for rule in giving if advice_holds(rules, rule.when, record, {})]


def kinds(values, said, cited, asked, left_open, tone, rules):
    """The kinds of difference. Answers are small integers, and None in `cited` where a fact is named alone."""
    record, rules_say = encode(values), say(values, rules)
    found_tier = find(rules, record, Reading.SUGGESTED).outcomes[rules.outcome_positions["tier"]]
    is_above = said in TIERS and TIERS.index(said) > TIERS.index(Tier(found_tier).word)
    misread = {
        name: kind
        for name, answer in cited.items()
        if (kind := misreading(record[POSITIONS[name]], name, answer, is_above=is_above))
    }
    found = set(misread.values())
    if said == rules_say:
        return found | {
            "same_tier_same_reasons" if same_reasons(values, cited, asked, misread, rules) else "same_tier_other_reasons"
        }
    accounting = set()

    def reaches(**answers):
        return bool(answers) and say({**values, **answers}, rules) == said

    # What is not known read as no.
    asked_of = {"violence_at_home": "asked_alone_and_safely"}
    open_risks = [name for name, fact in FACTS.items() if fact.polarity.value == "risk" and record[POSITIONS[name]] is None]
    for names in ([name for name in misread if misread[name] == "unknown_as_no"], open_risks):
        no = dict.fromkeys(names, 0)
        no |= {FACTS[name].established_by: 1 for name in names if FACTS[name].established_by}
        assert all(FACTS[name].established_by in (None, asked_of.get(name)) or name in no for name in names)
        if reaches(**no):
            accounting.add("unknown_as_no")

    # Suspicion.
    suspected = [name for name, value in values.items() if value == 1 and FACTS[name].kind.value == "answer"]
    for kind, becomes in (("suspicion_as_certainty", 2), ("suspicion_as_nothing", 0)):
        so = [name for name in misread if misread[name] == kind]
        taken_as_it_is = {name for name in cited if cited[name] == 1 or (becomes == 0 and name not in so)}
        others = [name for name in suspected if name not in so and name not in taken_as_it_is]
        for names in (so, *([*so, one] for one in others), so + others):
            if reaches(**dict.fromkeys(names, becomes)):
                accounting.add(kind)

    # Parts of the rules that were not applied.
    matrix = [p for p, rule in enumerate(rules.findings) if any(c.outcome.startswith("dv_") for c in rule.concludes)]
    if say(values, rules, matrix) == said:
        accounting.add("matrix_not_applied")
    aged = [p for p, rule in enumerate(rules.findings) if "younger" in str(leaves_of(rule)).lower()]
    later = [p for p in aged if rules.findings[p].rule_set == "hackney-2011"]
    if any(say(values, rules, out) == said for out in (later, aged)):
        accounting.add("age_not_applied")

    # Facts read in, and facts missed.
    read_in = {name: cited[name] for name in misread if misread[name] == "fact_read_in"}
    as_found = {
        name: (1 if FACTS[name].words is None else int(max(FACTS[name].words))) if answer is None else answer
        for name, answer in read_in.items()
        if not (answer is None and FACTS[name].kind.value in ("choice", "age"))
    }
    if reaches(**as_found):
        accounting.add("fact_read_in")
    lesser = {name: cited[name] for name in misread if misread[name] == "fact_missed"}
    unnamed = [name for name in values if name not in cited and name != "age_months"]
    sure = [name for name in unnamed if name not in suspected]
    pairs = combinations([name for name in sure if record[POSITIONS[name]]], 2)
    some_missed = [(), *((name,) for name in sure), *pairs, tuple(sure)]
    doubted = [name for name in unnamed if name in suspected]
    if doubted and not reaches(**dict.fromkeys(doubted, 0)):
        some_missed.append(tuple(unnamed))
    if any(reaches(**lesser, **dict.fromkeys(some)) for some in some_missed):
        accounting.add("fact_missed")

    # The tone, and the question.
    if tone == said:
        accounting.add("tone_as_need")
    for name in left_open:
        if record[POSITIONS[name]] is None and name not in asked and name not in cited:
            fact = FACTS[name]
            numbers = range(min(fact.highest, LONGEST_COUNT) + 1)
            for value in [int(word) for word in fact.words] if fact.words else numbers:
                needs = {fact.established_by: 1} if fact.established_by and value == 0 else {}
                if reaches(**{name: value}, **needs):
                    accounting.add("question_would_settle")
    if accounting - {"tone_as_need"}:
        return found | accounting
    is_less = rules_say == NOT_FOR_THIS or (rules_say in TIERS[1:] and (said not in TIERS or said < rules_say))
    not_seen = is_less and not names_what_carries(values, cited, (), rules)
    if not_seen:
        return found | accounting | {"fact_missed"}
    return found | (accounting or {"weighed_otherwise"})


def leaves_of(rule):
    """The single conditions of a rule, those that it is tempered by among them."""
    return [*leaves(rule.when), *leaves(rule.unless)]


def misreading(read, name, answer, *, is_above):
    """How a cited answer differs from what the text says; None where it does not. To name a risk alone that the text denies is
    to read it in where the tier is above what the text comes to."""
    kind = FACTS[name].kind.value
    if answer is None and read == 0 and is_above and FACTS[name].polarity.value == "risk":
        return "fact_read_in"
    if read is None:
        return "unknown_as_no" if answer == 0 and kind in ("answer", "yes_no", "count") else "fact_read_in"
    if answer is None or answer == read:
        return None
    if kind == "answer" and read == 1:
        return "suspicion_as_certainty" if answer == 2 else "suspicion_as_nothing"
    return "fact_missed" if kind not in ("choice", "age") and answer < read else "fact_read_in"


def same_reasons(values, cited, asked, misread, rules):
    """Whether the same tier rests on the same."""
    record, rules_say = encode(values), say(values, rules)
    if rules_say == TOO_LITTLE:
        missing = unanswered(rules, record)
        return any(
            name in missing or FACTS[name].gate in missing or name in [FACTS[one].established_by for one in missing]
            for name in asked
        )
    if rules_say == Tier.ONE.word:
        return not misread
    denied = [name for name, kind in misread.items() if kind in ("fact_missed", "suspicion_as_nothing")]
    return names_what_carries(values, cited, denied, rules)


def names_what_carries(values, cited, denied, rules):
    """Whether the facts that are named, but for some, come by themselves to what the rules say."""
    record, rules_say = encode(values), say(values, rules)
    if rules_say == NOT_FOR_THIS:
        read = [name for rule in status_rules(record, rules) for name in facts_read(rule.when)]
        return any(name in cited and name not in denied and values.get(name) is not None for name in read)
    alone = {name: values.get(name, record[POSITIONS[name]]) for name in cited if name not in denied}
    alone |= {name: 1 for name, fact in FACTS.items() if fact.polarity.value == "protective" and record[POSITIONS[name]]}
    alone["age_months"] = values.get("age_months")
    alone = {name: value for name, value in alone.items() if value is not None}
    tier = find(rules, encode(alone), Reading.SUGGESTED).outcomes[rules.outcome_positions["tier"]]
    return Tier(tier).word >= rules_say
