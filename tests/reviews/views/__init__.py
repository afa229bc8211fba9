"""Tests of evaluation and selection: views."""
