"""Audits: what auditors judged of cases, and the files and tables that hold it."""
