"""Answering with a table as a file."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone

from accounts.http import Request
from seminars.exports.tables import ENDINGS, table_file
from seminars.exports.workbook import Sheet


def table_answer(request: Request, name: str, ending: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """Return tables as a file with ``ending``, named ``name`` and the reader's day: letters, digits and hyphens."""
    day = request.arrived_at.astimezone(timezone.get_current_timezone()).date()
    disposition = f'attachment; filename="{name}-{day.isoformat()}.{ending}"'
    written = table_file(sheets, ending)
    return HttpResponse(written, content_type=ENDINGS[ending], headers={"Content-Disposition": disposition})
