"""R20: who has filed more than one record on the same side."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import User
from accounts.rules.person import name_key
from seminars.choices import ParticipantRole, ProposalState
from seminars.models import Call, Participant, Proposal

Repeated = Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]
COORDINATOR = ("proposal_id", "proposal__side_id", "proposal__coordinator_id", "email", "orcid")
NAMED = ("given_name", "family_name", "family_name_kanji", "given_name_kanji")


def repeated_by(user: User, call: Call) -> Repeated:
    """Return, of each submitted record that ``user`` oversees, the others by the same person, and by a namesake (R20).

    Accounts, e-mail addresses and ORCID iDs tell a person; two different ORCID iDs tell two namesakes apart.
    """
    people = Participant.objects.filter(
        role=ParticipantRole.COORDINATOR,
        proposal__in=Proposal.objects.overseen_by(user).filter(side__call=call, state=ProposalState.SUBMITTED),
    )
    countries = {side.pk: side.agency.country for side in call.sides.all()}
    rows = [row for row in people.values_list("side", *COORDINATOR, *NAMED) if row[0] == countries[row[2]]]
    by_mark: dict[tuple[int, str, Any], set[int]] = {}
    orcids: dict[int, str] = {}
    marks: dict[int, list[tuple[int, str, Any]]] = {}
    for _country, pk, side_id, account, email, orcid, *names in rows:
        name = name_key(" ".join(filter(None, names[:2]))) or "".join(names[2:])
        orcids[pk] = orcid
        found = [("account", account), ("email", email.casefold()), ("orcid", orcid), ("name", name)]
        marks[pk] = [(side_id, kind, value) for kind, value in found if value]
        for mark in marks[pk]:
            by_mark.setdefault(mark, set()).add(pk)
    return {pk: _same(pk, marks[pk], by_mark, orcids) for pk in marks}


def _same(
    pk: int, marks: Iterable[tuple[int, str, Any]], by_mark: Mapping[Any, set[int]], orcids: Mapping[int, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sure: set[int] = set()
    named: set[int] = set()
    for mark in marks:
        (named if mark[1] == "name" else sure).update(by_mark[mark] - {pk})
    told_apart = {other for other in named if orcids[pk] and orcids[other] and orcids[pk] != orcids[other]}
    return tuple(f"#{other}" for other in sorted(sure)), tuple(
        f"#{other}" for other in sorted(named - sure - told_apart)
    )
