"""One question of an exercise in a terminal: what may be typed at each of them, and how more is said of it."""

from __future__ import annotations

import click

from thresholds import terminal
from thresholds.terminal import STOP_AND_MORE, say

_BACK = ("back", "b")
HOW = f'"back": the question before. {STOP_AND_MORE} Enter alone: nothing (more) to say.'


def typed(question: str, width: int, more: str = "", shown: str = "") -> str:
    """What somebody types. A question mark says `more`, and prints what is `shown`. Raises `Stopped` and `GoBack`."""

    def ask() -> None:
        if question:
            click.echo()
            say(question, width)

    def say_more() -> None:
        if shown:
            click.echo(f"\n{shown}\n")
        say(" ".join(filter(None, (more, HOW))), width)

    return terminal.typed(ask, say_more, width, _BACK)
