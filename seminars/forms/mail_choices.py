"""Which optional reminders a person wants."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import MailPreference, User
from seminars.choices import ReminderAudience
from seminars.reminding import KINDS, Kind


def kinds_for(user: User) -> list[Kind]:
    """Return the kinds of reminders that ``user`` may come to get: everybody may coordinate."""
    roles = {role for names in user.agency_roles.values() for role in names}
    audiences = roles | {ReminderAudience.COORDINATOR}
    return [kind for kind in KINDS.values() if audiences & set(kind.defaults)]


class MailChoicesForm(forms.Form):
    """What is ticked is wanted, so that nothing ticked means nothing but what everybody gets."""

    wanted = forms.MultipleChoiceField(
        label=_("Reminders you want"), required=False, widget=forms.CheckboxSelectMultiple
    )
    daily_digest = forms.BooleanField(
        label=_("Gather them: at most one message a day, in the morning"),
        help_text=_("What everybody gets still comes at its own time."),
        required=False,
    )

    def __init__(self, *args: Any, user: User, held: MailPreference | None, **options: Any) -> None:
        """Offer the kinds that ``user`` may refuse; those of roles the person does not have keep what was chosen."""
        self._offered = [kind for kind in kinds_for(user) if kind.is_optional]
        refused = held.refused if held else []
        codes = [kind.code for kind in self._offered]
        self._kept = [code for code in refused if code not in codes]
        initial = {
            "wanted": [code for code in codes if code not in refused],
            "daily_digest": bool(held and held.daily_digest),
        }
        super().__init__(*args, initial=initial, **options)
        self.fields["wanted"].choices = [(kind.code, kind.label) for kind in self._offered]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def refused(self) -> list[str]:
        """The codes of what is not wanted, once the form is valid."""
        wanted = self.cleaned_data["wanted"]
        return [*self._kept, *(kind.code for kind in self._offered if kind.code not in wanted)]
