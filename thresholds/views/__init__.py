"""What people and programs see of a result: one page, and its renderings as text, Markdown and HTML; and JSON."""
