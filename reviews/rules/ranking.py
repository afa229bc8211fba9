"""Ranks as a person reads and types them who is shut out of some of the pairs (R23).

The numbers of the other pairs would tell where the hidden ones stand: the pairs that are seen are counted among
themselves, and what is typed for them goes round the hidden ones, which never move.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import count

Ranks = Mapping[int, int | None]
"""The rank of each pair by its id, 1 the best; equal ones are ties; nothing where it is not ranked."""


def renumbered(ranks: Ranks) -> dict[int, int | None]:
    """Return the ranks of pairs counted among themselves: 1, 2, 2, 4, in the same order and with the same ties."""
    first: dict[int, int] = {}
    for place, rank in enumerate(sorted(rank for rank in ranks.values() if rank is not None), start=1):
        first.setdefault(rank, place)
    return {pair: None if rank is None else first[rank] for pair, rank in ranks.items()}


def as_seen(ranks: Ranks, *, partly: bool) -> dict[int, int | None]:
    """Return the stored ranks of the pairs that a person sees as they are shown: anew where it sees them ``partly``."""
    return renumbered(ranks) if partly else dict(ranks)


def placed(wanted: Ranks, standing: Ranks, hidden: Iterable[int | None]) -> dict[int, int | None]:
    """Return the ranks to store for the pairs that are seen, all of them in ``wanted`` and in ``standing`` (as stored).

    They keep the order and ties that are wanted, in the places that the ``hidden`` ranks leave free; those that are
    tied take as many places as they are. The order that stands already changes nothing.
    """
    order = renumbered(wanted)
    if order == renumbered(standing):
        return dict(standing)
    together = Counter(rank for rank in hidden if rank is not None)
    taken = {place for rank, number in together.items() for place in range(rank, rank + number)}
    free = (place for place in count(1) if place not in taken)
    places = dict(zip(range(1, len(order) + 1), free, strict=False))
    return {pair: None if rank is None else places[rank] for pair, rank in order.items()}
