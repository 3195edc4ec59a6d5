"""Cases made up near a threshold, and told in plain sentences."""
