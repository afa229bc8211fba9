"""Writing the letters that tell an outcome, for both agencies at once (R26)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews.actions.evaluation import lock_call
from reviews.choices import LetterPart
from reviews.models import LetterTemplate
from reviews.permissions import plan_refusal
from reviews.rules.letter import strange, telling
from seminars.models import Call
from seminars.permissions import Refused, require

DEFAULT = {"en": "", "fr": "", "ja": ""}


@transaction.atomic
def save_letter(
    call: Call, part: str, texts: Mapping[str, str], *, version: int, by: User, at: datetime
) -> LetterTemplate | None:
    """Write a part of the letters in every language over ``version`` (0 for the first); ``DEFAULT`` goes back to it.

    Returns nothing, and saves nothing, when somebody else has saved since. A release given for other words counts no
    more. Raises Refused: not an officer, no joint selection, a language without text, a placeholder that is unknown or,
    in the subject, tells the outcome.
    """
    call = lock_call(call)
    require(plan_refusal(call, by))
    clean = {language: texts[language].strip() for language in DEFAULT}
    if part == LetterPart.SUBJECT:
        clean = {language: " ".join(text.split()) for language, text in clean.items()}
    if clean != DEFAULT:
        _require_whole(part, clean)
    known = LetterTemplate.objects.filter(call=call, part=part).first()
    if (known.version if known else 0) != version:
        return None
    before = known.texts if known else DEFAULT
    if before == clean:
        return known or LetterTemplate(call=call, part=part, version=0)
    template = known or LetterTemplate(call=call, part=part)
    template.version = version + 1
    template.text_en, template.text_fr, template.text_ja = clean["en"], clean["fr"], clean["ja"]
    template.changed_at, template.changed_by = at, by
    template.save()
    verb = "letter_reset" if clean == DEFAULT else "letter_written"
    record(template, verb, by=by, at=at, before=before, after=clean)
    return template


def _require_whole(part: str, texts: Mapping[str, str]) -> None:
    if part not in LetterPart.values or not all(texts.values()):
        raise Refused(_("Write the text in every language."))
    for text in texts.values():
        if strange(part, text) or telling(part, text):
            raise Refused(_("A placeholder is not possible here."))
