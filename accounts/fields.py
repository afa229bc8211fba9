"""Text fields that clean what they are given, in the database's models and in every form alike."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.rules import person, text

# Django's own words for an empty field: our catalogues are asked first, and say what to do.
REQUIRED = gettext_noop("This field is required.")


def refuse_forbidden(value: str) -> None:
    """Raise a ValidationError that names the characters of ``value`` which may not be stored (SAFETY 17)."""
    found = text.forbidden_characters(value)
    if found:
        raise ValidationError(
            _("This text holds characters that cannot be kept: %(characters)s. Please remove them."),
            code="forbidden_characters",
            params={"characters": ", ".join(found[:5])},
        )


def refuse_links(value: str) -> None:
    """Raise a ValidationError when a name, which mails greet with, holds an address (I9)."""
    if text.holds_link(value):
        raise ValidationError(_("A name holds no web or e-mail address."), code="link")


class LineInput(forms.CharField):
    """One line of text, normalised, with runs of white space made one space."""

    tidy: Callable[[str], str] = staticmethod(text.one_line)

    def to_python(self, value: Any) -> str:
        """Return the cleaned text; forbidden characters raise a ValidationError."""
        value = text.normalise(super().to_python(value) or "")
        refuse_forbidden(value)
        return type(self).tidy(value)


class BlockInput(LineInput):
    """Paragraphs of text; lines are kept, only the outer white space goes."""

    widget = forms.Textarea
    tidy = staticmethod(str.strip)


class LatinInput(LineInput):
    """A name in Latin letters; full-width letters are made ordinary ones."""

    tidy = staticmethod(lambda value: person.tidy_latin(text.one_line(value)))


class OrcidInput(LineInput):
    """An ORCID iD, typed with or without hyphens or as its address."""

    tidy = staticmethod(lambda value: person.tidy_orcid(text.one_line(value)))


class KanaInput(LineInput):
    """A name in katakana; half-width kana and hiragana are turned into full-width katakana."""

    tidy = staticmethod(lambda value: person.tidy_kana(text.one_line(value)))


class _Cleaned(models.Field):
    """What the cleaned columns share: ``full_clean`` tidies and refuses exactly as the form field does."""

    form_class: type[LineInput] = LineInput
    default_validators = [refuse_forbidden]

    def to_python(self, value: Any) -> Any:
        """Return the tidied text; nothing is refused here, for this also reads what is stored."""
        value = super().to_python(value)
        return self.form_class.tidy(text.normalise(value)) if isinstance(value, str) else value


class LineField(_Cleaned, models.CharField):
    """One cleaned line of text, bounded in the database too."""

    def formfield(self, **options: Any) -> Any:
        """Return the cleaning form field."""
        if self.choices:
            return super().formfield(**options)
        return super().formfield(**{"form_class": self.form_class, **options})


class BlockField(_Cleaned, models.TextField):
    """Cleaned paragraphs of text that may be empty, never null, bounded in characters."""

    form_class = BlockInput

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take Django's options; ``max_length`` is also a validator, for text has no bound of its own."""
        super().__init__(*args, **options)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def formfield(self, **options: Any) -> Any:
        """Return the cleaning form field."""
        return super().formfield(**{"form_class": self.form_class, **options})


class LatinField(LineField):
    """A name in Latin letters."""

    form_class = LatinInput


class OrcidField(LineField):
    """An ORCID iD with its checksum."""

    form_class = OrcidInput


class KanaField(LineField):
    """A name in full-width katakana."""

    form_class = KanaInput


def refuse_beyond_ascii(value: str) -> None:
    """Raise a ValidationError unless an e-mail address is in ASCII: ``mıke`` is not ``mike`` (SAFETY 14)."""
    if not value.isascii():
        raise ValidationError(_("Please write the address with plain letters, without accents."), code="ascii")


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
