"""Evaluation and selection as files, through the one writer of cells."""
