"""How a view differs from the rules': the kinds, by which reading of the text each is found, and how it is said."""
