"""What auditors judged and what the rules suggest, side by side."""
