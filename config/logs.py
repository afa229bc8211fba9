"""Logs as lines of JSON, without personal content: no addresses, no values, no paths with secrets in them."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from config.tracing import current

ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
PARAMETERS = re.compile(r"\?\S*")


def scrubbed(text: str) -> str:
    """Return ``text`` without e-mail addresses and what follows a question mark in addresses."""
    return PARAMETERS.sub("?…", ADDRESS.sub("…@…", text))


def route_of(request: Any) -> str:
    """Return the pattern that a request's path has matched, which has no secret and no number in it."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(no such address)"


def frames_of(trace: TracebackType | None) -> list[str]:
    """Return where an exception has come through, innermost last: file, line and function, and no values."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


class JsonFormatter(logging.Formatter):
    """One line for each record.

    Of an exception it tells the kind and where it happened, never its words: a database repeats in them what somebody
    has typed. Of a request it tells the pattern of its address, never the path: an invitation's path is its secret.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON."""
        request = getattr(record, "request", None)
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": current.get() or getattr(request, "request_id", ""),
            "message": self.words(record),
        }
        if request is not None and hasattr(request, "method"):
            line |= {"method": request.method, "route": route_of(request)}
            line["status"] = getattr(record, "status_code", None)
        if record.exc_info and record.exc_info[0]:
            line |= {"exception": record.exc_info[0].__qualname__, "frames": frames_of(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False, default=str)

    def words(self, record: logging.LogRecord) -> str:
        """Return what a record says, without the words of exceptions, paths and addresses."""
        args = record.args
        request = getattr(record, "request", None)
        if request is not None and isinstance(args, tuple):
            args = tuple(route_of(request) if str(arg).startswith("/") else arg for arg in args)
        if isinstance(args, tuple):
            args = tuple(type(arg).__qualname__ if isinstance(arg, BaseException) else arg for arg in args)
        elif isinstance(args, dict) and "exc" in args:
            # Celery on a task that has failed: the words of its exception, its arguments and its trace.
            args = {**args, "exc": "", "args": "…", "kwargs": "…", "traceback": ""}
        try:
            return scrubbed(str(record.msg) % args if args else str(record.msg))
        except (TypeError, ValueError, KeyError):
            return scrubbed(str(record.msg))
