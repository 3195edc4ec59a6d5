"""Practise applying the thresholds on made-up cases.

What an exercise is (`exercise`), how it is read from files (`exercise_files`, `checking`, `under_other_rules`), how it unfolds
(`unfolding`) and is chosen (`choosing`, `homes`). What a learner says (`answer`, `tier_said`, and typed: `form`,
`finding_facts`), and how that is marked (`marking`, with `differences`). Where it is used: `alone` at a terminal, in a `room`,
and to `mend` a referral. `making` makes cases up.
"""
