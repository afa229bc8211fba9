"""Who is on the teams of a pair, and who would judge it, as the rule on conflicts compares them (R23)."""

from collections.abc import Collection, Iterable

from allauth.account.models import EmailAddress

from accounts.choices import Role
from accounts.models import User
from reviews.choices import ReviewerState
from reviews.models import Reviewer
from reviews.rules.conflicts import Judge, Known, Member, known_by_name, places
from seminars.models import CallAgency, ListedApplication, Participant, Proposal


def teams_of(seminars: Collection[int]) -> dict[int, list[Member]]:
    """Return everybody on both teams of each pair, by the pair's id; three queries."""
    teams: dict[int, list[Member]] = {pk: [] for pk in seminars}
    people = Participant.objects.filter(proposal__seminar__in=seminars).select_related("laboratory", "proposal")
    for person in people:
        place = person.laboratory
        member = Member(_known(person, person.email), place.name if place else "", place.institution if place else "")
        teams[person.proposal.seminar_id].append(member)  # type: ignore[index]
    for record in Proposal.objects.filter(seminar__in=seminars).select_related("coordinator"):
        user = record.coordinator
        member = Member(_known(user, user.email), user.laboratory, user.institution, user.pk)
        teams[record.seminar_id].append(member)  # type: ignore[index]
    for row in ListedApplication.objects.filter(seminar__in=seminars):
        partner = Known(
            family=row.partner_family_name, given=row.partner_given_name, emails=_addresses(row.partner_email)
        )
        teams[row.seminar_id] += [  # type: ignore[index]
            Member(_known(row, row.email), "", row.institution),
            Member(partner, "", row.partner_institution),
        ]
    return teams


def _known(person: Participant | User | ListedApplication, *emails: str) -> Known:
    return Known(
        family=person.family_name,
        given=person.given_name,
        family_kanji=person.family_name_kanji,
        given_kanji=person.given_name_kanji,
        kana=" ".join(filter(None, (person.family_name_kana, person.given_name_kana))),
        orcid=person.orcid,
        emails=_addresses(*emails),
    )


def _addresses(*emails: str) -> frozenset[str]:
    return frozenset(email.lower() for email in emails if email)


def judges_of(side: CallAgency, only: int | None = None) -> list[Judge]:
    """Return everybody who judges or runs the evaluation for a side: reviewers, officers and chairs.

    ``only`` names one user. A reviewer's own words on places and collaborators are part of it; four queries.
    """
    silent = names_of(side)
    acting = User.objects.filter(memberships__agency=side.agency_id, memberships__role__in=(Role.OFFICER, Role.CHAIR))
    reviewing = User.objects.filter(reviewing__side=side, reviewing__state=ReviewerState.ACCEPTED)
    users = (acting | reviewing).distinct().order_by("pk") if only is None else User.objects.filter(pk=only)
    described = {
        reviewer.user_id: reviewer
        for reviewer in Reviewer.objects.accepted().filter(side=side).prefetch_related("affiliations", "collaborators")
    }
    addresses: dict[int, list[str]] = {}
    for user_id, email in EmailAddress.objects.filter(user__in=users, verified=True).values_list("user", "email"):
        addresses.setdefault(user_id, []).append(email)
    return [_judge(user, described.get(user.pk), addresses.get(user.pk, []), silent) for user in users]


def names_of(side: CallAgency) -> frozenset[str]:
    """Return how an agency is called: a place of that name alone says nothing about a person."""
    agency = side.agency
    return frozenset({agency.acronym, agency.name_en, agency.name_fr, agency.name_ja} - {""})


def _judge(user: User, reviewer: Reviewer | None, emails: Iterable[str], silent: Collection[str]) -> Judge:
    worked_at = list(reviewer.affiliations.all()) if reviewer else []
    known = reviewer.collaborators.all() if reviewer else ()
    return Judge(
        user=user.pk,
        person=_known(user, user.email, *emails),
        laboratories=places(user.laboratory, *(place.laboratory for place in worked_at), without=silent),
        institutions=places(user.institution, *(place.institution for place in worked_at), without=silent),
        collaborators=tuple(known_by_name(other.name, other.orcid) for other in known),
    )
