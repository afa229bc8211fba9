"""The programme by day and session (R8)."""

from collections.abc import Iterable

from seminars.rules.dossier import Dossier, SessionFacts, Violation

COUNTED = "seminar"


def overlapping(sessions: Iterable[SessionFacts]) -> tuple[SessionFacts, ...]:
    """Return the sessions that start before the one before them on the same day has ended."""
    ordered = sorted(sessions, key=lambda session: (session.on, session.starts))
    return tuple(
        later
        for earlier, later in zip(ordered, ordered[1:], strict=False)
        if later.on == earlier.on and later.starts < earlier.ends
    )


def check(dossier: Dossier) -> tuple[Violation, ...]:
    """Return what is wrong with the programme.

    At least one seminar session; each inside the seminar's dates and ending after it starts. Travel,
    preparatory and debriefing days may fall outside the dates and the window (R8). Sessions at the same time
    are a warning: parallel sessions exist.
    """
    shared = dossier.shared
    counted = [session for session in shared.sessions if session.kind == COUNTED]
    if not counted:
        return (Violation("no_session", "", "programme", "sessions"),)
    found = []
    for session in shared.sessions:
        params = {"title": session.title, "day": session.on}
        if session.ends <= session.starts:
            found.append(Violation("session_times", "", "programme", f"session-{session.id}", params))
        if session.kind == COUNTED and shared.start_on and shared.end_on:
            if not shared.start_on <= session.on <= shared.end_on:
                found.append(Violation("session_outside", "R8", "programme", f"session-{session.id}", params))
    for session in overlapping(counted):
        params = {"title": session.title, "day": session.on}
        found.append(
            Violation("session_overlap", "", "programme", f"session-{session.id}", params, blocking=False),
        )
    return tuple(found)
