"""R14, R16, R27: what an agency grants of what was asked for, line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from seminars.rules.budget import has_too_many_decimals


@dataclass(frozen=True)
class Granted:
    """What is granted of one line, in the side's currency, and why it is less than requested."""

    approved: Decimal
    reason: str = ""


def wrong_lines(requested: Mapping[int, Decimal], granted: Mapping[int, Granted], *, decimals: int) -> dict[int, str]:
    """Return what is wrong by line: ``missing``, ``negative``, ``too_much``, ``decimals`` (R16) or ``reason``."""
    found = {pk: _wrong(asked, granted.get(pk), decimals) for pk, asked in requested.items()}
    return {pk: why for pk, why in found.items() if why}


def _wrong(asked: Decimal, line: Granted | None, decimals: int) -> str:
    if line is None:
        return "missing"
    if line.approved < 0:
        return "negative"
    if line.approved > asked:
        return "too_much"
    if has_too_many_decimals(line.approved, decimals):
        return "decimals"
    return "reason" if line.approved < asked and not line.reason.strip() else ""


def above_cap(amounts: Iterable[Decimal], cap: Decimal | None) -> bool:
    """Say whether the exact sum of what is granted is above the cap of the side (R14)."""
    return cap is not None and sum(amounts, Decimal(0)) > cap
