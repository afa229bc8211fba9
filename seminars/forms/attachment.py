"""One PDF to attach."""

import logging
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from seminars.files import clamav, pdf_check
from seminars.rules import bounds, filenames

log = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024

WHY: dict[str, Any] = {
    "suffix": _("Only PDF files can be attached: the name must end in .pdf."),
    "too_large": _("This file is too large: %(size)s MB. At most %(most)s MB are allowed."),
    "not_pdf": _("This file is not a PDF, whatever its name says. Save or export the document as a PDF."),
    "looks_like": _("This is a %(kind)s file, not a PDF, whatever its name says. Save or export it as a PDF."),
    "damaged": _("This PDF is damaged or cut short. Open it, save it again as a PDF, and try once more."),
    "encrypted": _("This PDF is protected. Save it without a password or restrictions."),
    "javascript": _("This PDF holds scripts (JavaScript). Print it to a new PDF, and attach that one."),
    "launch": _("This PDF can start programs or send data. Print it to a new PDF, and attach that one."),
    "embedded": _("This PDF holds other files. Print it to a new PDF, and attach that one."),
    "media": _("This PDF holds sound, film or 3D. Print it to a new PDF, and attach that one."),
    "empty": _("This PDF has no pages."),
    "many_pages": _("This PDF has too many pages: at most 1,000 are allowed."),
    "heavy": _("This PDF is too heavy to be opened. Print it to a new PDF, and attach that one."),
    "unchecked": _("This file could not be checked just now. Please try again in a few minutes."),
    "threat": _("A virus was found in this file (%(name)s). It has not been kept."),
}


def _refused(code: str, **params: Any) -> ValidationError:
    return ValidationError(WHY[code], code=code, params=params)


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed every check."""

    name: str
    data: bytes
    pages: int


class CheckedFileField(forms.FileField):
    """A PDF of at most 10 MB, checked by what it holds; cleaned to a CheckedFile (SAFETY 11)."""

    widget = forms.FileInput(attrs={"accept": ".pdf,application/pdf", "data-most": bounds.ATTACHMENT_BYTES})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file with its pages counted; raise a ValidationError that says what to do."""
        upload: UploadedFile = super().clean(data, initial)
        if not filenames.has_suffix(upload.name or ""):
            raise _refused("suffix")
        if (upload.size or 0) > bounds.ATTACHMENT_BYTES:
            size = -(-(upload.size or 0) * 10 // MEGABYTE) / 10
            raise _refused("too_large", size=size, most=bounds.ATTACHMENT_BYTES // MEGABYTE)
        content = upload.read()
        try:
            pages = pdf_check.pages_of(content)
        except pdf_check.NotAccepted as refused:
            if refused.kind:
                raise _refused("looks_like", kind=refused.kind.upper()) from refused
            raise _refused(refused.code) from refused
        refuse_threat(content)
        return CheckedFile(filenames.tidy(upload.name or ""), content, pages)


def refuse_threat(content: bytes) -> None:
    """Raise a ValidationError when ClamAV, where there is one, finds something or gives no answer."""
    if not settings.CLAMAV_ADDRESS:
        return
    try:
        threat = clamav.threat_in(content, settings.CLAMAV_ADDRESS)
    except clamav.Unavailable as silent:
        log.exception("ClamAV gave no answer.")
        raise _refused("unchecked") from silent
    if threat is not None:
        raise _refused("threat", name=threat)


class AttachmentForm(forms.Form):
    """A file from the person's computer."""

    file = CheckedFileField(label=_("PDF file"), max_length=255)

    @cached_property
    def helper(self) -> FormHelper:
        """The helper for crispy-forms, made when the form is shown."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
