"""Violence and control between adults at home: the evidence and vulnerabilities that the Barnardo's matrix weighs.

The items of scale 1 to 4 beyond the first line of each are from general professional knowledge, not from a copy of the
matrix; the rules that read them say so.
"""

from functools import partial

from thresholds.facts.declaring import (
    ALWAYS,
    BORN,
    AnswerField,
    NumberField,
    Section,
    Who,
    YesNoField,
    context,
    count,
    protective,
    risk,
    work,
)

_ALONE = (
    "Ask the adult who may be harmed on their own, never in front of the other adult or a child old enough to repeat it, "
    "with an independent interpreter; leave nothing in writing or on a shared telephone."
)
_MANY = (Who.PARENT, Who.POLICE, Who.DV_SERVICE, Who.HEALTH_VISITOR)
_between_adults = partial(risk, stages=ALWAYS, gate="violence_at_home", shared=True, ask_safely=_ALONE)
_told_in_safety = partial(_between_adults, established_by="asked_alone_and_safely")
_vulnerability = partial(_between_adults, raises_gate=False)  # it makes violence graver, and says of none that it happened
_of_the_child = partial(risk, stages=BORN, gate="violence_at_home", ask_safely=_ALONE)
_strength = partial(protective, stages=ALWAYS, gate="violence_at_home", shared=True)
_strength_of_the_child = partial(protective, stages=BORN, gate="violence_at_home")


