"""Small made-up audits for the tests of this folder."""

from thresholds.audits.audited import Audit, AuditedCase

BRUISE = {"age_months": 3, "bruise_or_mark": "yes", "mark_recorded_at_birth": "no"}  # Tier 3, whatever else
SLOW = {"age_months": 40, "milestones_slow": "yes"}  # 2A, and could be anything above
ELSEWHERE = {"age_months": 40, "open_to_social_care": "protection_plan"}  # not for this tool
NOTHING_KNOWN = {"age_months": 40}  # too little for a tier


def audited(key, case=SLOW, judged=None, *, consensus=False, **more):
    """A case that each auditor of `judged` gave a tier: `{"a": "2A", "b": None}`."""
    judgements = [{"auditor": who, "tier": tier, "consensus": consensus} for who, tier in (judged or {}).items()]
    return AuditedCase.model_validate({"id": key, "process": "mat", "case": case, "judgements": judgements, **more})


def audit(*cases, name="small"):
    return Audit(name=name, cases=cases)
