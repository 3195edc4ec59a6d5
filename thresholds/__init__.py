"""A suggested tier for a child's case, with its reasons."""
