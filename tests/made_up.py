from thresholds.verification.made_up import records, values  # noqa: F401
