"""What people say, and the facts that they may mean by it: everyday words for a list to choose from.

General knowledge of those who wrote this, and no publication. Nothing is concluded from it: a fact is noted only once somebody
has chosen it. A line is a group of words and phrases that mean much the same, then the facts, the likeliest first. Endings
(bruises, hitting) need no words of their own; a form that is spelt quite otherwise (ran, teeth) does.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_DRINK_OR_DRUGS = (
    "parental_substance_misuse substance_affects_care low_level_substance_use regular_substance_use high_risk_substance_use "
    "substance_use_in_pregnancy"
)
_LOOKED_AFTER_POORLY = "basic_care_minor basic_care_poor severe_neglect care_concern"
_MEANT: Mapping[str, str] = {
    # Harm to the child
    "hit, beat, slap, smack, punch, kick, shake, shook, belt, thrash, whip, throw, threw, pinch, physical abuse": (
        "hurt_by_adult hurt_or_ill_treated child_hurt_in_violence bruise_or_mark violence_at_home"
    ),
    "burn, burnt, scald, fracture, broken arm, broken bone, swollen, black eye, scar, wound, graze": (
        "bruise_or_mark injury_explanation_doubtful injury_site_or_pattern"
    ),
    "cut, scratch": "self_harm_episodes bruise_or_mark weapon_used_to_hurt",
    "molest, rape, touch, private parts, sexual abuse, sexual assault": (
        "sexual_abuse_feared sexual_violence_to_adult child_told_someone partner_older_or_coercive"
    ),
    "disclose, disclosure, told, tells, confide": "child_told_someone",
    "scared, afraid, fear, frightened": (
        "carer_frightened terrified_or_humiliated child_told_someone child_distressed_by_violence"
    ),
    "shame, insult, names, mock, cruel, unloved, affection, cuddle, emotional abuse": (
        "terrified_or_humiliated warmth_lacking attachment_worry"
    ),
    "fgm, circumcision, forced marriage, arranged marriage, married, wedding, honour, witchcraft, possessed": (
        "harmful_practice_feared"
    ),
    "emergency, urgent, ambulance": "immediate_danger",
    "teacher, coach, staff, volunteer": "allegation_against_staff",
    # Violence between adults
    "dv, dva, domestic, abusive, battered": "violence_at_home coercive_control incidents_12_months child_hears_or_sees",
    "choke, strangle, throttle, throat, suffocate, smother": (
        "strangulation own_relationship_serious violence_life_threatening"
    ),
    "knife, knives, gun, blade, machete, stab, hammer": (
        "weapon_used_or_threatened weapon_used_to_hurt drugs_weapons_visitors_in_home gang_or_drug_crime"
    ),
    "shout, scream, yell, argue, argument, row, swear": (
        "verbal_abuse_occasional verbal_abuse_repeated violence_at_home family_conflict_or_loss child_hears_or_sees"
    ),
    "controlling, isolates, gaslight, checks her phone": "coercive_control extreme_control_or_captivity",
    "jealous, possessive": "jealousy_or_possessiveness",
    "stalk, follows, harass": "stalking_or_harassment",
    "injunction, bail, restraining order": "order_breaches",
    "divorce, split up, broke up, break up, moved out": (
        "separation_recent_or_planned separated_over_12_months family_conflict_or_loss abusing_adult_said_to_have_left"
    ),
    "custody, access visits": "contact_dispute",
    "dog, cat, pet": "animals_harmed",
    "witness, overhear, upstairs": "child_hears_or_sees",
    # Adults who care
    "drunk, drink, alcohol, booze, vodka, beer, wine, intoxicated": _DRINK_OR_DRUGS,
    "drugs, cannabis, weed, cocaine, crack, heroin, methadone, stoned, addict, overdose, needle": (
        f"{_DRINK_OR_DRUGS} gang_or_drug_crime drugs_weapons_visitors_in_home"
    ),
    "depress, mental health, psychosis, psychotic, voices, paranoid, bipolar, schizophrenia, nervous breakdown, baby blues": (
        "parental_mental_ill_health low_mood_or_anxiety parent_illness_affects_care mental_health_treatment_needed "
        "adult_difficulties adult_mental_health_service"
    ),
    "neglect": "care_concern basic_care_poor severe_neglect",
    "dirty, unwashed, smell, unkempt, filthy, filth, grubby, lice, nits, nappy, nappies, bath, coat, shoes, clothes": (
        _LOOKED_AFTER_POORLY
    ),
    "hungry, hunger, starving, unfed, no food, no lunch, no breakfast, fed": f"{_LOOKED_AFTER_POORLY} debt_or_low_income",
    "home alone, alone at home, unsupervised, latchkey": ("left_alone left_alone_overnight whereabouts_unknown care_concern"),
    "bedtime, routine, rules, discipline": "boundaries_lacking",
    "sleep, tired, exhausted, nightmare": (
        "low_mood_or_anxiety boundaries_lacking health_or_development_concern parent_illness_affects_care"
    ),
    "prison, jail, convicted, conviction, criminal record, probation, sex offender": (
        "person_posing_risk violent_or_sexual_offences history_of_concern offending_or_antisocial previous_assaults"
    ),
    "police, arrest": (
        "history_of_concern incidents_12_months offending_or_antisocial previous_assaults violent_or_sexual_offences "
        "order_breaches"
    ),
    "social worker, social services, child protection, child in need, looked after": (
        "open_to_social_care previously_tier_3 history_of_concern privately_fostered"
    ),
    "stepdad, stepfather, new partner, lodger, stranger": "unknown_adult_in_home person_posing_risk",
    # Health and growing up
    "learning disability, learning difficulty, autism, autistic, adhd, dyslexia, sen, ehcp, down's": (
        "special_needs disabled learning_needs_unmet disability_support_needed parent_needs_help_to_understand"
    ),
    "wheelchair, disability, deaf, blind, epilepsy, cerebral palsy": (
        "disabled cannot_move_independently disability_support_needed special_needs"
    ),
    "gp, doctor, appointment, clinic, hospital, health visitor": (
        "appointments_starting_to_be_missed appointments_missed_repeatedly routine_checks_missed "
        "essential_treatment_not_reached repeated_accidents_or_infections health_or_development_concern "
        "antenatal_care_not_kept victim_needed_care"
    ),
    "jab, vaccine, vaccination": "routine_checks_missed",
    "medicine, medication, insulin, asthma, inhaler": "essential_treatment_not_reached treatment_refused_dangerously",
    "dentist, dental, teeth, tooth": "dental_decay_untreated appointments_missed_repeatedly",
    "weight, underweight, overweight, obese, thin, skinny, feeding, not growing": (
        "growth_faltering_unexplained health_or_development_concern basic_care_poor"
    ),
    "speech, talk late, not walking, not talking, delay": "milestones_slow development_seriously_delayed",
    "pregnant, pregnancy, teenage mother, teenage mum": (
        "expecting_or_a_parent pregnancy_concern victim_pregnant_or_baby_under_one expectant_parent_under_18 "
        "young_parent_serious_worry substance_use_in_pregnancy"
    ),
    "unborn, foetus, scan, midwife, bump": (
        "pregnancy_concern antenatal_care_not_kept pregnancy_hidden_or_late prebirth_assessment_needed"
    ),
    # Feelings and behaviour
    "suicide, kill himself, kill herself, kill themself, kill themselves, kill myself, die, dying, wants to end it": (
        "suicidal_thoughts suicidal_plan_or_attempt parent_self_harm_or_suicidal self_harm_episodes child_in_harmful_thoughts"
    ),
    "sad, unhappy, cry, cries, tearful, worried, lonely, withdrawn, quiet, moody, panic, stress": (
        "low_mood_or_anxiety behaviour_or_feelings_concern child_distressed_by_violence"
    ),
    "angry, anger, temper, tantrum, aggressive, aggression, fight, fought, disruptive, naughty": (
        "difficult_behaviour behaviour_out_of_control child_harmed_others behaviour_or_feelings_concern"
    ),
    "bully, bullied, bullies, teased, picked on": (
        "behaviour_or_feelings_concern school_or_learning_concern outside_home_concern low_mood_or_anxiety"
    ),
    "smoke, vape": "low_level_substance_use regular_substance_use",
    "steal, stole, theft, thief, shoplift, vandal, arson": "offending_or_antisocial peers_in_crime",
    "young carer, looks after": "cares_for_someone main_carer caring_affects_life",
    # School
    "truant, bunk, bunking off, skip school, off school, absent": (
        "absence_pattern persistent_absence chronic_non_attendance attendance_below_90"
    ),
    "exclude, expel, expelled, suspended from school": ("fixed_term_exclusions permanent_exclusion_risk permanently_excluded"),
    "neet, unemployed, home educated, home schooled": "not_in_education_or_work permanently_excluded out_of_sight",
    # Outside the home
    "ran away, run away, runaway, missing, abscond, stays out, out late": (
        "missing_episodes_90_days talks_of_running_away whereabouts_unknown whereabouts_often_unknown"
    ),
    "groom, older boyfriend, older man, online, internet, cse, cce, exploit": (
        "exploitation_feared older_or_controlling_associate partner_older_or_coercive outside_home_concern sexual_abuse_feared"
    ),
    "sexting, sext, nudes, naked pictures, naked photos, porn": (
        "sexual_behaviour_risky exploitation_feared sexual_behaviour_beyond_age sexual_abuse_feared"
    ),
    "gang, postcode": "gang_risk gang_or_drug_crime peers_in_crime",
    "county lines, dealing, dealer": (
        "gang_or_drug_crime exploitation_feared gang_risk missing_episodes_90_days unexplained_money_gifts_injury"
    ),
    "cash, new phone, trainers, presents": "unexplained_money_gifts_injury",
    "traffic, slave, slavery, smuggled": "trafficking_feared unaccompanied exploitation_feared",
    "radical, extremist, terror": "radicalisation_feared",
    "boyfriend, girlfriend": "own_relationship_abuse own_relationship_serious partner_older_or_coercive sexually_active",
    "contraception, chlamydia, sti, std, sex": "sexually_active sexual_behaviour_risky",
    # Home and money
    "homeless, evict, sofa, sleeping rough, hostel, refuge, kicked out, thrown out": (
        "homeless_or_put_out housing_poor_or_insecure home_or_money_concern"
    ),
    "mould, damp, cold, heating, overcrowded, cramped, rats, mice": (
        "housing_poor_or_insecure home_or_money_concern basic_care_poor"
    ),
    "debt, rent, bills, poverty, benefits, broke, food bank, foodbank": "debt_or_low_income home_or_money_concern",
    "asylum, refugee, immigration, visa, migrant, no papers, undocumented": (
        "no_recourse_to_public_funds unaccompanied language_or_status_barrier"
    ),
    "bereaved, died, death, funeral, grief": "family_conflict_or_loss",
    "brother, sister, sibling": "siblings_known_elsewhere previous_child_harmed_or_removed",
    # Help so far
    "not engaging, disengaged, refuses help, turned away help": "help_offered_not_taken_up engagement",
}


def _entries() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for phrases, facts in _MEANT.items():
        for phrase in phrases.split(","):
            found[tuple(phrase.replace("'", " ").split())] = tuple(facts.split())
    return found


EVERYDAY: Mapping[tuple[str, ...], tuple[str, ...]] = MappingProxyType(_entries())
"""For each word or phrase (its words in order) the facts that may be meant by it, the likeliest first."""
