"""A small audit in which nothing is even, and the pages and JSON of it as they are kept: `python -m tests.comparison.golden`.

Two auditors who judge apart, a group, a referrer, weights and strata, cases over and under, held below, columns of its own.
What is kept was read line by line against the audit; renew it only with such a reading.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.comparison.audits import BRUISE, ELSEWHERE, NOTHING_KNOWN, SLOW, audit
from thresholds.audits.audited import AuditedCase
from thresholds.comparison.comparing import Comparison, compare
from thresholds.views import markdown

KEPT = Path(__file__).parent / "golden"
CARER = {"age_months": 110, "cares_for_someone": "yes", "caring_affects_life": "suspected"}  # 2B on suspicion, else 2A


def _case(id, case, *judgements, **more):
    return AuditedCase.model_validate({"id": id, "process": "triage", "case": case, "judgements": judgements, **more})


def _by(auditor, tier, *, of="receiver", consensus=False, noted=(), **replies):
    return {"auditor": auditor, "tier": tier, "of": of, "consensus": consensus, "noted": list(noted), "replies": replies}


AUDIT = audit(
    _case(
        "same", BRUISE, _by("a", "3"), _by("b", "3"), held="3", multi_agency=True, stratum="high", columns={"team": "north"}
    ),
    _case("over", BRUISE, _by("a", "2A"), _by("b", "2A"), held="2A", multi_agency=True, stratum="high", weight=4),
    _case("over-on-suspicion", CARER, _by("a", "2A", risks_identified="yes"), multi_agency=False, stratum="low", weight=2),
    _case(
        "under-by-two",
        SLOW,
        _by("a", "3", risks_identified="no", safeguarding_acted_on="no"),
        _by("b", "3", risks_identified="partly", safeguarding_acted_on="yes"),
        held="2A",
        stratum="low",
        follow_up=[{"what": "re_referred", "because": "new_information", "weeks": 3}],
    ),
    _case("below-both", SLOW, _by("a", "3"), _by("b", "2B"), held="2B", process="panel", columns={"team": "south"}),
    _case("among", SLOW, _by("a", "2A", noted=["notification_late"]), _by("b", "3"), process="panel", seen="paper"),
    _case("unknown", NOTHING_KNOWN, _by("a", "1", tier_appropriate="yes"), process="panel", seen="practitioner_spoken_to"),
    _case("elsewhere", ELSEWHERE, _by("a", "3"), _by("b", None), process="panel", held="3"),
    _case("agreed", SLOW, _by("group", "2A", consensus=True), _by("b", "2B", referral_appropriate="partly"), held="2A"),
    _case("not-judged", BRUISE, _by("b", None), process="panel", multi_agency=True),
    _case("of-the-referrer", SLOW, _by("a", "2A"), _by("a", "1", of="referrer", threshold_applied="no"), process="panel"),
    name="small",
)


def comparison() -> Comparison:
    return compare(AUDIT, by=("process", "team"), fewest_shown=1)


def _rounded(value: object) -> object:
    """The same with numbers to nine decimals: how floats are summed differs between versions of Python."""
    if isinstance(value, float):
        return round(value, 9) + 0.0
    if isinstance(value, Mapping):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value


def made() -> dict[str, str]:
    """What is kept, by the name of its file."""
    found = comparison()
    return {
        "page.txt": found.text() + "\n",
        "report.md": markdown.render(found.report()),
        "comparison.json": json.dumps(_rounded(found.to_dict()), indent=1, ensure_ascii=False) + "\n",
    }


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for name, text in made().items():
        (KEPT / name).write_text(text, encoding="utf-8")
