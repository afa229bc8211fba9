"""The benchmark: every page as a multiple of a bare view measured in the same run. Run it with ``make bench``."""

WARM_UP = 5
"""Rounds that are sent before measuring begins."""
