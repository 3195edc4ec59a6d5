"""The forms in which a table holds an audit."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How an audit is laid out: a row for each case, or a row for each judgement."""

    WIDE = "wide"
    LONG = "long"
