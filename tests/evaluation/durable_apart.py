"""What may end a process, or never end, is tried in one of its own: `python -m tests.evaluation.durable_apart NAME`.

Each function here is one trial. It passes when the process ends with exit code 0 and has printed nothing as an error.
"""

import os
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

from thresholds import load_rule_set
from thresholds.evaluation.compiled import compile_rule_set
from thresholds.evaluation.durable import DurableRuleSet
from thresholds.evaluation.reference import Interpreter
from thresholds.facts.record import encode
from thresholds.facts.vocabulary import FACTS, Kind, Polarity
from thresholds.language.conditions import All, AnyOf, AtLeastOf, Counted, Found, Reached
from thresholds.language.rules import Citation, Conclusion, Rule
from thresholds.scales import Basis, Reading
from thresholds.testing import make_rule_set
from thresholds.verification.made_up import records

RISKS = [fact.name for fact in FACTS.values() if fact.polarity is Polarity.RISK and fact.kind is Kind.ANSWER]
PROTECTIONS = [fact.name for fact in FACTS.values() if fact.polarity is Polarity.PROTECTIVE]
COUNT = next(fact.name for fact in FACTS.values() if fact.kind is Kind.COUNT and fact.highest >= 600)


def rule(number, when, outcome="tier", value=1, unless=None):
    source = Citation("tests", "nowhere", Basis.PRACTICE)
    conclusions = (Conclusion(outcome, value),)
    return Rule(id=f"rule-{number}", title="made up", when=when, unless=unless, concludes=conclusions, source=source)


def small():
    """A rule set of three rules in two steps."""
    first = rule(0, Found(RISKS[0]), "raw", 2)
    second = rule(1, All((Reached("raw", 2), Found(RISKS[1]))), "tier", 3, unless=Found(PROTECTIONS[0]))
    return make_rule_set([first, second, rule(2, AtLeastOf(2, tuple(map(Found, RISKS[2:6]))))])


def known(**values):
    return encode(values)


def all_found():
    """A case in which every risk is found."""
    return known(**dict.fromkeys(RISKS, 2))


def agree(rule_set, cases):
    durable, interpreter = DurableRuleSet(rule_set), Interpreter(rule_set)
    for case in cases:
        assert durable.evaluate(case) == interpreter.evaluate(case)
        for reading in Reading:
            assert durable.find(case, reading) == interpreter.find(case, reading)


def threads():
    """Eight threads, 250 cases each."""
    rule_set = load_rule_set("hackney-2011")
    durable, compiled = DurableRuleSet(rule_set), compile_rule_set(rule_set)
    cases = list(records(seed=1, number=250))
    expected = [compiled.evaluate(case) for case in cases]

    def work(first):
        turned = [(first * 31 + number) % len(cases) for number in range(len(cases))]
        return all(durable.evaluate(cases[number]) == expected[number] for number in turned)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))
    assert threading.active_count() == 1, "the engine started threads of its own"


