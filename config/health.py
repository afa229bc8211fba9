"""What a supervisor asks: is the process alive, can it serve, and does the work behind the pages go on."""

import os
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.http import Visit
from accounts.policies import PUBLIC, policy
from accounts.work import troubles


@require_safe
@policy(PUBLIC)
def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process answers at all."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@policy(PUBLIC)
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and files can be kept, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    folder = Path(default_storage.path(""))
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK)):
        return HttpResponse("the folder of files cannot be written to\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


@require_safe
@policy(PUBLIC)
def work(request: Visit) -> HttpResponse:
    """Answer 200 when workers, beat, mail and the scanner of attachments are well, else 503 with a line for each.

    Not for restarting web processes, which are not at fault: for whoever watches the whole.
    """
    found = troubles(request.arrived_at)
    lines = [f"{trouble.code} {trouble.since.isoformat() if trouble.since else 'never'}" for trouble in found]
    status = 503 if found else 200
    return HttpResponse("\n".join(lines or ["working"]) + "\n", status=status, content_type="text/plain")
