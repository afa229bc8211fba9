"""R14 to R17: what is asked for, in the side's own currency, always recomputed."""

from collections.abc import Iterable
from decimal import Decimal

from seminars.rules.dossier import Dossier, LineFacts, Terms, Violation
from seminars.rules.people import works_elsewhere

CHARGED_ONCE = ("intl_travel", "local_travel", "accommodation")


def totals(lines: Iterable[LineFacts]) -> dict[str, Decimal]:
    """Return the exact sum by cost kind."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.kind] = sums.get(line.kind, Decimal(0)) + line.amount
    return sums


def has_too_many_decimals(amount: Decimal, decimals: int) -> bool:
    """Say whether ``amount`` is finer than the currency: whole yen, euro with cents (R16)."""
    return amount != amount.quantize(Decimal(1).scaleb(-decimals))


def check_line(line: LineFacts, side: str, terms: Terms) -> tuple[Violation, ...]:
    """Return what is wrong with one line: its kind and person (R12, R15), its amount (R16)."""
    field = f"line-{line.id}"
    found = []
    if line.kind not in terms.cost_kinds:
        found.append(Violation("cost_kind", "R15", "budget", field, {"kind": line.kind}))
    if line.participant:
        params = {"name": line.participant.name}
        if line.participant.side != side:
            found.append(Violation("other_sides_person", "R15", "budget", field, params))
        elif works_elsewhere(line.participant, terms):
            found.append(Violation("unfunded_workplace", "R12", "budget", field, params))
    if line.is_too_small:
        found.append(Violation("negative", "R16", "budget", field))
    elif line.is_too_large:
        found.append(Violation("too_large", "R16", "budget", field))
    elif has_too_many_decimals(line.unit_cost, terms.decimals):
        found.append(Violation("decimals", "R16", "budget", field, {"currency": terms.currency}))
    return tuple(found)


def check_total(total: Decimal, terms: Terms) -> tuple[Violation, ...]:
    """Return whether the total is above the cap (R14); nothing asked for is a warning."""
    if terms.cap is not None and total > terms.cap:
        params = {"total": total, "cap": terms.cap, "currency": terms.currency}
        return (Violation("cap", "R14", "budget", "total", params),)
    if total == 0:
        return (Violation("nothing_asked", "R14", "budget", "total", blocking=False),)
    return ()


def charged_twice(lines: Iterable[LineFacts], partner_lines: Iterable[LineFacts]) -> tuple[LineFacts, ...]:
    """Return the lines whose person-nights or person-legs the partner's budget holds too (R17)."""
    taken = [(line.kind, line.participant) for line in partner_lines if line.participant and line.kind in CHARGED_ONCE]
    return tuple(
        line
        for line in lines
        if line.participant
        and any(line.kind == kind and line.participant.is_same_person(person) for kind, person in taken)
    )


def check(dossier: Dossier, terms: Terms, partner: Dossier | None) -> tuple[Violation, ...]:
    """Return all that is wrong with the budget (R12, R14–R17)."""
    found = [violation for line in dossier.lines for violation in check_line(line, dossier.side, terms)]
    for line in charged_twice(dossier.lines, partner.lines if partner else ()):
        params = {"name": line.participant.name if line.participant else "", "kind": line.kind}
        found.append(Violation("charged_twice", "R17", "budget", f"line-{line.id}", params))
    return (*found, *check_total(dossier.total, terms))
