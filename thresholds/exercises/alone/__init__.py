"""One learner at a terminal: what is asked and noted, and the file in which the answers are kept."""
