"""Whom the mails of the programme go to."""

from babel.languages import get_official_languages

from accounts.actions.messages import Addressee
from accounts.choices import Language
from accounts.models import Agency, User
from seminars.models import Approval, CallAgency, Invitation, Proposal


def language_of(agency: Agency) -> str:
    """Return the language to write in to a stranger on an agency's side: its country's, else English."""
    official = get_official_languages(agency.country)
    return next((language for language in official if language in Language.values), Language.ENGLISH.value)


def invitee(invitation: Invitation, side: CallAgency) -> Addressee:
    """Return where an invitation goes; ``side`` is the invitee's, whose clock is shown first."""
    return Addressee(invitation.email, invitation.language, invitation.name, side.agency.time_zone)


def institution_officer(approval: Approval) -> Addressee:
    """Return where a request for approval goes: nobody with an account, on the side of the record."""
    agency = approval.submission.proposal.side.agency
    return Addressee(approval.officer_email, language_of(agency), approval.officer_name, agency.time_zone)


def officers_who_see(proposal: Proposal) -> list[User]:
    """Return the officers who may read a record: those of its agency, and those of its partner's once paired.

    The gate is the one of the pages (``Proposal.objects.visible_to``), so that no mail tells more than a page.
    """
    agencies = proposal.side.call.sides.values("agency")
    return [
        officer
        for officer in User.objects.officers_of(agencies)
        if Proposal.objects.visible_to(officer).filter(pk=proposal.pk).exists()
    ]
