"""What was asked and answered no, told as somebody would say it: opening questions shortly and together, others in full.

Where the fact is itself that something is not so, it is told what is so instead: nobody should have to undo two negatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thresholds.exercises.making.sayings import asked, contrary
from thresholds.scales import Stage

_SHORTLY: Mapping[str, str] = {
    "hurt_or_ill_treated": "the child being hurt or ill-treated",
    "pregnancy_concern": "the pregnancy, its care and whether the parents are ready",
    "violence_at_home": "violence, threats or control between the adults at home",
    "adult_difficulties": "difficulties of the adults that may bear on care",
    "care_concern": "care, supervision and warmth",
    "history_of_concern": "a history with social care, police or courts, or a person who may be a risk to children",
    "health_or_development_concern": "health, growth and development, and check-ups or treatment being missed",
    "school_or_learning_concern": "nursery, school, learning and attendance",
    "behaviour_or_feelings_concern": "feelings and behaviour",
    "outside_home_concern": "what happens outside the home or online",
    "own_relationship_abuse": "being hurt or controlled by a boyfriend or girlfriend",
    "home_or_money_concern": "housing, money, family breakdown, isolation and who comes to the home",
    "homeless_or_put_out": "being homeless or put out",
    "harm_likely": "whether serious harm is likely if things go on as they are",
}
"""What has to be asked is about, in few words and in this order: to a list of ten sentences nobody listens."""
_FEWEST = 3
"""So many opening questions are told together; fewer are told in full."""


def denied_told(names: Sequence[str], established: Mapping[str, str], stage: Stage | None = None) -> list[str]:
    """Sentences that say what was asked of a child at this stage and is not so. `established` has what makes a no stand, where
    something does."""
    shortly = [name for name in _SHORTLY if name in names]
    if len(shortly) < _FEWEST:
        shortly = []
    so = {name: said for name in names if name not in shortly and (said := contrary(name)) is not None}
    others = [name for name in names if name not in shortly and name not in so]
    sentences = []
    if so:
        answers = _listed([f"that {_with(said, name, established)}" for name, said in so.items()])
        sentences.append(f"It was asked, and the {'answer is' if len(so) == 1 else 'answers are'} {answers}.")
    if others:
        whole = _listed([f"whether {_with(_after_whether(asked(name, stage)), name, established)}" for name in others])
        each = ("no", "no to both", "no to each")[min(len(others), 3) - 1]
        sentences.append(f"It was {_also(sentences)}asked {whole}, and the answer is {each}.")
    if shortly:
        about = _listed([_with(_SHORTLY[name], name, established) for name in shortly])
        sentences.append(f"It was {_also(sentences)}asked about {about}: no to each.")
    return sentences


def _also(before: Sequence[str]) -> str:
    return "also " if before else ""


def _with(said: str, name: str, established: Mapping[str, str]) -> str:
    return f"{said} ({established[name]})" if name in established else said


def _after_whether(said: str) -> str:
    """A statement as it follows "whether": where it begins with when it is so, that comes last."""
    when, comma, then = said.partition(", ")
    return f"{then} {when}" if comma and when.startswith("when ") else said


def _listed(items: Sequence[str]) -> str:
    if len(items) < 3:
        return ", and ".join(items)
    return f"{'; '.join(items[:-1])}; and {items[-1]}"
