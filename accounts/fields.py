"""Text fields that clean what they are given, in the database's models and in every form alike."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules import person, text


def refuse_forbidden(value: str) -> None:
    """Raise a ValidationError that names the characters of ``value`` which may not be stored (SAFETY 17)."""
    found = text.forbidden_characters(value)
    if found:
        raise ValidationError(
            _("This text holds characters that cannot be kept: %(characters)s. Please remove them."),
            code="forbidden_characters",
            params={"characters": ", ".join(found[:5])},
        )


class LineInput(forms.CharField):
    """One line of text, normalised, with runs of white space made one space."""

    def to_python(self, value: Any) -> str:
        """Return the cleaned line; forbidden characters raise a ValidationError."""
        value = super().to_python(value)
        refuse_forbidden(text.normalise(value))
        return text.one_line(text.normalise(value))


class BlockInput(forms.CharField):
    """Paragraphs of text; lines are kept, only the outer white space goes."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the cleaned text; forbidden characters raise a ValidationError."""
        value = text.normalise(super().to_python(value) or "")
        refuse_forbidden(value)
        return value.strip()


class OrcidInput(LineInput):
    """An ORCID iD, typed with or without hyphens or as its address."""

    def to_python(self, value: Any) -> str:
        """Return the iD as ``0000-0002-1825-0097``."""
        return person.tidy_orcid(super().to_python(value))


class KanaInput(LineInput):
    """A name in katakana; half-width kana and hiragana are turned into full-width katakana."""

    def to_python(self, value: Any) -> str:
        """Return the name in full-width katakana."""
        return person.tidy_kana(super().to_python(value))


class _TextField(models.TextField):
    """A text that may be empty, never null, bounded in characters; its form field cleans it."""

    form_class: type[forms.CharField] = LineInput

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take Django's options; ``max_length`` is also a validator, for text has no bound of its own."""
        super().__init__(*args, **options)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def formfield(self, **options: Any) -> Any:
        """Return the cleaning form field."""
        return super(models.TextField, self).formfield(
            **{"max_length": self.max_length, "form_class": self.form_class, **options}
        )


class LineField(models.CharField):
    """One cleaned line of text, bounded in the database too."""

    form_class: type[forms.CharField] = LineInput

    def formfield(self, **options: Any) -> Any:
        """Return the cleaning form field."""
        if self.choices:
            return super().formfield(**options)
        return super().formfield(**{"form_class": self.form_class, **options})


class BlockField(_TextField):
    """Cleaned paragraphs of text."""

    form_class = BlockInput


class OrcidField(LineField):
    """An ORCID iD with its checksum."""

    form_class = OrcidInput


class KanaField(LineField):
    """A name in full-width katakana."""

    form_class = KanaInput


def validate_orcid(value: str) -> None:
    """Raise a ValidationError unless ``value`` is an ORCID iD with the right checksum."""
    if not person.is_orcid(value):
        raise ValidationError(
            _("This is not an ORCID iD: sixteen characters such as 0000-0002-1825-0097, the last one a checksum."),
            code="orcid",
        )


def validate_latin(value: str) -> None:
    """Raise a ValidationError unless ``value`` is a name in Latin letters."""
    if not person.is_latin_name(value):
        raise ValidationError(_("Please write this name in Latin letters."), code="latin")


def validate_kanji(value: str) -> None:
    """Raise a ValidationError unless ``value`` is a name in Japanese script."""
    if not person.is_kanji_name(value):
        raise ValidationError(_("Please write this name in kanji (kana are possible)."), code="kanji")


def validate_kana(value: str) -> None:
    """Raise a ValidationError unless ``value`` is a name in full-width katakana."""
    if not person.is_katakana(value):
        raise ValidationError(_("Please write this name in full-width katakana."), code="kana")
