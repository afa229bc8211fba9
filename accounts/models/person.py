"""What is known of a person, be it a user or somebody named in a proposal."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import fields


class PersonName(models.Model):
    """A name in Latin letters, and in kanji and katakana for Japanese people."""

    family_name = fields.LatinField(_("Family name"), max_length=80, blank=True, validators=[fields.validate_latin])
    given_name = fields.LatinField(_("Given name"), max_length=80, blank=True, validators=[fields.validate_latin])
    family_name_kanji = fields.LineField(
        _("Family name in kanji"), max_length=80, blank=True, validators=[fields.validate_kanji]
    )
    given_name_kanji = fields.LineField(
        _("Given name in kanji"), max_length=80, blank=True, validators=[fields.validate_kanji]
    )
    family_name_kana = fields.KanaField(
        _("Family name in katakana"), max_length=80, blank=True, validators=[fields.validate_kana]
    )
    given_name_kana = fields.KanaField(
        _("Given name in katakana"), max_length=80, blank=True, validators=[fields.validate_kana]
    )

    class Meta:
        abstract = True

    @property
    def latin_name(self) -> str:
        """The name as French lists and JSPS's romaji write it: given name, then the family name in capitals."""
        return f"{self.given_name} {self.family_name.upper()}".strip()

    @property
    def kanji_name(self) -> str:
        """The name in kanji, family name first, or nothing."""
        return f"{self.family_name_kanji} {self.given_name_kanji}".strip()

    @property
    def kana_name(self) -> str:
        """The name in katakana, family name first, or nothing."""
        return f"{self.family_name_kana} {self.given_name_kana}".strip()

    @property
    def display_name(self) -> str:
        """The name as the reader's language writes it: kanji first for Japanese readers where it is known."""
        if get_language() == "ja" and self.kanji_name:
            return self.kanji_name
        return self.latin_name or self.kanji_name
