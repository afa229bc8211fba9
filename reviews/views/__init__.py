"""Pages of evaluation and selection."""
