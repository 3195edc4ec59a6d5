"""How far two or more people, or people and rules, agree on the tier of the same cases; and what a sample cannot show."""
