"""Handing out private files: by views that have asked who is there, kept by nobody in between (SAFETY 11)."""

import logging
from pathlib import PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

log = logging.getLogger(__name__)
PDF = "application/pdf"
ZIP = "application/zip"
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
SHOWN = {**PRIVATE, "Content-Security-Policy": "default-src 'none'; object-src 'self'; frame-ancestors 'none'"}
"""For a PDF made here and shown in the browser: a sandbox would keep the browser's own viewer out."""


def disposition(name: str, *, shown: bool = False) -> str:
    """Return the header that offers a file under ``name``, to be saved, or shown in the browser."""
    return content_disposition_header(not shown, name) or "attachment"


def kept_file(kept: str, *, name: str, content_type: str) -> HttpResponse:
    """Return a file of the storage, to be saved under ``name``; raises Http404 where it is gone."""
    headers = _headers(kept, name)
    if "X-Accel-Redirect" in headers:
        return HttpResponse(content_type=content_type, headers=headers)
    with _opened(kept) as file:
        return HttpResponse(file.read(), content_type=content_type, headers=headers)


def streamed_file(kept: str, *, name: str, content_type: str) -> HttpResponseBase:
    """Return a large file of the storage, as ``kept_file`` does, never in memory as a whole."""
    headers = _headers(kept, name)
    if "X-Accel-Redirect" in headers:
        return HttpResponse(content_type=content_type, headers=headers)
    return FileResponse(_opened(kept), as_attachment=True, filename=name, content_type=content_type, headers=headers)


def _headers(kept: str, name: str) -> dict[str, str]:
    headers = {**PRIVATE, "Content-Disposition": disposition(name)}
    if settings.FILES_ACCEL_PREFIX:
        headers["X-Accel-Redirect"] = str(PurePosixPath(settings.FILES_ACCEL_PREFIX) / quote(kept))
    return headers


def _opened(kept: str) -> File:
    try:
        return default_storage.open(kept)
    except FileNotFoundError as lost:
        log.exception("The file %s is gone.", kept)
        raise Http404 from lost
