"""What is raised where an extra that is needed is not installed; each message says what to do."""

from __future__ import annotations


class ExcelUnavailableError(ImportError):
    """Excel workbooks cannot be used here, for want of the extra `excel`."""


class ChartsUnavailableError(ImportError):
    """Pictures cannot be drawn here, for want of the extra `charts`."""
