"""How the cast fills a record in: through the same actions as the screens, section by section."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from seminars.actions.proposals import save_section
from seminars.actions.rows import add_row, change_row
from seminars.choices import (
    CareerStage,
    CostKind,
    LaboratoryKind,
    ParticipantRole,
    SessionKind,
    Track,
    Unit,
)
from seminars.demo.stories import Story
from seminars.models import BudgetLine, Laboratory, Participant, Proposal, Session

ABSTRACT = (
    "This seminar brings together a dozen specialists from France and Japan to ask {question}. It rests on {approach}. "
    "Both teams have worked on the question for ten years with different means, and their results can for the first "
    "time be laid side by side. We expect to leave with {prospect}, and with young researchers who know each other."
)
CASE = {
    "objectives": "We want to find out {question}. Three sessions go from observation to mechanism and from mechanism "
    "to patients. Each ends with an hour of open discussion, and the last afternoon is kept for writing down what both "
    "laboratories will do together in the two years that follow.",
    "cooperation": "The cooperation starts from {approach}. Inserm brings its cohorts and its platforms, the Japanese "
    "team its methods and its hospitals. Two doctoral exchanges are planned, data are shared under an agreement that "
    "both institutions have already read, and we work towards {prospect}.",
    "novelty": "The two laboratories have never published together. Nobody has yet asked {question} with both "
    "populations in hand, because methods differed until {approach} made them comparable. The seminar is the first "
    "occasion on which all who can answer sit in one room.",
    "added_value": "Alone, each side sees half of the question. With {approach}, differences between France and Japan "
    "become evidence instead of noise. Together we can reach {prospect}, which neither of the two laboratories nor "
    "their usual partners could reach by themselves.",
    "feasibility": "The venue is booked provisionally and costs nothing. The group is small, the programme leaves time "
    "for discussion, and the budget follows the usual rates. Both coordinators have organised meetings of this size "
    "before; a local team of three looks after travel, badges and streaming.",
}
JAPANESE_NAMES = ("family_name_kanji", "given_name_kanji", "family_name_kana", "given_name_kana")
TALKS = ("Opening: what we know and what we do not", "From observation to mechanism", "From mechanism to patients")
RATES = {
    "EUR": (Decimal("118.00"), Decimal("19.50"), Decimal("142.30")),
    "JPY": (Decimal(14000), Decimal(3800), Decimal(27600)),
}


def facts(proposal: Proposal, story: Story) -> dict[str, Any]:
    """Return the shared facts of a story, as the form would clean them."""
    call = proposal.side.call
    start_on, end_on = story.days(call.window_start_on)
    return {
        "title_en": story.title[0],
        "title_fr": story.title[1],
        "title_ja": story.title[2],
        "abstract_en": ABSTRACT.format(**vars(story)),
        "keywords": list(story.keywords),
        "theme": call.themes.get(code="life-health"),
        "areas": list(call.areas.filter(code__in=story.areas)),
        "start_on": start_on,
        "end_on": end_on,
        "venue_name": story.venue[0],
        "venue_city": story.venue[1],
        "venue_country": call.host_countries[0],
    }


def fill_facts(proposal: Proposal, story: Story, at: datetime) -> None:
    """Save the section of shared facts."""
    save_section(
        proposal, "facts", facts(proposal, story), version=proposal.facts_version, by=proposal.coordinator, at=at
    )


def fill_case(proposal: Proposal, story: Story, at: datetime) -> None:
    """Save the scientific case and the declarations."""
    by = proposal.coordinator
    parts = {name: text.format(**vars(story)) for name, text in CASE.items()}
    save_section(proposal, "case", parts, version=proposal.case_version, by=by, at=at)
    declared = dict.fromkeys(
        ("declares_accuracy", "declares_partner_files", "declares_data_use", "director_agrees"), True
    )
    declared["director_agrees"] = proposal.side.asks_director_agreement
    save_section(proposal, "declarations", declared, version=proposal.declarations_version, by=by, at=at)


def fill_filing(proposal: Proposal, at: datetime, *, track: str = Track.COUNTERPART) -> None:
    """Save what this side's procedure asks for."""
    side, values = proposal.side, {}
    if side.asks_director_agreement:
        values["director_name"] = "Dr Solène Auvray"
    if side.required_track:
        values["track"] = track
    if side.asks_application_number:
        values["application_number"] = f"JPJSBP-{side.call.year}{proposal.pk:05d}"
    if side.asks_institution_approval:
        values |= {
            "institution_officer_name": "国際課 森田 恵",
            "institution_officer_email": f"kokusai-{proposal.pk}@demo.example",
        }
    save_section(
        proposal, "coordinators", values, version=proposal.coordinators_version, by=proposal.coordinator, at=at
    )


