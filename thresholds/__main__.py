"""`python -m thresholds` is the command `thresholds`."""

from thresholds.cli import main

main(prog_name="thresholds")
