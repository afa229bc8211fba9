"""Making a pack from its row: what its list holds now, by the rights its officer has now, into a file."""

from collections.abc import Callable
from datetime import datetime

from django.http import QueryDict

from seminars.actions import packs
from seminars.choices import CONFIRMED
from seminars.exports.pack import Item, write_pack
from seminars.files import storage
from seminars.forms.desk import ProposalFilter
from seminars.models import Call, Pack, Proposal
from seminars.queries.overview import Overview

EVERYTHING = "all=1"
"""The address of the list without a filter; no address at all stands for every pair."""


class PackTaken(Exception):
    """Another maker has the pack by now."""


def items_of(overview: Overview, call: Call, query: str) -> list[Item]:
    """Return what the dossiers of a list are of, in its order: each pair once, and each record that is in none.

    ``query`` is the list's address; "" stands for every pair, by its number.
    """
    records = overview.records
    if not query:
        found = records.filter(seminar__state__in=CONFIRMED).order_by("seminar").values_list("seminar", flat=True)
        return [Item(seminar=pk) for pk in dict.fromkeys(found)]
    ids = ProposalFilter(QueryDict(query), overview, call=call).ids
    paired = dict(Proposal.objects.filter(pk__in=ids, seminar__state__in=CONFIRMED).values_list("pk", "seminar"))
    items = (Item(seminar=paired[pk]) if pk in paired else Item(record=pk) for pk in ids)
    return list(dict.fromkeys(items))


def make(pack: Pack, *, clock: Callable[[], datetime]) -> bool:
    """Make a claimed pack and say whether it is ready; ``clock`` gives the present instant, for signs of life."""
    at = clock()
    by = pack.requested_by
    call = Call.objects.run_by(by).with_sides().filter(pk=pack.call_id).first()
    if call is None:
        packs.give_up(pack, at=at)
        return False
    items = items_of(Overview(by, [call], at), call, pack.query)

    def told(done: int) -> None:
        if not packs.tell_progress(pack, done=done, total=len(items), at=clock()):
            raise PackTaken

    try:
        told(0)
        with storage.keeping(storage.PACKS, ".zip") as (name, file):
            write_pack(pack, items, file, at=at, told=told)
            size = file.tell()
    except PackTaken:
        return False
    return packs.finish_pack(pack, file=name, size=size, at=clock())
