"""Tests of evaluation and selection: actions."""
