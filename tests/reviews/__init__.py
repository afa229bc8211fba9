"""Tests of evaluation and selection."""
