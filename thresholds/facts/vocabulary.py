"""Every fact, once, in the order in which a record holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, get_args

from pydantic.fields import FieldInfo

from thresholds.facts.behaviour import Behaviour
from thresholds.facts.child import Child
from thresholds.facts.declaring import Fact, Kind, Polarity, Section, Who
from thresholds.facts.domestic_violence import DomesticViolence
from thresholds.facts.education import Education
from thresholds.facts.exploitation import Exploitation
from thresholds.facts.family import FamilyAndEnvironment
from thresholds.facts.health import Health
from thresholds.facts.help_so_far import HelpSoFar
from thresholds.facts.history import History
from thresholds.facts.parenting import Parenting
from thresholds.facts.pregnancy import Pregnancy
from thresholds.facts.referral import Referral
from thresholds.facts.safety import Safety
from thresholds.scales import Stage, Word

SECTIONS: tuple[type[Section], ...] = (
    Safety,
    Child,
    Pregnancy,
    DomesticViolence,
    Parenting,
    History,
    Health,
    Education,
    Behaviour,
    Exploitation,
    FamilyAndEnvironment,
    HelpSoFar,
    Referral,
)


def _words(field: FieldInfo) -> type[Word] | None:
    """The words a field is answered in, from its annotation; None for a number."""
    return next((part for part in get_args(field.annotation) if isinstance(part, type) and issubclass(part, Word)), None)


def _fact(section: type[Section], name: str, field: FieldInfo) -> Fact:
    extra = field.json_schema_extra
    if not isinstance(extra, dict) or not field.description:
        raise TypeError(f"{name} is declared without saying what it is")
    about: dict[str, Any] = dict(extra["fact"])  # type: ignore[arg-type]  # written by declaring._declare
    words = _words(field)
    about["stages"] = tuple(Stage[word.upper()] for word in about["stages"])
    about["who_knows"] = tuple(Who(who) for who in about["who_knows"])
    about["contradicted_by"] = tuple(about.get("contradicted_by", ()))
    if "codes" in about:
        about["codes"] = MappingProxyType(about["codes"])
    return Fact(
        name=name,
        section=section.title,
        question=field.description,
        words=words,
        values=tuple(word.word for word in words) if words else (),
        **about,
    )


def _facts() -> Iterator[Fact]:
    for section in SECTIONS:
        for name, field in section.model_fields.items():
            yield _fact(section, name, field)


FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in _facts()})
"""Every fact by its name, in the order in which a record holds them."""

__all__ = ["FACTS", "SECTIONS", "Fact", "Kind", "Polarity", "Who"]
