"""Write the pages of this folder that follow from the code and the rules: `python docs/generate.py`.

With `--check`, write nothing and say which pages are out of date (exit code 1).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from thresholds import Session, Stage, load_rule_set
from thresholds.language.rules import Floor, Rule, RuleSet
from thresholds.session_files import as_text
from thresholds.views import markdown
from thresholds.views.facts_page import facts_page
from thresholds.views.page import Grid, Page, Paragraph, page, part
from thresholds.views.rules_page import rules_page, stage_page

HERE = Path(__file__).resolve().parent
RULE_SET = "hackney-2011"
EXAMPLES = HERE.parent / "examples"
SESSIONS = EXAMPLES / "sessions"
_OUTPUT = re.compile(r"^```text$.*?^```$", re.MULTILINE | re.DOTALL)


def pages() -> Iterator[tuple[Path, Page]]:
    """Each generated page and where it is kept."""
    rule_set = load_rule_set(RULE_SET)
    yield HERE / "facts.md", facts_page()
    yield HERE / "rules.md", rules_page(rule_set)
    yield HERE / "coverage.md", coverage_page(rule_set)
    for stage in Stage:
        yield HERE / "guidance" / f"{stage.word}.md", stage_page(rule_set, stage)


def texts() -> Iterator[tuple[Path, str]]:
    """Each generated page as it is written, the example sessions by the rules at hand, and what the manual shows of one."""
    for path, content in pages():
        yield path, markdown.render(content)
    for path in sorted(EXAMPLES.glob("**/sessions/*.json")):
        yield path, as_text(Session.load(path, rule_set_may_differ=True))
    manual = HERE / "sessions.md"
    shown = Session.load(SESSIONS / "01-what-the-review-heard.json", rule_set_may_differ=True).text()
    written = manual.read_text(encoding="utf-8")
    yield manual, _OUTPUT.sub(lambda _: f"```text\n{shown}\n```", written, count=1)


def coverage_page(rule_set: RuleSet) -> Page:
    """What each source says, and the rules or facts that answer for it, or why there is none."""
    covering: dict[str, list[str]] = {cell.id: [] for cell in rule_set.cells}
    answering: list[Rule | Floor] = [*rule_set.findings, *rule_set.advice, *rule_set.floors]
    for rule in answering:
        for name in rule.covers:
            covering[name].append(rule.id)
    groups: dict[str, list[tuple[str, ...]]] = {}
    for cell in rule_set.cells:
        group = cell.id.split("/")[0]
        row = (cell.id, cell.says, ", ".join(covering[cell.id]), ", ".join(cell.facts), cell.none)
        groups.setdefault(group, []).append(row)
    columns = ("Cell", "What the source says", "Rules", "Facts", "Why there is none")
    counted = sum(bool(covering[cell.id]) for cell in rule_set.cells)
    none = sum(bool(cell.none) for cell in rule_set.cells)
    return page(
        "Coverage",
        first=(
            Paragraph(
                f"{len(rule_set.cells)} things that the sources say; {counted} of them are answered for by rules of "
                f"{rule_set.id}, {none} by none, for the reason given, and the others by facts alone."
            ),
        ),
        parts=tuple(part(TITLES[group], Grid(TITLES[group], columns, tuple(rows))) for group, rows in groups.items()),
    )


TITLES = {
    "definition": "The definitions of the tiers",
    "ladder": "The ladder of indicators, strand by strand",
    "dvrim": "The Barnardo's domestic violence matrix",
    "stage": "Age and stage: the table of facts that read otherwise by age",
    "stage-note": "Age and stage: what else the sources say",
    "fact": "The sixty facts that practitioners know",
    "report": "The findings of the report that concern a single case",
    "referral": "What makes a referral",
    "arrangement": "The arrangements of 2011",
    "status": "What comes before thresholds",
    "duty": "Duties at any tier",
}


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    check, stale = "--check" in arguments, []
    for path, written in texts():
        if path.exists() and path.read_text(encoding="utf-8") == written:
            continue
        stale.append(path.relative_to(HERE.parent).as_posix())
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(written, encoding="utf-8")
    for name in stale:
        print(f"{name}: {'out of date; run python docs/generate.py' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
