"""A file of a report: the report as a PDF, a receipt, or a photo with its words and everybody's consent."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import LineInput
from reviews.choices import ReportFileKind
from seminars.files import image_check, pdf_check
from seminars.forms.attachment import MEGABYTE, WHY, CheckedFileField, refuse_threat
from seminars.rules import bounds, filenames

IMAGES = (".jpg", ".jpeg", ".png")
WHY_IMAGE: dict[str, Any] = {
    "suffix": _("Only JPEG and PNG photos can be kept: the name must end in .jpg, .jpeg or .png."),
    "suffix_receipt": _("Only PDF, JPEG and PNG files can be kept: the name must end in .pdf, .jpg, .jpeg or .png."),
    "not_image": _("This file is not a JPEG or PNG photo, whatever its name says."),
    "damaged": _("This photo is damaged or cut short. Save it again as a JPEG or PNG, and try once more."),
    "heavy": _("This photo is too large to be opened: at most 60 million pixels."),
    "moving": _("This is a moving image. Save one picture of it as a JPEG or PNG."),
    "unchecked": WHY["unchecked"],
    "too_large": WHY["too_large"],
}


@dataclass(frozen=True)
class CheckedReportFile:
    """A file that passed every check, as it is to be kept."""

    name: str
    data: bytes
    content_type: str
    pages: int = 0
    width: int = 0
    height: int = 0

    @property
    def facts(self) -> dict[str, int]:
        """What the check has counted."""
        return {"pages": self.pages, "width": self.width, "height": self.height}


def _refused(code: str, **params: Any) -> ValidationError:
    return ValidationError(WHY_IMAGE[code], code=code, params=params)


class PictureField(forms.FileField):
    """A JPEG or PNG of at most 10 MB, made anew from its pixels; where ``takes_pdf``, or a checked PDF (SAFETY 11)."""

    def __init__(self, *, takes_pdf: bool = False, **options: Any) -> None:
        """Take Django's options, and whether a PDF will do, too."""
        self.takes_pdf = takes_pdf
        accepted = (*IMAGES, *([".pdf"] if takes_pdf else []))
        widget = forms.FileInput(attrs={"accept": ",".join(accepted), "data-most": bounds.ATTACHMENT_BYTES})
        super().__init__(widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file as it is to be kept; raise a ValidationError that says what to do."""
        upload: UploadedFile = super().clean(data, initial)
        name = upload.name or ""
        suffix = PurePath(name).suffix.casefold()
        if self.takes_pdf and suffix == ".pdf":
            checked = CheckedFileField(max_length=255).clean(upload)
            return CheckedReportFile(checked.name, checked.data, "application/pdf", pages=checked.pages)
        if suffix not in IMAGES:
            raise _refused("suffix_receipt" if self.takes_pdf else "suffix")
        if (upload.size or 0) > bounds.ATTACHMENT_BYTES:
            size = -(-(upload.size or 0) * 10 // MEGABYTE) / 10
            raise _refused("too_large", size=size, most=bounds.ATTACHMENT_BYTES // MEGABYTE)
        content = upload.read()
        try:
            image = image_check.image_of(content)
        except pdf_check.NotAccepted as refused:
            raise _refused(refused.code) from refused
        refuse_threat(content)
        if len(image.data) > bounds.ATTACHMENT_BYTES:
            raise _refused("heavy")
        content_type, ending = image_check.KINDS[image.kind]
        kept = filenames.tidy(f"{PurePath(name).stem}{ending}", ending)
        return CheckedReportFile(kept, image.data, content_type, width=image.width, height=image.height)


class _FileForm(forms.Form):
    kind: ReportFileKind

    @cached_property
    def helper(self) -> FormHelper:
        """The helper for crispy-forms, made when the form is shown."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    @property
    def checked(self) -> CheckedReportFile:
        """The file; after the form has been found valid."""
        file = self.cleaned_data["file"]
        if isinstance(file, CheckedReportFile):
            return file
        return CheckedReportFile(file.name, file.data, "application/pdf", pages=file.pages)

    @property
    def facts(self) -> dict[str, Any]:
        """What is kept beside the file."""
        return dict(self.checked.facts)


class PdfForm(_FileForm):
    """The report as a PDF, written elsewhere."""

    kind = ReportFileKind.PDF
    prefix = "pdf"
    file = CheckedFileField(label=_("PDF file"), max_length=255)


class ReceiptForm(_FileForm):
    """A receipt of one's own side."""

    kind = ReportFileKind.RECEIPT
    prefix = "receipt"
    file = PictureField(label=_("Receipt as a PDF, JPEG or PNG"), max_length=255, takes_pdf=True)


class PhotoForm(_FileForm):
    """A photo, what it shows, and that everybody on it agrees."""

    kind = ReportFileKind.PHOTO
    prefix = "photo"
    file = PictureField(label=_("Photo as a JPEG or PNG"), max_length=255)
    alt = LineInput(
        label=_("What the photo shows, in words"),
        max_length=300,
        help_text=_("For those who cannot see it, and shown below it on the public page."),
    )
    credit = LineInput(label=pgettext_lazy("a photo", "Photo by"), max_length=120, required=False)
    has_consent = forms.BooleanField(
        label=_("Everybody who can be recognised agrees that the photo may be published"),
        error_messages={"required": _("Without everybody's consent the photo cannot be kept.")},
    )

    @property
    def facts(self) -> dict[str, Any]:
        """What is kept beside the photo."""
        said = {name: self.cleaned_data[name] for name in ("alt", "credit", "has_consent")}
        return {**super().facts, **said}


FILE_FORMS: dict[str, type[_FileForm]] = {form.kind.value: form for form in (PdfForm, PhotoForm, ReceiptForm)}
