"""Administration of the programme: calls are edited through their actions, everything else is read only."""

from seminars.admin import calls, proposals, rows, submissions

__all__ = ["calls", "proposals", "rows", "submissions"]
