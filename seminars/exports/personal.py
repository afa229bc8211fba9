"""The ZIP of all that is held on a person: data as JSON, files as they were attached, and a word on what it is."""

import json
import zipfile
from datetime import datetime
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import User
from seminars.queries.personal import files_of, gather


def write_copy(user: User, file: BinaryIO, *, at: datetime) -> None:
    """Write the copy of a person's data as at ``at`` (aware); a file that is lost is left out, its row is told."""
    data = {"made_at": at.isoformat(), **gather(user)}
    with translation.override(user.language):
        words = render_to_string("seminars/personal/readme.txt", {"person": user, "at": at}, using="mail")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", words)
        archive.writestr("data.json", json.dumps(data, indent=1, ensure_ascii=False))
        for kept in files_of(user):
            if default_storage.exists(kept.stored):
                archive.write(default_storage.path(kept.stored), kept.path)
