"""One record with everything about it, as officers read it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import CostKind, PairingStep, ParticipantRole, ProposalState, Section, Situation
from seminars.models import Invitation, Laboratory, Participant, Submission
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.queries.dossiers import dossier_of, listed_facts, partner_dossier, terms_of
from seminars.queries.readable import Part, read
from seminars.queries.snapshots import snapshot_of
from seminars.rules import budget, completeness
from seminars.rules.dossier import Violation


@dataclass(frozen=True)
class Asked:
    """What the budget asks for, by kind of cost, in the side's currency."""

    kinds: tuple[tuple[str | Promise, Decimal], ...]
    total: Decimal
    cap: Decimal | None
    currency: str

    @property
    def is_over(self) -> bool:
        """Whether the total is above the cap (R14)."""
        return self.cap is not None and self.total > self.cap


@dataclass(frozen=True)
class Sent:
    """An invitation and where it stands; its secret is not kept anywhere."""

    invitation: Invitation
    state: str | Promise


@dataclass(frozen=True)
class Casefile:
    """A record at one instant; ``proposal`` has its ``situation``."""

    proposal: Any
    state: ProposalState
    step: PairingStep
    is_own: bool
    is_paired: bool
    blocking: tuple[Violation, ...]
    warnings: tuple[Violation, ...]
    parts: tuple[Part, ...]
    asked: Asked
    coordinators: tuple[Participant, ...]
    other_account: User | None
    """The coordinator's account where its address is none of those that the record names."""
    laboratories: tuple[Laboratory, ...]
    submissions: tuple[Submission, ...]
    invitations: tuple[Sent, ...]


def with_casefile(records: ProposalQuerySet) -> ProposalQuerySet:
    """Fetch records with all that their pages show."""
    submissions = Submission.objects.select_related("approval").defer("snapshot")
    return (
        records.with_dossier()
        .with_pairing()
        .select_related("admitted_by")
        .prefetch_related("laboratories", Prefetch("submissions", submissions))
    )


def casefile(proposal: Any, *, user: User, at: datetime) -> Casefile:
    """Return all that ``user`` may know of a record at ``at``.

    Fetch it with ``with_casefile`` and give it its situation (``Overview.situated``).

    While a pair is still forming, the record is judged without the partner's, which the officer may not see.
    """
    is_paired = Situation.PAIRED in proposal.situation.flags
    partner = partner_dossier(proposal) if is_paired else None
    dossier, terms = dossier_of(proposal), terms_of(proposal.side)
    violations = completeness.check(dossier, terms, partner, listed_facts(proposal))
    sums = budget.totals(dossier.lines)
    named = tuple(person for person in proposal.participants.all() if person.role == ParticipantRole.COORDINATOR)
    account = proposal.coordinator
    return Casefile(
        proposal=proposal,
        state=ProposalState(proposal.situation.state),
        step=PairingStep(proposal.situation.step),
        is_own=proposal.side.agency_id in user.officer_agencies,
        is_paired=is_paired,
        blocking=completeness.blocking(violations),
        warnings=tuple(violation for violation in violations if not violation.blocking),
        parts=parts_of(proposal),
        asked=Asked(
            kinds=tuple((kind.label, sums[kind]) for kind in CostKind if kind in sums),
            total=dossier.total,
            cap=terms.cap,
            currency=terms.currency,
        ),
        coordinators=named,
        other_account=None if account.email in [person.email.lower() for person in named] else account,
        laboratories=tuple(proposal.laboratories.all()),
        submissions=tuple(proposal.submissions.all()),
        invitations=tuple(sent(proposal.invitations.all(), at=at)),
    )


def parts_of(proposal: Any) -> tuple[Part, ...]:
    """Return what a record says, part by part, attachments apart; their keys are unlike any other record's."""
    said = read(snapshot_of(proposal))
    return tuple(replace(part, key=f"{part.key}-{proposal.pk}") for part in said if part.key != Section.ATTACHMENTS)


def sent(invitations: Iterable[Invitation], *, at: datetime) -> Iterable[Sent]:
    """Return invitations with where they stand at ``at``."""
    for invitation in invitations:
        if invitation.accepted_at:
            yield Sent(invitation, _("Accepted"))
        elif invitation.declined_at:
            yield Sent(invitation, _("Declined"))
        elif invitation.revoked_at:
            yield Sent(invitation, _("Taken back"))
        elif not invitation.is_pending(at):
            yield Sent(invitation, _("Expired"))
        else:
            yield Sent(invitation, _("Opened") if invitation.opened_at else _("Sent"))
