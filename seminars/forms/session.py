"""One part of the programme."""

from datetime import date, datetime, time, timedelta
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from seminars.choices import ParticipantRole
from seminars.forms.rows import RowForm
from seminars.forms.widgets import DayInput
from seminars.models import Proposal, Session

FIRST_START = time(9)
USUAL_LENGTH = timedelta(minutes=30)


def next_slot(proposal: Proposal, on: date | None = None) -> dict[str, Any]:
    """Return the day and times to propose for a new session: right after the last one of the day, as long as it.

    Without ``on`` it is the last day of the programme so far, else the seminar's first. Nothing is proposed that
    would end after midnight.
    """
    sessions = list(proposal.sessions.all())
    day = on or (sessions[-1].on if sessions else proposal.start_on)
    if day is None:
        return {}
    last = max((session for session in sessions if session.on == day), key=lambda session: session.ends, default=None)
    if last is None:
        return {"on": day, "starts": FIRST_START, "ends": _after(FIRST_START, USUAL_LENGTH)}
    length = datetime.combine(date.min, last.ends) - datetime.combine(date.min, last.starts)
    return {"on": day, "starts": last.ends, "ends": _after(last.ends, length)}


def _after(start: time, length: timedelta) -> time | None:
    ended = datetime.combine(date.min, start) + length
    return ended.time() if ended.date() == date.min else None


class SessionForm(RowForm):
    """A session on one day, in the venue's local time; it ends after it starts."""

    class Meta:
        model = Session
        fields = ("on", "starts", "ends", "title", "speaker", "kind")
        widgets = {
            "on": DayInput(),
            "starts": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "ends": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "speaker": forms.TextInput(attrs={"list": "speakers", "autocomplete": "off"}),
        }
        help_texts = {
            "kind": _("Only seminar sessions count as duration; the others may fall outside the seminar's dates."),
            "speaker": _("Choose a participant, or type a name."),
        }

    def layout(self) -> tuple[Any, ...]:
        """Day and times in one line."""
        return (
            Div(
                Div("on", css_class="col-sm-4"),
                Div("starts", css_class="col-6 col-sm-4"),
                Div("ends", css_class="col-6 col-sm-4"),
                css_class="row",
            ),
            "title",
            Div(Div("speaker", css_class="col-sm"), Div("kind", css_class="col-sm"), css_class="row"),
        )

    @property
    def speakers(self) -> list[str]:
        """The names to propose, those of plain participants last."""
        people = sorted(self.proposal.participants.all(), key=lambda one: one.role == ParticipantRole.ATTENDEE)
        return list(dict.fromkeys(str(person) for person in people if str(person)))

    def clean(self) -> dict[str, Any]:
        """Refuse an end that is not after the start."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The session ends before it starts."))
        return cleaned
