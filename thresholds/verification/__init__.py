"""What can be proved of a rule set, how its own examples test it, and what differs between two."""
