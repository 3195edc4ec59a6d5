"""Suggestions can be made in many threads; after first use no file is opened, and nothing runs in the background."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from thresholds import Case, Tier, suggest, suggest_household

CASES = [
    Case(age_months=months, bruise_or_mark=mark, coercive_control=control)
    for months in (None, -3, 3, 30, 90, 200)
    for mark in (None, "suspected")
    for control in ("no", "yes")
]


def test_threads_give_what_one_thread_gives():
    work = [(case, name) for case in CASES for name in ("hackney-2009", "hackney-2011")] * 8
    expected = [suggest(*one).to_dict() for one in work[: len(work) // 8]] * 8
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda one: suggest(*one).to_dict(), work)) == expected
    assert threading.active_count() == 1


def test_after_first_use_no_file_is_opened(monkeypatch):
    for name in ("hackney-2009", "hackney-2011"):
        suggest(CASES[3], name)

    def refuse(*arguments, **more):
        raise AssertionError("a file was opened")

    for place in (
        "builtins.open",
        "os.scandir",
        "os.listdir",
        "pathlib.Path.open",
        "pathlib.Path.read_text",
        "pathlib.Path.glob",
    ):
        monkeypatch.setattr(place, refuse)
    before = set(sys.modules)
    suggestion = suggest(CASES[3])
    assert suggestion.text()
    assert suggestion.markdown()
    assert suggestion.handoff()
    assert suggestion.to_dict()
    for answer in (suggestion.why(), suggestion.why_not(Tier.ONE), suggestion.what_would_change(), suggestion.ask_next()):
        assert answer.html()
        assert answer.to_dict()
    assert suggestion.stability().text()
    assert set(sys.modules) == before, "a module that is imported late is read from a file"
    assert suggest_household([{"age_months": 3}, {"age_months": 90}], home={"coercive_control": "yes"}).html()


def test_importing_is_light():
    code = (
        "import sys, thresholds; "
        "heavy = {'click', 'hypothesis', 'numpy', 'pandas', 'durable', 'asyncio'} & set(sys.modules); "
        "import threading; assert threading.active_count() == 1; print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("[]", "['asyncio']")
