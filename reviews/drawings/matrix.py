"""The drawing of one agency's ranks against the other's; the table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviews.queries.joint import JointRow

SIZE, MARGIN = 400, 44


@dataclass
class Dot:
    """One place of the drawing, with the pairs that share it."""

    x: int
    y: int
    ranks: tuple[int, int]
    rows: list[JointRow]

    @property
    def radius(self) -> int:
        """How large it is drawn: larger where several pairs share the place."""
        return 5 if len(self.rows) == 1 else 8

    @property
    def label(self) -> str:
        """The numbers of its pairs, and both ranks."""
        one, other = self.ranks
        return f"{', '.join(str(row.seminar) for row in self.rows)} ({one}, {other})"

    @property
    def name(self) -> str:
        """The number of its first pair, and how many more there are."""
        more = f" +{len(self.rows) - 1}" if len(self.rows) > 1 else ""
        return f"{self.rows[0].seminar}{more}"

    @property
    def is_agreed(self) -> bool:
        """Whether both agencies propose to fund all of them."""
        return all(row.is_agreed for row in self.rows)


@dataclass
class Matrix:
    """The drawing in its own units: ``ticks`` are ranks with their distance along either axis."""

    dots: list[Dot]
    ticks: list[tuple[int, int]]
    unranked: int
    size: int = SIZE
    margin: int = MARGIN


def draw(rows: Sequence[JointRow]) -> Matrix:
    """Draw the pairs that both agencies have ranked, the best at the top left; count the others."""
    shared: dict[tuple[int, int], list[JointRow]] = {}
    for row in rows:
        one, other = (judgement.rank for judgement in row.judgements)
        if one is not None and other is not None:
            shared.setdefault((one, other), []).append(row)
    last = max((max(ranks) for ranks in shared), default=1)
    dots = [Dot(_at(one, last), _at(other, last), (one, other), found) for (one, other), found in shared.items()]
    step = max(1, -(-last // 8))
    ticks = [(rank, _at(rank, last)) for rank in (1, *range(step, last + 1, step)) if rank > 1 or step > 0]
    both = sum(len(dot.rows) for dot in dots)
    return Matrix(dots, sorted(set(ticks)), len(rows) - both)


def _at(rank: int, last: int) -> int:
    room = SIZE - MARGIN - 20
    return MARGIN + (room * (rank - 1) // (last - 1) if last > 1 else room // 2)
