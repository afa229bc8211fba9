"""The benchmark: every page as a multiple of a bare view measured in the same run. Run it with ``make bench``."""
