"""Forms of evaluation and selection."""
