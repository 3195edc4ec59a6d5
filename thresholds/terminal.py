"""Asking and saying in a terminal: lines that fold at its width, and the few words that mean the same at every question."""

from __future__ import annotations

import io
import sys
import textwrap
from collections.abc import Callable, Collection
from contextlib import suppress

import click

from thresholds.plain_text import is_plain

_STOP, _MORE = ("stop", "quit", "q"), ("?", "help")
STOP_AND_MORE = '"stop": end here. "?": say more.'
"""What may be typed at every question, in a sentence or two."""
_NO_TEXT = (
    "There is something in this that is no text (an arrow key types such a thing). Nothing of it was taken: please type again."
)


class Stopped(Exception):  # noqa: N818  # no error: somebody has had enough
    """Somebody ends here."""


class GoBack(Exception):  # noqa: N818  # no error either
    """Somebody wants to go back by one."""


def take_what_is_typed() -> None:
    """Let `typed` see what is no text in the encoding of the terminal, so that it can be refused by itself.

    Else such a byte would end the reading, and with it whatever was typed along with it.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        with suppress(io.UnsupportedOperation):  # what has been read from cannot be changed; `typed` still refuses the line
            sys.stdin.reconfigure(errors="surrogateescape")


def typed(ask: Callable[[], None], more: Callable[[], None], width: int, back: Collection[str]) -> str:
    """What somebody types in answer to what `ask` says; where they want to know more, `more` says it and it is asked again.

    Raises `Stopped` where they end, by a word or the end of the input, and `GoBack` for one of the words in `back`.
    """
    while True:
        ask()
        given = _line()
        if given is None:
            say(_NO_TEXT, width)
            continue
        word = given.lower()
        if word in _STOP:
            raise Stopped
        if word in back:
            raise GoBack
        if word not in _MORE:
            return given
        more()


def _line() -> str | None:
    """The next line; None where it is no text that could be kept and shown again."""
    try:
        given = input("> ")
    except (EOFError, KeyboardInterrupt):
        click.echo()  # what comes next would stand behind the prompt
        raise Stopped from None
    except UnicodeDecodeError:
        return None
    return " ".join(given.split("\t")).strip() if is_plain(given) else None


def heading(title: str, width: int) -> None:
    """A title, with a line under it."""
    click.echo()
    say(title, width)
    click.echo("-" * min(len(title), width))


def say(said: str, width: int, begin: str = "") -> None:
    """Some sentences, folded; `begin` stands before the first line, and the others are indented as far."""
    click.echo(folded(said, width, begin))


def folded(said: str, width: int, begin: str = "") -> str:
    """As `say`, without saying it. No word is broken: it may be the name of a file, to be copied."""
    return textwrap.fill(
        said,
        width,
        initial_indent=begin,
        subsequent_indent=" " * len(begin),
        break_long_words=False,
        break_on_hyphens=False,
    )
