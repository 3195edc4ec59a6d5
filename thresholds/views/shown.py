"""What has a page, and so can be shown as text, Markdown and HTML, and in a notebook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

# How a page is written is imported where it is used: what is shown is often made, and seldom looked at.
if TYPE_CHECKING:
    from thresholds.views.page import Page


class Shown(ABC):
    """An answer with a page. `str()` is the page as text; notebooks show it as HTML, and IPython in a terminal as text.

    `repr()` is what Python makes of a dataclass, for a debugger; it can run to many pages.
    """

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

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Mapping[str, str]:
        # The text too: IPython would else print the repr.
        return {"text/plain": self.text(), "text/html": self.html()}