def laboratory_of(person: dict[str, Any], proposal: Proposal, at: datetime) -> Laboratory:
    """Return the laboratory of a member of the cast in this record, added when it is not there yet."""
    name, unit, city = person["laboratory"]
    known = proposal.laboratories.filter(name=name).first()
    if known:
        return known
    laboratory = Laboratory(
        proposal=proposal,
        name=name,
        kind=LaboratoryKind.INSERM if unit else LaboratoryKind.OTHER,
        unit=unit,
        institution=person["institution"],
        city=city,
        country=person["side"],
    )
    add_row(laboratory, by=proposal.coordinator, at=at)
    return laboratory


def fill_coordinators(proposal: Proposal, pair: Iterable[dict[str, Any]], at: datetime) -> None:
    """Complete the own coordinator's row, and add the partner's unless pairing has brought it."""
    own_side = proposal.side.agency.country
    for person in pair:
        laboratory = laboratory_of(person, proposal, at)
        values = {"laboratory": laboratory, "career_stage": person["stage"], "position": person["position"]}
        row = proposal.participants.filter(role=ParticipantRole.COORDINATOR, side=person["side"]).first()
        if row:
            change_row(row, values, version=row.version, by=proposal.coordinator, at=at)
        elif person["side"] != own_side:
            names = dict(zip(("family_name", "given_name"), person["name"], strict=True))
            partner = Participant(
                proposal=proposal,
                side=person["side"],
                role=ParticipantRole.COORDINATOR,
                country_of_work=person["side"],
                email=person["email"],
                title=person["title"],
                **names,
                **values,
            )
            add_row(partner, by=proposal.coordinator, at=at)


def fill_people(proposal: Proposal, guests: Iterable[list[Any]], at: datetime) -> list[Participant]:
    """Add the own side's speakers, who work in the coordinator's laboratory."""
    side = proposal.side.agency.country
    laboratory = proposal.participants.get(role=ParticipantRole.COORDINATOR, side=side).laboratory
    added = []
    for family, given, stage, young, statutory, *japanese in guests:
        names = dict(zip(JAPANESE_NAMES, japanese, strict=False))
        speaks = stage not in (CareerStage.PHD, CareerStage.POSTDOC)
        row = Participant(
            proposal=proposal,
            side=side,
            role=ParticipantRole.SPEAKER if speaks else ParticipantRole.ATTENDEE,
            family_name=family,
            given_name=given,
            career_stage=stage,
            young=young,
            statutory=statutory,
            laboratory=laboratory,
            country_of_work=side,
            talk_title="Results and open questions" if speaks else "",
            **names,
        )
        add_row(row, by=proposal.coordinator, at=at)
        added.append(row)
    return added


def fill_programme(proposal: Proposal, at: datetime) -> None:
    """Add two sessions a day, and the travel day before, which does not count."""
    start_on, end_on = proposal.start_on, proposal.end_on
    if start_on is None or end_on is None:
        raise ValueError("Fill in the facts before the programme.")
    days = [start_on + timedelta(days=offset) for offset in range((end_on - start_on).days + 1)]
    rows = [
        Session(on=start_on - timedelta(days=1), starts=time(9), ends=time(18), kind=SessionKind.TRAVEL, title="Travel")
    ]
    for number, on in enumerate(days):
        rows.append(_talk(on, 9, TALKS[number % 3]))
        rows.append(_talk(on, 14, f"Discussion, day {number + 1}"))
    for row in rows:
        row.proposal = proposal
        add_row(row, by=proposal.coordinator, at=at)


def _talk(on: date, hour: int, title: str) -> Session:
    return Session(on=on, starts=time(hour), ends=time(hour + 3), kind=SessionKind.SEMINAR, title=title)


def fill_budget(proposal: Proposal, people: Iterable[Participant], at: datetime) -> None:
    """Add nights, meals or allowances and travel for each of the own people, as far as the side pays them."""
    side = proposal.side
    paid = set(side.cost_kinds.values_list("kind", flat=True))
    night, meal, trip = RATES[side.currency]
    wanted = [
        (CostKind.ACCOMMODATION, 3, Unit.NIGHT, night),
        (CostKind.MEALS, 6, Unit.MEAL, meal),
        (CostKind.DAILY_ALLOWANCE, 3, Unit.DAY, meal),
        (CostKind.LOCAL_TRAVEL, 1, Unit.TRIP, trip),
    ]
    abroad = proposal.venue_country != side.agency.country
    if abroad:
        wanted.append((CostKind.INTERNATIONAL_TRAVEL, 1, Unit.TRIP, Decimal("1040.00")))
    for person in people:
        for kind, quantity, unit, cost in wanted:
            if kind in paid:
                line = BudgetLine(
                    proposal=proposal, kind=kind, participant=person, quantity=quantity, unit=unit, unit_cost=cost
                )
                add_row(line, by=proposal.coordinator, at=at)
    if CostKind.ORGANISATION in paid:
        line = BudgetLine(
            proposal=proposal, kind=CostKind.ORGANISATION, quantity=1, unit=Unit.ITEM, unit_cost=Decimal(180000)
        )
        add_row(line, by=proposal.coordinator, at=at)
