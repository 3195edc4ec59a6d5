"""What people say, and the facts that they may mean by it: everyday words for a list to choose from.

General knowledge of those who wrote this, and no publication. Nothing is concluded from it: a fact is noted only once somebody
has chosen it. A line is a group of words and phrases that mean much the same, then the facts, the likeliest first; where there
is no such fact, the nearest opening question. What speaks of harm stands apart, and its facts come before what any other word
means. Endings (bruises, hitting) need no words of their own; a form that is spelt quite otherwise (ran, teeth) does. A phrase
is all its words, in any order, the little ones too (broke up).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_WORD, _APOSTROPHE = re.compile(r"[a-z]+"), re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
_HURT = "hurt_by_adult hurt_or_ill_treated child_hurt_in_violence bruise_or_mark violence_at_home"
_INJURED = "bruise_or_mark injury_explanation_doubtful injury_site_or_pattern hurt_by_adult"
_WISH_TO_DIE = (
    "suicidal_thoughts suicidal_plan_or_attempt parent_self_harm_or_suicidal self_harm_episodes child_in_harmful_thoughts"
)
_TRIED_TO_DIE = "suicidal_plan_or_attempt suicidal_thoughts parent_self_harm_or_suicidal self_harm_episodes"
_DRINK_OR_DRUGS = (
    "parental_substance_misuse substance_affects_care low_level_substance_use regular_substance_use high_risk_substance_use "
    "substance_use_in_pregnancy"
)
_LOOKED_AFTER_POORLY = "basic_care_minor basic_care_poor severe_neglect care_concern"
_POORLY_FED = f"{_LOOKED_AFTER_POORLY} debt_or_low_income"
_HAS_LITTLE = "debt_or_low_income home_or_money_concern"
_APPOINTMENTS = (
    "appointments_starting_to_be_missed appointments_missed_repeatedly routine_checks_missed essential_treatment_not_reached "
    "antenatal_care_not_kept health_or_development_concern"
)
_ILL = (
    "health_or_development_concern essential_treatment_not_reached treatment_refused_dangerously special_needs "
    "young_person_refuses_treatment"
)
_SEXUALLY_ABUSED = (
    "sexual_abuse_feared child_told_someone hurt_or_ill_treated sexual_violence_to_adult partner_older_or_coercive"
)
_NOT_EATING = (
    "low_mood_or_anxiety mental_health_treatment_needed behaviour_or_feelings_concern growth_faltering_unexplained "
    "health_or_development_concern"
)
_UNLOVED = "terrified_or_humiliated warmth_lacking attachment_worry care_concern"
_HARM: Mapping[str, str] = {
    # Hurt by somebody
    "hit, beat, beaten, slap, smack, spank, punch, kick, shake, shaken, shook, belt, thrash, whip, pinch, push, shove, "
    "wallop, clout, whack, thump, bash, chuck, fling, flung, dangle, rag doll, strap, slipper, clip round ear, thrown "
    "across, threw across, thrown against, threw against, thrown down, threw down, threw her, threw him, dragged, grabbed, "
    "physical abuse, physically abused, physical punishment, physical chastisement, manhandle, rough handling, heavy "
    "handed, lash out, lashed out, hurt, pillow over, sat on him, sat on her, soap in mouth, chilli, whooping": _HURT,
    "hits other, hurts other, bites other, kicks other, hits children, hits pupils, bites children, hits his brother, hits "
    "his sister, hits her brother, hits her sister, hits his mum, hits her mum, hits mum, hits his mother, hits her mother, "
    "hits teachers, hits staff": (
        "child_harmed_others difficult_behaviour behaviour_out_of_control hurt_by_adult violence_at_home"
    ),
    "ill treat, ill treatment, mistreat, maltreat, abuse, danger, at risk, torture": (
        "hurt_or_ill_treated harm_likely immediate_danger hurt_by_adult violence_at_home"
    ),
    "fabricated illness, induced illness, fii, munchausen, salt": (
        "hurt_or_ill_treated harm_likely hurt_by_adult health_or_development_concern"
    ),
    "poison, drown, swallowed bleach": (
        "hurt_by_adult hurt_or_ill_treated repeated_accidents_or_infections hazards_for_mobile_baby "
        "injury_explanation_doubtful suicidal_plan_or_attempt"
    ),
    "locked in, locked up, lock, shut in, shut out, tie up, tied up, tied, restrain, cage, confine, cupboard, force "
    "feeding, force fed, cold shower, cold bath, stands in corner, stand in corner, made to stand, made to kneel, made to "
    "sleep on floor, no dinner as punishment": (
        "hurt_or_ill_treated terrified_or_humiliated hurt_by_adult severe_neglect extreme_control_or_captivity"
    ),
    # Injuries
    "bruise": "bruise_or_mark",
    "injury, burn, burnt, scald, fracture, broken arm, broken leg, broken bone, broken wrist, broken rib, "
    "broken nose, broken finger, broke arm, broke leg, broke bone, broke wrist, broke rib, broke nose, broke finger, rib, "
    "wrist, nose, ankle, elbow, collarbone, skull, frenulum, head injury, hit head, bump on head, bumped head, banged head, "
    "concuss, concussion, unconscious, black and blue, black eye, bleed, blood, bloody nose, bite mark, bitten, welt, "
    "sprain, dislocated, swollen, swelling, scar, scarred, wound, graze, blister, cut lip, split lip, lip, cigarette burn, "
    "handprint, hand print, finger marks, fingertip, petechiae, subdural, head lag, bald patch, downstairs, down stairs, "
    "fell down, fell off, fell over, dropped baby, baby dropped": _INJURED,
    "story changes, changed story, changed his story, changed her story, changed their story, cover up, unexplained injury, "
    "does not add up, doesn't add up": "injury_explanation_doubtful bruise_or_mark child_told_someone hurt_or_ill_treated",
    # Sexual abuse and exploitation
    "molest, rape, touched, grope, fondle, incest, indecent, penis, vagina, genitals, private parts, sore bottom, sexual "
    "abuse, sexually abused, sexual assault, sexually assaulted, sexualised, inappropriate touching": _SEXUALLY_ABUSED,
    "touches other, touched other, touching other, touching children": (
        "sexual_behaviour_harmful sexual_behaviour_beyond_age child_harmed_others sexual_abuse_feared"
    ),
    "sexualised behaviour, sexualised language, willies, drawing willies": (
        "sexual_behaviour_beyond_age sexual_behaviour_harmful sexual_abuse_feared child_told_someone"
    ),
    "sexting, sext, nudes, naked pictures, naked photos, porn": (
        "sexual_behaviour_risky exploitation_feared sexual_behaviour_beyond_age sexual_abuse_feared"
    ),
    "groom, older boyfriend, older man, older men, cse, cce, exploit, blackmail, sextortion": (
        "exploitation_feared older_or_controlling_associate partner_older_or_coercive outside_home_concern sexual_abuse_feared"
    ),
    "traffic, slave, slavery, smuggled, nail bar, car wash": "trafficking_feared unaccompanied exploitation_feared",
    # Fear, rejection, practices
    "scared, afraid, fear, frightened, terrified, terror, petrified, flinch, cower, wary, jumpy, eggshells, scared to go "
    "home, scared of dad, scared of mum, does not want to go home, doesn't want to go home": (
        "child_told_someone terrified_or_humiliated carer_frightened hurt_or_ill_treated child_distressed_by_violence"
    ),
    "insult, call names, called names, cruel, unloved, unwanted, emotional abuse, rejection, reject, rejected, scapegoat, "
    "singled out, criticise, belittle, humiliate, degrade, put down, puts down, hates him, hates her, hates child, "
    "worthless": _UNLOVED,
    "hostile, hostility": f"{_UNLOVED} engagement help_offered_not_taken_up verbal_abuse_repeated",
    "honour based violence, honour based abuse, hbv, hba, honour killing": (
        "harmful_practice_feared credible_threat_to_kill threats_to_harm violence_at_home"
    ),
    "fgm, circumcise, circumcision, cutting season, taken abroad, forced marriage, forced to marry, arranged marriage, "
    "marriage, married, marry, wedding, honour, witchcraft, witch, possessed, exorcism, evil spirit, demon, breast ironing": (
        "harmful_practice_feared"
    ),
    # Life in danger
    "emergency, urgent, ambulance, dangerous, collapse": "immediate_danger harm_likely hurt_or_ill_treated",
    "strangle, choke, throttle, throat, suffocate, smother": (
        "strangulation own_relationship_serious violence_life_threatening hurt_by_adult"
    ),
    "knife, knives, gun, blade, machete, stab, hammer, acid attack": (
        "weapon_used_or_threatened weapon_used_to_hurt drugs_weapons_visitors_in_home gang_or_drug_crime"
    ),
    "kill, murder, death threat": (
        "threats_to_harm credible_threat_to_kill child_in_harmful_thoughts suicidal_thoughts violence_life_threatening"
    ),
    "suicide, suicidal thoughts, kill himself, kill herself, kill themself, kill themselves, kill myself, kills himself, "
    "kills herself, die, dying, end it, end her life, end his life, no point living, better off dead": _WISH_TO_DIE,
    "hang himself, hang herself, hanging himself, hanging herself, hanged himself, hanged herself, ligature, noose, jump "
    "off, jumped off, suicide note": _TRIED_TO_DIE,
    "overdose, overdosed, od, took pills, took tablets, paracetamol": (
        f"{_TRIED_TO_DIE} high_risk_substance_use parental_substance_misuse substance_affects_care"
    ),
    "pills, tablets": f"{_TRIED_TO_DIE} high_risk_substance_use",
    "self harm, self injury, cut wrists, cut her wrists, cut his wrists, cuts herself, cuts himself, headbang, head "
    "banging, bangs head, pulls hair, pulling hair out, razor, burns herself, burns himself, hurts herself, hurts himself": (
        "self_harm_episodes suicidal_thoughts parent_self_harm_or_suicidal behaviour_or_feelings_concern"
    ),
    "starve, starving, malnourished, emaciated": (
        "severe_neglect basic_care_poor basic_care_minor care_concern growth_faltering_unexplained debt_or_low_income"
    ),
    "abandon, deserted, dumped, squalor, squalid": (
        "severe_neglect left_alone left_alone_overnight basic_care_poor care_concern"
    ),
}
_MEANT: Mapping[str, str] = {
    # What may be harm
    "arm, leg, bite, bit her, bit him, lump, limp, cigarette, tripped over, fell, fall, tumble, face, jaw, cheek": _INJURED,
    "broken, broke": "bruise_or_mark injury_explanation_doubtful property_damaged debt_or_low_income",
    "accident, a&e, casualty, hospital": (
        "repeated_accidents_or_infections bruise_or_mark injury_explanation_doubtful severe_injury victim_needed_care "
        "essential_treatment_not_reached health_or_development_concern"
    ),
    "cut, scratch": "self_harm_episodes bruise_or_mark weapon_used_to_hurt",
    "hang, hanging": _TRIED_TO_DIE,
    "throw, threw, thrown, drag, grab, clip": _HURT,
    "swallow": "hurt_or_ill_treated repeated_accidents_or_infections hazards_for_mobile_baby suicidal_plan_or_attempt",
    "mongolian spot, blue spot, birthmark, birth mark": "mark_recorded_at_birth bruise_or_mark",
    "touch": _SEXUALLY_ABUSED,
    "masturbate": "sexual_behaviour_beyond_age sexual_abuse_feared sexual_behaviour_harmful",
    "disclose, disclosure, told, tells, confide, reveal, retract, recant, took it back, takes it back, allege, allegation": (
        "child_told_someone child_words_recorded hurt_or_ill_treated"
    ),
    "deny, denies, denied, denial, minimise, makes excuses, inconsistent": (
        "injury_explanation_doubtful child_told_someone minimises_violence engagement pregnancy_hidden_or_late"
    ),
    "secret": "child_told_someone hurt_or_ill_treated sexual_abuse_feared exploitation_feared",
    "shame, mock, blame, critical, criticism, affection, cuddle, ignore, cold towards, indifferent, resent, threatened": (
        _UNLOVED
    ),
    "clingy, cling, attach, overfamiliar, over familiar, indiscriminate, eye contact, bond, comfort, frozen, rocking, "
    "stares": ("attachment_worry warmth_lacking low_mood_or_anxiety behaviour_or_feelings_concern"),
    "safeguarding, unsafe": "hurt_or_ill_treated harm_likely immediate_danger hurt_by_adult violence_at_home",
    "teacher, coach, staff, volunteer, lado, childminder, teaching assistant, foster carer, pastor, imam, priest": (
        "allegation_against_staff"
    ),
    # Violence between adults
    "dv, dva, domestic, abusive, battered, violent, punched mum, hits mummy, chased": (
        "violence_at_home coercive_control incidents_12_months child_hears_or_sees"
    ),
    "shout, scream, yell, argue, argument, row, swear": (
        "verbal_abuse_occasional verbal_abuse_repeated violence_at_home family_conflict_or_loss child_hears_or_sees "
        "terrified_or_humiliated"
    ),
    "shouted at, shouts at, shouting at, screamed at, screams at, yelled at, sworn at, swears at": (
        "terrified_or_humiliated verbal_abuse_repeated verbal_abuse_occasional violence_at_home warmth_lacking"
    ),
    "controlling, isolates, gaslight, won't let her, not allowed out, takes her money, checks her phone, checks his phone": (
        "coercive_control extreme_control_or_captivity"
    ),
    "smash, broken door, broken window, punched wall, hole in the wall, trashed": "property_damaged violence_at_home",
    "jealous, possessive": "jealousy_or_possessiveness",
    "stalk, follows, harass": "stalking_or_harassment",
    "injunction, bail, restraining order, non molestation": "order_breaches",
    "divorce, split up, broke up, broken up, break up, breaking up, moved out, custody battle": (
        "separation_recent_or_planned separated_over_12_months family_conflict_or_loss abusing_adult_said_to_have_left"
    ),
    "custody, access visits": "contact_dispute",
    "dog, cat, pet": "animals_harmed",
    "witness, overhear, upstairs": "child_hears_or_sees",
    # Adults who care
    "drunk, drink, alcohol, alcoholic, booze, vodka, beer, wine, intoxicated, hungover, passed out, pub": _DRINK_OR_DRUGS,
    "drugs, cannabis, weed, spliff, cocaine, crack, heroin, methadone, ketamine, stoned, high on, addict, needle, syringe": (
        f"{_DRINK_OR_DRUGS} gang_or_drug_crime drugs_weapons_visitors_in_home"
    ),
    "depress, mental health, psychosis, psychotic, voices, paranoid, bipolar, schizophrenia, breakdown, baby blues, "
    "postnatal, post natal, ptsd, sectioned, psychiatric, cmht, not coping, can't cope, struggling to cope": (
        "parental_mental_ill_health low_mood_or_anxiety parent_illness_affects_care mental_health_treatment_needed "
        "adult_difficulties adult_mental_health_service"
    ),
    "camhs, counselling, therapy, therapist": (
        "mental_health_treatment_needed low_mood_or_anxiety behaviour_or_feelings_concern adult_mental_health_service"
    ),
    "asleep, in bed": "parent_illness_affects_care substance_affects_care left_alone low_mood_or_anxiety boundaries_lacking",
    "gamble, betting": "adult_difficulties debt_or_low_income adult_difficulty_affects_child home_or_money_concern",
    "neglect, neglectful": "care_concern basic_care_poor severe_neglect",
    "dirty, unwashed, smell, smelly, stink, unkempt, filthy, filth, grubby, scruffy, hygiene, lice, nits, scabies, nappy, "
    "nappies, nappy rash, bath, wash, coat, shoes, clothes, uniform, dressed, unclean, urine, wee, rubbish, bare mattress, "
    "messy, sores, faeces, flies, infested, fleas, flea bites": _LOOKED_AFTER_POORLY,
    "hungry, hunger, unfed, eaten, no food, no lunch, no breakfast, no dinner, missed meals, skipped meals, skips meals, "
    "empty fridge, steals food, scavenge, begging, takeaways, weaning, fed": _POORLY_FED,
    "home alone, nobody home, no one home, nobody in, left in car, left with strangers, left with neighbours, "
    "street at night, key round neck, unsupervised, wandering, unattended, latchkey, supervise, supervision, in charge of": (
        "left_alone left_alone_overnight whereabouts_unknown care_concern"
    ),
    "babysit, babysitter, nanny, childcare": "left_alone unknown_adult_in_home person_posing_risk care_concern",
    "hoard, clutter": (
        "housing_poor_or_insecure basic_care_poor severe_neglect hazards_for_mobile_baby home_or_money_concern"
    ),
    "stairgate, stair gate, socket, unsafe home, trip hazard, bleach, co sleeping, cosleeping": (
        "hazards_for_mobile_baby care_concern repeated_accidents_or_infections"
    ),
    "bedtime, routine, rules, discipline, consistent, gaming, xbox, screen time, spoilt": (
        "boundaries_lacking care_concern behaviour_or_feelings_concern"
    ),
    "sleep, sleepy, tired, exhausted, nightmare, night terror": (
        "low_mood_or_anxiety boundaries_lacking health_or_development_concern parent_illness_affects_care"
    ),
    "prison, jail, convicted, conviction, criminal record, probation, sex offender, paedophile, schedule one, mappa": (
        "person_posing_risk violent_or_sexual_offences history_of_concern offending_or_antisocial previous_assaults"
    ),
    "police, arrest": (
        "history_of_concern incidents_12_months offending_or_antisocial previous_assaults violent_or_sexual_offences "
        "order_breaches"
    ),
    "social worker, social services, child protection, child in need, looked after, in care, cin, cp plan, lac": (
        "open_to_social_care previously_tier_3 history_of_concern privately_fostered"
    ),
    "adopted, removed, care proceedings, taken into care": (
        "previous_child_harmed_or_removed history_of_concern open_to_social_care previously_tier_3"
    ),
    "stepdad, stepfather, step dad, new partner, new boyfriend, mum's boyfriend, mums boyfriend, lodger, stranger": (
        "unknown_adult_in_home person_posing_risk"
    ),
    "stays with aunt, stays with uncle, stays with friend, lives with aunt, lives with uncle, lives with friend, lives with "
    "grandparents, kinship": "privately_fostered unaccompanied open_to_social_care",
    # Health and growing up
    "learning disability, learning difficulty, learning difficulties, autism, autistic, adhd, dyslexia, sen, send, ehcp, "
    "asd, down's": ("special_needs disabled learning_needs_unmet disability_support_needed parent_needs_help_to_understand"),
    "wheelchair, disability, hearing aid, deaf, blind, epilepsy, cerebral palsy, respite": (
        "disabled cannot_move_independently disability_support_needed special_needs"
    ),
    "interpreter, illiterate, can't read, speaks no english, no english": (
        "parent_needs_help_to_understand language_or_status_barrier asked_alone_and_safely"
    ),
    "missed, gp, doctor, appointment, clinic, health visitor": (
        f"{_APPOINTMENTS} repeated_accidents_or_infections victim_needed_care"
    ),
    "dna, did not attend, didn't attend, not brought, wnb, no show, cancels": _APPOINTMENTS,
    "jab, vaccine, vaccination, injection, immunised": "routine_checks_missed",
    "medicine, medication, meds, insulin, asthma, inhaler, diabetes, diabetic, epipen, allergy, eczema": (
        "essential_treatment_not_reached treatment_refused_dangerously health_or_development_concern special_needs "
        "young_person_refuses_treatment"
    ),
    "ill, sick, poorly, infection, rash, cough, vomit, seizure, dehydrated, premature, tube fed, bottle": _ILL,
    "dentist, dental, teeth, tooth, toothache": "dental_decay_untreated appointments_missed_repeatedly",
    "weight, underweight, overweight, obese, obesity, thin, skinny, feeding, not growing, losing weight, lost weight, "
    "failure to thrive, thrive": "growth_faltering_unexplained health_or_development_concern basic_care_poor",
    "anorexia, anorexic, bulimia, bulimic, eating disorder, not eating, stopped eating, won't eat, refuses food, makes "
    "herself sick, makes himself sick, purge, body image": _NOT_EATING,
    "soil, soiling, soiled, bedwetting, bed wetting, wets bed, wet bed, wets herself, wets himself, wetting, smearing, "
    "incontinent, constipated, toilet, potty": (
        "health_or_development_concern behaviour_or_feelings_concern low_mood_or_anxiety milestones_slow hurt_or_ill_treated "
        "basic_care_poor"
    ),
    "speech, talk late, not walking, not talking, delay, stammer": "milestones_slow development_seriously_delayed",
    "pregnant, pregnancy, teenage mother, teenage mum, miscarriage, termination, abortion": (
        "expecting_or_a_parent pregnancy_concern victim_pregnant_or_baby_under_one expectant_parent_under_18 "
        "young_parent_serious_worry substance_use_in_pregnancy"
    ),
    "concealed pregnancy, hidden pregnancy, late booking": "pregnancy_hidden_or_late pregnancy_concern",
    "unborn, foetus, scan, midwife, bump": (
        "pregnancy_concern antenatal_care_not_kept pregnancy_hidden_or_late prebirth_assessment_needed"
    ),
    # Feelings and behaviour
    "sad, unhappy, upset, cry, cries, tearful, worried, lonely, withdrawn, quiet, moody, panic, stress, anxious, hopeless, "
    "miserable, sadness, nervous, numb, dissociate, flashback, trauma, daydream, mute, mutism, silent, hates himself, hates "
    "herself, self loathing, nobody loves, no friends, self esteem, low confidence, phobia, ocd, change in behaviour": (
        "low_mood_or_anxiety behaviour_or_feelings_concern child_distressed_by_violence attachment_worry"
    ),
    "angry, anger, temper, tantrum, aggressive, aggression, fight, fought, disruptive, naughty, defiant, rude, meltdown, "
    "challenging, spits, swears at teachers, swears at staff, throws things": (
        "difficult_behaviour behaviour_out_of_control child_harmed_others behaviour_or_feelings_concern"
    ),
    "bully, bullied, bullies, cyberbully, cyberbullying, tease, picked on, trolled, racist abuse": (
        "behaviour_or_feelings_concern school_or_learning_concern outside_home_concern low_mood_or_anxiety"
    ),
    "smoke, smoking, vape, vaping": "low_level_substance_use regular_substance_use",
    "glue, solvent, aerosol, sniffing glue, glue sniffing, gas canister, nitrous, laughing gas, balloons": (
        "low_level_substance_use regular_substance_use high_risk_substance_use parental_substance_misuse"
    ),
    "steal, stole, stolen, theft, thief, shoplift, vandal, arson, graffiti, burgle, burglary, rob, mug, asbo, antisocial, "
    "criminal damage, yot": "offending_or_antisocial peers_in_crime",
    "fire setting, firesetting, sets fire, set fire, starts fires, lights fires, matches, lighter": (
        "behaviour_out_of_control offending_or_antisocial difficult_behaviour behaviour_or_feelings_concern"
    ),
    "cruel to animals, kills animals, hurts animals": "animals_harmed difficult_behaviour behaviour_or_feelings_concern",
    "young carer, looks after, looking after, caring, parentified": (
        "cares_for_someone main_carer caring_affects_life care_concern"
    ),
    # School
    "truant, bunk, bunking off, skip school, off school, absent, school refusal, school refuser, late for school, late, "
    "lateness, refuses school, refuses to go to school, bad attendance, poor attendance": (
        "absence_pattern persistent_absence chronic_non_attendance attendance_below_90"
    ),
    "exclude, expel, expelled, suspended, managed move, isolation at school": (
        "fixed_term_exclusions permanent_exclusion_risk permanently_excluded"
    ),
    "neet, unemployed, home educated, home schooled": "not_in_education_or_work permanently_excluded out_of_sight",
    "failing, falling behind, behind at school, behind with reading, can't concentrate, no concentration, grades, reading, "
    "homework, underachieve": "learning_needs_unmet school_or_learning_concern",
    "dropped out, not on roll, no school place": "permanently_excluded chronic_non_attendance out_of_sight",
    "not collected, collected late, picked up late": "care_concern left_alone parent_illness_affects_care",
    # Outside the home
    "ran away, run away, runaway, missing, abscond, stays out, out late, out all night": (
        "missing_episodes_90_days talks_of_running_away whereabouts_unknown whereabouts_often_unknown"
    ),
    "gang, postcode": "gang_risk gang_or_drug_crime peers_in_crime",
    "county lines, dealing, dealer, cuckoo, trap house": (
        "gang_or_drug_crime exploitation_feared gang_risk missing_episodes_90_days unexplained_money_gifts_injury "
        "drugs_weapons_visitors_in_home"
    ),
    "bad crowd, wrong crowd, older friends, older kids, hanging around with": (
        "older_or_controlling_associate peers_in_crime gang_risk outside_home_concern"
    ),
    "hotel, taxi, gets in cars, gets into cars": (
        "exploitation_feared older_or_controlling_associate missing_episodes_90_days outside_home_concern"
    ),
    "online, internet, social media, snapchat, webcam": (
        "exploitation_feared outside_home_concern older_or_controlling_associate sexual_abuse_feared"
    ),
    "cash, new phone, second phone, two phones, trainers, presents": "unexplained_money_gifts_injury",
    "radical, extremist, terrorism, syria, terrorist, isis": "radicalisation_feared",
    "boyfriend, girlfriend": "own_relationship_abuse own_relationship_serious partner_older_or_coercive sexually_active",
    "contraception, condom, chlamydia, sti, std, sex, prostitute": (
        "sexually_active sexual_behaviour_risky sexual_abuse_feared exploitation_feared"
    ),
    # Home and money
    "homeless, evict, eviction, sofa surfing, sleeping on sofas, sleeping rough, hostel, refuge, kicked out, thrown out, "
    "nowhere to live, temporary accommodation": "homeless_or_put_out housing_poor_or_insecure home_or_money_concern",
    "mould, mouldy, damp, cold, heating, overcrowded, cramped, rats, mice, cockroach, bedbugs, no hot water, no bed, sleeps "
    "on floor, to a room, shares a bed": "housing_poor_or_insecure home_or_money_concern basic_care_poor",
    "debt, rent, arrears, bills, poverty, poor, benefits, skint, no money, flat broke, food bank, foodbank, loan shark, "
    "bailiff, redundant, redundancy, lost job, electric, electricity, cut off, benefits stopped, gas meter, universal "
    "credit": _HAS_LITTLE,
    "asylum, refugee, immigration, visa, migrant, no papers, undocumented, overstayer, nrpf": (
        "no_recourse_to_public_funds unaccompanied language_or_status_barrier"
    ),
    "bereaved, died, death, funeral, grief, grieve, grieving": "family_conflict_or_loss",
    "uncle, aunt, auntie, nan, gran, granny, grandma, grandad, grandparents, cousin": (
        "person_posing_risk privately_fostered other_safe_adult family_and_friends_help unknown_adult_in_home"
    ),
    "brother, sister, sibling, twins": "siblings_known_elsewhere previous_child_harmed_or_removed",
    "isolated, no family, no support": "family_isolated home_or_money_concern",
    "visitors, comings and goings, strangers in the house, party, parties": (
        "drugs_weapons_visitors_in_home unknown_adult_in_home person_posing_risk"
    ),
    # Help so far
    "not engaging, disengaged, refuses help, turned away help, avoids, won't open, not let in, not answering, won't answer, "
    "won't let in, same old story, cancelled": "help_offered_not_taken_up engagement",
    "disguised compliance, lip service, going through the motions, tells us what we want": (
        "engagement help_offered_not_taken_up no_change_seen_for_child slides_back"
    ),
    "early help, family support, parenting class, parenting course, children's centre, caf, taf, outreach": (
        "help_offered engagement lead_professional optional_service_declined"
    ),
    "no progress, no improvement, no better, stuck, drift": "no_change_seen_for_child slides_back months_of_concern",
    "relapse, revolving door, back to square one": "slides_back stepped_down no_change_seen_for_child",
    "nfa, no further action, referral rejected, referral refused, bounced back": (
        "earlier_referral_not_accepted new_concern_since_refusal"
    ),
}
_THE_CHILD, _PARENTS = "child", "carer parent"
_CALLED: Mapping[str, str] = {
    "child, children, kid, kids, baby, babies, toddler, boy, boys, girl, girls, son, daughter, teenager, pupil": _THE_CHILD,
    "mum, mums, mom, mother, dad, dads, daddy, mummy, father, parent, parents, carer, carers": _PARENTS,
}


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, in order; an apostrophe parts nothing (can't: cant)."""
    return tuple(_WORD.findall(_APOSTROPHE.sub("", text.lower())))


def _entries(lines: Mapping[str, str]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    return MappingProxyType(
        {words_in(phrase): tuple(stands_for.split()) for phrases, stands_for in lines.items() for phrase in phrases.split(",")}
    )


EVERYDAY = _entries({**_HARM, **_MEANT})
"""For each word or phrase (its words in order) the facts that may be meant by it, the likeliest first."""

OF_HARM = frozenset(_entries(_HARM))
"""Those that speak of harm, whose facts come before what any other word means."""

CALLED = MappingProxyType({word: names for (word, *_), names in _entries(_CALLED).items()})
"""For each word that says who (mum, baby) what facts call such a person. It tells little of what happened."""