class DomesticViolence(Section):
    """Violence and control between adults at home."""

    title = "Violence and control at home"

    violence_at_home: AnswerField = risk(
        "there is, or has been, violence, threats or control between adults in the child's home or family",
        "Asked of that adult alone and safely: is there, or has there ever been, violence, threats or control between "
        "adults in the child's home or family?",
        stages=ALWAYS,
        who=_MANY,
        established_by="asked_alone_and_safely",
        shared=True,
        ask_safely=_ALONE,
    )
    asked_alone_and_safely: YesNoField = work(
        "the adult who may be harmed has been asked alone and safely",
        "Has the adult who may be harmed been asked on their own, safely, with their own interpreter if needed?",
        stages=ALWAYS,
        who=(Who.HEALTH_VISITOR, Who.MIDWIFE, Who.GP, Who.DV_SERVICE),
        shared=True,
        ask_safely=_ALONE,
    )
    # How often, and how it began.
    incidents_12_months: NumberField = count(
        "incidents of violence at home in the last 12 months",
        "Over the last 12 months, how many incidents do you all know of between you?",
        stages=ALWAYS,
        who=_MANY,
        gate="violence_at_home",
        unit="incidents in 12 months",
        highest=366,
        shared=True,
        ask_safely=_ALONE,
    )
    incidents_ever_before: NumberField = count(
        "incidents of violence at home before the last 12 months",
        "And before that, how many incidents do you all know of?",
        stages=ALWAYS,
        who=_MANY,
        gate="violence_at_home",
        unit="incidents before the last 12 months",
        highest=999,
        changeable=False,
        shared=True,
        ask_safely=_ALONE,
    )
    verbal_abuse_occasional: AnswerField = _between_adults(
        "there is intense verbal abuse now and then",
        "Is there intense verbal abuse now and then?",
        who=_MANY,
    )
    verbal_abuse_repeated: AnswerField = _between_adults(
        "intense verbal and emotional abuse is repeated",
        "Is there intense verbal and emotional abuse again and again?",
        who=_MANY,
    )
    minor_injury_to_adult: AnswerField = _between_adults(
        "an adult has had a minor injury",
        "Has an adult had a minor injury (bruising, a cut) from it?",
        who=_MANY,
    )
    coercive_control: AnswerField = _told_in_safety(
        "one adult controls the other",
        "Does someone control money, telephone, movements or visitors, or use papers or faith as a threat?",
        who=_MANY,
    )
    property_damaged: AnswerField = _between_adults(
        "belongings or the home have been damaged",
        "Have belongings or parts of the home been smashed or damaged?",
        who=(Who.PARENT, Who.POLICE, Who.HOUSING),
    )
    violence_serious_or_persistent: AnswerField = _between_adults(
        "the violence is serious or persistent",
        "Is the physical violence serious, or does it go on and on?",
        who=_MANY,
    )
    violence_escalating: AnswerField = _between_adults(
        "the violence is getting worse or more frequent",
        "Is it getting worse, longer or more often?",
        who=_MANY,
    )
    previous_assaults: AnswerField = _between_adults(
        "there are earlier assaults on record by the abusing adult",
        "Are there earlier assaults by the abusing adult on record, on this or another adult, charged or not?",
        who=(Who.POLICE, Who.SOCIAL_CARE),
        changeable=False,
    )
    weapon_used_or_threatened: AnswerField = _between_adults(
        "a weapon was used or threatened",
        "Was a weapon, or anything meant as one, used or threatened?",
        who=_MANY,
    )
    weapon_used_to_hurt: AnswerField = _between_adults(
        "somebody was struck or cut with a weapon",
        "Was anyone struck, cut or otherwise hurt with a weapon?",
        who=(Who.PARENT, Who.POLICE, Who.HOSPITAL),
    )
    threats_to_harm: AnswerField = _told_in_safety(
        "there are threats to harm or kill an adult, the child or oneself",
        "Has the abusing adult threatened to harm or kill the other adult, the child or themself?",
        who=_MANY,
    )
    credible_threat_to_kill: AnswerField = _told_in_safety(
        "a threat to kill is believed",
        "Is there a threat to kill that the adult, or a professional, believes?",
        who=_MANY,
    )
    victim_needed_care: AnswerField = _between_adults(
        "the harmed adult needed medical care, sought or not",
        "Did an injury need medical care, whether or not it was sought?",
        who=(Who.HOSPITAL, Who.GP, Who.POLICE, Who.PARENT),
    )
    severe_injury: AnswerField = _between_adults(
        "an adult has had a severe injury or hospital care",
        "Has an adult had a severe injury, or been treated in hospital for it?",
        who=(Who.HOSPITAL, Who.GP, Who.POLICE),
    )
    violence_life_threatening: AnswerField = _between_adults(
        "the violence is severe, repeated and serious, or a threat to life",
        "Has there been severe violence, serious violence more than once, or violence that could have killed?",
        who=_MANY,
    )
    strangulation: AnswerField = _told_in_safety(
        "someone has been held by the throat or had their breath stopped",
        "Has anyone been held by the throat, or had their breath stopped?",
        who=_MANY,
    )
    sexual_violence_to_adult: AnswerField = _told_in_safety(
        "an adult has been sexually assaulted by the other",
        "Has an adult been forced or pressed into sexual acts by the other?",
        who=(Who.PARENT, Who.DV_SERVICE, Who.POLICE),
    )
    extreme_control_or_captivity: AnswerField = _told_in_safety(
        "an adult is held captive or controlled in everything",
        "Is an adult kept from leaving, or controlled in nearly everything?",
        who=_MANY,
    )
    stalking_or_harassment: AnswerField = _told_in_safety(
        "there is stalking or harassment",
        "Is there following, watching, or unwanted contact again and again?",
        who=_MANY,
    )
    order_breaches: NumberField = count(
        "breaches of a court order or bail condition",
        "How many times has a court order or bail condition that should protect them been breached?",
        stages=ALWAYS,
        who=(Who.POLICE, Who.PARENT),
        gate="violence_at_home",
        unit="breaches",
        highest=999,
        shared=True,
    )
    carer_frightened: AnswerField = _told_in_safety(
        "the adult or the child is frightened, or works to keep someone calm",
        "Is the adult or a child frightened, or working to keep someone calm?",
        who=(Who.PARENT, Who.CHILD, Who.SCHOOL, Who.HEALTH_VISITOR),
    )
    animals_harmed: AnswerField = _between_adults(
        "an animal has been hurt or threatened",
        "Has a pet or another animal been hurt or threatened?",
        who=(Who.PARENT, Who.CHILD, Who.POLICE),
    )
    # What it is for the child.
    child_hears_or_sees: AnswerField = _of_the_child(
        "the child is at home and hears or sees it",
        "Is the child at home when it happens, hearing or seeing it or what it leaves?",
        who=(Who.CHILD, Who.PARENT, Who.POLICE, Who.SCHOOL),
    )
    child_caught_up: AnswerField = _of_the_child(
        "the child tries to step in, or is caught up in it",
        "Has the child tried to step in or call for help, been held, or been caught up in it?",
        who=(Who.CHILD, Who.PARENT, Who.POLICE),
    )
    child_hurt_in_violence: AnswerField = _of_the_child(
        "the child has been injured or directly abused in it",
        "Has the child been injured, or directly abused, in the violence?",
        who=(Who.CHILD, Who.POLICE, Who.HOSPITAL),
    )
    child_distressed_by_violence: AnswerField = _of_the_child(
        "the child shows distress, or their behaviour or development is affected by it",
        "Does the child show distress, or is their behaviour or development affected by it?",
        who=(Who.SCHOOL, Who.HEALTH_VISITOR, Who.CHILD),
    )
    # What makes it more dangerous.
    separation_recent_or_planned: AnswerField = _vulnerability(
        "they have separated in the last 12 months, or somebody plans to",
        "Have they separated in the last 12 months, or is somebody planning to?",
        who=_MANY,
    )
    contact_dispute: AnswerField = _vulnerability(
        "there is a dispute about contact with the child",
        "Is there a dispute about where the child lives or whom they see?",
        who=(Who.PARENT, Who.SOCIAL_CARE),
    )
    victim_pregnant_or_baby_under_one: AnswerField = _vulnerability(
        "the harmed adult is pregnant, or a baby under one is in the home",
        "Is the person harmed pregnant, or is there a baby under one in the home?",
        who=(Who.MIDWIFE, Who.HEALTH_VISITOR, Who.PARENT),
    )
    jealousy_or_possessiveness: AnswerField = _vulnerability(
        "the abusing adult is jealous or possessive",
        "Is the abusing adult jealous or possessive?",
        who=_MANY,
    )
    violent_in_past_relationships: AnswerField = _vulnerability(
        "the abusing adult was violent in past relationships",
        "Was the abusing adult violent in past relationships?",
        who=(Who.POLICE, Who.SOCIAL_CARE, Who.PARENT),
        changeable=False,
    )
    violent_or_sexual_offences: AnswerField = _vulnerability(
        "the abusing adult has a record of violent or sexual offences",
        "Does the abusing adult have a record of violent or sexual offences?",
        who=(Who.POLICE, Who.SOCIAL_CARE),
        changeable=False,
    )
    language_or_status_barrier: AnswerField = _vulnerability(
        "language or immigration status keeps the harmed adult from help",
        "Do language, immigration status or having no recourse to public funds keep the harmed adult from help?",
        who=(Who.PARENT, Who.DV_SERVICE, Who.HEALTH_VISITOR),
    )
    minimises_violence: AnswerField = _between_adults(
        "the violence is played down",
        "Does either adult play down or explain away what happens?",
        who=(Who.HEALTH_VISITOR, Who.DV_SERVICE, Who.SCHOOL),
    )
    harmed_adult_young: AnswerField = _vulnerability(
        "the harmed adult is under 21",
        "Is the harmed adult under 21?",
        who=(Who.MIDWIFE, Who.HEALTH_VISITOR),
    )
    capacity_to_protect_reduced: AnswerField = _between_adults(
        "the harmed adult is less able to protect the child",
        "Is the harmed adult's ability to protect the child worn down?",
        who=(Who.DV_SERVICE, Who.HEALTH_VISITOR, Who.SOCIAL_CARE),
    )
    unable_to_protect: AnswerField = _between_adults(
        "the harmed adult cannot protect the child",
        "Is the harmed adult, through no fault of theirs, not able to protect the child at all?",
        who=(Who.DV_SERVICE, Who.HEALTH_VISITOR, Who.SOCIAL_CARE),
    )
    abusing_adult_said_to_have_left: AnswerField = context(
        "it is said that the abusing adult has left",
        "Is it said, and not checked, that the abusing adult has left or has no contact?",
        stages=ALWAYS,
        who=_MANY,
        gate="violence_at_home",
        shared=True,
    )
    # What protects, once somebody has checked it.
    no_contact_checked: YesNoField = _strength(
        "somebody has checked that the abusing adult has no contact with the home or the child",
        "Has somebody checked, and not only been told, that the abusing adult has no contact with the home or the child, "
        "direct or through others?",
        who=(Who.POLICE, Who.DV_SERVICE, Who.SOCIAL_CARE),
    )
    separated_over_12_months: YesNoField = _strength(
        "they separated over 12 months ago, with no incident, control, harassment or dispute since",
        "Is it established that they separated more than 12 months ago, and that there has been no incident, control, "
        "harassment, dispute or new contact since?",
        who=(Who.PARENT, Who.DV_SERVICE, Who.POLICE),
        contradicted_by=(
            "separation_recent_or_planned",
            "contact_dispute",
            "incidents_12_months",
            "coercive_control",
            "stalking_or_harassment",
        ),
    )
    bond_with_safe_carer: YesNoField = _strength_of_the_child(
        "the child has a stable, protective bond with the carer who is not abusing",
        "Has somebody seen that the carer who is not abusing has a warm, stable and protective bond with the child?",
        who=(Who.HEALTH_VISITOR, Who.FAMILY_SUPPORT),
    )
    other_safe_adult: YesNoField = _strength_of_the_child(
        "the child has another safe adult, whom somebody has met",
        "Does the child have another safe, caring adult, whom somebody has met?",
        who=(Who.HEALTH_VISITOR, Who.SCHOOL, Who.FAMILY_SUPPORT),
    )
    carer_uses_help: YesNoField = _strength(
        "the harmed adult sought help and is using it",
        "Did the harmed adult seek help, and are they using it now?",
        who=(Who.DV_SERVICE, Who.HEALTH_VISITOR),
    )
    family_and_friends_help: YesNoField = _strength(
        "family or friends are helping, and somebody has checked",
        "Do family, friends or neighbours help keep them safe, and has somebody checked?",
        who=(Who.PARENT, Who.DV_SERVICE),
    )
    abusing_adult_in_treatment: YesNoField = _strength(
        "the abusing adult owns what they did and attends a programme",
        "Does the abusing adult own what they did, and attend a programme that reports on it?",
        who=(Who.DV_SERVICE, Who.POLICE),
    )
    older_child_safety_plan: YesNoField = _strength_of_the_child(
        "the child has a safety plan that works for them",
        "Does an older child have a safety plan of their own that somebody has tried out with them?",
        who=(Who.CHILD, Who.SCHOOL, Who.DV_SERVICE),
    )
