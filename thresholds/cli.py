"""The command `thresholds`.

Exit codes are part of the interface: 0 answered, 2 some or all of the input refused, 3 the rule set refused or refuted,
4 something that is needed cannot be used here: an engine, or an extra that is not installed.
"""

from __future__ import annotations

import click

from thresholds.commands.audits import audit_group, check_audit_command, join_command, template_command
from thresholds.commands.cases import agenda_command, explain_command, suggest_command
from thresholds.commands.comparisons import (
    change_command,
    compare_command,
    encoders_command,
    plan_command,
    replay_command,
)
from thresholds.commands.exercises import exercise_command
from thresholds.commands.rule_sets import check_command, facts_command, rule_sets_command, rules_command, schema_command
from thresholds.commands.sessions import interview_command, session_command
from thresholds.commands.verification import diff_command, verify_command
from thresholds.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="thresholds")
def main() -> None:
    """A suggested tier for a child's case, with its reasons. It advises; a person decides.

    Exit codes: 0 answered, 2 input refused, 3 rule set refused or refuted, 4 what is needed cannot be used here.
    """


for command in (
    suggest_command,
    explain_command,
    agenda_command,
    interview_command,
    session_command,
    facts_command,
    rules_command,
    rule_sets_command,
    check_command,
    verify_command,
    diff_command,
    audit_group,
    schema_command,
    exercise_command,
):
    main.add_command(command)

for command in (
    template_command,
    check_audit_command,
    join_command,
    compare_command,
    change_command,
    encoders_command,
    plan_command,
    replay_command,
):
    audit_group.add_command(command)