def resident():
    """Kilobytes of memory that this process holds."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4  # pages; of 4 kB, or of more
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def flat(evaluator, cases, times, warm_up, most):
    """Memory after the warm-up, and at four points after it."""
    held, given = [], cycle(cases)
    for number in range(times):
        if number >= warm_up and (number - warm_up) % ((times - warm_up) // 4) == 0:
            held.append(resident())
        evaluator.evaluate(next(given))
    held.append(resident())
    assert held[-1] - held[0] < most, held


def memory():
    """10,000 evaluations of a small rule set, and then some of a shipped one."""
    flat(DurableRuleSet(small()), [known(), all_found(), known(**{RISKS[0]: 1})], 10_000, 2_000, 1_000)
    flat(DurableRuleSet(load_rule_set("hackney-2011")), list(records(seed=2, number=50)), 600, 200, 1_000)


def many_match():
    """300 rules that match one case, and 300 exceptions with them."""
    rules = [rule(number, Found(RISKS[number % len(RISKS)])) for number in range(300)]
    agree(make_rule_set(rules), [all_found(), known()])
    tempered = [rule(number, Found(RISKS[0]), unless=Found(PROTECTIONS[0])) for number in range(300)]
    agree(make_rule_set(tempered), [known(**{RISKS[0]: 2, PROTECTIONS[0]: 1}), known(**{RISKS[0]: 1})])


def many_alternatives():
    """Rules of a hundred alternatives, flat and multiplied, all of them so."""
    long = AnyOf(tuple(map(Found, RISKS[:100])))
    sides = [AnyOf(tuple(map(Found, RISKS[start : start + 10]))) for start in (0, 10, 20)]
    rules = [rule(0, long), rule(1, All(tuple(sides[:2]))), rule(2, All(tuple(sides))), rule(3, All((long, *sides)))]
    exception = AnyOf(tuple(map(Found, PROTECTIONS)))
    rules += [rule(4, AnyOf((long, All(tuple(sides)))), unless=exception), rule(5, AtLeastOf(40, long.parts))]
    some = [known(**dict.fromkeys(RISKS[first : first + number], 2)) for first in (0, 5, 95) for number in (1, 30, 60)]
    agree(make_rule_set(rules), [all_found(), known(), *some])


def wide():
    """Rules that read every fact there is, together and each apart."""
    every = tuple(map(Found, RISKS))
    together = [rule(0, All(every)), rule(1, AnyOf(every)), rule(2, All((All(every), AnyOf(every))))]
    apart = [rule(number + 3, All(every[number : number + 90])) for number in range(0, len(every), 7)]
    agree(make_rule_set([*together, *apart]), [all_found(), known(), known(**dict.fromkeys(RISKS[:95], 1))])


def many_bounds():
    """600 different bounds: a network that holds 512 never answers."""
    agree(
        make_rule_set([rule(number, Counted(COUNT, number)) for number in range(1, 601)]),
        [known(**{COUNT: number}) for number in (1, 300, 600)],
    )


def nothing_matches():
    """Cases that no rule matches, again and again."""
    agree(small(), [known(**dict.fromkeys(RISKS, 0))] * 50)


def no_timers():
    """Nothing runs in the background, not even a while later."""
    durable = DurableRuleSet(small())
    durable.evaluate(known())
    assert threading.active_count() == 1
    time.sleep(0.3)
    assert threading.active_count() == 1


def forks():
    """Children of a process whose other thread is in the midst of an evaluation."""
    warnings.simplefilter("ignore", DeprecationWarning)  # Python itself warns of such a fork
    durable, interpreter = DurableRuleSet(small()), Interpreter(small())
    case, stop = all_found(), threading.Event()

    def busy():
        while not stop.is_set():
            durable.evaluate(case)

    worker = threading.Thread(target=busy)
    worker.start()
    for _ in range(20):
        time.sleep(0.003)
        child = os.fork()
        if not child:
            os._exit(0 if all(durable.evaluate(case) == interpreter.evaluate(case) for _ in range(20)) else 1)
        assert _code(child) == 0
        assert durable.evaluate(case) == interpreter.evaluate(case)
    stop.set()
    worker.join()


def _code(child):
    """The exit code of a child; None where it does not end."""
    for _ in range(500):
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return None


def leaves_while_working():
    """The process ends while a thread of it, which it does not wait for, evaluates."""
    durable, case = DurableRuleSet(small()), all_found()

    def busy():
        while True:
            durable.evaluate(case)

    threading.Thread(target=busy, daemon=True).start()
    time.sleep(0.2)


TRIALS = {
    trial.__name__: trial
    for trial in (
        threads,
        memory,
        many_match,
        many_alternatives,
        wide,
        many_bounds,
        nothing_matches,
        no_timers,
        *([forks] if hasattr(os, "fork") else []),
        leaves_while_working,
    )
}

if __name__ == "__main__":
    TRIALS[sys.argv[1]]()
