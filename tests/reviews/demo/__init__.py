"""The demonstration of evaluation and selection."""
