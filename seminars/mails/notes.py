"""The mail about an internal note: that it mentions somebody, and where it is; never what it says."""

from datetime import datetime

from accounts.actions.messages import queue_message
from accounts.models import User
from seminars.models import Note


def mentioned(note: Note, to: User, *, at: datetime) -> None:
    """Tell an officer once that a note mentions them, with a link; subject and text name no seminar."""
    queue_message("mentioned", to=to, about=note, context={"note": note, "author": note.author}, at=at)
