"""Inviting reviewers, answering, and what a reviewer says of oneself."""

import re
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput, LineInput, refuse_links, validate_orcid
from accounts.rules.person import tidy_orcid
from reviews.actions.reviewer import Invited
from reviews.models import Reviewer
from seminars.forms.facts import KeywordsInput
from seminars.models import PriorityArea

MOST = 60
"""How many people one list invites."""
LANGUAGES = {"en": "en", "fr": "fr", "ja": "ja", "english": "en", "français": "fr", "francais": "fr", "日本語": "ja"}
LINES = 40
"""How many places, and how many people, a reviewer can name."""


def bare_helper() -> FormHelper:
    """Return a helper that leaves the form's tag to the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class InviteForm(forms.Form):
    """People to invite, one a line: name, e-mail address, language."""

    people = BlockInput(
        label=_("People to invite"),
        max_length=20000,
        help_text=_("One a line: name, e-mail address, language (en, fr or ja). Example: Aya Mori, aya@example.jp, ja"),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, language: str, **options: Any) -> None:
        """Take the language to write in where a line says none."""
        super().__init__(*args, **options)
        self.language = language
        self.helper = bare_helper()

    def clean_people(self) -> list[Invited]:
        """Return the people; what is wrong is told by line, all of it at once."""
        found, wrong, seen = [], [], set()
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                person = self._person(line)
            except ValidationError as error:
                wrong.append(_("Line %(number)s: %(problem)s") % {"number": number, "problem": error.messages[0]})
                continue
            if person.email in seen:
                wrong.append(
                    _("Line %(number)s: %(problem)s") % {"number": number, "problem": _("Stands above already.")}
                )
            seen.add(person.email)
            found.append(person)
        if len(found) > MOST:
            wrong.append(_("At most %(most)s people at once.") % {"most": MOST})
        if wrong:
            raise ValidationError(wrong)
        return found

    def _person(self, line: str) -> Invited:
        # As mail programs write it, the address stands in angle brackets or only a space away from the name.
        apart = re.sub(r"<?([^\s,;<>、，]+@[^\s,;<>、，]+)>?", r",\1,", line)
        parts = [part.strip() for part in re.split(r"[,;\t、，]", apart) if part.strip()]
        addresses = [part for part in parts if "@" in part]
        if len(addresses) != 1:
            raise ValidationError(_("One e-mail address is needed."))
        try:
            validate_email(addresses[0])
        except ValidationError as error:
            words = _("“%(address)s” is not an e-mail address.") % {"address": addresses[0]}
            raise ValidationError(words) from error
        others = [part for part in parts if part != addresses[0]]
        if any(re.fullmatch(r"[a-z]{2}", part) and part not in LANGUAGES for part in others):
            raise ValidationError(_("The language is en, fr or ja."))
        languages = [LANGUAGES[part.casefold()] for part in others if part.casefold() in LANGUAGES]
        names = [part for part in others if part.casefold() not in LANGUAGES]
        name = " ".join(names)
        refuse_links(name)
        if len(name) > 160:
            raise ValidationError(_("The name is too long."))
        return Invited(addresses[0].lower(), name, languages[0] if languages else self.language)


class DeclineInvitationForm(forms.Form):
    """Why somebody does not review."""

    reason = BlockInput(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    )


def _lines(text: str, parts: int) -> list[list[str]]:
    rows = [[part.strip() for part in re.split(r"[;\t；]", line)] for line in text.splitlines() if line.strip()]
    return [(row + [""] * parts)[:parts] for row in rows]


class ReviewerForm(forms.Form):
    """Topics, places and people of the last five years, and how many pairs one is ready to review."""

    areas = forms.ModelMultipleChoiceField(
        label=_("Priority areas"),
        queryset=PriorityArea.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    keywords = KeywordsInput(label=_("Keywords"), required=False, help_text=_("Separated by commas."))
    maximum_load = forms.IntegerField(label=_("Most pairs to review"), required=False, min_value=1)
    affiliations = BlockInput(
        label=_("Places of work in the last five years"),
        max_length=8000,
        required=False,
        help_text=_("One a line: institution; laboratory. Your present one is known from your profile."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    collaborators = BlockInput(
        label=_("People you have worked with in the last five years"),
        max_length=8000,
        required=False,
        help_text=_("One a line: name; institution; ORCID iD. The last two may be left out."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, data: Any = None, *, reviewer: Reviewer) -> None:
        """Take what was posted, and the reviewer with side and call."""
        self.reviewer = reviewer
        super().__init__(data, initial=self._saved())
        areas: forms.ModelMultipleChoiceField = self.fields["areas"]
        areas.queryset = PriorityArea.objects.filter(call=reviewer.side.call_id)
        areas.label_from_instance = str
        load = self.fields["maximum_load"]
        load.widget.attrs["max"] = reviewer.side.maximum_load
        load.help_text = _("At most %(most)s. Empty means as many as needed, up to that number.") % {
            "most": reviewer.side.maximum_load
        }
        self.helper = bare_helper()

    def _saved(self) -> dict[str, Any]:
        places = (f"{place.institution}; {place.laboratory}".rstrip("; ") for place in self.reviewer.affiliations.all())
        people = (
            f"{person.name}; {person.institution}; {person.orcid}".rstrip("; ")
            for person in self.reviewer.collaborators.all()
        )
        return {
            "areas": [area.pk for area in self.reviewer.areas.all()],
            "keywords": self.reviewer.keywords,
            "maximum_load": self.reviewer.maximum_load,
            "affiliations": "\n".join(places),
            "collaborators": "\n".join(people),
        }

    def clean_maximum_load(self) -> int | None:
        """Refuse more than the agency lets anybody review."""
        most = self.cleaned_data["maximum_load"]
        if most is not None and most > self.reviewer.side.maximum_load:
            raise ValidationError(_("At most %(most)s."), params={"most": self.reviewer.side.maximum_load})
        return most

    def clean_affiliations(self) -> Sequence[tuple[str, str]]:
        """Return (institution, laboratory) of each line."""
        rows = _lines(self.cleaned_data["affiliations"], 2)
        _check(rows, 200)
        return [(row[0], row[1]) for row in rows]

    def clean_collaborators(self) -> Sequence[tuple[str, str, str]]:
        """Return (name, institution, ORCID iD) of each line; a wrong iD is told with its line."""
        rows = _lines(self.cleaned_data["collaborators"], 3)
        _check(rows, 160)
        for number, row in enumerate(rows, 1):
            row[2] = tidy_orcid(row[2])
            if row[2]:
                try:
                    validate_orcid(row[2])
                except ValidationError as error:
                    words = _("Line %(number)s: %(problem)s") % {"number": number, "problem": error.messages[0]}
                    raise ValidationError(words) from error
        return [(row[0], row[1], row[2]) for row in rows]


def _check(rows: list[list[str]], longest: int) -> None:
    if len(rows) > LINES:
        raise ValidationError(_("At most %(most)s lines."), params={"most": LINES})
    for number, row in enumerate(rows, 1):
        if not row[0] or any(len(part) > longest for part in row):
            problem = _("Something is missing or too long.")
            raise ValidationError(_("Line %(number)s: %(problem)s") % {"number": number, "problem": problem})


class ConflictDecisionForm(forms.Form):
    """Whether a detected conflict stands, and why."""

    reason = LineInput(label=_("Reason"), max_length=1000)


class DeclarationForm(forms.Form):
    """What the conflict is; the pair is closed at once, so that a word is enough."""

    statement = LineInput(label=_("What the conflict is"), max_length=1000, required=False)
