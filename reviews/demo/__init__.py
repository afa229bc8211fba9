"""The demonstration's evaluation and selection: judges and their words, told through the same actions as screens."""
