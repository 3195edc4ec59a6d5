"""What commands share: exit codes, options, rule sets by name, and how a page is written."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Never

import click

from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.loading.places import shipped
from thresholds.loading.problems import RuleSetError, nearest
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.views import html, markdown, text
from thresholds.views.page import Page
from thresholds.views.shown import Shown

INPUT_REFUSED, RULE_SET_REFUSED, NOT_AVAILABLE = 2, 3, 4
_WIDTH, _NARROWEST, _WIDEST = 96, 60, 120

form_option = click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "html", "json"]), default="text", show_default=True
)
rule_set_option = click.option(
    "--rule-set", "name", default=DEFAULT_RULE_SET, show_default=True, help="A shipped rule set, or the folder of your own."
)


def load_by_name(name: str) -> RuleSet:
    """A shipped rule set by its name, or that of a folder. On the command line, and only there, a name may be a path."""
    try:
        return load_rule_set(Path(name) if name not in shipped() and Path(name).is_dir() else name)
    except KeyError:
        hint = nearest(name, shipped())
        stop(f"{name}: There is no shipped rule set of this name, and no such folder; {hint}", RULE_SET_REFUSED)
    except RuleSetError as error:
        stop(str(error), RULE_SET_REFUSED)


def stop(message: str, code: int) -> Never:
    """Say what is wrong, and end with this exit code."""
    click.echo(message, err=True)
    sys.exit(code)


def write_page(page: Page, form: str) -> None:
    """A page as text, Markdown or HTML."""
    if form == "markdown":
        click.echo(markdown.render(page), nl=False)
    else:
        click.echo(html.document(page) if form == "html" else text.render(page, width()))


def write_shown(shown: Shown, form: str) -> None:
    """An answer as JSON, or as its page in another form."""
    if form == "json":
        click.echo(json.dumps(shown.to_dict(), ensure_ascii=False, indent=2))
    else:
        write_page(shown.page(), form)


def write_pages(pages: list[Page], form: str) -> None:
    """Several pages, one after the other; of HTML, one document."""
    if form == "html":
        click.echo(html.document(*pages))
        return
    for number, shown in enumerate(pages):
        if number:
            click.echo()
        write_page(shown, form)


def width() -> int:
    """The width of the terminal, within reason; the same for every file and pipe."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns)) if is_terminal else _WIDTH


def expect_new(file: str | None) -> None:
    """Stop where this is no file that can be made: nothing is ever written over."""
    if file is not None and (Path(file).exists() or not Path(file).resolve().parent.is_dir()):
        stop(f"{file}: Expected the name of a file that does not exist yet, in a folder that does.", INPUT_REFUSED)


def write_new(file: str, content: str) -> None:
    """Write a file that is not there yet."""
    data = content.encode("utf-8", "backslashreplace")  # a name of a file may hold what is no text
    try:
        with Path(file).open("xb") as stream:
            stream.write(data)
    except OSError as error:
        stop(f"{file}: This cannot be written: {error.strerror}.", INPUT_REFUSED)
