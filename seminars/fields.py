"""Text fields of the programme that tidy what they are given, in the database's models and in every form alike."""

import unicodedata

from accounts.fields import LineField, LineInput
from accounts.rules.text import one_line


class NumberInput(LineInput):
    """A unit's number in ordinary letters and digits: ``Ｕ１２１５`` is ``U1215``."""

    tidy = staticmethod(lambda value: one_line(unicodedata.normalize("NFKC", value)))


class RnsrInput(LineInput):
    """An RNSR number in ordinary capital letters and digits, without spaces: ``2001 14767 b`` is ``200114767B``."""

    tidy = staticmethod(lambda value: "".join(unicodedata.normalize("NFKC", value).upper().split()))


class NumberField(LineField):
    """The number of a research unit."""

    form_class = NumberInput


class RnsrField(LineField):
    """A French national structure number."""

    form_class = RnsrInput
