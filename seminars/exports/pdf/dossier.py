"""A dossier as PDF: of one record, or of a pair; whole, or as reviewers see it; in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seminars.choices import DossierVersion, Section
from seminars.exports.pdf.binding import bind, path_of
from seminars.exports.pdf.cover import filing_of, fingerprint, line_of, mark_of, titles_of
from seminars.exports.pdf.halves import Half, Said
from seminars.exports.pdf.listed import listed_parts
from seminars.exports.pdf.runs import Lines, line, run
from seminars.exports.pdf.sections import parts_of
from seminars.exports.pdf.typesetting import typeset
from seminars.models import Call
from seminars.rules.redaction import for_reviewers
from seminars.words.wording import contact_marks


@dataclass(frozen=True)
class Manner:
    """How a dossier is made: for whom, in which language, by whose clock."""

    language: str
    zone: str
    version: DossierVersion = DossierVersion.FULL


def dossier_pdf(halves: Sequence[Half], *, call: Call, number: str, manner: Manner) -> bytes:
    """Return the dossier of one record, or of both records of pair ``number``, with the attached files.

    The same filed records give the same bytes, on any machine with the same version of this software. ``number`` is ""
    for a single record, which goes by its receipt. Fetch the call with its sides.
    """
    is_whole = manner.version == DossierVersion.FULL
    with translation.override(manner.language), timezone.override(manner.zone):
        shown = seen_in(manner.version, halves)
        files = [path_of(name, sha256) for half in shown for name, sha256 in half.files]
        # When somebody filed is not for reviewers to know, from the file's own date either.
        at = max(half.dated_at for half in halves) if is_whole else call.opens_at
        data = _data(shown, files, call=call, number=number, at=at.astimezone(UTC))
        data["cover"]["version"] = "" if is_whole else _("Reviewers' version")
        own = typeset(data, at=at)
    return bind(own, files)


def seen_in(version: str, halves: Sequence[Half]) -> Sequence[Half]:
    """Return the halves as a version shows them, in the active language."""
    if version == DossierVersion.FULL:
        return halves
    return [half.seen(partial(for_reviewers, marks=contact_marks())) for half in halves]


def _data(
    halves: Sequence[Half], files: Sequence[Path | None], *, call: Call, number: str, at: datetime
) -> dict[str, Any]:
    """Return what the template sets, in the active language."""
    first = halves[0].said
    titles = titles_of(first)
    name = _("Pair %(seminar)s") % {"seminar": number} if number else _record_name(first)
    return {
        "language": translation.get_language(),
        "title": f"{titles[0][0]} · {name}",
        "date": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "header": {"number": name, "title": run(titles[0][0], lang=titles[0][1])},
        "labels": {
            "contents": _("Contents"),
            "attachments": str(Section.ATTACHMENTS.label),
            "footer": call.title,
        },
        "cover": {
            "sides": [{"side": side.agency.accent, "name": side.agency.acronym} for side in call.sides.all()],
            "call": call.title,
            "kind": name,
            "title": run(titles[0][0], lang=titles[0][1]),
            "titles": [run(text, lang=code) for text, code in titles[1:]],
            "line": line_of(first),
            "filings": [filing_of(half) for half in halves],
        },
        "records": [_record(half) for half in halves],
        "attachments": _attachments(halves, files),
    }


def _record_name(said: Said) -> str:
    return str(said.get("number") or _("Record %(number)s") % {"number": said["record"]})


def _record(half: Half) -> dict[str, Any]:
    parts = listed_parts(half.said) if "listed" in half.said else parts_of(half.said)
    acronym = half.agency.acronym
    return {
        "title": _("Record of %(agency)s") % {"agency": acronym},
        "name": acronym,
        "side": half.agency.accent,
        "mark": mark_of(half.said),
        "parts": parts,
    }


def _attachments(halves: Sequence[Half], files: Sequence[Path | None]) -> list[dict[str, Any]]:
    """Return the page before each attached file, the halves' files one after the other."""
    pages, found = [], iter(files)
    for half in halves:
        listed = half.said["snapshot"]["attachments"] if half.files else []
        for number, file in enumerate(listed, 1):
            there = next(found) is not None
            pages.append(
                {
                    "side": half.agency.accent,
                    "agency": half.agency.acronym,
                    "mark": mark_of(half.said),
                    "name": file["name"],
                    "rows": _about_file(file, number, len(listed)),
                    "note": "" if there else _("This file is not kept any more, or cannot be read. It is left out."),
                }
            )
    return pages


def _about_file(file: Said, number: int, count: int) -> list[dict[str, Any]]:
    size = ngettext("%(pages)s page", "%(pages)s pages", file["pages"]) % {"pages": file["pages"]}
    rows: list[tuple[str, Lines]] = [
        (_("Attachment"), line(f"{number} / {count}")),
        (_("Pages"), line(f"{size}, {filesizeformat(file['size'])}")),
    ]
    if "sha256" in file:
        rows.append((_("Fingerprint (SHA-256)"), fingerprint(file["sha256"])))
    return [{"label": label, "value": value} for label, value in rows]
