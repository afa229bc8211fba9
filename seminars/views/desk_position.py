"""Where a record stands in the list it was opened from, whose address comes along as ``?list=``."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from accounts.http import Request
from seminars.forms.desk import ProposalFilter
from seminars.models import Call
from seminars.queries.overview import Overview

PER_PAGE = 50
"""How many records a page of the list holds."""


@dataclass(frozen=True)
class Position:
    """The place of a record in its list, from 1 (0 when it is no longer there), and the addresses around it."""

    place: int
    number: int
    previous: str
    next: str
    back: str


def position_of(request: Request, pk: int, overview: Overview, call: Call) -> Position | None:
    """Return where the record stands in the list of the address; nothing where it was not opened from a list."""
    if "list" not in request.GET:
        return None
    listed = ProposalFilter(QueryDict(request.GET["list"]), overview, call=call)
    ids = listed.ids
    place = ids.index(pk) if pk in ids else -1
    around = {step: ids[place + step] for step in (-1, 1) if place >= 0 and 0 <= place + step < len(ids)}
    carried = urlencode({"list": listed.query})

    def address(step: int) -> str:
        return f"{reverse('desk_proposal', args=[around[step]])}?{carried}" if step in around else ""

    page = f"&page={place // PER_PAGE + 1}" if place >= PER_PAGE else ""
    back = f"{reverse('desk_proposals', args=[call.code])}?{listed.query or 'all=1'}{page}#record-{pk}"
    return Position(place + 1, len(ids), address(-1), address(1), back)
