"""The programme by day and session (R8)."""

from collections.abc import Iterable
from datetime import date, time

from seminars.rules.dossier import Dossier, SessionFacts, Violation

COUNTED = "seminar"


def overlapping(sessions: Iterable[SessionFacts]) -> tuple[SessionFacts, ...]:
    """Return the sessions that start before an earlier one of the same day has ended."""
    found = []
    busy_until: dict[date, time] = {}
    for session in sorted(sessions, key=lambda session: (session.on, session.starts)):
        last = busy_until.get(session.on, time.min)
        if session.starts < last:
            found.append(session)
        busy_until[session.on] = max(last, session.ends)
    return tuple(found)


def check(dossier: Dossier) -> tuple[Violation, ...]:
    """Return what is wrong with the programme.

    At least one seminar session, each inside the seminar's dates; all end after they start, on the same day. Travel,
    preparatory and debriefing days may fall outside the dates and the window (R8). Sessions at the same time
    are a warning: parallel sessions exist.
    """
    shared = dossier.shared
    counted = [session for session in shared.sessions if session.kind == COUNTED]
    found = [] if counted else [Violation("no_session", "", "programme", "sessions")]
    for session in shared.sessions:
        params = {"title": session.title, "day": session.on}
        if session.ends <= session.starts:
            found.append(Violation("session_times", "", "programme", f"session-{session.id}", params))
        inside = not (shared.start_on and shared.end_on) or shared.start_on <= session.on <= shared.end_on
        if session.kind == COUNTED and not inside:
            found.append(Violation("session_outside", "R8", "programme", f"session-{session.id}", params))
    for session in overlapping(counted):
        params = {"title": session.title, "day": session.on}
        found.append(
            Violation("session_overlap", "", "programme", f"session-{session.id}", params, blocking=False),
        )
    return tuple(found)
