"""Who could review what: the best assignment under the rules, found by the HiGHS solver of SciPy (0112).

Ids and numbers in, ids out: it knows nothing of the database nor of who asks.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SECONDS = 5.0
"""How long the solver may look."""
EVENNESS = 1.0
"""Points of fit that a pair costs for each one its reviewer has already: this keeps loads even."""
UNMET = 1e5
"""Points that a missing review costs: more than any way of moving others about can gain."""

Pairing = tuple[int, int]


@dataclass(frozen=True)
class Task:
    """What is asked: ``points`` by (reviewer, pair), also 0, of all who may judge a pair and do not have it yet.

    ``given`` is kept as it is; ``most`` is the highest load of each reviewer; ``wanted`` the reviews of each pair.
    """

    pairs: Sequence[int]
    most: Mapping[int, int]
    points: Mapping[Pairing, int]
    given: Collection[Pairing]
    wanted: int


@dataclass(frozen=True)
class Obstacles:
    """What stands in the way of a solution.

    ``lacking``: how many more people without a conflict a pair needs, whatever their load. ``short_by``: how many
    reviews are beyond what all reviewers together may take. ``unmet``: the fewest reviews that stay missing, by pair.
    """

    lacking: Mapping[int, int] = field(default_factory=dict)
    short_by: int = 0
    unmet: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposed:
    """What to give besides what is given; or what stands in the way, and then nothing; or no answer in time."""

    new: tuple[Pairing, ...] = ()
    obstacles: Obstacles | None = None
    is_late: bool = False


def propose(task: Task, *, seconds: float = SECONDS) -> Proposed:
    """Return the assignment that fits best: reviews wanted, highest loads and conflicts held, loads kept even.

    It is a flow from reviewers to pairs whose costs grow with the load, so that the solver needs no search; a review
    that stays missing costs more than all else, so that the same run tells what stands in the way.
    """
    have = Counter(pair for _reviewer, pair in task.given)
    missing = {pair: task.wanted - have[pair] for pair in task.pairs if have[pair] < task.wanted}
    if not missing:
        return Proposed()
    load = Counter(reviewer for reviewer, _pair in task.given)
    room = {reviewer: max(most - load[reviewer], 0) for reviewer, most in task.most.items()}
    usable = [pairing for pairing in sorted(task.points) if room.get(pairing[0]) and pairing[1] in missing]
    slots = [(reviewer, load[reviewer] + place) for reviewer in sorted(room) for place in range(room[reviewer])]
    result = _solve(task, missing, usable, slots, seconds)
    if result.x is None:
        return Proposed(is_late=True)
    left = result.x[len(usable) + len(slots) :].round().astype(int).tolist()
    unmet = {pair: number for pair, number in zip(missing, left, strict=True) if number}
    if unmet:
        able = Counter(pair for _reviewer, pair in task.points)
        lacking = {pair: number - able[pair] for pair, number in missing.items() if number > able[pair]}
        short_by = max(sum(missing.values()) - sum(room.values()), 0)
        return Proposed(obstacles=Obstacles(lacking, short_by, unmet))
    return Proposed(tuple(pairing for pairing, chosen in zip(usable, result.x, strict=False) if chosen > 0.5))


def _solve(
    task: Task, missing: Mapping[int, int], usable: Sequence[Pairing], slots: Sequence[Pairing], seconds: float
) -> Any:
    """Solve for: who gets which pair (0 or 1), which places of whose load are taken, what stays missing by pair.

    One row for each pair: its new reviews and what stays missing make what is missing. One row for each reviewer: as
    many places are taken as pairs are given.
    """
    # SciPy takes a second to load, which no process should pay for that proposes nothing.
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    pair_rows = {pair: row for row, pair in enumerate(missing)}
    reviewers = sorted({reviewer for reviewer, _load in slots})
    reviewer_rows = {reviewer: len(missing) + row for row, reviewer in enumerate(reviewers)}
    first_slot, first_unmet = len(usable), len(usable) + len(slots)
    entries = [(pair_rows[pair], column, 1) for column, (_reviewer, pair) in enumerate(usable)]
    entries += [(reviewer_rows[reviewer], column, 1) for column, (reviewer, _pair) in enumerate(usable)]
    entries += [(reviewer_rows[reviewer], first_slot + place, -1) for place, (reviewer, _load) in enumerate(slots)]
    entries += [(row, first_unmet + row, 1) for row in range(len(missing))]
    rows, columns, values = zip(*entries, strict=True)
    shape = (len(missing) + len(reviewers), first_unmet + len(missing))
    sums = [*missing.values(), *(0 for _ in reviewers)]
    highest = numpy.ones(shape[1])
    highest[first_unmet:] = list(missing.values())
    costs = [-float(task.points[pairing]) for pairing in usable]
    costs += [EVENNESS * load for _reviewer, load in slots]
    costs += [UNMET for _ in missing]
    return milp(
        costs,
        integrality=numpy.ones(shape[1]),
        bounds=Bounds(0, highest),
        constraints=LinearConstraint(coo_array((values, (rows, columns)), shape=shape).tocsc(), sums, sums),
        options={"time_limit": seconds},
    )
