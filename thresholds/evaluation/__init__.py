"""The same meaning, more than once: the reference interpreter and the compiled evaluator."""
