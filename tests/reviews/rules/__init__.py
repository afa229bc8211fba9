"""Tests of evaluation and selection: rules."""
