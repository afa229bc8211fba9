"""R10 to R12, R18 and R19: coordinators, participants and their laboratories."""

from collections.abc import Iterable, Sequence

from seminars.rules.dossier import Dossier, LaboratoryFacts, ParticipantFacts, Terms, Violation


def distinct_laboratories(people: Iterable[ParticipantFacts]) -> dict[str, LaboratoryFacts]:
    """Return the laboratories of ``people`` by key: the same one counts once (R11)."""
    return {person.laboratory.key: person.laboratory for person in people if person.laboratory}


def named_twice(people: Sequence[ParticipantFacts]) -> tuple[ParticipantFacts, ...]:
    """Return those who are somebody else in the list once more."""
    return tuple(
        person for person in people if any(person is not other and person.is_same_person(other) for other in people)
    )


def check_coordinators(dossier: Dossier, terms: Terms) -> tuple[Violation, ...]:
    """Return what is wrong with who coordinates: exactly one per side, two different people (R10)."""
    found = []
    for side, field in ((dossier.side, "own"), (dossier.partner_side, "partner")):
        named = dossier.coordinators(side)
        if len(named) != 1 or not named[0].name:
            found.append(Violation("coordinator_missing", "R10", "coordinators", field, {"country": side}))
            continue
        person = named[0]
        required = {"email": person.email, "laboratory": person.laboratory}
        if field == "own":
            required["position"] = person.position
            if terms.asks_japanese_names:
                required |= {"family_name_kanji": person.kanji_name, "family_name_kana": person.kana_name}
        found += [
            Violation("missing", "", "coordinators", f"{field}-{name}") for name, value in required.items() if not value
        ]
    own, partner = dossier.coordinators(dossier.side), dossier.coordinators(dossier.partner_side)
    if any(person.is_same_person(other) for person in own for other in partner):
        found.append(Violation("same_coordinator", "R10", "coordinators", "partner-email"))
    return tuple(found)


def check_laboratories(people: Iterable[ParticipantFacts], terms: Terms) -> tuple[Violation, ...]:
    """Return whether too few distinct laboratories take part, in all and per country (R11)."""
    laboratories = distinct_laboratories(people)
    per_country = {
        country: sum(laboratory.country == country for laboratory in laboratories.values())
        for country in terms.minimum_laboratories
    }
    short = any(per_country[country] < least for country, least in terms.minimum_laboratories.items())
    if not short and len(laboratories) >= terms.minimum_laboratories_total:
        return ()
    params = {
        "total": terms.minimum_laboratories_total,
        "count": len(laboratories),
        "countries": tuple(sorted(terms.minimum_laboratories)),
    }
    return (Violation("laboratories", "R11", "participants", "laboratories", params),)


def works_elsewhere(person: ParticipantFacts, terms: Terms) -> bool:
    """Say whether a person's laboratory is not of the kind that the side requires; a missing one is told apart.

    The employer and the nationality do not matter, the workplace does (R12).
    """
    required = terms.required_laboratory_kind
    return bool(required and person.laboratory and person.laboratory.kind != required)


def check_workplaces(dossier: Dossier, terms: Terms) -> tuple[Violation, ...]:
    """Return the own side's coordinator and speakers who do not work in a laboratory of the required kind (R12)."""
    return tuple(
        Violation("workplace", "R12", "participants", f"participant-{person.id}", {"name": person.name})
        for person in dossier.participants
        if person.side == dossier.side and person.role in ("coordinator", "speaker") and works_elsewhere(person, terms)
    )


def check_participants(dossier: Dossier) -> tuple[Violation, ...]:
    """Return what is wrong with single participants: extra coordinators, details, the same person twice (R10)."""
    found = []
    for person in dossier.participants:
        field, params = f"participant-{person.id}", {"name": person.name}
        if person.role == "coordinator":
            if person.side not in (dossier.side, dossier.partner_side):
                found.append(Violation("coordinator_elsewhere", "R10", "participants", field, params))
            continue
        if not person.name:
            found.append(Violation("participant_name", "", "participants", field))
        if not (person.country_of_work and person.career_stage):
            found.append(Violation("participant_details", "", "participants", field, params))
        if not person.laboratory:
            found.append(Violation("participant_laboratory", "", "participants", field, params))
        if person.role == "speaker" and not person.talk_title:
            found.append(Violation("talk_title", "", "participants", field, params))
    for person in named_twice(dossier.participants):
        if person.role != "coordinator":
            field, params = f"participant-{person.id}", {"name": person.name}
            found.append(Violation("named_twice", "R10", "participants", field, params))
    return tuple(found)


def check_numbers(dossier: Dossier, terms: Terms) -> tuple[Violation, ...]:
    """Return a warning for each side that brings more people than the call expects (R18)."""
    found = []
    for side in (dossier.side, dossier.partner_side):
        count = sum(person.side == side for person in dossier.participants)
        if count > terms.expected_participants:
            params = {"country": side, "count": count, "expected": terms.expected_participants}
            found.append(Violation("many_participants", "R18", "participants", "", params, blocking=False))
    return tuple(found)


def check_young(people: Iterable[ParticipantFacts], side: str) -> tuple[Violation, ...]:
    """Return a warning when ``side`` brings no researcher who is both young and statutory (R19)."""
    if any(person.side == side and person.young and person.statutory for person in people):
        return ()
    return (Violation("no_young_statutory", "R19", "participants", "", {"country": side}, blocking=False),)


def check(dossier: Dossier, terms: Terms, partner: Dossier | None) -> tuple[Violation, ...]:
    """Return all that is missing or wrong with people and laboratories; the partner's list counts for R11."""
    everyone = (*dossier.participants, *(partner.participants if partner else ()))
    young = check_young(everyone, dossier.side) if terms.required_laboratory_kind else ()
    return (
        *check_coordinators(dossier, terms),
        *check_participants(dossier),
        *check_numbers(dossier, terms),
        *check_laboratories(everyone, terms),
        *check_workplaces(dossier, terms),
        *young,
    )
