"""From records to the plain values that rules judge."""

from seminars.models import CallAgency, Laboratory, ListedApplication, Participant, Proposal
from seminars.rules import completeness
from seminars.rules.case import PARTS
from seminars.rules.dossier import (
    Dossier,
    LaboratoryFacts,
    LineFacts,
    ParticipantFacts,
    SessionFacts,
    SharedFacts,
    Terms,
    Violation,
)
from seminars.rules.entries import Person
from seminars.rules.listed_half import ListedFacts
from seminars.rules.pair import Difference, differences

DECLARATIONS = ("declares_accuracy", "declares_partner_files", "declares_data_use")


def terms_of(side: CallAgency) -> Terms:
    """Return what the call asks of ``side``; fetch the side with its call's countries and its cost kinds."""
    call = side.call
    countries = call.countries.all()
    return Terms(
        opens_at=call.opens_at,
        deadline_at=side.deadline_at,
        window_start_on=call.window_start_on,
        window_end_on=call.window_end_on,
        min_days=call.min_days,
        max_days=call.max_days,
        host_countries=frozenset(country.country for country in countries if country.may_host),
        minimum_laboratories={country.country: country.minimum_laboratories for country in countries},
        minimum_laboratories_total=call.minimum_laboratories,
        cap=side.cap,
        currency=side.currency,
        decimals=side.decimals,
        cost_kinds=frozenset(cost.kind for cost in side.cost_kinds.all()),
        required_track=side.required_track,
        required_laboratory_kind=side.required_laboratory_kind,
        asks_application_number=side.asks_application_number,
        asks_institution_approval=side.asks_institution_approval,
        asks_director_agreement=side.asks_director_agreement,
        asks_japanese_names=side.asks_japanese_names,
        expected_participants=call.expected_participants,
    )


def _laboratory(laboratory: Laboratory | None) -> LaboratoryFacts | None:
    if laboratory is None:
        return None
    return LaboratoryFacts(laboratory.identity, laboratory.name, laboratory.kind, laboratory.country)


def participant_facts(person: Participant) -> ParticipantFacts:
    """Return a participant as plain values."""
    return ParticipantFacts(
        id=person.pk,
        name=person.latin_name or person.kanji_name,
        email=person.email,
        orcid=person.orcid,
        side=person.side,
        role=person.role,
        laboratory=_laboratory(person.laboratory),
        country_of_work=person.country_of_work,
        career_stage=person.career_stage,
        statutory=person.statutory,
        young=person.young,
        talk_title=person.talk_title,
        kanji_name=person.kanji_name,
        kana_name=person.kana_name,
        position=person.position,
    )


def shared_facts(proposal: Proposal) -> SharedFacts:
    """Return the facts that both records of a pair must tell alike."""
    return SharedFacts(
        title_en=proposal.title_en,
        title_fr=proposal.title_fr,
        title_ja=proposal.title_ja,
        abstract_en=proposal.abstract_en,
        keywords=tuple(proposal.keywords),
        theme=proposal.theme.code if proposal.theme else "",
        theme_admitted=bool(proposal.theme and proposal.theme.is_admitted),
        areas=tuple(sorted(area.code for area in proposal.areas.all())),
        start_on=proposal.start_on,
        end_on=proposal.end_on,
        venue_name=proposal.venue_name,
        venue_city=proposal.venue_city,
        venue_country=proposal.venue_country,
        sessions=tuple(
            SessionFacts(
                session.pk,
                session.on,
                session.starts,
                session.ends,
                session.kind,
                session.title,
                session.speaker,
            )
            for session in proposal.sessions.all()
        ),
    )


def dossier_of(proposal: Proposal) -> Dossier:
    """Return the whole record; fetch it with ``Proposal.objects.with_dossier()``."""
    people = {person.pk: participant_facts(person) for person in proposal.participants.all()}
    side = proposal.side.agency.country
    return Dossier(
        side=side,
        shared=shared_facts(proposal),
        narrative={part: getattr(proposal, part) for part in PARTS},
        participants=tuple(people.values()),
        lines=tuple(
            LineFacts(
                line.pk,
                line.kind,
                people[line.participant_id] if line.participant_id else None,
                line.quantity,
                line.unit,
                line.unit_cost,
            )
            for line in proposal.lines.all()
        ),
        attachment_sizes=tuple(attachment.size for attachment in proposal.attachments.all()),
        track=proposal.track,
        application_number=proposal.application_number,
        institution_officer_email=proposal.institution_officer_email,
        director_name=proposal.director_name,
        director_agrees=proposal.director_agrees,
        declarations={name: getattr(proposal, name) for name in DECLARATIONS},
        pair_confirmed=proposal.pair_confirmed_at is not None,
        partner_side=partner_country(proposal),
    )


def partner_country(proposal: Proposal) -> str:
    """Return the country code of the other side of the call."""
    own = proposal.side.agency.country
    return next((country.country for country in proposal.side.call.countries.all() if country.country != own), "")


def partner_dossier(proposal: Proposal) -> Dossier | None:
    """Return the partner's record whole, or nothing while there is none."""
    partner = proposal.partner
    return dossier_of(partner) if partner else None


def listed_facts(proposal: Proposal) -> ListedFacts | None:
    """Return the row that is a record's other half as plain values, or nothing; fetch the record ``with_side``."""
    row = proposal.listed
    return facts_of_row(row, proposal.side.agency.country) if row else None


def facts_of_row(row: ListedApplication, opposite: str) -> ListedFacts:
    """Return a row as plain values; ``opposite`` is the country code of the other side, whose coordinator it names."""
    theirs, ours = listed_people(row)
    return ListedFacts(
        required_track=row.side.required_track,
        track=row.track,
        start_on=row.start_on,
        end_on=row.end_on,
        venue_country=row.venue_country,
        venue_city=row.venue_city,
        title_en=row.title_en,
        title_ja=row.title_ja,
        people={row.side.agency.country: theirs, opposite: ours},
    )


def listed_people(row: ListedApplication) -> tuple[Person, Person]:
    """Return the coordinators whom a row names: its own side's, and the partner."""
    own = Person(
        family=row.family_name,
        given=row.given_name,
        family_kanji=row.family_name_kanji,
        given_kanji=row.given_name_kanji,
        kana=f"{row.family_name_kana} {row.given_name_kana}".strip(),
        emails=frozenset({row.email.lower()} - {""}),
        orcid=row.orcid,
        institution=row.institution,
        laboratory=row.department,
    )
    partner = Person(
        family=row.partner_family_name,
        given=row.partner_given_name,
        emails=frozenset({row.partner_email.lower()} - {""}),
        institution=row.partner_institution,
    )
    return own, partner


def violations_of(proposal: Proposal) -> tuple[Violation, ...]:
    """Return everything missing or wrong with a record (R3–R19), by section."""
    partner, listed = partner_dossier(proposal), listed_facts(proposal)
    return completeness.check(dossier_of(proposal), terms_of(proposal.side), partner, listed)


def differences_of(proposal: Proposal) -> tuple[Difference, ...]:
    """Return the shared facts that the two records tell differently; none without a partner."""
    partner = partner_dossier(proposal)
    return differences(dossier_of(proposal), partner) if partner else ()
