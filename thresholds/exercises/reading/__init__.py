"""How a text may be read otherwise, and by which reading the rules come to a learner's tier."""
