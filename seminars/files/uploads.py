"""Receiving uploads without filling the disk."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from seminars.rules import bounds

ROOM = 2 * bounds.ATTACHMENT_BYTES


class BoundedUpload(FileUploadHandler):
    """Stands before Django's handlers: lets through as much as one request may bring, and counts the rest.

    A file that did not fit arrives at its form empty but with its true size, so that the form says what is wrong.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0
        self.overran = False

    def new_file(self, *args: Any, **options: Any) -> None:
        """Start counting a file; the room is for the whole request."""
        super().new_file(*args, **options)
        self.overran = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand the chunk on while there is room, else let it go."""
        self.received += len(raw_data)
        self.overran = self.overran or self.received > ROOM
        return None if self.overran else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Hand the file on, or answer for one that did not fit."""
        if not self.overran:
            return None
        handlers = self.request.upload_handlers if self.request else []
        for handler in handlers:
            if hasattr(handler, "file"):
                # What had arrived before there was no more room.
                handler.file.close()
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size, self.charset)
