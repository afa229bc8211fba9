"""Endurance: what is killed, stopped, frozen, emptied or restarted loses nothing. Run by ``make endurance``."""
