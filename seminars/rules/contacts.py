"""E-mail addresses and telephone numbers in running text, found so that reviewers' versions can leave them out (R23).

What is written to be missed ("marie at inserm") is not found; neither are addresses in other than Latin letters.
"""

import re
from dataclasses import dataclass

EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}[@＠][A-Za-z0-9-]{1,63}(?:[.．][A-Za-z0-9-]{1,63})+")
GAP = r"[ \u00a0\u202f\u3000.()（）\-\u2010-\u2013\u2212－]"
START = r"(?<![0-9０-９A-Za-z/+＋.\-\u2010-\u2013－])"
END = rf"(?!{GAP}?\d)"
INTERNATIONAL = rf"[+＋]{GAP}?\d(?:{GAP}{{0,2}}\d){{7,14}}"
PAIRS = r"[0０][1-9１-９]([ \u00a0\u202f.\-]?)\d\d(?:\1\d\d){3}"
"""As in France: five pairs, the same mark between all of them, or none."""
GROUPS = r"[0０][1-9１-９]\d{0,3}[(（\-\u2010-\u2013\u2212－]\d{1,4}[)）\-\u2010-\u2013\u2212－]\d{3,4}"
"""As in Japan: three groups."""
PHONE = re.compile(rf"{START}(?:{INTERNATIONAL}|{PAIRS}|{GROUPS}){END}")


@dataclass(frozen=True)
class Marks:
    """The words that stand where an e-mail address or a telephone number was."""

    email: str
    phone: str


def without_contacts(text: str, marks: Marks) -> str:
    """Return a text with ``marks`` in the place of its e-mail addresses and telephone numbers."""
    return PHONE.sub(lambda _found: marks.phone, EMAIL.sub(lambda _found: marks.email, text))
