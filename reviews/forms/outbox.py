"""What an officer looks for in the outbox."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Message, MessageState
from reviews.queries.outbox import GROUPS, kinds_of

LONGEST = 100


class OutboxFilter(forms.Form):
    """Read from the address; what it does not understand it leaves out."""

    q = forms.CharField(label=_("Recipient or subject"), max_length=LONGEST, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    about = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the states and groups."""
        super().__init__(*args, **options)
        self.fields["state"].choices = [("", _("All")), *MessageState.choices, ("retried", _("Tried more than once"))]
        self.fields["about"].choices = [("", _("All")), *((code, name) for code, (name, _kinds) in GROUPS.items())]
        self.is_valid()

    @property
    def is_asked(self) -> bool:
        """Whether the address asks for anything."""
        return any(self.cleaned_data.values())

    def among(self, messages: QuerySet[Message]) -> QuerySet[Message]:
        """Return those of ``messages`` that are asked for, newest first."""
        asked = self.cleaned_data
        if words := asked.get("q"):
            found = Q(address__icontains=words) | Q(name__icontains=words) | Q(subject__icontains=words)
            messages = messages.filter(found | Q(message_id=words))
        if asked.get("state") == "retried":
            messages = messages.filter(attempts__gt=1)
        elif asked.get("state"):
            messages = messages.filter(state=asked["state"])
        if asked.get("about"):
            messages = messages.filter(kinds_of(asked["about"]))
        return messages.order_by("-queued_at", "-pk")
