"""What the command `thresholds` can be asked, a module for each kind of thing."""
