"""Reading rule sets from their files."""
