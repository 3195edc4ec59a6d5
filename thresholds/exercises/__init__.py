"""Training: exercises that practise applying the thresholds, alone or in a room; made up, and marked by the rules."""
