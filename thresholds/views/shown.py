"""What has a page, and so can be shown as text, Markdown and HTML, and in a notebook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

# How a page is written is imported where it is used: what is shown is often made, and seldom looked at.
if TYPE_CHECKING:
    from thresholds.views.page import Page


class Printer(Protocol):
    """What IPython hands to an object that says itself how it is shown as text."""

    def text(self, obj: str) -> None:
        """Write this."""


class Shown(ABC):
    """An answer with a page. `str()` is the page as text; notebooks show it as HTML, and IPython in a terminal as text."""

    @abstractmethod
    def page(self) -> Page:
        """The answer as a page."""

    @abstractmethod
    def to_dict(self) -> Mapping[str, object]:
        """The answer as JSON holds it, with stable keys."""

    def text(self, width: int = 96) -> str:
        """The answer as plain text, so many characters wide."""
        from thresholds.views import text

        return text.render(self.page(), width)

    def markdown(self) -> str:
        """The answer as Markdown."""
        from thresholds.views import markdown

        return markdown.render(self.page())

    def html(self) -> str:
        """The answer as a piece of HTML, to be put into a page."""
        from thresholds.views import html

        return html.render(self.page())

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        printer.text(self.text())
