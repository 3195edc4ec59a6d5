"""Figures of agreement between raters on ordered categories, with intervals; nothing here knows of audits or rules."""
