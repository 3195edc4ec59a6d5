"""Questions one may put to a suggestion: why, why not, what would change it, what to ask next, how steady it is.

Each is a method of `Suggestion`; `agenda` puts the cases of a meeting in order. Every answer is read off the same rules as the
suggestion, never off a second telling of them.
"""
